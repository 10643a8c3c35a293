from __future__ import annotations

import re

import pytest

from docs.pages import codes, read, rows, section
from kg.settings import Settings
from kg.web.accounting import Account, Ending
from kg.web.app import create_app
from kg.web.metrics import Metrics

from .conftest import BASE, Client, FakeReaders
from .test_access_log import served
from .test_readiness import FakeKeeping


class Pool(FakeReaders):
    def __init__(self) -> None:
        self.busy, self.waiting, self.started = 2, 5, 7


class Log:
    dropped = 3


@pytest.fixture
def metrics() -> Metrics:
    return Metrics(Pool(), FakeKeeping(sequence=9, published=7, generation=12), Log())  # type: ignore[arg-type]


def values(metrics: Metrics) -> dict[str, float]:
    """The value of each series, by its name and labels."""
    lines = metrics.write("")[0].decode().splitlines()
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if line[0] != "#")}


def test_what_was_served_is_counted(metrics: Metrics) -> None:
    query = Account(route="/sparql", query="0" * 16, rows=3, cached=False, seconds=0.02)
    metrics(served(account=query))
    metrics(served(account=Account(route="/sparql", query="0" * 16, rows=3, cached=True)))
    metrics(served(account=Account(route="/sparql", query="1" * 16), status=504, ending=Ending.TIMEOUT))
    metrics(served(account=Account(route="/articles", stored=1), method="POST", status=201))
    metrics(served(account=Account(route="/articles", refused=1), method="POST", status=422))
    metrics(served(method="BREW", status=404))
    found = values(metrics)
    expected = {
        'kg_requests_total{method="GET",route="/sparql",status="200"}': 2,
        'kg_requests_total{method="GET",route="/sparql",status="504"}': 1,
        'kg_requests_total{method="other",route="unknown",status="404"}': 1,
        'kg_request_seconds_count{route="/sparql"}': 3,
        'kg_request_seconds_bucket{le="0.01",route="/sparql"}': 0,
        'kg_request_seconds_bucket{le="0.025",route="/sparql"}': 3,
        'kg_sent_bytes_total{route="/sparql"}': 126,
        'kg_queries_total{outcome="ok"}': 2,
        'kg_queries_total{outcome="timeout"}': 1,
        'kg_queries_total{outcome="memory"}': 0,
        "kg_query_rows_total": 6,
        "kg_query_seconds_count": 1,
        "kg_cache_hits_total": 1,
        "kg_cache_misses_total": 1,
        'kg_articles_total{outcome="stored"}': 1,
        'kg_articles_total{outcome="refused"}': 1,
    }
    assert {name: found[name] for name in expected} == expected


def test_what_is_so_now_is_asked_for(metrics: Metrics) -> None:
    found = values(metrics)
    expected = {
        "kg_readers_busy": 2,
        "kg_readers_waiting": 5,
        "kg_readers_started_total": 7,
        "kg_generation": 12,
        "kg_journal_sequence": 9,
        "kg_index_lag": 2,
        "kg_log_dropped_total": 3,
    }
    assert {name: found[name] for name in expected} == expected
    assert found["process_resident_memory_bytes"] > 1_000_000


def test_two_services_in_one_process_count_apart(readers: FakeReaders) -> None:
    one, other = (Client(create_app(Settings(base_iri=BASE), readers, None)) for _ in range(2))
    one.get("/healthz")
    assert 'route="/healthz"' in one.get("/metrics").text
    assert 'route="/healthz"' not in other.get("/metrics").text


def test_strangers_do_not_fill_it(client: Client) -> None:
    for number in range(20):
        client.get(f"/nothing-{number}")
        client.get(f"/state/nobody-{number}")
    text = client.get("/metrics").text
    assert "nothing-" not in text
    assert "nobody-" not in text
    assert 'kg_requests_total{method="GET",route="unknown",status="404"} 20.0' in text


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "text/plain"),
        ("application/openmetrics-text; version=1.0.0", "application/openmetrics-text"),
        ("application/openmetrics-text; version=abc", "application/openmetrics-text"),
        ("text/plain; version=abc", "text/plain"),
    ],
)
def test_formats(client: Client, accept: str, media_type: str) -> None:
    response = client.get("/metrics", accept)
    assert response.headers["content-type"].startswith(media_type)
    assert response.headers["cache-control"] == "no-store"


def test_every_metric_is_documented_and_nothing_else(metrics: Metrics) -> None:
    text = metrics.write("")[0].decode()
    real = {(name, kind) for name, kind in re.findall(r"^# TYPE (kg_\w+) (\w+)$", text, re.MULTILINE)}
    real = {(name, kind) for name, kind in real if not name.endswith("_created")}
    documented = [(codes(row[0])[0], row[1]) for row in rows(section(read("docs/operating.md"), "Metrics"))]
    assert len(documented) == len(set(documented))
    assert {(name, kind) for name, kind in documented if not name.startswith("process_")} == real
