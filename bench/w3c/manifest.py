"""A copy of the W3C's tests (github.com/w3c/rdf-tests) -> the tests in it.

Documents have the IRIs that they have on the web; the copy says where they lie. Requests and responses are described
in the HTTP vocabulary, https://www.w3.org/TR/HTTP-in-RDF10/, and content in https://www.w3.org/TR/Content-in-RDF10/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from w3c.types import DescriptionTest, Expected, GraphData, QueryTest, Request, RequestTest

WEB = "https://w3c.github.io/rdf-tests/"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
DAWG = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")

_FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the tests in a folder."""

    root: Path

    def path(self, iri: str) -> Path:
        """Where a document lies."""
        return self.root / iri.removeprefix(WEB)

    def has(self, iri: str) -> bool:
        """Whether the copy has such a document."""
        return iri.startswith(WEB) and self.path(iri).is_file()

    def read(self, iri: str) -> bytes:
        """The document."""
        return self.path(iri).read_bytes()

    def query_tests(self, manifest: str, *, without: str | None = None) -> list[QueryTest]:
        """The query evaluation tests of a manifest and of all that it includes, less those of folder `without`."""
        return [
            self._query_test(graph, entry)
            for graph, entry in self._entries(manifest, without)
            if any((entry, RDF.type, kind) in graph for kind in (MF.QueryEvaluationTest, MF.CSVResultFormatTest))
            and (entry, DAWG.approval, DAWG.Withdrawn) not in graph
        ]

    def request_tests(self, manifest: str) -> list[RequestTest]:
        """The tests of a manifest that are made of requests."""
        return [
            RequestTest(
                iri=str(entry),
                name=str(graph.value(entry, MF.name)),
                data=tuple(_graph_data(graph, entry, UT)),
                requests=tuple(_requests(graph, entry)),
            )
            for graph, entry in self._entries(manifest)
        ]

    def description_tests(self, manifest: str) -> list[DescriptionTest]:
        """The tests of a service description."""
        return [
            DescriptionTest(str(entry), str(graph.value(entry, MF.name))) for graph, entry in self._entries(manifest)
        ]

    def _entries(self, manifest: str, without: str | None = None) -> Iterator[tuple[Graph, Node]]:
        graph = Graph().parse(self.root / manifest, format="turtle", publicID=WEB + manifest)
        for included in _lists(graph, graph.objects(predicate=MF.include)):
            path = str(included).removeprefix(WEB)
            if without is None or not path.startswith(without):
                yield from self._entries(path, without)
        for entry in _lists(graph, graph.objects(predicate=MF.entries)):
            yield graph, entry

    def _query_test(self, graph: Graph, entry: Node) -> QueryTest:
        action = graph.value(entry, MF.action)
        query = str(action if isinstance(action, URIRef) else graph.value(action, QT.query))
        data = [GraphData(str(document)) for document in graph.objects(action, QT.data)]
        data += _graph_data(graph, action, QT)
        return QueryTest(
            iri=str(entry),
            name=str(graph.value(entry, MF.name)),
            query=query,
            data=(*data, *self._from_clauses(query, {own.name for own in data})),
            result=str(graph.value(entry, MF.result)),
            lax=(entry, MF.resultCardinality, MF.LaxCardinality) in graph,
        )

    def _from_clauses(self, query: str, known: set[str | None]) -> Iterator[GraphData]:
        """What the query itself names as its data: a service does not fetch it, so it must be there before."""
        text = self.read(query).decode()
        for iri in dict.fromkeys(_resolve(query, found) for found in _FROM.findall(text)):
            if iri not in known and self.has(iri):
                yield GraphData(iri, iri)


def _resolve(base: str, iri: str) -> str:
    """An IRI of a document beside the query; one of elsewhere stays as it is."""
    return iri if re.match(r"[a-z]+:", iri) else f"{base.rpartition('/')[0]}/{iri}"


def _lists(graph: Graph, heads: Iterable[Node]) -> Iterator[Node]:
    for head in heads:
        yield from Collection(graph, head)


def _graph_data(graph: Graph, node: Node | None, terms: Namespace) -> Iterator[GraphData]:
    """Named graphs: a document that gives the graph its IRI, or a document and a label that does."""
    for found in graph.objects(node, terms.graphData):
        if isinstance(found, URIRef):
            yield GraphData(str(found), str(found))
        else:
            document, label = graph.value(found, terms.graph), graph.value(found, RDFS.label)
            yield GraphData(str(document), str(document if label is None else label))


def _requests(graph: Graph, entry: Node) -> Iterator[Request]:
    action = graph.value(entry, MF.action)
    for request in _lists(graph, graph.objects(action, HT.requests)):
        response = graph.value(request, HT.resp)
        yield Request(
            method=str(graph.value(request, HT.methodName)),
            path=str(graph.value(request, HT.absolutePath)),
            headers=tuple(_headers(graph, request).items()),
            body=_body(graph, request),
            expected=_expected(graph, response),
        )


def _headers(graph: Graph, message: Node | None) -> dict[str, str]:
    return {
        str(graph.value(header, HT.fieldName)).lower(): str(graph.value(header, HT.fieldValue))
        for header in _lists(graph, graph.objects(message, HT.headers))
    }


def _body(graph: Graph, message: Node | None) -> bytes | None:
    content = graph.value(message, HT.body)
    if content is None:
        return None
    # By the name of UTF-16 alone Python writes the byte order mark that its tests ask for.
    return str(graph.value(content, CNT.chars)).encode(str(graph.value(content, CNT.characterEncoding)))


def _expected(graph: Graph, response: Node | None) -> Expected:
    boolean = graph.value(response, MF.expectedBoolean)
    body, media_type = _body(graph, response), _headers(graph, response).get("content-type")
    statuses = (re.sub(r"^.*#(?:StatusCode)?", "", str(own)) for own in graph.objects(response, MF.expectedStatus))
    return Expected(
        statuses=tuple(sorted(statuses)),
        form=_text(graph.value(response, MF.expectedFormat)),
        boolean=bool(boolean) if isinstance(boolean, Literal) else None,
        remark=_text(graph.value(response, MF.expectation)),
        media_type=None if media_type is None else media_type.partition(";")[0].strip(),
        body=None if body is None else body.decode(),
        location=_text(graph.value(response, MF.expectedLocation)),
    )


def _text(node: Node | None) -> str | None:
    return None if node is None else str(node)
