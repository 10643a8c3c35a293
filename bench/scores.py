"""Folder of corpora -> what the scorers in it, the tests and the clock say of `kg`, each asked in a process of its own.

The scorers are those of the corpora: they know nothing of the project but the terms of its graphs.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]
EXTRACT = [sys.executable, "-m", "kg", "extract", "--format", "nquads"]
NONE = "NONE"

Layers = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Relations:
    """What `score_relations.py` says of some sentences; `pairs` counts gold category and the one found, or NONE."""

    totals: dict[str, Any]
    pairs: Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A question: how many rows of its answer came, of how many, and whether anything came that should not."""

    name: str
    rows_right: int
    rows: int
    clean: bool

    @property
    def right(self) -> bool:
        """True where all came and nothing else."""
        return self.clean and self.rows_right == self.rows


@dataclass(frozen=True, slots=True)
class Costs:
    """Words a second on one core by way of reading, seconds until the model is loaded, most memory in MB."""

    speed: dict[str, float]
    loading: float
    memory: float


def ask(command: Sequence[str | Path], *, accepted: tuple[int, ...] = (0,)) -> str:
    """What a command prints; a CalledProcessError where it ends with another status."""
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"}, check=False
    )
    if done.returncode not in accepted:
        raise subprocess.CalledProcessError(done.returncode, [str(part) for part in command], done.stdout)
    return done.stdout


def score(scorer: Path, *arguments: str | Path) -> tuple[str, Any]:
    """What a scorer prints, and its figures."""
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures.json"
        printed = ask([sys.executable, scorer, *arguments, "--command", shlex.join(EXTRACT), "--json", figures])
        return printed, json.loads(figures.read_text("utf-8"))


def score_relations(scorer: Path, lines: Sequence[str]) -> Relations:
    """The scores of sentences, each a line of JSON."""
    with tempfile.TemporaryDirectory() as folder:
        sentences = Path(folder) / "sentences.jsonl"
        sentences.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        printed, totals = score(scorer, sentences, "--verbose")
    gold = {row["id"]: row["category"] for row in map(json.loads, lines)}
    return Relations(totals, count_pairs(gold, printed))


def count_pairs(gold: dict[str, str], printed: str) -> Counter[tuple[str, str]]:
    """Categories of sentences, by ID, and those found: as the scorer printed its errors, else the same."""
    errors = (line.split("\t") for line in printed.splitlines() if line.count("\t") >= 3)
    found = gold | {cells[0]: cells[2] for cells in errors if cells[0] in gold}
    return Counter((category, found[name]) for name, category in gold.items())


def score_articles(scorer: Path, facts: Path, articles: Path) -> Layers:
    """The scores of a folder of articles, by layer."""
    layers: Layers = score(scorer, facts, articles)[1]
    return layers


def score_article(scorer: Path, facts: Path, article: Path) -> Layers:
    """The scores of one article."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(facts, Path(folder) / "one.json")
        shutil.copy(article, Path(folder) / "one.txt")
        return score_articles(scorer, Path(folder), Path(folder))


def ask_questions() -> list[Answer]:
    """The ten questions of an analyst, as their tests see the answers."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        tests = ["tests/docs/test_questions.py", f"--junitxml={report}", "-p", "no:cacheprovider"]
        ask([sys.executable, "-m", "pytest", *tests], accepted=(0, 1))
        passed = {case.get("name", ""): len(case) == 0 for case in ElementTree.parse(report).iter("testcase")}
    return list(to_answers(passed))


def to_answers(passed: dict[str, bool]) -> Iterator[Answer]:
    """The tests of the questions, by name, as answers."""
    row, other = "test_the_answer_has_the_row[", "test_the_answer_has_no_other_row["
    for name in sorted(test.removeprefix(other).rstrip("]") for test in passed if test.startswith(other)):
        rows = [right for test, right in passed.items() if test.startswith(f"{row}{name}-")]
        yield Answer(name, sum(rows), len(rows), passed[f"{other}{name}]"])


def measure_costs(articles: Path) -> Costs:
    """Speed and loading time on one core, and the memory of one `kg extract`, on a folder of articles."""
    with one_core():
        figures = json.loads(ask([sys.executable, "bench/bench_extract.py", articles, "--json"]))
    peak = ask([sys.executable, "bench/peak.py", *EXTRACT, articles], accepted=(0, 1))
    return Costs(figures["speed"], figures["loading"], float(peak))


@contextmanager
def one_core() -> Iterator[None]:
    """What is started within runs on one core; on Linux only."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)
