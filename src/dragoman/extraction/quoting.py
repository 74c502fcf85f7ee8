"""Direct speech: which cue, and so which speaker, a stretch between quotation marks belongs to.

In this order: the content of a cue that holds the quote; a cue after or before it in its sentence; the statement that
the quote continues; the last speaker of the paragraph before. Marks around a name or a doubtful word are no speech.
"""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from dragoman.extraction.clauses import phrase_follows
from dragoman.extraction.drafts import Draft, Paragraphs, Stretch, trim
from dragoman.extraction.frames import quote_draft
from dragoman.extraction.speakers import head_within, quotes_a_speaker, source_stretch, speaker_after
from dragoman.lexicon.cues import CueRow, Cues
from dragoman.records import QuoteMention

FRAGMENT_WORDS = 4
"""A quote of fewer words that no cue takes is a name, a title or a doubtful word."""
MAX_GAP = 6
"""Words between a speaker and his cue: auxiliaries, adverbs, a short aside."""
_LINKS = frozenset({"that", "as", "him", "her", "them", "me", "us", "you"})
"""A word that may stand between a cue and its quote: "told me 'never'"."""
_PAUSE = frozenset(",—–-?!…")


@dataclasses.dataclass
class Quoter:
    """Hands out the quotes of one article to the drafts of its cues, and makes drafts for those without a cue."""

    doc: Doc
    cues: Cues
    drafts: list[Draft]
    quotes: tuple[QuoteMention, ...]
    skipped: list[tuple[QuoteMention, str]] = dataclasses.field(default_factory=list)

    def __post_init__(self) -> None:
        self._text = self.doc.text
        self._starts = [token.idx for token in self.doc]
        self._by_cue = {draft.cue.i: draft for draft in self.drafts if draft.cue is not None}
        self._holder: dict[int, Draft] = {}
        self._paragraphs = Paragraphs(self._text, self.drafts)

    def attribute(self) -> None:
        """Attribute every quote, in the order of the text."""
        for place, quote in enumerate(self.quotes):
            draft = (
                self._continued(place)
                or self._held(quote)
                or self._cued(place)
                or self._touched(quote)
                or self._following(place)
            )
            if draft is None:
                self._alone(place)
            else:
                self._holder[place] = draft

        self._share()

    def _share(self) -> None:
        """A quote belongs to one cue: what others hold of it, by the parse alone, they lose."""
        for place, owner in self._holder.items():
            quote = self.quotes[place]
            for draft in self._paragraphs.at(quote.start):
                if draft is owner or (quote.start, quote.end) in draft.quoted or not _outside(draft, quote):
                    continue
                if _overlap(draft, quote):
                    draft.contents = [
                        (start, end)
                        for start, end in draft.contents
                        if not (start < quote.outer_end and quote.outer_start < end)
                    ]

    def _near(self, quote: QuoteMention) -> list[Draft]:
        return self._paragraphs.at(quote.start)

    def _keep(self, draft: Draft) -> None:
        self.drafts.append(draft)
        self._paragraphs.add(draft)

    # --- the cue's own content holds the quote

    def _held(self, quote: QuoteMention) -> Draft | None:
        holding = [
            draft for draft in self._near(quote) if draft.holds(quote.start, quote.end) and _outside(draft, quote)
        ]
        for draft in holding:
            if _cue_follows(draft, quote) and any(
                quote.outer_start <= start < quote.end for start, _ in draft.contents
            ):
                self._find_source_beside(draft, quote)
                _absorb(draft, quote)
            _add(draft.quoted, (quote.start, quote.end))
        return max(holding, key=lambda draft: draft.start) if holding else None

    def _touched(self, quote: QuoteMention) -> Draft | None:
        touching = [
            draft
            for draft in self._near(quote)
            if _outside(draft, quote) and _takes_quotes(draft) and _overlap(draft, quote)
        ]
        if not touching:
            return None
        best = max(touching, key=lambda draft: _overlap(draft, quote))
        if _overlap(best, quote) * 2 < min(quote.end - quote.start, sum(end - start for start, end in best.contents)):
            return None
        _absorb(best, quote)
        return best

    # --- a cue beside the quote

    def _cued(self, place: int) -> Draft | None:
        quote = self.quotes[place]
        before, after = self._before(place), self._after(place)
        joint = self._text[: quote.outer_start].rstrip()[-1:]
        first = before if before is not None and (joint in {",", ":"} or after is None) else after
        if first is None:
            return None
        draft = first if isinstance(first, Draft) else self._draft_of(first)
        if draft is None:
            return None
        self._find_source_beside(draft, quote)
        _absorb(draft, quote)
        return draft

    def _after(self, place: int) -> Token | Draft | None:
        """The cue in what follows the quote in its sentence."""
        quote, text = self.quotes[place], self._text
        window = self._window(quote.outer_end, self._next_start(place))
        words = [token for token in window if not token.is_punct and not token.is_space]
        if not words:
            return None
        paused = quote.text.rstrip()[-1:] in _PAUSE or text[quote.outer_end : quote.outer_end + 1] == ","
        if not paused and not (words[0].text[:1].islower() and len(quote.text.split()) >= FRAGMENT_WORDS):
            return None
        adp = next(
            (self._by_cue[word.i] for word in words[:3] if word.i in self._by_cue and _is_adp(self._by_cue[word.i])),
            None,
        )
        if adp is not None:
            return adp
        for token in words[:14]:
            row = self._quote_row(token)
            if row is None or (token.tag_ == "VBN" and not _finite_group(token)):
                continue
            known = self._by_cue.get(token.i)
            if (
                quote.text.rstrip()[-1:] in "?!"
                and known is not None
                and known.contents
                and not words[0].text[:1].islower()
            ):
                return None
            return token
        return None

    def _before(self, place: int) -> Token | None:
        """The cue in what precedes the quote in its sentence."""
        quote, text = self.quotes[place], self._text
        window = self._window_back(self._last_end(place), quote.outer_start)
        joint = text[: quote.outer_start].rstrip()[-1:]
        candidates = [token for token in window if self._quote_row(token) is not None]
        if not candidates:
            return None
        cue = candidates[-1]
        between = [t for t in window if t.i > cue.i and not t.is_punct and not t.is_space]
        if joint == ":" and len(quote.text.split()) >= 2:
            return next((each for each in reversed(candidates) if _finite_group(each) or each.tag_ == "VBG"), cue)
        fragment = not _sentence_like(quote.text)
        if not between or (len(between) == 1 and between[0].lower_ in _LINKS):
            return cue
        if joint == "," and not fragment:
            return cue
        if between[-1].lower_ == "that" and between[-1].idx + 5 >= quote.outer_start:
            return cue
        return cue if self._governs(cue, quote) else None

    def _governs(self, cue: Token, quote: QuoteMention) -> bool:
        """True where the parse hangs the quote on the cue as its clause or object."""
        first = self._token_at(quote.start)
        if first is None:
            return False
        inside = [token for token in self.doc[first.i : first.i + 40] if token.idx < quote.end]
        tops = [token for token in inside if not quote.start <= token.head.idx < quote.end or token.head == token]
        return any(token.head == cue and token.dep_ in {"ccomp", "xcomp", "obj", "parataxis"} for token in tops)

    def _draft_of(self, verb: Token) -> Draft | None:
        if verb.i not in self._by_cue:
            row = self._quote_row(verb)
            if row is None:
                return None
            draft = quote_draft(verb, row)
            self._keep(draft)
            self._by_cue[verb.i] = draft
        return self._by_cue[verb.i]

    def _quote_row(self, token: Token) -> CueRow | None:
        if token.tag_[:2] != "VB" or quotes_a_speaker(token):
            return None
        rows = self.cues.verbs.get(token.lemma_.lower(), ())
        return next((row for row in rows if "quote" in row.frames and phrase_follows(token, row.rest)), None)

    def _find_source_beside(self, draft: Draft, quote: QuoteMention) -> None:
        """The speaker between a quote and the cue after it, or behind that cue, where the parse lost sight of it."""
        cue = draft.cue
        if cue is None or cue.idx < quote.outer_end or draft.row is None or draft.row.pos != "verb":
            return
        if draft.holders and draft.holders[0].idx >= quote.outer_end:
            return
        between = self._window(quote.outer_end, draft.cue_span[0] if draft.cue_span else cue.idx)
        names = [token for token in between if token.pos_ in {"PROPN", "NOUN", "PRON"} and token.ent_type_ != "DATE"]
        if names and between[-1].i >= cue.i - MAX_GAP:
            draft.holders = tuple(head_within(self.doc, (token.i for token in between)))
            draft.source = trim(self._text, names_start(between), between[-1].idx + len(between[-1]))
        elif heads := speaker_after(cue):
            draft.holders = tuple(heads)
            draft.source = source_stretch(heads, cue)
            draft.contents = [(start, end) for start, end in draft.contents if start < cue.idx]

    # --- no cue of its own

    def _continued(self, place: int) -> Draft | None:
        """The draft of the paragraph before, where that one's quote was left open and this one opens anew."""
        if place == 0 or self.quotes[place - 1].closed or place - 1 not in self._holder:
            return None
        quote, last = self.quotes[place], self.quotes[place - 1]
        between = self._text[last.outer_end : quote.outer_start]
        if "\n" not in between or between.strip():
            return None
        draft = self._holder[place - 1]
        cued = self._cued(place) if draft.cue_span is None else None
        if cued is not None:
            cued.contents = sorted([*draft.contents, *cued.contents])
            cued.quoted.extend(draft.quoted)
            self.drafts.remove(draft)
            draft.contents = []
            return cued
        _absorb(draft, quote)
        return draft

    def _following(self, place: int) -> Draft | None:
        """The draft of the same paragraph that this quote goes on from: "..., he said. "And ..."."""
        quote, text = self.quotes[place], self._text
        whole = _sentence_like(quote.text) or quote.text.rstrip()[-1:] in ".?!"
        if not whole or not self._opens_sentence(quote):
            return None
        line = text.rfind("\n", 0, quote.outer_start) + 1
        earlier = [draft for draft in self._near(quote) if draft.contents and line <= _place(draft) < quote.outer_start]
        spoken = [draft for draft in earlier if _goes_on(draft)]
        if not spoken:
            return None
        draft = max(spoken, key=_place)
        outer = next(
            (
                each
                for each in spoken
                if each is not draft and draft.cue is not None and each.holds(draft.cue.idx, draft.cue.idx + 1)
            ),
            None,
        )
        draft = outer or draft
        _absorb(draft, quote)
        return draft

    def _alone(self, place: int) -> None:
        """A whole sentence without a cue: said by the last speaker where it makes a paragraph of its own."""
        quote, text = self.quotes[place], self._text
        if not _sentence_like(quote.text) or not self._opens_sentence(quote):
            self.skipped.append((quote, "quoted words without a speaker: a name, a title or a doubtful word"))
            return
        line = text.rfind("\n", 0, quote.outer_start) + 1
        draft = Draft(cue=None, row=None, cue_span=None, holders=(), source=None, contents=[], frame="quote")
        if not text[line : quote.outer_start].strip():
            draft.holders = self._last_speaker(line)
        _absorb(draft, quote)
        self._keep(draft)
        self._holder[place] = draft

    def _last_speaker(self, line: int) -> tuple[Token, ...]:
        """Who spoke last in the paragraph before the one that starts at `line`."""
        text = self._text
        end = len(text[:line].rstrip())
        start = text.rfind("\n", 0, end) + 1
        spoken = [
            draft
            for draft in self._paragraphs.at(end - 1)
            if draft.contents and start <= _place(draft) < end and _goes_on(draft)
        ]
        quoted = [draft for draft in spoken if draft.quoted]
        return max(quoted or spoken, key=_place).holders if spoken else ()

    def _opens_sentence(self, quote: QuoteMention) -> bool:
        before = self._text[: quote.outer_start].rstrip(" \u00a0")
        return not before or before[-1] in "\n.?!”\"'’:)"

    # --- windows of tokens

    def _next_start(self, place: int) -> int:
        end = self._text.find("\n", self.quotes[place].outer_end)
        limit = len(self._text) if end < 0 else end
        return min(limit, self.quotes[place + 1].outer_start) if place + 1 < len(self.quotes) else limit

    def _last_end(self, place: int) -> int:
        line = self._text.rfind("\n", 0, self.quotes[place].outer_start) + 1
        return max(line, self.quotes[place - 1].outer_end) if place else line

    def _window(self, start: int, end: int) -> list[Token]:
        """Tokens from `start` up to the end of the sentence, or `end`."""
        found = []
        for token in self.doc[bisect.bisect_left(self._starts, start) : bisect.bisect_left(self._starts, end)]:
            if token.text in {".", "?", "!", ";"}:
                break
            found.append(token)
        return found

    def _window_back(self, start: int, end: int) -> list[Token]:
        """Tokens of the sentence before `end`, from `start` on."""
        found: list[Token] = []
        tokens = self.doc[bisect.bisect_left(self._starts, start) : bisect.bisect_left(self._starts, end)]
        for token in reversed(list(tokens)):
            if token.text in {".", "?", "!", ";"}:
                break
            found.append(token)
        return found[::-1]

    def _token_at(self, offset: int) -> Token | None:
        index = bisect.bisect_right(self._starts, offset) - 1
        return self.doc[index] if index >= 0 else None


def names_start(words: Sequence[Token]) -> int:
    """Where the words of a name begin: after commas, conjunctions and adverbs."""
    return next(
        (word.idx for word in words if not word.is_punct and word.pos_ not in {"CCONJ", "ADV", "SCONJ"}), words[0].idx
    )


def outermost(quotes: Sequence[QuoteMention]) -> tuple[QuoteMention, ...]:
    """The quotes that stand in no other quote."""
    found: list[QuoteMention] = []
    for quote in quotes:
        if not found or quote.outer_start >= found[-1].outer_end:
            found.append(quote)
    return tuple(found)


def _sentence_like(text: str) -> bool:
    """True for a quote that can stand by itself: some words, and a stop or a comma at its end."""
    stripped = text.strip()
    return len(stripped.split()) >= FRAGMENT_WORDS and (stripped[-1:] in ".?!,…—" or stripped[:1].isupper())


def _outside(draft: Draft, quote: QuoteMention) -> bool:
    return draft.cue is None or not quote.start <= draft.cue.idx < quote.end


def _takes_quotes(draft: Draft) -> bool:
    return draft.frame in {"that", "quote", "clause", "small", "as", "to", "inserted"} and not draft.nominal


def _goes_on(draft: Draft) -> bool:
    """True for a draft that a following quote may continue: plain speech of a verb, or a quote."""
    if draft.quoted:
        return not draft.nominal
    return (
        draft.row is not None
        and draft.row.kind == "speech"
        and "quote" in draft.row.frames
        and draft.frame in {"that", "clause", "inserted"}
    )


def _is_adp(draft: Draft) -> bool:
    return draft.row is not None and draft.row.pos == "adp"


def _finite_group(verb: Token) -> bool:
    return verb.tag_ in {"VBD", "VBZ", "VBP"} or any(aux.dep_ in {"aux", "aux:pass"} for aux in verb.children)


def _place(draft: Draft) -> int:
    """Where a draft stands: its last word, be it cue or content."""
    ends = [end for _, end in draft.contents]
    return max([*ends, draft.cue_span[1] if draft.cue_span else 0]) - 1


def _overlap(draft: Draft, quote: QuoteMention) -> int:
    return sum(max(0, min(end, quote.end) - max(start, quote.start)) for start, end in draft.contents)


def _absorb(draft: Draft, quote: QuoteMention) -> None:
    """Give the quote to the draft: contents that it touches grow to hold it, or it becomes a content of its own.

    After a quote that ends in a comma the cue follows, and whatever the parse adds behind it is not part of the
    content.
    """
    start, end = quote.start, quote.end
    if _cue_follows(draft, quote):
        draft.contents = [
            (left, min(right, quote.end) if left < quote.outer_end else right)
            for left, right in draft.contents
            if left < quote.outer_end or any(left <= mark < right for mark, _ in draft.quoted)
        ]
    rest: list[Stretch] = []
    for left, right in draft.contents:
        if left < quote.outer_end and right > quote.outer_start:
            inside = quote.outer_start <= left and right <= quote.outer_end
            if not inside:
                start, end = min(start, left), max(end, right)
        else:
            rest.append((left, right))
    draft.contents = sorted([*rest, _stripped(quote, start, end)])
    _add(draft.quoted, (quote.start, quote.end))


def _cue_follows(draft: Draft, quote: QuoteMention) -> bool:
    return draft.cue is not None and draft.cue.idx >= quote.outer_end and quote.text.rstrip()[-1:] in _PAUSE


def _stripped(quote: QuoteMention, start: int, end: int) -> Stretch:
    """The stretch without spaces at the edges of the quote."""
    if start == quote.start:
        start += len(quote.text) - len(quote.text.lstrip())
    if end == quote.end:
        end -= len(quote.text) - len(quote.text.rstrip())
    return start, end


def _add(stretches: list[Stretch], item: Stretch) -> None:
    if item not in stretches:
        stretches.append(item)
