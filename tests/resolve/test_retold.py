"""Acts told more than once: which sides and dates one telling takes from another, as "category words: sides @date"."""

from __future__ import annotations

import re

import pytest

from kg.resolve.retold import Told, complete
from kg.types import Article, EventFact, EventMention, Span

_LINE = re.compile(
    r"(?P<category>[A-Z]+)(\.(?P<mode>\w+))? (?P<trigger>[^:]+): (?P<one>\S+) > (?P<two>\S+)"
    r"( @(?P<date>[\d-]+))?( (?P<factuality>\w+))?"
)

SIDES = [
    (["ASSAULT attacked: TCD > NER", "ASSAULT the attack: - > -"], "ASSAULT the attack: TCD > NER"),
    (["ASSAULT attacked: TCD > NER", "ASSAULT the attack: - > NER"], "ASSAULT the attack: TCD > NER"),
    (["ASSAULT attacked: TCD > NER", "ASSAULT the attack: TCD > -"], "ASSAULT the attack: TCD > NER"),
    (["ASSAULT attacked: TCD > NER+MLI", "ASSAULT the attack: - > NER"], "ASSAULT the attack: TCD > NER"),
    (["ASSAULT attacked: TCD > NER", "ASSAULT the attack: - > MLI"], "ASSAULT the attack: - > MLI"),
    (["ASSAULT attacked: TCD > NER", "ASSAULT attacking: - > -"], "ASSAULT attacking: - > -"),
    (["ASSAULT invaded: TCD > NER", "ASSAULT the invasion: - > -"], "ASSAULT the invasion: TCD > NER"),
    (["AID aided: TCD > NER", "AID the aid: - > -"], "AID the aid: TCD > NER"),
    (["ASSAULT attacked: TCD > NER", "ASSAULT the raid: - > -"], "ASSAULT the raid: - > -"),
    (["ASSAULT attacked: TCD > NER", "ASSAULT the raid: TCD > -"], "ASSAULT the raid: TCD > NER"),
    (["ASSAULT attacked: TCD > NER", "ASSAULT the raid: MLI > -"], "ASSAULT the raid: MLI > -"),
    (["ASSAULT attacked: - > NER", "ASSAULT the raid: - > -"], "ASSAULT the raid: - > -"),
    (["ASSAULT attacked: TCD > NER", "COERCE the attack: - > -"], "COERCE the attack: - > -"),
    (["ACCUSE charged: TCD > NER", "ACCUSE the charge: - > -"], "ACCUSE the charge: - > -"),
    (["AID gave: TCD > NER", "AID the loan: TCD > -"], "AID the loan: TCD > -"),
    (["CONSULT met: TCD+NER > -", "CONSULT the summit: - > -"], "CONSULT the summit: TCD+NER > -"),
    (["CONSULT met: TCD > -", "CONSULT the summit: - > -"], "CONSULT the summit: - > -"),
    (["CONSULT.visit visited: TCD > NER", "CONSULT.visit the trip: - > -"], "CONSULT.visit the trip: TCD > NER"),
    (["CONSULT.phone rang: TCD+NER > -", "CONSULT the summit: - > -"], "CONSULT the summit: - > -"),
    (
        ["AID transported: NOR > NER", "AID transported: DNK > MLI", "AID the transport: - > -"],
        "AID the transport: DNK > MLI",
    ),
    (
        [
            "AID transported: NOR > NER",
            "AID transported: NOR > NER",
            "AID transported: DNK > MLI",
            "AID the transport: - > -",
        ],
        "AID the transport: NOR > NER",
    ),
]


@pytest.mark.parametrize(("told", "last"), SIDES)
def test_sides_of_a_noun_that_points_back(told: list[str], last: str) -> None:
    assert retell(told) == [*told[:-1], last]


def test_no_act_takes_its_sides_from_a_later_one() -> None:
    told = ["ASSAULT the attack: - > -", "ASSAULT attacked: TCD > NER"]
    assert retell(told) == told


DATES = [
    (["ASSAULT attacked: TCD > NER @2018", "ASSAULT attacked: TCD > NER"], ["2018", "2018"]),
    (["ASSAULT attacked: TCD > NER", "ASSAULT attacked: TCD > NER @2018"], ["2018", "2018"]),
    (["ASSAULT attacked: TCD > NER @2018", "ASSAULT the attack: - > -"], ["2018", "2018"]),
    (["ASSAULT attacked: TCD > NER @2018", "ASSAULT attacked: TCD > MLI"], ["2018", None]),
    (["ASSAULT attacked: TCD > NER @2018", "COERCE attacked: TCD > NER"], ["2018", None]),
    (["ASSAULT attacked: TCD > NER @2018", "ASSAULT bombed: TCD > NER"], ["2018", None]),
    (["ASSAULT attacked: TCD > NER @2018", "ASSAULT attacked: TCD > NER negated"], ["2018", None]),
    (["ASSAULT attacked: TCD > NER @2018 future", "ASSAULT attacked: TCD > NER"], ["2018", None]),
    (
        ["ASSAULT attacked: TCD > NER @2018", "ASSAULT attacked: TCD > NER @2020", "ASSAULT attacked: TCD > NER"],
        ["2018", "2020", None],
    ),
    (["ACCUSE blamed: TCD > NER @2018", "ACCUSE blamed: TCD > NER"], ["2018", None]),
    (["CONSULT met: TCD+NER > - @2018", "CONSULT talked: NER+TCD > -"], ["2018", "2018"]),
    (["CONSULT.visit visited: TCD > NER @2018", "CONSULT talked: NER+TCD > -"], ["2018", "2018"]),
    (["CONSULT met: TCD+NER+MLI > - @2018", "CONSULT talked: NER+TCD > -"], ["2018", None]),
]


@pytest.mark.parametrize(("told", "dates"), DATES)
def test_dates_of_other_tellings(told: list[str], dates: list[str | None]) -> None:
    article, mentions = read(told)
    assert [fact.date for _, fact in complete(article, mentions)] == dates


def read(lines: list[str]) -> tuple[Article, list[Told]]:
    """An article of the words of `lines`, and the events they tell; "the" opens a noun."""
    text, told = "", []
    for line in lines:
        found = _LINE.fullmatch(line)
        assert found is not None, line
        trigger = Span(len(text), len(text) + len(found["trigger"]))
        text += found["trigger"] + " "
        one, two = (tuple(side.split("+")) if side != "-" else () for side in (found["one"], found["two"]))
        category, factuality = found["category"], found["factuality"] or "actual"
        mention = EventMention(trigger, trigger, category, factuality, nominal=found["trigger"].startswith("the "))
        fact = EventFact(
            "", category, factuality, trigger, trigger, one, two, one, two, mode=found["mode"], date=found["date"]
        )
        told.append((mention, fact))
    return Article("a", text, "en"), told


def retell(lines: list[str]) -> list[str]:
    """`lines` of undated acts, as they are once each telling is completed."""
    article, told = read(lines)
    return [
        f"{fact.category}{'.' + fact.mode if fact.mode else ''} "
        f"{article.text[fact.trigger.start : fact.trigger.end]}: "
        f"{'+'.join(fact.actor_states) or '-'} > {'+'.join(fact.recipient_states) or '-'}"
        for _, fact in complete(article, told)
    ]
