"""People: the shapes that names have, and which capitalised words are nobody's name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[[str], list[str]]

SHAPES = [
    ("President Abdel Fattah al-Barudi left.", "Abdel Fattah al-Barudi"),
    ("President Hassan Sheikh Aweys left.", "Hassan Sheikh Aweys"),
    ("President Mohammed bin Abdullah Al Suwaidi left.", "Mohammed bin Abdullah Al Suwaidi"),
    ("Foreign Minister Sheikh Hamad bin Saif Al Kaabi left.", "Hamad bin Saif Al Kaabi"),
    ("Spokesman Zabih ul Haq Noori left.", "Zabih ul Haq Noori"),
    ("Minister Abu Bakr al-Tamimi left.", "Abu Bakr al-Tamimi"),
    ("Foreign Minister María José Quintero de la Vega left.", "María José Quintero de la Vega"),
    ("President João da Costa e Silva left.", "João da Costa e Silva"),
    ("Minister Pieter van der Meulen left.", "Pieter van der Meulen"),
    ("Chancellor Ulrike von Hohenfels left.", "Ulrike von Hohenfels"),
    ("Minister Sri Wahyuni Indrasari left.", "Sri Wahyuni Indrasari"),
    ("President Sukardjo left.", "Sukardjo"),
    ("U Myint Zaw, the deputy minister, left.", "U Myint Zaw"),
    ("President Nguyen Van Thanh left.", "Nguyen Van Thanh"),
    ("Premier Li Guoqiang (李国强) left.", "Li Guoqiang"),
    ("President Park Ji-won left.", "Park Ji-won"),
    ("Minister A.K. Balasubramaniam left.", "A.K. Balasubramaniam"),
    ("Minister S. Ramanathan left.", "S. Ramanathan"),
    ("Senator J. Edward Carlisle left.", "J. Edward Carlisle"),
    ("Senator Robert Kessler Jr. left.", "Robert Kessler Jr."),
    ("Senator Robert Kessler Jr left.", "Robert Kessler Jr"),
    ("Senator Sean O'Hanlon left.", "Sean O'Hanlon"),
    ("Senator Sean O’Hanlon left.", "Sean O’Hanlon"),
    ("Governor Anthony D'Souza left.", "Anthony D'Souza"),
    ("Minister Anne-Marie Duquesne left.", "Anne-Marie Duquesne"),
    ("Prime Minister Łukasz Żółkowski left.", "Łukasz Żółkowski"),
    ("President Kolinda Šarić-Ćosić left.", "Kolinda Šarić-Ćosić"),
    ("Minister Ioane Fa'asavalu left.", "Ioane Fa'asavalu"),
    ("President Solheim's plane left.", "Solheim"),
    ("The plane of President Solheim left.", "Solheim"),
    ("Minister McAllister left.", "McAllister"),
    ("Minister Ahmed al-Rashidi (52) left.", "Ahmed al-Rashidi"),
]


@pytest.mark.parametrize(("text", "name"), SHAPES)
def test_names_of_many_shapes(people: Find, text: str, name: str) -> None:
    assert [person.partition(" = ")[0] for person in people(text)] == [name]


SHOWN = [
    ("Ingrid Solheim said no.", ["Ingrid Solheim"]),
    ("“No,” said Lars Brandt.", ["Lars Brandt"]),
    ("“No,” Lars Brandt told reporters.", ["Lars Brandt"]),
    ("Mr. Brandt left.", ["Brandt"]),
    ("Mrs Okafor left.", ["Okafor"]),
    ("They met Dr. Lindiwe Mahlaba on the way to the bridge.", ["Lindiwe Mahlaba"]),
    (
        "They met Dr. Lindiwe Mahlaba in Oslo.",
        ["Lindiwe Mahlaba"],
    ),
    ("Shri Rajesh Pillai inaugurated the bridge.", ["Rajesh Pillai"]),
    ("The bridge was opened by Maria Petrenko.", ["Maria Petrenko"]),
    ("Ingrid Solheim also said no.", ["Ingrid Solheim"]),
    ("Ingrid Solheim later said no.", ["Ingrid Solheim"]),
    ("Ingrid Solheim on Tuesday said no.", ["Ingrid Solheim"]),
    (
        "Ingrid Solheim, 52, said no.",
        ["Ingrid Solheim"],
    ),
    (
        "Ingrid Solheim, who lives in Oslo, said no.",
        ["Ingrid Solheim"],
    ),
    ("Chad Baker said no.", ["Chad Baker"]),
    ("President Israel Katumba said no.", ["Israel Katumba = President"]),
    ("The Solheim presidency failed.", ["Solheim"]),
]


@pytest.mark.parametrize(("text", "expected"), SHOWN)
def test_what_shows_a_person(people: Find, text: str, expected: list[str]) -> None:
    assert people(text) == expected


SHORT = [
    ("President Ingrid Solheim left. Solheim smiled.", ["Solheim"]),
    ("President Ingrid Solheim left. Mrs Solheim smiled.", ["Solheim"]),
    ("President Ingrid Solheim left. Ingrid smiled.", ["Ingrid"]),
    ("Minister Ahmed al-Rashidi left. Rashidi smiled.", ["Rashidi"]),
    (
        "Minister Ahmed al-Rashidi left. Al-Rashidi smiled.",
        ["Al-Rashidi"],
    ),
    (
        "Minister Pieter van der Meulen left. Then Van der Meulen smiled.",
        ["Van der Meulen"],
    ),
    ("President Park Ji-won left. Park smiled.", ["Park"]),
    ("Minister Lars Brandt left. Brandt and Zielonka smiled.", ["Brandt", "Zielonka"]),
    ("Minister Lars Brandt left. Brandt's car stayed.", ["Brandt"]),
    ("Brandt Leaves Oslo In Anger\n\nMinister Lars Brandt left.", ["Lars Brandt"]),
]


@pytest.mark.parametrize(("text", "expected"), SHORT)
def test_later_short_forms(people: Find, text: str, expected: list[str]) -> None:
    found = [person.partition(" = ")[0] for person in people(text)]
    assert found[1:] == expected if "\n" not in text else found == ["Brandt", *expected]


NOBODY = [
    "Reuters said no.",
    "The White House said no.",
    "The Foreign Ministry said no.",
    "The Ministry of Justice said no.",
    "Moscow said no.",
    "Operation Silver Lake began on Monday.",
    "The Nobel Peace Prize was given in Oslo.",
    "The Black Sea Fleet sailed on Monday.",
    "Analysts said no.",
    "Critics say the Clean Water Act failed.",
    "In January, Beijing said no.",
    "Police said no.",
    "Officials Say Talks Will Resume Soon",
    "Eid al-Fitr began on Monday.",
    "A statement said no.",
    "The European Commission said no.",
    "Doctors Without Borders said no.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_what_is_nobody(people: Find, text: str) -> None:
    assert people(text) == []


def test_people_come_in_order_and_apart(extract: Callable[[str], object]) -> None:
    text = (
        "Norwegian Foreign Minister Ingrid Solheim and her Danish counterpart Lars Brandt met Idrissa Maloum, the "
        "President of Chad. Solheim and Brandt said Mr. Maloum was well."
    )
    spans = [person.span for person in extract(text).people]  # type: ignore[attr-defined]
    assert [text[span.start : span.end] for span in spans] == [
        "Ingrid Solheim", "Lars Brandt", "Idrissa Maloum", "Solheim", "Brandt", "Maloum",
    ]  # fmt: skip


def test_a_name_does_not_run_over_the_end_of_a_sentence(people: Find) -> None:
    found = people("They met Prime Minister Ingrid Solheim. Lars Brandt said no.")
    assert found == ["Ingrid Solheim = Prime Minister", "Lars Brandt"]
