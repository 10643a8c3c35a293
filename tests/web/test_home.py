from __future__ import annotations

from urllib.parse import quote

import pytest

from .conftest import Client, FakeReaders


def test_home(client: Client) -> None:
    page = client.get("/", "text/html").text
    present = [
        "<strong>3</strong> statements",
        "<strong>2</strong> events",
        "<strong>2</strong> states",
        'href="./article/0123456789abcdef">Albania warns Chile',
        'href="./state/CHL">Chile</a> <small>1</small>',
    ]
    assert [words for words in present if words not in page] == []
    assert "Denmark" not in page


@pytest.mark.parametrize(
    ("words", "present", "absent"),
    [
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
