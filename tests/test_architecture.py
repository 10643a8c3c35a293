"""The house style as far as the source text shows it: who imports whom, and how long files and functions are."""

from __future__ import annotations

import ast
import functools
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "src" / "kg"
FILES = sorted(ROOT.rglob("*.py"))

# Each may import those before it.
BASE = (
    "types", "errors", "vocab", "folding", "sparql_text", "resources", "examples", "settings", "reference", "iris",
    "disk", "language",
)  # fmt: skip
STAGES = {"sources", "extract", "resolve", "triples", "shacl", "journal", "index", "export"}
STORIES = {"pipeline", "ingester", "curator", "validation", "tending", "backup"}
ALLOWED = {
    "__init__": {"research"},
    "__main__": {"errors", "terminal", "cli"},
    **{name: set(BASE[:i]) for i, name in enumerate(BASE)},
    **{name: set(BASE) for name in STAGES},
    "keeper": {*BASE, "triples", "journal", "index"},
    "tending": {*BASE, "keeper"},
    "backup": {*BASE, "journal", "index", "keeper"},
    "pipeline": {*BASE, *STAGES, "keeper"},
    "ingester": {*BASE, "keeper", "pipeline"},
    "curator": {*BASE, "shacl", "index", "keeper"},
    "validation": {*BASE, "sources", "triples", "shacl", "pipeline"},
    "asking": {*BASE, "journal", "index", "keeper"},
    "web": {*BASE, "triples", "journal", "index", "pipeline"},
    "research": {*BASE, "triples", "journal", "index", "export", "keeper", "asking"},
    "terminal": set(BASE),
    "cli": {*BASE, *STAGES, *STORIES, "keeper", "asking", "terminal", "web"},
}

# The rooms that may use a library; any other library needs a line here first.
LIBRARIES = {
    "pydantic": {"settings"},
    "pydantic_settings": {"settings"},
    "charset_normalizer": {"sources"},
    "lxml": {"sources"},
    "py3langid": {"sources"},
    "trafilatura": {"sources"},
    "lemminflect": {"extract", "language"},
    "numpy": {"language"},
    "onnxruntime": {"language"},
    "spacy": {"extract", "language"},
    "networkx": {"export", "research"},
    "rocrate": {"export"},
    "rdflib": {"vocab", "triples", "shacl", "pipeline", "research", "web"},
    "pyshacl": {"shacl"},
    "pyoxigraph": {"export", "index", "research", "triples"},
    "anyio": {"web"},
    "cachetools": {"web"},
    "python_multipart": {"web"},
    "fastapi": {"web"},
    "jinja2": {"web"},
    "starlette": {"web"},
    "prometheus_client": {"web"},
    "starlette_compress": {"web"},
    "matplotlib": {"research"},
    "pandas": {"research"},
    "rich": {"terminal"},
    "typer": {"__main__", "cli"},
    "uvicorn": {"web"},
    "zstandard": {"web"},
}

MAX_FILE = 400
MAX_FUNCTION = 45
VAGUE = {"util", "utils", "helper", "helpers", "service", "services", "common", "misc", "core", "base", "manager"}
# Where the word is the thing itself: one running service.
NAMED_FOR_THE_THING = {"web/service.py"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").parts[0]


@functools.cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def imported(tree: ast.AST) -> Iterator[str]:
    """Dotted names of the modules a file imports; `from kg import iris` gives `kg.iris`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module is not None
            yield node.module
            if (ROOT.parent / node.module.replace(".", "/")).is_dir():
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_run_one_way(path: Path) -> None:
    own = room_of(path)
    rooms = {name.split(".")[1] for name in imported(parse(path)) if name.startswith("kg.")}
    others = {
        room for room in rooms if room != own and (ROOT / room).with_suffix(".py").exists() | (ROOT / room).is_dir()
    }
    assert others <= ALLOWED[own], f"{own} may not import {sorted(others - ALLOWED[own])}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_library_stays_in_its_room(path: Path) -> None:
    libraries = {name.split(".")[0] for name in imported(parse(path))} - sys.stdlib_module_names - {"kg"}
    strangers = {library for library in libraries if room_of(path) not in LIBRARIES.get(library, set())}
    assert not strangers, f"{room_of(path)} may not use {sorted(strangers)}"


def test_modules_import_each_other_in_no_circle() -> None:
    modules = {
        ".".join(("kg", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__") for path in FILES
    }
    graph = {}
    for path in FILES:
        own = ".".join(("kg", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
        # A package names what its modules offer; that they stand below it is no circle.
        graph[own] = {name for name in imported(parse(path)) if name in modules and not own.startswith(f"{name}.")}
    order = list(TopologicalSorter(graph).static_order())
    assert set(order) == modules


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_nothing_is_imported_inside_a_function(path: Path) -> None:
    inside = [
        f"{function.name}, line {node.lineno}"
        for function in functions(parse(path))
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inside


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_store_is_opened_in_the_index_alone(path: Path) -> None:
    nodes = ast.walk(parse(path))
    names = {
        node.name if isinstance(node, ast.alias) else node.attr
        for node in nodes
        if isinstance(node, ast.alias | ast.Attribute)
    }
    assert "Store" not in names or room_of(path) == "index"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_only_the_command_prints(path: Path) -> None:
    calls = (node.func for node in ast.walk(parse(path)) if isinstance(node, ast.Call))
    printing = [func.lineno for func in calls if isinstance(func, ast.Name) and func.id in ("print", "input")]
    assert not printing or room_of(path) in ("cli", "terminal")


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_function_changes_what_the_module_holds(path: Path) -> None:
    assert not [node.lineno for node in ast.walk(parse(path)) if isinstance(node, ast.Global)]


def test_a_module_is_named_after_what_it_holds() -> None:
    vague = {name_of(path) for path in FILES if VAGUE & set(path.relative_to(ROOT).with_suffix("").parts)}
    assert vague <= NAMED_FOR_THE_THING


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_is_not_too_long(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines < MAX_FILE, f"{lines} lines; split it at {MAX_FILE}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_function_is_not_too_long(path: Path) -> None:
    lengths = {
        function.name: function.end_lineno - function.lineno + 1
        for function in functions(parse(path))
        if function.end_lineno is not None
    }
    too_long = {name: length for name, length in lengths.items() if length > MAX_FUNCTION}
    assert not too_long


def test_every_room_is_in_the_plan() -> None:
    assert {room_of(path) for path in FILES} == set(ALLOWED)
