from __future__ import annotations

from urllib.parse import quote

import pytest

from kg.web import home

from .conftest import Client, FakeReaders


def test_home(client: Client) -> None:
    page = client.get("/", "text/html").text
    present = [
        "<strong>3</strong> statements",
        "<strong>2</strong> events",
        "<strong>2</strong> states",
        'href="./article/0123456789abcdef">Albania warns Chile',
        'href="./state/CHL">Chile</a> <small title="articles">1</small>',
    ]
    assert [words for words in present if words not in page] == []
    assert "Denmark" not in page


@pytest.mark.parametrize(
    ("words", "present", "absent"),
    [
        ("mentioned", ["Nothing is called so"], []),
        ("alban", ["./state/ALB", "./article/0123456789abcdef"], ["./state/CHL"]),
        ("republic of", ["./state/ALB", "./state/CHL"], ["./state/DNK"]),
        ("  VALE ", ["./person/ada-vale"], ["./state/ALB"]),
        ("ΆΝΝΑ", ["./person/" + quote("άννα-ζώη")], []),
        ("nobody", ["Nothing is called so"], []),
        ('") . ?s ?p ?o #', ["Nothing is called so", "&#34;) . ?s ?p ?o #"], []),
        ("<script>alert", ["./person/" + quote("άννα-ζώη"), "&lt;script&gt;alert"], ["<script"]),
        ("", ["<h1>Search</h1>"], ["Nothing is called so"]),
    ],
)
def test_search(client: Client, words: str, present: list[str], absent: list[str]) -> None:
    page = client.get(f"/search?q={quote(words)}", "text/html").text
    assert [word for word in present if word not in page] == []
    assert [word for word in absent if word in page] == []


def test_health_needs_no_index(client: Client, readers: FakeReaders) -> None:
    readers.failing = RuntimeError()
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.parametrize(
    ("url", "present", "absent"),
    [
        ("/browse/states", ["../state/ALB", "../state/DNK", "3 in all", 'aria-current="page"'], ["rel="]),
        ("/browse/states?page=2", ["Nothing is here"], ["../state/ALB"]),
        ("/browse/officials", ["../person/ada-vale"], ["../state/ALB"]),
        ("/browse/people", ["../person/" + quote("άννα-ζώη")], ["../person/ada-vale"]),
        ("/browse/articles", ["../article/0123456789abcdef", "2024-01-09"], []),
        ("/browse/groups", ["Nothing is here"], []),
    ],
)
def test_browse(client: Client, url: str, present: list[str], absent: list[str]) -> None:
    page = client.get(url, "text/html").text.split("<main>")[1]
    assert [word for word in present if word not in page] == []
    assert [word for word in absent if word in page] == []


def test_a_long_list_has_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "PAGE_SIZE", 1)
    page = client.get("/browse/states?page=2", "text/html").text
    assert "Chile</a>" in page and "Albania</a>" not in page
    assert 'rel="prev" href="?page=1"' in page and 'rel="next" href="?page=3"' in page


@pytest.mark.parametrize(
    ("url", "status"), [("/browse/nothing", 404), ("/browse/states?page=0", 400), ("/browse/states?page=x", 400)]
)
def test_nothing_to_browse(client: Client, url: str, status: int) -> None:
    assert client.get(url, "text/html").status_code == status


def test_another_name_is_told_where_it_was_found_by_that(client: Client) -> None:
    assert "also Republic of Albania</small>" in client.get("/search?q=republic albania", "text/html").text
    assert "also Republic of Albania</small>" not in client.get("/search?q=alba", "text/html").text
