from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from kg.errors import SettingError
from kg.export import Selection
from kg.export.criteria import select

DAY = dt.date(2024, 1, 31)


@pytest.mark.parametrize(
    "given, selection",
    [
        ({}, Selection()),
        ({"state": "prk"}, Selection(states=("PRK",))),
        ({"state": ["North Korea", "PRK", "http://x/state/KOR"]}, Selection(states=("PRK", "KOR"))),
        ({"actor": "north korea"}, Selection(actors=("PRK",))),
        ({"actor": "http://x/state/PRK"}, Selection(actors=("http://x/state/PRK",))),
        ({"recipient": ("Ana Silva", "UKR")}, Selection(recipients=("Ana Silva", "UKR"))),
        ({"speaker": " Mu\u0308ller "}, Selection(speakers=("Müller",))),
        ({"since": "2024", "until": "2024-02"}, Selection(since=dt.date(2024, 1, 1), until=dt.date(2024, 2, 29))),
        ({"since": DAY, "until": pd.Timestamp("2024-01-31T23:00")}, Selection(since=DAY, until=DAY)),
        ({"category": ["consult", "plover:AID"]}, Selection(categories=("CONSULT", "AID"))),
        ({"category": "https://w3id.org/geokg/plover#CONSULT"}, Selection(categories=("CONSULT",))),
        ({"quad_class": ["VERBAL CONFLICT", "material_conflict"]},
         Selection(quad_classes=("verbal-conflict", "material-conflict"))),
        ({"factuality": "Actual", "stance": "DENIES"}, Selection(factualities=("actual",), stances=("denies",))),
    ],
)  # fmt: skip
def test_filters_are_read_as_people_write_them(given: dict[str, Any], selection: Selection) -> None:
    assert select(**given) == selection


@pytest.mark.parametrize(
    "given, message",
    [
        ({"state": "Atlantis"}, "there is no state 'Atlantis': use an ISO 3166-1 alpha-3 code"),
        ({"category": "WAR"}, "there is no category 'WAR': use AGREE, CONSULT"),
        ({"quad_class": "conflict"}, "there is no quad class 'conflict': use verbal-cooperation"),
        ({"factuality": "true"}, "there is no factuality 'true': use actual"),
        ({"stance": "says"}, "there is no stance 'says': use states"),
        ({"since": "yesterday"}, "since='yesterday' is no date: give a date, or text as 2024-01-31"),
        ({"until": 2024}, "until=2024 is no date"),
        ({"since": pd.NaT}, "since=NaT is no date"),
        ({"since": "2024-02", "until": "2024-01"}, "the period ends"),
        ({"category": []}, "category is an empty list, which nothing can meet: leave it out to take all"),
        ({"actor": " "}, "actor is empty"),
        ({"actor": 5}, "actor=5 is no text: give a name, a code or an IRI"),
        ({"actor": [None]}, "actor=None is no text: give a name, a code or an IRI"),
        ({"actor": "a\nb"}, "actor='a\\nb' holds characters that no name has"),
        ({"actor": "\ud800"}, "actor='\\ud800' holds characters that no name has"),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_line(given: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingError) as error:
        select(**given)
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)
