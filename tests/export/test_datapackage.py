from __future__ import annotations

import json
import os
from pathlib import Path

import frictionless
import pytest

from kg.errors import SettingError
from kg.export import TABLES, Selection
from kg.export.writers import TableFormat
from kg.exporter import Exporter
from kg.packing import new_file, write_package


def pack(exporter: Exporter, folder: Path, format: TableFormat, *, replace: bool = False) -> None:
    write_package(
        exporter, folder, tuple(TABLES.values()), format, Selection(), replace=replace, note=lambda name: None
    )


# What frictionless itself uses is deprecated.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_package_of_csv_is_valid(exporter: Exporter, tmp_path: Path) -> None:
    pack(exporter, tmp_path / "new" / "tables", TableFormat.CSV)
    folder = tmp_path / "new" / "tables"
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["code", "message"])
    assert {path.name for path in folder.iterdir()} == {
        *(f"{t}.csv" for t in TABLES),
        "codebook.md",
        "datapackage.json",
    }
    events = frictionless.Package(str(folder / "datapackage.json")).get_resource("events").read_rows()
    assert events[0]["Intensity"] is not None


@pytest.mark.parametrize("format", TableFormat)
def test_a_package_says_how_large_its_files_are(exporter: Exporter, tmp_path: Path, format: TableFormat) -> None:
    pack(exporter, tmp_path, format)
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        assert (tmp_path / resource["path"]).stat().st_size == resource["bytes"]
        assert [field["name"] for field in resource["schema"]["fields"]]


def test_a_package_replaces_nothing_unasked(exporter: Exporter, tmp_path: Path) -> None:
    (tmp_path / "dyads.csv").write_text("mine")
    with pytest.raises(SettingError, match=r"dyads\.csv is there already: add --force"):
        pack(exporter, tmp_path, TableFormat.CSV)
    assert [path.name for path in tmp_path.iterdir()] == ["dyads.csv"]
    pack(exporter, tmp_path, TableFormat.CSV, replace=True)
    assert (tmp_path / "dyads.csv").read_text("utf-8") != "mine"


def test_a_file_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), new_file(path, replace=True) as file:
        file.write(b"new")
        raise ZeroDivisionError
    assert (path.read_text(), len(list(tmp_path.iterdir()))) == ("old", 1)
    with (
        pytest.raises(SettingError, match=r"cannot write .*: No such file"),
        new_file(tmp_path / "b" / "c", replace=True),
    ):
        pass


def test_a_file_takes_nobody_elses_place(tmp_path: Path) -> None:
    (tmp_path / "a.csv.part").write_text("mine")
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")
    for name in ("a.csv", "link.csv"):
        with new_file(tmp_path / name, replace=True) as file:
            file.write(name.encode())
    assert (tmp_path / "a.csv").read_text() == "link.csv"
    assert (tmp_path / "a.csv.part").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.csv.part", "link.csv"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.csv/b.csv", "Not a directory"),
        (f"{'x' * 300}.csv", "File name too long"),
        ("pipe", "is no file that can be replaced"),
    ],
)
def test_what_cannot_be_a_file_is_one_line(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "a.csv").touch()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SettingError, match=reason), new_file(tmp_path / name, replace=True):
        pass
    assert (tmp_path / "pipe").is_fifo()
