"""Groups: unnamed people, and office-holders without a name, where they act, receive or speak."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.types import Facts

Tell = Callable[..., Facts]
Find = Callable[..., list[str]]

GROUPS = [
    ("47 foreign ministers condemned Chad.", ["47 foreign ministers = 47 foreign minister"]),
    ("Norwegian soldiers shelled Chad.", ["Norwegian soldiers = ~ NOR"]),
    ("Chadian miners attacked Niger. Chadian miners attacked Mali.", ["Chadian miners = ~ TCD"]),
    ("Chadian miners attacked Niger. Malian miners left it. Malian students attacked Togo.", [
        "Chadian miners = ~ TCD", "Malian students = ~ MLI",
    ]),
    ("The Greek prime minister condemned Chad.", ["Greek prime minister = 1 prime minister GRC"]),
    ("Norwegian officials said no.", ["Norwegian officials = official NOR"]),
    ("Two Norwegian ministers said no.", ["Two Norwegian ministers = 2 minister NOR"]),
    ("Protesters marched.", ["Protesters = ~"]),
    ("Rebels watched. Chad shelled Niger.", []),
    ("Norwegian Prime Minister Ingrid Solheim left. The Norwegian prime minister condemned Chad.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GROUPS)
def test_groups(groups: Find, text: str, expected: list[str]) -> None:
    assert groups(text) == expected


def test_a_group_is_known_by_where_it_is_first_named(tell: Tell) -> None:
    facts = tell("Rebels shelled Niger. Rebels shelled Mali.")
    (group,) = facts.groups
    assert group.key.endswith("-0-6")
    assert [event.actors for event in facts.events] == [(group.key,)] * 2


def test_a_group_of_officials_stands_for_its_state(dyads: Find) -> None:
    assert dyads("Norwegian officials condemned Chad.") == ["ACCUSE NOR > TCD"]
