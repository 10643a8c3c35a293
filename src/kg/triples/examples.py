"""The example queries as RDF, so that tools find them by asking.

SHACL Advanced Features, section 5.1 (SPARQL-based executables), in the convention of
https://github.com/sib-swiss/sparql-examples: editors ask an endpoint for `sh:SPARQLExecutable`, `rdfs:comment` and
`sh:select`, and for prefixes by `sh:prefix` and `sh:namespace`.
"""

from __future__ import annotations

import re

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, XSD

from kg import iris
from kg.examples import Example, load_examples
from kg.vocab import PREFIXES, SCHEMA

# Terms of the advanced features, which SHACL's own namespace does not list.
SHACL = Namespace(str(SH))

_LICENSE = URIRef("https://www.apache.org/licenses/LICENSE-2.0")
_FORM = re.compile(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE | re.MULTILINE)
_CLASSES = {
    "select": SHACL.SPARQLSelectExecutable,
    "ask": SHACL.SPARQLAskExecutable,
    "construct": SHACL.SPARQLConstructExecutable,
}
_TERM = re.compile(r"\b(stance|plover|kg):(\w+)")


def examples_graph(base: str) -> Graph:
    """Every example query, and the prefixes that the endpoint declares by itself, for a service at `base`."""
    graph = Graph()
    for prefix, namespace in {**PREFIXES, "sh": str(SH), "dcterms": str(DCTERMS)}.items():
        graph.bind(prefix, namespace)
    document = URIRef(base + iris.EXAMPLES)
    graph.add((document, RDF.type, OWL.Ontology))
    graph.add((document, DCTERMS.title, Literal("Example queries", "en")))
    graph.add((document, DCTERMS.license, _LICENSE))
    for prefix, namespace in PREFIXES.items():
        declaration = URIRef(f"{document}#prefix-{prefix}")
        graph.add((document, SHACL.declare, declaration))
        graph.add((declaration, RDF.type, SHACL.PrefixDeclaration))
        graph.add((declaration, SHACL.prefix, Literal(prefix)))
        graph.add((declaration, SHACL.namespace, Literal(namespace, datatype=XSD.anyURI)))
    for example in load_examples():
        _add_example(graph, base, document, example)
    return graph


def _add_example(graph: Graph, base: str, document: URIRef, example: Example) -> None:
    node = URIRef(base + iris.example(example.name))
    form = form_of(example.text)
    graph.add((node, RDF.type, SHACL.SPARQLExecutable))
    if form in _CLASSES:
        graph.add((node, RDF.type, _CLASSES[form]))
    graph.add((node, RDFS.comment, Literal(example.title, "en")))
    graph.add((node, SHACL.prefixes, document))
    graph.add((node, SHACL[form], Literal(example.text)))
    graph.add((node, SCHEMA.target, URIRef(f"{base}sparql")))
    graph.add((node, DCTERMS.isPartOf, document))
    for keyword in sorted({match[2] for match in _TERM.finditer(example.text)}):
        graph.add((node, SCHEMA.keywords, Literal(keyword)))


def form_of(query: str) -> str:
    """The form of a query in lower case: select, ask, construct or describe."""
    found = _FORM.search(query)
    assert found, "an example is a query"
    return found[1].lower()
