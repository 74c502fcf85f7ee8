from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from evaluation import gate as gates
from evaluation.conllu import doc_to_conllu, entities_of, read_iob2, read_sentences, spaces_of, with_parse
from evaluation.forms import half_of, read_rows, write_rows
from evaluation.metrics.counts import match, span_overlap
from evaluation.metrics.parse import parse
from evaluation.run import Options, run
from evaluation.sets import Measure

CONLLU = """# sent_id = 1
1\tEnvoys\t_\tNOUN\t_\t_\t2\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\t_\tVERB\t_\t_\t0\troot\t_\t_
3\tn't\t_\tPART\t_\t_\t2\tadvmod\t_\t_
3.1\tghost\t_\t_\t_\t_\t_\t_\t_\t_
4\tmeet\t_\tVERB\t_\t_\t2\txcomp\t_\tSpaceAfter=No
5\t.\t_\tPUNCT\t_\t_\t2\tpunct\t_\t_

"""


def test_conllu_knows_words_and_surface_tokens() -> None:
    (sentence,) = read_sentences(CONLLU)
    assert [token.form for token in sentence.tokens] == ["Envoys", "didn't", "meet", "."]
    assert [row[1] for row in sentence.words] == ["Envoys", "did", "n't", "meet", "."]
    assert spaces_of(sentence) == [True, False, True, False, True]


def test_a_parse_is_written_into_the_rows_of_the_file() -> None:
    (sentence,) = read_sentences(CONLLU)
    words = [row[1] for row in sentence.words]
    doc = Doc(
        Vocab(), words=words, heads=[3, 3, 3, 3, 3], deps=["nsubj", "aux", "advmod", "ROOT", "punct"], pos=["X"] * 5
    )
    written = with_parse(sentence, list(doc))
    rows = [line.split("\t") for line in written.strip().split("\n")[1:]]
    assert [row[0] for row in rows] == ["1", "2-3", "2", "3", "3.1", "4", "5"]
    assert [(row[6], row[7]) for row in rows if row[0].isdecimal()] == [
        ("4", "nsubj"), ("4", "aux"), ("4", "advmod"), ("0", "root"), ("4", "punct"),
    ]  # fmt: skip
    assert parse(CONLLU, written)["words_f1"] == 100


def test_white_space_is_no_word() -> None:
    doc = Doc(
        Vocab(),
        words=["Go", "\n", "on", "."],
        heads=[0, 0, 0, 0],
        deps=["ROOT", "dep", "advmod", "punct"],
        spaces=[False] * 4,
    )
    rows = [line.split("\t") for line in doc_to_conllu(doc, "d").split("\n") if line[:1].isdigit()]
    assert [(row[0], row[1], row[6]) for row in rows] == [("1", "Go", "0"), ("2", "on", "1"), ("3", ".", "1")]
    assert [row[9] for row in rows] == ["_", "SpaceAfter=No", "SpaceAfter=No"]


def test_other_characters_are_refused() -> None:
    with pytest.raises(ValueError, match="characters"):
        parse(CONLLU, CONLLU.replace("Envoys", "Envoy"))


def test_iob2_in_two_layouts() -> None:
    plain = "Ama B-PER\nMensah I-PER\nmet O\n\nAccra B-LOC\n"
    numbered = "# sent_id = s-1\n# text = Ama met\n1\tAma\tB-PER\t-\t-\n2\tmet\tO\t-\t-\n"
    assert [row["entities"] for row in read_iob2(plain)] == [[[0, 2, "PER"]], [[0, 1, "LOC"]]]
    assert list(read_iob2(numbered)) == [{"sent_id": "s-1", "tokens": ["Ama", "met"], "entities": [[0, 1, "PER"]]}]
    assert entities_of(["I-ORG", "B-ORG", "I-LOC"]) == [[0, 1, "ORG"], [1, 2, "ORG"], [2, 3, "LOC"]]


def test_halves_part_a_set(tmp_path: Path) -> None:
    rows = [{"id": str(n)} for n in range(200)]
    write_rows(tmp_path / "set.jsonl", rows)
    even, odd = (half_of(read_rows(tmp_path / "set.jsonl"), half) for half in ("even", "odd"))
    assert len(even) + len(odd) == 200
    assert {row["id"] for row in even}.isdisjoint(row["id"] for row in odd)
    assert min(len(even), len(odd)) > 60


def test_equal_spans_are_matched_first() -> None:
    left = [{"start": 0, "end": 10}, {"start": 5, "end": 8}]
    assert match(left, [{"start": 5, "end": 8}, {"start": 0, "end": 9}], span_overlap) == {0: 1, 1: 0}


def test_the_gate_says_what_fell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "floors.json"
    measure = Measure("toy", "metonymy", str(tmp_path), None, ("accuracy",))
    monkeypatch.setattr(gates, "PINNED", (measure,))
    score = {"accuracy": 80.0}
    monkeypatch.setattr(Measure, "measure", lambda *_: score)
    assert gates.gate(path=path) == 1, "a score without a floor does not pass"
    assert gates.gate(path=path, raise_floors=True) == 0
    assert json.loads(path.read_text())["toy.accuracy"]["floor"] == 80.0
    score["accuracy"] = 79.9
    assert gates.gate(path=path, raise_floors=True) == 0
    assert json.loads(path.read_text())["toy.accuracy"]["floor"] == 80.0
    score["accuracy"] = 79.7
    assert gates.gate(path=path) == 1
    assert "FELL" in capsys.readouterr().out


@pytest.mark.weights
@pytest.mark.parametrize(
    ("kind", "row", "field"),
    [
        ("dyads", {"uid": "1", "text": "Ghana accused Togo.", "source": "Ghana", "target": "Org:Togo"}, "root"),
        ("events", {"id": "1", "text": "France sent troops to Mali.", "date": "20130111"}, "events"),
        ("statements", {"doc": "1", "text": 'Ghana\'s envoy said: "We will sign."'}, "statements"),
        ("times", {"doc": "1", "dct": "2022-09-07", "text": "They met on Monday."}, "times"),
        ("dating", {"doc": "1", "text": "They met on Monday."}, "evidence"),
        ("places", {"doc": "1", "text": "They met in Paris, France."}, "places"),
        ("metonymy", {"id": "1", "text": "Paris refused to comment.", "start": 0, "end": 5}, "reading"),
        ("ner", {"sent_id": "1", "tokens": ["They", "met", "in", "Paris", "."]}, "entities"),
    ],
)  # fmt: skip
def test_each_kind_runs_end_to_end(kind: str, row: dict[str, object], field: str, tmp_path: Path) -> None:
    write_rows(tmp_path / "in.jsonl", [row])
    assert run(kind, tmp_path / "in.jsonl", tmp_path / "out.jsonl", None, Options()) is None
    (made,) = read_rows(tmp_path / "out.jsonl")
    assert field in made


@pytest.mark.weights
def test_parses_and_readings_run_end_to_end(tmp_path: Path) -> None:
    write_rows(tmp_path / "raw.jsonl", [{"doc": "d", "text": "They didn't meet.\n\nWhy not?"}])
    run("parse", tmp_path / "raw.jsonl", tmp_path / "raw.conllu", None, Options())
    assert "".join(
        token.form for one in read_sentences((tmp_path / "raw.conllu").read_text()) for token in one.tokens
    ) == ("Theydidn'tmeet.Whynot?")
    (tmp_path / "words.conllu").write_text(CONLLU)
    figures = run("parse", tmp_path / "words.conllu", None, tmp_path / "words.conllu", Options())
    assert figures is not None
    assert figures["words_f1"] == figures["sentence_f1"] == 100
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("France and Mali will hold talks on Friday.")
    (tmp_path / "texts" / "a.date").write_text("2013-01-11\n")
    run("readings", tmp_path / "texts", tmp_path / "readings", None, Options())
    assert json.loads((tmp_path / "readings" / "a.json").read_text())["article"]["published_at"] == "2013-01-11"
