"""A copy of the tests -> what is tried with each service, suite by suite; and a service -> what it made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import httpx

from w3c.description import describe
from w3c.evaluation import evaluate
from w3c.manifest import Copy
from w3c.protocol import converse
from w3c.servers import Kind, Server, running
from w3c.types import QueryTest, RequestTest


@dataclass(frozen=True, slots=True)
class Trial:
    """A test, and what tries it with a service and says what went wrong."""

    iri: str
    run: Callable[[Server], str | None]


@dataclass(frozen=True, slots=True)
class Suite:
    """Tests that are counted together."""

    name: str
    trials: Sequence[Trial]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a service made of a test; `fault` says what went wrong, None that nothing did."""

    suite: str
    test: str
    fault: str | None


def find_suites(copy: Copy) -> list[Suite]:
    """All suites, in the order in which they are shown."""
    query, update = _protocol(copy)
    graphs = copy.request_tests("sparql/sparql11/graph-store-protocol/manifest.ttl")
    described = copy.description_tests("sparql/sparql11/service-description/manifest.ttl")
    sparql11 = copy.query_tests("sparql/sparql11/manifest-sparql11-query.ttl", without="sparql/sparql10/")
    sparql10 = copy.query_tests("sparql/sparql10/manifest-evaluation.ttl")
    formats = [
        *copy.query_tests("sparql/sparql11/csv-tsv-res/manifest.ttl"),
        *copy.query_tests("sparql/sparql11/json-res/manifest.ttl"),
    ]
    return [
        Suite("SPARQL 1.1 Protocol, query", _requests(query, copy)),
        Suite("SPARQL 1.1 Protocol, update", _requests(update, copy)),
        Suite("SPARQL 1.1 Graph Store Protocol", _requests(graphs, copy)),
        Suite("SPARQL 1.1 Service Description", [Trial(test.iri, partial(describe, test)) for test in described]),
        Suite("SPARQL 1.1 query evaluation", _queries(sparql11, copy)),
        Suite("SPARQL 1.0 query evaluation", _queries(sparql10, copy)),
        Suite("SPARQL 1.1 result formats", _queries(formats, copy)),
    ]


def take(kind: Kind, suites: Iterable[Suite], port: int) -> Iterator[Outcome]:
    """What a service makes of all tests; each suite finds it new and empty."""
    for suite in suites:
        with running(kind, port) as server:
            for trial in suite.trials:
                yield Outcome(suite.name, trial.iri, _try(trial, server))


def _try(trial: Trial, server: Server) -> str | None:
    try:
        server.start()
        return trial.run(server)
    except httpx.HTTPError as error:
        return f"no answer: {error!r}"


def _protocol(copy: Copy) -> tuple[list[RequestTest], list[RequestTest]]:
    """The tests of the protocol's query operation, and those of its update operation."""
    tests = copy.request_tests("sparql/sparql11/protocol/manifest.ttl")
    update = [test for test in tests if "update" in test.iri.rpartition("#")[2]]
    return [test for test in tests if test not in update], update


def _requests(tests: Iterable[RequestTest], copy: Copy) -> list[Trial]:
    return [Trial(test.iri, partial(converse, test, copy)) for test in tests]


def _queries(tests: Iterable[QueryTest], copy: Copy) -> list[Trial]:
    return [Trial(test.iri, partial(evaluate, test, copy)) for test in tests]
