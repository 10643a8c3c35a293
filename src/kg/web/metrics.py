"""`/metrics`: what operators watch, in the text formats of Prometheus. `docs/operating.md` lists all of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Protocol, runtime_checkable

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from starlette.requests import Request

from kg.web.accounting import Ending, Served
from kg.web.querier import Querier
from kg.web.readiness import Keeping

router = APIRouter(tags=["operators"])

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_OPENMETRICS = "application/openmetrics-text"
_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"}


@runtime_checkable
class Pool(Protocol):
    """What a querier that has a pool of processes says of it; see `kg.index.readers.Readers`."""

    @property
    def busy(self) -> int:
        """Processes at work on a query."""

    @property
    def waiting(self) -> int:
        """Queries that wait for a process."""

    @property
    def started(self) -> int:
        """Processes that were started so far."""


class Log(Protocol):
    """The access log; see `kg.web.access_log.AccessLog`."""

    @property
    def dropped(self) -> int:
        """Lines that could not be written."""


class Metrics:
    """The metrics of one service: a sink for `kg.web.accounting.Accounting`, with a registry of its own."""

    def __init__(self, querier: Querier, keeping: Keeping | None, log: Log | None) -> None:
        """All at zero; what has no counter of its own is asked of those given when it is read."""
        self._registry = registry = CollectorRegistry()
        self._requests = Counter("kg_requests", "Requests.", ("route", "method", "status"), registry=registry)
        self._seconds = Histogram(
            "kg_request_seconds", "Seconds to the last byte.", ("route",), buckets=_SECONDS, registry=registry
        )
        self._sent = Counter("kg_sent_bytes", "Bytes of bodies sent.", ("route",), registry=registry)
        self._queries = Counter("kg_queries", "SPARQL queries of clients.", ("outcome",), registry=registry)
        self._evaluation = Histogram(
            "kg_query_seconds", "Seconds until an answer began or failed.", buckets=_SECONDS, registry=registry
        )
        self._rows = Counter("kg_query_rows", "Rows and triples in answers.", registry=registry)
        self._hits = Counter("kg_cache_hits", "Answers that were there already.", registry=registry)
        self._misses = Counter("kg_cache_misses", "Answers that had to be evaluated.", registry=registry)
        self._articles = Counter("kg_articles", "Articles sent by clients.", ("outcome",), registry=registry)
        for ending in Ending:
            self._queries.labels(ending)
        for outcome in ("stored", "refused"):
            self._articles.labels(outcome)
        registry.register(_Standing(querier, keeping, log))
        ProcessCollector(registry=registry)

    def __call__(self, served: Served) -> None:
        """Count what was served."""
        account = served.account
        method = served.method if served.method in _METHODS else "other"
        self._requests.labels(account.route, method, int(served.status)).inc()
        self._seconds.labels(account.route).observe(served.seconds)
        self._sent.labels(account.route).inc(served.sent)
        self._articles.labels("stored").inc(account.stored)
        self._articles.labels("refused").inc(account.refused)
        if account.cached is not None:
            (self._hits if account.cached else self._misses).inc()
        if account.query is None:
            return
        self._queries.labels(served.ending).inc()
        self._rows.inc(account.rows or 0)
        if account.seconds is not None:
            self._evaluation.observe(account.seconds)

    def write(self, accept: str) -> tuple[bytes, str]:
        """All of them, and their media type, in the format that `accept` asks for."""
        # Of what is asked nothing but this goes on: a version that is no number raises there.
        encode, media_type = choose_encoder(_OPENMETRICS if _OPENMETRICS in accept.lower() else "")
        return encode(self._registry), media_type


class _Standing(Collector):
    """What is so at the moment it is read."""

    def __init__(self, querier: Querier, keeping: Keeping | None, log: Log | None) -> None:
        self._querier = querier
        self._keeping = keeping
        self._log = log

    def collect(self) -> Iterator[Metric]:
        pool = self._querier
        if isinstance(pool, Pool):
            yield GaugeMetricFamily("kg_readers_busy", "Processes at work on a query.", pool.busy)
            yield GaugeMetricFamily("kg_readers_waiting", "Queries that wait for a process.", pool.waiting)
            yield CounterMetricFamily("kg_readers_started", "Processes that were started.", pool.started)
        if self._keeping:
            now = self._keeping.standing
            behind = max(now.sequence - now.published, 0)
            yield GaugeMetricFamily("kg_generation", "The generation of the index that queries see.", now.generation)
            yield GaugeMetricFamily("kg_journal_sequence", "The last change in the journal.", now.sequence)
            yield GaugeMetricFamily("kg_index_lag", "Changes in the journal that queries do not see.", behind)
        if self._log:
            yield CounterMetricFamily("kg_log_dropped", "Lines the access log could not write.", self._log.dropped)


def get_metrics(request: Request) -> Metrics:
    """What `create_app` made."""
    metrics = request.app.state.metrics
    assert isinstance(metrics, Metrics)
    return metrics


@router.get("/metrics")
async def show_metrics(request: Request, metrics: Annotated[Metrics, Depends(get_metrics)]) -> Response:
    """What operators watch."""
    content, media_type = metrics.write(request.headers.get("accept", ""))
    return Response(content, headers={"Content-Type": media_type, "Cache-Control": "no-store"})
