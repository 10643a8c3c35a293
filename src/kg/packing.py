"""Files of an export: whole or not there, alone or as a package of tables with its description."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg import __version__
from kg.errors import SettingError
from kg.export import OUTPUTS, Selection, Table
from kg.export.codebook import write_codebook
from kg.export.datapackage import File, describe_package
from kg.export.writers import TableFormat
from kg.exporter import Exporter

_DESCRIPTION = "datapackage.json"
_CODEBOOK = "codebook.md"


@contextmanager
def new_file(path: Path, *, replace: bool) -> Iterator[BinaryIO]:
    """A file that gets the name `path` once it is written; where that fails, all is as it was.

    Where `path` is a link, what it leads to is written.

    Raises:
        SettingError: there is such a file and it is not to be replaced, or it cannot be written.
    """
    target = Path(os.path.realpath(path))
    _check_target(path, target, replace=replace)
    beside = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        file = beside.open("xb")  # nothing that is there is written over, nor removed
    except OSError as error:
        raise _not_written(path, error) from error
    try:
        with file:
            yield file
        os.replace(beside, target)
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        beside.unlink(missing_ok=True)


def _check_target(path: Path, target: Path, *, replace: bool) -> None:
    # os.path, for Path raises an OSError of its own where a name is too long or a folder is closed.
    if os.path.exists(target) and not os.path.isfile(target):
        raise SettingError(f"{path} is no file that can be replaced: name another --output")
    if os.path.exists(target) and not replace:
        raise SettingError(f"{path} is there already: add --force to replace it, or name another --output")


def _not_written(path: Path, error: OSError) -> SettingError:
    return SettingError(f"cannot write {path}: {error.strerror}")


def write_package(
    exporter: Exporter,
    folder: Path,
    tables: Sequence[Table],  # type: ignore[type-arg]
    format: TableFormat,
    selection: Selection,
    *,
    replace: bool,
    note: Callable[[str], None],
) -> None:
    """Write `tables`, what they mean and `datapackage.json`, the last when all else is there, into `folder`.

    `note` is told which table is being written.

    Raises:
        SettingError: a file is there and not to be replaced, or cannot be written.
        JournalError: the journal cannot be read.
    """
    paths = [folder / f"{table.name}.{format.value}" for table in tables]
    for path in (*paths, folder / _CODEBOOK, folder / _DESCRIPTION):
        _check_target(path, path, replace=replace)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"cannot make the folder {folder}: {error.strerror}") from error
    files = []
    for table, path in zip(tables, paths, strict=True):
        note(table.name)
        with new_file(path, replace=replace) as file:
            exporter.write(OUTPUTS[path.name], selection, file)
        files.append(File(table, format, path.name, path.stat().st_size, _digest(path)))
    description = describe_package(files, version=__version__)
    for name, text in ((_CODEBOOK, write_codebook()), (_DESCRIPTION, _to_json(description))):
        with new_file(folder / name, replace=replace) as file:
            file.write(text.encode())


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
