"""Names into chains: the full name, its surname, its acronym and its spellings are one actor over the whole article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dragoman.lexicon.actors import ActorEntry
from dragoman.linking.chains import Chain, Scene
from dragoman.records import Mention

_SPELLINGS = (
    (re.compile(r"[’']s?$"), ""), (re.compile(r"organis"), "organiz"), (re.compile(r"co-op"), "coop"),
    (re.compile(r"centre"), "center"), (re.compile(r"labour"), "labor"), (re.compile(r"defence"), "defense"),
    (re.compile(r"program\b"), "programme"), (re.compile(r"&"), "and"), (re.compile(r"[.’']"), ""),
    (re.compile(r"[-\s]+"), " "),
)  # fmt: skip
_VARIANTS = (
    ("Co-op", "Coop"), ("isation", "ization"), ("Centre", "Center"), ("Defence", "Defense"), ("Labour", "Labor"),
    (" & ", " and "), ("-", " "),
)  # fmt: skip


def link_names(scene: Scene) -> None:
    """Put every mention of form name or metonym into a chain."""
    named = [mention for mention in scene.mentions if mention.form in {"name", "metonym"}]
    people = [mention for mention in named if _is_person(scene, mention)]
    rest = [mention for mention in named if not _is_person(scene, mention)]
    _link_people(scene, people)
    _link_bodies(scene, rest)


def _is_person(scene: Scene, mention: Mention) -> bool:
    entry = _entry(scene, mention)
    return entry.kind == "person" if entry is not None else mention.label == "PER"


def _entry(scene: Scene, mention: Mention) -> ActorEntry | None:
    entry = scene.lexicon.entry(mention.entry) if mention.entry is not None else None
    return None if entry is not None and _is_of_elsewhere(scene, entry, mention.text) else entry


def is_common_name(scene: Scene, name: str) -> bool:
    """True for "Congress", "the Supreme Court", "Labour Party": names that bodies of many countries have."""
    words = name.split()
    return name in scene.lexicon.ambiguous and (len(words) > 1 or not name.isupper())


def _is_of_elsewhere(scene: Scene, entry: ActorEntry, name: str) -> bool:
    """True where a common name cannot mean the body of the lexicon, as the article is about another country."""
    if entry.kind not in {"organization", "group"} or entry.country is None or entry.outlet:
        return False
    return scene.home is not None and scene.home[0] != entry.country and is_common_name(scene, name)


# ---------------------------------------------------------------- people


def name_parts(scene: Scene, text: str) -> tuple[str, ...]:
    """The words of a person's name without honorific, suffix and initials, in lower case."""
    words = re.sub(r"[’']s$", "", text).replace(".", ". ").replace(",", " ").split()
    while len(words) > 1 and scene.words.is_honorific(words[0]):
        words = words[1:]
    kept = [word.rstrip(".").lower() for word in words if not re.fullmatch(r"[A-Z]\.?", word)]
    while len(kept) > 1 and kept[-1] in scene.words.lists.suffixes:
        kept.pop()
    return tuple(kept) or (text.lower(),)


def _link_people(scene: Scene, people: list[Mention]) -> None:
    """Full names first, wherever they stand; then short names to the full name that they end (or, in family-first
    names, begin) with; then what only the lexicon knows."""
    parts = {mention.head: name_parts(scene, mention.text) for mention in people}
    chains: list[Chain] = []
    for mention in people:
        if len(parts[mention.head]) > 1 and not _only_particles(scene, parts[mention.head]):
            _to_full_name(scene, mention, parts[mention.head], chains)
    for mention in people:
        if mention.head not in scene.chain_of:
            _to_short_name(scene, mention, parts[mention.head], chains)


def _only_particles(scene: Scene, parts: tuple[str, ...]) -> bool:
    return all(part in scene.words.lists.particles for part in parts[:-1])


def _to_full_name(scene: Scene, mention: Mention, parts: tuple[str, ...], chains: list[Chain]) -> None:
    entry = _person_entry(scene, mention)
    for chain in chains:
        same_entry = entry is not None and chain.entry is not None and entry.id == chain.entry.id
        if same_entry or any(_same_full_name(parts, other) for other in _full_names(scene, chain)):
            if entry is not None and chain.entry is None:
                chain.entry = entry
            if len(parts) > len(name_parts(scene, chain.name)) and entry is None:
                chain.name = _clean(mention.text)
            scene.add(mention, chain)
            return
    chains.append(_new_person(scene, mention, entry))


def _full_names(scene: Scene, chain: Chain) -> Iterable[tuple[str, ...]]:
    """The names that a person goes by in the text, in parts, each once."""
    for mention in chain.mentions:
        if mention.text not in chain.forms:
            chain.forms[mention.text] = name_parts(scene, mention.text)
    return chain.forms.values()


def _same_full_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 2:
        return False
    short, long = sorted((one, other), key=len)
    return (
        (short[0] == long[0] and short[-1] == long[-1]) or long[-len(short) :] == short or long[: len(short)] == short
    )


def _to_short_name(scene: Scene, mention: Mention, parts: tuple[str, ...], chains: list[Chain]) -> None:
    fits = [(rank, chain) for chain in chains if (rank := _short_rank(scene, parts, chain))]
    if fits:
        best = max(rank for rank, _ in fits)
        candidates = [chain for rank, chain in fits if rank == best]
        scene.add(mention, _nearest(scene, mention, candidates))
        return
    chains.append(_new_person(scene, mention, _person_entry(scene, mention)))


def _short_rank(scene: Scene, parts: tuple[str, ...], chain: Chain) -> int:
    """How well a short name fits a chain: 4 the lexicon's surname, 3 the end of a full name, 2 its family name in
    front or in the middle, 1 the given name; 0 not at all."""
    best = 0
    surnames = {surname.lower() for surname in chain.entry.surnames} if chain.entry is not None else set()
    if " ".join(parts) in surnames:
        return 4
    for full in _full_names(scene, chain):
        if parts == full:
            best = max(best, 3)
        elif len(full) > len(parts):
            best = max(best, _part_rank(scene, parts, full))
    return best


def _part_rank(scene: Scene, parts: tuple[str, ...], full: tuple[str, ...]) -> int:
    family_first = full[0] in scene.words.family_first
    if full[-len(parts) :] == parts:
        return 1 if family_first and len(parts) == 1 and len(full) > 2 else 3
    if full[: len(parts)] == parts:
        if family_first:
            return 3
        return 1 if scene.words.gender_of_name(parts[0].title()) else 2
    return 2 if len(parts) == 1 and len(full) > 2 and parts[0] in full[1:-1] and len(parts[0]) > 3 else 0


def _nearest(scene: Scene, mention: Mention, candidates: list[Chain]) -> Chain:
    """Of several people with one surname, the one whose gender fits "Mr." or "Mrs.", then the one named most often so
    far: news calls the main person by the surname and a relative by the full name."""
    gender = scene.words.gender_of_title(mention.text.split()[0])
    fitting = [chain for chain in candidates if gender is None or chain.gender in {None, gender}] or candidates
    starts = [[each.start for each in chain.mentions if each.start < mention.start] for chain in fitting]
    best = max(range(len(fitting)), key=lambda i: (len(starts[i]), max(starts[i], default=-1)))
    return fitting[best]


def _person_entry(scene: Scene, mention: Mention) -> ActorEntry | None:
    """The lexicon's person of this name: by the whole name, or by a surname that only one holder of an office has."""
    entry = _entry(scene, mention)
    if entry is not None and entry.kind == "person":
        return entry
    text = _clean(mention.text)
    bare = " ".join(word for word in text.split() if not scene.words.is_honorific(word)) or text
    if bare.isupper() and len(bare) > 3:
        bare = bare.title()
    ids = scene.lexicon.by_alias.get(bare) or scene.lexicon.by_surname.get(bare, ())
    found = [each for each in map(scene.lexicon.entry, ids) if each is not None and each.kind == "person"]
    if len(found) > 1 and scene.published is not None:
        found = [each for each in found if scene.lexicon.offices(each.id, scene.published)]
    if len(found) != 1:
        return None
    if bare in scene.lexicon.by_alias or _in_office(scene, found[0]):
        return found[0]
    return None


def _in_office(scene: Scene, entry: ActorEntry) -> bool:
    return scene.published is None or bool(scene.lexicon.offices(entry.id, scene.published))


def _new_person(scene: Scene, mention: Mention, entry: ActorEntry | None) -> Chain:
    chain = Chain(
        kind="person", name=entry.name if entry is not None else _clean(mention.text), entry=entry, named=True
    )
    first = mention.text.split()[0]
    if entry is not None:
        chain.learn("country", entry.country, entry.row)
    if entry is not None and entry.sex is not None:
        chain.gender = entry.sex
    elif len(mention.text.split()) > 1:
        family_first = first.lower() in scene.words.family_first
        chain.gender = scene.words.gender_of_title(first) or (
            None if family_first else scene.words.gender_of_name(first)
        )
    scene.add(mention, chain)
    return chain


def _clean(text: str) -> str:
    return re.sub(r"[’']s$", "", text)


# ---------------------------------------------------------------- bodies and states


def _link_bodies(scene: Scene, mentions: list[Mention]) -> None:
    by_key: dict[str, Chain] = {}
    short: list[Mention] = []
    for mention in mentions:
        entry = _entry(scene, mention) or _of_ids(scene, mention)
        key = entry.id if entry is not None else "=" + body_key(mention.text)
        if entry is None and _is_short(scene, mention):
            short.append(mention)
            continue
        _into(scene, mention, key, entry, by_key)
    for mention in short:
        entry = _european(scene, mention, by_key)
        key = entry.id if entry is not None else _expanded(scene, mention, by_key) or "=" + body_key(mention.text)
        _into(scene, mention, key, entry, by_key)
    _join_acronyms(scene)
    if "EU" in by_key and "EUROPESTATES" in by_key:  # beside the EU, a Europe that acts is the EU
        scene.merge(by_key["EU"], by_key["EUROPESTATES"])


def _into(scene: Scene, mention: Mention, key: str, entry: ActorEntry | None, by_key: dict[str, Chain]) -> None:
    chain = by_key.get(key)
    if chain is None:
        chain = _new_body(scene, mention, entry)
        by_key[key] = chain
    scene.add(mention, chain)


def _of_ids(scene: Scene, mention: Mention) -> ActorEntry | None:
    """The entry of an ambiguous name: a state or body before others; nobody where two bodies share the name."""
    ids = next((ids for form in spellings(_clean(mention.text)) if (ids := scene.lexicon.by_alias.get(form))), ())
    entries = [
        entry
        for entry in map(scene.lexicon.entry, ids)
        if entry is not None and entry.kind != "person" and not _is_of_elsewhere(scene, entry, _clean(mention.text))
    ]
    states = [entry for entry in entries if entry.kind == "state"]
    if len(states) > 1:
        return _namesake(scene, states)
    return states[0] if states else entries[0] if len(entries) == 1 else None


def _namesake(scene: Scene, states: list[ActorEntry]) -> ActorEntry:
    """Which of two lands of one name ("Georgia"): the one that other words name too, else the whole state."""
    seen = {mention.entry for mention in scene.mentions if mention.entry is not None}
    known = [entry for entry in states if entry.id in seen]
    if len(known) == 1:
        return known[0]
    part = next((entry for entry in states if len(entry.id) != 3), None)
    if part is not None and part.country in seen and any(each.startswith(part.id[:3]) for each in seen if "-" in each):
        return part
    return next((entry for entry in states if len(entry.id) == 3), states[0])


def spellings(name: str) -> Iterator[str]:
    """A name as written, then with British and American spellings exchanged and the hyphen of "Co-op" gone."""
    forms = [name]
    for one, other in _VARIANTS:
        forms += [form.replace(a, b) for form in forms for a, b in ((one, other), (other, one)) if a in form]
    return iter(dict.fromkeys(forms))


def body_key(text: str) -> str:
    """One key for the spellings of a body's name: "Co-operation Organisation" and "Cooperation Organization"."""
    key = text.lower()
    for pattern, plain in _SPELLINGS:
        key = pattern.sub(plain, key)
    return key.removeprefix("the ").strip()


def _is_short(scene: Scene, mention: Mention) -> bool:
    words = mention.text.split()
    return len(words) == 1 or (len(words) == 2 and words[-1].lower() in scene.words.lists.generic)


def _expanded(scene: Scene, mention: Mention, by_key: dict[str, Chain]) -> str | None:
    """The key of the longer name that this one shortens: its acronym, its beginning, or its generic end."""
    short = body_key(mention.text)
    fits = [
        key for key, chain in by_key.items() if any(_shortens(scene, short, mention, each) for each in _names(chain))
    ]
    before = [key for key in fits if by_key[key].mentions[0].start < mention.start]
    if short.split()[-1] in scene.words.lists.generic:
        return max(before, key=lambda key: _last_before(by_key[key], mention.start)) if before else None
    return fits[0] if len(fits) == 1 else None


def _european(scene: Scene, mention: Mention, by_key: dict[str, Chain]) -> ActorEntry | None:
    """ "the Commission", "the Parliament" where the European Union is in view: its own."""
    ids = scene.lexicon.by_alias.get(f"European {_clean(mention.text)}", ()) if "EU" in by_key else ()
    return scene.lexicon.entry(ids[0]) if len(ids) == 1 and mention.text.lower() in scene.words.lists.generic else None


def _last_before(chain: Chain, start: int) -> int:
    return max((each.start for each in chain.mentions if each.start < start), default=-1)


def _names(chain: Chain) -> Iterator[Mention]:
    return (mention for mention in chain.mentions if mention.form == "name" and chain.kind != "state")


def _shortens(scene: Scene, short: str, mention: Mention, full: Mention) -> bool:
    long = body_key(full.text)
    words = long.split()
    if len(words) <= len(short.split()):
        return False
    if mention.text.replace(".", "").isupper() and len(short) > 1:
        return short in initials(full.text)
    if short.split()[-1] in scene.words.lists.generic:
        return long.endswith(" " + short)
    return long.startswith(short + " ") and short not in scene.words.first_names and len(short) > 3


def initials(text: str) -> frozenset[str]:
    """The acronyms that a name can have, in lower case: with its small words and without them."""
    words = [word for word in re.split(r"[\s-]+", text) if word[:1].isalnum()]
    capital = "".join(word[0] for word in words if word[0].isupper())
    return frozenset({capital.lower(), "".join(word[0] for word in words).lower()})


def _join_acronyms(scene: Scene) -> None:
    """ "Shanghai Co-operation Organization (SCO)": the bracket names the same body."""
    text = scene.annotated.article.text
    named = [m for m in scene.mentions if m.form == "name" and m.head in scene.chain_of]
    ending = {m.end: m.head for m in sorted(named, key=lambda m: m.end - m.start)}
    for mention in scene.mentions:
        if mention.form != "name" or mention.head not in scene.chain_of or mention.start < 2:
            continue
        if text[mention.start - 2 : mention.start] == " (" and text[mention.end : mention.end + 1] == ")":
            outer = scene.chain_of.get(ending.get(mention.start - 2, -1))
            inner = scene.chain_of[mention.head]
            if (
                outer is not None
                and outer is not inner
                and _is_acronym(mention.text)
                and not {outer.kind, inner.kind} & {"person", "state"}
            ):
                kept, gone = (inner, outer) if inner.entry is not None and outer.entry is None else (outer, inner)
                scene.merge(kept, gone)


def _is_acronym(text: str) -> bool:
    return len(text) <= 10 and " " not in text and sum(c.isupper() for c in text) >= 2


def _new_body(scene: Scene, mention: Mention, entry: ActorEntry | None) -> Chain:
    if entry is not None:
        chain = Chain(
            kind=entry.kind, name=entry.name, entry=entry, country=entry.country, sectors=entry.sectors, named=True,
            plural=entry.kind == "group",
        )  # fmt: skip
        chain.evidence["country"] = chain.evidence["sectors"] = (entry.row,)
        return chain
    plural = scene.doc[mention.head].tag_ in {"NNPS", "NNS"} and mention.label == "NORP"
    return Chain(
        kind="group" if mention.label == "NORP" else "organization",
        name=_clean(mention.text),
        named=True,
        plural=plural,
    )
