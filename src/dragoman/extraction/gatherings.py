"""Which tellings are of one occasion: kinds that go together, days that overlap, places that agree, the same people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from dragoman.extraction.events import Scene
from dragoman.extraction.occasions import FORUMS, MEETINGS, Telling, is_venue
from dragoman.records import Place, Time

FAMILY = {"meeting": "m", "talks": "m", "call": "m", "election": "ballot", "vote": "ballot"}
GENERAL = frozenset(
    {"vote", "poll", "polls", "ballot", "election", "elections", "elect", "go", "head", "choose", "voting"}
)
SAME = (
    frozenset({"swear", "inauguration", "inaugurate", "swearing-in", "ceremony", "take", "coronation", "crown"}),
    frozenset({"strike", "walkout", "walk", "stoppage", "shutdown", "go", "down"}),
    frozenset({"march", "rally", "protest", "demonstration", "demonstrate"}),
    frozenset({"exercise", "drill", "manoeuvre", "maneuver", "wargame"}),
    frozenset({"exchange", "swap", "release", "handover", "hand"}),
    frozenset({"trial", "hearing", "appear", "face"}),
    frozenset({"funeral", "bury", "burial", "ceremony"}),
    frozenset({"deploy", "deployment"}),
    frozenset({"withdraw", "withdrawal", "pull"}),
    frozenset({"deadline", "ultimatum", "cutoff", "expire", "expiry", "expiration", "lapse"}),
    frozenset({"speech", "address", "speak"}),
)
VAGUE = frozenset({"ceremony"})
"""Words that name an occasion told before by what it is for: who attends need not have been told."""
PARTICULAR = frozenset({"ballot", "other", "hearing", "deadline", "exercise"})
"""Families in which only words that mean the same tell of the same occasion."""


def gather(tellings: Sequence[Telling], scene: Scene) -> list[list[Telling]]:
    """The tellings of each occasion, in the order of the text. Those that hang on another telling join last."""
    groups: list[list[Telling]] = []
    for telling in sorted(tellings, key=lambda each: (each.anchor is not None, each.token.i)):
        home = _anchor_group(telling, groups) or _nearest(telling, groups, scene)
        if home is not None:
            home.append(telling)
        elif telling.outlook.status is not None:
            groups.append([telling])
    return [sorted(group, key=lambda each: each.token.i) for group in groups]


def family(telling: Telling) -> str:
    """The kinds that may tell of one occasion share a family."""
    return FAMILY.get(telling.kind, telling.kind)


def names_in_passing(telling: Telling) -> bool:
    """ "The ceremony": an occasion that another telling names."""
    return telling.definite and telling.token.lemma_.lower() in VAGUE


def _anchor_group(telling: Telling, groups: Iterable[list[Telling]]) -> list[Telling] | None:
    """The group of the telling that this one hangs on, where both speak of the same: "meet for talks"."""
    if telling.anchor is None:
        return None
    home = next((group for group in groups if any(each.token.i == telling.anchor for each in group)), None)
    if home is None:
        return None
    above = next(each for each in home if each.token.i == telling.anchor)
    if family(above) == family(telling):
        return home
    if telling.kind in MEETINGS and above.kind == "visit":
        return home if not _finite(telling.token) else None
    if telling.kind in FORUMS and is_venue(telling.token):
        return None
    dull = telling.row.dated and above.kind in {"other", "signing", "hearing", "meeting", "talks"}
    return home if dull and telling.time == above.time else None


def _finite(token: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubj:pass"} for child in token.children)


def _nearest(telling: Telling, groups: Sequence[list[Telling]], scene: Scene) -> list[Telling] | None:
    """The last group before the telling that it fits best."""
    fitting = [group for group in groups if _same(telling, group, scene)]
    return max(fitting, key=lambda group: (_shared(telling, group, scene), group[-1].token.i), default=None)


def _shared(telling: Telling, group: Sequence[Telling], scene: Scene) -> int:
    return len(_sides([telling], scene) & _sides(group, scene)) + (telling.time is not None and telling.time in
                                                                  [each.time for each in group])  # fmt: skip


def _same(telling: Telling, group: Sequence[Telling], scene: Scene) -> bool:
    held = group[0].outlook.status == "held"
    if (telling.outlook.status == "held") != held or (held and telling.outlook.status is None):
        return False
    if not _kinds_agree(telling, group) or not _places_agree(telling, group):
        return False
    moved = "postponed" in {telling.outlook.status, *(each.outlook.status for each in group)}
    if not moved and not _days_agree(telling, group):
        return False
    if telling.fresh and not any(each.fresh for each in group) and not _same_day(telling, group):
        return False
    return _people_agree(telling, group, scene)


def _kinds_agree(telling: Telling, group: Sequence[Telling]) -> bool:
    families = {family(each) for each in group}
    own = family(telling)
    if own not in families:
        pair = families | {own}
        if pair != {"m", "summit"} or any(_of_forum(each) for each in (telling, *group)):
            return False
        return len(telling.side.ids) > 1 or (telling.definite and telling.outlook.status is None)
    if own not in PARTICULAR:
        return True
    lemma = telling.token.lemma_.lower()
    others = {each.token.lemma_.lower() for each in group}
    if lemma in others or (own == "ballot" and lemma in GENERAL and others & GENERAL):
        return True
    return any(lemma in words and others & words for words in SAME)


def _of_forum(telling: Telling) -> bool:
    """True for a forum of its own, and for what takes place at one: neither is a meeting of two."""
    own = telling.kind == "summit" and telling.token.lemma_.lower() != "summit"
    return own or telling.at is not None or is_venue(telling.token)


def _places_agree(telling: Telling, group: Sequence[Telling]) -> bool:
    countries = {each.country for each in group if each.country}
    if telling.country and countries and telling.country not in countries:
        return False
    cities = {_city(each.place[0]) for each in group if each.place is not None} - {None}
    own = _city(telling.place[0]) if telling.place is not None else None
    return own is None or not cities or own in cities


def _city(place: Place) -> str | None:
    return place.place_id if place.precision == "city" else None


def _days_agree(telling: Telling, group: Sequence[Telling]) -> bool:
    return all(_overlap(telling.time, each.time) for each in group)


def _overlap(one: Time | None, two: Time | None) -> bool:
    if one is None or two is None:
        return True
    if one.earliest and two.latest and one.earliest > two.latest:
        return False
    return not (two.earliest and one.latest and two.earliest > one.latest)


def _same_day(telling: Telling, group: Sequence[Telling]) -> bool:
    days = {(each.time.earliest, each.time.latest) for each in group if each.time is not None}
    return telling.time is not None and (telling.time.earliest, telling.time.latest) in days


def _people_agree(telling: Telling, group: Sequence[Telling], scene: Scene) -> bool:
    own, theirs = _sides([telling], scene), _sides(group, scene)
    if names_in_passing(telling):
        return True
    if own and theirs:
        shared = own & theirs
        if telling.definite or telling.outlook.status is None or _same_day(telling, group):
            return bool(shared)
        return shared in (own, theirs)
    if telling.definite or any(each.definite and not _sides([each], scene) for each in group):
        return True
    return _same_day(telling, group) or _in_title(telling, group, scene)


def _in_title(telling: Telling, group: Sequence[Telling], scene: Scene) -> bool:
    """A headline names nobody where the text below does."""
    blocks = [scene.annotated.article.block_at(each.token.idx) for each in (group[0], telling)]
    return any(block is not None and block.kind in {"title", "summary"} for block in blocks)


def _sides(tellings: Iterable[Telling], scene: Scene) -> set[str]:
    """Who takes part, people under their countries: "Kiprono" and "Kenya" are one side."""
    found = set()
    for telling in tellings:
        for each in telling.side.ids:
            actor = scene.cast.linked.named(each)
            found.add(actor.country if actor is not None and actor.country else each)
    return found
