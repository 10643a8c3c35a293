"""Facts -> graph, graph <-> N-Triples, and graphs <-> files."""

from kg.triples.article import to_graph
from kg.triples.examples import examples_graph
from kg.triples.files import RDF_SUFFIXES, read_rdf
from kg.triples.formats import RdfFormat, write_graphs
from kg.triples.ntriples import from_ntriples, to_ntriples
from kg.triples.reference import reference_graph, vocabulary_graph

__all__ = [
    "RDF_SUFFIXES",
    "RdfFormat",
    "examples_graph",
    "from_ntriples",
    "read_rdf",
    "reference_graph",
    "to_graph",
    "to_ntriples",
    "vocabulary_graph",
    "write_graphs",
]
