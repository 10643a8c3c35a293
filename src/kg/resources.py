"""Where the files that ship with the project lie: beside the package in a wheel, in the checkout otherwise."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parents[1]


def resource(*parts: str) -> Path:
    """Path of a shipped file or folder, such as `resource("data", "states.csv")`."""
    root = _PACKAGE / "_shipped" if (_PACKAGE / "_shipped").is_dir() else _CHECKOUT
    return root.joinpath(*parts)
