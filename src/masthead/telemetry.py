"""Libraries that would report to their makers are told not to, before anything can import them.

onnxruntime, which runs the portrayal model, does so by default: loading it writes a device id under the user's cache
folder, and some seconds later it asks for its maker's host. It listens to an environment variable alone, and reads it
once, while it is imported. Other processes (workers, Spark's Python) inherit the variable.
"""

from __future__ import annotations

import os
import sys
import warnings

SWITCH = "ORT_DISABLE_TELEMETRY"
"""The environment variable that stops onnxruntime's telemetry; `1` is off."""


def switch_off() -> None:
    """Switch telemetry off for this process and those it starts; warn where it is too late for this one."""
    late = "onnxruntime" in sys.modules and os.environ.get(SWITCH, "").lower() not in ("1", "true")
    os.environ[SWITCH] = "1"
    if late:
        warnings.warn(
            "onnxruntime was imported before masthead, so that its telemetry may be on until this process ends: "
            f"import masthead first, or set {SWITCH}=1 before you start Python",
            stacklevel=3,
        )
