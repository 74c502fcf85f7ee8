"""What a statement does: asserts, denies, accuses, threatens ... by its cue first, and by formulas in its content."""

from __future__ import annotations

import re
from typing import cast

from dragoman.annotate import syntax
from dragoman.extraction.drafts import Draft
from dragoman.lexicon.cues import Cues
from dragoman.records import Act

OPEN_ACTS = frozenset({"assert", "promise"})
"""Acts of a cue that the content may sharpen: "said" says nothing about what is done by saying."""
BY_FORMULA = ("decline", "deny", "reject", "accuse", "threaten", "promise", "request")
LONG_DECLINE = 30
"""A content of more words than this is an answer, whatever it says about having no comment."""
CLAIMS = frozenset(
    {"accusation", "accusations", "allegation", "allegations", "claim", "claims", "charge", "charges", "report",
     "reports", "rumors", "rumours", "suggestion", "suggestions"}
)  # fmt: skip
_MARKS = re.compile(r"[\"“”«»]")
_WORD = re.compile(r"[A-Za-z](?:[\w'’-]*\w)?")


def act_of(draft: Draft, text: str, cues: Cues) -> Act:
    """The act of a draft whose contents are stretches of `text`."""
    contents = [text[start:end] for start, end in draft.contents]
    act = draft.row.act if draft.row is not None else "assert"
    if draft.negated and draft.row is not None and draft.row.first == "comment" and draft.cue is not None:
        return "decline" if syntax.modals(draft.cue) else "no_response"
    if draft.negated and draft.row is not None:
        return cast(Act, draft.row.negated or act)
    if draft.frame in {"small", "as"} and act == "assert" and _refutes(contents, cues):
        return "reject"
    if draft.frame in {"small", "as"} and act == "assert" and _insults(contents, cues):
        return "reject" if _of_claims(contents) else "accuse"
    if act not in OPEN_ACTS:
        return cast(Act, act)
    if act == "assert" and draft.quoted and all(_asks(content) for content in contents):
        return "question"
    return cast(Act, _by_formula(contents, act, cues))


def _asks(content: str) -> bool:
    stops = [char for char in content if char in ".?!"]
    return content.rstrip().endswith("?") and all(stop == "?" for stop in stops)


def _by_formula(contents: list[str], act: str, cues: Cues) -> str:
    joined = _MARKS.sub("", " ".join(contents).lower().replace("’", "'"))
    for name in BY_FORMULA:
        pattern = cues.formulas.get(name)
        if pattern is None or pattern.search(joined) is None:
            continue
        if name != "decline" or len(joined.split()) <= LONG_DECLINE:
            return name
    return act


def _of_claims(contents: list[str]) -> bool:
    """True where claims are described: "called the claims absurd" rejects them."""
    return any(word.lower() in CLAIMS for content in contents for word in _WORD.findall(content))


def _refutes(contents: list[str], cues: Cues) -> bool:
    return any(word.lower() in cues.refutations for content in contents for word in _WORD.findall(content))


def _insults(contents: list[str], cues: Cues) -> bool:
    return any(word.lower() in cues.insults for content in contents for word in _WORD.findall(content))
