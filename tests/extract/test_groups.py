"""Groups: unnamed people with their number, role and state, officials told from others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from faults import fault

Find = Callable[[str], list[str]]

OFFICIAL = [
    ("47 foreign ministers issued a statement.", ["47 foreign ministers = 47x foreign minister"]),
    ("Twelve senators objected.", ["Twelve senators = 12x senator"]),
    ("Senior officials objected.", ["Senior officials = senior official"]),
    ("Two senior Turkish officials objected.", ["Two senior Turkish officials = 2x senior official/TUR"]),
    ("US lawmakers objected.", ["US lawmakers = lawmaker/USA"]),
    ("Opposition lawmakers objected.", ["Opposition lawmakers = opposition lawmaker"]),
    ("Three Kenyan diplomats objected.", ["Three Kenyan diplomats = 3x diplomat/KEN"]),
    ("Health ministry officials objected.", ["Health ministry officials = official"]),
    ("EU foreign ministers objected.", ["EU foreign ministers = foreign minister"]),
    ("Some 1,500 delegates objected.", ["1,500 delegates = 1500x delegate"]),
    ("African leaders objected.", ["African leaders = african leader"]),
]

PEOPLE = [
    ("Protesters marched.", ["Protesters = ~protester"]),
    ("Textile workers marched.", ["Textile workers = ~textile worker"]),
    ("Russian soldiers marched.", ["Russian soldiers = ~soldier/RUS"]),
    ("About 300 Sudanese refugees marched.", ["300 Sudanese refugees = 300x ~refugee/SDN"]),
    ("Armed men and gunmen marched.", ["men", "gunmen"]),
    ("Suspected Islamist militants marched.", ["Suspected Islamist militants = ~suspected islamist militant"]),
    ("University students marched.", ["University students = ~university student"]),
    ("Five Palestinian detainees marched.", ["Five Palestinian detainees = 5x ~detainee/PSE"]),
    ("Hundreds of teachers marched.", ["teachers = ~teacher"]),
    ("U.S. troops marched.", ["U.S. troops = ~troop/USA"]),
    fault(
        "Anti-government protesters marched.",
        ["Anti-government protesters = ~anti-government protester"],
        reason="a compound modifier is cut at its hyphen",
    ),
    fault(
        "Pro-Russian separatists marched.",
        ["Pro-Russian separatists = ~pro-Russian separatist/RUS"],
        reason="a compound modifier is cut at its hyphen",
    ),
]


@pytest.mark.parametrize(("text", "expected"), OFFICIAL + PEOPLE)
def test_groups(groups: Find, text: str, expected: list[str]) -> None:
    found = groups(text)
    assert len(found) == len(expected)
    for group, start in zip(found, expected, strict=True):
        assert group == start or (" = " not in start and start in group)


NONE = [
    "The ministers left.",
    "Both officials left.",
    "The official left.",
    "The two officials left.",
    "The three foreign ministers left.",
    "Prime Ministers Tomas Havel and Marek Zielonka left.",
]


@pytest.mark.parametrize("text", NONE)
def test_what_points_back_is_no_group(groups: Find, text: str) -> None:
    assert groups(text) == []


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("On 9 January 47 foreign ministers met.", "47 foreign ministers = 47x foreign minister"),
        ("In 2019 senators met.", "senators = senator"),
        ("On 12 May, five judges met.", "five judges = 5x judge"),
    ],
)
def test_a_date_is_no_count(groups: Find, text: str, start: str) -> None:
    assert groups(text) == [start]
