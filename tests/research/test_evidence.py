from __future__ import annotations

from html.parser import HTMLParser

import pytest

from invented import BASE
from kg import Graph
from kg.errors import SettingError
from kg.export.records import ArticleRecord, Quotation
from kg.research.evidence import Evidence
from kg.research.passages import Mark, Passage

HOSTILE = '<script>alert("x")</script> & <img src=x onerror=y>'


class Tags(HTMLParser):
    """The elements of some HTML, and what its marks hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.marked: list[tuple[str, str]] = []
        self._role: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        if tag == "a":
            self.links.append(given["href"] or "")
        self._role = given.get("title") if tag == "mark" else None

    def handle_data(self, data: str) -> None:
        if self._role:
            self.marked.append((self._role, data))
            self._role = None


def passage(*marks: Mark, text: str = "abcdefghij", url: str | None = None) -> Passage:
    article = ArticleRecord("http://x/a", url=url, headline=text, published="2024-01-09")
    return Passage("http://x/e", text, article, Quotation("http://x/q", 100, 100 + len(text), text), text, text, marks)


def test_an_event_comes_with_its_words(graph: Graph) -> None:
    row = graph.events(limit=1).iloc[0]
    (found,) = graph.evidence(row["Event ID"])
    assert (found.words.text, found.words.start, found.words.iri) == (
        row["Sentence"], row["Sentence Start"], row["Sentence ID"],
    )  # fmt: skip
    assert found.article.headline == row["Headline"] and row["Event Type"] in found.says
    marked = {mark.role: found.words.text[mark.start - found.words.start :][: mark.end - mark.start]
              for mark in found.marks}  # fmt: skip
    assert marked == {
        "act": row["Trigger"], "actor": row["Actor Name Raw"], "recipient": row["Recipient Name Raw"]
    }  # fmt: skip
    assert found.after or found.before


def test_a_statement_comes_with_its_words(graph: Graph) -> None:
    row = graph.statements(stance="states").iloc[0]
    (found,) = graph.evidence(row["Statement ID"])
    assert found.words.text == row["Sentence"] and found.says == f"{row['Speaker Name']} states, {row['Said On']}"
    roles = {mark.role for mark in found.marks}
    assert roles == {"speaker"}


def test_an_official_comes_with_all_that_they_say_and_do(graph: Graph) -> None:
    ada = f"{BASE}person/ada-albaniason"
    evidence = graph.evidence(ada, limit=None)
    official = graph.officials().set_index("Official ID").loc[ada]
    acts = {one.fact for one in evidence if "/event/" in one.fact}
    said = {one.fact for one in evidence if "/statement/" in one.fact}
    assert (len(said), len(acts)) == (official["Statements"], official["Acts"] + official["Received"])
    few = graph.evidence(ada, limit=2)
    assert (len(few), few.is_whole, evidence.is_whole) == (2, False, True)
    assert few[0] == evidence[0] and few[:2] == evidence.passages[:2]
    assert "There is more: these are the first 2." in repr(few) and "There is more" in few._repr_html_()
    assert list(few.to_frame()["Fact"]) == [one.fact for one in few]


def test_words_can_be_asked_for_themselves(graph: Graph) -> None:
    row = graph.events(limit=1).iloc[0]
    (found,) = graph.evidence(row["Sentence ID"])
    assert found.words.text == row["Sentence"]


@pytest.mark.parametrize("iri", ["", "Jake Sullivan", "http://x/ nobody", "http://x/nobody", f"{BASE}graph/reference"])
def test_what_has_no_words_is_told(graph: Graph, iri: str) -> None:
    with pytest.raises(SettingError, match=r"is no IRI|has no event, statement or agent"):
        graph.evidence(iri)


def test_all_that_comes_from_the_graph_is_escaped() -> None:
    mark = Mark(100, 110, "actor")
    html = Evidence(HOSTILE, (passage(mark, text=HOSTILE, url="javascript:alert(1)"),))._repr_html_()
    found = Tags(html)
    assert set(found.tags) <= {"div", "p", "small", "b", "blockquote", "span", "mark", "a"}
    assert all(link.startswith("http://x/") for link in found.links)
    assert found.marked == [("actor", HOSTILE[:10])]


def test_an_address_that_would_break_out_does_not() -> None:
    found = Tags(Evidence("http://x/", (passage(url='http://x/"onmouseover="y'),))._repr_html_())
    assert 'http://x/"onmouseover="y' in found.links


@pytest.mark.parametrize(
    "marks, shown",
    [
        ([(100, 103, "actor"), (105, 107, "act")], [("actor", "abc"), ("act", "fg")]),
        ([(100, 110, "actor"), (102, 104, "act")], [("actor", "ab"), ("act", "cd"), ("actor", "efghij")]),
        ([(100, 105, "actor"), (103, 110, "quote")], [("actor", "abc"), ("actor", "de"), ("quote", "fghij")]),
        ([], []),
    ],
)
def test_marks_may_lie_over_each_other(marks: list[tuple[int, int, str]], shown: list[tuple[str, str]]) -> None:
    assert Tags(Evidence("http://x/", (passage(*(Mark(*mark) for mark in marks)),))._repr_html_()).marked == shown


def test_without_passages_it_says_so() -> None:
    empty = Evidence("http://x/", ())
    assert "No words" in repr(empty) and "No words" in empty._repr_html_() and len(empty) == 0


def test_what_is_only_claimed_or_disputed_says_by_whom(graph: Graph) -> None:
    events = graph.events()
    claimed = events.dropna(subset=["Speaker"]).iloc[0]
    assert graph.evidence(claimed["Event ID"])[0].says.endswith(f"told by {claimed['Speaker']}")
    plain = events[events["Speaker"].isna()].iloc[0]
    assert "told by" not in graph.evidence(plain["Event ID"])[0].says
