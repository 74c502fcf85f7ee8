"""The network: a MiniLM-L6 trunk with one head for every layer of annotation (Dozat & Manning 2017 for arcs and
relations).
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

NEG = -1e4
"""Masked score: large against every score, and safe in half precision."""


class Shape(msgspec.Struct, frozen=True):
    """Sizes of the network."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    attention_heads: int = 12
    inner: int = 1536
    positions: int = 512
    shapes: int = 8
    shape_width: int = 32
    arcs: int = 256
    relations: int = 96
    ner_hidden: int = 192
    upos: int = 17
    xpos: int = 50
    deps: int = 50
    ner: int = 13


class Layer(nn.Module):
    """One post-norm BERT layer without dropout inside the attention."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.attention_heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm1 = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm2 = nn.LayerNorm(shape.width, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, t, w = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        # Spelled out: torch's fused attention is slower here, and the exported products must stay in float.
        scores = torch.matmul(q * (w // self.heads) ** -0.5, k.transpose(-1, -2)) + mask
        mixed = torch.matmul(torch.softmax(scores, dim=-1), v)
        x = self.norm1(x + self.out(mixed.transpose(1, 2).reshape(b, t, w)))
        y: Tensor = self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))
        return y


class Embedding(nn.Module):
    """Pieces, positions and the shape of the piece's word; shapes start at zero, so the trunk starts as published."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.pieces = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.shapes = nn.Embedding(shape.shapes, shape.width)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, pieces: Tensor, piece_shapes: Tensor) -> Tensor:
        x = self.pieces(pieces) + self.positions.weight[: pieces.shape[1]] + self.shapes(piece_shapes)
        y: Tensor = self.drop(self.norm(x))
        return y


class Mix(nn.Module):
    """Learned weighted mean of the layers (Peters et al. 2018)."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.zeros(layers))
        self.scale = nn.Parameter(torch.ones(1))

    def forward(self, states: list[Tensor]) -> Tensor:
        share = torch.softmax(self.weights, dim=0)
        return self.scale * sum((share[i] * s for i, s in enumerate(states)), torch.zeros_like(states[0]))


def words_of(x: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """Mean of the first and last piece of every word: [B, T, W] and two [B, N] -> [B, N, W]."""
    size = (-1, -1, x.shape[-1])
    return 0.5 * (x.gather(1, first.unsqueeze(-1).expand(size)) + x.gather(1, last.unsqueeze(-1).expand(size)))


def project(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inputs, outputs), nn.LeakyReLU(0.1), nn.Dropout(0.25))


class Vectors(msgspec.Struct):
    """What one pass gives: scores by word, and the vectors from which relations are scored later."""

    upos: Tensor
    xpos: Tensor
    ner: Tensor
    start: Tensor
    arcs: Tensor
    rel_dep: Tensor
    rel_head: Tensor


class Parser(nn.Module):
    """All layers of annotation in one pass."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = Embedding(shape)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.mix = Mix(shape.layers + 1)
        self.mix_ner = Mix(shape.layers + 1)
        self.word_shapes = nn.Embedding(shape.shapes, shape.shape_width)
        wide = shape.width + shape.shape_width
        self.drop = nn.Dropout(0.25)
        self.upos = nn.Linear(wide, shape.upos)
        self.xpos = nn.Linear(wide, shape.xpos)
        self.start = nn.Linear(wide, 1)
        self.ner = nn.Sequential(project(wide, shape.ner_hidden), nn.Linear(shape.ner_hidden, shape.ner))
        self.arc_dep = project(wide, shape.arcs)
        self.arc_head = project(wide, shape.arcs)
        self.arc_weight = nn.Linear(shape.arcs, shape.arcs)
        self.arc_bias = nn.Linear(shape.arcs, 1)
        self.rel_dep = project(wide, shape.relations)
        self.rel_head = project(wide, shape.relations)
        self.rel_weight = nn.Linear(shape.relations, shape.deps * shape.relations)
        self.rel_bias = nn.Linear(2 * shape.relations, shape.deps)
        nn.init.normal_(self.arc_weight.weight, std=shape.arcs**-0.5 / 4)
        nn.init.normal_(self.rel_weight.weight, std=shape.relations**-0.5 / 4)
        nn.init.zeros_(self.rel_weight.bias)

    def trunk(self, pieces: Tensor, piece_shapes: Tensor) -> list[Tensor]:
        mask = (pieces == 0).to(torch.float32)[:, None, None, :] * NEG
        states = [self.embedding(pieces, piece_shapes)]
        for layer in self.layers:
            states.append(layer(states[-1], mask.to(states[-1].dtype)))
        return states

    def forward(
        self, pieces: Tensor, piece_shapes: Tensor, first: Tensor, last: Tensor, word_shapes: Tensor
    ) -> Vectors:
        """Pieces [B, T] with CLS at 0; words [B, N]. Arc scores are [B, N, N + 1]: column 0 is the root."""
        states = self.trunk(pieces, piece_shapes)
        mixed, shapes = self.mix(states), self.word_shapes(word_shapes)
        words = self.drop(torch.cat([words_of(mixed, first, last), shapes], -1))
        names = self.drop(torch.cat([words_of(self.mix_ner(states), first, last), shapes], -1))
        root = torch.cat([mixed[:, :1], torch.zeros_like(shapes[:, :1])], -1)
        heads = torch.cat([root, words], 1)
        head_vectors = self.arc_head(heads)
        dep_vectors = self.arc_weight(self.arc_dep(words))
        arcs = torch.matmul(dep_vectors, head_vectors.transpose(1, 2)) + self.arc_bias(head_vectors).transpose(1, 2)
        return Vectors(
            upos=self.upos(words),
            xpos=self.xpos(words),
            ner=self.ner(names),
            start=self.start(words).squeeze(-1),
            arcs=arcs,
            rel_dep=self.rel_dep(words),
            rel_head=self.rel_head(heads),
        )

    def relations(self, rel_dep: Tensor, rel_head: Tensor) -> Tensor:
        """Scores [M, D] of the relations between M dependants and their heads, both [M, R]."""
        bent = self.rel_weight(rel_dep).view(-1, self.shape.deps, self.shape.relations)
        scores = (bent * rel_head.unsqueeze(1)).sum(-1)
        y: Tensor = scores + self.rel_bias(torch.cat([rel_dep, rel_head], -1))
        return y


def load_trunk(parser: Parser, folder: Path) -> None:
    """Copy the published MiniLM weights (`model.safetensors`) into the trunk."""
    from safetensors.torch import load_file

    state = load_file(folder / "model.safetensors")
    own = parser.state_dict()

    def put(name: str, value: Tensor) -> None:
        assert own[name].shape == value.shape, name
        own[name].copy_(value)

    put("embedding.pieces.weight", state["embeddings.word_embeddings.weight"])
    kind = state["embeddings.token_type_embeddings.weight"][0]
    put("embedding.positions.weight", state["embeddings.position_embeddings.weight"] + kind)
    for part in ("weight", "bias"):
        put(f"embedding.norm.{part}", state[f"embeddings.LayerNorm.{part}"])
        for i in range(parser.shape.layers):
            base = f"encoder.layer.{i}"
            qkv = [state[f"{base}.attention.self.{n}.{part}"] for n in ("query", "key", "value")]
            put(f"layers.{i}.qkv.{part}", torch.cat(qkv))
            put(f"layers.{i}.out.{part}", state[f"{base}.attention.output.dense.{part}"])
            put(f"layers.{i}.norm1.{part}", state[f"{base}.attention.output.LayerNorm.{part}"])
            put(f"layers.{i}.up.{part}", state[f"{base}.intermediate.dense.{part}"])
            put(f"layers.{i}.down.{part}", state[f"{base}.output.dense.{part}"])
            put(f"layers.{i}.norm2.{part}", state[f"{base}.output.LayerNorm.{part}"])
