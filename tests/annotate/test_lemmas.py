"""The lemma table: single forms, then the longest suffix."""

from __future__ import annotations

from dragoman.annotate.lemmas import Lemmatizer, TagRules, apply_suffix

RULES = {
    "VBD": TagRules({"met": "meet"}, {"ed": (1, ""), "ted": (2, ""), "": (0, "")}),
    "NNS": TagRules({"men": "man"}, {"s": (1, ""), "ies": (3, "y")}),
    "NNP": TagRules({}, {}),
}


def test_known_forms_win() -> None:
    assert Lemmatizer(RULES)("Met", "VBD") == "meet"


def test_the_longest_suffix_wins() -> None:
    lemmatizer = Lemmatizer(RULES)
    assert lemmatizer("visited", "VBD") == "visit"
    assert lemmatizer("agreed", "VBD") == "agree"
    assert lemmatizer("Parties", "NNS") == "party"


def test_names_keep_their_case_and_unknown_tags_their_form() -> None:
    lemmatizer = Lemmatizer(RULES)
    assert lemmatizer("Moscow", "NNP") == "Moscow"
    assert lemmatizer("Blah", "XX") == "blah"
    assert lemmatizer("%", "NNS") == "%"


def test_a_rule_never_eats_the_whole_word() -> None:
    assert apply_suffix("ies", {"ies": (3, "y"), "s": (1, "")}) == "ie"
