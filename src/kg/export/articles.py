"""Articles as their graphs describe them."""

from __future__ import annotations

from collections.abc import Iterator

from kg.export import terms
from kg.export.named_graph import NamedGraph
from kg.export.records import ArticleRecord, Quotation
from kg.vocab import PREFIXES

_GENERATED_BY = PREFIXES["prov"] + "wasGeneratedBy"
_ASSOCIATED_WITH = PREFIXES["prov"] + "wasAssociatedWith"
_LABEL = PREFIXES["rdfs"] + "label"


def find_articles(graph: NamedGraph) -> Iterator[ArticleRecord]:
    """The articles that a graph holds: one, where it is an article's."""
    return (read_article(graph, iri) for iri in graph.instances_of(terms.kg.Article))


def read_article(graph: NamedGraph, iri: str) -> ArticleRecord:
    """The article `iri`; one that the graph does not describe has no more than its IRI."""
    text = graph.one_of(iri, terms.kg.text)
    return ArticleRecord(
        iri=iri,
        url=graph.one_of(iri, terms.schema.url),
        headline=graph.one_of(iri, terms.schema.headline),
        section=graph.one_of(iri, terms.schema.articleSection),
        publisher=graph.one_of(iri, terms.schema.publisher),
        published=graph.one_of(iri, terms.schema.datePublished),
        language=graph.one_of(iri, terms.schema.inLanguage),
        version=_version(graph, iri),
        words=None if text is None else len(text.split()),
    )


def read_quotation(graph: NamedGraph, iri: str) -> Quotation | None:
    """The words that the Evidence `iri` stands for; None where the graph does not describe it."""
    start, end = graph.one_of(iri, terms.oa.start), graph.one_of(iri, terms.oa.end)
    text = graph.one_of(iri, terms.oa.exact)
    return None if start is None or end is None or text is None else Quotation(iri, int(start), int(end), text)


def read_quotations(graph: NamedGraph, subject: str, predicate: str) -> tuple[Quotation, ...]:
    """The words that `predicate` leads to, in the order of the text."""
    found = (read_quotation(graph, iri) for iri in graph.all_of(subject, predicate))
    return tuple(sorted((one for one in found if one), key=lambda one: (one.start, one.end)))


def _version(graph: NamedGraph, iri: str) -> str | None:
    """Software and language model that read the article, as in `geokg 0.1.0, en_kg 1.0.0`."""
    activity = graph.one_of(iri, _GENERATED_BY)
    if activity is None:
        return None
    software = graph.one_of(activity, _ASSOCIATED_WITH)
    names = (software and graph.one_of(software, _LABEL), graph.one_of(activity, terms.kg.modelVersion))
    return ", ".join(name for name in names if name) or None
