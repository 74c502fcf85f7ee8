from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from dragoman.annotate.syntax import auxiliaries, is_passive, tense
from tests.actor_docs import annotated


@pytest.mark.parametrize(
    ("rows", "verb", "passive"),
    [
        ("troops NNS nsubj 3\nwere VBD aux:pass 2\nsent VBN acl 0\nleft VBD ROOT 3", 2, True),
        ("troops NNS nsubj 2\nsent VBN acl 0\nleft VBD ROOT 2", 1, True),
        ("briefing NN ROOT 0\nthat IN mark 4\nManila NNP nsubj 4\nhad VBD aux 4\nprovoked VBN acl 0", 4, False),
        ("They PRP nsubj 2\nhad VBD aux 2\nmet VBN ROOT 2", 2, False),
    ],
)
def test_a_participle_with_had_is_active(rows: str, verb: int, passive: bool) -> None:
    assert is_passive(annotated(rows).doc[verb]) is passive


def test_only_words_of_the_closed_class_are_auxiliaries() -> None:
    doc = Doc(
        Vocab(),
        words=["They", "last", "met", "in", "May"],
        tags=["PRP", "VBP", "VBD", "IN", "NNP"],
        pos=["PRON", "AUX", "VERB", "ADP", "PROPN"],
        lemmas=["they", "last", "meet", "in", "May"],
        heads=[2, 2, 2, 4, 2],
        deps=["nsubj", "aux", "ROOT", "case", "obl"],
    )
    assert auxiliaries(doc[2]) == []
    assert tense(doc[2]) == "past"
