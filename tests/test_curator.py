from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.curator import Curator, join_triples
from kg.errors import GraphSizeError, GraphSyntaxError, IndexStoreError, JournalError
from kg.index.checkpoints import Checkpoints
from kg.index.local import LocalIndex
from kg.iris import DEFAULT_GRAPH
from kg.journal import Journal
from kg.keeper import Keeper, Kept
from kg.settings import Settings
from kg.types import Entry, Format, GraphKind

BASE = "http://localhost:8000/"
GRAPH = f"{BASE}graphs/1"
ARTICLE = f"{BASE}article/1"
A, B, C = (f"<http://x/{name}> <http://x/p> <http://x/o> .\n".encode() for name in "abc")
WRONG = (
    f"<{GRAPH}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/geokg/ontology#Event> .\n".encode()
)


@pytest.fixture(params=[True, False], ids=["union", "plain"])
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    return Settings(data=tmp_path / "data", union_default_graph=request.param)


@contextmanager
def curating(settings: Settings) -> Iterator[Curator]:
    with Keeper.open(settings) as keeper, Curator.open(keeper, settings) as curator:
        yield curator


def found(settings: Settings, iri: str = GRAPH) -> set[str] | None:
    """What queries see of a graph: its subjects, of which x: is left out; None where there is none."""
    generation = Checkpoints(settings.data / "index").hold()
    try:
        store = ox.Store.read_only(str(generation.path))
        if not store.contains_named_graph(ox.NamedNode(iri)):
            return None
        quads = store.quads_for_pattern(None, None, None, ox.NamedNode(iri))
        return {quad.subject.value.removeprefix("http://x/") for quad in quads}
    finally:
        generation.release()


def test_a_graph_is_put_added_to_and_removed(settings: Settings) -> None:
    with curating(settings) as curator:
        assert curator.put(GRAPH, A).is_new
        assert found(settings) == {"a"}
        assert not curator.put(GRAPH, B).is_new
        assert found(settings) == {"b"}
        assert not curator.add(GRAPH, A).is_new
        assert found(settings) == {"a", "b"}
        assert not curator.add(GRAPH, b"").is_new
        assert not curator.put(GRAPH, b"").is_new
        assert (found(settings), curator.is_empty(GRAPH)) == (set(), True)
        assert curator.remove(GRAPH)
        assert (found(settings), curator.is_empty(GRAPH), curator.was_removed(GRAPH)) == (None, False, True)
        assert not curator.remove(GRAPH)
        assert curator.add(GRAPH, C).is_new
        assert (found(settings), curator.was_removed(GRAPH)) == ({"c"}, False)


def test_what_does_not_conform_changes_nothing(settings: Settings) -> None:
    with curating(settings) as curator:
        curator.put(GRAPH, A)
        for write in (curator.put, curator.add):
            written = write(GRAPH, WRONG)
            assert not written.report.conforms
            assert "kg:actor" in str(written.report)
        assert found(settings) == {"a"}
        assert curator.put(f"{BASE}graphs/2", WRONG).is_new
        assert curator.list_graphs(limit=9) == (GRAPH,)


def test_what_is_added_must_conform_together_with_what_is_there(settings: Settings) -> None:
    kg, rdfs = "https://w3id.org/geokg/ontology#", "http://www.w3.org/2000/01/rdf-schema#"
    typed = f"<{GRAPH}> a <{kg}State>, <{kg}Agent> ; <{kg}iso3> 'ABC' ; <{rdfs}label> 'A' .".encode()
    with curating(settings) as curator:
        assert curator.put(GRAPH, curator.parse(typed, "text/turtle", GRAPH)).report.conforms
        second = curator.parse(f"<{GRAPH}> <{rdfs}label> 'B' .".encode(), "text/turtle", GRAPH)
        assert not curator.add(GRAPH, second).report.conforms
        assert curator.put(f"{BASE}graphs/2", second).report.conforms


def test_graphs_are_there_after_a_rebuild_and_a_restart(settings: Settings) -> None:
    with Keeper.open(settings) as keeper, Curator.open(keeper, settings) as curator:
        curator.put(GRAPH, curator.parse(b"<a> <b> [ <c> [] ] .", "text/turtle", "http://x/"))
        curator.put(f"{BASE}graphs/empty", b"")
        curator.put(f"{BASE}graphs/gone", A)
        curator.remove(f"{BASE}graphs/gone")
        assert keeper.rebuild() == 0
        assert len(found(settings) or ()) == 2
    for _ in range(2):
        with curating(settings):
            assert len(found(settings) or ()) == 2
            assert found(settings, f"{BASE}graphs/empty") == set()
            assert found(settings, f"{BASE}graphs/gone") is None


def test_what_was_written_down_is_found_after_the_index_failed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with curating(settings) as curator:
        curator.put(GRAPH, A)
        with monkeypatch.context() as broken:
            broken.setattr(LocalIndex, "apply", refuse)
            with pytest.raises(IndexStoreError):
                curator.put(GRAPH, B)
        assert found(settings) == {"a"}
        # The present graph is read from the journal.
        curator.add(GRAPH, C)
        assert found(settings) == {"b", "c"}


def refuse(*_: object) -> None:
    raise IndexStoreError("the disk is full")


KILLED = """
import os, signal, sys
from pathlib import Path
from kg.index.local import LocalIndex
from kg.keeper import Keeper
from kg.settings import Settings
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
with Keeper.open(Settings(data=Path(sys.argv[1]), union_default_graph=sys.argv[2] == "True")) as keeper:
    keeper.keep_graph("http://localhost:8000/graphs/1", b"<http://x/a> <http://x/p> <http://x/o> .\\n")
    setattr(LocalIndex, sys.argv[3], die)
    if sys.argv[4] == "put":
        keeper.keep_graph("http://localhost:8000/graphs/1", b"<http://x/b> <http://x/p> <http://x/o> .\\n")
    else:
        keeper.remove("http://localhost:8000/graphs/1")
"""


@pytest.mark.parametrize("method", ["catch_up", "apply", "publish"])
@pytest.mark.parametrize(("verb", "expected"), [("put", {"b"}), ("remove", None)])
def test_killed_between_journal_and_index(
    settings: Settings, method: str, verb: str, expected: set[str] | None
) -> None:
    command = [sys.executable, "-c", KILLED, settings.data, str(settings.union_default_graph), method, verb]
    assert subprocess.run(command, check=False).returncode == -9
    assert found(settings) == {"a"}
    with curating(settings):
        assert found(settings) == expected


def test_an_article_is_removed_and_comes_again(settings: Settings) -> None:
    entry = Entry(ARTICLE, "1.txt", b"words", Format.TEXT, A, "kg 0", "rules 0")
    with Keeper.open(settings) as keeper, Curator.open(keeper, settings) as curator:
        keeper.keep([entry], [])
        assert curator.remove(ARTICLE)
        assert (found(settings, ARTICLE), keeper.kept.total, curator.was_removed(ARTICLE)) == (None, 0, True)
        keeper.keep([entry], [])
        assert (found(settings, ARTICLE), keeper.kept) == ({"a"}, Kept(new=2, total=1))
        assert keeper.get_kind(ARTICLE) is GraphKind.ARTICLE


def test_the_default_graph_of_a_plain_dataset_is_a_named_one_where_the_union_is_shown(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", union_default_graph=False)
    with curating(settings) as curator:
        curator.put(DEFAULT_GRAPH, A)
        assert found(settings, DEFAULT_GRAPH) is None
    with curating(settings.model_copy(update={"union_default_graph": True})):
        assert found(settings, DEFAULT_GRAPH) == {"a"}
        assert found(settings, f"{BASE}graph/reference")
    # Unset, it is as the directory was made.
    with Keeper.open(settings.model_copy(update={"union_default_graph": None})) as keeper:
        assert keeper.union_default_graph is False
        assert found(settings, DEFAULT_GRAPH) is found(settings, f"{BASE}graph/reference") is None


def test_limits_are_those_of_the_settings(tmp_path: Path) -> None:
    document_type = b'<!DOCTYPE r [<!ENTITY a "words">]>'
    with curating(Settings(data=tmp_path / "data", max_nesting=3, max_expanded_mb=0.0001)) as curator:
        with pytest.raises(GraphSyntaxError, match="no JSON-LD"):
            curator.parse(b'{"a": [[', "application/ld+json", GRAPH)
        with pytest.raises(GraphSizeError, match="deeper than 3 levels"):
            curator.parse(b'{"a": [[[', "application/ld+json", GRAPH)
        with pytest.raises(GraphSizeError, match=r"larger than 0\.0001 MB"):
            curator.parse(document_type + b"<r>" + b"&a;" * 40 + b"</r>", "application/rdf+xml", GRAPH)


@pytest.mark.parametrize(
    ("graphs", "expected"),
    [((), b""), ((b"", b""), b""), ((B, A), A + B), ((A + C, A + B), A + B + C)],
)
def test_graphs_are_joined(graphs: tuple[bytes, ...], expected: bytes) -> None:
    assert join_triples(*graphs) == expected


def test_a_journal_of_another_lineage_is_never_taken_for_the_one_indexed(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    for name, triples, expected in (("one", A, {"a"}), ("two", B, {"b"})):
        with Journal.open(tmp_path / name, base_iri=BASE, write=True) as journal:
            journal.put_graph(GRAPH, triples)
        for path in settings.data.glob("journal*"):
            path.unlink()
        settings.data.mkdir(exist_ok=True)
        for path in (tmp_path / name).glob("journal*"):
            path.rename(settings.data / path.name)
        with Keeper.open(settings):
            assert found(settings) == expected


def test_nothing_is_added_to_a_graph_of_a_journal_that_was_replaced(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with curating(settings) as curator:
        curator.put(GRAPH, A)
        lineages = iter(["that of before"])
        with monkeypatch.context() as patched:
            patched.setattr(Keeper, "lineage", property(lambda _: next(lineages)))
            with pytest.raises(JournalError, match="restored meanwhile"):
                curator.add(GRAPH, B)
        assert found(settings) == {"a"}
        assert not curator.add(GRAPH, B).is_new
        assert found(settings) == {"a", "b"}
