"""The loop on a toy corpus: checkpoints, resume and the running mean of the weights."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from dragoman.annotate.wordpieces import WordPieces
from training import loop
from training.corpus import Sentence
from training.entities import BIT
from training.loop import Plan, load_parser, train
from training.model import Parser, Shape
from training.windows import Coded, Labels, code

TINY = Shape(
    vocabulary=110, width=24, layers=1, attention_heads=2, inner=32, positions=64, shape_width=4, arcs=8, relations=8,
    ner_hidden=8, upos=2, xpos=2, deps=3,
)  # fmt: skip
LABELS = Labels(upos=("NOUN", "VERB"), xpos=("NNS", "VBP"), deps=("nsubj", "punct", "root"))
WORDPIECES = WordPieces(["[PAD]", *map(str, range(99)), "[UNK]", "[CLS]", "[SEP]", "talks", "end"])


@pytest.fixture(name="coded")
def _coded(monkeypatch: pytest.MonkeyPatch) -> list[Coded]:
    monkeypatch.setattr(loop, "new_parser", lambda *_: Parser(TINY))
    sentence = Sentence(
        "t", "d", "", ("Talks", "end"), ("NOUN", "VERB"), ("NNS", "VBP"), ("talk", "end"), ("_", "_"), (2, 0),
        ("nsubj", "root"), (BIT["O"], BIT["O"]),
    )  # fmt: skip
    return [code(sentence, LABELS, WORDPIECES)] * 9


def test_training_goes_on_from_its_checkpoint(coded: list[Coded], tmp_path: Path) -> None:
    train(coded, LABELS, WORDPIECES, tmp_path, Plan(1, 7, tmp_path))
    first = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    assert first["at"] == {"pass": 1, "batch": 0, "step": 1}
    train(coded, LABELS, WORDPIECES, tmp_path, Plan(3, 7, tmp_path, resume=True))
    last = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    assert last["at"] == {"pass": 3, "batch": 0, "step": 3}
    assert not any(m.requires_grad for m in last["mean"])


def test_the_running_mean_is_what_ships(coded: list[Coded], tmp_path: Path) -> None:
    train(coded, LABELS, WORDPIECES, tmp_path, Plan(2, 7, tmp_path))
    mean = torch.load(tmp_path / "checkpoint.pt", weights_only=True)["mean"]
    parser = load_parser(tmp_path / "checkpoint.pt", LABELS, tmp_path)
    assert all(torch.equal(p, m) for p, m in zip(parser.parameters(), mean, strict=True))


def test_the_same_seed_gives_the_same_weights(coded: list[Coded], tmp_path: Path) -> None:
    one = train(coded, LABELS, WORDPIECES, tmp_path / "a", Plan(2, 7, tmp_path / "a"))
    two = train(coded, LABELS, WORDPIECES, tmp_path / "b", Plan(2, 7, tmp_path / "b"))
    assert all(torch.equal(p, q) for p, q in zip(one.parameters(), two.parameters(), strict=True))
