from __future__ import annotations

import pytest

from dragoman.annotate.syntax import is_passive
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
