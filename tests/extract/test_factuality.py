"""Factuality: done, to come, only possible or not done; what is to come and friendly is a promise of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[[str], list[str]]

ACTUAL = [
    ("Chad shelled Niger.", "ASSAULT shelled actual"),
    ("Chad has shelled Niger.", "ASSAULT shelled actual"),
    ("Chad is shelling Niger.", "ASSAULT shelling actual"),
    ("Chad had been shelling Niger.", "ASSAULT shelling actual"),
    ("Chad began shelling Niger.", "ASSAULT shelling actual"),
    ("Chad continued to shell Niger.", "ASSAULT shell actual"),
    ("Chad managed to arrest ten rebels.", "COERCE arrest actual"),
    ("Niger was shelled by Chad.", "ASSAULT shelled actual"),
    ("Chad's attack on Niger failed.", "ASSAULT attack actual"),
    ("In May Chad shelled Niger.", "ASSAULT shelled actual"),
    ("On 4 May Chad shelled Niger.", "ASSAULT shelled actual"),
    ("Chad on 4 June shelled Niger.", "ASSAULT shelled actual"),
    ("Chad on 4 May shelled Niger.", "ASSAULT shelled actual"),
]

FUTURE = [
    ("Chad will shell Niger.", "ASSAULT shell future"),
    ("Chad will arrest ten rebels.", "COERCE arrest future"),
    ("Chad is going to expel ten diplomats.", "SANCTION expel future"),
    ("Chad plans to expel ten diplomats.", "SANCTION expel future"),
    ("Chad intends to expel ten diplomats.", "SANCTION expel future"),
    ("Chad is set to expel ten diplomats.", "SANCTION expel future"),
    ("Chad is about to expel ten diplomats.", "SANCTION expel future"),
    ("Chad would expel ten diplomats.", "SANCTION expel future"),
    ("Ten diplomats will be expelled by Chad.", "SANCTION expelled future"),
    ("Norway will visit Chad.", "AGREE visit future"),
    ("Norway will meet Chad.", "AGREE meet future"),
    ("Norway and Chad will hold talks.", "AGREE hold talks future"),
    ("Norway will send aid to Chad.", "AGREE send aid future"),
    ("Norway will recognise Kosovo.", "AGREE recognise future"),
    ("Norway will cooperate with Chad.", "AGREE cooperate future"),
    ("Norway will withdraw its troops from Chad.", "CONCEDE withdraw its troops future"),
    ("Norway will release ten rebels.", "CONCEDE release future"),
    ("Norway is expected to release ten rebels.", "CONCEDE release future"),
    ("Norway's planned visit to Chad is a risk.", "AGREE visit future"),
    ("Norway's upcoming talks with Chad are a risk.", "AGREE talks future"),
]

NEGATED = [
    ("Chad did not shell Niger.", "ASSAULT shell negated"),
    ("Chad has not shelled Niger.", "ASSAULT shelled negated"),
    ("Chad hasn't shelled Niger.", "ASSAULT shelled negated"),
    ("Chad hasn’t shelled Niger.", "ASSAULT shelled negated"),
    ("Chad never shelled Niger.", "ASSAULT shelled negated"),
    ("Niger was not shelled by Chad.", "ASSAULT shelled negated"),
    ("Chad failed to arrest ten rebels.", "COERCE arrest negated"),
    ("Norway did not visit Chad.", "CONSULT visit negated"),
    ("Norway did not hold talks with Chad.", "CONSULT hold talks negated"),
    ("Norway's failed talks with Chad were a blow.", "CONSULT talks negated"),
]

HYPOTHETICAL = [
    ("Chad may shell Niger.", "ASSAULT shell hypothetical"),
    ("Chad might shell Niger.", "ASSAULT shell hypothetical"),
    ("Chad could shell Niger.", "ASSAULT shell hypothetical"),
    ("Chad should arrest ten rebels.", "COERCE arrest hypothetical"),
    ("If Chad shelled Niger, war would come.", "ASSAULT shelled hypothetical"),
    ("It is unclear whether Chad shelled Niger.", "ASSAULT shelled hypothetical"),
    ("War will come unless Chad frees the ten rebels.", "RETREAT frees hypothetical"),
    ("Peru would not reopen its border until Chad freed the ten rebels.", "RETREAT freed hypothetical"),
    ("War went on until Chad freed the ten rebels.", "RETREAT freed actual"),
    ("Chad's alleged attack on Niger was a blow.", "ASSAULT attack hypothetical"),
    ("A possible attack on Niger is a risk.", "ASSAULT attack hypothetical"),
]


@pytest.mark.parametrize(("text", "expected"), ACTUAL + FUTURE + NEGATED + HYPOTHETICAL)
def test_factuality(certainty: Find, text: str, expected: str) -> None:
    assert expected in certainty(text)


MIXED = [
    (
        "Chad shelled Niger but did not shell Mali.",
        ["ASSAULT shelled actual", "ASSAULT shell negated"],
    ),
    (
        "Chad arrested ten rebels and will expel two diplomats.",
        ["COERCE arrested actual", "SANCTION expel future"],
    ),
    (
        "If Chad goes on, Norway will expel ten diplomats.",
        ["THREATEN expel actual"],
    ),
    (
        "Norway, which did not recognise Kosovo, met Chad.",
        ["SUPPORT recognise negated", "CONSULT met actual"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), MIXED)
def test_each_act_by_its_own_words(certainty: Find, text: str, expected: list[str]) -> None:
    assert certainty(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Chad wants to arrest ten rebels.",
        "Norway wants to visit Chad.",
        "Norway sued in The Hague to force Chad to withdraw.",
        "Norway and Chad discussed ways to boost their cooperation.",
        "Norway urged both sides to expand cooperation between Mali and Niger.",
    ],
)
def test_what_is_only_aimed_at_is_no_act(certainty: Find, text: str) -> None:
    assert not {"COERCE", "CONSULT visit", "RETREAT", "COOPERATE"} & {
        w for line in certainty(text) for w in (line.split()[0], " ".join(line.split()[:2]))
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chad tried to arrest ten rebels.", "COERCE arrest actual"),
        ("Norway forced Chad to withdraw from Niger.", "RETREAT withdraw actual"),
        ("Norway will not visit Chad.", "REJECT visit actual"),
    ],
)
def test_what_is_tried_or_forced_took_place(certainty: Find, text: str, expected: str) -> None:
    assert expected in certainty(text)
