"""CoNLL-U and IOB2: reading sentences, writing parses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Token

COLUMNS = 10


@dataclass(frozen=True)
class Surface:
    """A surface token over the words `first..last` (from 1); `multi`: it is a multi-word token."""

    form: str
    first: int
    last: int
    multi: bool
    space_after: bool


@dataclass(frozen=True)
class Sentence:
    """A sentence: comments, surface tokens, the rows of its words, and all its rows as they stood (for writing)."""

    comments: tuple[str, ...]
    tokens: tuple[Surface, ...]
    words: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]


def read_sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file; empty nodes (8.1) are kept among the rows only."""
    for block in text.replace("\r", "").split("\n\n"):
        lines = [line for line in block.split("\n") if line]
        rows = [tuple(line.split("\t")) for line in lines if line[0].isdigit()]
        if rows:
            words = tuple(row for row in rows if row[0].isdecimal())
            comments = tuple(line for line in lines if line.startswith("#"))
            yield Sentence(comments, tuple(_surface(rows)), words, tuple(rows))


def _surface(rows: Sequence[tuple[str, ...]]) -> Iterator[Surface]:
    covered = 0
    for row in rows:
        space = len(row) < COLUMNS or "SpaceAfter=No" not in row[9].split("|")
        if "-" in row[0]:
            first, covered = (int(part) for part in row[0].split("-"))
            yield Surface(row[1], first, covered, True, space)
        elif row[0].isdecimal() and int(row[0]) > covered:
            yield Surface(row[1], int(row[0]), int(row[0]), False, space)


def spaces_of(sentence: Sentence) -> list[bool]:
    """For each word, whether white space follows it in the text."""
    spaces = [False] * len(sentence.words)
    for token in sentence.tokens:
        spaces[token.last - 1] = token.space_after
    return spaces


def with_parse(sentence: Sentence, words: Sequence[Token]) -> str:
    """The sentence's rows with lemma, tags, head and relation of the doc's tokens; nothing else is touched."""
    offset = words[0].i if words else 0
    lines = list(sentence.comments)
    for row in sentence.rows:
        if row[0].isdecimal():
            token = words[int(row[0]) - 1]
            lines.append("\t".join((row[0], row[1], *_cells(token, token.head.i - offset + 1), *row[8:])))
        else:
            lines.append("\t".join(row))
    return "\n".join(lines) + "\n\n"


def doc_to_conllu(doc: Doc, name: str) -> str:
    """A doc as CoNLL-U; white-space tokens are left out."""
    out = [f"# newdoc id = {name}"]
    count = 0
    for sent in doc.sents:
        words = [token for token in sent if not token.text.isspace()]
        if not words:
            continue
        count += 1
        numbers = {token.i: number for number, token in enumerate(words, 1)}
        out.append(f"# sent_id = {name}-{count}")
        for token in words:
            head = numbers.get(token.head.i, 0)
            cells = (str(numbers[token.i]), token.text, *_cells(token, head), "_", _misc(token))
            out.append("\t".join(cells))
        out.append("")
    return "\n".join(out) + "\n"


def _cells(token: Token, head: int) -> tuple[str, ...]:
    """LEMMA to DEPREL of a token whose head has the number `head`."""
    root = token.dep_ == "ROOT" or token.head.i == token.i
    attached = ("0", "root") if root else (str(head), token.dep_)
    return (token.lemma_ or "_", token.pos_ or "_", token.tag_ or "_", str(token.morph) or "_", *attached)


def _misc(token: Token) -> str:
    follows = token.i + 1 < len(token.doc) and token.doc[token.i + 1].text.isspace()
    return "_" if token.whitespace_ or follows else "SpaceAfter=No"


def read_iob2(text: str) -> Iterator[dict[str, Any]]:
    """Rows {sent_id, tokens, entities} of an IOB2 file: lines `form label` or `number form label ...`."""
    for count, block in enumerate(block for block in text.replace("\r", "").split("\n\n") if block.strip()):
        lines = block.strip("\n").split("\n")
        ids = [line.split("=", 1)[1].strip() for line in lines if line.startswith("# sent_id")]
        cells = [line.split("\t") if "\t" in line else line.split() for line in lines if not line.startswith("# ")]
        numbered = all(row[0].isdecimal() and len(row) > 2 for row in cells)
        tokens = [row[1] if numbered else row[0] for row in cells]
        labels = [row[2] if numbered else row[-1] for row in cells]
        if tokens:
            yield {"sent_id": ids[0] if ids else str(count), "tokens": tokens, "entities": entities_of(labels)}


def entities_of(labels: Sequence[str]) -> list[list[Any]]:
    """[first, after last, label] of each entity of a sequence of B-, I- and O labels."""
    out: list[list[Any]] = []
    for at, label in enumerate(labels):
        prefix, _, kind = label.partition("-")
        if prefix == "I" and out and out[-1][1] == at and out[-1][2] == kind:
            out[-1][1] = at + 1
        elif prefix in ("B", "I"):
            out.append([at, at + 1, kind])
    return out
