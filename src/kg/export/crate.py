"""A release as an RO-Crate: a folder of files, or such a folder packed."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from kg.errors import SettingError
from kg.export.crate_metadata import describe_crate
from kg.export.readme import readme_member
from kg.export.release import Imprint, Member, Origin

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first time that a packed file can have; it is that of all of them."""


def write_crate(target: Path, members: Sequence[Member], origin: Origin, imprint: Imprint) -> None:
    """Write a release to `target`: a folder that is new or empty, or, where it ends in `.zip`, a new file.

    It is whole when it has its name. The same graph gives the same bytes.

    Raises:
        SettingError: there is something at `target`, or it cannot be written.
    """
    is_empty_folder = target.is_dir() and not any(target.iterdir())
    if target.exists() and not is_empty_folder:
        raise SettingError(f"{target} is there already: name a new folder, or a new file that ends in .zip")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as temporary:
            folder = Path(temporary, "crate")
            folder.mkdir()
            _fill(folder, members, origin, imprint)
            if target.suffix.lower() == ".zip" and not target.is_dir():
                packed = Path(temporary, "crate.zip")
                _pack(folder, packed)
                packed.rename(target)
            else:
                folder.rename(target)
    except OSError as error:
        raise SettingError(f"cannot write {target}: {error.strerror}") from error


def _fill(folder: Path, members: Sequence[Member], origin: Origin, imprint: Imprint) -> None:
    listed = [*members, readme_member(members, origin, imprint)]
    for member in listed:
        path = folder / member.path
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            member.write(file)
    describe_crate(folder, listed, origin, imprint).write(folder)


def _pack(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with path.open("rb") as file, archive.open(entry, "w", force_zip64=True) as packed:
                while piece := file.read(1 << 20):
                    packed.write(piece)
