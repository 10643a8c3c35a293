"""What the local index knows of itself, in one small file beside its stores.

It is replaced as a whole, after the store it names is durable: what it says is true of that store, or less than true,
and then the missing changes are applied once more.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kg.disk import replace_file
from kg.errors import IndexStoreError

VERSION = 2
FILE = "state.json"


@dataclass(frozen=True, slots=True)
class State:
    """Which store is in use, how far it follows which journal, and the digests of its fixed graphs by IRI.

    `lineage` is that of the journal, empty where it follows none yet; `union` says what the default graph is; `packed`
    is the sequence number at which the store was packed last.
    """

    store: str
    sequence: int = 0
    fixed: dict[str, str] = field(default_factory=dict)
    lineage: str = ""
    union: bool = True
    packed: int = 0
    version: int = VERSION


def read_state(directory: Path) -> State | None:
    """The state of the index in `directory`; None where it has none that this version can use."""
    try:
        state = State(**json.loads((directory / FILE).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
    # A store without its CURRENT file is none, and opening it would make an empty one.
    is_usable = state.version == VERSION and (directory / state.store / "CURRENT").is_file()
    return state if is_usable else None


def write_state(directory: Path, state: State) -> None:
    """Make `state` that of the index in `directory`.

    Raises:
        IndexStoreError: it could not be written.
    """
    try:
        replace_file(directory / FILE, json.dumps(asdict(state)).encode())
    except OSError as error:
        raise IndexStoreError(f"cannot write to the index at {directory}: {error.strerror}") from error
