"""The tags of marks, which the inline and the stand-off form share: `a+b:POL=KEN.GOV` and `e1`, `s1.what`."""

from __future__ import annotations

import re

import msgspec

from training.corpora.codes import BOUNDS, CASED, ROLES, TYPES
from training.corpora.problems import choices

RECORD_ID = re.compile(r"[esg]\d+")
THING_ID = re.compile(r"[a-z][a-z0-9]*")
_SQUARE = re.compile(r"(?P<ids>[^:=]*)(?::(?P<type>[^=]*))?(?:=(?P<value>.*))?")
_CURLY = re.compile(r"(?P<id>[^.]*)(?:\.(?P<role>.*))?")


class Square(msgspec.Struct, frozen=True):
    """The tag of a mention as written: `type` keeps its case, and is empty where it goes back to the id's kind."""

    ids: tuple[str, ...]
    type: str = ""
    value: str = ""
    bound: str = ""


class Curly(msgspec.Struct, frozen=True):
    """The tag of words that a record stands on."""

    record_id: str
    role: str = "trigger"


class TagError(Exception):
    """A tag that is none; `next_step` says what would be one."""

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(what)
        self.what, self.next_step = what, next_step


def read_square(tag: str) -> Square:
    """`ids:TYPE=value;bound`. Raises TagError."""
    match = _SQUARE.fullmatch(tag)
    if match is None or not tag or (":" not in tag and "=" not in tag and not _looks_like_ids(tag)):
        raise TagError(
            f"{tag!r} is no tag of a mention",
            "write [id:TYPE words], [:TYPE words] or [id words]; a literal bracket is \\[",
        )
    ids = tuple(match["ids"].split("+")) if match["ids"] else ()
    for thing_id in ids:
        _check_thing_id(thing_id, tag)
    if match["type"] is not None:
        _check_type(match["type"], tag)
    elif not ids:
        raise TagError(f"the tag {tag!r} has neither id nor type", "write [id:TYPE words] or [:TYPE words]")
    value, _, bound = (match["value"] or "").partition(";")
    if match["value"] is not None and not value:
        raise TagError(f"no value after = in {tag!r}", "write the value, or leave out the =")
    if bound and bound not in BOUNDS:
        raise TagError(f"unknown bound {bound!r} in {tag!r}", f"after ; comes one of: {' '.join(BOUNDS)}")
    if len(set(ids)) < len(ids):
        raise TagError(f"an id twice in {tag!r}", "name each id once")
    return Square(ids, match["type"] or "", value, bound)


def _looks_like_ids(tag: str) -> bool:
    return all(THING_ID.fullmatch(part) or RECORD_ID.fullmatch(part) for part in tag.split("+")) and len(tag) <= 12


def _check_thing_id(thing_id: str, tag: str) -> None:
    if RECORD_ID.fullmatch(thing_id):
        raise TagError(
            f"{thing_id!r} in [{tag} is a record's id",
            f"triggers and contents stand in curly brackets: {{{thing_id} words}}; for a thing choose another id",
        )
    if not THING_ID.fullmatch(thing_id):
        raise TagError(
            f"{thing_id!r} in [{tag} is no id", "an id is a small letter, or small letters and digits: a, b2"
        )


def _check_type(name: str, tag: str) -> None:
    if name in TYPES or (name.upper() in CASED and name == name.lower()):
        return
    if name.upper() in TYPES and name == name.lower():
        raise TagError(f"{name!r} in [{tag} has no form in small letters", f"write {name.upper()}")
    raise TagError(f"unknown type {name!r} in [{tag}", choices(name.upper(), TYPES))


def read_curly(tag: str) -> tuple[Curly, ...]:
    """`e1,s2.cue`: one or more marks on the same words. Raises TagError."""
    return tuple(_read_curly(part) for part in tag.split(","))


def _read_curly(part: str) -> Curly:
    match = _CURLY.fullmatch(part)
    if match is None or not RECORD_ID.fullmatch(match["id"]):
        raise TagError(
            f"{part!r} is no mark of a record",
            "curly brackets hold e1, e1.if, s1.who, s1.cue, s1.what, s1.at, g1 ...; things stand in [ ]",
        )
    letter, role = part[0], match["role"]
    if role is None and letter == "s":
        raise TagError(f"{part!r} lacks its role", f"write {part}.who, {part}.cue, {part}.what or {part}.at")
    if role is not None and role not in ROLES[letter]:
        allowed = " ".join(f"{match['id']}.{name}" for name in ROLES[letter])
        bare = "" if letter == "s" else f", or {match['id']} alone for the trigger"
        raise TagError(f"unknown role {role!r} in {part!r}", f"one of: {allowed}{bare}")
    return Curly(match["id"], role or "trigger")


def write_square(tag: Square) -> str:
    """The inverse of `read_square`."""
    kind = f":{tag.type}" if tag.type else ""
    value = f"={tag.value}" if tag.value else ""
    bound = f";{tag.bound}" if tag.bound else ""
    return f"{'+'.join(tag.ids)}{kind}{value}{bound}"


def write_curly(tag: Curly) -> str:
    """The inverse of `read_curly` for one mark."""
    return tag.record_id if tag.role == "trigger" else f"{tag.record_id}.{tag.role}"
