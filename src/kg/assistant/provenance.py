"""Where facts come from: the article, who published it and when, and what read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.assistant.bounds import shorten
from kg.assistant.parts import ArticleRef, to_article
from kg.assistant.said import LABEL, Said, read_names, read_said
from kg.assistant.source import Source
from kg.vocab import KG, PREFIXES, SCHEMA

_PROV = PREFIXES["prov"]
_GENERATED = f"{_PROV}wasGeneratedBy"
_SOFTWARE = f"{_PROV}wasAssociatedWith"
_ENDED = f"{_PROV}endedAtTime"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """An article with its language and section; the software and language model that read it, and when (UTC)."""

    article: ArticleRef
    language: str | None = None
    section: str | None = None
    software: str | None = None
    model: str | None = None
    read_at: str | None = None


def read_provenance(source: Source, articles: Iterable[str]) -> tuple[Provenance, ...]:
    """Where the facts of each of `articles` come from.

    Raises:
        KgError: the graph cannot be asked.
    """
    iris = tuple(dict.fromkeys(articles))
    said = Said()
    read_names(source, said, iris)
    read_said(source, said, iris, (SCHEMA.inLanguage, SCHEMA.articleSection, _GENERATED))
    read_said(source, said, said.objects(_GENERATED), (_SOFTWARE, _ENDED, KG.modelVersion))
    read_said(source, said, said.objects(_SOFTWARE), (LABEL,))
    return tuple(_to_provenance(said, iri) for iri in iris)


def _to_provenance(said: Said, iri: str) -> Provenance:
    activity = said.value(iri, _GENERATED) or ""
    software = said.value(activity, _SOFTWARE) or ""
    optional = (
        said.value(iri, str(SCHEMA.inLanguage)),
        said.value(iri, str(SCHEMA.articleSection)),
        said.value(software, LABEL),
        said.value(activity, str(KG.modelVersion)),
        said.value(activity, _ENDED),
    )
    language, section, program, model, ended = (shorten(value) if value else None for value in optional)
    return Provenance(
        article=to_article(said, iri),
        language=language,
        section=section,
        software=program,
        model=model,
        read_at=ended,
    )
