"""Text -> spaCy Doc with tags, parse, lemmas and names, by the shipped encoder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import msgspec
import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from dragoman.annotate.encoder import Analysis, Encoder
from dragoman.annotate.lemmas import Lemmatizer
from dragoman.annotate.mending import Parse, load_mending, mend
from dragoman.annotate.tokens import DATELINE, blank_english, dateline_end, tokenise
from dragoman.records import Article

Ints = NDArray[np.int64]
MODEL_DIR = Path(__file__).parent / "model"
ATTRIBUTES = ("TAG", "POS", "LEMMA", "MORPH", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE")
_TAG, _POS, _LEMMA, _MORPH, _HEAD, _DEP, _START, _IOB, _TYPE = range(len(ATTRIBUTES))
VOCABULARY_LIMIT = 400_000
"""A fresh vocabulary is made when so many strings have been seen: bulk runs must not grow for ever."""
FUNCTION_POS = ("ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "PUNCT", "SCONJ", "INTJ")
_LINE_ENDS = ("\n", "\r", "\u2028", "\u2029")
_IOB_CODES = {"B": 3, "I": 1, "O": 2}


def _signed(key: int) -> int:
    """A 64-bit hash as the signed number of the same bits: heads are negative, and one table holds both."""
    return key - (1 << 64) if key >= 1 << 63 else key


def _words_of(tokens: Sequence[str], spaces: Sequence[bool] | None = None) -> tuple[list[int], list[int]]:
    """Indices of the tokens that are words; for each 1 where a line, or what follows its dateline, begins, else -1."""
    keep: list[int] = []
    forced: list[int] = []
    fresh = True
    for i, token in enumerate(tokens):
        if token.isspace():
            fresh = fresh or any(mark in token for mark in _LINE_ENDS)
        else:
            keep.append(i)
            forced.append(1 if fresh else -1)
            fresh = False
    for k in [k for k, mark in enumerate(forced) if mark == 1]:
        head = keep[k : k + DATELINE + 2]
        after = dateline_end([tokens[i] for i in head], [spaces[i] for i in head] if spaces else None)
        if after and 1 not in forced[k + 1 : k + after + 1]:
            forced[k + after] = 1
    return keep, forced


class Scores(msgspec.Struct, frozen=True):
    """How sure the encoder is of each token's head and entity label, in [0, 1]; 1 for white space."""

    head: NDArray[np.float32]
    entity: NDArray[np.float32]


class Annotated(msgspec.Struct, frozen=True):
    """An article and its annotated doc: `doc.text == article.text`, so `token.idx` is an offset of the article."""

    article: Article
    doc: Doc
    scores: Scores


class Annotator:
    """Reads articles. One per thread or process: it keeps caches."""

    def __init__(self, folder: Path) -> None:
        self._encoder = Encoder(folder)
        self._lemmatizer = Lemmatizer.load(folder / "lemmas.json")
        self._mending = load_mending()
        self._fresh_vocabulary()

    @property
    def version(self) -> str:
        """Version of the weights: the first digits of their SHA-256."""
        return self._encoder.config.version

    def annotate(self, article: Article) -> Annotated:
        """Annotate an article's whole text. Never fails on any text; empty text gives an empty doc."""
        doc, scores = self._read(article.text)
        return Annotated(article, doc, scores)

    def annotate_text(self, text: str) -> Doc:
        """The annotated doc of a bare text; `doc.text == text`."""
        return self._read(text)[0]

    def annotate_words(
        self, words: Sequence[str], sent_starts: Sequence[bool] | None = None, spaces: Sequence[bool] | None = None
    ) -> Doc:
        """Annotate given words (none of them white space); given sentence starts are kept as they are."""
        self._renew()
        doc = Doc(self._vocab, words=list(words), spaces=None if spaces is None else list(spaces))
        if not len(doc):
            return doc
        forced = np.full(len(doc), -1, np.int64) if sent_starts is None else np.array(sent_starts, np.int64)
        forced[0] = 1
        self._fill(doc, np.arange(len(doc)), self._encoder.analyse([t.text for t in doc], forced, spaces))
        return doc

    def _fresh_vocabulary(self) -> None:
        self._nlp = blank_english()
        self._vocab = self._nlp.vocab
        config, add = self._encoder.config, self._vocab.strings.add
        deps = ["ROOT" if name == "root" else name for name in config.deps]
        self._tags = np.array([add(name) for name in config.xpos], np.uint64).view(np.int64)
        self._pos = np.array([add(name) for name in config.upos], np.int64)
        self._deps = np.array([add(name) for name in deps], np.uint64).view(np.int64)
        self._iob = np.array([_IOB_CODES[name[0]] for name in config.ner], np.int64)
        self._types = np.array([add(name[2:]) if name != "O" else 0 for name in config.ner], np.uint64).view(np.int64)
        self._space_tag, self._space_pos, self._space_dep = (_signed(add(name)) for name in ("_SP", "SPACE", "dep"))
        self._function_pos = np.array([add(name) for name in FUNCTION_POS], np.int64)
        self._empty_morph = _signed(self._vocab.morphology.add(""))
        self._morphs: dict[tuple[int, int], int] = {}
        self._lemma_keys: dict[tuple[str, int], int] = {}

    def _renew(self) -> None:
        if len(self._vocab.strings) > VOCABULARY_LIMIT:
            self._fresh_vocabulary()

    def _read(self, text: str) -> tuple[Doc, Scores]:
        self._renew()
        doc = tokenise(text, self._nlp)
        tokens = [token.text for token in doc]
        keep, forced = _words_of(tokens, [bool(token.whitespace_) for token in doc])
        kept = np.array(keep, np.int64)
        sure = Scores(np.ones(len(doc), np.float32), np.ones(len(doc), np.float32))
        if not keep:
            self._fill_blank(doc)
            return doc, sure
        spaces = self._spaces(doc, tokens, keep)
        analysis = self._encoder.analyse([tokens[i] for i in keep], np.array(forced, np.int64), spaces)
        self._fill(doc, kept, analysis)
        sure.head[kept], sure.entity[kept] = analysis.head_probability, analysis.ner_probability
        return doc, sure

    @staticmethod
    def _spaces(doc: Doc, tokens: Sequence[str], keep: Sequence[int]) -> list[bool]:
        """After which of the kept words white space stands."""
        n = len(tokens)
        return [bool(doc[i].whitespace_) or (i + 1 < n and tokens[i + 1].isspace()) for i in keep]

    def _fill(self, doc: Doc, kept: Ints, analysis: Analysis) -> None:
        """Write the analysis of the words `kept` and attach the white space between them."""
        table = self._blank_table(doc, kept)
        config = self._encoder.config
        words = [doc[i].text for i in kept.tolist()] if len(kept) < len(doc) else [t.text for t in doc]
        table[kept, _TAG], table[kept, _POS] = self._tags[analysis.xpos], self._pos[analysis.upos]
        pairs = list(zip(analysis.xpos.tolist(), analysis.upos.tolist(), strict=True))
        table[kept, _LEMMA] = [self._lemma(w, x, config.xpos) for w, (x, _) in zip(words, pairs, strict=True)]
        table[kept, _MORPH] = [self._morph(x, u) for x, u in pairs]
        table[kept, _HEAD] = kept[self._mended(words, analysis)] - kept
        table[kept, _DEP] = self._deps[analysis.deps]
        table[kept, _START] = np.where(analysis.starts, 1, -1)
        table[kept, _IOB], table[kept, _TYPE] = self._iob[analysis.ner], self._types[analysis.ner]
        self._mend_entities(table, kept, analysis.starts)
        if kept[0] > 0:
            # Leading white space belongs to the first sentence and begins it.
            table[kept[0], _START], table[0, _START] = -1, 1
        doc.from_array(list(ATTRIBUTES), cast(Any, table.view(np.uint64)))

    def _mended(self, words: Sequence[str], analysis: Analysis) -> Ints:
        """The heads of the words, with the slips mended that the parser makes again and again."""
        names = self._encoder.config
        parse = Parse(
            words,
            [names.xpos[i] for i in analysis.xpos.tolist()],
            analysis.heads.tolist(),
            [names.deps[i] for i in analysis.deps.tolist()],
        )
        return np.array(parse.heads, np.int64) if mend(parse, self._mending) else analysis.heads

    def _blank_table(self, doc: Doc, kept: Ints) -> Ints:
        """Every token as white space: tag `_SP`, relation `dep`, head the word before it or the first word."""
        n = len(doc)
        table = np.zeros((n, len(ATTRIBUTES)), np.int64)
        if len(kept) == n:
            return table
        index = np.arange(n)
        table[:, _TAG], table[:, _POS], table[:, _MORPH] = self._space_tag, self._space_pos, self._empty_morph
        table[:, _DEP], table[:, _START], table[:, _IOB] = self._space_dep, -1, 2
        before = np.searchsorted(kept, index, side="right") - 1
        table[:, _HEAD] = kept[np.maximum(before, 0)] - index
        strings = self._vocab.strings
        blank = np.ones(n, bool)
        blank[kept] = False
        for i in np.flatnonzero(blank).tolist():
            table[i, _LEMMA] = _signed(strings.add(doc[i].text))
        return table

    def _fill_blank(self, doc: Doc) -> None:
        if len(doc):
            # Only white space: its first token stands as the root.
            table = self._blank_table(doc, np.zeros(1, np.int64))
            table[0] = table[1] if len(doc) > 1 else table[0]
            table[0, _TAG], table[0, _POS], table[0, _IOB] = self._space_tag, self._space_pos, 2
            table[0, _HEAD], table[0, _START], table[0, _MORPH] = 0, 1, self._empty_morph
            table[0, _DEP] = _signed(self._vocab.strings.add("ROOT"))
            table[0, _LEMMA] = _signed(self._vocab.strings.add(doc[0].text))
            doc.from_array(list(ATTRIBUTES), cast(Any, table.view(np.uint64)))

    def _mend_entities(self, table: Ints, kept: Ints, starts: NDArray[np.bool_]) -> None:
        """No name crosses a sentence start or is a mere function word; white space inside a name belongs to it."""
        inside = table[kept, _IOB] == 1
        alone = (table[kept, _IOB] == 3) & ~np.append(inside[1:] & ~starts[1:], False)
        no_name = kept[alone & np.isin(table[kept, _POS], self._function_pos)]
        table[no_name, _IOB], table[no_name, _TYPE] = 2, 0
        first = inside & starts
        table[kept[first], _IOB] = 3
        for k in np.flatnonzero(inside & ~starts).tolist():
            low, high = int(kept[k - 1]), int(kept[k])
            if high - low > 1:
                table[low + 1 : high, _IOB] = 1
                table[low + 1 : high, _TYPE] = table[high, _TYPE]

    def _lemma(self, word: str, xpos: int, tags: Sequence[str]) -> int:
        key = self._lemma_keys.get((word, xpos))
        if key is None:
            key = _signed(self._vocab.strings.add(self._lemmatizer(word, tags[xpos])))
            self._lemma_keys[(word, xpos)] = key
        return key

    def _morph(self, xpos: int, upos: int) -> int:
        key = self._morphs.get((xpos, upos))
        if key is None:
            config = self._encoder.config
            feats = config.features.get(f"{config.xpos[xpos]} {config.upos[upos]}", "_")
            key = _signed(self._vocab.morphology.add("" if feats == "_" else feats))
            self._morphs[(xpos, upos)] = key
        return key


def load_annotator(model_dir: Path | None = None) -> Annotator:
    """Load the shipped weights, or those in `model_dir`. Raises `ModelError` if files are missing."""
    return Annotator(model_dir or MODEL_DIR)
