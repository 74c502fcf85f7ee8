"""The command: `python -m evaluation.corpus agreement|again|trial|baselines|product|card`.

python -m evaluation.corpus agreement            # the two blind labellings of the test part, layer by layer
python -m evaluation.corpus again                # a third hand, by the mended guidelines, against the settled labels
python -m evaluation.corpus trial                # 30 new sentences, labelled from the guidelines alone
python -m evaluation.corpus baselines            # plain baselines on the test part
python -m evaluation.corpus product              # the product of today on the test part
python -m evaluation.corpus card                 # counts, agreement and baselines into the data card
python -m evaluation.corpus agreement --kind own # only our own text, or only `real` text
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence

os.environ.setdefault("OMP_NUM_THREADS", "1")

from dragoman.errors import DragomanError
from evaluation.corpus.baselines import entity_figures, statement_figures, status_figures, type_figures
from evaluation.corpus.card import figures, write_card
from evaluation.corpus.compare import compare
from evaluation.corpus.labels import Labels, from_passage
from evaluation.metrics.counts import Figures
from training.corpora import load
from training.corpora.house import HOUSE, KINDS, PARTS, Kind, Part, read_file
from training.corpora.passages import Passage
from training.corpora.statistics import count


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints one JSON line of figures for each layer."""
    ask = argparse.ArgumentParser(
        prog="python -m evaluation.corpus", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("what", choices=[*COMMANDS, "card"])
    ask.add_argument("--kind", choices=["own", "real"], help="only our own text, or only real text (needs the data)")
    given = ask.parse_args(arguments)
    try:
        if given.what == "card":
            write_card(card_figures())
        else:
            for layer, scores in COMMANDS[given.what](given.kind).items():
                print(layer, json.dumps(scores))
    except DragomanError as error:
        print(f"python -m evaluation.corpus {given.what}: {error}", file=sys.stderr)
        return 2
    return 0


def agreement(kind: Kind | None) -> dict[str, Figures]:
    """The second hand's labels of the test part against the first's, both blind."""
    return compare(_labels(load("first", kind)), _labels(load("second", kind)))


def again(kind: Kind | None) -> dict[str, Figures]:
    """A third hand's blind labels of our own test text, made from the mended guidelines, against the settled ones."""
    del kind  # all of it is our own text
    return compare(_labels(load("test", "own")), _labels(load("third", "own")))


def trial(kind: Kind | None) -> dict[str, Figures]:
    """The blind trial of the guidelines: 30 sentences of our own, labelled by their writer and again, blind, by a hand
    that had seen nothing but the guidelines."""
    del kind  # all of it is our own text
    first, second = (read_file(HOUSE / "trial" / f"{hand}.txt").file.passages for hand in ("first", "second"))
    return compare(_labels(first), _labels(second))


def product(kind: Kind | None) -> dict[str, Figures]:
    """What `dragoman read` makes of the test part."""
    passages = load("test", kind)
    test, found = _labels(passages), _read(passages)
    return {"encoder": entity_figures(test, found), **compare(test, found)}


def baselines(kind: Kind | None) -> dict[str, Figures]:
    """One plain baseline for each of four layers."""
    passages = load("test", kind)
    return _plain(_labels(load("train")), _labels(passages), _read(passages))


def card_figures() -> str:
    """The tables of the data card, measured now."""
    parts = {(part, kind): load(part, kind) for part in PARTS for kind in KINDS}
    labels = {cell: _labels(passages) for cell, passages in parts.items()}
    read = {kind: _read(parts["test", kind]) for kind in KINDS}
    columns: dict[str, tuple[Kind, ...]] = {**{kind: (kind,) for kind in KINDS}, "all": KINDS}

    def of(part: Part, kinds: tuple[Kind, ...]) -> list[Labels]:
        return [one for kind in kinds for one in labels[part, kind]]

    agreed = {name: compare(of("first", kinds), of("second", kinds)) for name, kinds in columns.items()}
    plain = {
        name: _plain(of("train", KINDS), of("test", kinds), [one for kind in kinds for one in read[kind]])
        for name, kinds in columns.items()
    }
    return figures(count(parts), agreed, compare(of("test", ("own",)), of("third", ("own",))), plain)


def _plain(train: Sequence[Labels], test: Sequence[Labels], found: Sequence[Labels]) -> dict[str, Figures]:
    """The baselines on some test labels; `found` are the product's of the same passages."""
    return {
        "entities": entity_figures(test, found),
        "type": type_figures(train, test),
        "status": status_figures(test),
        "statements": statement_figures(test),
    }


def _read(passages: Sequence[Passage]) -> list[Labels]:
    """The product's labels of some passages."""
    from dragoman.pipeline import load_pipeline
    from evaluation.corpus.product import read_passages

    return read_passages(load_pipeline(), passages)


def _labels(passages: Sequence[Passage]) -> list[Labels]:
    return [from_passage(passage) for passage in passages]


COMMANDS = {"agreement": agreement, "again": again, "trial": trial, "baselines": baselines, "product": product}

if __name__ == "__main__":
    sys.exit(main())
