"""The open texts that the real part labels: sentence id -> text, read from the data folder.

* UD EWT and GUM: the treebank's `# sent_id` and `# text`, train and dev.
* re3d: `re3d-<source>-<first 8 hex digits of _id, small>-<n>`, n from 1. The rule of the ids: a document's text is cut
  at newlines, empty lines fall away, each line goes through spaCy's `sentencizer` of a blank English pipeline, and the
  sentences are stripped of spaces round them and counted through the document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from dragoman.errors import NotFound
from training.entities import data_root

TREEBANKS = (
    "ud_ewt/en_ewt-ud-train.conllu",
    "ud_ewt/en_ewt-ud-dev.conllu",
    "ud_gum/en_gum-permissive-train.conllu",
    "ud_gum/en_gum-permissive-dev.conllu",
)
SOURCES = {
    "Australian Department of Foreign Affairs": "dfat",
    "CENTCOM": "centcom",
    "Delegation of the European Union to Syria": "eu",
    "UK Government": "ukgov",
    "US State Department": "usstate",
    "Wikipedia": "wikipedia",
}


def document_of(sentence_id: str) -> str:
    """The document that a sentence stands in: its id without the last part."""
    return sentence_id.rpartition("-")[0]


def treebank_texts(root: Path | None = None) -> Mapping[str, str]:
    """Sentence id -> text of all sets, in the order of their files. Raises NotFound where the data folder is not."""
    return _texts((root or data_root()) / "train")


def at_hand(root: Path | None = None) -> bool:
    """True if the treebanks are there."""
    return all(((root or data_root()) / "train" / name).is_file() for name in TREEBANKS)


@cache
def _texts(folder: Path) -> Mapping[str, str]:
    texts: dict[str, str] = {}
    for name in TREEBANKS:
        path = folder / name
        if not path.is_file():
            raise NotFound("no treebank", where=str(path), next_step="set DRAGOMAN_DATA, or put the data in ../shared")
        texts.update(read_sentences(path.read_text(encoding="utf-8")))
    if (folder / "re3d").is_dir():
        texts.update(re3d_sentences(folder / "re3d"))
    return texts


def read_sentences(conllu: str) -> Iterator[tuple[str, str]]:
    """(`sent_id`, `text`) of a CoNLL-U file."""
    sentence_id = ""
    for line in conllu.split("\n"):
        if line.startswith("# sent_id = "):
            sentence_id = line.removeprefix("# sent_id = ").strip()
        elif line.startswith("# text = ") and sentence_id:
            yield sentence_id, line.removeprefix("# text = ")
            sentence_id = ""


def re3d_sentences(folder: Path) -> Iterator[tuple[str, str]]:
    """(id, text) of the sentences of re3d's documents, by the rule in the head of this module."""
    import spacy  # two seconds to import, for this set alone

    sentencizer = spacy.blank("en")
    sentencizer.add_pipe("sentencizer")
    for source, name in SOURCES.items():
        for line in (folder / source / "documents.json").read_text(encoding="utf-8").split("\n"):
            if line.strip():
                document = json.loads(line)
                stem = f"re3d-{name}-{document['_id'][:8].lower()}"
                found = (s.text.strip() for part in document["text"].split("\n") for s in sentencizer(part).sents)
                yield from ((f"{stem}-{n}", text) for n, text in enumerate(filter(None, found), 1))
