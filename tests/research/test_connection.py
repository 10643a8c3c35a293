from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import IndexStoreError, KgError, SettingError
from kg.research.connection import Connection, declare_prefixes
from kg.settings import Settings


@pytest.mark.parametrize(
    "query, declared",
    [
        ("SELECT * { ?s a kg:Event }", ["kg"]),
        ("ASK { ?s a kg:Event ; rdfs:label ?l }", ["kg", "rdfs"]),
        ("prefix KG: <http://x/> ASK { ?s a KG:Event, xkg:Event, ex-kg:y }", []),
        ("PREFIX kg: <http://x/> ASK { ?s a kg:Event, plover:AID }", ["plover"]),
        ("SELECT * { ?s ?p ?o }", []),
    ],
)
def test_prefixes_that_are_used_are_declared_on_the_first_line(query: str, declared: list[str]) -> None:
    text = declare_prefixes(query)
    assert text.endswith(query) and text.count("\n") == query.count("\n")
    assert [part.partition(":")[0] for part in text.removesuffix(query).split("PREFIX ")[1:]] == declared


@pytest.mark.parametrize(
    "source, error, message",
    [
        ("nowhere", SettingError, "nowhere holds no articles: run kg ingest PATH --data nowhere first"),
        ("http://", IndexStoreError, "no http or https address"),
        ("http://127.0.0.1:1/sparql", IndexStoreError, "cannot be reached"),
    ],
)
def test_what_cannot_be_opened_or_asked_is_told(
    source: str, error: type[KgError], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error, match=message):
        Connection(source).ask("ASK {}")


def test_a_timeout_is_a_number_of_seconds() -> None:
    with pytest.raises(SettingError, match="timeout=0 is no number of seconds"):
        Connection("http://127.0.0.1:1/sparql", timeout=0)


def test_a_closed_connection_says_so(invented: Settings) -> None:
    connection = Connection(invented.data)
    assert connection.is_open
    connection.close()
    connection.close()
    with pytest.raises(IndexStoreError, match="is closed: open it again with Graph"):
        connection.ask("ASK {}")


def test_a_connection_that_nobody_has_is_closed(invented: Settings) -> None:
    connection = Connection(invented.data)
    connection.ask_whole("ASK {}")
    end = connection._end
    del connection
    assert not end.alive
