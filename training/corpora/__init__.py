"""The corpus of political news, annotated by us: notation, reader, checks, statistics (`house/` holds the data).

`load("train")`, `load("test", "real")`, `load("first")` and `load("second")` (the test part as two hands labelled it,
blind) give lists of `Passage`; `parse` and `write` are the notation. Neither torch nor spaCy is needed (but for the
sentence ids of re3d).
"""

from training.corpora.house import load
from training.corpora.notation import parse, write
from training.corpora.passages import (
    AgendaRecord,
    Certificate,
    CorpusFile,
    EventRecord,
    Mark,
    Mention,
    Passage,
    Sentence,
    StatementRecord,
)
from training.corpora.problems import CorpusError, Problem

__all__ = [
    "AgendaRecord", "Certificate", "CorpusError", "CorpusFile", "EventRecord", "Mark", "Mention", "Passage", "Problem",
    "Sentence", "StatementRecord", "load", "parse", "write",
]  # fmt: skip
