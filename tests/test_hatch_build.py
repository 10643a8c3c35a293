"""The build hook that fetches the query editor, without fetching it."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
LOCK = json.loads((ROOT / "editor" / "package-lock.json").read_text("utf-8"))["packages"]


def load_hook() -> Any:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


hook = load_hook()
FILES = {"yasgui.min.js": "run()\n//# sourceMappingURL=yasgui.min.js.map", "yasgui.min.css": "a {}"}
SOURCES = ["../src/index.ts", "../../../node_modules/@x/y/a.js", "../node_modules/z/node_modules/z2/b.js"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "editor").mkdir()
    for name in ("package.json", "package-lock.json", "MIT.txt"):
        (tmp_path / "editor" / name).write_text("{}" if name.endswith("json") else "Permission is granted.", "utf-8")
    return tmp_path


def install(work: Path, *, without: str | None = None) -> None:
    """What npm leaves behind, in small."""
    names = [
        "@zazuko/yasgui",
        "@zazuko/yasgui-utils",
        "@zazuko/yasqe",
        "@zazuko/yasr",
        "@x/y",
        "z2",
        "datatables.net-dt",
    ]
    for name in names:
        folder = work / "node_modules" / name
        folder.mkdir(parents=True)
        about = {
            "name": name,
            "version": "1.0",
            "license": "MIT" if name != "z2" else "ISC",
            "author": {"name": "A. B."},
        }
        (folder / "package.json").write_text(json.dumps(about), "utf-8")
    (work / "node_modules" / "z2" / "LICENSE").write_text("Do as you like.", "utf-8")
    build = work / "node_modules" / "@zazuko" / "yasgui" / "build"
    build.mkdir()
    for name, text in {**FILES, "yasgui.min.js.map": json.dumps({"sources": SOURCES})}.items():
        if name != without:
            (build / name).write_text(text, "utf-8")


def fail(work: Path) -> None:
    raise hook.EditorError("npm could not fetch it (no network)")


def run(checkout: Path, version: str) -> Any:
    one = hook.EditorHook(str(checkout), {}, None, None, "", "wheel")
    asked = one.dependencies()
    one.initialize(version, {})
    return asked


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(hook.WITHOUT, raising=False)


@pytest.mark.parametrize("version", ["standard", "editable"])
def test_the_editor_is_fetched_once(checkout: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    monkeypatch.setattr(hook, "run_npm", install)
    assert run(checkout, version) == [hook.NODE]
    folder = hook.Editor(checkout).folder
    assert sorted(path.name for path in folder.iterdir()) == sorted([*FILES, "LICENSES.txt", "stamp.txt"])
    assert (folder / "yasgui.min.js").read_text("utf-8") == "run()\n"
    monkeypatch.setattr(hook, "run_npm", fail)
    assert run(checkout, version) == []
    assert not (folder / "missing.txt").exists()


def test_the_licences_of_all_that_is_bundled_come_along(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hook, "run_npm", install)
    run(checkout, "standard")
    text = (hook.Editor(checkout).folder / "LICENSES.txt").read_text("utf-8")
    assert re.findall(r"^(\S+) 1\.0, (\S+)$", text, re.MULTILINE) == [
        *[(f"@zazuko/{name}", "MIT") for name in ("yasgui", "yasgui-utils", "yasqe", "yasr")],
        ("@x/y", "MIT"), ("datatables.net-dt", "MIT"), ("z2", "ISC"),
    ]  # fmt: skip
    assert "Copyright (c) A. B.\n\nPermission is granted." in text and "Do as you like." in text


@pytest.mark.parametrize("changed", ["package.json", "package-lock.json"])
def test_another_lock_is_fetched_anew(checkout: Path, monkeypatch: pytest.MonkeyPatch, changed: str) -> None:
    monkeypatch.setattr(hook, "run_npm", install)
    run(checkout, "editable")
    (checkout / "editor" / changed).write_text("{ }", "utf-8")
    assert run(checkout, "editable") == [hook.NODE]


def test_no_wheel_is_made_without_the_editor(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hook, "run_npm", fail)
    with pytest.raises(
        SystemExit, match=r"^no wheel without the query editor: npm could not .*; \w+=1 builds one with"
    ):
        run(checkout, "standard")


@pytest.mark.parametrize(
    ("version", "setting", "reason"),
    [
        ("editable", None, "npm could not fetch it (no network)\n"),
        ("editable", "1", "GEOKG_WITHOUT_EDITOR is set\n"),
        ("standard", "1", "GEOKG_WITHOUT_EDITOR is set\n"),
    ],
)
def test_without_the_editor_the_reason_stands_in_its_place(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, version: str, setting: str | None, reason: str
) -> None:
    monkeypatch.setattr(hook, "run_npm", fail)
    if setting:
        monkeypatch.setenv(hook.WITHOUT, setting)
    assert run(checkout, version) == ([] if setting else [hook.NODE])
    folder = hook.Editor(checkout).folder
    assert [(path.name, path.read_text("utf-8")) for path in folder.iterdir()] == [("missing.txt", reason)]


@pytest.mark.parametrize("without", [*FILES, "yasgui.min.js.map"])
def test_a_package_that_is_not_as_expected_is_named(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, without: str
) -> None:
    monkeypatch.setattr(hook, "run_npm", lambda work: install(work, without=without))
    run(checkout, "editable")
    assert without in (hook.Editor(checkout).folder / "missing.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("npm error code ENOTFOUND\nnpm error errno ENOTFOUND\nnpm error request to x failed\n", "request to x failed"),
        ("npm error code EINTEGRITY\nnpm error sha512-a is not sha512-b\n", "sha512-a is not sha512-b"),
        ("Traceback (most recent call last):\n  File 1\nModuleNotFoundError: x\n", "ModuleNotFoundError: x"),
        ("npm error code E1\n", "code E1"),
        ("", "it says nothing"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(output: str, reason: str) -> None:
    assert hook.find_reason(output) == reason


def test_the_lock_pins_every_package_by_hash() -> None:
    packages = {name: about for name, about in LOCK.items() if name}
    assert packages
    assert [name for name, about in packages.items() if not about.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, about in packages.items() if about.get("inBundle") or about.get("link")] == []
    wanted = json.loads((ROOT / "editor" / "package.json").read_text("utf-8"))["dependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
