"""Cues: which words show that somebody says something, and which forms of the same words do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[[str], list[str]]

CUES = [
    ("Norway said the talks failed.", ["said"]),
    ("Norway says the talks failed.", ["says"]),
    ("Norway has said the talks failed.", ["said"]),
    ("Norway told Denmark that the talks failed.", ["told"]),
    ("Norway pointed out that the talks failed.", ["pointed out"]),
    ("Norway went on to say that the talks failed.", ["say"]),
    ("Norway announced new rules.", ["announced"]),
    ("Norway pledged to help Chad.", ["pledged"]),
    ("Norway called for restraint.", ["called for"]),
    ("Norway called on Denmark to leave.", ["called on"]),
    ("Norway condemned the killings.", ["condemned"]),
    ("Norway hit out at Denmark.", ["hit out at"]),
    ("Norway ruled out talks.", ["ruled out"]),
    ("Norway turned down the plan.", ["turned down"]),
    ("Norway warned that war was near.", ["warned"]),
    ("Norway admitted that it was wrong.", ["admitted"]),
    ("Norway maintained that it was right.", ["maintained"]),
    ("The talks failed, according to Norway.", ["according to"]),
    ("According to Norway, the talks failed.", ["According to"]),
    ("Norway expressed concern about the killings.", ["expressed concern"]),
    ("Norway expressed its deep concern about the killings.", ["expressed its deep concern"]),
    ("Norway voiced support for Chad.", ["voiced support"]),
    ("Norway issued a warning to Chad.", ["issued a warning"]),
    ("Norway extended its condolences to Chad.", ["extended its condolences"]),
    ("Norway reiterated its commitment to peace.", ["reiterated its commitment"]),
    ("Norway made an appeal for help.", ["made an appeal"]),
    ("Norway did not deny that the talks failed.", ["deny"]),
    ("Norway strongly condemned the killings.", ["condemned"]),
    ("Norway also warned Chad.", ["warned"]),
    ("Norway praised Chad, adding that talks would follow.", ["praised", "adding"]),
    ("Norway issued a statement condemning the killings.", ["condemning"]),
    ("As Norway noted, the talks failed.", ["noted"]),
    ("As Norway told Chad, the talks failed.", ["told"]),
    ("Norway pointed to the success of the talks.", ["pointed to"]),
    ("Norway referred to the treaty.", ["referred to"]),
    ("Ada Berg recounted how the talks failed.", ["recounted"]),
    ("“The talks failed,” Ada Berg quipped.", ["quipped"]),
    ("Norway conveyed its greetings to Chad.", ["conveyed its greetings"]),
    ("Norway affirmed its keenness to help Chad.", ["affirmed its keenness"]),
    ("Norway offered more details of the plan.", ["offered more details"]),
    ("Norway called the talks a farce.", ["called"]),
    ("Norway labelled the vote a farce.", ["labelled"]),
    ("Norway branded the rebels as “traitors”.", ["branded"]),
    ("The judge found that the treaty was void.", ["found"]),
    ("Norway told Denmark to leave.", ["told"]),
    ("Norway sought help from Denmark.", ["sought"]),
    ("Norway disputed the report.", ["disputed"]),
    ("The talks, Ada Berg noted, will fail.", ["noted"]),
    ("The talks, she pointed out, will fail.", ["pointed out"]),
    ("Ada Berg asked about the treaty.", ["asked"]),
]

NO_CUES = [
    "Norway will condemn the killings.",
    "Norway may say more on Monday.",
    "Norway must condemn the killings.",
    "Norway wants to condemn the killings.",
    "Norway maintained ties with Chad.",
    "Norway continued talks with Chad.",
    "The saying goes on in Norway.",
    "A reported 40 people died in Norway.",
    "The warning from space reached Norway.",
    "Norway did not say when it would leave.",
    "Norway has not commented on the killings.",
    "The claim by weight rose in Norway.",
    "Norway's promise was old.",
    "Norway's answer was long.",
    "Norway called the ship Fram.",
    "The judge found the treaty.",
    "The judge found out where Chad was.",
    "Norway sought a foothold in Chad.",
    "Norway denied the rebels entry.",
    "Norway refused the refugees asylum.",
    "Norway supported the school with ten desks.",
    "Norway defended the bridge against the rebels.",
    "Norway referred the case to a court.",
    "Norway appealed the ruling.",
    "Norwegian police questioned the suspects.",
    "Norway added ten ships to its fleet.",
    "The minister continues to travel.",
    "The ministers hail from Norway.",
    "Norway left, believing that the war was over.",
    "Norway protested in Chad.",
    "The talks, which Norway led, failed.",
    "Norway barred the visit, citing Chad's rules as a reason.",
]


@pytest.mark.parametrize(("text", "expected"), CUES)
def test_cues(cues: Find, text: str, expected: list[str]) -> None:
    assert cues(text) == expected


@pytest.mark.parametrize("text", NO_CUES)
def test_what_is_no_cue(cues: Find, text: str) -> None:
    assert cues(text) == []
