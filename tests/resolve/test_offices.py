"""Offices: the state a person acts for, by title, by body, by what is known of leaders, by later description."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.reference import load_leaders
from kg.resolve.offices import described_state, known_state, title_body, titled_state
from kg.types import Anaphor, Facts, Span, TitleMention

Tell = Callable[..., Facts]

HERE, BODY = Span(0, 5), Span(6, 9)


def _title(**parts: object) -> TitleMention:
    return TitleMention(HERE, "minister", True, **parts)  # type: ignore[arg-type]


TITLED = [
    ([_title(iso3="NOR")], "NOR"),
    ([_title(iso3="NOR"), _title(iso3="DNK"), _title(iso3="DNK")], "DNK"),
    ([_title(organization=BODY)], "TCD"),
    ([_title(organization=BODY), _title(iso3="NOR")], "NOR"),
    ([_title(organization=Span(20, 25))], None),
    ([_title()], None),
    ([], None),
]


@pytest.mark.parametrize(("titles", "expected"), TITLED)
def test_the_state_that_titles_name(titles: list[TitleMention], expected: str | None) -> None:
    assert titled_state(titles, {BODY: "organization/army"}, {"organization/army": "state/TCD"}) == expected


def test_the_body_that_a_title_names() -> None:
    assert title_body(_title(organization=BODY), {BODY: "organization/army"}) == "organization/army"
    assert title_body(_title(), {BODY: "organization/army"}) is None


def test_leaders_are_known_by_every_form_of_their_name() -> None:
    leader = next(leader for leader in load_leaders().values() if " " in leader.name)
    assert known_state(leader.name) == leader.iso3
    assert known_state(leader.name.upper()) == leader.iso3
    assert known_state(leader.name.split()[-1]) is None


@pytest.mark.parametrize("name", ["Ingrid Solheimsdotter", "Nobody", "", "Al", "Xyzzy Plugh Frotz"])
def test_an_unknown_name_has_no_state(name: str) -> None:
    assert known_state(name) is None


def _pointing(role: str, iso3: str | None) -> Anaphor:
    return Anaphor(HERE, plural=False, role=role, iso3=iso3)


DESCRIBED = [
    (["President"], [("president", "EGY")], "EGY"),
    (["Prime Minister"], [("minister", "EGY")], "EGY"),
    (["minister"], [("prime minister", "EGY")], None),
    (["President"], [("president", "EGY"), ("president", "TCD")], None),
    (["President"], [("president", "EGY"), ("president", "EGY")], "EGY"),
    (["President"], [("president", None)], None),
    (["President"], [], None),
]


@pytest.mark.parametrize(("roles", "pointing", "expected"), DESCRIBED)
def test_the_state_of_a_later_description(
    roles: list[str], pointing: list[tuple[str, str | None]], expected: str | None
) -> None:
    assert described_state(roles, [_pointing(role, iso3) for role, iso3 in pointing]) == expected


REPRESENTED = [
    ("President Samir Fahmy left. The Egyptian president smiled. Chad and Niger spoke.", ["state/EGY"]),
    ("Army spokesman Peter Abela of Malta left.", ["state/MLT"]),
    ("Egypt's army spokesman Samir Fahmy left.", ["state/EGY"]),
    ("Samir Fahmy, a spokesman for the Egyptian army, left.", ["state/EGY"]),
    ("Samir Fahmy of the Egyptian foreign ministry said no.", []),
    ("UN spokesman Samir Fahmy left Egypt.", ["organization/united-nations"]),
    ("President Samir Fahmy left. Egypt and Chad spoke, and Egypt smiled.", ["state/EGY"]),
    ("Analyst Samir Fahmy left Egypt.", []),
    ("UN envoy for Libya Samir Fahmy left.", ["organization/united-nations"]),
]


@pytest.mark.parametrize(("text", "expected"), REPRESENTED)
def test_whom_a_person_represents(tell: Tell, text: str, expected: list[str]) -> None:
    (person,) = tell(text).people
    assert list(person.represents) == expected
