"""Names of a package that are imported when they are first asked for, so that importing the package costs little."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazily(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the `__getattr__` of a package whose names live in these modules; it raises AttributeError for others."""

    def __getattr__(name: str) -> Any:  # noqa: N807  what Python looks for in a module
        if name not in homes:
            raise AttributeError(f"module '{package}' has no attribute '{name}'")
        return getattr(import_module(homes[name]), name)

    return __getattr__
