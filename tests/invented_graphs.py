"""Data directories of invented articles, with graphs that an analyst wrote beside them, and other engines that hold the
same, for what reads whole graphs."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import rdflib

from invented import ACTIVITY, BASE, invent
from kg.iris import DEFAULT_GRAPH
from kg.journal import Journal
from kg.keeper import Keeper
from kg.settings import Settings
from kg.triples import to_graph, to_ntriples
from kg.types import Entry, Format
from kg.vocab import PREFIXES

JSON = "application/sparql-results+json"
CURATED = "http://x/notes"
# An event and a statement that an analyst adds to the first article, whose graph describes who takes part, and an event
# of no article's, of somebody with a name that asks for trouble.
NOTES = """
<{article}> a kg:Article .
<http://x/event> a kg:Event ; kg:article <{article}> ; kg:category plover:AID ; kg:factuality factuality:actual ;
  kg:actor <{base}state/{one}> ; kg:actorState <{base}state/{one}> ; kg:recipientState <{base}state/{two}> .
<{base}state/{one}> kg:iso3 "{one}" .
<http://x/said> a kg:Statement ; kg:article <{article}> ; kg:stance stance:denies ; kg:speaker <http://x/bobby> ;
  kg:saidOn "2020-02"^^xsd:gYearMonth .
<http://x/bobby> a kg:Official, kg:Person, kg:Agent ; rdfs:label "Bobby \\"; DROP ALL # \\\\ Straße" ;
  skos:altLabel "ΟΔΥΣΣΕΥΣ" ; kg:represents <{base}state/{one}> .
<http://x/alone> a kg:Event ; kg:article <http://x/nowhere> ; kg:category plover:ASSAULT ; kg:actor <http://x/bobby> ;
  kg:factuality factuality:future ; kg:date "1999-12-31"^^xsd:date .
"""
NUMBER = 45


def make_entry(number: int) -> Entry:
    """Invented article `number`, as the journal keeps it."""
    article, facts = invent(number)
    graph = to_ntriples(to_graph(article, facts, ACTIVITY, base=BASE))
    iri = f"{BASE}article/{article.id}"
    return Entry(iri, f"{number}.txt", article.text.encode(), Format.TEXT, graph, "kg 0", "rules 0")


def make_notes() -> bytes:
    """The graph that an analyst wrote, in N-Triples."""
    article, facts = invent(0)
    one, two = (state.iso3 for state in facts.states[:2])
    text = NOTES.format(base=BASE, article=f"{BASE}article/{article.id}", one=one, two=two)
    prefixes = "".join(f"@prefix {name}: <{namespace}> .\n" for name, namespace in PREFIXES.items())
    quads = ox.parse(prefixes + text, format=ox.RdfFormat.TURTLE)
    return ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""


def fill(data: Path, *, union: bool = True) -> Settings:
    """A data directory with `NUMBER` articles and the notes, which in a plain dataset are its default graph."""
    settings = Settings(data=data, readers=1, union_default_graph=union)
    with Keeper.open(settings) as keeper:
        keeper.keep([make_entry(number) for number in range(NUMBER)], [])
        keeper.keep_graph(CURATED if union else DEFAULT_GRAPH, make_notes())
    return settings


def stored(settings: Settings) -> list[tuple[str, bytes]]:
    """All graphs that the journal holds."""
    with Journal.open(settings.data, base_iri=BASE, write=False) as journal:
        return [(iri, graph) for _, iri, graph in journal.since(0) if graph is not None]


def load_oxigraph(graphs: list[tuple[str, bytes]]) -> Callable[[str], bytes]:
    """What answers queries by pyoxigraph, with the plain dataset of `graphs`."""
    store = ox.Store()
    for iri, triples in graphs:
        name = ox.DefaultGraph() if iri == DEFAULT_GRAPH else ox.NamedNode(iri)
        store.load(triples, format=ox.RdfFormat.N_TRIPLES, to_graph=name)
    return lambda text: store.query(text).serialize(format=_format(store.query(text)))  # type: ignore[union-attr, return-value]


def _format(found: object) -> ox.RdfFormat | ox.QueryResultsFormat:
    return ox.RdfFormat.TURTLE if isinstance(found, ox.QueryTriples) else ox.QueryResultsFormat.JSON


def load_rdflib(graphs: list[tuple[str, bytes]]) -> Callable[[str], bytes]:
    """What answers queries by rdflib, with the union of `graphs` as default graph."""
    dataset = rdflib.Dataset(default_union=True)
    for iri, triples in graphs:
        dataset.graph(iri).parse(data=triples, format="nt")
    return lambda text: dataset.query(text).serialize(format="json") or b""


@contextmanager
def serve(answer: Callable[[str], bytes], media_type: str = JSON) -> Iterator[str]:
    """The address of a SPARQL endpoint that answers so."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            try:
                body, status, kind = answer(text), 200, media_type
            except SyntaxError as error:
                body, status, kind = str(error).encode(), 400, "text/plain"
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/sparql"
        finally:
            server.shutdown()
            thread.join()
