"""An honest client, in a process of its own: what people ask, and how long they wait for it."""

from __future__ import annotations

import http.client
import itertools
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from urllib.parse import quote

_PAUSE = 0.03
_PATIENCE = 60.0
_PREFIXES = "PREFIX kg: <https://w3id.org/geokg/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
_ASKED = (
    ("/", "text/html"),
    ("/state/USA", "text/html"),
    ("/state/KOR.ttl", "*/*"),
    ("/search?q=korea", "text/html"),
    ("/healthz", "*/*"),
    ("SELECT ?s ?label { ?s a kg:State ; rdfs:label ?label } LIMIT 50", ""),
    ("SELECT ?speaker (COUNT(*) AS ?n) { ?x a kg:Statement ; kg:speaker ?speaker } GROUP BY ?speaker", ""),
    ("SELECT * { ?e a kg:Event ; kg:actor ?a ; kg:recipient ?r }", ""),
    ("ASK { ?s a kg:Article }", ""),
)


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds that each answer took, and what failed."""

    seconds: Sequence[float]
    failures: Sequence[str]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.seconds, n=20)[-1]


def ask(port: int, stop: Event, least: int) -> Waits:
    """Ask until `stop` is set, and so many times at least. No query is the same twice, so that none is in a cache."""
    seconds, failures = [], []
    for path, accept in _targets():
        if stop.is_set() and len(seconds) >= least:
            break
        start = time.monotonic()
        try:
            status = _get(port, path, accept)
        except (OSError, http.client.HTTPException) as error:
            failures.append(f"{path[:60]}: {type(error).__name__}")
            continue
        seconds.append(time.monotonic() - start)
        if status != 200:
            failures.append(f"{path[:60]}: {status}")
        time.sleep(_PAUSE)
    return Waits(seconds, failures)


def _targets() -> Iterator[tuple[str, str]]:
    for number in itertools.count():
        text, accept = _ASKED[number % len(_ASKED)]
        if accept:
            yield text, accept
        else:
            yield f"/sparql?query={quote(f'{_PREFIXES}{text} # {number} {time.time()}')}", "application/json"


def _get(port: int, path: str, accept: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("GET", path, headers={"Accept": accept})
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()
