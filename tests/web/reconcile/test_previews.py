from __future__ import annotations

from html.parser import HTMLParser

import pytest

from kg.web.reconcile.previews import split_sentence

from ..conftest import Client


class Page(HTMLParser):
    def __init__(self, content: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def test_a_preview_shows_who_it_is_and_what_is_told(reconciling: Client) -> None:
    page = reconciling.get("/reconcile/preview?id=person%2Fjake-sullivan").text
    present = [
        '<a href="http://test/person/jake-sullivan" target="_blank" rel="noopener">Jake Sullivan</a>',
        "official, National Security Advisor, United States",
        "Mr <mark>Sullivan</mark>, of the USA, met Nigeria&#39;s president.",
        "Talks &lt;i&gt;held&lt;/i&gt; (2024-01-09)",
        "<dt>role</dt><dd>National Security Advisor</dd>",
        'href="../static/style.css"',
    ]
    assert [words for words in present if words not in page] == []


def test_a_state_has_its_other_names_and_codes(reconciling: Client) -> None:
    page = reconciling.get("/reconcile/preview?id=state/USA").text
    present = ["<dt>capital</dt><dd>Washington D.C.</dd>", "<dt>ISO 3166-1 alpha-2 code</dt><dd>US</dd>", "also "]
    assert [words for words in present if words not in page] == []
    assert "of the <mark>USA</mark>, met" in page


def test_any_page_may_show_it_in_a_frame_and_it_runs_nothing(reconciling: Client) -> None:
    policy = reconciling.get("/reconcile/preview?id=state/USA").headers["content-security-policy"]
    assert "frame-ancestors *" in policy and "default-src 'none'" in policy and "script" not in policy
    assert "frame-ancestors 'none'" in reconciling.get("/reconcile").headers["content-security-policy"]
    assert "frame-ancestors 'none'" in reconciling.get("/", "text/html").headers["content-security-policy"]


def test_no_word_becomes_markup(reconciling: Client) -> None:
    content = reconciling.get("/reconcile/preview?id=person/bad").text
    page = Page(content)
    assert {"script", "b", "i", "img", "iframe"} & set(page.tags) == set()
    assert [name for name, _ in page.attributes if name.startswith("on")] == []
    assert "&lt;script&gt;alert(1)" in content


@pytest.mark.parametrize(
    ("sentence", "names", "pieces"),
    [
        ("Sullivan met Sullivan's aide.", ["Sullivan"], ["*Sullivan", " met ", "*Sullivan", "'s aide."]),
        ("The USA and the usage", ["USA"], ["The ", "*USA", " and the usage"]),
        ("Kim Jong-un and Kim", ["Kim", "Kim Jong-un"], ["*Kim Jong-un", " and ", "*Kim"]),
        ("a.b axb", ["a.b"], ["*a.b", " axb"]),
        ("nothing", [], ["nothing"]),
        ("nothing", [" "], ["nothing"]),
        ("习近平说", ["习近平"], ["习近平说"]),
    ],
)
def test_names_are_marked(sentence: str, names: list[str], pieces: list[str]) -> None:
    assert [("*" if piece.is_name else "") + piece.text for piece in split_sentence(sentence, names)] == pieces


def test_a_long_sentence_is_cut() -> None:
    (piece,) = split_sentence("word " * 100, [])
    assert len(piece.text) <= 280 and piece.text.endswith("word …")
