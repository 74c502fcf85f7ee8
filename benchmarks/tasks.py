"""What is timed: each task loads what it needs, then reads the same words again and again."""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

EXAMPLES = Path(__file__).parent.parent / "examples"
Task = Callable[[list[str]], Callable[[], None]]


def reading(texts: list[str]) -> Callable[[], None]:
    """raw text to Reading"""
    from dragoman.pipeline import load_pipeline
    from dragoman.sources import make_article

    pipeline = load_pipeline()

    def work() -> None:
        for text in texts:
            pipeline.read(make_article(text, date="2026-11-20"))

    return work


def annotating(texts: list[str]) -> Callable[[], None]:
    """raw text to spaCy Doc (our encoder)"""
    from dragoman.annotate import load_annotator
    from dragoman.sources import make_article

    annotator = load_annotator()
    articles = [make_article(text) for text in texts]

    def work() -> None:
        for article in articles:
            annotator.annotate(article)

    return work


def spacy_cnn(texts: list[str]) -> Callable[[], None]:
    """raw text to spaCy Doc (spaCy CNN sized like en_core_web_sm, untrained: speed only)"""
    import spacy

    nlp = spacy.blank("en")
    tok2vec = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
    nlp.add_pipe("tok2vec")
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": tok2vec}})
    for name, state in (("parser", "parser"), ("ner", "ner")):
        model = {
            "@architectures": "spacy.TransitionBasedParser.v2", "state_type": state, "extra_state_tokens": False,
            "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "nO": None, "tok2vec": tok2vec,
        }  # fmt: skip
        nlp.add_pipe(name, config={"model": model})
    for tag in ("NN", "VB", "JJ", "DT", "IN"):
        nlp.get_pipe("tagger").add_label(tag)
    for label in ("nsubj", "obj", "obl", "det", "ROOT", "amod", "case", "nmod"):
        nlp.get_pipe("parser").add_label(label)
    for label in ("PER", "ORG", "LOC"):
        nlp.get_pipe("ner").add_label(label)
    nlp.initialize()

    def work() -> None:
        for _ in nlp.pipe(texts):
            pass

    return work


TASKS: dict[str, Task] = {"reading": reading, "annotating": annotating, "spacy_cnn": spacy_cnn}


def measure(task: Task, rounds: int, copies: int = 4) -> dict[str, float]:
    """Words a second over the examples, `copies` times in each round, and the peak memory of this process in MiB."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))] * copies
    words = sum(len(text.split()) for text in texts)
    work = task(texts)
    work()
    speeds = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        speeds.append(words / (time.perf_counter() - begin))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"words_per_s": statistics.median(speeds), "slowest": min(speeds), "fastest": max(speeds), "peak_mib": peak}


if __name__ == "__main__":
    print(json.dumps(measure(TASKS[sys.argv[1]], int(sys.argv[2]))))
