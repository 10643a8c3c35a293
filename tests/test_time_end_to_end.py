from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kg.extract.language import load_language, sentences
from kg.extract.times import TimeFinder
from kg.resolve.dates import resolve_dates
from kg.types import Span

NLP = load_language()
FINDER = TimeFinder()
SEED = Path(__file__).parents[1] / "data" / "samples" / "us-korea-ukraine.txt"


def dates(text: str, published: dt.date | None = None) -> list[tuple[str, str | None]]:
    doc = NLP(text)
    mentions = list(FINDER.find(doc))
    spans = [Span(sent.start_char, sent.end_char) for sent in sentences(doc)]
    found = resolve_dates(mentions, published, sentences=spans)
    return [(text[m.span.start : m.span.end], found.get(m.span)) for m in mentions]


def test_the_seed_article_dates_itself() -> None:
    assert dates(SEED.read_text(encoding="utf-8")) == [
        ("November 2023", "2023-11"),
        ("2018", "2018"),
        ("4 January", "2024-01-04"),
        ("5 January", "2024-01-05"),
        ("9 January", "2024-01-09"),
        ("10 January", "2024-01-10"),
    ]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        (
            "LIMA, 24 July 2022: The president phoned his neighbour on Sunday evening. They had met the previous day.",
            None,
            [("24 July 2022", "2022-07-24"), ("Sunday evening", "2022-07-24"), ("the previous day", "2022-07-23")],
        ),
        (
            "The talks on Friday failed. Envoys will meet again on Monday, a year after the May 2021 truce.",
            dt.date(2022, 5, 7),
            [("Friday", "2022-05-06"), ("Monday", "2022-05-09"), ("May 2021", "2021-05")],
        ),
        (
            "Troops left last week. They had come in late March and stayed until May 3-5, two years ago he said.",
            dt.date(2022, 5, 19),
            [("last week", "2022-05"), ("late March", "2022-03"), ("May 3-5", "2022-05"), ("two years ago", "2020")],
        ),
        (
            "On 4 March the border closed. Nobody says which year; yesterday it opened.",
            None,
            [("4 March", None), ("yesterday", None)],
        ),
    ],
)
def test_words_to_dates(text: str, published: dt.date | None, expected: list[tuple[str, str | None]]) -> None:
    assert dates(text, published) == expected
