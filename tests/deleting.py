"""Deleting what a store has open: its own threads may add and remove files meanwhile."""

from __future__ import annotations

import shutil
from pathlib import Path


def delete(path: Path) -> None:
    """Remove a file, or a folder and all in it."""
    if not path.is_dir():
        path.unlink()
        return
    for _ in range(100):
        shutil.rmtree(path, ignore_errors=True)
        if not path.exists():
            return
    raise AssertionError(f"{path} comes again and again")
