"""The commands that the pages show: each is run, and gives what is shown."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.pages import PAGES, ROOT, blocks, headings, read

KG = Path(sys.executable).with_name("kg")


def steps(text: str) -> Iterator[tuple[str, str]]:
    """Each command of the console blocks, with its continuation lines, and the output shown under it."""
    for block in blocks(text, "console"):
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = step.splitlines(keepends=True)
            more = next((i for i, line in enumerate(lines[1:], 1) if not line.startswith("> ")), len(lines))
            yield lines[0] + "".join(line[2:] for line in lines[1:more]), "".join(lines[more:])


def matches(shown: str, real: str) -> bool:
    """True where `shown` is `real`, each `...` in it standing for any text; spaces at line ends do not count."""
    plain = re.sub(r" +$", "", real, flags=re.MULTILINE)
    pieces = [re.escape(piece) for piece in re.split(r"^\.\.\.\n", shown, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)?".join(pieces), plain, re.DOTALL) is not None


def run(command: str, folder: Path) -> str:
    """What a command writes to standard output, then to standard error, in a data directory of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    # TERM and COLUMNS as in a pipe, whoever runs the tests.
    environment = {**clean, "PATH": f"{KG.parent}{os.pathsep}{clean['PATH']}", "KG_DATA": "kg-data", "TERM": "dumb"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    return done.stdout + done.stderr


def test_the_readme_shows_what_its_commands_give(tmp_path: Path) -> None:
    ran = []
    for command, shown in steps(read("README.md")):
        verb = command.split()[0]
        if verb == "cat":
            (tmp_path / command.split()[1]).write_text(shown, "utf-8")
        elif verb == "kg":
            real = run(command, tmp_path)
            assert matches(shown, real), f"$ {command}{real}"
            ran.append(command.split()[1])
    assert ran == ["extract", "ingest", "query"]


def test_the_readme_begins_with_what_it_is_about() -> None:
    text = read("README.md")
    first = text.split("\n\n")[1]
    assert first.count(".") == 1 and first.endswith(".")
    order = [text.index(mark) for mark in ("$ kg extract", "$ kg query", "$ make demo", "$ make test", "## Verbs")]
    assert order == sorted(order)
    assert {"Licence", "How to cite", "What it cannot do yet"} <= set(headings(text))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_make_is_told_only_what_it_can_do(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:^\$ |`)make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE))
    assert named <= targets


@pytest.mark.parametrize(
    "shown, real, same",
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n...\nc\n", "a\nb\nb\nc\n", True),
        ("a\n...\nc\n", "a\nc\n", True),
        ("...\nc\n", "a\nc\n", True),
        ("a\n...\n", "a\n", True),
        ("a\n", "a   \n", True),
        ("a\n", "a\nb\n", False),
        ("a\n...\nc\n", "a\nxc\n", False),
        ("a.c\n", "abc\n", False),
    ],
)
def test_output_may_be_shortened(shown: str, real: str, same: bool) -> None:
    assert matches(shown, real) is same
