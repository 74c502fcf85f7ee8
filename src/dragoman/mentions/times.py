"""Time expressions: where the text speaks of time, by the rule table over token classes.

The text is cut into tokens by one linear regular expression; number words, phrases and years are joined; a trie of
rules is walked from every token, the longest match wins. Works on any Doc; the parse, if any, gives the direction.
Spans follow TimeML 1.2.1 (no leading preposition: "last week", "the past three months", "two years ago", "late 2019").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from dragoman.lexicon.times import Node, Rule, TimeWords
from dragoman.mentions.direction import direction_of
from dragoman.records import TimeMention

if TYPE_CHECKING:
    from dragoman.annotate import Annotated

TOKEN = re.compile(
    r"""
    (?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?Z?)?|[0-9]{4}/[0-9]{2}/[0-9]{2})(?![0-9/-])
  | (?P<isomonth>(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2]))(?![0-9/–-])
  | (?P<span>(?:1[5-9]|20)[0-9]{2}[-–/](?:(?:1[5-9]|20)[0-9]{2}|[0-9]{2}))(?![0-9/–-])
  | (?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?![0-9:])
  | (?P<slash>[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2}))(?![0-9/])
  | (?P<dots>[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4})(?![0-9.])
  | (?P<named>9/11)(?![0-9/])
  | (?P<decade>(?:['’‘][0-9]0|[0-9]{3}0)['’]?s)(?!\w)
  | (?P<ordinal>[0-9]{1,3}(?:st|nd|rd|th))(?!\w)
  | (?P<mixed>[0-9]{1,4}(?:[ -]?[½¼¾]|[ -][0-9]/[0-9](?![0-9])))
  | (?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)
  | (?P<fraction>[½¼¾])
  | (?P<ampm>[AaPp]\.[ ]?[Mm](?:\.|\b)|[AaPp][Mm](?!\w))
  | (?P<word>[^\W\d_]+)
  | (?P<newline>\n)
  | (?P<mark>[^\s\w]|_|\d)
    """,
    re.VERBOSE,
)
MAX_NUMBER = 1e12
FRACTIONS = {
    "½": "0.5",
    "¼": "0.25",
    "¾": "0.75",
    "1/2": "0.5",
    "1/4": "0.25",
    "3/4": "0.75",
    "1/3": "0.33",
    "2/3": "0.67",
}
DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", "−": "-", "’": "'", "‘": "'", "`": "'"})
CURRENCY = frozenset("$£€¥₽₹#")
NO_CLASSES: dict[str, str] = {}
YEARS_PLAIN, YEARS_CUED = range(1900, 2040), range(1000, 2101)
JOINERS = frozenset({".", ",", "/", ":", "_", "+"})
YEAR_PREFIXES = frozenset({"mid", "early", "late", "post", "pre", "end"})
COUNT_SUFFIXES = frozenset({"strong", "odd", "plus", "year"})
FORENAMES = frozenset({"april", "june", "august", "may", "theresa", "mr", "mrs", "ms"})
SURE_CUES = frozenset({"in", "since", "last", "next"})
CAUTIOUS_VERBS = frozenset({"is", "was", "are", "were", "has", "have", "had", "said", "will", "would"})


class Token(NamedTuple):
    """A token of the time lexer, characters `[start, end)`; `low` is lower case with plain dashes and quotes."""

    start: int
    end: int
    low: str
    capital: bool
    classes: dict[str, str]


class Found(NamedTuple):
    """A match of a rule: tokens `[first, last]`, the rule and its slots."""

    first: int
    last: int
    rule: Rule
    parts: dict[str, str]


def find_times(annotated: Annotated, words: TimeWords) -> tuple[TimeMention, ...]:
    """The time expressions of an article, in the order of the text, without overlaps."""
    text = annotated.article.text
    tokens = read_tokens(text, words)
    found = [match for match in matches(tokens, words) if match.rule.build != "none"]
    return tuple(_mention(annotated, text, tokens, match, words) for match in found)


def _mention(annotated: Annotated, text: str, tokens: list[Token], match: Found, words: TimeWords) -> TimeMention:
    start, end = tokens[match.first].start, tokens[match.last].end
    before = " ".join(token.low for token in tokens[max(0, match.first - 4) : match.first])
    parts = {"build": match.rule.build, **match.parts, "before": before}
    if match.last + 1 < len(tokens):
        parts["after"] = " ".join(token.low for token in tokens[match.last + 1 : match.last + 4])
    way = direction_of(annotated.doc, annotated.article, start, end, words)
    return TimeMention(start=start, end=end, text=text[start:end], rule=match.rule.name, parts=parts, direction=way)


# --- tokens ---------------------------------------------------------------------------------------------------------


def read_tokens(text: str, words: TimeWords) -> list[Token]:
    """The text as tokens with their classes; phrases, number words and abbreviations are one token each."""
    raw = [_token(match, words) for match in TOKEN.finditer(text)]
    joined = list(_joined(text, raw, words))
    return [_contextual(joined, place, words) for place in range(len(joined))]


def _token(match: re.Match[str], words: TimeWords) -> Token:
    kind, surface = match.lastgroup or "mark", match.group()
    low = surface.lower().translate(DASHES)
    if kind == "word":
        classes = words.classes.get(low, NO_CLASSES)
        if "CASED" in classes and not surface[0].isupper():
            classes = {name: value for name, value in classes.items() if name not in {"MONTH", "WEEKDAY"}}
    elif kind in {"mark", "newline"}:
        classes = NO_CLASSES
    else:
        classes = _NUMERIC[kind](low)
    return Token(match.start(), match.end(), low, surface[0].isupper(), classes)


def _number(low: str) -> dict[str, str]:
    plain = low.replace(",", "")
    classes = {"NUM": plain}
    if "." in low:
        whole, _, part = low.partition(".")
        if len(whole) <= 2 and len(part) == 2 and int(whole) <= 24 and int(part) < 60:
            classes["DOTCLOCK"] = f"{int(whole):02d}:{part}"
        return classes
    if "," in low or len(plain) > 4:
        return classes
    value = int(plain)
    if len(plain) <= 2:
        if 1 <= value <= 31:
            classes["DAY"] = str(value)
        if value <= 24:
            classes["HOUR"] = str(value)
    if len(plain) == 4:
        if value in YEARS_CUED:
            classes["YEAR"] = plain
        if value // 100 <= 24 and value % 100 < 60:
            classes["MILITARY"] = f"{plain[:2]}:{plain[2:]}"
    return classes


def _ordinal(low: str) -> dict[str, str]:
    number = low[:-2]
    return {"ORD": number, "DAY": number, "DAYTH": number} if 1 <= int(number) <= 31 else {"ORD": number}


def _clock(low: str) -> dict[str, str]:
    hour, minute = low.split(":")[:2]
    if int(hour) > 24 or int(minute) > 59:
        return NO_CLASSES
    return {"CLOCK": ":".join([f"{int(hour):02d}", *low.split(":")[1:]])}


def _slash(low: str) -> dict[str, str]:
    """US order (month first) unless the first number cannot be a month; two digits of a year pivot at 40."""
    first, second, year = (int(part) for part in re.split(r"[/.]", low))
    year += 0 if year > 99 else 2000 if year < 40 else 1900
    month, day = (first, second) if first <= 12 and "/" in low else (second, first)
    return {"SLASHDATE": f"{year:04d}-{month:02d}-{day:02d}"} if 1 <= month <= 12 and 1 <= day <= 31 else NO_CLASSES


def _iso(low: str) -> dict[str, str]:
    month, day = int(low[5:7]), int(low[8:10])
    return {"ISO": low.upper().replace("/", "-")} if 1 <= month <= 12 and 1 <= day <= 31 else NO_CLASSES


def _isomonth(low: str) -> dict[str, str]:
    """ "2016-11" is a month, "2010-12" may be two years: where both fit, the later year wins only after the first."""
    year, month = int(low[2:4]), int(low[5:])
    return {"ISOMONTH": low} if month <= year else {"YEARSPAN": f"{low[:4]}-{low[:2]}{low[5:]}"}


def _decade(low: str) -> dict[str, str]:
    digits = low.replace("'", "").removesuffix("s")
    return {"DECADE": digits[:3] if len(digits) == 4 else f"{19 if int(digits) > 20 else 20}{digits[0]}"}


def _mixed(low: str) -> dict[str, str]:
    whole = re.match(r"[0-9]+", low)
    rest = low[whole.end() :].strip(" -") if whole else ""
    part = FRACTIONS.get(rest)
    return {"NUM": f"{int(whole.group()) + float(part):g}"} if whole and part else NO_CLASSES


def _span(low: str) -> dict[str, str]:
    first, second = re.split(r"[-/]", low)
    last = int(second) if len(second) == 4 else int(first) // 100 * 100 + int(second)
    if last <= int(first) or last - int(first) > 200:
        return NO_CLASSES
    return {"YEARSPAN": f"{first}-{last}"}


_NUMERIC: dict[str, Callable[[str], dict[str, str]]] = {
    "iso": _iso, "span": _span, "clock": _clock, "slash": _slash, "dots": _slash, "decade": _decade, "mixed": _mixed,
    "ordinal": _ordinal, "isomonth": _isomonth, "number": _number, "fraction": lambda low: {"NUM": FRACTIONS[low]},
    "named": lambda _: {"NAMEDDAY": "2001-09-11"}, "ampm": lambda low: {"AMPM": low[0] + "m"},
}  # fmt: skip


def _joined(text: str, raw: list[Token], words: TimeWords) -> Iterator[Token]:
    """Tokens with phrases, number words and abbreviation points joined."""
    place, known = 0, len(raw)
    while place < known:
        token = raw[place]
        size, classes = _phrase(raw, place, words) if token.low in words.phrases else (1, token.classes)
        if size == 1 and (token.classes.keys() & {"NUMBERWORD", "ORDINALWORD"} or token.low in {"a", "an"}):
            size, classes = _number_words(raw, place)
            classes = classes if size > 1 or token.low not in {"a", "an"} else token.classes
        if size == 1 and "ABBREVIATION" in token.classes and _has_point(raw, place):
            size, classes = 2, {**token.classes, "POINT": "."}
        if size == 1 and classes is token.classes:
            yield token
        else:
            end = raw[place + size - 1].end
            low = text[token.start : end].lower().translate(DASHES)
            yield Token(token.start, end, low, token.capital, classes)
        place += size


_HOUR_CLASSES = frozenset({"CLOCK", "HOUR", "NUMBERWORD", "OCLOCK", "DOTCLOCK"})


def _has_point(raw: list[Token], place: int) -> bool:
    after = raw[place + 1] if place + 1 < len(raw) else None
    return after is not None and after.low == "." and after.start == raw[place].end


def _phrase(raw: list[Token], place: int, words: TimeWords) -> tuple[int, dict[str, str]]:
    for phrase, classes in words.phrases[raw[place].low]:
        size = len(phrase)
        if "AMPM" in classes and not (place and raw[place - 1].classes.keys() & _HOUR_CLASSES):
            continue  # "in the morning" is a time of its own where no hour stands before
        if all(place + k < len(raw) and raw[place + k].low == phrase[k] for k in range(1, size)):
            return size, classes
    return 1, raw[place].classes


def _number_words(raw: list[Token], place: int) -> tuple[int, dict[str, str]]:
    """Number words from `place` on: how many tokens, and their classes ("twenty-five", "nineteen ninety-six")."""
    low = raw[place].low
    if low in {"a", "an"}:
        scale = _word(raw, place + 1)
        if scale not in {100, 1000}:
            return 1, NO_CLASSES
        size, value = 2, float(scale)
    else:
        size, value = _under_hundred(raw, place)
        if size == 0:
            number = raw[place].classes.get("ORDINALWORD")
            return 1, {**raw[place].classes, "ORD": number, "DAY": number} if number else raw[place].classes
        if raw[place + size - 1].classes.get("ORDINALWORD"):
            number = f"{value:g}"
            return size, {"ORD": number, "DAY": number, "DAYTH": number}
        more, second = _under_hundred(raw, place + size)
        if more and 10 <= value <= 20 and second >= 10:
            return size + more, {"YEARWORDS": f"{value * 100 + second:g}"}
    while (scale := _word(raw, place + size)) in {100, 1000} and value < MAX_NUMBER:
        value, size = value * scale, size + 1
        step = size + (1 if place + size < len(raw) and raw[place + size].low == "and" else 0)
        more, rest = _under_hundred(raw, place + step)
        if more and rest < scale and _word(raw, place + step) is not None:
            value, size = value + rest, step + more
    classes = {"NUM": f"{value:g}"}
    if value <= 12 and size == 1:
        classes["HOURWORD"] = f"{value:g}"
    if 1900 <= value <= 2100 and size > 1:
        classes["YEARWORDS"] = f"{value:g}"
    return size, classes


def _word(raw: list[Token], place: int) -> int | None:
    found = raw[place].classes.get("NUMBERWORD") if place < len(raw) else None
    return int(found) if found else None


def _under_hundred(raw: list[Token], place: int) -> tuple[int, float]:
    """A number below a hundred in words: how many tokens (0: none) and its value."""
    first = _word(raw, place)
    if first is None or first >= 100:
        return 0, 0
    if first < 20:
        return 1, first
    step = 1
    if place + 1 < len(raw) and raw[place + 1].low == "-":
        step = 2
    second = _word(raw, place + step)
    if second is not None and 1 <= second <= 9:
        return step + 1, first + second
    ordinal = raw[place + step].classes.get("ORDINALWORD") if place + step < len(raw) else None
    if ordinal and int(ordinal) <= 9:
        return step + 1, first + int(ordinal)
    return 1, first


def _contextual(tokens: list[Token], place: int, words: TimeWords) -> Token:
    """The token without the classes that its neighbours rule out: years that are counts, months that are names."""
    token = tokens[place]
    classes = token.classes
    if not classes:
        return token
    if "YEAR" in classes and not _is_year(tokens, place, words):
        classes = {name: value for name, value in classes.items() if name != "YEAR"}
    if "YEARSPAN" in classes and _glued(tokens, place):
        classes = NO_CLASSES
    if "DOUBTFUL" in classes and not _is_date_word(tokens, place, words):
        classes = {name: value for name, value in classes.items() if name not in {"MONTH", "WEEKDAY"}}
    return token if classes is token.classes else token._replace(classes=classes)


def _is_year(tokens: list[Token], place: int, words: TimeWords) -> bool:
    """Is a number of four digits a year? Not a count ("2000 troops"), a sum, a name ("the 1975") or part of a code."""
    token, last, after = tokens[place], _at(tokens, place - 1), _at(tokens, place + 1)
    if after is not None and (after.low in words.sets["COUNTED"] or after.low == "%"):
        return False
    if _glued(tokens, place) or (last is not None and (last.low in words.sets["NOYEAR"] or last.low in CURRENCY)):
        return False
    if last is not None and last.low == "the" and not _goes_on(after):
        return False
    if last is not None and last.classes.keys() & {"APPROX", "OVER"} and last.low not in words.sets["YEARCUE"]:
        return False
    if int(token.low) in YEARS_PLAIN:
        return True
    return last is not None and (last.low in words.sets["YEARCUE"] or bool(last.classes.keys() & {"MONTH", "DAY"}))


def _at(tokens: list[Token], place: int) -> Token | None:
    return tokens[place] if 0 <= place < len(tokens) else None


def _goes_on(after: Token | None) -> bool:
    """After "the 1998 ...": a word that can be what the year describes."""
    return after is not None and after.low[0].isalpha() and after.low not in CAUTIOUS_VERBS


def _glued(tokens: list[Token], place: int) -> bool:
    """True where a number hangs on letters or other numbers: "A2000", "747-2000", "2000-strong"."""
    token, last, beyond_last = tokens[place], _at(tokens, place - 1), _at(tokens, place - 2)
    if last is not None and last.end == token.start:
        touching = beyond_last is not None and beyond_last.end == last.start
        if last.low[-1].isalnum() or (last.low in JOINERS and touching and _ends_in_digit(beyond_last)):
            return True
        if last.low == "-" and touching and beyond_last is not None:
            return beyond_last.low not in YEAR_PREFIXES and "MONTH" not in beyond_last.classes
    after, beyond = _at(tokens, place + 1), _at(tokens, place + 2)
    if after is None or after.start != token.end:
        return False
    if after.low[0].isalnum():
        return True
    return after.low == "-" and beyond is not None and beyond.start == after.end and beyond.low in COUNT_SUFFIXES


def _ends_in_digit(token: Token | None) -> bool:
    return token is not None and token.low[-1].isdigit()


def _is_date_word(tokens: list[Token], place: int, words: TimeWords) -> bool:
    """Does a doubtful month or weekday ("May", "March", "Sun.") have a neighbour that speaks for a date?"""
    token, last, after = tokens[place], _at(tokens, place - 1), _at(tokens, place + 1)
    if after is not None and after.classes.keys() & {"DAY", "YEAR", "YEARWORDS"}:
        return "YEAR" not in after.classes or last is None or last.low not in FORENAMES
    if last is not None and last.classes.keys() & {"DAY", "EARLY", "PARTWORD", "WEEKDAY"}:
        return True
    second = _at(tokens, place + 2)
    goes_on = {"MONTH"} if "WEEKDAY" in token.classes else {"YEAR"}
    if after is not None and after.low == "," and second is not None and second.classes.keys() & goes_on:
        return True
    if "POINT" in token.classes:
        return last is None or not last.capital or last.low in words.sets["MONTHCUE"]
    if last is None:
        return False
    return _is_led_in(tokens, place, last, after, words)


def _is_led_in(tokens: list[Token], place: int, last: Token, after: Token | None, words: TimeWords) -> bool:
    """A doubtful month after a word that leads in dates ("in May", "mid-March", "end of June", "April to June")."""
    token, before = tokens[place], _at(tokens, place - 2)
    if last.low == "-" and before is not None and "EARLY" in before.classes:
        return True
    if last.low in {"to", "and", "-", "or", "of"} and "MONTH" in token.classes:
        return before is not None and bool(before.classes.keys() & {"MONTH", "EDGE", "DAY", "UNIT", "HALF"})
    named = after is not None and after.capital and after.low not in words.sets["FUNCTION"]
    if last.low in words.sets["MONTHCUE"]:
        return not (named and token.low in FORENAMES and last.low not in SURE_CUES)
    return token.low in FORENAMES - {"may"} and not named and not last.capital


# --- rules ----------------------------------------------------------------------------------------------------------


def matches(tokens: list[Token], words: TimeWords) -> Iterator[Found]:
    """The longest match at each place, from left to right; a match ends the search inside it."""
    place = 0
    while place < len(tokens):
        best = _longest(tokens, place, words)
        if best is None:
            place += 1
            continue
        yield best
        place = best.last + 1


def _longest(tokens: list[Token], place: int, words: TimeWords) -> Found | None:
    best: Found | None = None
    number = 0
    for last, rule_number, slots, keys in _walk(tokens, place, words.root):
        if best is not None and (last < best.last or (last == best.last and rule_number >= number)):
            continue
        rule = words.rules[rule_number]
        if _allowed(tokens, place, last, rule):
            best, number = Found(place, last, rule, _parts(tokens, place, slots, keys)), rule_number
    return best


def _walk(tokens: list[Token], place: int, root: Node) -> Iterator[tuple[int, int, tuple[str, ...], tuple[str, ...]]]:
    """All ends of the trie reached from a token: (last token, rule, slots, keys)."""
    paths: list[tuple[Node, tuple[str, ...]]] = [(root, ())]
    while paths and place < len(tokens):
        token = tokens[place]
        onward: list[tuple[Node, tuple[str, ...]]] = []
        for node, keys in paths:
            if (way := node.ways.get(token.low)) is not None:
                onward.append((way, (*keys, token.low)))
            for name in token.classes:
                if (way := node.ways.get(name)) is not None:
                    onward.append((way, (*keys, name)))
        for node, keys in onward:
            for rule_number, slots in node.ends:
                yield place, rule_number, slots, keys
        paths, place = onward, place + 1


def _parts(tokens: list[Token], place: int, slots: tuple[str, ...], keys: tuple[str, ...]) -> dict[str, str]:
    """The slots of a match with their values; the offsets of the two ends of a range as "first" and "second"."""
    parts: dict[str, str] = {}
    for k, (slot, key) in enumerate(zip(slots, keys, strict=True)):
        if not slot:
            continue
        token = tokens[place + k]
        for name in slot.split("+"):
            if name:
                parts[name] = token.classes.get(key, token.low)
        if slot in {"day2", "month2", "quarter2", "weekdays2"}:
            parts["second"] = f"{token.start}"
    if "second" in parts:
        parts["first_end"] = f"{_before_second(tokens, place, int(parts['second']))}"
    return parts


def _before_second(tokens: list[Token], place: int, second: int) -> int:
    """The end of the last numbered or named token before the second end of a range."""
    end = tokens[place].end
    while tokens[place].start < second:
        if tokens[place].classes.keys() & {"DAY", "MONTH", "ORD", "WEEKDAYS"}:
            end = tokens[place].end
        place += 1
    return end


def _allowed(tokens: list[Token], first: int, last: int, rule: Rule) -> bool:
    return (
        (not rule.before or _near(tokens, first, rule.before, -1))
        and (not rule.after or _near(tokens, last, rule.after, 1))
        and not (rule.not_before and _near(tokens, first, rule.not_before, -1))
        and not (rule.not_after and _near(tokens, last, rule.not_after, 1))
    )


def _near(tokens: list[Token], place: int, wanted: tuple[str, ...], step: int) -> bool:
    """Is one of the wanted words, phrases or conditions right beside a token?"""
    beside = place + step
    token = tokens[beside] if 0 <= beside < len(tokens) else None
    for want in wanted:
        if want in _CONDITIONS:
            if _CONDITIONS[want](tokens, beside, token):
                return True
        elif token is not None and (token.low == want or (" " in want and _said(tokens, beside, want.split(), step))):
            return True
    return False


def _said(tokens: list[Token], beside: int, phrase: list[str], step: int) -> bool:
    first = beside - len(phrase) + 1 if step < 0 else beside
    return first >= 0 and [token.low for token in tokens[first : first + len(phrase)]] == phrase


def _is_rate(tokens: list[Token], beside: int, token: Token | None) -> bool:
    """A number, a sum or counted things stand before: "$5 billion a year", "20 flights a day"."""
    if token is None:
        return False
    near = tokens[max(0, beside - 3) : beside + 1]
    counted = any("NUM" in each.classes or each.low in CURRENCY for each in near)
    if "NUM" in token.classes or token.low in {"%", "percent", "million", "billion"}:
        return True
    return counted and token.low.endswith("s")


_DATE_CLASSES = frozenset({"MONTH", "WEEKDAY", "DEIXIS", "YEAR", "UNIT", "UNITS", "TONIGHT"})
_Condition = Callable[[list[Token], int, "Token | None"], bool]
_CONDITIONS: dict[str, _Condition] = {
    "PUNCT": lambda _, __, token: token is None or not token.low[0].isalnum(),
    "FUNCTION": lambda _, __, token: token is None or "FUNCTION" in token.classes,
    "NUMBER": lambda _, __, token: token is not None and "NUM" in token.classes,
    "UNITNAME": lambda _, __, token: token is not None and bool(token.classes.keys() & {"UNIT", "UNITS"}),
    "DATEWORD": lambda _, __, token: token is not None and bool(token.classes.keys() & _DATE_CLASSES),
    "CAPITAL": lambda _, __, token: token is not None and token.capital and token.low[0].isalpha(),
    "VERBING": lambda _, __, token: token is not None and token.low.endswith("ing") and len(token.low) > 4,
    "RATE": _is_rate,
}
