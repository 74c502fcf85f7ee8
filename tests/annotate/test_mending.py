"""Two slips of the parser that are mended, on parses made by hand: word, tag, relation, head (from 1, 0 the root)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.annotate.mending import Mending, Parse, load_mending, mend


@pytest.fixture(scope="module")
def known() -> Mending:
    return load_mending()


def parse_of(rows: str) -> Parse:
    table = [row.split() for row in rows.split(" / ")]
    heads = [int(row[3]) - 1 if row[3] != "0" else at for at, row in enumerate(table)]
    return Parse([row[0] for row in table], [row[1] for row in table], heads, [row[2] for row in table])


@pytest.mark.parametrize(
    ("rows", "word", "head"),
    [
        # a past form joined to an infinitive goes up to the finite verb above
        (
            "Rome NNP nsubj 2 / urged VBD ROOT 0 / Oslo NNP obj 2 / to TO mark 5 / pay VB xcomp 2 / and CC cc 7"
            " / threatened VBD conj 5",
            "threatened",
            "urged",
        ),
        # the finite part may be an auxiliary
        (
            "Rome NNP nsubj 3 / has VBZ aux 3 / urged VBN ROOT 0 / Oslo NNP obj 3 / to TO mark 6 / pay VB xcomp 3"
            " / and CC cc 8 / threatened VBD conj 6",
            "threatened",
            "urged",
        ),
        # "said prices would fall and vowed": a modal clause below
        (
            "Rome NNP nsubj 2 / said VBD ROOT 0 / prices NNS nsubj 5 / would MD aux 5 / fall VB ccomp 2 / and CC cc 7"
            " / vowed VBD conj 5",
            "vowed",
            "said",
        ),
        # an act of speech after a clause about a thing
        (
            "Rome NNP nsubj 2 / said VBD ROOT 0 / bombs NNS nsubj 4 / fell VBD ccomp 2 / and CC cc 6"
            " / vowed VBD conj 4",
            "vowed",
            "said",
        ),
        # people below may themselves have spoken
        (
            "Rome NNP nsubj 2 / said VBD ROOT 0 / Ana NNP nsubj 4 / came VBD ccomp 2 / and CC cc 6 / vowed VBD conj 4",
            "vowed",
            "came",
        ),
        # its own subject keeps it where it is
        (
            "Rome NNP nsubj 2 / said VBD ROOT 0 / bombs NNS nsubj 4 / fell VBD ccomp 2 / and CC cc 7 / Ana NNP nsubj 7"
            " / vowed VBD conj 4",
            "vowed",
            "fell",
        ),
        # no speech: two things that fell and burned
        (
            "Rome NNP nsubj 2 / said VBD ROOT 0 / bombs NNS nsubj 4 / fell VBD ccomp 2 / and CC cc 6"
            " / burned VBD conj 4",
            "burned",
            "fell",
        ),
        # two infinitives stay together, though the second was tagged as a present
        (
            "They PRP nsubj 2 / want VBP ROOT 0 / to TO mark 4 / meet VB xcomp 2 / and CC cc 6 / talk VBP conj 4",
            "talk",
            "meet",
        ),
        # the speaker and the day on the far side of the verb of speech
        (
            "Ana NNP nsubj 3 / will MD aux 3 / go VB ccomp 5 / aides NNS nsubj 3 / said VBD ROOT 0 / Monday NNP obl 3",
            "aides",
            "said",
        ),
        (
            "Ana NNP nsubj 3 / will MD aux 3 / go VB ccomp 5 / aides NNS nsubj 3 / said VBD ROOT 0 / Monday NNP obl 3",
            "Monday",
            "said",
        ),
    ],
)
def test_where_a_word_hangs(rows: str, word: str, head: str, known: Mending) -> None:
    parse = parse_of(rows)
    mend(parse, known)
    assert parse.words[parse.heads[list(parse.words).index(word)]] == head


TAGS = st.sampled_from(["VBD", "VB", "VBN", "VBZ", "VBG", "NN", "NNP", "MD"])
DEPS = st.sampled_from(["conj", "ccomp", "xcomp", "nsubj", "obl", "aux", "punct"])


@given(st.lists(st.tuples(TAGS, DEPS, st.integers(0, 30), st.sampled_from(["said", "vowed", "fell"])), max_size=12))
def test_a_tree_stays_a_tree(known: Mending, rows: list[tuple[str, str, int, str]]) -> None:
    heads = [0 if at == 0 else number % at for at, (_, _, number, _) in enumerate(rows)]
    deps = ["ROOT" if at == 0 else dep for at, (_, dep, _, _) in enumerate(rows)]
    parse = Parse([row[3] for row in rows], [row[0] for row in rows], heads, deps)
    mend(parse, known)
    for start in range(len(rows)):
        at, steps = start, 0
        while parse.heads[at] != at:
            at, steps = parse.heads[at], steps + 1
            assert steps <= len(rows)
