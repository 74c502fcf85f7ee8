"""PLOVER type of a source-target pair: macro F1 of root, quad class and binary class (cooperation or conflict)."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.forms import Row
from evaluation.metrics.counts import Figures, macro_f1, pct, share

QUAD = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "REQUEST": 3, "ACCUSE": 3,
    "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
OLD_TYPES = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
FIFTEEN = {**OLD_TYPES, "CONCEDE": "YIELD", "RETREAT": "YIELD"}


def fifteen(root: str) -> str:
    """A type in the set of 15, where CONCEDE and RETREAT are one."""
    return FIFTEEN.get(root, root)


def dyads(gold: Sequence[Row], predicted: Sequence[Row]) -> Figures:
    """Figures for gold rows with a `root`, or with a `binary` class alone."""
    said = {str(row["uid"]): fifteen(row["root"]) for row in predicted if row.get("root")}
    if gold and "root" not in gold[0]:
        return _binary(gold, said)
    pairs = [(fifteen(row["root"]), said.get(str(row["uid"]))) for row in gold]
    quads = [(QUAD[wanted], QUAD.get(found or "")) for wanted, found in pairs]
    halves = [(quad >= 3, None if found is None else found >= 3) for quad, found in quads]
    return {
        "n": len(pairs),
        "answered": sum(found is not None for _, found in pairs),
        "root_accuracy": share(sum(wanted == found for wanted, found in pairs), len(pairs)),
        "root_f1": pct(macro_f1(pairs, QUAD)),
        "quad_f1": pct(macro_f1(quads, (1, 2, 3, 4))),
        "binary_f1": pct(macro_f1(halves, (False, True))),
    }


def _binary(gold: Sequence[Row], said: dict[str, str]) -> Figures:
    pairs = [(int(row["binary"]), _conflict(said.get(str(row["uid"])))) for row in gold]
    return {
        "n": len(pairs),
        "answered": len(said),
        "binary_f1": pct(macro_f1(pairs, (0, 1))),
        "binary_accuracy": share(sum(wanted == found for wanted, found in pairs), len(pairs)),
    }


def _conflict(root: str | None) -> int | None:
    quad = QUAD.get(root or "")
    return None if quad is None else int(quad >= 3)
