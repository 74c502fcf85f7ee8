"""The training loop: one optimiser, fixed seeds, a checkpoint after every pass and every few minutes, resume from the
last.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from dragoman.annotate.wordpieces import WordPieces
from training.model import NEG, Parser, Shape, load_trunk
from training.windows import IGNORE, Batch, Coded, Labels, one_pass

TRUNK_RATE = 2e-4
HEAD_RATE = 1.5e-3
WARM_UP = 200
FLOOR = 0.02
"""The learning rate ends at this share of its peak."""
CHECKPOINT_STEPS = 150
MEMORY = 0.998
"""Share of the running mean of the weights that each step keeps; the mean is what ships."""
SHARE = 0.3
"""A loss that few words of a batch have is divided by at least this share of the words."""


class Plan(msgspec.Struct, frozen=True):
    """What to train: number of passes, seed, threads, and where checkpoints go."""

    passes: int
    seed: int
    folder: Path
    threads: int = 1
    resume: bool = False
    limit_steps: int = 0


def _mean(loss: Tensor, on: Tensor) -> Tensor:
    return (loss * on).sum() / torch.clamp(on.sum(), min=SHARE * on.numel() * 0.5)


def _entropy(scores: Tensor, gold: Tensor) -> Tensor:
    flat = F.cross_entropy(scores.float().flatten(0, -2), gold.flatten(), ignore_index=IGNORE, reduction="none")
    return _mean(flat, (gold.flatten() != IGNORE).float())


def arc_mask(sentence: Tensor) -> Tensor:
    """Additive mask [B, N, N + 1]: heads lie in the same sentence or are the root."""
    same = (sentence.unsqueeze(2) == sentence.unsqueeze(1)) & (sentence.unsqueeze(1) >= 0)
    root = torch.ones_like(same[:, :, :1])
    return (~torch.cat([root, same], 2)).float() * NEG


def _relation_loss(scores: Tensor, gold: Tensor, words: Tensor) -> Tensor:
    if not len(gold):
        return words * 0.0
    summed = F.cross_entropy(scores.float(), gold, reduction="sum")
    return summed / torch.clamp(words * SHARE, min=float(len(gold)))


def losses(parser: Parser, batch: Batch) -> dict[str, Tensor]:
    """The loss of every task on one batch."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = parser(batch.pieces, batch.piece_shapes, batch.first, batch.last, batch.word_shapes)
        rows, cols = torch.nonzero(
            (batch.heads != IGNORE) & (batch.deps != IGNORE) & (batch.sentence >= 0), as_tuple=True
        )
        heads = batch.heads[rows, cols]
        relations = parser.relations(out.rel_dep[rows, cols], out.rel_head[rows, heads])
    start_on = (batch.start != IGNORE).float()
    start = F.binary_cross_entropy_with_logits(out.start.float(), batch.start.clamp(min=0).float(), reduction="none")
    real = (batch.sentence >= 0).float()
    names = torch.log_softmax(out.ner.float(), -1)
    allowed = torch.logsumexp(names + (1 - batch.allowed) * NEG, -1)
    words = torch.clamp(real.sum(), min=1.0)
    return {
        "arc": _entropy(out.arcs.float() + arc_mask(batch.sentence), batch.heads),
        "rel": _relation_loss(relations, batch.deps[rows, cols], words),
        "upos": _entropy(out.upos, batch.upos),
        "xpos": _entropy(out.xpos, batch.xpos),
        "ner": -(allowed * real).sum() / words,
        "start": _mean(start, start_on),
    }  # fmt: skip


WEIGHTS = {"arc": 1.0, "rel": 1.0, "upos": 0.5, "xpos": 0.5, "ner": 1.5, "start": 0.5}


def _optimiser(parser: Parser) -> torch.optim.AdamW:
    trunk: list[nn.Parameter] = []
    heads: list[nn.Parameter] = []
    for name, parameter in parser.named_parameters():
        inside = name.startswith(("layers.", "embedding.")) and "shapes" not in name
        (trunk if inside else heads).append(parameter)
    groups = [{"params": trunk, "lr": TRUNK_RATE}, {"params": heads, "lr": HEAD_RATE}]
    # Fused: the plain CPU optimiser took a third of the step.
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)


def _share(step: int, total: int) -> float:
    if step < WARM_UP:
        return (step + 1) / WARM_UP
    return max(FLOOR, 1 - (1 - FLOOR) * (step - WARM_UP) / max(1, total - WARM_UP))


def _save(path: Path, parser: Parser, optimiser: torch.optim.Optimizer, mean: list[Tensor], at: dict[str, int]) -> None:
    state = {"parser": parser.state_dict(), "optimiser": optimiser.state_dict(), "mean": mean, "at": at}
    temporary = path.with_suffix(".tmp")
    torch.save(state, temporary)
    temporary.replace(path)


def new_parser(labels: Labels, base: Path) -> Parser:
    """A fresh network on the published trunk."""
    shape = Shape(upos=len(labels.upos), xpos=len(labels.xpos), deps=len(labels.deps), ner=len(labels.ner))
    parser = Parser(shape)
    with torch.no_grad():
        load_trunk(parser, base)
    return parser


def train(coded: Sequence[Coded], labels: Labels, wordpieces: WordPieces, base: Path, plan: Plan) -> Parser:
    """Train for `plan.passes` passes; writes `checkpoint.pt` and a line of `log.jsonl` every 25 steps."""
    torch.manual_seed(plan.seed)
    torch.set_num_threads(plan.threads)
    plan.folder.mkdir(parents=True, exist_ok=True)
    parser, at = new_parser(labels, base), {"pass": 0, "batch": 0, "step": 0}
    optimiser = _optimiser(parser)
    mean = [p.detach().clone() for p in parser.parameters()]
    checkpoint = plan.folder / "checkpoint.pt"
    if plan.resume and checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        parser.load_state_dict(state["parser"])
        optimiser.load_state_dict(state["optimiser"])
        mean, at = [m.detach() for m in state["mean"]], state["at"]
        torch.manual_seed(plan.seed + at["step"])
    total = sum(one_pass(coded, wordpieces, plan.seed + number)[0] for number in range(plan.passes))
    for number in range(at["pass"], plan.passes):
        _run_pass(parser, optimiser, mean, one_pass(coded, wordpieces, plan.seed + number)[1], at, total, plan)
        at = {"pass": number + 1, "batch": 0, "step": at["step"]}
        _save(checkpoint, parser, optimiser, mean, at)
        if plan.limit_steps and at["step"] >= plan.limit_steps:
            break
    return parser.eval()


def _run_pass(
    parser: Parser,
    optimiser: torch.optim.Optimizer,
    mean: list[Tensor],
    stream: Iterator[Batch],
    at: dict[str, int],
    total: int,
    plan: Plan,
) -> None:
    parser.train()
    began, pieces = time.monotonic(), 0
    sums: dict[str, float] = {}
    for number, batch in enumerate(stream):
        if number < at["batch"]:
            continue
        for group, peak in zip(optimiser.param_groups, (TRUNK_RATE, HEAD_RATE), strict=True):
            group["lr"] = peak * _share(at["step"], total)
        parts = losses(parser, batch)
        loss = sum((WEIGHTS[name] * part for name, part in parts.items()), torch.zeros(()))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(parser.parameters(), 1.0)
        optimiser.step()
        # A young mean forgets faster, so that the first weights do not linger.
        forget = 1 - min(MEMORY, (at["step"] + 1) / (at["step"] + 10))
        with torch.no_grad():
            torch._foreach_lerp_(mean, list(parser.parameters()), forget)
        at["step"] += 1
        at["batch"] = number + 1
        pieces += batch.pieces.numel()
        for name, part in parts.items():
            sums[name] = 0.95 * sums.get(name, float(part.detach())) + 0.05 * float(part.detach())
        if at["step"] % 25 == 0:
            seconds = time.monotonic() - began
            row = {
                "step": at["step"],
                "of": total,
                "pieces_s": round(pieces / seconds),
                **{k: round(v, 4) for k, v in sums.items()},
            }
            with (plan.folder / "log.jsonl").open("a") as file:
                file.write(json.dumps(row) + "\n")
        if at["step"] % CHECKPOINT_STEPS == 0:
            _save(plan.folder / "checkpoint.pt", parser, optimiser, mean, at)
        if plan.limit_steps and at["step"] >= plan.limit_steps:
            return


def load_parser(checkpoint: Path, labels: Labels, base: Path) -> Parser:
    """The network of a checkpoint, ready to be exported."""
    parser = new_parser(labels, base)
    state = torch.load(checkpoint, weights_only=True)
    parser.load_state_dict(state["parser"])
    with torch.no_grad():
        for parameter, mean in zip(parser.parameters(), state["mean"], strict=True):
            parameter.copy_(mean)
    return parser.eval()
