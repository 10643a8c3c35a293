"""What an assistant calls an article -> its IRI."""

from __future__ import annotations

from kg.assistant.said import is_iri
from kg.assistant.source import Source
from kg.sparql_text import to_iri, to_literal


def find_article(source: Source, given: str) -> str | None:
    """The IRI of the article that `given` is the IRI or the web address of; None where there is none.

    Raises:
        KgError: it cannot be asked.
    """
    if is_iri(given) and source.ask(f"{to_iri(given)} a kg:Article"):
        return given
    words = to_literal(given)
    pattern = source.within(f"VALUES ?url {{ {words}^^xsd:anyURI {words} }} ?article schema:url ?url")
    rows = source.select(f"SELECT DISTINCT ?article WHERE {{ {pattern} }} ORDER BY ?article LIMIT 1")
    return rows[0]["article"] if rows else None
