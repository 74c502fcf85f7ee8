"""Two codings of a passage of our own, compared layer by layer."""

from __future__ import annotations

import pytest

from evaluation.corpus.baselines import (
    cued_status,
    entity_figures,
    statement_figures,
    status_cues,
    status_figures,
    trigger,
    window,
)
from evaluation.corpus.compare import compare
from evaluation.corpus.labels import Labels, from_passage
from training.corpora.notation import parse

HEAD = (
    "@ hand: test\n@ date: 2026-11-24\n@ licence: CC0-1.0\n@ source: invented\n\n## x-1 | 2031-05-16 | wire | africa\n"
)
FIRST = HEAD + (
    "> [a:POL=KEN Kenya] {e1,s1.cue urged} [b:ORG=UGA.MIL Lake Guard] in [:LOC=UGA Kampala] {s1.what to hand back}"
    " [c:grp=KEN.CVL nine fishermen] on [t1:DATE=2031-05-15 Thursday].\n"
    "> [a It] may {e2 close} [p:FAC=KEN Busia] if [b the guard] refuses, [d:ORG=KEN.JRN Ziwa FM]"
    ' said: "The gate is ours."\n'
    "e1 REQUEST:yield a > b occurred when=t1\n"
    "e2 COERCE:restrict a > - possible where=p\n"
    "s1 request a to=b via=d\n"
    "g1 deadline a planned when=t1 ev=e2\n"
)


def coded(text: str) -> Labels:
    """The labels of the first passage of a file."""
    reading = parse(text)
    assert reading.errors == ()
    return from_passage(reading.file.passages[0])


def test_a_coder_agrees_with_itself() -> None:
    figures = compare([coded(FIRST)], [coded(FIRST)])
    assert figures["entities"]["strict_f1"] == 100
    assert figures["coreference"] == {"mentions_f1": 100, "links_f1": 100, "b_cubed_f1": 100}
    assert figures["times"]["value_f1"] == 100
    assert figures["statements"]["content_chars_f1"] == 100
    assert figures["statements"]["relay_f1"] == 100
    assert figures["events"]["found_and_typed_f1"] == 100
    assert figures["events"]["status_kappa"] == 100
    assert figures["agenda"]["found_f1"] == 100
    assert figures["no_event"]["none_agreed"] == 100


@pytest.mark.parametrize(
    ("before", "after", "layer", "figure", "expected"),
    [
        ("[p:FAC=KEN Busia]", "[p:LOC=KEN Busia]", "entities", "strict_f1", 80.0),
        ("[:LOC=UGA Kampala]", "[:POL=UGA Kampala]", "entities", "place_or_polity_as_one_f1", 100.0),
        ("2031-05-15 Th", "2031-W20 Th", "times", "value_agreed", 0.0),
        ("[a It]", "It", "coreference", "mentions_f1", 93.33),
        ("[a It]", "It", "coreference", "links_f1", 66.67),
        ("[a It]", "[b It]", "coreference", "b_cubed_f1", 85.37),
        ("{s1.what to hand back}", "to {s1.what hand back}", "statements", "content_chars_f1", 85.71),
        ("s1 request a to=b via=d", "s1 request a to=b", "statements", "relay_f1", 0.0),
        ("s1 request a", "s1 threaten a", "statements", "act_agreed", 0.0),
        ("s1 request a", "s1 request c", "statements", "speaker_agreed", 0.0),
        ("e2 COERCE:restrict a > - possible", "e2 COERCE:restrict a > - planned", "events", "status_agreed", 50.0),
        ("e2 COERCE:restrict", "e2 SANCTION:discontinue", "events", "found_and_typed_f1", 50.0),
        ("e1 REQUEST:yield a > b", "e1 REQUEST:yield a > c", "events", "recipients_agreed", 50.0),
        ("possible where=p", "possible", "events", "place_f1", 0.0),
        ("occurred when=t1", "occurred", "events", "time_f1", 0.0),
        ("g1 deadline a", "g1 other a", "agenda", "kind_agreed", 0.0),
        ("g1 deadline a", "g1 deadline a,b", "agenda", "participants_agreed", 0.0),
    ],
)
def test_each_layer_sees_its_difference(before: str, after: str, layer: str, figure: str, expected: float) -> None:
    assert before in FIRST
    assert compare([coded(FIRST)], [coded(FIRST.replace(before, after))])[layer][figure] == expected


def test_single_decisions_are_counted_over_what_either_has() -> None:
    # 5 names, 1 time, 2 events and 4 codes of each, 1 statement and 2 codes
    assert compare([coded(FIRST)], [coded(FIRST)])["decisions"] == {"n": 19, "agreed": 100}
    other = coded(FIRST.replace("[:LOC=UGA Kampala]", "Kampala").replace("a > - possible", "a > - planned"))
    assert compare([coded(FIRST)], [other])["decisions"] == {"n": 19, "agreed": 89.47}


def test_a_reciprocal_event_has_all_sides_as_actors() -> None:
    one = coded(FIRST.replace("e1 REQUEST:yield a > b", "e1 CONSULT a <> b"))
    assert len(one.events[0].actors) == 2
    assert one.events[0].recipients == ()


def test_passages_that_only_one_has_are_left_out() -> None:
    assert compare([coded(FIRST)], [])["events"]["n"] == 0


def test_two_texts_of_one_passage_are_an_error() -> None:
    with pytest.raises(ValueError, match="x-1: the two texts differ"):
        compare([coded(FIRST)], [coded(FIRST.replace("refuses", "declines"))])


def test_the_cue_baseline_looks_around_the_trigger() -> None:
    labels = coded(FIRST)
    assert [cued_status(labels, event) for event in labels.events] == ["occurred", "conditional"]
    figures = status_figures([labels])
    assert figures["accuracy"] == 50
    assert figures["occurred_accuracy"] == 50
    assert next(iter(status_cues())) == "denied"


def test_the_cue_baseline_sees_contractions_and_stays_in_its_sentence() -> None:
    labels = coded(FIRST.replace("may {e2 close}", "didn't {e2 close}").replace("if [b the guard] refuses", "so"))
    assert cued_status(labels, labels.events[1]) == "denied"
    other = coded(FIRST.replace("[a:POL=KEN Kenya]", "No. [a:POL=KEN Kenya]"))
    assert cued_status(other, other.events[1]) == "conditional"


def test_the_type_baseline_sees_trigger_and_window() -> None:
    labels = coded(FIRST)
    asked = labels, labels.events[0]
    assert window(asked).startswith("kenya urged lake guard in kampala to")
    assert trigger(asked) == "urged"


def test_the_statement_baseline_knows_only_quotation_marks() -> None:
    assert statement_figures([coded(FIRST)])["content_chars_f1"] == 0
    quoted = FIRST.replace("s1 request", "s2 assert d\ns1 request").replace(
        'said: "The gate is ours."', '{s2.cue said}: {s2.what "The gate is ours."}'
    )
    assert statement_figures([coded(quoted)])["content_chars_p"] == 100


def test_the_entity_baseline_folds_places() -> None:
    labels = coded(FIRST)
    figures = entity_figures([labels], [labels])
    assert figures["strict_f1"] == 100
    other = coded(FIRST.replace("[p:FAC=KEN Busia]", "[p:LOC=KEN Busia]"))
    assert entity_figures([labels], [other])["loc_f1"] == 100
