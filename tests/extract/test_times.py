from __future__ import annotations

import time
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given as holds
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extract.language import load_language
from kg.extract.times import TimeFinder
from kg.types import TimeMention, TimeUnit

NLP = load_language()
FINDER = TimeFinder()
DAY, WEEK, MONTH, YEAR = TimeUnit
DEFAULTS = {field.name: field.default for field in fields(TimeMention)}
SEED = Path(__file__).parents[2] / "data" / "samples" / "us-korea-ukraine.txt"


def find(text: str) -> list[tuple[str, dict[str, object]]]:
    """Each time as its words and the parts they give."""
    mentions = FINDER.find(NLP(text))
    return [(text[m.span.start : m.span.end], parts(m)) for m in mentions]


def parts(mention: TimeMention) -> dict[str, object]:
    given = {name: getattr(mention, name) for name in DEFAULTS if name != "span"}
    return {name: value for name, value in given.items() if value != DEFAULTS[name]}


DATES = [
    ("It began on 4 January.", "4 January", {"month": 1, "day": 4}),
    ("It began on January 4, he said.", "January 4", {"month": 1, "day": 4}),
    ("It began on Jan. 4 in Oslo.", "Jan. 4", {"month": 1, "day": 4}),
    ("In a release from Feb.25, it", "Feb.25", {"month": 2, "day": 25}),
    ("It began on January 4, 2024, he said.", "January 4, 2024", {"year": 2024, "month": 1, "day": 4}),
    ("It began on 4 January 2024.", "4 January 2024", {"year": 2024, "month": 1, "day": 4}),
    ("It began on July 11th, 2021.", "July 11th, 2021", {"year": 2021, "month": 7, "day": 11}),
    ("On the 4th of January it began.", "4th of January", {"month": 1, "day": 4}),
    ("On the 22nd of July 2022 it", "22nd of July 2022", {"year": 2022, "month": 7, "day": 22}),
    ("DURBAN, May 20 2022 (IPS) - The", "May 20 2022", {"year": 2022, "month": 5, "day": 20, "dateline": True}),
    (
        "It began on Friday, July 22, 2022.",
        "Friday, July 22, 2022",
        {"year": 2022, "month": 7, "day": 22, "weekday": 4},
    ),
    ("It began on Tuesday the 5th of May.", "Tuesday the 5th of May", {"month": 5, "day": 5, "weekday": 1}),
    ("They met on Wednesday (July 27) here.", "Wednesday (July 27", {"month": 7, "day": 27, "weekday": 2}),
    ("On Sept. 13 (Thursday), 2018 it", "Sept. 13 (Thursday), 2018", {"year": 2018, "month": 9, "day": 13}),
    ("Earlier on June 26, 2019 it", "June 26, 2019", {"year": 2019, "month": 6, "day": 26}),
    ("Log of 2024-01-04, closed.", "2024-01-04", {"year": 2024, "month": 1, "day": 4}),
    ("Signed on 24/07/2022 there.", "24/07/2022", {"year": 2022, "month": 7, "day": 24}),
    ("Signed on 07/24/2022 there.", "07/24/2022", {"year": 2022, "month": 7, "day": 24}),
    ("Signed on 04/01/2024 there.", "04/01/2024", {"year": 2024}),
    ("It fell in November 2023 again.", "November 2023", {"year": 2023, "month": 11}),
    ("It fell in November of 2019.", "November of 2019", {"year": 2019, "month": 11}),
    ("It fell in November.", "November", {"month": 11}),
    ("JULY 9 was calm.", "JULY 9", {"month": 7, "day": 9}),
    ("It fell on July 5 last year.", "July 5 last year", {"month": 7, "day": 5, "offset": -1, "unit": YEAR}),
    ("It fell in June of last year.", "June of last year", {"month": 6, "offset": -1, "unit": YEAR}),
    ("It fell last July.", "last July", {"month": 7, "offset": -1}),
    ("It was moved to next January.", "next January", {"month": 1, "offset": 1}),
    ("Earlier in July, it fell.", "Earlier in July", {"month": 7, "offset": 0}),
    ("It fell in late May.", "late May", {"month": 5}),
    ("It fell in mid-June.", "mid-June", {"month": 6}),
    ("It fell in early 2022.", "early 2022", {"year": 2022}),
]

RANGES = [
    ("It ran from 3 to 5 May.", "3 to 5 May", {"month": 5}),
    ("It ran on May 3-5.", "May 3-5", {"month": 5}),
    ("It ran on May 3–5, 2022.", "May 3–5, 2022", {"year": 2022, "month": 5}),
    ("It ran on July 15, 16 and 17.", "July 15, 16 and 17", {"month": 7}),
    ("It ran from Aug. 28 to September 1, 2022.", "Aug. 28 to September 1, 2022", {"year": 2022}),
    ("It ran from March 2011 to January 2013.", "March 2011 to January 2013", {}),
    ("It ran between 2014 and 2016.", "2014 and 2016", {}),
    ("The winter of 1998-1999 was cold.", "1998-1999", {}),
    ("In the season 2021/22 they won.", "2021/22", {}),
    ("Open from Monday to Friday.", "Monday to Friday", {}),
]

RELATIVE = [
    ("He spoke on Monday.", "Monday", {"weekday": 0}),
    ("He spoke on Sunday evening.", "Sunday evening", {"weekday": 6}),
    ("He spoke last Monday.", "last Monday", {"weekday": 0, "offset": -1}),
    ("They meet next Friday.", "next Friday", {"weekday": 4, "offset": 1, "direction": 1}),
    ("He spoke on Monday last week.", "Monday last week", {"weekday": 0, "offset": -1, "unit": WEEK}),
    ("He spoke yesterday.", "yesterday", {"offset": -1, "unit": DAY}),
    ("He spoke the day before yesterday.", "the day before yesterday", {"offset": -2, "unit": DAY}),
    ("Today, he spoke.", "Today", {"offset": 0, "unit": DAY}),
    ("He spoke this morning.", "this morning", {"offset": 0, "unit": DAY}),
    ("He speaks tonight.", "tonight", {"offset": 0, "unit": DAY}),
    ("He spoke last week.", "last week", {"offset": -1, "unit": WEEK}),
    ("He speaks next month.", "next month", {"offset": 1, "unit": MONTH}),
    ("It rose earlier this year.", "earlier this year", {"offset": 0, "unit": YEAR}),
    ("It rose last year's figure.", "last year", {"offset": -1, "unit": YEAR}),
    ("He left two days ago.", "two days ago", {"offset": -2, "unit": DAY}),
    ("He left a week ago.", "a week ago", {"offset": -1, "unit": WEEK}),
    ("He left about two years ago.", "about two years ago", {}),
    ("He left a year and a half ago.", "a year and a half ago", {}),
    ("He left a few weeks ago.", "a few weeks ago", {}),
    ("He left three weeks earlier.", "three weeks earlier", {"offset": -3, "unit": WEEK, "anaphoric": True}),
    ("He left two years later.", "two years later", {"offset": 2, "unit": YEAR, "anaphoric": True}),
    ("He left the previous day.", "the previous day", {"offset": -1, "unit": DAY, "anaphoric": True}),
    ("He left that year.", "that year", {"offset": 0, "unit": YEAR, "anaphoric": True}),
    ("He left the day before.", "the day before", {"offset": -1, "unit": DAY, "anaphoric": True}),
]


@pytest.mark.parametrize(("text", "words", "given"), [*DATES, *RANGES, *RELATIVE])
def test_finds_one_time(text: str, words: str, given: dict[str, object]) -> None:
    given = {name: value for name, value in given.items() if value != DEFAULTS[name]}
    assert find(text) == [(words, given)]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("It has held in 2018.", ["2018"]),
        ("the 2018 agreement", ["2018"]),
        ("his spectacular 2019 electoral landslide", ["2019"]),
        ("since 2015, when", ["2015"]),
        ("as early as 2006 it", ["2006"]),
        ("compared to 2021, it", ["2021"]),
        ("in 2013, 2014 and 2016.", ["2013", "2014", "2016"]),
        ("the first half of 2022, it", ["2022"]),
        ("his first book (2019) and", ["2019"]),
        ("2022 was calm.", ["2022"]),
        ("some 2018 people came", []),
        ("in 2000 households", []),
        ("a total of 2018 soldiers", []),
        ("2,018 came", []),
        ("it costs $2018 or Rs 2018", []),
        ("room 2018 is", []),
        ("Resolution 1718 was", []),
        ("in the 1990s and the early 1970's", []),
        ("the height of 2018 metres", []),
        ("at 2015 GMT", []),
        ("under Act No. 23 of 1992 and the 2030 Agenda", []),
        ("the Vision 2030 objective", []),
        ("it rose to 2018 from 1999 cases", []),
    ],
)
def test_tells_years_from_other_numbers(text: str, years: list[str]) -> None:
    assert [words for words, _ in find(text)] == years


@pytest.mark.parametrize(
    "text",
    [
        "He may go, and May said so.",
        "Theresa May spoke to May supporters.",
        "They March on Washington; the March on Rome.",
        "April said no. June Smith agreed with August Wilson.",
        "He went to Mar del Plata.",
        "A second chance, the 4th attempt, and the Sun.",
        "It lasted for two days, a two-day visit over the next week and the last month.",
        "Every Friday and on Mondays they pray.",
        "The Sunday Times wrote on Black Friday and Good Friday.",
        "On Independence Day and Christmas.",
        "She reads Egypt Today and TODAY NICARAGUA.",
        "COVID-19 may spread, 24/7, since 9/11.",
        "See https://example.org/2022/07/18/july-4-2022 or mail may.2022@example.org.",
        "He is 35 years old; the 20-year-old fled.",
        "Two days after the vote he left, more than a year later than planned.",
    ],
)
def test_finds_no_time(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Ministers met on Monday.", 0),
        ("Ministers will meet on Monday.", 1),
        ("On Monday, ministers will meet.", 1),
        ("The talks are scheduled for Monday.", 1),
        ("A summit is to be held in Oslo on 5 May.", 1),
        ("They'll meet on Monday.", 1),
        ("It will get worse, a report warned Monday.", 0),
        ("On Monday, ministers said they will meet.", 0),
        ("He will resign after he lost the vote on Monday.", 0),
        ("He will go. They met on Monday.", 0),
        ("They will keep what has held since 5 May.", -1),
        ("Ministers plan to meet on Monday.", 1),
        ("Ministers said they would meet on Monday.", 1),
        ("The summit opens on Monday.", 1),
        ("Ministers may meet on Monday.", 1),
        ("Ministers began to meet on Monday.", 0),
        ("Ministers flew to Oslo on Monday to sign a pact.", 0),
        ("The envoy, who will resign, left on Monday.", 0),
    ],
)
def test_tells_where_a_clause_looks(text: str, direction: int) -> None:
    assert [mention.direction for mention in FINDER.find(NLP(text))] == [direction]


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("SEOUL, July 9 (Reuters) - The minister spoke.", True),
        ("CAIRO- 24 July 2022: The minister spoke.", True),
        ("CAIRO – 24 July 2022: The minister spoke.", True),
        ("PHNOM PENH, May 27 (Xinhua) -- The minister spoke.", True),
        ("Talks open\nPublished: 24 July 2022 10:30 GMT\nThe minister spoke.", True),
        ("Talks open\nJuly 24, 2022\nThe minister spoke.", True),
        ("The minister said today (July 24, 2022) that", True),
        ("The minister spoke on July 9 (Reuters said).", False),
        ("One.\nTwo.\nThree.\nFour.\n24 February 2022\nThe war begins.", False),
    ],
)
def test_knows_the_day_of_writing(text: str, dateline: bool) -> None:
    assert any(mention.dateline for mention in FINDER.find(NLP(text))) is dateline


def test_names_of_past_events_fix_no_time() -> None:
    assert find("The Sept. 11 attacks and the 26 July Movement.") == [("Sept. 11", {}), ("26 July", {})]


def test_finds_the_times_of_the_seed_article() -> None:
    words = [words for words, _ in find(SEED.read_text(encoding="utf-8"))]
    assert words == ["November 2023", "2018", "4 January", "5 January", "9 January", "10 January"]


WORDS = """the a two few 5 31 2022 1,200 May July Jan. Monday last next this week year days ago later and to - – ( , .
between from in will since early mid today https://a.b/2022 'll"""


@holds(st.lists(st.tuples(st.sampled_from(WORDS.split()), st.sampled_from(["", " ", "\n", "  "])), max_size=30))
def test_mentions_follow_each_other_in_any_text(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + blank for word, blank in pieces)
    spans = [mention.span for mention in FINDER.find(NLP(text))]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))


@pytest.mark.parametrize(
    "text", ["a" + " " * 50_000 + "x", "5" * 50_000, "a.2" * 20_000, "5, " * 10_000, "July 5, " * 5_000]
)
def test_odd_texts_cost_little(text: str) -> None:
    doc = Doc(NLP.vocab, words=[text], sent_starts=[True], spaces=[False])
    start = time.process_time()
    list(FINDER.find(doc))
    assert time.process_time() - start < 2
