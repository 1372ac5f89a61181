"""Fine-tuning, resumable: a checkpoint every few minutes, and the same result whether or not it was cut."""

from __future__ import annotations

import contextlib
import json
import math
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from .data import batches, padded
from .network import Portrayer

AVERAGE_EVERY = 10
"""Steps between two additions to the moving average of the weights."""


@dataclass(frozen=True)
class Recipe:
    """How to fine-tune: everything that, with the data and the seed, decides the result."""

    epochs: int
    batch: int
    rate: float
    seed: int
    decay_by_layer: float = 1.0
    warmup: float = 0.1
    smoothing: float = 0.0
    guidance: float = 0.0  # what the teachers' features count beside their probabilities
    average: float = 0.0  # what the moving average of the weights keeps each time; 0 keeps the last weights
    checkpoint_every: float = 240.0


def device() -> torch.device:
    """The GPU where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def reduced() -> contextlib.AbstractContextManager[object]:
    """Matrix products in bfloat16 where the processor or the GPU has it."""
    where = device()
    fast = where.type == "cuda" or (torch.backends.mkldnn.is_available() and _has_bf16())
    return torch.autocast(where.type, dtype=torch.bfloat16, enabled=fast)


def _has_bf16() -> bool:
    info = Path("/proc/cpuinfo")
    return info.exists() and ("avx512_bf16" in (text := info.read_text()) or "amx_bf16" in text)


def predict(model: Portrayer, ids: list[list[int]], pad: int, size: int = 64) -> np.ndarray:
    """Logits ``[n, 3]`` of every row, in the order given."""
    return states(model, ids, pad, size)[0]


def states(model: Portrayer, ids: list[list[int]], pad: int, size: int = 64) -> tuple[np.ndarray, np.ndarray]:
    """Logits ``[n, 3]`` and features ``[n, width]``, in half precision, of every row."""
    model.eval()
    logits = np.zeros((len(ids), 3), dtype=np.float32)
    features = np.zeros((len(ids), model.out.in_features), dtype=np.float16)
    with torch.inference_mode(), reduced():
        for rows in batches([len(i) for i in ids], size, 0, shuffle=False):
            tokens, mask = padded([ids[r] for r in rows], pad)
            seen = model.features(tokens.to(device()), mask.to(device()))
            features[rows] = seen.float().cpu().numpy()
            logits[rows] = model.out(seen).float().cpu().numpy()
    return logits, features


def fit(
    model: Portrayer,
    ids: list[list[int]],
    targets: np.ndarray,
    weights: np.ndarray,
    pad: int,
    recipe: Recipe,
    folder: Path,
    watch: Callable[[Portrayer], dict[str, float]],
    guides: np.ndarray | None = None,
) -> Path:
    """Train towards ``targets`` ``[n, 3]`` (one-hot or a teacher's probabilities), each row with its weight.

    With ``guides`` ``[n, any width]``, what a teacher's head makes of each row, the student's features are also
    drawn to point, through a linear map that is thrown away afterwards, where the teacher's do.

    Writes ``folder/model.pt`` when done and returns it; a checkpoint beside it is taken up again. ``watch``
    scores the model after each epoch, for the log only.
    """
    done = folder / "model.pt"
    if done.exists():
        return done
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "recipe.json").write_text(json.dumps(asdict(recipe), indent=1))
    torch.manual_seed(recipe.seed)
    if guides is not None:
        model.guide = torch.nn.Linear(model.out.in_features, guides.shape[1])
    model.to(device())
    groups = _parameter_groups(model, recipe)
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    per_epoch = math.ceil(len(ids) / recipe.batch)
    total = per_epoch * recipe.epochs
    base = [group["lr"] for group in groups]
    average = {
        name: value.detach().clone() for name, value in model.named_parameters() if value.requires_grad
    }
    step = 0
    checkpoint = folder / "checkpoint.pt"
    if checkpoint.exists():
        kept = torch.load(checkpoint, map_location=device(), weights_only=True)
        model.load_state_dict(kept["model"])
        optimiser.load_state_dict(kept["optimiser"])
        average, step = kept["average"], kept["step"]
        torch.set_rng_state(kept["random"].cpu())
    lengths = [len(i) for i in ids]
    goal, weight = torch.tensor(targets, dtype=torch.float32), torch.tensor(weights, dtype=torch.float32)
    saved = time.monotonic()
    began, began_step, running = time.monotonic(), step, 0.0
    for epoch in range(step // per_epoch, recipe.epochs):
        plan = batches(lengths, recipe.batch, recipe.seed * 1000 + epoch)
        for rows in plan[step - epoch * per_epoch :]:
            model.train()
            share = _schedule(step / total, recipe.warmup)
            for group, rate in zip(optimiser.param_groups, base, strict=True):
                group["lr"] = rate * share
            tokens, mask = padded([ids[r] for r in rows], pad)
            with reduced():
                seen = model.features(tokens.to(device()), mask.to(device()))
                logits = model.out(model.dropout(seen))
            wanted = goal[rows].to(device())
            wanted = wanted * (1 - recipe.smoothing) + recipe.smoothing / 3
            each = -(wanted * functional.log_softmax(logits.float(), dim=-1)).sum(-1)
            if guides is not None:
                shown = torch.from_numpy(guides[rows].astype(np.float32)).to(device())
                apart = 1 - functional.cosine_similarity(model.guide(seen.float()), shown, dim=-1)
                each = each + recipe.guidance * apart
            loss = (each * weight[rows].to(device())).mean()
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            step += 1
            running += loss.item()
            if recipe.average and step % AVERAGE_EVERY == 0:
                keep = min(recipe.average, step / (step + 10 * AVERAGE_EVERY))
                with torch.no_grad():
                    for name, value in model.named_parameters():
                        if name in average:
                            average[name].lerp_(value.detach(), 1 - keep)
            if step % 50 == 0:
                pace = (time.monotonic() - began) / (step - began_step)
                _say(folder, f"step {step}/{total} loss {running / 50:.4f} {pace:.2f} s/step")
                running = 0.0
            if time.monotonic() - saved > recipe.checkpoint_every:
                _save(checkpoint, _state(model, optimiser, average, step))
                saved = time.monotonic()
        with _averaged(model, average if recipe.average else {}):
            _say(folder, f"epoch {epoch + 1}: {watch(model)}")
    with _averaged(model, average if recipe.average else {}):
        _save(done, {k: v for k, v in model.state_dict().items() if not k.startswith("guide.")})
    checkpoint.unlink(missing_ok=True)
    return done


def _parameter_groups(model: Portrayer, recipe: Recipe) -> list[dict[str, object]]:
    """One group per layer, lower layers learning more slowly."""
    depth = len(model.encoder.encoder.layer)
    groups: dict[int, list[torch.nn.Parameter]] = {}
    for name, value in model.named_parameters():
        if not value.requires_grad:
            continue
        if name.startswith("encoder.encoder.layer."):
            level = int(name.split(".")[3]) + 1
        else:
            level = 0 if name.startswith("encoder.embeddings") else depth + 1
        groups.setdefault(level, []).append(value)
    return [
        {"params": values, "lr": recipe.rate * recipe.decay_by_layer ** (depth + 1 - level)}
        for level, values in sorted(groups.items())
    ]


def _schedule(progress: float, warmup: float) -> float:
    return progress / warmup if progress < warmup else (1 - progress) / (1 - warmup)


@contextlib.contextmanager
def _averaged(model: Portrayer, average: dict[str, torch.Tensor]):
    """The model with its averaged weights for as long as the block lasts."""
    own = {name: value.detach().clone() for name, value in model.named_parameters() if name in average}
    with torch.no_grad():
        for name, value in model.named_parameters():
            if name in average:
                value.copy_(average[name])
    try:
        yield
    finally:
        with torch.no_grad():
            for name, value in model.named_parameters():
                if name in own:
                    value.copy_(own[name])


def _state(model: Portrayer, optimiser: torch.optim.Optimizer, average: dict, step: int) -> dict:
    return {
        "model": model.state_dict(),
        "optimiser": optimiser.state_dict(),
        "average": average,
        "step": step,
        "random": torch.get_rng_state(),
    }


def _save(path: Path, state: dict) -> None:
    beside = path.with_suffix(".part")
    torch.save(state, beside)
    beside.replace(path)


def _say(folder: Path, line: str) -> None:
    print(f"{folder.name}: {line}", file=sys.stderr, flush=True)
    with (folder / "log.txt").open("a") as log:
        log.write(line + "\n")
