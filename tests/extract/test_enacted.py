"""Enacted events: who condemns, demands, pledges, thanks, rejects or warns does an act by saying so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[[str], list[str]]

ENACTED = [
    ("Norway condemned Chad.", ["ACCUSE condemned: Norway > Chad"]),
    ("Norway condemned Chad's attack on Niger.", ["ACCUSE condemned: Norway > Chad"]),
    ("Norway condemned the attack on Niger by Chad.", ["ACCUSE condemned: Norway > Chad"]),
    ("Norway condemned the attack on Niger.", ["ACCUSE condemned: Norway > -"]),
    ("Norway condemned the killing of ten civilians.", ["ACCUSE condemned: Norway > -"]),
    ("Norway and Denmark condemned Chad.", ["ACCUSE condemned: Norway+Denmark > Chad"]),
    ("Norway accused Chad of shelling Niger.", ["ACCUSE accused: Norway > Chad"]),
    ("Norway blamed Chad for the raid on Niger.", ["ACCUSE blamed: Norway > Chad"]),
    ("Norway said that Chad had shelled Niger.", ["ACCUSE said: Norway > Chad"]),
    ("Chad was condemned by Norway.", ["ACCUSE condemned: Norway > Chad"]),
    ("Chad was accused by Norway of shelling Niger.", ["ACCUSE accused: Norway > Chad"]),
    ("Norway expressed concern over Chad's attack on Niger.", ["ACCUSE expressed concern: Norway > Chad"]),
    ("Norway urged Chad to leave Niger.", ["REQUEST urged: Norway > Chad"]),
    ("Norway called on Chad to leave Niger.", ["REQUEST called on: Norway > Chad"]),
    ("Norway demanded that Chad leave.", ["REQUEST demanded: Norway > Chad"]),
    ("Norway said Chad must leave.", ["REQUEST said: Norway > Chad"]),
    ("Norway thanked Chad.", ["SUPPORT thanked: Norway > Chad"]),
    ("Norway praised Chad for its help to Niger.", ["SUPPORT praised: Norway > Chad"]),
    ("Norway expressed support for Chad.", ["SUPPORT expressed support: Norway > Chad"]),
    ("Norway pledged to help Chad.", ["AGREE pledged: Norway > Chad"]),
    ("Norway promised Chad ten tanks.", ["AGREE promised: Norway > Chad"]),
    ("Norway rejected Chad's offer.", ["REJECT rejected: Norway > Chad"]),
    ("Norway rejected the offer on Twitter.", ["REJECT rejected: Norway > -"]),
    ("Chad drew up a plan. Norway condemned it.", ["ACCUSE condemned: Norway > -"]),
    ("Norway ruled out talks with Chad.", ["REJECT ruled out: Norway > Chad"]),
    ("Norway warned Chad.", ["THREATEN warned: Norway > Chad"]),
    ("Norway threatened to attack Chad.", ["THREATEN threatened: Norway > Chad"]),
    ("Norway issued a statement condemning Chad.", ["ACCUSE condemning: Norway > Chad"]),
    ("President Ingrid Solheim condemned Chad.", ["ACCUSE condemned: Ingrid Solheim > Chad"]),
    ("Protesters condemned Chad.", ["ACCUSE condemned: Protesters > Chad"]),
    (
        "Norway praised Chad and condemned Niger.",
        ["SUPPORT praised: Norway > Chad", "ACCUSE condemned: Norway > Niger"],
    ),
]

NOT_ENACTED = [
    "Norway said the river is 40 km long.",
    "Norway announced a vote in Chad.",
    "Norway confirmed that Chad had voted.",
    "Norway denied the report on Chad.",
    "Norway expects that Chad will vote.",
    "Norway did not condemn Chad.",
    "Norway will condemn Chad.",
    "Norway may condemn Chad.",
    "Norway would condemn Chad if it left.",
    "Norway was asked to condemn Chad.",
    "Norway did not rule out talks with Chad.",
]


@pytest.mark.parametrize(("text", "expected"), ENACTED)
def test_enacted(enacted: Find, text: str, expected: list[str]) -> None:
    assert enacted(text) == expected


@pytest.mark.parametrize("text", NOT_ENACTED)
def test_not_enacted(enacted: Find, text: str) -> None:
    assert enacted(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway condemned Chad.", ["ACCUSE condemned actual"]),
        ("Norway plans to raise the issue, demanding that Chad leave.", ["REQUEST demanding future"]),
        ("Norway will speak in Oslo, demanding that Chad leave.", ["REQUEST demanding future"]),
        ("Norway spoke in Oslo, demanding that Chad leave.", ["REQUEST demanding actual"]),
    ],
)
def test_a_demand_shares_the_fate_of_its_occasion(certainty: Find, text: str, expected: list[str]) -> None:
    assert certainty(text) == expected
