"""The reader and writer of the corpus notation, on passages of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.corpora import parse, write
from training.corpora.inline import read_marks, write_marks
from training.corpora.notation import Reading
from training.corpora.passages import CorpusFile, Passage
from training.corpora.problems import Problems

HEAD = "@ hand: T\n@ date: 2026-11-24\n@ licence: CC0-1.0\n@ source: invented\n\n"
BODY = """## tst-001 | 2031-05-16 | wire | europe
> [a:POL=SVN Slovenia] will {e1 open} [p:FAC=SVN the tunnel] on [t1:DATE=2031-06-02 June 2] {e1.if if [b it] is dry}.
>
> {s1.who Minister [c:PER=SVN.GOV Ana Kos]} {e2,s1.cue accused} \
[b:ORG=HRV.BUS Gradis], [d:per=-.BUS its \\[old\\] owner] \
{s1.what of {e3 holding back} [:MON €4 million]}.
e1 COOPERATE a <> b conditional when=t1 where=p ctx=economic,diplomatic
e2 ACCUSE:allege c > b,d occurred
e3 COERCE:withhold b > - denied amount="€4 million"
s1 accuse c to=b
g1 other a planned when=t1 ev=e3
// a remark
"""


def read(body: str = BODY, head: str = HEAD) -> Reading:
    return parse(head + body, "x.txt")


def only(body: str = BODY) -> Passage:
    reading = read(body)
    assert [str(problem) for problem in reading.problems] == []
    return reading.file.passages[0]


def errors(old: str, new: str) -> list[str]:
    assert old in BODY
    return [str(problem) for problem in read(BODY.replace(old, new, 1)).errors]


def test_text_and_offsets() -> None:
    passage = only()
    assert passage.text.startswith("Slovenia will open the tunnel on June 2 if it is dry.\nMinister Ana Kos accused")
    assert "its [old] owner" in passage.text
    assert all(passage.text[one.start : one.end] == one.text for one in passage.mentions)
    assert all(passage.text[one.start : one.end] == one.text for one in passage.marks)
    assert [sentence.sentence_id for sentence in passage.sentences] == ["tst-001.1", "tst-001.2"]
    assert [sentence.paragraph for sentence in passage.sentences] == [False, True]
    assert all(passage.text[s.start : s.end] == s.text for s in passage.sentences)


def test_forms_and_kinds_of_mentions() -> None:
    found = {mention.text: (mention.kind, mention.form) for mention in only().mentions}
    assert found["Slovenia"] == ("POL", "name")
    assert found["the tunnel"] == ("FAC", "name")
    assert found["it"] == ("ORG", "pronoun")
    assert found["its [old] owner"] == ("PER", "nominal")
    assert found["€4 million"] == ("MON", "plain")


def test_records_and_their_defaults() -> None:
    passage = only()
    first, second, third = passage.events
    assert (first.actors, first.recipients, first.reciprocal) == (("a", "b"), ("a", "b"), True)
    assert (second.type, second.mode, second.by) == ("ACCUSE", "allege", None)
    assert (third.by, third.recipients, third.amount) == ("s1", (), "€4 million")
    assert passage.agenda[0].by == "s1"
    assert passage.spans("s1", "cue")[0].text == "accused"
    assert passage.value("b") == "HRV.BUS"


def test_nobody_vouches_where_the_file_says_so() -> None:
    passage = only(BODY.replace("> - denied", "> - denied by=-"))
    assert passage.events[2].by is None
    assert " by=-" in write(CorpusFile("x", read().file.certificate, (passage,)))


def test_a_statement_within_a_statement() -> None:
    body = """## tst-2 | - | wire | world
> [a:PER=-.GOV Ida] {s1.cue said} {s1.what [b:ORG=-.BUS Orn] had {s2.cue promised} {s2.what to {e1 help}}}.
e1 AID b > - planned
s1 assert a
s2 promise b
"""
    passage = only(body)
    assert [one.within for one in passage.statements] == [None, "s1"]
    assert passage.events[0].by == "s2"
    assert passage.date == ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[a:POL=SVN Slovenia]", "[Slovenia]", "x.txt:7:3: error: no tag"),
        ("[a:POL=SVN Slovenia]", "[a:POL=SVN Slovenia", "is never closed"),
        ("{e1 open}", "{e1 open]", "x.txt:7:37: error: ] where {e1"),
        ("[b it] is dry}", "[b it is dry}]", "marks nest and never cross"),
        ("SVN Slovenia", "SVX Slovenia", "unknown country 'SVX'"),
        ("a:POL=SVN", "a:POLL=SVN", "did you mean POL?"),
        ("[p:FAC=SVN the", "[p:FAC=SVN.GOV the", "write =SVN"),
        ("SVN.GOV", "SVN.GOVT", "unknown sector 'GOVT'"),
        ("[:MON €4", "[:mon €4", "write MON"),
        ("[a:POL=SVN", "[e9:POL=SVN", "is a record's id"),
        ("{e1 open}", "{e1 open}{e8 x}", "{e8} ('x') has no record"),
        ("{e3 holding back}", "holding back", "e3 has no trigger"),
        ("{s1.what of {e3 holding back} [:MON €4 million]}", "{e3 x}", "s1 (accuse) has no content"),
        ("s1.who", "s1.whom", "unknown role 'whom'"),
        ("\\[old", "\\old", "a lone backslash"),
        ("06-02 June 2]", "06-03 June 2]", "the words say day 2"),
        ("2031-06-02 June 2]", "2031-06-31 June 31]", "there is no day 2031-06-31"),
        ("06-02 June 2]", "06-02 May 2]", "the words say May"),
        ("06-02 June 2]", "06-02 Tuesday]", "2031-06-02 is a Monday, the words say Tuesday"),
        ("2031-06-02 June", "next-June June", "is no value of a DATE"),
        ("ACCUSE:allege", "ACUSE:allege", "did you mean ACCUSE?"),
        ("ACCUSE:allege", "ACCUSE:alege", "did you mean allege?"),
        ("> b,d occurred", "> b, d occurred", "there should be a recipient (or -) and a status"),
        ("> b,d occurred", "> b,d occured", "did you mean occurred?"),
        ("> b,d occurred", "> b,z occurred", "'z' is mentioned nowhere"),
        ("> b,d occurred", "> p occurred", "recipients are people, bodies"),
        ("d:per=-.BUS", "d:per", "the recipient 'd' ('its [old] owner') has no actor code"),
        ("s1 accuse c", "s1 acuse c", "did you mean accuse?"),
        ("to=b", "too=b", "did you mean to?"),
        ("> - denied", "> - denied by=s7", "by=s7 is not a statement"),
        ("ev=e3", "ev=e7", "ev=e7 is not an event"),
        ("ev=e3", "", "no trigger and no event"),
        ("g1 other", "g1 others", "unknown agenda kind"),
        ("e3 COERCE", "e2 COERCE", "e2 stands already in line 11"),
        ("// a", "none sport\n// a", "stands beside 3 events"),
        ("// a", "nonesuch\n// a", "a line that is nothing known"),
        ("// a", "\ns2 assert c\n// a", "the empty line 15 has ended passage"),
        ("[d:per=-.BUS", "[c:org=-.BUS", "id 'c' is of different types"),
        ("Minister [c", "Minister  [c", "spaces too many"),
        ("| wire |", "| wires |", "did you mean wire?"),
        ("| europe", "| eurasia", "unknown region"),
        ("2031-05-16", "2031-05-32", "is no ISO date"),
        ("tst-001", "tst_001", "is no passage id"),
        ("Slovenia]", "Slove\u0301nia]", "not in NFC"),
        ("Slovenia]", "Slo\u00a0venia]", "no-break space"),
    ],
)
def test_errors_say_what_and_where(old: str, new: str, said: str) -> None:
    found = errors(old, new)
    assert any(said in one for one in found), found


def test_a_country_acts_is_a_place_and_an_adjective() -> None:
    only(BODY.replace("is dry", "is dry in [a:LOC Slovenia] for [a:GRP Slovene] cars"))


def test_one_bad_passage_does_not_hide_the_next() -> None:
    reading = read(BODY.replace("{e1 open}", "{e1 open") + "\n" + BODY.replace("tst-001", "tst-002"))
    assert reading.broken == 1
    assert [passage.passage_id for passage in reading.file.passages] == ["tst-002"]
    reading = read(BODY + "\n## tst-009 | - | wire | world\n\n" + BODY)
    assert [passage.passage_id for passage in reading.file.passages] == ["tst-001"]
    assert {problem.line for problem in reading.errors} == {17, 19}


def test_what_follows_from_a_broken_record_is_not_told_again() -> None:
    assert len(errors("e3 COERCE", "e3 COERSE")) == 1
    assert len(errors("s1 accuse c to=b", "s1")) == 1
    lone = "## q-1 | - | wire | world\n> Rain {e1 fell}.\n"
    assert len(read(lone + "e1\n").errors) == 1
    two = read(lone.replace("Rain", "{s1.cue Rain}").replace("{e1 fell}", "fell") + "s1\n").errors
    assert len(two) == 2
    assert "neither an event nor 'none'" in two[0].what


def test_the_same_error_on_many_lines_is_told_once() -> None:
    (found,) = parse((HEAD + BODY).replace("\n", "\r\n"), "x.txt").errors
    assert found.what == "the line ends with a carriage return (and 14 more: lines 2, 3, 4 ...)"
    (slip,) = errors("## tst-001 | 2031-05-16 | wire | europe", "## tst-001 | 2031-05-16 | wire")
    assert "a header has four parts, here 3" in slip
    passages = "".join(BODY.replace("tst-001 |", f"tst-{n}") + "\n" for n in range(9))
    (found,) = read(passages).errors
    assert "(and 8 more: lines 17, 28, 39 ...)" in str(found)
    (found,) = read(BODY.replace("## ", "# ")).errors
    assert "a line before the first passage (and 8 more" in str(found)


def test_a_passage_needs_events_or_none() -> None:
    body = "## q-1 | - | wire | world\n> Rain fell.\n"
    assert "neither an event nor 'none'" in str(read(body).errors[0])
    assert only(body + "none weather\n").none == "weather"
    assert "unknown reason" in str(read(body + "none rain\n").errors[0])


def test_the_certificate_is_needed() -> None:
    assert "no source" in str(read(head=HEAD.replace("@ source: invented\n", "")).errors[0])
    assert "unknown line of a certificate" in str(read(head="@ author: me\n" + HEAD).errors[0])


def test_warnings_are_no_errors() -> None:
    two = read(BODY.replace("is dry}.", "is dry}. It was."))
    assert two.errors == ()
    assert "a second sentence" in str(two.problems[0])
    assert read(BODY.replace("is dry}.", "is dry}, said J. Kos.")).problems == ()
    far = read(BODY.replace("2031-06-02 June 2", "2031-06-03 Tuesday"))
    assert "18 days from the passage's date" in str(far.problems[0])
    unconditional = read(BODY.replace("b conditional", "b planned"))
    assert "has a condition" in str(unconditional.problems[0])


def warned(old: str, new: str) -> list[str]:
    assert old in BODY
    reading = read(BODY.replace(old, new, 1))
    assert reading.errors == ()
    return [problem.what for problem in reading.problems]


SOURCE, CUE = "{s1.who Minister [c:PER=SVN.GOV Ana Kos]}", "{e2,s1.cue accused}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (SOURCE, SOURCE.replace("Kos]", "Kos],"), ["the source 'Minister Ana Kos,' of s1 ends in a comma"]),
        (f"{SOURCE} {CUE}", f"{{s1.what {SOURCE} {CUE} him}}", ["the content of s1 holds its own who"]),
        (f"{SOURCE} {CUE}", f"{SOURCE} {{s1.what He {CUE} him}}", ["the content of s1 holds its own cue"]),
        ("{e1 open}", "{e1 be opening}", ["the trigger 'be opening' of e1 begins with an auxiliary"]),
        ("{e1 open}", "{e1 won’t open}", ["the trigger 'won’t open' of e1 begins with an auxiliary"]),
        ("{e1 open}", "{e1 have always opened}", ["the trigger 'have always opened' of e1 begins with an auxiliary"]),
        ("{e1 open}", "{e1 have a go at}", []),
        ("{e1 open}", "{e1 do away with}", []),
        ("{e1 open}", "{e1 May Day}", []),
        (CUE, "{e2 accused} {s1.cue would say}", ["the cue 'would say' of s1 begins with an auxiliary"]),
    ],
)
def test_words_that_a_mark_leaves_out(old: str, new: str, said: list[str]) -> None:
    assert warned(old, new) == said


def test_the_cue_of_silence_keeps_its_auxiliary() -> None:
    silent = BODY.replace(CUE, "{e2 accused} {s1.cue did not answer}").replace("s1 accuse c", "s1 no_response c")
    assert read(silent).problems == ()


def test_remarks_and_certificate_survive() -> None:
    reading = read(head=HEAD.replace("\n\n", "\n@ note: a note\n// all files\n\n"))
    again = parse(write(reading.file), "x.txt")
    assert (again.file.certificate.note, again.file.remarks) == ("a note", ("all files",))
    assert again.file.passages[0].remarks == ("a remark",)


@given(st.text(alphabet="ab [](){}\\:=e1s.,|>#@/-\n", max_size=200))
def test_the_reader_never_falls_over(text: str) -> None:
    for head in ("", HEAD, HEAD + "## a-1 | - | wire | world\n> "):
        reading = parse(head + text, "x.txt")
        assert all(problem.what and problem.line >= 0 for problem in reading.problems)


@given(st.text(alphabet=st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=40))
def test_any_text_can_be_written(text: str) -> None:
    problems = Problems("x")
    assert read_marks(write_marks(text, ()), 1, 0, problems).text == text
    assert problems.found == []
