"""Counts of the corpus by part and kind, and the floors that the issue sets."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import msgspec

from dragoman.lexicon.tables import check_certificate
from training.corpora.codes import ACTS, AGENDA_KINDS, AGENDA_STATUSES, STATUSES, TYPES, codes, modes
from training.corpora.house import HANDS, Kind, Part
from training.corpora.passages import Passage, StatementRecord

CELLS = ("train/own", "train/real", "test/own", "test/real")
Row = tuple[str, str, int]
"""Table, row, how many."""
_OPEN_QUOTES = '"“‘«'

FLOORS = Path(__file__).with_name("floors.toml")


class Floors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`floors.toml` without its certificate."""

    passages: int
    sentences: int
    events_per_type: int
    events_per_status: int
    statements_per_act: int
    relays: int
    real_sentences: int
    test_share: int
    real_share_of_test: int
    test_events: int


@cache
def asked() -> Floors:
    """The numbers of `floors.toml`. Raises LexiconError if its certificate is incomplete."""
    raw = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    check_certificate(raw.pop("certificate", {}), FLOORS)
    return msgspec.convert(raw, Floors)


class Floor(msgspec.Struct, frozen=True):
    """A number that the issue asks for, and what there is."""

    name: str
    needed: int
    there: int

    @property
    def met(self) -> bool:
        """True if there is enough."""
        return self.there >= self.needed


class Statistics(msgspec.Struct, frozen=True):
    """`tables[table][row][cell]`; cells are `train/own` ... `test/real`."""

    tables: dict[str, dict[str, dict[str, int]]]
    floors: tuple[Floor, ...] = ()

    def total(self, table: str, row: str, *cells: str) -> int:
        """Sum of a row over some cells, or over all."""
        found = self.tables.get(table, {}).get(row, {})
        return sum(found.get(cell, 0) for cell in cells or CELLS)


def count(passages: Mapping[tuple[Part, Kind], Iterable[Passage]]) -> Statistics:
    """Count the passages of each part and kind; of blind labels only how many there are."""
    tally: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for table, rows in _rows_in_order().items():
        for row in rows:
            tally[table][row].update(dict.fromkeys(CELLS, 0))
    for (part, kind), found in passages.items():
        for passage in found:
            if part in HANDS:
                tally["labelled blind"][f"passages, {part} hand"][f"test/{kind}"] += 1
                continue
            for table, row, number in _rows(passage):
                tally[table][row][f"{part}/{kind}"] += number
    tables = {
        table: {row: {cell: cells[cell] for cell in CELLS} for row, cells in rows.items()}
        for table, rows in tally.items()
    }
    return Statistics(tables, tuple(_floors(Statistics(tables))))


LAYERS = (
    "passages", "no-event passages", "sentences", "words", "mentions", "names", "nominals", "pronouns", "things",
    "coreference chains", "times", "events", "retellings", "statements", "relays", "nested statements",
    "agenda items", "conditions", "instruments",
)  # fmt: skip


def _rows_in_order() -> dict[str, tuple[str, ...]]:
    lists = codes()
    return {
        "layers": LAYERS,
        "regions": lists.regions,
        "styles": lists.styles,
        "no event": lists.reasons,
        "mentions by type": TYPES,
        "names by type": TYPES,
        "event types": tuple(modes()),
        "event modes": tuple(f"{name}:{mode}" for name, own in modes().items() for mode in own),
        "event status": STATUSES,
        "acts": ACTS,
        "wording": ("direct", "mixed", "indirect", "none"),
        "agenda kinds": AGENDA_KINDS,
        "agenda status": AGENDA_STATUSES,
    }


def _rows(passage: Passage) -> Iterator[Row]:
    yield "regions", passage.region, 1
    yield "styles", passage.style, 1
    if passage.none:
        yield "no event", passage.none, 1
    yield from _layers(passage)
    yield from _mentions(passage)
    yield from _records(passage)


def _layers(passage: Passage) -> Iterator[Row]:
    forms = Counter(mention.form for mention in passage.mentions)
    chains = Counter(one for mention in passage.mentions for one in mention.ids)
    triggers = Counter(mark.record_id for mark in passage.marks if mark.role == "trigger" and mark.record_id[0] == "e")
    numbers = {
        "passages": 1,
        "no-event passages": bool(passage.none),
        "sentences": len(passage.sentences),
        "words": len(passage.text.split()) if not passage.hidden else 0,
        "mentions": len(passage.mentions),
        "names": forms["name"],
        "nominals": forms["nominal"],
        "pronouns": forms["pronoun"],
        "things": len(chains) + sum(not mention.ids for mention in passage.mentions),
        "coreference chains": sum(number > 1 for number in chains.values()),
        "times": sum(mention.kind in ("DATE", "TIME", "DUR", "SET") for mention in passage.mentions),
        "events": len(passage.events),
        "retellings": sum(number - 1 for number in triggers.values()),
        "statements": len(passage.statements),
        "relays": sum(bool(one.via) for one in passage.statements),
        "nested statements": sum(one.within is not None for one in passage.statements),
        "agenda items": len(passage.agenda),
        "conditions": len({mark.record_id for mark in passage.marks if mark.role == "if"}),
        "instruments": len({mark.record_id for mark in passage.marks if mark.role == "with"}),
    }
    yield from (("layers", name, int(number)) for name, number in numbers.items())


def _mentions(passage: Passage) -> Iterator[Row]:
    countries: set[str] = set()
    for mention in passage.mentions:
        yield "mentions by type", mention.kind, 1
        if mention.form in ("name", "plain"):
            yield "names by type", mention.kind, 1
        if mention.value and mention.kind in ("PER", "ORG", "POL", "GRP", "LOC", "FAC"):
            countries.add(mention.value.partition(".")[0])
    yield from (("countries", country, 1) for country in sorted(countries - {"-", "IGO"}))


def _records(passage: Passage) -> Iterator[Row]:
    for event in passage.events:
        yield "event types", event.type, 1
        yield "event status", event.status, 1
        if event.mode:
            yield "event modes", f"{event.type}:{event.mode}", 1
        yield from (("contexts", context, 1) for context in event.contexts)
    for statement in passage.statements:
        yield "acts", statement.act, 1
        yield "wording", wording(passage, statement), 1
    for item in passage.agenda:
        yield "agenda kinds", item.kind, 1
        yield "agenda status", item.status, 1


def wording(passage: Passage, statement: StatementRecord) -> str:
    """`direct`: all content stands in quotation marks; `mixed`: some; `indirect`; `none` without content."""
    contents = passage.spans(statement.statement_id, "what")
    if not contents:
        return "none"
    quoted = sum(mark.text[:1] in _OPEN_QUOTES for mark in contents)
    if quoted == len(contents):
        return "direct"
    return "mixed" if quoted or any(sign in mark.text for mark in contents for sign in '"“«') else "indirect"


_OWN, _TEST, _REAL = ("train/own", "test/own"), ("test/own", "test/real"), ("train/real", "test/real")


def _floors(counted: Statistics) -> Iterator[Floor]:
    needed, total = asked(), counted.total
    yield Floor("sentences of our own", needed.sentences, total("layers", "sentences", *_OWN))
    yield Floor("passages of our own", needed.passages, total("layers", "passages", *_OWN))
    yield from _each(counted, "event types", tuple(modes()), needed.events_per_type, "events of")
    yield from _each(counted, "event status", STATUSES, needed.events_per_status, "events")
    yield from _each(counted, "acts", ACTS, needed.statements_per_act, "statements:")
    yield Floor("statements with a relay", needed.relays, total("layers", "relays", *_OWN))
    every_mode = sum(len(own_modes) for own_modes in modes().values())
    yield Floor("modes in use", every_mode, _rows_in_use(counted, "event modes", CELLS))
    yield Floor("regions with passages of our own", len(codes().regions), _rows_in_use(counted, "regions", _OWN))
    yield Floor("real sentences", needed.real_sentences, total("layers", "sentences", *_REAL))
    yield from _floors_of_the_test(counted)


def _floors_of_the_test(counted: Statistics) -> Iterator[Floor]:
    needed, total = asked(), counted.total
    passages, sentences = (total("layers", row, *_TEST) for row in ("passages", "sentences"))
    share = _percent(passages, total("layers", "passages"))
    yield Floor("% of passages in the test part", needed.test_share, share)
    real = _percent(total("layers", "sentences", "test/real"), sentences)
    yield Floor("% of test sentences that are real", needed.real_share_of_test, real)
    second = total("labelled blind", "passages, second hand", *_TEST)
    yield Floor("test passages labelled by a second hand", passages, second)
    yield Floor("events with a status in the test part", needed.test_events, total("layers", "events", *_TEST))


def _each(counted: Statistics, table: str, rows: tuple[str, ...], needed: int, what: str) -> Iterator[Floor]:
    """One floor for each row, counted in text of our own."""
    return (Floor(f"{what} {row}", needed, counted.total(table, row, *_OWN)) for row in rows)


def _rows_in_use(counted: Statistics, table: str, cells: tuple[str, ...]) -> int:
    return sum(counted.total(table, row, *cells) > 0 for row in counted.tables.get(table, {}))


def _percent(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 0


def as_text(statistics: Statistics) -> str:
    """Tables and floors in plain columns, rows that are empty left out."""
    lines: list[str] = []
    for table, rows in statistics.tables.items():
        filled = {row: cells for row, cells in rows.items() if any(cells.values())}
        if table == "countries":
            most = sorted(filled, key=lambda row: -sum(filled[row].values()))
            shown = ", ".join(f"{row} {sum(filled[row].values())}" for row in most)
            lines += ["", f"countries (passages that name them): {len(filled)}", shown]
            continue
        if not filled:
            continue
        lines += ["", f"{table:<28}" + "".join(f"{cell:>12}" for cell in (*CELLS, "all"))]
        lines += [
            f"  {row:<26}" + "".join(f"{number:>12}" for number in (*cells.values(), sum(cells.values())))
            for row, cells in filled.items()
        ]
        if empty := [row for row in rows if row not in filled and table not in ("layers", "mentions by type")]:
            lines.append(f"  none yet: {', '.join(empty)}")
    return "\n".join([*lines, "", *_floor_lines(statistics.floors)]).lstrip("\n")


def _floor_lines(floors: tuple[Floor, ...]) -> Iterator[str]:
    yield f"floors of the issue: {sum(floor.met for floor in floors)} of {len(floors)} met"
    for floor in floors:
        state = "met" if floor.met else f"lacks {floor.needed - floor.there}"
        yield f"  {floor.name:<40}{floor.there:>7} of {floor.needed:<6}{state}"
