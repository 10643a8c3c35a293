"""Facts -> graph, and graph <-> N-Triples."""

from kg.triples.article import to_graph
from kg.triples.formats import RdfFormat, read_rdf, write_graphs
from kg.triples.ntriples import from_ntriples, to_ntriples
from kg.triples.reference import reference_graph, vocabulary_graph

__all__ = [
    "RdfFormat",
    "from_ntriples",
    "read_rdf",
    "reference_graph",
    "to_graph",
    "to_ntriples",
    "vocabulary_graph",
    "write_graphs",
]
