"""Checks over several files: ids, copies, templates, the deny list, and what may not stand in both parts.

Likeness of two passages is the Jaccard index of their word 4-grams (Broder 1997, "shingles"). The same over the
*skeleton*, where names, times, sums and numbers give way to their type, finds texts that a program filled in.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from training.corpora.codes import TIMES
from training.corpora.house import HANDS, Kind, Part
from training.corpora.passages import CorpusFile, Passage, Sentence
from training.corpora.problems import Problem
from training.corpora.treebanks import document_of
from training.deny import Denylist

SHINGLE = 4
ALIKE = 0.12
"""Jaccard index of word 4-grams from which two passages are one too many; from half of it they are doubtful."""
ALIKE_SKELETON = 0.25
"""As `ALIKE`, for the skeleton. (Passages written one by one stay under .03 and .1.)"""
QUOTED_WORDS = 8
"""As many words in a row as the gold article are a quotation."""
_WORD = re.compile(r"\w+")


class Member(msgspec.Struct, frozen=True):
    """A file and where in the corpus it belongs. `judged` files get findings, others are only compared with; files
    that are not `housed` lie outside the corpus folder, where labellers may keep real text inline."""

    file: CorpusFile
    part: Part
    kind: Kind
    judged: bool = True
    housed: bool = True


class _Shown(msgspec.Struct, frozen=True):
    """A passage with its place."""

    passage: Passage
    member: Member

    def error(self, what: str, step: str, line: int = 0) -> Problem:
        return Problem(self.member.file.path, line or self.passage.line, 0, "error", what, step)

    def warning(self, what: str, step: str, line: int = 0) -> Problem:
        return Problem(self.member.file.path, line or self.passage.line, 0, "warning", what, step)

    @property
    def place(self) -> str:
        return f"{self.passage.passage_id} ({self.member.file.path}:{self.passage.line})"


def check_corpus(members: Sequence[Member]) -> list[Problem]:
    """Everything that needs no data outside the repository. Blind labels are compared with the test part alone."""
    every = [_Shown(passage, member) for member in members for passage in member.file.passages]
    settled = [shown for shown in every if shown.member.part not in HANDS]
    found = [*_forms(members), *_same_ids(settled)]
    for hand in HANDS:
        blind = [shown for shown in every if shown.member.part == hand]
        found += [*_same_ids(blind), *_blind_labels(settled, blind)]
    found += [*_same_sentences(settled), *_alike(settled), *_leaks(settled)]
    return found


def without_copies(members: Sequence[Member], others: Sequence[Member]) -> tuple[list[Member], list[Problem]]:
    """Files outside the house without the passages that stand in it already, and one error for each such file."""
    house = {
        (passage.passage_id, passage.text): member.file.path
        for member in others
        if member.part not in HANDS
        for passage in member.file.passages
    }
    fresh: list[Member] = []
    problems: list[Problem] = []
    for member in members:
        passages = member.file.passages
        new = tuple(one for one in passages if (one.passage_id, one.text) not in house)
        if member.housed or member.part in HANDS or len(new) == len(passages):
            fresh.append(member)
            continue
        where = next(house[one.passage_id, one.text] for one in passages if one not in new)
        what = f"{len(passages) - len(new)} of its {len(passages)} passages stand in the house corpus, as in {where}"
        step = "a copy is checked with --alone, second labels of the test part with --second"
        problems.append(Problem(member.file.path, 0, 0, "error", what, step))
        file = msgspec.structs.replace(member.file, passages=new)
        fresh.append(msgspec.structs.replace(member, file=file))
    return fresh, problems


def _forms(members: Sequence[Member]) -> Iterator[Problem]:
    for member in members:
        form = member.file.certificate.form
        wanted = "standoff" if member.kind == "real" else "inline"
        if member.judged and member.housed and form != wanted:
            step = "write it with `python -m training.corpora standoff`: the text is not ours to give away"
            yield Problem(
                member.file.path, 1, 0, "error", f"{member.kind} text in the {form} form",
                step if member.kind == "real" else "text of our own stands inline",
            )  # fmt: skip


def _same_ids(shown: list[_Shown]) -> Iterator[Problem]:
    passages: dict[str, _Shown] = {}
    sentences: dict[str, _Shown] = {}
    for one in _judged_last(shown):
        name = one.passage.passage_id
        if name in passages and one.member.judged:
            yield one.error(f"passage id {name!r} is taken: {passages[name].place}", "choose another")
        passages.setdefault(name, one)
        for sentence in one.passage.sentences:
            if sentence.sentence_id in sentences and name != sentences[sentence.sentence_id].passage.passage_id:
                other = sentences[sentence.sentence_id].place
                step = "each sentence of a treebank once"
                yield one.error(f"sentence {sentence.sentence_id} stands in {other} too", step, sentence.line)
            sentences.setdefault(sentence.sentence_id, one)


def _judged_last(shown: list[_Shown]) -> list[_Shown]:
    return sorted(shown, key=lambda one: one.member.judged)


def _blind_labels(settled: list[_Shown], blind: list[_Shown]) -> Iterator[Problem]:
    tests = {one.passage.passage_id: one for one in settled if one.member.part == "test"}
    for one in blind:
        other = tests.get(one.passage.passage_id)
        if not one.member.judged:
            continue
        if other is None:
            yield one.error(f"{one.passage.passage_id} is not in the test part", "blind labels keep the passage's id")
        elif not one.passage.hidden and not other.passage.hidden and one.passage.text != other.passage.text:
            at = next(
                (
                    n
                    for n, pair in enumerate(zip(one.passage.text, other.passage.text, strict=False))
                    if len({*pair}) > 1
                ),
                min(len(one.passage.text), len(other.passage.text)),
            )
            yield one.error(
                f"its text is not that of {other.place}: {one.passage.text[max(0, at - 20) : at + 20]!r}, there "
                f"{other.passage.text[max(0, at - 20) : at + 20]!r}", "label the same characters",
            )  # fmt: skip


def words(text: str) -> list[str]:
    """Words in small letters."""
    return _WORD.findall(text.lower())


def skeleton(passage: Passage) -> list[str]:
    """Words of a passage with names, times, sums and numbers as their type."""
    masked = [m for m in passage.mentions if m.form == "name" or m.kind in (*TIMES, "MON")]
    text, end = passage.text, len(passage.text) + 1
    for mention in sorted(masked, key=lambda m: (-m.start, m.start - m.end)):
        if mention.end <= end:
            text = f"{text[: mention.start]} {mention.kind} {text[mention.end :]}"
            end = mention.start
    return [re.sub(r"^\d+\w*$", "NUM", word) for word in _WORD.findall(text)]


def shingles(found: list[str], size: int = SHINGLE) -> frozenset[tuple[str, ...]]:
    """The n-grams of a list of words (the whole list if it is shorter)."""
    return frozenset(tuple(found[n : n + size]) for n in range(max(1, len(found) - size + 1)))


def likenesses(sets: list[frozenset[tuple[str, ...]]]) -> Iterator[tuple[int, int, float]]:
    """(i, j, Jaccard index) of all pairs i < j that share a shingle."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, found in enumerate(sets):
        for shingle in found:
            holders[shingle].append(n)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        shared.update((i, j) for k, i in enumerate(numbers) for j in numbers[k + 1 :])
    for (i, j), count in shared.items():
        yield i, j, count / (len(sets[i]) + len(sets[j]) - count)


def _alike(shown: list[_Shown]) -> Iterator[Problem]:
    own = [one for one in shown if not one.passage.hidden]
    measures: tuple[tuple[str, float, Callable[[Passage], list[str]]], ...] = (
        ("word for word", ALIKE, lambda passage: words(passage.text)),
        ("but for names, times and numbers", ALIKE_SKELETON, skeleton),
    )
    told: set[tuple[int, int]] = set()
    for how, limit, reader in measures:
        for i, j, index in likenesses([shingles(reader(one.passage)) for one in own]):
            one, other = (own[j], own[i]) if own[j].member.judged else (own[i], own[j])
            comparable = _comparable(one, other)
            if index < limit / 2 or not one.member.judged or not comparable or (i, j) in told:
                continue
            told.add((i, j))
            what = f"{one.passage.passage_id} is like {other.place} {how}: {index:.0%} of their 4-grams are shared"
            make = one.error if index >= limit else one.warning
            yield make(what, "write one of them anew, with a matter and an order of its own")


def _comparable(one: _Shown, other: _Shown) -> bool:
    """Treebank texts repeat themselves by nature: among them only the two parts may not be alike."""
    ours = one.member.kind == "own" or other.member.kind == "own"
    return ours or one.member.part != other.member.part


def _same_sentences(shown: list[_Shown]) -> Iterator[Problem]:
    seen: dict[str, tuple[_Shown, Sentence]] = {}
    for one in _judged_last([one for one in shown if one.member.kind == "own"]):
        for sentence in one.passage.sentences:
            found = words(sentence.text)
            key = " ".join(found)
            if len(found) >= 5 and key in seen and one.member.judged:
                what = f"the sentence {sentence.text[:50]!r}... stands in {seen[key][0].place} too"
                yield one.error(what, "say it otherwise", sentence.line)
            seen.setdefault(key, (one, sentence))


def _leaks(shown: list[_Shown]) -> Iterator[Problem]:
    """Documents whose sentences stand in both parts."""
    parts: dict[str, dict[str, _Shown]] = defaultdict(dict)
    for one in shown:
        if one.member.kind == "real":
            for sentence in one.passage.sentences:
                parts[document_of(sentence.sentence_id)].setdefault(one.member.part, one)
    for document, holders in parts.items():
        if len(holders) > 1 and any(one.member.judged for one in holders.values()):
            one, other = (holders["test"], holders["train"]) if holders["test"].member.judged else (
                holders["train"], holders["test"],
            )  # fmt: skip
            yield one.error(f"document {document} stands in the other part too: {other.place}", "move one of them")


def check_deny_list(members: Sequence[Member], deny: Denylist) -> list[Problem]:
    """Own passages that hold a sentence of the held-out sets."""
    return [
        one.error(f"{one.passage.passage_id} holds a held-out sentence: {text[:60]!r}", "write it anew", line)
        for one in _judged_own(members)
        for text, line in _texts(one.passage)
        if deny.refuses("house", text)
    ]


def _judged_own(members: Sequence[Member]) -> Iterator[_Shown]:
    return (
        _Shown(passage, member)
        for member in members
        if member.judged and member.kind == "own" and member.part not in HANDS
        for passage in member.file.passages
    )


def _texts(passage: Passage) -> Iterator[tuple[str, int]]:
    yield from ((sentence.text, sentence.line) for sentence in passage.sentences)
    if len(passage.sentences) > 1:
        yield passage.text, passage.line


def check_quotations(members: Sequence[Member], gold: Path) -> list[Problem]:
    """Own sentences that share a run of words with the gold article."""
    held = shingles(words(gold.read_text(encoding="utf-8")), QUOTED_WORDS)
    found: list[Problem] = []
    for one in _judged_own(members):
        for sentence in one.passage.sentences:
            own = words(sentence.text)
            if len(own) >= QUOTED_WORDS and (shared := shingles(own, QUOTED_WORDS) & held):
                what = f"{' '.join(next(iter(shared)))!r} stands in the gold article"
                found.append(one.error(what, "say it otherwise", sentence.line))
    return found


def check_copies(members: Sequence[Member], texts: Mapping[str, str]) -> list[Problem]:
    """Own sentences that stand word for word in a treebank."""
    known = {" ".join(split): name for name, text in texts.items() if len(split := words(text)) >= 6}
    found: list[Problem] = []
    for one in _judged_own(members):
        for sentence in one.passage.sentences:
            if name := known.get(" ".join(words(sentence.text))):
                found.append(one.error(f"its sentence is {name} of a treebank", "say it otherwise", sentence.line))
    return found


def check_real_texts(file: CorpusFile, texts: Mapping[str, str]) -> list[Problem]:
    """Inline passages of real text whose characters are not those of the treebank."""
    found: list[Problem] = []
    for passage in file.passages:
        for number, sentence in enumerate(passage.sentences, 1):
            if sentence.sentence_id == f"{passage.passage_id}.{number}" or passage.hidden:
                continue
            text = texts.get(sentence.sentence_id)
            if text is None:
                what = f"no sentence {sentence.sentence_id!r} in the treebanks"
                found.append(Problem(file.path, sentence.line, 0, "error", what, "see treebanks.py for the ids"))
            elif text != sentence.text:
                found.append(Problem(file.path, sentence.line, 0, "error", _difference(sentence, text), _AS_IT_IS))
    return found


_AS_IT_IS = "real text stays as it is, slips included (only brackets get a backslash)"


def _difference(sentence: Sentence, text: str) -> str:
    pairs = zip(sentence.text, text, strict=False)
    at = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(sentence.text), len(text)))
    here, there = sentence.text[max(0, at - 15) : at + 15], text[max(0, at - 15) : at + 15]
    return f"not the treebank's text from character {at} on: {here!r}, there {there!r}"
