"""What the readers ran on: a model's arithmetic differs a little between kinds of processors."""

from __future__ import annotations

import platform
from pathlib import Path

_THAT_MATTER = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "amx_int8")


def processor() -> str:
    """Return the architecture, and which of the instructions that matter to arithmetic it has (on Linux)."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return f"{platform.system()} {platform.machine()}"
    flags = {flag for line in told.splitlines() if line.startswith("flags") for flag in line.split()}
    return " ".join([platform.machine(), *(flag for flag in _THAT_MATTER if flag in flags)])
