"""Templates -> HTML responses. Everything is escaped; links work behind any host and under any path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

import jinja2
from fastapi.responses import HTMLResponse
from starlette.requests import Request

from kg.vocab import KG
from kg.web.description import name_of, words_of

# https://w3id.org/geokg/, under which every vocabulary has its name
VOCABULARY_BASE = str(KG._NS).removesuffix("ontology#")
VOCABULARIES = ("ontology", "shapes", "plover", "stance", "factuality", "kind")


@dataclass(frozen=True, slots=True)
class Links:
    """From IRIs to addresses. `root` is the way from the page to the root of the service, such as `../`."""

    base_iri: str
    root: str

    def href(self, iri: str) -> str | None:
        """Where a page links for `iri`: within the service, or outwards by HTTP; None for anything else."""
        if iri.startswith(self.base_iri):
            return self.root + quote(iri.removeprefix(self.base_iri), safe="/")
        if iri.startswith(VOCABULARY_BASE):
            name, _, term = iri.removeprefix(VOCABULARY_BASE).partition("#")
            if name in VOCABULARIES:
                return f"{self.root}{name}#{quote(term)}" if term else self.root + name
        return iri if iri.startswith(("http://", "https://")) else None


def links_for(request: Request, base_iri: str) -> Links:
    """The links of the page that answers `request`."""
    depth = str(request.scope["path"]).removeprefix(str(request.scope.get("root_path", ""))).count("/") - 1
    return Links(base_iri, "../" * depth or "./")


def load_templates() -> jinja2.Environment:
    """The templates, which escape all they are given and stop at names they do not know."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("kg.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"name_of": name_of, "words_of": words_of}
    return environment


def render(
    templates: jinja2.Environment,
    name: str,
    context: Mapping[str, object],
    *,
    links: Links,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """The page that template `name` makes of `context`."""
    page = templates.get_template(name).render(context, links=links)
    return HTMLResponse(page, status, headers)
