"""A whole reading against one written by hand, in the gold form: spans are (paragraph, text, n-th occurrence).

Matching is by overlap of spans and one to one. What the gold marks `optional` or not `core` is neither asked for nor
wrong. An actor of ours stands for at most one of the gold's, the one whose mentions it shares most.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.metrics.counts import Figures, share

Row = dict[str, Any]
Extent = tuple[int, int]
LONGEST_TRIGGER = 60  # a longer span points at a sentence, not at a trigger
LONGEST_INTERVAL = 366  # days; a longer one says nothing about when


def score_reading(gold: Row, raw: str, reading: Row) -> Figures:
    """Figures in per cent (`broken_spans` is a count) for one reading, as `dragoman read --format json` puts it out."""
    sheet = _Sheet(gold, raw, reading)
    return {
        **sheet.actors(),
        **sheet.times_and_places(),
        **sheet.events(),
        **sheet.statements(),
        **sheet.agenda(),
        "broken_spans": broken_spans(reading),
    }


def mean_figures(rows: Sequence[Figures]) -> Figures:
    """The mean of each figure over several readings; broken spans are added up."""
    names = dict.fromkeys(name for row in rows for name in row)
    means: Figures = {"n": len(rows)}
    for name in names:
        values = [row[name] for row in rows if name in row]
        means[name] = sum(values) if name == "broken_spans" else round(sum(values) / len(values), 1)
    return means


def broken_spans(reading: Row) -> int:
    """How many spans do not quote the text that they name."""
    text = reading["article"]["text"]
    return sum(text[span["start"] : span["end"]] != span["text"] for span in _spans(reading) if "text" in span)


def _spans(value: Any) -> list[Row]:
    if isinstance(value, list):
        return [span for each in value for span in _spans(each)]
    if not isinstance(value, dict):
        return []
    own = [value] if isinstance(value.get("start"), int) and isinstance(value.get("end"), int) else []
    return own + [span for each in value.values() for span in _spans(each)]


def _overlap(a: Extent | None, b: Extent | None) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) if a and b else 0


def _one_to_one(weights: Mapping[tuple[str, str], float]) -> dict[str, str]:
    """Gold id -> our id, heaviest pairs first."""
    out: dict[str, str] = {}
    for (wanted, found), weight in sorted(weights.items(), key=lambda item: item[1], reverse=True):
        if weight > 0 and wanted not in out and found not in out.values():
            out[wanted] = found
    return out


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None


def _asked(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.get("core", True) and not row.get("optional")]


class _Sheet:
    """One gold reading and one of ours, side by side."""

    def __init__(self, gold: Row, raw: str, reading: Row) -> None:
        self.gold, self.ours = gold, reading
        self.paragraphs = [_plain(line) for line in raw.split("\n") if line.strip()]
        self.starts = self._place_paragraphs(reading["article"]["text"])
        self.linked: dict[str, str] = {}

    def _place_paragraphs(self, text: str) -> dict[int, int]:
        starts: dict[int, int] = {}
        after: Counter[str] = Counter()
        for number, paragraph in enumerate(self.paragraphs, 1):
            at = text.find(paragraph, after[paragraph])
            if at >= 0:
                starts[number] = at
                after[paragraph] = at + len(paragraph)
        return starts

    def locate(self, span: Row | None) -> Extent | None:
        """Where a gold span lies in our text."""
        if span is None or span["p"] not in self.starts:
            return None
        paragraph, at = self.paragraphs[span["p"] - 1], -1
        for _ in range(span.get("n", 1)):
            at = paragraph.find(span["text"], at + 1)
        start = self.starts[span["p"]] + at
        return start, start + len(span["text"])

    def actors(self) -> Figures:
        votes: Counter[tuple[str, str]] = Counter()
        mentions = 0
        for actor in self.gold["actors"]:
            for mention in actor["mentions"]:
                mentions += 1
                longest = max(LONGEST_TRIGGER, 3 * len(mention["text"]))
                for found in self._actors_at(self.locate(mention), longest):
                    votes[actor["id"], found] += 1
        self.linked = _one_to_one(dict(votes))
        by_id = {actor["actor_id"]: actor for actor in self.ours["actors"]}
        pairs = [(actor, by_id.get(self.linked.get(actor["id"], ""))) for actor in self.gold["actors"]]
        country = sum(our is not None and actor["country"] in (None, "EUR", our["country"]) for actor, our in pairs)
        sector = sum(our is not None and bool({*actor["sectors"]} & {*our["sectors"]}) for actor, our in pairs)
        return {
            "actors_found": share(len(self.linked), len(pairs)),
            "mentions_linked": share(sum(votes[pair] for pair in self.linked.items()), mentions),
            "actor_country": share(country, len(pairs)),
            "actor_sector": share(sector, len(pairs)),
        }

    def _actors_at(self, at: Extent | None, longest: int) -> list[str]:
        """In the order of our actors: a set would settle ties anew in every process."""
        return [
            actor["actor_id"]
            for actor in self.ours["actors"]
            if any(
                _overlap(at, (mention["start"], mention["end"])) and mention["end"] - mention["start"] <= longest
                for mention in actor["mentions"]
            )
        ]

    def times_and_places(self) -> Figures:
        times = [any(self._time_fits(row, time) for time in self.ours["times"]) for row in self.gold["times"]]
        places = [self._place_found(row) for row in self.gold["places"]]
        return {"times_valued": share(sum(times), len(times)), "places_resolved": share(sum(places), len(places))}

    def _time_fits(self, row: Row, time: Row) -> bool:
        if not _overlap(self.locate(row["span"]), (time["start"], time["end"])):
            return False
        first, last = _day(row["start"]), _day(row["end"] or row["start"])
        if first is None or last is None:
            return True
        earliest, latest = _day(time["earliest"]), _day(time["latest"] or time["earliest"])
        if earliest is None or latest is None:
            return False
        if re.match(r"late|early|mid", row["span"]["text"]) and earliest.year == first.year:
            return True
        slack: int = row.get("slack", 1)
        return max(abs((earliest - first).days), abs((latest - last).days)) <= slack

    def _place_found(self, row: Row) -> bool:
        at = self.locate(row["span"])
        return any(
            _overlap(at, (mention["start"], mention["end"]))
            and row["country"] in (None, "UKR", place["country"])
            and _near(row, place)
            for place in self.ours["places"]
            for mention in place["mentions"]
        )

    def events(self) -> Figures:
        grades: dict[tuple[str, str], tuple[bool, ...]] = {}
        for row in self.gold["events"]:
            spots = [self.locate(trigger) for trigger in row["triggers"]]
            for event in self.ours["events"]:
                if any(
                    _overlap(spot, _short(span)) for spot in spots for span in [event["trigger"], *event["triggers"]]
                ):
                    grades[row["id"], event["event_id"]] = self._grade(row, event)
        matched = _one_to_one({pair: 1 + sum(grade) for pair, grade in grades.items()})
        asked = _asked(self.gold["events"])
        got = [grades[row["id"], matched[row["id"]]] if row["id"] in matched else (False,) * 4 for row in asked]
        names = ("events_typed", "events_roles", "events_status", "events_whole")
        figures: Figures = {name: share(sum(grade[k] for grade in got), len(got)) for k, name in enumerate(names)}
        return figures | {"events_precision": share(len(matched), len(self.ours["events"]))}

    def _grade(self, row: Row, event: Row) -> tuple[bool, ...]:
        typed = event["type"] in row["types"]
        roles = typed and self._roles_fit(row, event)
        status = roles and event["status"] in row["status"]
        return typed, roles, status, status and _days_fit(row, event)

    def _roles_fit(self, row: Row, event: Row) -> bool:
        actors = event["actors"] + (event["recipients"] if len(row["actors"]) > 1 else [])
        if not all(self._covers(group, actors) for group in row["actors"]):
            return False
        wanted = row["recipients"]
        return not wanted or [] in wanted or any(self._covers(group, event["recipients"]) for group in wanted)

    def _covers(self, group: Sequence[str | None], found: Sequence[str]) -> bool:
        allowed = {each for name in group if name for each in self._names(name)}
        return bool(allowed & {*found}) or (None in group and not found)

    def _names(self, name: str) -> set[str]:
        """Our ids that may stand for a gold actor, or for the state or place of that name."""
        actor = next((row for row in self.gold["actors"] if row["id"] == name), None)
        ids = {self.linked[name]} if name in self.linked else set()
        if actor is None or actor["kind"] == "state":
            code = actor["country"] if actor else name
            kinds = ("state", "organization", "person")
            ids |= {
                our["actor_id"]
                for our in self.ours["actors"]
                if (our["country"] == code and our["kind"] in kinds) or _plain(our["name"]) == name
            }
        return ids

    def statements(self) -> Figures:
        ours = {statement["statement_id"]: statement for statement in self.ours["statements"]}
        shared = {
            (row["id"], key): self._shared(row, statement)
            for row in self.gold["statements"]
            for key, statement in ours.items()
        }
        matched = _one_to_one({pair: float(size) for pair, size in shared.items()})
        asked = _asked(self.gold["statements"])
        found = [row for row in asked if row["id"] in matched]
        speakers = sum(self._speaker_fits(row, ours[matched[row["id"]]]) for row in found)
        relayed = [row for row in asked if row.get("via")]
        hits = sum(shared[row["id"], matched[row["id"]]] for row in found)
        spare = {matched[row["id"]] for row in self.gold["statements"] if row not in asked and row["id"] in matched}
        wanted = sum(len(span["text"]) for row in asked for span in row["content"])
        said = sum(span["end"] - span["start"] for key in ours if key not in spare for span in ours[key]["content"])
        figures: Figures = {
            "statements_found": share(len(found), len(asked)),
            "statements_precision": share(len(matched), len(ours)),
            "speakers": share(speakers, len(asked)),
            "acts": share(sum(ours[matched[row["id"]]]["act"] in row["act"] for row in found), len(asked)),
            "content_char_f1": share(2 * hits, wanted + said),
        }
        if relayed:
            via = sum(self._relay_fits(row, ours.get(matched.get(row["id"], ""))) for row in relayed)
            figures["relayed"] = share(via, len(relayed))
        return figures

    def _shared(self, row: Row, statement: Row) -> int:
        spots = [self.locate(span) for span in row["content"]]
        return sum(_overlap(spot, (span["start"], span["end"])) for spot in spots for span in statement["content"])

    def _speaker_fits(self, row: Row, statement: Row) -> bool:
        names = row["speaker"] if isinstance(row["speaker"], list) else [row["speaker"]]
        return names == [None] or statement["speaker"] in {self.linked[name] for name in names if name in self.linked}

    def _relay_fits(self, row: Row, statement: Row | None) -> bool:
        names = row["via"] if isinstance(row["via"], list) else [row["via"]]
        relays = statement["relayed_by"] if statement else []
        return bool({self.linked[name] for name in names if name in self.linked} & {*relays})

    def agenda(self) -> Figures:
        items = {item["item_id"]: item for item in self.ours["agenda"]}
        weights = {
            (row["id"], key): 1.0 + self._item_whole(row, item)
            for row in self.gold["agenda"]
            for key, item in items.items()
            if item["kind"] in row["kind"] and item["status"] in row["status"] and _days_fit(row, item)
        }
        matched = _one_to_one(weights)
        asked = _asked(self.gold["agenda"])
        if not asked:
            return {}
        return {
            "agenda_found": share(sum(row["id"] in matched for row in asked), len(asked)),
            "agenda_precision": share(len(matched), len(items)),
        }

    def _item_whole(self, row: Row, item: Row) -> bool:
        groups = [name if isinstance(name, list) else [name] for name in row["participants"]]
        return row["country"] in (None, item["country"]) and all(
            self._covers(group, item["participants"]) for group in groups
        )


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


def _short(span: Row) -> Extent | None:
    return (span["start"], span["end"]) if span["end"] - span["start"] <= LONGEST_TRIGGER else None


def _near(row: Row, place: Row) -> bool:
    if place["lat"] is None:
        return False
    return row["lat"] is None or (abs(place["lat"] - row["lat"]) < 8 and abs(place["lon"] - row["lon"]) < 25)


def _days_fit(row: Row, record: Row) -> bool:
    first, last = _day(row.get("start")), _day(row.get("end"))
    if first is None:
        return True
    earliest, latest = _day(record["earliest"]), _day(record["latest"])
    if earliest is None or latest is None:
        return False
    if last and (latest - earliest).days > max(LONGEST_INTERVAL, 1.5 * (last - first).days):
        return False
    return latest >= first and (last is None or earliest <= last)
