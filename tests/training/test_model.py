"""The network learns a toy sentence and its losses leave out what a set does not mark."""

from __future__ import annotations

import random

import torch

from dragoman.annotate.wordpieces import WordPieces
from training.corpus import Sentence
from training.entities import BIT
from training.loop import arc_mask, losses
from training.model import Parser, Shape
from training.windows import Labels, Window, code, tensors

TINY = Shape(
    vocabulary=110, width=24, layers=1, attention_heads=2, inner=32, positions=64, shape_width=4, arcs=8, relations=8,
    ner_hidden=8, upos=2, xpos=2, deps=3,
)  # fmt: skip
VOCABULARY = ["[PAD]", *map(str, range(99)), "[UNK]", "[CLS]", "[SEP]", "talks", "end"]


def _batch(*, parsed: bool) -> object:
    labels = Labels(upos=("NOUN", "VERB"), xpos=("NNS", "VBP"), deps=("nsubj", "punct", "root"))
    sentence = Sentence("t", "d", "", ("Talks", "end"), allowed=(BIT["O"], BIT["O"]))
    if parsed:
        sentence = Sentence(
            "t", "d", "", ("Talks", "end"), ("NOUN", "VERB"), ("NNS", "VBP"), ("talk", "end"), ("_", "_"), (2, 0),
            ("nsubj", "root"), (BIT["O"], BIT["O"]),
        )  # fmt: skip
    wordpieces = WordPieces(VOCABULARY)
    return tensors([Window([code(sentence, labels, wordpieces)], [False])], wordpieces, random.Random(0))  # noqa: S311


def test_it_learns() -> None:
    torch.manual_seed(0)
    parser, batch = Parser(TINY), _batch(parsed=True)
    optimiser = torch.optim.AdamW(parser.parameters(), lr=0.02)
    first = sum(losses(parser, batch).values()).item()  # type: ignore[arg-type]
    for _ in range(30):
        optimiser.zero_grad()
        sum(losses(parser, batch).values()).backward()  # type: ignore[arg-type]
        optimiser.step()
    assert sum(losses(parser, batch).values()).item() < first / 3  # type: ignore[arg-type]


def test_sentences_without_a_parse_teach_no_arcs() -> None:
    parts = losses(Parser(TINY), _batch(parsed=False))  # type: ignore[arg-type]
    assert parts["arc"].item() == parts["rel"].item() == parts["upos"].item() == 0
    assert parts["ner"].item() > 0


def test_arcs_stay_in_their_sentence() -> None:
    mask = arc_mask(torch.tensor([[0, 0, 1]]))
    assert (mask[0] == 0).tolist() == [[True, True, True, False], [True, True, True, False], [True, False, False, True]]
