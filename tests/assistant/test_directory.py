from __future__ import annotations

import pytest

from assistant.conftest import HERE, StoreAsked
from kg.assistant import Source, directory
from kg.assistant.directory import Directory
from kg.errors import IndexStoreError
from serving import wait_until

NEWS = (HERE / "news.trig").read_text("utf-8")
RENAME = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { <http://localhost:8000/state/KEN> rdfs:label "Republic of Kenya" }"""


@pytest.fixture
def asked() -> StoreAsked:
    asked = StoreAsked(NEWS)
    asked.store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    return asked


def label(names: Directory) -> str:
    return names.names().find_code("KEN")[0].label


def test_names_are_read_once_and_again_when_the_graph_has_changed(asked: StoreAsked) -> None:
    names = Directory(Source(asked))
    names.prepare()
    assert label(names) == label(names) == "Kenya"
    number = len(asked.asked)
    asked.store.update(RENAME)
    assert label(names) == "Kenya" and len(asked.asked) == number
    asked.generation += 1
    wait_until(lambda: label(names) == "Republic of Kenya")


def test_names_of_an_endpoint_are_read_again_after_a_while(asked: StoreAsked, monkeypatch: pytest.MonkeyPatch) -> None:
    names = Directory(Source(asked, is_remote=True))
    assert label(names) == "Kenya"
    asked.store.update(RENAME)
    monkeypatch.setattr(directory, "_UNKNOWN_SECONDS", 0)
    wait_until(lambda: label(names) == "Republic of Kenya")


def test_what_cannot_be_read_is_tried_again(asked: StoreAsked, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(source: Source) -> None:
        raise IndexStoreError("not now")

    names = Directory(Source(asked))
    with monkeypatch.context() as patch:
        patch.setattr(directory, "Names", fail)
        for _ in range(2):
            with pytest.raises(IndexStoreError, match="not now"):
                names.names()
    assert label(names) == "Kenya"
    asked.generation += 1
    with monkeypatch.context() as patch:
        patch.setattr(directory, "Names", fail)
        assert label(names) == "Kenya"
    wait_until(lambda: label(names) == "Kenya")
