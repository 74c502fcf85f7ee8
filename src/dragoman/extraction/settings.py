"""When and where an event is, who vouches for it, and what it is about: everything read off its own clause."""

from __future__ import annotations

import bisect
import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Sequence

import msgspec
from spacy.tokens import Doc, Token

from dragoman.annotate.syntax import FINITE_PAST, auxiliaries, clause_head, preposition, tense
from dragoman.lexicon.predicates import Predicates
from dragoman.records import Magnitude, Place, Span, Statement, Time

LOCATIVE = frozenset({"in", "at", "near", "on", "off", "outside", "inside", "around", "across", "throughout", "along"})
PRECISION = {"site": 4, "city": 3, "region": 2, "country": 1}
DETERMINING = frozenset({"nmod:poss", "compound", "amod"})
HOLDING = frozenset({"hold", "have", "attend", "stage", "host", "conduct", "cancel", "postpone", "skip"})
LOCALITIES = frozenset({"district", "province", "region", "city", "town", "village", "area", "county", "state",
                        "airport", "suburb", "capital", "border", "valley", "peninsula", "coast", "island", "camp",
                        "prison", "hospital", "neighbourhood", "neighborhood", "territory", "governorate", "oblast",
                        "municipality", "port", "base", "crossing", "square", "embassy", "strip", "market",
                        "stadium", "desert", "delta", "strait", "sector", "enclave", "front"})  # fmt: skip
ALONG = frozenset({"of", "during", "after", "into", "onto", "to", "through", "between", "from", "against", "by"})
"""Other phrases whose place is that of the event: "during a rally in", "an attack on a post in"."""
APART = frozenset({"after", "before", "since", "until"})
"""What is told in a clause with one of these is of another time."""
SPELLS = {"day": 1, "week": 7}
GOING_ON = frozenset({"begin", "start", "continue", "keep", "stop", "cease", "manage", "try", "fail", "help", "appear",
                      "seem", "come", "go", "resume", "finish", "dare", "happen"})  # fmt: skip
"""Verbs that are at the same time as the infinitive or gerund below them."""
BOUNDING = frozenset({"begin", "start", "end", "finish", "conclude", "open", "close", "last", "run", "launch", "kick"})
HARM = {"kill": "dead", "die": "dead", "murder": "dead", "massacre": "dead", "execute": "dead", "injure": "injured",
        "wound": "injured", "hurt": "injured"}  # fmt: skip
DEAD_WORDS = frozenset({"dead", "death", "deaths", "fatality", "fatalities"})
HURT_WORDS = frozenset({"injured", "wounded", "casualty", "casualties", "injuries"})
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
           "eleven": 11, "twelve": 12, "dozen": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}  # fmt: skip
CROWD_SIZES = {"tens": 10, "dozens": 24, "scores": 40, "hundreds": 100, "thousands": 1000, "millions": 10**6}
COUNTED = frozenset({"protester", "demonstrator", "people", "person", "worker", "soldier", "troop", "troops", "student",
                     "farmer", "supporter", "marcher", "prisoner", "fighter", "hostage", "activist", "journalist",
                     "civilian", "migrant", "youth", "resident", "rioter", "detainee", "suspect"})  # fmt: skip
_MONEY = re.compile(
    r"(?:[$€£¥]\s?\d[\d,.]*(?:\s?(?:hundred|thousand|million|billion|trillion|bn|mn|m))?"
    r"|\d[\d,.]*\s(?:million|billion|trillion)\s(?:dollars|euros|pounds|yen|yuan|rubles|roubles|rupees|rand))",
    re.IGNORECASE,
)


@dataclasses.dataclass(frozen=True)
class Clauses:
    """Times and places of a text by the clause in which they stand. Times lie in `times` in the order of the text."""

    doc: Doc
    times: tuple[tuple[Token, Time], ...]
    places: tuple[tuple[Token, Place, Span], ...]
    published: dt.date | None
    sentences: list[int]
    """The index of the first token of each sentence, and the length of the doc."""

    @staticmethod
    def of(doc: Doc, times: Iterable[Time], places: Iterable[Place], published: dt.date | None) -> Clauses:
        """Index times and places by the head token of each mention."""
        starts: list[int] = doc.to_array("IDX").tolist()
        found_times = [(head, time) for time in times if (head := _head(doc, starts, time.start, time.end)) is not None]
        found_places = [
            (head, place, span)
            for place in places
            for span in place.mentions
            if (head := _head(doc, starts, span.start, span.end)) is not None
        ]
        begins = [i for i, start in enumerate(doc.to_array("SENT_START").tolist()) if start == 1]
        return Clauses(doc, tuple(found_times), tuple(found_places), published, [*begins, len(doc)])

    def sentence(self, token: Token) -> tuple[int, int]:
        """The indexes `[start, end)` of the token's sentence; `token.sent` would look through the whole doc for it."""
        at = bisect.bisect_right(self.sentences, token.i)
        return (self.sentences[at - 1] if at else 0), self.sentences[at] if at < len(self.sentences) else len(self.doc)

    def is_question(self, token: Token) -> bool:
        """True where the token's sentence ends with a question mark."""
        _, end = self.sentence(token)
        last = [word.text for word in self.doc[max(token.i, end - 4) : end] if not word.is_space]
        return "?" in last[-2:]

    def time_of(self, trigger: Token) -> Time | None:
        """The time of an event: of its own clause, else of a clause that governs it, else the only one of its
        sentence."""
        if (spell := self._spell(trigger)) is not None:
            return spell
        first, last = self.sentence(trigger)
        near = [(t, time) for t, time in self.times if first <= t.i < last and _dated(time)]
        if not near:
            return None
        if (later := later_than(trigger)) is not None:
            main = [time for token, time in near if clause_head(token) == later[0]]
            return _shifted(main[0], later[1]) if main else None
        own = [time for token, time in near if _belongs(token, trigger) or self._is_stray(token, time, trigger)]
        if own:
            return min(own, key=_width)
        if len(near) == 1 and _same_stretch(near[0][0], trigger):
            return near[0][1]
        return None

    def _is_stray(self, token: Token, time: Time, trigger: Token) -> bool:
        """True for a day of the past that the parse hung on a relative clause in the present: "closed a pipeline that
        crosses the country in late 2021"."""
        clause = clause_head(token)
        if clause.dep_ != "acl:relcl" or self.published is None or time.latest is None:
            return False
        return time.latest < self.published and tense(clause) == "present" and _belongs(clause.head, trigger)

    def has_times(self, trigger: Token) -> bool:
        """True where any day is named in the trigger's sentence."""
        first, last = self.sentence(trigger)
        return any(first <= token.i < last and _dated(time) for token, time in self.times)

    def _spell(self, trigger: Token) -> Time | None:
        """ "Talks that opened on Monday and closed on Friday": from the beginning to the end."""
        nouns = [trigger, *(child for child in trigger.children if child.dep_ in {"obj", "nsubj:pass"})]
        bounds = [
            time
            for token, time in self.times
            if _dated(time)
            and (clause := clause_head(token)).lemma_.lower() in BOUNDING
            and any(_relative_of(clause, noun) for noun in nouns)
        ]
        if not bounds:
            return None
        earliest = min((time.earliest for time in bounds if time.earliest is not None), default=None)
        latest = max((time.latest for time in bounds if time.latest is not None), default=None)
        return msgspec.structs.replace(bounds[0], earliest=earliest, latest=latest)

    def news_day(self, trigger: Token) -> tuple[dt.date, dt.date] | None:
        """The day of an undated deed that a headline or lead tells as its news: the day of publication, or of the
        report that it cites, or the day before; None where its clause is not the news of its sentence."""
        if self.published is None or trigger.pos_ != "VERB":
            return None
        day = self.published
        if (later := later_than(trigger)) is not None:
            day -= dt.timedelta(days=later[1])
            return (day - dt.timedelta(days=1), day) if tense(later[0]) == "present" else None
        main = trigger
        while main.dep_ == "conj" and main.head.pos_ == "VERB":
            main = main.head
        if main.dep_ in {"ccomp", "parataxis"} and main.head.dep_ == "ROOT" and main.i < main.head.i:
            main = main.head
            cited = self.time_of(main)
            day = cited.latest if cited is not None and cited.latest is not None and cited.latest < day else day
        if main.dep_ != "ROOT" or tense(trigger) not in {"past", "perfect", "present"}:
            return None
        return day - dt.timedelta(days=1), day

    def place_of(self, trigger: Token) -> tuple[Place, Span] | None:
        """Where an event is: a place "in", "at" or "near" in its clause, the most precise first."""
        first, last = self.sentence(trigger)
        best: tuple[int, Place, Span] | None = None
        for token, place, span in self.places:
            if not first <= token.i < last:
                continue
            if token.dep_ in {"compound", "amod", "nmod:desc"} and not _is_locality(token.head, span):
                continue
            anchor = _outermost(token)
            case = preposition(anchor)
            if case not in LOCATIVE or not _belongs(anchor, trigger) or _is_elsewhere(anchor, trigger):
                continue
            if case == "on" and place.precision == "country":
                continue
            rank = PRECISION.get(place.precision, 0)
            if best is None or rank > best[0]:
                best = (rank, place, span)
        return None if best is None else (best[1], best[2])


def _is_elsewhere(anchor: Token, trigger: Token) -> bool:
    """True for the place of something that the event is only about: "expelled them over a murder in Paris", "adopted a
    text calling for peace in Sudan"."""
    clause = clause_head(anchor)
    if clause not in (trigger, trigger.head) and _descends(clause, trigger) and clause.dep_ in {"acl", "advcl"}:
        outcome = clause.dep_ == "advcl" and clause.tag_ == "VBG"
        return not (clause.head == trigger and (clause.dep_ == "acl" or outcome))
    noun = anchor.head
    if anchor.dep_ != "nmod" or noun == trigger or noun.ent_type_ in {"DATE", "PER"} or noun.pos_ == "NUM":
        return False
    while noun.dep_ == "conj" and noun.head != trigger:
        noun = noun.head
    case = preposition(noun)
    return noun.dep_.startswith(("obl", "nmod")) and case not in LOCATIVE and case not in ALONG


def _is_locality(noun: Token, span: Span) -> bool:
    """True where a place's name stands before a word for a kind of place ("Gao province"), or is the noun's own."""
    return span.start <= noun.idx < span.end or noun.lemma_.lower() in LOCALITIES


def later_than(trigger: Token) -> tuple[Token, int] | None:
    """For what happened in a clause like "a day after rebels attacked": the clause that is so much later, and the
    days."""
    own = clause_head(trigger)
    own = own.head if own.dep_ == "conj" else own
    mark = next((child for child in own.children if child.dep_ in {"mark", "case"} and child.lower_ == "after"), None)
    if own.dep_ != "advcl" or mark is None or mark.i == 0:
        return None
    spell = mark.nbor(-1)
    days = SPELLS.get(spell.lemma_.lower())
    counts = [word for word in spell.children if word.dep_ == "nummod"]
    many = number(counts[0]) if counts else 1
    if days is None or many is None or (spell.tag_ == "NNS" and not counts):
        return None
    return clause_head(own.head), many * days


def _shifted(time: Time, days: int) -> Time | None:
    """A day so many days before; only whole days are moved."""
    if time.earliest is None or time.earliest != time.latest:
        return None
    day = time.earliest - dt.timedelta(days=days)
    return msgspec.structs.replace(time, earliest=day, latest=day)


def _relative_of(clause: Token, noun: Token) -> bool:
    """True where a clause, or the one that it is coordinated with, is a relative or participial clause on the noun."""
    first = clause.head if clause.dep_ == "conj" else clause
    return first.dep_ in {"acl:relcl", "acl"} and first.head == noun


def _head(doc: Doc, starts: Sequence[int], start: int, end: int) -> Token | None:
    """The token of `[start, end)` whose own head lies outside it."""
    first = bisect.bisect_right(starts, start) - 1
    words = [
        doc[i] for i in range(max(first, 0), min(first + 12, len(doc))) if doc[i].idx < end and doc[i].idx >= start
    ]
    return next((word for word in words if word.head not in words or word.head == word), words[0] if words else None)


def _dated(time: Time) -> bool:
    return time.type in {"DATE", "TIME"} and (time.earliest is not None or time.latest is not None)


def _width(time: Time) -> int:
    if time.earliest is None or time.latest is None:
        return 10**6
    return (time.latest - time.earliest).days


def _outermost(token: Token) -> Token:
    """The head of the phrase that a place's name belongs to ("the Malian city of Gao" hangs on "city")."""
    while token.dep_ in {"nmod", "appos", "compound", "flat", "conj", "nmod:desc"} and token.head != token:
        if preposition(token) in LOCATIVE and token.dep_ == "nmod":
            return token
        if token.head.pos_ not in {"NOUN", "PROPN"}:
            break
        if preposition(token) not in {None, "of"}:
            break
        token = token.head
    return token


def _belongs(token: Token, trigger: Token) -> bool:
    """True where a phrase hangs on the trigger, on its clause, or on a clause that lends it tense and subject."""
    if token.dep_ in DETERMINING and token.i < token.head.i and not _carries(token.head, trigger):
        return False
    clause = clause_head(token)
    own = trigger if trigger.dep_ == "ROOT" else clause_head(trigger)
    if clause in (own, trigger) or token.head == trigger:
        return True
    if _descends(token, trigger) and clause.dep_ not in {"ccomp", "acl:relcl"} and not _is_ahead(clause, trigger):
        return True
    above = own
    while above.dep_ in {"xcomp", "acl", "advcl", "conj", "csubj", "acl:relcl"} and above.head != above:
        if above.dep_ == "acl:relcl" and not any(child.lower_ == "where" for child in above.children):
            return False
        if above.dep_ == "advcl" and above.tag_ not in {"VBG", "VB"}:
            return False
        if above.dep_ == "conj" and any(child.dep_ in {"nsubj", "nsubj:pass"} for child in above.children):
            return False
        above = clause_head(above.head)
        if clause == above:
            return True
    return False


def _carries(noun: Token, trigger: Token) -> bool:
    """True where a noun's own day is the trigger's: "Monday's talks", "held last week's talks"."""
    held = noun.head == trigger and noun.dep_ in {"obj", "nsubj:pass"} and trigger.lemma_.lower() in HOLDING
    return noun == trigger or held


def _is_ahead(clause: Token, trigger: Token) -> bool:
    """True for an infinitive that tells what the trigger is only about: "agreed to leave by June"."""
    below = clause.dep_ == "xcomp" and any(child.lower_ == "to" for child in clause.children)
    return below and trigger.pos_ == "VERB" and trigger.lemma_.lower() not in GOING_ON


def _descends(token: Token, above: Token) -> bool:
    return any(each == above for each in token.ancestors)


def _same_stretch(token: Token, trigger: Token) -> bool:
    """True where no clause of its own stands around the time: relative clauses and reported clauses keep theirs."""
    clause = clause_head(token)
    if clause.dep_ in {"acl:relcl", "advcl", "ccomp", "parataxis", "acl"}:
        return False
    own = clause_head(trigger)
    if _is_ahead(clause, own) or (clause.dep_ == "xcomp" and not (clause == own or _descends(own, clause))):
        return False
    if own.dep_ == "advcl" and any(child.dep_ == "mark" and child.lower_ in APART for child in own.children):
        return False
    return own.dep_ not in {"acl:relcl", "ccomp", "parataxis"} or _descends(own, clause) is False


def is_past(verb: Token) -> bool:
    """True for a clause in the simple past."""
    return any(word.tag_ in FINITE_PAST for word in (verb, *auxiliaries(verb)))


def innermost(statements: Sequence[Statement], start: int) -> Statement | None:
    """The statement whose content holds the offset; of several, the one with the shortest content."""
    holding = [
        (sum(part.end - part.start for part in statement.content), order, statement)
        for order, statement in enumerate(statements)
        if any(part.start <= start < part.end for part in statement.content)
    ]
    return min(holding, key=lambda item: item[:2])[2] if holding else None


def cued_by(statements: Sequence[Statement], start: int, end: int) -> Statement | None:
    """The statement whose cue is this trigger."""
    return next((s for s in statements if s.cue is not None and s.cue.start < end and start < s.cue.end), None)


def magnitude_of(trigger: Token) -> Magnitude | None:
    """Dead, injured, size and amount, as the trigger's clause and those below it say."""
    dead = injured = size = None
    clause = clause_head(trigger)
    for token in clause.subtree:
        kind = HARM.get(token.lemma_.lower())
        if kind and token.pos_ == "VERB":
            count = _count_of(token)
            dead, injured = (count or dead, injured) if kind == "dead" else (dead, count or injured)
        elif token.lower_ in DEAD_WORDS | HURT_WORDS and (number := _number_before(token)) is not None:
            dead, injured = (number, injured) if token.lower_ in DEAD_WORDS else (dead, number)
    size = _size_of(trigger) if trigger.lemma_.lower() not in HARM else None
    money = _MONEY.search(trigger.doc[clause.left_edge.i : clause.right_edge.i + 1].text)
    if dead is None and injured is None and size is None and money is None:
        return None
    return Magnitude(dead=dead, injured=injured, size=size, amount=money.group(0) if money else None)


def _count_of(verb: Token) -> int | None:
    for child in verb.children:
        if child.dep_ in {"obj", "nsubj:pass", "nsubj"} and (child.dep_ != "nsubj" or verb.lemma_ == "die"):
            number = _number_in(child)
            if number is not None:
                return number
    return None


def _size_of(trigger: Token) -> int | None:
    for child in trigger.children:
        if child.dep_ in {"nsubj", "obj", "nsubj:pass"}:
            if child.lower_ in CROWD_SIZES:
                return _crowd_size(child)
            if child.lemma_.lower() in COUNTED or child.lower_ in COUNTED:
                return _number_in(child)
    return None


def _crowd_size(word: Token) -> int:
    """The least number that a plural of round numbers stands for: "tens of thousands" 10,000."""
    counted = next((child for child in word.children if child.lower_ in CROWD_SIZES), None)
    return CROWD_SIZES[word.lower_] * (CROWD_SIZES[counted.lower_] if counted is not None else 1)


def _number_in(noun: Token) -> int | None:
    words = [child for child in noun.children if child.dep_ == "nummod"] or ([noun] if noun.pos_ == "NUM" else [])
    return next((value for word in words if (value := number(word)) is not None), None)


def _number_before(token: Token) -> int | None:
    for word in token.doc[max(0, token.i - 3) : token.i]:
        if word.pos_ == "NUM" and (value := number(word)) is not None:
            return value
    return None


def number(word: Token) -> int | None:
    """The whole number that a numeral stands for, with its hundreds and thousands; None where it is none."""
    parts = [*(child for child in word.children if child.dep_ in {"compound", "nummod"}), word]
    total: float | None = None
    for part in sorted(parts, key=lambda token: token.i):
        value = _value(part.lower_.replace(",", ""))
        if value is None:
            continue
        total = value if total is None else total * value if value >= 100 else total + value
    return int(total) if total is not None and total < 10**9 else None


def _value(text: str) -> float | None:
    scale = {"hundred": 100.0, "thousand": 1e3, "million": 1e6}
    if text in scale:
        return scale[text]
    if text in NUMBERS:
        return float(NUMBERS[text])
    return float(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else None


def contexts_of(trigger: Token, fixed: Iterable[str], predicates: Predicates) -> tuple[str, ...]:
    """PLOVER contexts: those of the predicate, then those that the words of its clause call up, at most four."""
    found = dict.fromkeys(fixed)
    clause = clause_head(trigger)
    for token in clause.subtree:
        for context in predicates.contexts.get(token.lemma_.lower(), ()):
            found.setdefault(context)
    return tuple(found)[:4]
