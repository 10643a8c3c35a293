"""The terms of graphs as plain strings, as `kg.export.named_graph` has them: those of rdflib cost much to make."""

from __future__ import annotations

from types import SimpleNamespace

from kg.vocab import KG, OA, SCHEMA

kg = SimpleNamespace(**{name: str(KG[name]) for name in KG.__annotations__ if not name.startswith("_")})
oa = SimpleNamespace(**{name: str(OA[name]) for name in ("start", "end", "exact")})
schema = SimpleNamespace(
    **{
        name: str(SCHEMA[name])
        for name in ("articleSection", "datePublished", "headline", "inLanguage", "publisher", "url")
    }
)
