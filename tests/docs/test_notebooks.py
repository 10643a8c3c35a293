"""The notebooks of `docs/notebooks/` run from top to bottom on the sample article, and are kept as they ran."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from docs.pages import ROOT

NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
# In a process of its own: what runs notebooks warns of itself, and here warnings are errors.
RUN = """
import sys
import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=120, resources={"metadata": {"path": "."}}).execute()
"""
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)


def read(path: Path) -> Any:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def code(path: Path) -> list[Any]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def shown(path: Path) -> str:
    """All that the outputs say in words."""
    outputs = [output for cell in code(path) for output in cell.outputs]
    texts = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs]
    return "\n".join(texts)


def test_there_are_three() -> None:
    assert [path.name for path in NOTEBOOKS] == ["1-first-steps.ipynb", "2-events.ipynb", "3-networks.ipynb"]


@each_notebook
def test_a_notebook_runs_on_the_sample_article(path: Path, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(path)],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert (tmp_path / "kg-data").is_dir()


@each_notebook
def test_a_notebook_is_kept_as_it_ran(path: Path) -> None:
    cells = code(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert len([cell for cell in cells if cell.outputs]) > len(cells) * 0.8


@each_notebook
def test_a_notebook_names_no_machine_and_is_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"(?<![\w.:/])/(?:work|tmp|home|root|Users)/", text)
    assert len(text) < 600_000
    # The newswire belongs to its publishers: a few sentences may be quoted.
    assert path.name.startswith("1-") or text.count("<blockquote") <= 3


@each_notebook
def test_what_a_notebook_concludes_is_in_its_outputs(path: Path) -> None:
    said = [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]
    answers = [part for text in said for part in re.findall(r"\*\*On the newswire:\*\*(.*)", text)]
    numbers = {
        number.replace(",", "").strip(".") for answer in answers for number in re.findall(r"-?\d[\d.,]*", answer)
    }
    found = set(re.findall(r"-?\d+(?:\.\d+)?", shown(path).replace(",", "")))
    assert numbers <= found
    assert bool(answers) is not path.name.startswith("1-")


@each_notebook
def test_a_link_of_a_notebook_leads_somewhere(path: Path) -> None:
    said = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    for target in re.findall(r"\]\(([^)\s]+)\)", said):
        assert target.startswith("https://") or (path.parent / target.partition("#")[0]).exists(), target
