"""What a user without rights sees, also where the tests run as root."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65534


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """As somebody who may read and write in `folder`, a `tmp_path`, but not more than the permissions there allow."""
    if os.geteuid():
        yield
        return
    for open_to_all in (folder, *folder.parents[:2]):
        open_to_all.chmod(0o777)
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
