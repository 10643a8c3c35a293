"""Frames: which words name an act, in which category and mode; all 16 categories, as verbs and as nouns."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from _pytest.mark import ParameterSet

from faults import fault
from kg.vocab import CATEGORIES

Find = Callable[[str], list[str]]

VERBS = [
    ("Norway agreed to the plan with Chad.", "AGREE agreed"),
    ("Norway offered Chad new terms.", "AGREE offered"),
    ("Norway invited Chad to Oslo.", "AGREE invited"),
    fault(
        "Norway accepted the Danish invitation.",
        "AGREE accepted the Danish invitation",
        reason="the network sees support where something is accepted",
    ),
    ("Norway met Chad on Monday.", "CONSULT met"),
    ("Norway and Chad negotiated for weeks.", "CONSULT negotiated"),
    ("Norway held lengthy talks with Chad.", "CONSULT held lengthy talks"),
    ("President Ingrid Solheim visited Chad.", "CONSULT.visit visited"),
    ("President Ingrid Solheim arrived in Chad.", "CONSULT.visit arrived in"),
    ("President Ingrid Solheim flew to Chad.", "CONSULT.visit flew to"),
    ("Norway hosted the Danish premier.", "CONSULT.visit hosted"),
    ("President Ingrid Solheim phoned Lars Brandt.", "CONSULT.phone phoned"),
    ("Norway brokered a truce.", "CONSULT.third-party brokered"),
    ("Norway recognised Kosovo.", "SUPPORT recognised"),
    ("Norway restored ties with Chad.", "SUPPORT restored ties"),
    ("Norway and Chad signed a trade agreement.", "SUPPORT signed a trade agreement"),
    ("Norway ratified the treaty.", "SUPPORT ratified the treaty"),
    ("Norway apologised to Chad.", "CONCEDE apologised"),
    ("Norway pardoned ten rebels.", "CONCEDE pardoned"),
    ("Norway lifted the curfew.", "CONCEDE lifted the curfew"),
    ("Norway declared a ceasefire.", "CONCEDE declared a ceasefire"),
    ("Norway and Chad cooperated on fishing.", "COOPERATE cooperated"),
    ("Norway bought wheat from Chad.", "COOPERATE bought wheat from"),
    ("Norway shared intelligence with Chad.", "COOPERATE shared intelligence"),
    ("Norway extradited ten men to Chad.", "COOPERATE extradited"),
    ("Norway sent medical aid to Chad.", "AID sent medical aid"),
    ("Norway donated vaccines to Chad.", "AID donated vaccines"),
    ("Norway supplied tanks to Chad.", "AID supplied tanks"),
    ("Norway granted asylum to ten refugees.", "AID granted asylum"),
    ("Chad received aid from Norway.", "AID received aid from"),
    ("Norway provided Chad with weapons.", "AID provided"),
    ("Norway withdrew its troops from Chad.", "RETREAT.withdraw withdrew its troops"),
    ("Norway released ten prisoners.", "RETREAT.release released"),
    ("The Norwegian prime minister resigned.", "RETREAT.resign resigned"),
    ("The Norwegian prime minister stepped down.", "RETREAT.resign stepped down"),
    ("Norwegian rebels surrendered.", "RETREAT.disarm surrendered"),
    ("Norway allowed UN inspectors into Chad.", "RETREAT.access allowed"),
    ("Norway sought help from Chad.", "REQUEST sought"),
    ("Norway investigated the Danish minister.", "ACCUSE.investigate investigated"),
    ("Norway summoned Chad's ambassador.", "ACCUSE.investigate summoned"),
    ("Norway sued Chad.", "ACCUSE.investigate sued"),
    ("Norway vetoed the resolution.", "REJECT vetoed"),
    ("Norway cancelled its visit to Chad.", "REJECT cancelled its visit"),
    ("Norway gave Chad an ultimatum.", "THREATEN gave Chad an ultimatum"),
    ("Students demonstrated in Chad.", "PROTEST.demo demonstrated"),
    ("Thousands of workers took to the streets.", "PROTEST.demo took to the streets"),
    ("Teachers went on strike.", "PROTEST.strike went on strike"),
    ("Opposition lawmakers boycotted the vote.", "PROTEST.boycott boycotted"),
    ("Prisoners rioted.", "PROTEST.riot rioted"),
    ("Norway severed ties with Chad.", "SANCTION.discontinue severed ties"),
    ("Norway has cut ties with Chad.", "SANCTION.discontinue cut ties"),
    ("Norway cut ties with Chad.", "SANCTION.discontinue cut ties"),
    ("Norway recalled its ambassador from Chad.", "SANCTION.discontinue recalled its ambassador"),
    ("Norway expelled ten diplomats.", "SANCTION.expel expelled"),
    ("A Norwegian court convicted the minister.", "SANCTION.convict convicted"),
    ("Norway deployed troops.", "MOBILIZE.troops deployed"),
    ("Norway sent reinforcements to the border.", "MOBILIZE.troops sent reinforcements"),
    ("Norway put its army on alert.", "MOBILIZE.troops put its army on alert"),
    ("Norway put its army on high alert.", "MOBILIZE.troops put its army on high alert"),
    ("Norway tested a missile.", "MOBILIZE.weapons tested a missile"),
    ("Norwegian police arrested ten students.", "COERCE.arrest arrested"),
    ("Norway seized the ship.", "COERCE.seize seized"),
    ("Norway annexed the island.", "COERCE.seize annexed"),
    ("Norway imposed a curfew.", "COERCE.curfew imposed a curfew"),
    ("Norway imposed martial rule.", "COERCE.martial-law imposed martial rule"),
    ("Norway imposed sanctions on Chad.", "COERCE.restrict imposed sanctions"),
    ("Norway deported ten migrants.", "COERCE.deport deported"),
    ("Norway blocked access to the website.", "COERCE.censor blocked access to the website"),
    ("Hackers hacked the Norwegian army.", "COERCE.cyber hacked"),
    ("Chad invaded Niger.", "ASSAULT invaded"),
    ("Chad shelled Niger.", "ASSAULT.heavy-weapons shelled"),
    ("Gunmen shot dead two ministers.", "ASSAULT.firearms shot dead"),
    ("Rebels kidnapped ten students.", "ASSAULT.abduct kidnapped"),
    ("Chad bombed Niger.", "ASSAULT.explosives bombed"),
    ("Police fired tear gas at students.", "ASSAULT.crowd-control fired tear gas"),
]

NOUNS = [
    ("Norway's offer to Chad stands.", "AGREE offer"),
    ("Norway's talks with Chad ended.", "CONSULT talks"),
    ("The meeting between Norway and Chad ended.", "CONSULT meeting"),
    ("Ingrid Solheim's visit to Chad ended.", "CONSULT.visit visit"),
    ("The phone call between President Ingrid Solheim and Lars Brandt ended.", "CONSULT.phone phone call"),
    ("Norwegian mediation failed.", "CONSULT.third-party mediation"),
    ("Norway's recognition of Kosovo came late.", "SUPPORT recognition"),
    ("Norway's apology to Chad came late.", "CONCEDE apology"),
    ("Trade between Norway and Chad grew.", "COOPERATE Trade"),
    ("Norway's military aid to Chad grew.", "AID military aid"),
    ("Norway's transfer of missiles to Chad was secret.", "AID transfer"),
    ("Norway's withdrawal from Chad was quick.", "RETREAT.withdraw withdrawal"),
    ("The resignation of President Ingrid Solheim was a blow.", "RETREAT.resign resignation"),
    ("Norway's appeal to Chad was heard.", "REQUEST appeal"),
    ("Norway's criticism of Chad was harsh.", "ACCUSE.disapprove criticism"),
    ("Norway's veto was a blow.", "REJECT veto"),
    ("Norway's ultimatum to Chad was clear.", "THREATEN ultimatum"),
    ("The hunger strike by prisoners ended.", "PROTEST.hunger hunger strike"),
    ("The general strike by teachers ended.", "PROTEST.strike general strike"),
    ("Norway's expulsion of ten diplomats was a blow.", "SANCTION.expel expulsion"),
    ("Norway's deployment to Chad was quick.", "MOBILIZE.troops deployment"),
    ("North Korea's missile launch was a surprise.", "MOBILIZE.weapons missile launch"),
    ("Norway's arrest of ten students was a blow.", "COERCE.arrest arrest"),
    ("Russia's annexation of Crimea was a blow.", "COERCE.seize annexation"),
    ("Norway's ban on beef from Chad was a blow.", "COERCE.restrict ban"),
    ("The deportation of ten migrants was a blow.", "COERCE.deport deportation"),
    ("Chad's invasion of Niger was a blow.", "ASSAULT invasion"),
    ("The US drone strike on rebels was a blow.", "ASSAULT.drone drone strike"),
    ("The assassination of President Ingrid Solheim was a blow.", "ASSAULT.targeted assassination"),
    ("The suicide bombing by militants was a blow.", "ASSAULT.suicide-attack suicide bombing"),
]

INFLECTED = [
    ("Norway is meeting Chad.", "CONSULT meeting"),
    ("Norway meets Chad.", "CONSULT meets"),
    ("Norway has met Chad.", "CONSULT met"),
    ("Chad fought Niger.", "ASSAULT fought"),
    ("Chad struck Niger.", "ASSAULT struck"),
    ("Chad shot down a Nigerian jet.", "ASSAULT.firearms shot down"),
    ("Chad had beaten ten protesters.", "ASSAULT.beat beaten"),
    ("Chad beat ten protesters.", "ASSAULT.beat beat"),
    ("Chad was bombing Niger.", "ASSAULT.explosives bombing"),
    ("Norway arrests ten students", "COERCE.arrest arrests"),
    ("Norway expels diplomats", "SANCTION.expel expels"),
    ("NORWAY EXPELS TEN DIPLOMATS", "SANCTION.expel EXPELS"),
]

# What another word makes of the act it governs, and "will" and "not" of theirs.
GOVERNED = [
    ("Norway agreed to withdraw its troops from Chad.", "AGREE agreed"),
    ("Norway is willing to meet the rebels.", "AGREE willing"),
    ("Norway expressed readiness to sign the treaty.", "AGREE expressed readiness"),
    ("Norway refused to meet the Danish premier.", "REJECT refused"),
    ("Norway and Chad failed to reach an agreement.", "REJECT failed to reach"),
    ("Norway threatened to bomb Chad.", "THREATEN threatened"),
    ("Norway lifted its blockade of Chad.", "CONCEDE lifted its blockade"),
    ("Norway eased the travel ban on Danes.", "CONCEDE eased the travel ban"),
    ("Norway called off its strike against Chad.", "CONCEDE called off its strike"),
    ("Norway suspended military aid to Chad.", "SANCTION.discontinue suspended military aid"),
    ("Norway stopped bombing Chad.", "RETREAT.ceasefire stopped"),
    ("Norway violated the ceasefire with Chad.", "ASSAULT violated the ceasefire"),
    ("Norway will not release the Danish pilots.", "REJECT release"),
    ("Norway would not accept the Danish refugees.", "REJECT accept"),
    ("Norway said it would boycott the Danish vote.", "THREATEN boycott"),
    ("Norway will boycott the vote unless Denmark yields.", "THREATEN boycott"),
    ("Norway carried out a drone strike on Chad.", "ASSAULT.drone carried out a drone strike"),
    ("Norway engaged in trade with Chad.", "COOPERATE engaged in trade"),
    ("Norway supplied Chad with tanks.", "AID supplied"),
    ("Norway launched a scathing attack on the Danish premier.", "ACCUSE.disapprove launched a scathing attack"),
]

NOTHING = [
    "Norway fought corruption.",
    "Norway seized the opportunity.",
    "Norway released a report on fish.",
    "Norway seized the occasion to sleep.",
    "Norway saw Chad.",
    "Norway and Chad ended the dispute over fish.",
    fault("Norway beat Chad 3-1 in the final.", reason="a win in sport is taken for a beating"),
    "The strike of the clock woke Norway.",
    "Norway is an arms exporter.",
]


# Idioms, and what is no act where nobody is there to receive it; beside each the same verb in earnest.
IDLE = [
    ("Chad seized the opportunity.", []),
    ("Chad seized the ship.", ["COERCE.seize seized"]),
    ("Norway shot a film in Chad.", []),
    ("Norway shot two rebels in Chad.", ["ASSAULT.firearms shot"]),
    ("Norway fought corruption in Chad.", []),
    ("Norway fought Chad.", ["ASSAULT fought"]),
    ("Norway withdrew cash from Chad.", []),
    ("Norway visited the website of Chad.", []),
    ("Norway visited the capital of Chad.", ["CONSULT.visit visited"]),
    ("Chad executed a plan with Niger.", []),
    ("Chad executed ten rebels.", ["ASSAULT.targeted executed"]),
    ("Norway spent millions.", []),
    ("Norway spent millions on Chad.", ["AID spent millions"]),
]


@pytest.mark.parametrize(("text", "expected"), IDLE)
def test_idle_words(acts: Find, text: str, expected: list[str]) -> None:
    assert acts(text) == expected


@pytest.mark.parametrize(("text", "expected"), VERBS + NOUNS + INFLECTED + GOVERNED)
def test_acts(acts: Find, text: str, expected: str) -> None:
    assert acts(text) == [expected]


@pytest.mark.parametrize("text", NOTHING)
def test_no_act(acts: Find, text: str) -> None:
    assert acts(text) == []


def test_tables_reach_every_category() -> None:
    acts = [row.values[1] if isinstance(row, ParameterSet) else row[1] for row in VERBS]
    assert {act.split()[0].split(".")[0] for act in acts} == set(CATEGORIES)
