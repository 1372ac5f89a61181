"""The file that ships, written node by node: eight-bit products, fused attention, nothing that is not needed.

Exporting through torch leaves the mask's arithmetic and unfused attention in every layer, and onnxruntime's
SkipLayerNormalization takes six times as long as an addition and a LayerNormalization. Written by hand, the
model's time comes down by a quarter, to a third more than that of its matrix products alone
(`python -m benchmarks --only portrayal`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .network import Portrayer

_MOST = 127
_OURS = "com.microsoft"

Linear = Callable[..., tuple[np.ndarray, np.ndarray]]


class Graph:
    """An ONNX graph under construction: each method adds nodes and returns the name of what they give."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.held: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        """Keep an array in the file."""
        self.held.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        """Add an operation with one output."""
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output

    def product(self, given: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """``given`` times ``weight`` ``[in, out]`` plus ``bias``, in eight bits, each column with its own scale."""
        scale = np.maximum(np.abs(weight).max(axis=0), 1e-12) / _MOST
        whole = np.clip(np.rint(weight / scale), -_MOST, _MOST).astype(np.int8)
        return self.node(
            "DynamicQuantizeMatMul",
            [
                given,
                self.constant(f"{name}.weight", whole),
                self.constant(f"{name}.scale", scale.astype(np.float32)),
                self.constant(f"{name}.zero", np.zeros(len(scale), np.int8)),
                self.constant(f"{name}.bias", bias.astype(np.float32)),
            ],
            name,
            _OURS,
        )

    def table(self, rows: str, name: str, weight: np.ndarray) -> str:
        """Look up ``rows`` in ``weight`` ``[n, width]``, kept in eight bits, each row with its own scale."""
        scale = np.maximum(np.abs(weight).max(axis=1, keepdims=True), 1e-12) / _MOST
        whole = np.clip(np.rint(weight / scale), -_MOST, _MOST).astype(np.int8)
        picked = self.node("Gather", [self.constant(f"{name}.weight", whole), rows], f"{name}.picked")
        real = self.node("Cast", [picked], f"{name}.real", to=TensorProto.FLOAT)
        by = self.node(
            "Gather", [self.constant(f"{name}.scale", scale.astype(np.float32)), rows], f"{name}.by"
        )
        return self.node("Mul", [real, by], name)

    def norm(self, given: str, name: str, weight: np.ndarray, bias: np.ndarray, epsilon: float) -> str:
        """Layer normalisation over the last axis."""
        inputs = [given, self.constant(f"{name}.weight", weight), self.constant(f"{name}.bias", bias)]
        return self.node("LayerNormalization", inputs, name, axis=-1, epsilon=epsilon)


def written(model: Portrayer, temperature: float, bias: np.ndarray) -> onnx.ModelProto:
    """The network as an ONNX model: ``tokens`` and ``mask`` ``[n, length]`` to ``probabilities`` ``[n, 3]``."""
    config = model.encoder.config
    state = {name: value.detach().float().cpu().numpy() for name, value in model.state_dict().items()}
    width, heads, epsilon = config.hidden_size, config.num_attention_heads, config.layer_norm_eps
    g = Graph()

    def linear(*names: str) -> tuple[np.ndarray, np.ndarray]:
        """Weights ``[in, out]`` and biases of linear layers, side by side."""
        weights = np.concatenate([state[f"{name}.weight"].T for name in names], axis=1)
        return weights, np.concatenate([state[f"{name}.bias"] for name in names])

    def normed(given: str, name: str, of: str) -> str:
        return g.norm(given, name, state[f"{of}.weight"], state[f"{of}.bias"], epsilon)

    stem = "encoder.embeddings"
    words = g.table("tokens", "words", state[f"{stem}.word_embeddings.weight"])
    # All words are of the first type, so that its embedding is part of each place's.
    places = state[f"{stem}.position_embeddings.weight"] + state[f"{stem}.token_type_embeddings.weight"][:1]
    length = g.node("Shape", ["tokens"], "length", start=1, end=2)
    zero = g.constant("zero", np.array([0], np.int64))
    here = g.node("Slice", [g.constant("places", places), zero, length, zero], "here")
    seen = normed(g.node("Add", [words, here], "embedded"), "embeddings", f"{stem}.LayerNorm")
    keys = g.node("Cast", ["mask"], "keys", to=TensorProto.INT32)
    thirds = g.constant("thirds", np.full(3, width, np.int64))
    for layer in range(config.num_hidden_layers):
        at, of = f"layer{layer}", f"encoder.encoder.layer.{layer}"
        mixed = [f"{of}.attention.self.{part}" for part in ("query", "key", "value")]
        both = g.product(seen, f"{at}.mixed", *linear(*mixed))
        parts = [f"{at}.{part}" for part in ("query", "key", "value")]
        g.nodes.append(helper.make_node("Split", [both, thirds], parts, axis=-1))
        heard = g.node("MultiHeadAttention", [*parts, "", keys], f"{at}.heard", _OURS, num_heads=heads)
        told = g.product(heard, f"{at}.told", *linear(f"{of}.attention.output.dense"))
        seen = normed(
            g.node("Add", [told, seen], f"{at}.sum"), f"{at}.attended", f"{of}.attention.output.LayerNorm"
        )
        wide = g.product(seen, f"{at}.wide", *linear(f"{of}.intermediate.dense"))
        bent = g.node("Gelu", [wide], f"{at}.bent", _OURS)
        back = g.product(bent, f"{at}.back", *linear(f"{of}.output.dense"))
        seen = normed(g.node("Add", [back, seen], f"{at}.end"), f"{at}.done", f"{of}.output.LayerNorm")
    _head(g, seen, model, linear, temperature, bias)
    ints = {
        name: helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "length"])
        for name in ("tokens", "mask")
    }
    out = helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["n", 3])
    graph = helper.make_graph(g.nodes, "portrayal", list(ints.values()), [out], g.held)
    versions = [helper.make_opsetid("", 17), helper.make_opsetid(_OURS, 1)]
    made = helper.make_model(graph, opset_imports=versions, producer_name="masthead", ir_version=8)
    onnx.checker.check_model(made)
    return made


def _head(
    g: Graph, seen: str, model: Portrayer, linear: Linear, temperature: float, bias: np.ndarray
) -> None:
    """The first state, the marked one and the mean, two layers in full precision, and calibrated shares."""
    first = g.node("Gather", [seen, g.constant("first", np.array(0, np.int64))], "first.state", axis=1)
    last = g.constant("last", np.array([-1], np.int64))
    where = g.node("Equal", ["tokens", g.constant("open", np.array(model.open_id, np.int64))], "marked")
    sums = []
    for name, mask in (("marker", where), ("all", "mask")):
        weight = g.node(
            "Unsqueeze",
            [
                g.node("Cast", [mask], f"{name}.real", to=TensorProto.FLOAT),
                g.constant(f"{name}.axis", np.array([1], np.int64)),
            ],
            f"{name}.weight",
        )
        # [n, 1, length] times [n, length, width]
        total = g.node("MatMul", [weight, seen], f"{name}.total")
        sums.append(
            (
                g.node(
                    "Squeeze", [total, g.constant(f"{name}.flat", np.array([1], np.int64))], f"{name}.sum"
                ),
                f"{name}.real",
            )
        )
    count = g.node("ReduceSum", [sums[1][1], last], "count", keepdims=1)
    mean = g.node("Div", [sums[1][0], count], "mean")
    both = g.node("Concat", [first, sums[0][0], mean], "both", axis=-1)
    weight, shift = linear("dense")
    hidden = g.node(
        "Tanh",
        [
            g.node(
                "Gemm", [both, g.constant("dense.weight", weight), g.constant("dense.bias", shift)], "dense"
            )
        ],
        "hidden",
    )
    weight, shift = linear("out")
    logits = g.node(
        "Gemm",
        [
            hidden,
            g.constant("out.weight", (weight / temperature).astype(np.float32)),
            g.constant("out.bias", (shift / temperature + bias).astype(np.float32)),
        ],
        "logits",
    )
    g.node("Softmax", [logits], "probabilities", axis=-1)
