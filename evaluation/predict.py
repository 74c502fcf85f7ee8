"""A row of input -> a row of predictions, for each kind. Each calls only the steps that its kind needs."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.attributions import attributions, to_relations
from evaluation.conllu import Sentence, doc_to_conllu, spaces_of, with_parse
from evaluation.forms import Row, key_of
from evaluation.texts import SourceText, source_text

if TYPE_CHECKING:
    from dragoman.pipeline import Pipeline
    from dragoman.records import Actor, Event, PlaceMention

Predictor = Callable[["Pipeline", Row], Row]
LABELS = frozenset({"PER", "LOC", "ORG"})
WHOLE = frozenset({"parse"})  # a file of which no sentence may be left out
CHUNK = 4  # rows that a worker takes at once


@cache
def shared_pipeline() -> Pipeline:
    """The pipeline of this process, loaded once."""
    from dragoman.pipeline import load_pipeline

    return load_pipeline()


def predict_rows(kind: str, rows: Sequence[Row], workers: int = 1) -> Iterator[Row]:
    """The predictions for some rows, in their order; `workers` processes share the work.

    A row on which the product breaks has no prediction: it counts as unanswered, and standard error says why.
    """
    tasks = ((kind, row) for row in rows)
    if workers <= 1:
        yield from (made for task in tasks if (made := _predict_one(task)) is not None)
        return
    with get_context("spawn").Pool(workers) as pool:
        yield from (made for made in pool.imap(_predict_one, tasks, chunksize=CHUNK) if made is not None)


def _predict_one(task: tuple[str, Row]) -> Row | None:
    kind, row = task
    if kind in WHOLE:
        return PREDICTORS[kind](shared_pipeline(), row)
    pipeline = shared_pipeline()
    try:
        return PREDICTORS[kind](pipeline, row)
    except Exception:  # one broken row must not cost the figures of a set
        print(f"{kind} {key_of(row)}: no prediction\n{traceback.format_exc(limit=-3)}", file=sys.stderr)
        return None


# --- events -----------------------------------------------------------------------------------------------------------


def predict_dyads(pipeline: Pipeline, row: Row) -> Row:
    """{"uid","root"}: the type of what the source does to the target."""
    from dragoman.extraction.dyads import code_dyad

    text = source_text(row["text"])
    annotated = pipeline.annotator.annotate(text.article)
    spans = [_dyad_span(text, row, role) for role in ("source", "target")]
    return {"uid": row["uid"], "root": code_dyad(annotated, spans[0], spans[1], pipeline.lexicon.predicates)}


def _dyad_span(text: SourceText, row: Row, role: str) -> tuple[int, int] | None:
    """The span of a role in the article: as given, or found by its words (a label such as "Org:" before them goes)."""
    if row.get(f"{role}_span"):
        return text.forth(*row[f"{role}_span"])
    words = str(row.get(role) or "")
    for wanted in (words, words.partition(":")[2]):
        at = text.article.text.find(wanted) if wanted else -1
        if at >= 0:
            return at, at + len(wanted)
    return None


def predict_events(pipeline: Pipeline, row: Row) -> Row:
    """{"id","events"}: types with actors and recipients at country level."""
    from dragoman.sources import make_article

    reading = pipeline.read(make_article(row["text"], date=_iso(row.get("date"))))
    actors = {actor.actor_id: actor for actor in reading.actors}
    return {"id": row["id"], "events": [_event(event, actors) for event in reading.events]}


def _event(event: Event, actors: dict[str, Actor]) -> Row:
    sides = {
        role: list(dict.fromkeys(code for actor_id in ids if (code := actor_code(actors.get(actor_id)))))
        for role, ids in (("actors", event.actors), ("recipients", event.recipients))
    }
    return {"type": event.type, **sides}


def actor_code(actor: Actor | None) -> str | None:
    """Alpha-3 of a state and of its people and organs, IGO for international bodies; None for others."""
    if actor is None:
        return None
    if actor.country is not None and "IGO" not in actor.sectors:
        return actor.country
    return "IGO" if "IGO" in actor.sectors else None


# --- statements -------------------------------------------------------------------------------------------------------


def predict_statements(pipeline: Pipeline, row: Row) -> Row:
    """{"doc","statements"}: source, cue and content spans, in the conventions of PolNeAR."""
    text = source_text(row["text"])
    relations = to_relations(attributions(pipeline, text.article), text.article.text)
    back = [
        {role: [list(text.back(start, end)) for start, end in spans] for role, spans in relation.items()}
        for relation in relations
    ]
    return {"doc": row["doc"], "statements": back}


# --- times ------------------------------------------------------------------------------------------------------------


def predict_times(pipeline: Pipeline, row: Row) -> Row:
    """{"doc","times"}: spans with TIMEX3 type and value, resolved against `dct`."""
    from dragoman.linking.times import as_timex3, link_times
    from dragoman.mentions.times import find_times

    day = _iso(row.get("dct"))
    text = source_text(row["text"], day)
    annotated = pipeline.annotator.annotate(text.article)
    times = link_times(
        annotated, find_times(annotated, pipeline.lexicon.times), dt.date.fromisoformat(day) if day else None
    )
    spans = [(text.back(time.start, time.end), time) for time in as_timex3(times)]
    return {
        "doc": row["doc"],
        "times": [{"start": s, "end": e, "type": time.type, "value": time.value} for (s, e), time in spans],
    }


def predict_dating(pipeline: Pipeline, row: Row) -> Row:
    """{"doc","published_at","evidence"}: the date of publication by the text alone."""
    from dragoman.linking.dating import date_article
    from dragoman.mentions.times import find_times

    text = source_text(row["text"])
    annotated = pipeline.annotator.annotate(text.article)
    words = pipeline.lexicon.times
    article = date_article(annotated, find_times(annotated, words), words)
    day = article.published_at.isoformat() if article.published_at else None
    evidence = [list(text.back(span.start, span.end)) for span in article.published_evidence]
    return {"doc": row["doc"], "published_at": day, "evidence": evidence}


# --- places -----------------------------------------------------------------------------------------------------------


def predict_places(pipeline: Pipeline, row: Row) -> Row:
    """{"doc","places"}: toponyms with country and point; the spans in `spans`, where given, are resolved, not found."""
    from dragoman.linking.places import resolve_spans
    from dragoman.mentions.places import find_places

    text = source_text(row["text"])
    annotated = pipeline.annotator.annotate(text.article)
    gazetteer = pipeline.lexicon.places
    if "spans" in row:
        outer = [(start, end) for start, end in row["spans"]]
        inner = [text.forth(start, end) for start, end in outer]
    else:
        found: Iterable[PlaceMention] = find_places(annotated, gazetteer, wide=True)
        inner = [(mention.start, mention.end) for mention in found]
        outer = [text.back(start, end) for start, end in inner]
    entries = resolve_spans(annotated, inner, gazetteer)
    return {
        "doc": row["doc"],
        "places": [
            {
                "start": start,
                "end": end,
                "country": entry.country if entry else None,
                "lat": entry.lat if entry else None,
                "lon": entry.lon if entry else None,
            }
            for (start, end), entry in zip(outer, entries, strict=True)
        ],
    }


def predict_metonymy(pipeline: Pipeline, row: Row) -> Row:
    """{"id","reading"}: "lit" or "met"."""
    from dragoman.mentions.places import reading_of

    doc = pipeline.annotator.annotate_text(row["text"])
    return {"id": row["id"], "reading": reading_of(doc, row["start"], row["end"], pipeline.lexicon.places.reading)}


# --- parses and names -------------------------------------------------------------------------------------------------


def predict_parse(pipeline: Pipeline, row: Row) -> Row:
    """{"conllu"} of a raw text {"doc","text"}, or of a Sentence in `sentence`, whose words are kept."""
    if "sentence" not in row:
        return {"conllu": doc_to_conllu(pipeline.annotator.annotate_text(row["text"]), str(row["doc"]))}
    sentence: Sentence = row["sentence"]
    forms = [cells[1] for cells in sentence.words]
    starts = [True] + [False] * (len(forms) - 1)
    doc = pipeline.annotator.annotate_words(forms, starts, spaces_of(sentence))
    return {"conllu": with_parse(sentence, list(doc))}


def predict_ner(pipeline: Pipeline, row: Row) -> Row:
    """{"sent_id","entities"}: [first token, after last, label] with PER, LOC, ORG."""
    tokens = row["tokens"]
    doc = pipeline.annotator.annotate_words(tokens, [True] + [False] * (len(tokens) - 1)) if tokens else None
    spans = doc.ents if doc is not None else ()
    entities = [[span.start, span.end, span.label_] for span in spans if span.label_ in LABELS]
    return {"sent_id": row["sent_id"], "entities": entities}


# --- readings and pages -----------------------------------------------------------------------------------------------


def predict_readings(pipeline: Pipeline, row: Row) -> Row:
    """{"json"}: the reading of the text file in `path`, with the date of `NAME.date` beside it, where there is one."""
    from dragoman.sources import make_article

    path = Path(row["path"])
    beside = path.with_suffix(".date")
    day = beside.read_text(encoding="utf-8").strip() if beside.exists() else None
    article = make_article(path.read_text(encoding="utf-8", errors="replace"), date=day or None)
    return {"name": path.stem, "json": pipeline.read(article).to_json()}


def predict_page(_: Pipeline, row: Row) -> Row:
    """{"id","text"}: the report on a saved web page."""
    from dragoman.sources.extractor import extract

    raw = Path(row["path"]).read_bytes()
    html = (gzip.decompress(raw) if row["path"].endswith(".gz") else raw).decode("utf-8", "replace")
    return {"id": row["id"], "text": "\n".join(line.text for line in extract(html).lines)}


def pages_of(folder: Path) -> tuple[list[Row], list[Row]]:
    """Inputs and gold of the article-extraction benchmark."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    rows = [{"id": key, "path": str(folder / "html" / f"{key}.html.gz")} for key in truth]
    return rows, [{"id": key, "text": page["articleBody"]} for key, page in truth.items()]


def _iso(day: str | None) -> str | None:
    """A date as ISO 8601: 19950101 and 1995-01-01T10:00 are understood."""
    if not day:
        return None
    compact = day.replace("-", "")[:8]
    return f"{compact[:4]}-{compact[4:6]}-{compact[6:8]}"


PREDICTORS: dict[str, Predictor] = {
    "dyads": predict_dyads,
    "events": predict_events,
    "statements": predict_statements,
    "times": predict_times,
    "dating": predict_dating,
    "places": predict_places,
    "metonymy": predict_metonymy,
    "parse": predict_parse,
    "ner": predict_ner,
    "readings": predict_readings,
    "extraction": predict_page,
}
