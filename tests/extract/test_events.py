"""Events: who acts on whom, when and where, by the words around a trigger."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from faults import fault
from kg.types import Findings

Find = Callable[[str], list[str]]

ACTIVE = [
    ("Chad shelled Niger.", "ASSAULT shelled: Chad > Niger"),
    ("Chadian troops shelled Niger.", "ASSAULT shelled: Chadian troops > Niger"),
    ("The Chadian army shelled Nigerian rebels.", "ASSAULT shelled: Chadian army > Nigerian rebels"),
    ("Chad and Sudan shelled Niger.", "ASSAULT shelled: Chad+Sudan > Niger"),
    ("Chad, Sudan and Mali shelled Niger.", "ASSAULT shelled: Chad+Sudan+Mali > Niger"),
    ("Chad shelled Niger and Mali.", "ASSAULT shelled: Chad > Niger+Mali"),
    ("Chad, an ally of Libya, attacked Niger.", "ASSAULT attacked: Chad > Niger"),
    ("Chad, which borders Libya, has attacked Niger.", "ASSAULT attacked: Chad > Niger"),
    ("On Monday, Chad shelled Niger.", "ASSAULT shelled: Chad > Niger"),
    ("After weeks of calm, Chad shelled Niger.", "ASSAULT shelled: Chad > Niger"),
    ("In Libya, Chad shelled Niger.", "ASSAULT shelled: Chad > Niger"),
    ("Chad has repeatedly shelled Niger.", "ASSAULT shelled: Chad > Niger"),
    ("President Idrissa Maloum pardoned ten rebels.", "CONCEDE pardoned: Idrissa Maloum > ten rebels"),
    ("She pardoned ten rebels.", "CONCEDE pardoned: She > ten rebels"),
    ("The Chadian president pardoned ten rebels.", "CONCEDE pardoned: The Chadian president > ten rebels"),
    ("Chad attacked Niger from the air.", "ASSAULT attacked: Chad > Niger"),
    ("Chad attacked Niger by air.", "ASSAULT attacked: Chad > Niger"),
    ("Chad shot down ten drones launched by Niger.", "ASSAULT shot down: Chad > -"),
    ("Norway supplied Chad with tanks.", "AID supplied: Norway > Chad"),
    ("Norway supplied tanks to Chad.", "AID supplied tanks: Norway > Chad"),
    ("Norway supplied 40 tanks and two ships to Chad.", "AID supplied 40 tanks: Norway > Chad"),
    ("Norway imposed sanctions on Chad.", "COERCE imposed sanctions: Norway > Chad"),
    ("Norway withdrew from Chad.", "RETREAT withdrew: Norway > Chad"),
    ("Norway withdrew its troops from Chad.", "RETREAT withdrew its troops: Norway > Chad"),
    ("Norway sent warships to the coast of Chad.", "MOBILIZE sent warships: Norway > Chad"),
    ("Norway moved 300 soldiers to the border with Chad.", "MOBILIZE moved 300 soldiers: Norway > Chad"),
    ("Norway severed ties with Chad.", "SANCTION severed ties: Norway > Chad"),
    ("Norway apologised to Chad over the raid.", "CONCEDE apologised: Norway > Chad"),
    ("Norway freed two Danes.", "RETREAT freed: Norway > Danes"),
    ("Chad launched an attack on Niger.", "ASSAULT launched an attack: Chad > Niger"),
    ("Chad carried out attacks against Niger.", "ASSAULT carried out attacks: Chad > Niger"),
    ("Chad used chemical weapons against Niger.", "ASSAULT used chemical weapons: Chad > Niger"),
]

PASSIVE = [
    ("Niger was shelled by Chad.", "ASSAULT shelled: Chad > Niger"),
    ("Niger has been shelled by Chad and Sudan.", "ASSAULT shelled: Chad+Sudan > Niger"),
    ("Ten students were arrested.", "COERCE arrested: - > Ten students"),
    ("Ten students were arrested by Norwegian police.", "COERCE arrested: Norwegian police > Ten students"),
    ("Ten Danish diplomats have been expelled.", "SANCTION expelled: - > Ten Danish diplomats"),
    ("Two towns shelled by Chad burned.", "ASSAULT shelled: Chad > -"),
    (
        "President Ingrid Solheim was sentenced by a Norwegian court.",
        "SANCTION sentenced: Norwegian court > Ingrid Solheim",
    ),
    ("The tanks were supplied to Chad by Norway.", "AID supplied: Norway > Chad"),
]

NOMINAL = [
    ("Chad's invasion of Niger failed.", "ASSAULT invasion: Chad > Niger"),
    ("Chad’s invasion of Niger failed.", "ASSAULT invasion: Chad > Niger"),
    ("The Chadian invasion of Niger failed.", "ASSAULT invasion: Chadian > Niger"),
    ("Chad's long bloody invasion of Niger failed.", "ASSAULT invasion: Chad > Niger"),
    ("Chad's long and bloody invasion of Niger failed.", "ASSAULT invasion: Chad > Niger"),
    ("The invasion of Niger by Chad failed.", "ASSAULT invasion: Chad > Niger"),
    ("The invasion of Niger failed.", "ASSAULT invasion: - > Niger"),
    ("Its invasion of Niger failed.", "ASSAULT invasion: Its > Niger"),
    ("The attack on Niger failed.", "ASSAULT attack: - > Niger"),
    ("Aid to Niger from Norway rose.", "AID Aid: Norway > Niger"),
    ("Norwegian aid to Niger has grown.", "AID aid: Norwegian > Niger"),
    ("Norway's delivery of tanks to Niger has begun.", "AID delivery: Norway > Niger"),
    fault(
        "The withdrawal of US troops from Niger ended.",
        "RETREAT withdrawal: US troops > Niger",
        reason="the place that an act leaves is taken for who acts",
    ),
    ("The deportation of ten Danes to Niger ended.", "COERCE deportation: - > Danes"),
]

MUTUAL = [
    ("Norway met Chad.", "CONSULT met: Norway+Chad > -"),
    ("Norway met with Chad.", "CONSULT met: Norway+Chad > -"),
    ("Norway and Chad met.", "CONSULT met: Norway+Chad > -"),
    (
        "President Ingrid Solheim met her Danish counterpart, Lars Brandt.",
        "CONSULT met: Ingrid Solheim+Lars Brandt > -",
    ),
    (
        "President Ingrid Solheim held talks with her Danish counterpart Lars Brandt.",
        "CONSULT held talks: Ingrid Solheim+Lars Brandt > -",
    ),
    (
        "The Norwegian premier phoned his Danish counterpart.",
        "CONSULT phoned: The Norwegian premier+his Danish counterpart > -",
    ),
    (
        "President Ingrid Solheim and Prime Minister Lars Brandt met in Chad.",
        "CONSULT met: Ingrid Solheim+Lars Brandt > -",
    ),
    ("Norway held talks with Chad.", "CONSULT held talks: Norway+Chad > -"),
    ("Norway and Chad signed a peace treaty.", "SUPPORT signed a peace treaty: Norway+Chad > -"),
    ("Norway signed a deal with Chad.", "SUPPORT signed a deal: Norway+Chad > -"),
    ("Talks between Norway and Chad ended.", "CONSULT Talks: Norway+Chad > -"),
    ("Norway's talks with Chad ended.", "CONSULT talks: Norway+Chad > -"),
    ("Cooperation between Norway and Chad grew.", "COOPERATE Cooperation: Norway+Chad > -"),
    ("Both countries signed the treaty.", "SUPPORT signed the treaty: Both countries > -"),
    ("They discussed the war in Chad.", "CONSULT discussed: They > -"),
]

VISITS = [
    ("President Ingrid Solheim visited Chad.", "CONSULT visited: Ingrid Solheim > Chad"),
    ("President Ingrid Solheim arrived in Chad on Monday.", "CONSULT arrived in: Ingrid Solheim > Chad"),
    ("President Ingrid Solheim travelled to Chad and Niger.", "CONSULT travelled to: Ingrid Solheim > Chad+Niger"),
    ("President Ingrid Solheim paid a visit to Chad.", "CONSULT paid a visit: Ingrid Solheim > Chad"),
    ("Norway hosted Premier Lars Brandt.", "CONSULT hosted: Lars Brandt > Norway"),
    ("Norway received the Danish premier.", "CONSULT received: the Danish premier > Norway"),
    ("Chad received aid from Norway.", "AID received aid from: Norway > Chad"),
    ("Chad received military aid from Norway.", "AID received military aid from: Norway > Chad"),
    ("President Ingrid Solheim's visit to Chad ended.", "CONSULT visit: Ingrid Solheim > Chad"),
]


@pytest.mark.parametrize(("text", "expected"), ACTIVE + PASSIVE + NOMINAL + MUTUAL + VISITS)
def test_who_acts_on_whom(events: Find, text: str, expected: str) -> None:
    assert events(text)[:1] == [expected]


SEVERAL = [
    (
        "Chad shelled the border town and arrested ten students.",
        ["ASSAULT shelled: Chad > -", "COERCE arrested: Chad > ten students"],
    ),
    (
        "Chad shelled Niger and arrested ten students.",
        ["ASSAULT shelled: Chad > Niger", "COERCE arrested: Chad > ten students"],
    ),
    (
        "Chad shelled Niger but freed ten students.",
        ["ASSAULT shelled: Chad > Niger", "RETREAT freed: Chad > ten students"],
    ),
    (
        "Chad shelled Niger, killing ten civilians.",
        ["ASSAULT shelled: Chad > Niger", "ASSAULT killing: Chad > ten civilians"],
    ),
    ("Ten people were killed when a bomber attacked a mosque, police said.", ["ASSAULT killed: - > Ten people"]),
    (
        "Chad deported ten migrants and Niger vowed to help Mali.",
        ["COERCE deported: Chad > ten migrants"],
    ),
    (
        "Chad shelled Niger after Niger had bombed Chad.",
        ["ASSAULT shelled: Chad > Niger", "ASSAULT bombed: Niger > Chad"],
    ),
    (
        "Chad shelled Niger, and Sudan expelled ten diplomats.",
        ["ASSAULT shelled: Chad > Niger", "SANCTION expelled: Sudan > ten diplomats"],
    ),
    (
        "Chad shelled Niger, while Norway met Denmark.",
        ["ASSAULT shelled: Chad > Niger", "CONSULT met: Norway+Denmark > -"],
    ),
    (
        "Chad, which had shelled Niger, withdrew from Libya.",
        ["ASSAULT shelled: Chad > Niger", "RETREAT withdrew: Chad > Libya"],
    ),
    (
        "Norway freed ten rebels whom Chad had arrested.",
        ["RETREAT freed: Norway > ten rebels", "COERCE arrested: Chad > ten rebels"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_acts_in_a_sentence(events: Find, text: str, expected: list[str]) -> None:
    assert events(text) == expected


AGAIN = [
    fault(
        "Norway's transfer of tanks to Chad was secret. The transfer breaks the law.",
        ["AID transfer: Norway > Chad", "AID transfer: Norway > Chad"],
        reason="an act named again by the bare head of its trigger is not known again",
    ),
    (
        "Chad's attack on Niger failed. Norway condemned the attack.",
        ["ASSAULT attack: Chad > Niger", "ASSAULT attack: Chad > Niger"],
    ),
    (
        "Chad's attack on Niger failed. An attack was heard of.",
        ["ASSAULT attack: Chad > Niger"],
    ),
    (
        "Chad's attack on Niger failed. The attack by Sudan on Mali failed too.",
        ["ASSAULT attack: Chad > Niger", "ASSAULT attack: Sudan > Mali"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), AGAIN)
def test_an_act_named_again(events: Find, text: str, expected: list[str]) -> None:
    assert events(text) == expected


MET = [
    ("Berg spoke in Oslo after talks with Petrov.", "Berg+Petrov"),
    ("Berg told the press of it following talks with Petrov.", "Berg+Petrov"),
    ("Berg arrived in Rome for talks with Petrov.", "Berg+Petrov"),
    ("Berg was attacked after talks with Petrov.", "Petrov"),
]


@pytest.mark.parametrize(("text", "sides"), MET)
def test_who_speaks_beside_a_meeting_was_there(events: Find, text: str, sides: str) -> None:
    talks = next(event for event in events("Premier Ada Berg met Premier Ivan Petrov. " + text) if "talks" in event)
    assert talks == f"CONSULT talks: {sides} > -"


CHANNELS = [
    ("Norway apologised on Twitter.", "CONCEDE apologised: Norway > -"),
    ("Norway apologised to Chad on Twitter.", "CONCEDE apologised: Norway > Chad"),
    ("Norwegian lawmakers demonstrated on Facebook.", "PROTEST demonstrated: Norwegian lawmakers > -"),
    ("Chad attacked the law in Le Monde.", "ASSAULT attacked: Chad > -"),
    ("Norway apologised to Twitter.", "CONCEDE apologised: Norway > Twitter"),
    ("Norway imposed sanctions on Twitter.", "COERCE imposed sanctions: Norway > Twitter"),
    ("Chad retaliated on Niger.", "ASSAULT retaliated: Chad > Niger"),
]


@pytest.mark.parametrize(("text", "expected"), CHANNELS)
def test_no_act_is_done_to_where_it_is_published(events: Find, text: str, expected: str) -> None:
    assert events(text) == [expected]


WHEN_AND_WHERE = [
    ("Chad shelled Niger on Monday.", ["shelled @Monday"]),
    ("On 4 January Chad shelled Niger.", ["shelled @4 January"]),
    ("Chad shelled Niger in 2018.", ["shelled @2018"]),
    ("Chad shelled Niger.", ["shelled"]),
    ("Chad's 2018 invasion of Niger failed.", ["invasion @2018"]),
    ("Chad invaded Niger in 2018 and attacked Mali in 2020.", ["invaded @2018", "attacked @2020"]),
    ("Chad shelled Niger on Monday after Niger bombed Chad on Sunday.", ["shelled @Monday", "bombed @Sunday"]),
    ("Norway met Denmark in Chad on Monday.", ["met @Monday in Chad"]),
    ("Norway and Denmark met in Chad.", ["met in Chad"]),
    ("Talks in Chad between Norway and Denmark ended.", ["Talks in Chad"]),
    ("Rebels attacked soldiers in Chad.", ["attacked in Chad"]),
    ("Students demonstrated in Chad.", ["demonstrated in Chad"]),
    ("Norwegian police arrested ten students in Oslo.", ["arrested in Oslo"]),
    ("Police in Norway arrested ten students.", ["arrested"]),
]


@pytest.mark.parametrize(("text", "expected"), WHEN_AND_WHERE)
def test_when_and_where(settings: Find, text: str, expected: list[str]) -> None:
    assert settings(text) == expected


@pytest.mark.parametrize(
    "text", ["The vote was delayed.", "Attacks are bad.", "Talks failed.", "It was a long war.", "Oslo is in Norway."]
)
def test_an_act_of_nobody_is_no_event(extract: Callable[[str], Findings], text: str) -> None:
    assert extract(text).events == ()
