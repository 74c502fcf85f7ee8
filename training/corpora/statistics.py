"""Counts of the corpus by part and kind, and the floors that the issue sets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from training.corpora.codes import ACTS, AGENDA_KINDS, AGENDA_STATUSES, STATUSES, TYPES, codes, modes
from training.corpora.house import HANDS, Kind, Part
from training.corpora.passages import Passage, StatementRecord

CELLS = ("train/own", "train/real", "test/own", "test/real")
Row = tuple[str, str, int]
"""Table, row, how many."""
_OPEN_QUOTES = '"“‘«'

PASSAGES = 600
SENTENCES = 2500
REAL_SENTENCES = 1000
EVENTS_PER_TYPE = 80
EVENTS_PER_STATUS = 120
STATEMENTS_PER_ACT = 60
RELAYS = 150
TEST_SHARE = 20
TEST_EVENTS = 300
REAL_SHARE = 50


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
    floors: tuple[Floor, ...]

    def total(self, table: str, row: str, *cells: str) -> int:
        """Sum of a row over some cells, or over all."""
        return _total(self.tables, table, row, cells or CELLS)


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
    return Statistics(tables, tuple(_floors(tables)))


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


_Tables = dict[str, dict[str, dict[str, int]]]


def _total(tables: _Tables, table: str, row: str, cells: tuple[str, ...] = CELLS) -> int:
    return sum(tables.get(table, {}).get(row, {}).get(cell, 0) for cell in cells)


def _floors(tables: _Tables) -> Iterator[Floor]:
    own, test = ("train/own", "test/own"), ("test/own", "test/real")
    passages = _total(tables, "layers", "passages")
    tested = _total(tables, "layers", "passages", test)
    yield Floor("sentences of our own", SENTENCES, _total(tables, "layers", "sentences", own))
    yield Floor("passages of our own", PASSAGES, _total(tables, "layers", "passages", own))
    yield from _each(tables, "event types", tuple(modes()), EVENTS_PER_TYPE, "events of", own)
    yield from _each(tables, "event status", STATUSES, EVENTS_PER_STATUS, "events", own)
    yield from _each(tables, "acts", ACTS, STATEMENTS_PER_ACT, "statements:", own)
    yield Floor("statements with a relay", RELAYS, _total(tables, "layers", "relays", own))
    used = sum(any(cells.values()) for cells in tables.get("event modes", {}).values())
    yield Floor("modes in use", sum(len(own_modes) for own_modes in modes().values()), used)
    yield Floor("regions with passages of our own", len(codes().regions), _rows_in_use(tables, "regions", own))
    yield Floor("real sentences", REAL_SENTENCES, _total(tables, "layers", "sentences", ("train/real", "test/real")))
    yield Floor("% of passages in the test part", TEST_SHARE, _percent(tested, passages))
    real, sentences = (_total(tables, "layers", "sentences", cells) for cells in (("test/real",), test))
    yield Floor("% of test sentences that are real", REAL_SHARE, _percent(real, sentences))
    second = _total(tables, "labelled blind", "passages, second hand", test)
    yield Floor("test passages labelled by a second hand", tested, second)
    yield Floor("events with a status in the test part", TEST_EVENTS, _total(tables, "layers", "events", test))


def _each(
    tables: _Tables, table: str, rows: tuple[str, ...], needed: int, what: str, cells: tuple[str, ...]
) -> Iterator[Floor]:
    return (Floor(f"{what} {row}", needed, _total(tables, table, row, cells)) for row in rows)


def _rows_in_use(tables: _Tables, table: str, cells: tuple[str, ...]) -> int:
    return sum(any(row[cell] for cell in cells) for row in tables.get(table, {}).values())


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
