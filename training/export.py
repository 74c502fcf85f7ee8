"""From a trained network to the files that ship: two int8 graphs, vocabulary, labels and lemma table."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

import msgspec
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from dragoman.annotate.encoder import Config
from dragoman.annotate.lemmas import LemmaTable
from training.model import Parser
from training.windows import Labels

OPSET = 17
ENCODER_OUTPUTS = ("upos", "xpos", "ner", "start", "arcs", "rel_dep", "rel_head")
ENCODER_INPUTS = ("pieces", "piece_shapes", "first", "last", "word_shapes")


class ByteEmbedding(nn.Module):
    """An embedding table as bytes with a scale for each row: a quarter of the size."""

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        weight = table.weight.detach()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("table", torch.round(weight / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        table, scale = self.get_buffer("table"), self.get_buffer("scale")
        return torch.nn.functional.embedding(ids, table).float() * torch.nn.functional.embedding(ids, scale)


class EncoderGraph(nn.Module):
    """The network as the exporter sees it: tensors in, a tuple of tensors out."""

    def __init__(self, parser: Parser) -> None:
        super().__init__()
        self.parser = parser

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        out = self.parser(*inputs)
        return tuple(getattr(out, name) for name in ENCODER_OUTPUTS)


class RelationGraph(nn.Module):
    """The relation head alone."""

    def __init__(self, parser: Parser) -> None:
        super().__init__()
        self.parser = parser

    def forward(self, rel_dep: Tensor, rel_head: Tensor) -> Tensor:
        return self.parser.relations(rel_dep, rel_head)


def _quantise(source: Path, target: Path) -> None:
    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul", "Gemm"],
        per_channel=True,
        reduce_range=False,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )


def _to_onnx(
    module: nn.Module,
    example: tuple[Tensor, ...],
    target: Path,
    inputs: tuple[str, ...],
    outputs: tuple[str, ...],
    axes: dict[str, dict[int, str]],
) -> None:
    torch.onnx.export(
        module,
        example,
        str(target),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )


def export_graphs(parser: Parser, target: Path) -> None:
    """Write `encoder.onnx` and `relations.onnx`: int8 weights, float attention products, byte embeddings."""
    parser = parser.eval()
    parser.embedding.pieces = ByteEmbedding(parser.embedding.pieces)  # type: ignore[assignment]
    ids = torch.ones(2, 9, dtype=torch.int64)
    words = torch.ones(2, 5, dtype=torch.int64)
    axes = {"pieces": {0: "B", 1: "T"}, "piece_shapes": {0: "B", 1: "T"}}
    axes |= {name: {0: "B", 1: "N"} for name in ("first", "last", "word_shapes", *ENCODER_OUTPUTS)}
    axes |= {"arcs": {0: "B", 1: "N", 2: "M"}, "rel_head": {0: "B", 1: "M"}}
    size = parser.shape.relations
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        raw = Path(folder) / "raw.onnx"
        _to_onnx(EncoderGraph(parser), (ids, ids, words, words, words), raw, ENCODER_INPUTS, ENCODER_OUTPUTS, axes)
        _quantise(raw, target / "encoder.onnx")
        pair = (torch.zeros(3, size), torch.zeros(3, size))
        rows = {name: {0: "M"} for name in ("rel_dep", "rel_head", "scores")}
        _to_onnx(RelationGraph(parser), pair, raw, ("rel_dep", "rel_head"), ("scores",), rows)
        _quantise(raw, target / "relations.onnx")
    for name in ("encoder.onnx", "relations.onnx"):
        onnx.checker.check_model(str(target / name))


def digest_of(folder: Path) -> str:
    """First 12 hexadecimal digits of the SHA-256 over both graphs: the version of the weights."""
    whole = hashlib.sha256()
    for name in ("encoder.onnx", "relations.onnx"):
        whole.update((folder / name).read_bytes())
    return whole.hexdigest()[:12]


def export(
    parser: Parser,
    labels: Labels,
    lemmas: LemmaTable,
    features: dict[str, str],
    base: Path,
    target: Path,
) -> str:
    """Write the whole model folder; answers its version."""
    target.mkdir(parents=True, exist_ok=True)
    export_graphs(parser, target)
    shutil.copyfile(base / "vocab.txt", target / "vocab.txt")
    (target / "lemmas.json").write_bytes(msgspec.json.encode(lemmas, order="deterministic"))
    version = digest_of(target)
    config = Config(version, labels.upos, labels.xpos, labels.deps, labels.ner, features)
    (target / "labels.json").write_bytes(msgspec.json.format(msgspec.json.encode(config), indent=1))
    return version
