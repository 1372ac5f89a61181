"""From a trained network to the file that ships: calibrated inside, fused, and in eight-bit integers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from torch import nn

from .network import Portrayer


class Calibrated(nn.Module):
    """Probabilities instead of logits: softmax of ``logits / temperature + bias``."""

    def __init__(self, model: Portrayer, temperature: float, bias: np.ndarray) -> None:
        super().__init__()
        self.model = model
        self.temperature = temperature
        self.bias = nn.Parameter(torch.tensor(bias, dtype=torch.float32), requires_grad=False)

    def forward(self, tokens: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Probabilities ``[n, 3]``."""
        return torch.softmax(self.model(tokens, mask) / self.temperature + self.bias, dim=-1)


def export(model: Portrayer, temperature: float, bias: np.ndarray, folder: Path) -> Path:
    """Write ``whole.onnx`` (float32, fused) and ``model.onnx`` (int8) into ``folder``; return the latter."""
    folder.mkdir(parents=True, exist_ok=True)
    plain, whole, small = (folder / name for name in ("plain.onnx", "whole.onnx", "model.onnx"))
    ready = Calibrated(model.float().cpu().eval(), temperature, bias).eval()
    tokens = torch.randint(1000, 2000, (2, 17))
    tokens[:, 3] = model.open_id
    with torch.inference_mode():
        torch.onnx.export(
            ready,
            (tokens, torch.ones_like(tokens)),
            str(plain),
            input_names=["tokens", "mask"],
            output_names=["probabilities"],
            dynamic_axes={name: {0: "n", 1: "length"} for name in ("tokens", "mask")}
            | {"probabilities": {0: "n"}},
            opset_version=17,
            dynamo=False,
        )
    config = model.encoder.config
    fused = optimize_model(
        str(plain), "bert", num_heads=config.num_attention_heads, hidden_size=config.hidden_size, opt_level=1
    )
    fused.save_model_to_file(str(whole))
    quantize_dynamic(
        str(whole),
        str(small),
        per_channel=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Attention", "Gather", "EmbedLayerNormalization"],
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )
    plain.unlink()
    held = onnx.load(str(small))
    del held.metadata_props[:]
    held.producer_name, held.doc_string = "masthead", ""
    onnx.save(held, str(small))
    return small
