"""The timed steps of portrayal: the shipped model, its parts, the machine's limit, and other ways to read."""

from __future__ import annotations

import json
import os
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

BATCH = 16
"""Sentences in a batch of the model that we compare with, as they come."""

_NAME = re.compile(r"(?<=\s)[A-Z]\w{2,}")
_WORD = re.compile(r"\w+")


def marked_sentences(archive: str, target: str, limit: int) -> dict[str, Any]:
    """Write sentences of an archive's articles, each with a word marked as a mention, to a file.

    They are drawn by hash, so that their lengths are mixed as in the articles.
    """
    import duckdb

    from masthead.reading.parsing.sentences import paragraphs, sentences, trim
    from masthead.reading.portrayal.marking import Name, mark

    query = f"SELECT text FROM '{archive}/articles/*.parquet' WHERE text IS NOT NULL ORDER BY md5(article_id)"
    texts: list[str] = []
    for (article,) in duckdb.sql(f"{query} LIMIT {limit}").fetchall():
        spans = [trim(article, *s) for p in paragraphs(article) for s in sentences(article, *p)]
        # The third of each article, or its last: not the openings, which are of one kind.
        start, end = spans[min(2, len(spans) - 1)]
        sentence = article[start:end]
        if mention := _NAME.search(sentence) or _WORD.search(sentence):
            texts.append(mark(sentence, Name(*mention.span(), "somebody")))
    Path(target).write_text(json.dumps(texts), encoding="utf-8")
    return {"n": len(texts)}


def shipped(texts: str, threads: int) -> dict[str, Any]:
    """Read sentences with the shipped model."""
    from masthead.reading.portrayal.shipped import ShippedClassifier

    given = _read(texts)
    classifier = ShippedClassifier(threads=threads)
    classifier.read(given[:64])
    took = _best(lambda: classifier.read(given))
    return {"seconds": took.wall, "cpu": took.cpu, "n": len(given)}


def shipped_parts(texts: str) -> dict[str, Any]:
    """Time the parts of the shipped model's work by themselves, on one core: tokenising, and the runtime.

    Of the runtime's time, the share of each kind of operation is as onnxruntime's own profile has it.
    """
    import numpy as np

    given = _read(texts)
    tokenizer, ids = _tokenised(given)
    tokenising = _best(lambda: tokenizer.encode_batch(given)).cpu
    arrays = [np.array([row], np.int64) for row in ids]
    feeds = [{"tokens": row, "mask": np.ones_like(row)} for row in arrays]
    with tempfile.TemporaryDirectory(prefix="masthead-bench-") as folder:
        plain = _session(_weights() / "model.onnx")
        running = _best(lambda: [plain.run(None, feed) for feed in feeds]).cpu
        profiled = _session(_weights() / "model.onnx", profile=str(Path(folder) / "profile"))
        for feed in feeds:
            profiled.run(None, feed)
        events = json.loads(Path(profiled.end_profiling()).read_text(encoding="utf-8"))
    spent: Counter[str] = Counter()
    for event in events:
        if event.get("cat") == "Node" and event["name"].endswith("kernel_time"):
            spent[event["args"]["op_name"]] += event["dur"]
    shares = {name: took / spent.total() for name, took in spent.most_common()}
    lengths = [len(row) for row in ids]
    return {
        "seconds": tokenising + running,
        "tokenising": tokenising,
        "running": running,
        "operations": shares,
        "tokens": sum(lengths),
        "padded": sum(BATCH * max(lengths[i : i + BATCH]) for i in range(0, len(lengths), BATCH)),
    }


def products(texts: str) -> dict[str, Any]:
    """Multiply matrices of the shapes and types that the shipped model multiplies, and nothing else, on one core.

    Once sentence by sentence as the model does, and once 1,024 tokens at a time, which is the most that a
    runtime without any other work could make of this machine. Attention's own products, of activations with
    each other, are left out: at these lengths they are a fiftieth.
    """
    import numpy as np
    import onnx

    held = onnx.load(_weights() / "model.onnx")
    matrices = {one.name: onnx.numpy_helper.to_array(one) for one in held.graph.initializer}
    weights = [
        matrices[name]
        for node in held.graph.node
        if node.op_type in _PRODUCTS
        for name in node.input
        if name in matrices and matrices[name].ndim == 2 and min(matrices[name].shape) > 3
    ]
    # The head of a quantised model multiplies a few floats once per sentence: nothing beside the layers.
    weights = [weight for weight in weights if weight.dtype == weights[0].dtype]
    session = _session(_only_products(weights))
    _, ids = _tokenised(_read(texts))
    rng = np.random.default_rng(1)
    whole = weights[0].dtype.kind == "i"

    def feed(tokens: int) -> dict[str, Any]:
        shapes = {f"from{weight.shape[0]}": (tokens, weight.shape[0]) for weight in weights}
        return {
            name: rng.integers(0, 256, shape).astype(np.uint8) if whole else rng.random(shape, np.float32)
            for name, shape in shapes.items()
        }

    lengths = [len(row) for row in ids]
    feeds = {length: feed(length) for length in set(lengths)}
    wide = feed(1024)
    alone = _best(lambda: [session.run(None, feeds[length]) for length in lengths]).cpu
    together = _best(lambda: session.run(None, wide)).cpu * sum(lengths) / 1024
    return {"seconds": alone, "together": together, "type": str(weights[0].dtype)}


_PRODUCTS = {"MatMul", "Gemm", "Attention", "MatMulInteger", "QAttention", "DynamicQuantizeMatMul"}


def _only_products(weights: Sequence[Any]) -> bytes:
    """Return an ONNX file whose nodes are products of a given matrix by each weight.

    Its output is the largest of one number of each product: what no output needs would not be computed.
    """
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    whole = weights[0].dtype.kind == "i"
    given, out = (TensorProto.UINT8, TensorProto.INT32) if whole else (TensorProto.FLOAT, TensorProto.FLOAT)
    inputs = {f"from{w.shape[0]}": w.shape[0] for w in weights}
    nodes, kept = [], [numpy_helper.from_array(np.array([0, 0], np.int64), "corner")]
    for at, weight in enumerate(weights):
        kept.append(numpy_helper.from_array(np.ascontiguousarray(weight), f"weight{at}"))
        operator = "MatMulInteger" if whole else "MatMul"
        nodes += [
            helper.make_node(operator, [f"from{weight.shape[0]}", f"weight{at}"], [f"product{at}"]),
            helper.make_node("GatherND", [f"product{at}", "corner"], [f"end{at}"]),
        ]
    ends = [f"end{at}" for at in range(len(weights))]
    nodes.append(helper.make_node("Max", ends, ["largest"]))
    graph = helper.make_graph(
        nodes,
        "products",
        [helper.make_tensor_value_info(name, given, ["tokens", size]) for name, size in inputs.items()],
        [helper.make_tensor_value_info("largest", out, [])],
        kept,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
    return bytes(model.SerializeToString())


def openvino(texts: str, limit: int) -> dict[str, Any]:
    """Run the shipped model's file in OpenVINO and in onnxruntime, on one core, sentence by sentence."""
    import numpy as np
    import openvino as ov

    _, ids = _tokenised(_read(texts)[:limit])
    feeds = [{"tokens": np.array([row], np.int64), "mask": np.ones((1, len(row)), np.int64)} for row in ids]
    core = ov.Core()
    settings = {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "PERFORMANCE_HINT": "LATENCY"}
    request = core.compile_model(_weights() / "model.onnx", "CPU", settings).create_infer_request()
    session = _session(_weights() / "model.onnx")
    ours = _best(lambda: [session.run(None, feed) for feed in feeds]).cpu
    theirs = _best(lambda: [request.infer(feed) for feed in feeds]).cpu
    return {"seconds": theirs, "ours": ours, "n": len(ids)}


def roberta(texts: str, threads: int, limit: int) -> dict[str, Any]:
    """Read sentences with a model of RoBERTa-base's shape in torch, float32, in padded batches as they come.

    Its weights are random, which takes as long as any; so are its token ids, made of our tokenizer's.
    """
    import torch
    from transformers import RobertaConfig, RobertaForSequenceClassification

    torch.set_num_threads(threads)
    given = _read(texts)[:limit]
    tokenizer, _ = _tokenised(given[:1])
    config = RobertaConfig(vocab_size=50_265, max_position_embeddings=514, type_vocab_size=1, num_labels=3)
    model = RobertaForSequenceClassification(config).eval()

    def read() -> None:
        with torch.inference_mode():
            for at in range(0, len(given), BATCH):
                ids = [row.ids[:512] for row in tokenizer.encode_batch(given[at : at + BATCH])]
                longest = max(map(len, ids))
                tokens = torch.full((len(ids), longest), config.pad_token_id)
                mask = torch.zeros_like(tokens)
                for row, one in enumerate(ids):
                    tokens[row, : len(one)] = 3 + torch.tensor(one) % 50_000
                    mask[row, : len(one)] = 1
                model(input_ids=tokens, attention_mask=mask).logits.softmax(dim=-1)

    took = _best(read, times=2)
    return {"seconds": took.wall, "cpu": took.cpu, "n": len(given)}


def _weights() -> Path:
    from masthead.reading.portrayal.shipped import WEIGHTS

    return WEIGHTS


def _read(texts: str) -> list[str]:
    given: list[str] = json.loads(Path(texts).read_text(encoding="utf-8"))
    return given


def _tokenised(texts: list[str]) -> tuple[Any, list[list[int]]]:
    """Return the shipped tokenizer and the texts' token ids."""
    from masthead.reading.portrayal.onnx import load_tokenizer

    os.environ["TOKENIZERS_PARALLELISM"] = "false"  # one core, as everything that is timed with it
    tokenizer = load_tokenizer(_weights() / "tokenizer.json.gz")
    return tokenizer, [encoding.ids[:256] for encoding in tokenizer.encode_batch(texts)]


def _session(model: Path | bytes, profile: str | None = None) -> Any:
    """Return an onnxruntime session on one core."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    if profile:
        options.enable_profiling, options.profile_file_prefix = True, profile
    given = model if isinstance(model, bytes) else str(model)
    return onnxruntime.InferenceSession(given, options, providers=["CPUExecutionProvider"])


class Best(NamedTuple):
    """The fastest of several runs: wall seconds, and processor seconds over all threads."""

    wall: float
    cpu: float


def _best(work: Callable[[], object], times: int = 3) -> Best:
    """Time some runs. Processor seconds of one core mean the same on a machine that is busy with other work."""
    walls, cpus = [], []
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return Best(min(walls), min(cpus))
