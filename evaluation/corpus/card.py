"""The figures of the corpus's data card: counts, agreement, baselines, as Markdown between two marks in the card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from evaluation.metrics.counts import Figures
from training.corpora.house import HOUSE
from training.corpora.statistics import CELLS, Statistics

CARD = HOUSE / "README.md"
BEGIN, END = "<!-- figures: made by `python -m evaluation.corpus card` -->", "<!-- end of figures -->"
TABLES = (
    "layers", "regions", "styles", "names by type", "event types", "event status", "acts", "wording", "agenda kinds",
    "agenda status", "no event",
)  # fmt: skip
AGREEMENT = (
    ("entities", "strict_f1", "names, span and type, F1"),
    ("entities", "org_f1", "organisations, F1"),
    ("entities", "fac_f1", "facilities, F1"),
    ("place_or_polity", "reading_kappa", "place or polity, kappa"),
    ("coreference", "mentions_f1", "all mentions, exact spans, F1"),
    ("coreference", "links_f1", "coreference: links between mentions, F1"),
    ("coreference", "b_cubed_f1", "coreference of the mentions that both have, single ones included, B-cubed F1"),
    ("times", "value_f1", "times, span and value, F1"),
    ("statements", "found_f1", "statements found, F1"),
    ("statements", "content_chars_f1", "content, characters, F1"),
    ("statements", "who_overlap", "source span, overlap"),
    ("statements", "act_n", "statements that both have, number"),
    ("statements", "act_kappa", "act, kappa"),
    ("statements", "speaker_agreed", "speaker, agreed"),
    ("statements", "relay_f1", "relays, F1"),
    ("events", "found_f1", "events found, F1"),
    ("events", "found_and_typed_f1", "events found, with the same type, F1"),
    ("events", "type_n", "events that both have, number"),
    ("events", "type_kappa", "type, kappa"),
    ("events", "mode_agreed", "mode where the type agrees, agreed"),
    ("events", "status_kappa", "status, kappa"),
    ("events", "actors_agreed", "actors, agreed"),
    ("events", "recipients_agreed", "recipients, agreed"),
    ("events", "time_f1", "time, F1"),
    ("events", "place_f1", "place, F1"),
    ("agenda", "found_f1", "agenda items found, F1"),
    ("agenda", "kind_n", "agenda items that both have, number"),
    ("agenda", "kind_kappa", "kind, kappa"),
    ("agenda", "status_kappa", "status of agenda items, kappa"),
    ("no_event", "none_kappa", "event or no event, kappa"),
    ("decisions", "agreed", "all single decisions, agreed"),
)
BASELINES = (
    ("entities", "strict_f1", "shipped encoder: PER, ORG, LOC, strict F1"),
    ("entities", "org_f1", "shipped encoder: ORG, strict F1"),
    ("type", "accuracy", "TF-IDF (window, letters of the trigger) and logistic regression, gold triggers: accuracy"),
    ("type", "macro_f1", "the same: macro F1"),
    ("status", "accuracy", "cue words, gold triggers: accuracy"),
    ("status", "macro_f1", "the same: macro F1"),
    ("status", "occurred_accuracy", "always `occurred`: accuracy"),
    ("statements", "content_chars_f1", "direct quotes only: content characters F1"),
    ("statements", "found_f1", "direct quotes only: statements found F1"),
)
ASKED = {
    ("entities", "strict_f1"): 90, ("events", "type_kappa"): 80, ("events", "status_kappa"): 80,
    ("statements", "content_chars_f1"): 92, ("decisions", "agreed"): 85,
}  # fmt: skip
"""What the issue asks of the agreement, in per cent."""
TITLES = {"names by type": "names by type (weapons, commodities, sums and times: all mentions)"}
Layers = Mapping[str, Figures]


def figures(counts: Statistics, agreed: Mapping[str, Layers], anew: Layers, plain: Mapping[str, Layers]) -> str:
    """All tables as Markdown. `agreed` and `plain` map a column ("own", "real", "all") to figures by layer; `anew` are
    those of the third hand."""
    parts = [*(_count_table(counts, name) for name in TABLES), _countries(counts)]
    return "\n\n".join(
        [
            "### Counts",
            *parts,
            "### Agreement of the two hands (per cent)",
            _score_table(AGREEMENT, agreed, ASKED),
            "### A third hand, by the mended guidelines, against the settled labels of our own test text (per cent)",
            _score_table(AGREEMENT, {"own": anew}, ASKED),
            "### Plain baselines on the test part (per cent)",
            _score_table(BASELINES, plain),
        ]
    )


def write_card(made: str, card: Path = CARD) -> None:
    """Puts the figures between the marks of the card. Raises ValueError where the marks are not there."""
    text = card.read_text(encoding="utf-8")
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{card}: no place for the figures; put {BEGIN} and {END} where they belong")
    card.write_text(f"{head}{BEGIN}\n\n{made}\n\n{END}{tail}", encoding="utf-8")


def _count_table(counts: Statistics, name: str) -> str:
    rows = {row: cells for row, cells in counts.tables[name].items() if any(cells.values())}
    return _table(
        (TITLES.get(name, name), *CELLS, "all"),
        ((row, *cells.values(), sum(cells.values())) for row, cells in rows.items()),
    )


def _countries(counts: Statistics) -> str:
    totals = {country: sum(cells.values()) for country, cells in counts.tables["countries"].items()}
    most = sorted(totals, key=lambda country: (-totals[country], country))[:40]
    return (
        f"Countries: {len(totals)}; most often " + ", ".join(f"{country} {totals[country]}" for country in most) + "."
    )


def _score_table(
    rows: Sequence[tuple[str, str, str]],
    columns: Mapping[str, Layers],
    asked: Mapping[tuple[str, str], int] | None = None,
) -> str:
    """Rows of (layer, figure, words); where something is asked of them, the last column says what."""
    last = ("asked",) if asked else ()
    shown = (
        (
            words,
            *(_shown(name, column[layer].get(name, 0)) for column in columns.values()),
            *((asked or {}).get((layer, name), "") for _ in last),
        )
        for layer, name, words in rows
    )
    return _table(("figure", *columns, *last), shown)


def _shown(name: str, figure: float) -> str:
    return str(figure) if name.endswith("_n") else f"{figure:.1f}"


def _table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)
