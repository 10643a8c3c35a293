"""The house style as far as the source text shows it: who imports whom, and how long files and functions are."""

from __future__ import annotations

import ast
import functools
import subprocess
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
STORIES = {
    "exporter",
    "exporting",
    "packing",
    "releasing",
    "pipeline",
    "ingester",
    "curator",
    "validation",
    "tending",
    "backup",
}
ALLOWED = {
    "__init__": {"research"},
    "__main__": {"errors", "terminal", "cli", "verbs"},
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
    "exporting": {*BASE, "export", "exporter", "index"},
    "web": {*BASE, "triples", "journal", "index", "export", "pipeline"},
    "assistant": {*BASE, "triples", "index", "asking"},
    "exporter": {*BASE, "export", "journal", "keeper"},
    "packing": {*BASE, "export", "exporter"},
    "releasing": {*BASE, "triples", "export", "exporter"},
    "research": {*BASE, "triples", "journal", "index", "export", "keeper", "asking"},
    "terminal": set(BASE),
    # Only what a person starts may fetch: see `test_the_service_never_fetches`.
    "fetch": set(BASE),
    "gathering": {*BASE, "sources", "fetch"},
    "watch": {*BASE, "sources", "fetch", "gathering", "keeper", "pipeline"},
    "verbs": {*BASE, *STAGES, *STORIES, "watch", "keeper", "asking", "terminal", "web", "assistant"},
    "cli": {
        *BASE,
        *STAGES,
        *STORIES,
        "fetch",
        "gathering",
        "watch",
        "keeper",
        "asking",
        "terminal",
        "verbs",
        "web",
        "assistant",
    },
}

# The rooms that may use a library; any other library needs a line here first.
LIBRARIES = {
    "pydantic": {"settings", "assistant"},
    "pydantic_core": {"assistant"},
    "pydantic_settings": {"settings"},
    "charset_normalizer": {"sources"},
    "brotli": {"sources"},
    "feedparser": {"fetch"},
    "httpcore": {"fetch"},
    "httpx": {"fetch"},
    "lxml": {"sources"},
    "markdown_it": {"sources"},
    "py3langid": {"sources"},
    "trafilatura": {"sources"},
    "warcio": {"sources"},
    "yaml": {"sources"},
    "lemminflect": {"extract", "language"},
    "numpy": {"language"},
    "onnxruntime": {"language"},
    "spacy": {"extract", "language"},
    "networkx": {"export", "research"},
    "rocrate": {"export"},
    "rdflib": {"vocab", "triples", "shacl", "pipeline", "research", "web", "assistant"},
    "pyshacl": {"shacl"},
    "pyoxigraph": {"export", "index", "research", "triples"},
    "anyascii": {"web"},
    "anyio": {"web", "assistant"},
    "mcp": {"assistant"},
    "cachetools": {"web"},
    "python_multipart": {"web"},
    "rapidfuzz": {"web"},
    "fastapi": {"web"},
    "jinja2": {"web"},
    "starlette": {"web", "assistant"},
    "prometheus_client": {"web"},
    "protego": {"fetch"},
    "starlette_compress": {"web"},
    "matplotlib": {"research"},
    "pandas": {"research"},
    "rich": {"terminal"},
    "typer": {"__main__", "cli", "verbs"},
    "pyarrow": {"export"},
    "xlsxwriter": {"export"},
    "uvicorn": {"web", "assistant"},
    "watchfiles": {"watch"},
    "zstandard": {"sources", "web"},
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


def test_the_service_never_fetches() -> None:
    """Fetching is done for the person at the command line alone, never on a stranger's word over HTTP."""
    reached, waiting = set(), ["web"]
    while waiting:
        room = waiting.pop()
        reached.add(room)
        waiting += ALLOWED[room] - reached
    assert not reached & {"fetch", "gathering", "watch", "cli"}
    loaded = "import sys, kg.web.app, kg.web.server; print(*(name for name in sys.modules))"
    names = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout.split()
    assert "kg.web.articles" in names
    assert not {"kg.fetch", "kg.watch", "kg.gathering", "feedparser", "protego"} & set(names)


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
