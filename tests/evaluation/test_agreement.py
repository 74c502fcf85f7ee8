"""Agreement of two coders: kappa by hand, pairs one to one, labels that a list allows."""

from __future__ import annotations

import pytest

from evaluation.agreement import Place, dyad_agreement, f1, kappa, matched, reading_agreement
from evaluation.forms import ROOT, Row


def test_kappa_is_agreement_beyond_chance() -> None:
    pairs = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    assert kappa(pairs) == pytest.approx(0.4)  # agreed 0.7, chance 0.5 * 0.6 + 0.5 * 0.4


def test_kappa_of_coders_who_agree_by_chance_alone_is_zero() -> None:
    assert kappa([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]) == pytest.approx(0.0)


def row(name: str, start: int, end: int, core: bool = True) -> Row:
    return {"id": name, "places": [(1, start, end)], "core": core}


def places(each: Row) -> list[Place]:
    found: list[Place] = each["places"]
    return found


def test_pairs_are_one_to_one_and_core_goes_first() -> None:
    gold = [row("optional", 0, 9, core=False), row("core", 8, 12)]
    second = [row("mine", 0, 12), row("elsewhere", 20, 25)]
    pairs = matched(gold, second, places, lambda each: bool(each["core"]))
    assert [(pair.gold["id"], pair.second["id"]) for pair in pairs] == [("core", "mine")]


def test_spans_that_only_touch_are_no_pair() -> None:
    assert matched([row("left", 0, 4)], [row("right", 4, 8)], places, lambda _: True) == []


def test_f1_is_between_the_two_shares() -> None:
    assert f1(6, 8, 12) == pytest.approx(0.6)


def test_our_second_labels_fit_their_sets() -> None:
    dyads = dyad_agreement(ROOT / "evaluation" / "house")
    reading = reading_agreement(ROOT / "evaluation" / "readings", "shoal")
    assert dyads["n"] == 120
    assert dyads["kappa"] < dyads["agreed"]
    assert reading["events_f1"] <= reading["events_f1_optional_spared"] <= 1
