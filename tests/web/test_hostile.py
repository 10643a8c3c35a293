"""Words that try to become markup or script stay words, on every kind of page."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest

from kg.settings import Settings
from kg.web.app import create_app

from .conftest import BASE, HERE, Client, FakeReaders

PAGES = [
    "/",
    "/browse/states",
    "/browse/organizations",
    "/browse/officials",
    "/browse/people",
    "/browse/groups",
    "/browse/articles",
    "/search?q=" + quote("\"><script>alert('q')</script>"),
    "/search?q=script",
    "/article/bad",
    "/state/BAD",
    "/state/BAD?part=met",
    "/organization/bad",
    "/organization/bad?part=said",
    "/person/bad",
    "/person/bad?part=done",
    "/group/bad",
    "/post/bad",
    "/statement/bad-1",
    "/event/bad-1",
    "/evidence/bad-34-38",
    "/activity/bad",
    "/software/bad",
    "/graph/reference",
    "/.well-known/void",
    "/examples",
]


class Page(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def hostile() -> Iterator[Client]:
    store = ox.Store()
    for graph in (ox.NamedNode(BASE + "article/bad"), ox.NamedNode(BASE + "graph/reference"), ox.DefaultGraph()):
        store.load(path=str(HERE / "hostile.ttl"), format=ox.RdfFormat.TURTLE, to_graph=graph)
    yield Client(create_app(Settings(base_iri=BASE), FakeReaders(store), None))


@pytest.mark.parametrize("url", PAGES)
def test_no_word_becomes_markup(hostile: Client, url: str) -> None:
    response = hostile.get(url, "text/html")
    assert response.status_code == 200
    page = Page(response.text)
    scripts = [attributes for tag, attributes in page.elements if tag == "script"]
    assert [one for one in scripts if one.get("src") != "../static/article.js"] == []
    assert {"iframe", "img", "svg", "object", "b"} & {tag for tag, _ in page.elements} == set()
    assert [name for _, attributes in page.elements for name in attributes if name.startswith("on")] == []
    targets = [attributes[name] for _, attributes in page.elements for name in ("href", "src") if name in attributes]
    assert {urlsplit(target or "").scheme for target in targets} <= {"", "http", "https"}


@pytest.mark.parametrize("url", ["/article/bad", "/state/BAD", "/person/bad", "/statement/bad-1"])
def test_the_words_are_shown(hostile: Client, url: str) -> None:
    assert "&lt;script&gt;alert(" in hostile.get(url, "text/html").text


def test_no_header_is_broken(hostile: Client) -> None:
    response = hostile.get("/person/" + quote('x">,<y'), "text/html")
    assert response.status_code == 404
    assert "link" not in response.headers
