"""The development sets that are pinned by the gate and shown in the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.forms import ROOT, data_folder
from evaluation.metrics import Figures
from evaluation.run import Options, run


@dataclass(frozen=True)
class Measure:
    """A score set: a kind, its files under the data folder, the half or number of rows, and the figures that count."""

    name: str
    kind: str
    input: str
    gold: str | None
    figures: tuple[str, ...]
    half: str | None = None
    limit: int | None = None
    spans: bool = False
    ours: bool = False

    @property
    def paths(self) -> tuple[Path, Path | None]:
        """Input and gold, under the data folder or, where the set is our own, in this repository."""
        folder = ROOT if self.ours else data_folder()
        return folder / self.input, folder / self.gold if self.gold else None

    @property
    def command(self) -> str:
        """The command that measures it by hand."""
        parts = ["python -m evaluation", self.kind, f"--input {self.input}", "--predictions OUT"]
        parts += [f"--gold {self.gold}"] if self.gold else []
        parts += [f"--spans {self.gold}"] if self.spans else []
        parts += [f"--half {self.half}"] if self.half else []
        parts += [f"--limit {self.limit}"] if self.limit else []
        return " ".join(parts)

    def measure(self, workers: int = 1) -> Figures:
        """The figures of now. Raises FileNotFoundError where the set is not there."""
        inputs, gold = self.paths
        options = Options(self.limit, self.half, workers, gold if self.spans else None)
        return run(self.kind, inputs, None, gold, options) or {}


def _halves(name: str, kind: str, stem: str, figures: Sequence[str], *, spans: bool = False) -> tuple[Measure, ...]:
    files = (f"dev/{stem}.input.jsonl", f"dev/{stem}.gold.jsonl")
    return tuple(
        Measure(f"{name}.{half}", kind, *files, tuple(figures), half=half, spans=spans) for half in ("even", "odd")
    )


def _cut(name: str, kind: str, stem: str, figures: Sequence[str], limit: int | None, *, spans: bool = False) -> Measure:
    files = (f"dev/{stem}.input.jsonl", f"dev/{stem}.gold.jsonl")
    return Measure(name, kind, *files, tuple(figures), limit=limit, spans=spans)


DYADS = ("root_f1", "quad_f1", "binary_f1")
STATEMENTS = ("source_exact_f1", "cue_exact_f1", "content_exact_f1", "content_chars_f1", "linked_f1")
TIMES = ("strict_f1", "relaxed_f1", "type_f1", "value_f1")
PLACES = ("acc161", "country_accuracy", "recognition_f1")
RESOLVED = ("acc161", "country_accuracy")
PARSE = ("upos_f1", "uas_f1", "las_f1")
NER = ("span_f1", "per_f1", "loc_f1", "org_f1")
EWT, GUM = "train/ud_ewt/en_ewt-ud-dev.conllu", "train/ud_gum/en_gum-permissive-dev.conllu"
UNER = "train/uner_ewt/en_ewt-ud-dev.iob2"
PAGES = "dev/article-extraction"

READINGS = (
    "actors_found", "mentions_linked", "actor_country", "times_valued", "places_resolved", "events_typed",
    "events_roles", "events_status", "events_whole", "events_precision", "statements_found", "statements_precision",
    "speakers", "acts", "content_char_f1", "agenda_found", "agenda_precision",
)  # fmt: skip
# Sets of our own, written blind: the examples are read for errors, `evaluation/readings` is only measured
OURS: tuple[Measure, ...] = (
    Measure("examples", "readings", "examples", "examples", READINGS, ours=True),
    Measure("held_out_readings", "readings", "evaluation/readings", "evaluation/readings", READINGS, ours=True),
    *(
        Measure(f"house_{name}", kind, f"evaluation/house/{name}.input.jsonl", f"evaluation/house/{name}.gold.jsonl",
                figures, ours=True)
        for name, kind, figures in (
            ("dyads", "dyads", DYADS), ("times", "times", TIMES), ("dating", "dating", ("exact", "precision")),
        )
    ),
)  # fmt: skip

# Small enough for about ten minutes on one core
PINNED: tuple[Measure, ...] = (
    _cut("plv", "dyads", "plv/plv", DYADS, None),
    _cut("aw", "dyads", "plv/aw", ("binary_f1",), 400),
    _cut("polnear_dev", "statements", "polnear/polnear_dev", STATEMENTS, 40),
    _cut("timebank", "times", "timebank/timebank", TIMES, 128),
    _cut("lgl", "places", "geo/lgl_dev", PLACES, 120),
    _cut("lgl_spans", "places", "geo/lgl_dev", RESOLVED, 120, spans=True),
    _cut("gwn", "places", "geo/gwn_dev", PLACES, None),
    _cut("metonymy", "metonymy", "metonymy/relocar", ("accuracy",), None),
    Measure("ewt_dev", "parse", EWT, EWT, PARSE, limit=1000),
    Measure("gum_dev", "parse", GUM, GUM, PARSE),
    Measure("uner_dev", "ner", UNER, UNER, NER, limit=1000),
    Measure("pages", "extraction", PAGES, None, ("page_f1",), limit=90),
    *OURS,
)
# Everything, in the parts whose errors may and may not be read
SHOWN: tuple[Measure, ...] = (
    *_halves("plv", "dyads", "plv/plv", DYADS),
    *_halves("aw", "dyads", "plv/aw", ("binary_f1",)),
    _cut("polnear.train", "statements", "polnear/polnear_train", STATEMENTS, 120),
    _cut("polnear.dev", "statements", "polnear/polnear_dev", STATEMENTS, None),
    *_halves("timebank", "times", "timebank/timebank", TIMES),
    *_halves("dating", "dating", "timebank/timebank", ("exact", "within_week", "precision")),
    *_halves("lgl", "places", "geo/lgl_dev", PLACES),
    *_halves("lgl_spans", "places", "geo/lgl_dev", RESOLVED, spans=True),
    *_halves("gwn", "places", "geo/gwn_dev", PLACES),
    _cut("metonymy", "metonymy", "metonymy/relocar", ("accuracy", "macro_f1"), None),
    Measure("ewt.dev", "parse", EWT, EWT, (*PARSE, "sentence_f1")),
    Measure("gum.dev", "parse", GUM, GUM, (*PARSE, "sentence_f1")),
    Measure("uner.dev", "ner", UNER, UNER, NER),
    Measure("pages", "extraction", PAGES, None, ("page_p", "page_r", "page_f1")),
    *OURS,
)
