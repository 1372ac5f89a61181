"""On what a survey ran: arithmetic differs in the last digits between kinds of processors, and readings with it."""

from __future__ import annotations

import platform
from pathlib import Path


def processor() -> str:
    """Return the architecture and, on Linux, the name that the processor gives itself."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return f"{platform.system()} {platform.machine()}"
    names = (line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name"))
    return " ".join([platform.machine(), next(names, "")]).strip()
