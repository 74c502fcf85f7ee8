"""The PLOVER type of what a given source does to a given target: the predicate between the two spans of a sentence.

The research sets of this task take their labels from CAMEO codes, so two conventions of that tradition are followed
here and only here: a code's root (`plover.toml`, [roots]) wins over our own type, and what is only promised,
threatened or
refused is AGREE, THREATEN or REJECT."""

from __future__ import annotations

import dataclasses

from spacy.tokens import Doc, Token

from dragoman.annotate import Annotated
from dragoman.annotate.predication import Predication, find_predications
from dragoman.annotate.syntax import agents, is_negated, objects, subjects
from dragoman.extraction.status import read_status
from dragoman.lexicon.predicates import NO_EVENT, Predicates

Stretch = tuple[int, int]
DEFAULT = "CONSULT"
PROMISED = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"})
HOSTILE = frozenset({"SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "PROTEST"})
DECIDING = frozenset({"decide", "approve", "order", "announce", "vote", "decision"})
"""What is decided counts as done in these sets."""
ORDERING = frozenset({"order", "command", "direct"})
CALLING = frozenset({"call", "phone", "telephone", "ring", "write", "message", "cable"})
MAKING = frozenset({"pass", "adopt", "approve", "sign", "issue", "introduce", "publish", "release", "send", "write",
                    "submit", "table", "draft", "read", "post", "make", "deliver", "unveil", "back"})  # fmt: skip
DOCUMENTS = frozenset({"resolution", "bill", "law", "decree", "order", "report", "statement", "letter", "motion",
                       "declaration", "legislation", "note", "text", "message", "tweet", "communique", "memo", "edict",
                       "directive", "measure", "act", "petition", "video"})  # fmt: skip
MATERIAL = frozenset({"financial", "budgetary", "humanitarian", "military", "material", "technical", "logistical",
                      "medical", "emergency", "euro", "dollar", "million", "billion"})  # fmt: skip
PEACEKEEPING = frozenset({"peacekeeper", "peacekeeping", "peacekeepers"})
OUGHT = frozenset({"must", "should", "ought", "need"})
PENALTIES = frozenset({"price", "consequence", "consequences", "penalty", "regret", "retribution", "revenge", "wrath",
                       "reprisal", "reprisals", "retaliation", "harsh", "crushing", "dearly", "suffer",
                       "destroy"})  # fmt: skip
PRONOUNS = frozenset({"it", "he", "she", "they", "we", "who", "which", "that"})
BY_SOURCE, BY_TARGET, ON_PATH, BETWEEN, PER_WEIGHT, PER_STEP, NOMINAL = 4.0, 2.0, 2.0, 1.0, 0.25, 0.6, -0.8
"""What speaks for a predicate: the source does it, the target hangs below it, it lies between them; distance is
against."""


@dataclasses.dataclass(frozen=True)
class _Dyad:
    source: frozenset[int]
    target: frozenset[int]
    source_head: Token | None
    target_head: Token | None
    path: frozenset[int]


def code_dyad(annotated: Annotated, source: Stretch | None, target: Stretch | None, predicates: Predicates) -> str:
    """One of the 16 PLOVER types for what the source (characters `[start, end)`) does to the target; never empty.
    A span may be None: then the best predicate of the text is coded."""
    doc, predicates = annotated.doc, predicates.wide
    dyad = _dyad(doc, source, target)
    found = find_predications(doc, predicates)
    if not found:
        return _by_words(doc, dyad, predicates)
    best = max(found, key=lambda predication: _rank(predication, dyad))
    best = _told_in(best, found) or best
    if ("drill" in best.rows[0].object or best.rows[0].type == "MOBILIZE") and _together(best.token, dyad):
        return "COOPERATE"
    root = _root(best, predicates)
    if root == "SUPPORT" and "support" in best.rows[0].object and _is_material(best.token):
        return "AID"
    if root == "CONSULT" and any(doc[i].lemma_.lower() in PEACEKEEPING for i in dyad.source):
        return "AID"
    return root


def _is_material(token: Token) -> bool:
    """True where the support given is money or goods: "gave 5 million euros in support", "military support"."""
    for noun in objects(token):
        before = [word for word in noun.subtree if word.i <= noun.i]
        if any(word.tag_ == "$" or word.lemma_.lower() in MATERIAL for word in before):
            return True
    return False


def _told_in(best: Predication, found: list[Predication]) -> Predication | None:
    """What a document says, where the predicate only makes the document ("passed a resolution criticising the army"),
    what is ordered to be done with somebody ("ordered him jailed"), or what a call was for ("rang to congratulate")."""
    if best.token.lemma_.lower() in ORDERING:
        below = [each for each in found if each.token.head == best.token and each.token.tag_ == "VBN"]
        return next((each for each in below if each.token.dep_ in {"xcomp", "ccomp", "advcl"}), None)
    if best.token.lemma_.lower() in CALLING:
        purpose = [each for each in found if each.token.head == best.token and each.token.dep_ in {"advcl", "xcomp"}]
        return next((each for each in purpose if each.rows[0].type == "SUPPORT"), None)
    if best.token.lemma_.lower() not in MAKING:
        return None
    for noun in objects(best.token):
        if noun.lemma_.lower() in DOCUMENTS:
            clauses = {child.i for child in noun.children if child.dep_ in {"acl", "acl:relcl", "amod"}}
            told = [each for each in found if each.token.i in clauses and each.token.i > noun.i]
            return told[0] if told else None
    return None


def _together(token: Token, dyad: _Dyad) -> bool:
    """True where source and target do it side by side."""
    doers = {doer.i for doer in subjects(token)}
    return bool(doers & dyad.source) and bool(doers & dyad.target)


def _dyad(doc: Doc, source: Stretch | None, target: Stretch | None) -> _Dyad:
    one, two = _tokens(doc, source), _tokens(doc, target)
    head, goal = _head(doc, one), _head(doc, two)
    path: set[int] = set()
    if head is not None and goal is not None:
        up, down = [head, *head.ancestors], [goal, *goal.ancestors]
        shared = {token.i for token in up} & {token.i for token in down}
        path = {token.i for token in (*up, *down) if token.i not in shared}
        meeting = next((token for token in up if token.i in shared), None)
        if meeting is not None:
            path.add(meeting.i)
    return _Dyad(one, two, head, goal, frozenset(path))


def _tokens(doc: Doc, stretch: Stretch | None) -> frozenset[int]:
    if stretch is None:
        return frozenset()
    start, end = stretch
    return frozenset(token.i for token in doc if token.idx < end and start < token.idx + len(token))


def _head(doc: Doc, tokens: frozenset[int]) -> Token | None:
    words = [doc[i] for i in sorted(tokens) if not doc[i].is_space]
    return next((word for word in words if word.head.i not in tokens or word.head == word), None)


def _rank(predication: Predication, dyad: _Dyad) -> float:
    token = predication.token
    if token.i in dyad.source:
        return -5.0 + 0.01 * token.i
    rank = PER_WEIGHT * min(predication.rows[0].weight, 6) + (NOMINAL if predication.rows[0].pos == "n" else 0.0)
    if token.i in dyad.target:
        rank -= 2.0
    if _does(token, dyad):
        rank += BY_SOURCE
    if any(each.i in dyad.target for each in token.subtree):
        rank += BY_TARGET
    if token.i in dyad.path:
        rank += ON_PATH
    if dyad.source and dyad.target and min(dyad.source) < token.i < max(dyad.target):
        rank += BETWEEN
    return rank - PER_STEP * _distance(token, dyad.source_head)


def _does(token: Token, dyad: _Dyad) -> bool:
    """True where the source does it: as subject or agent, through a pronoun below its own verb, or as a noun's
    owner."""
    if token.pos_ == "NOUN":
        owners = [child for child in token.children if child.dep_ in {"nmod:poss", "amod", "compound", "nmod"}]
        if any(child.i in dyad.source for child in owners):
            return True
        return token.dep_ in {"obj", "nsubj:pass"} and token.head.pos_ == "VERB" and _does(token.head, dyad)
    doers = [*subjects(token), *agents(token)]
    if any(doer.i in dyad.source for doer in doers):
        return True
    if dyad.source_head is None:
        return False
    for doer in doers:
        if doer.lower_ in PRONOUNS and any(s.i in dyad.source for above in token.ancestors for s in subjects(above)):
            return True
        if any(child.i in dyad.source for child in doer.subtree):
            return True
    return False


def _distance(token: Token, head: Token | None) -> int:
    """Steps in the tree from the source to the predicate, up and down."""
    if head is None:
        return 0
    up = {each.i: step for step, each in enumerate([head, *head.ancestors])}
    for step, each in enumerate([token, *token.ancestors]):
        if each.i in up:
            return step + up[each.i]
    return 8


def _root(predication: Predication, predicates: Predicates) -> str:
    row = predication.rows[0]
    root = predicates.plover.roots.get(row.cameo, row.type)
    root = predicates.plover.roots.get(f"{row.type}.{row.mode}", root)
    mood = read_status(predication.token, predicates)
    if root not in {"REJECT", "ACCUSE", "THREATEN"} and (mood.status == "denied" or is_negated(predication.token)):
        return "REJECT"
    if any(cue.lemma_.lower() in DECIDING for cue in mood.cues):
        return root
    if root in PROMISED and mood.status in {"planned", "possible", "conditional"}:
        return "AGREE"
    if root in HOSTILE and mood.status in {"planned", "conditional"}:
        return "THREATEN"
    return root


def _by_words(doc: Doc, dyad: _Dyad, predicates: Predicates) -> str:
    """No frame fits anywhere: the word nearest to the way between source and target that any row knows, whatever its
    part of speech; else what is said of the target, or that it ought to do something."""
    ends = dyad.source | dyad.target
    words = [token for token in doc if token.i not in ends and token.is_alpha]
    future = any(token.lower_ in {"will", "would", "'ll", "shall"} for token in words)
    if future and any(token.lemma_.lower() in PENALTIES for token in words):
        return "THREATEN"
    for token in sorted(words, key=lambda token: (token.i not in dyad.path, token.i)):
        for pos in ("v", "n", "a"):
            for row in predicates.rows.get((token.lemma_.lower(), pos), ()):
                if row.type != NO_EVENT and not row.object and not row.particle:
                    return row.type
    for name, told in (("insult", "ACCUSE"), ("praise", "SUPPORT")):
        if any(predicates.is_a(token.lemma_.lower(), name) for token in words):
            return told
    return "REQUEST" if any(token.lower_ in OUGHT for token in words) else DEFAULT
