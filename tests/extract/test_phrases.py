"""Noun phrases: the words that stand in the role of who takes part, and of what only has it done to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.types import EventMention, Findings, Span

Extract = Callable[[str], Findings]

AROUND_NAMES = [
    ("A court in Oslo jailed two Danish sailors.", "A court in Oslo > two Danish sailors"),
    ("Norwegian police arrested ten students.", "Norwegian police > ten students"),
    ("The army of Chad shelled the rebels of Mali.", "The army of Chad > the rebels of Mali"),
    ("Rebels in the north of Mali shelled Niger.", "Rebels in the north of Mali > Niger"),
    ("Chad and the army of Niger shelled Mali.", "Chad+the army of Niger > Mali"),
    ("Norway shelled the coast of Chad.", "Norway > the coast of Chad"),
    ("Chad's invasion of Niger failed.", "Chad > Niger"),
    ("The invasion of Niger by Chad failed.", "Chad > Niger"),
    ("The Chadian invasion of Niger failed.", "Chadian > Niger"),
]


@pytest.mark.parametrize(("text", "expected"), AROUND_NAMES)
def test_phrases_around_names(extract: Extract, text: str, expected: str) -> None:
    event = first_event(extract, text)
    assert f"{words(text, event.actor_phrases)} > {words(text, event.recipient_phrases)}" == expected


@pytest.mark.parametrize("text", [text for text, _ in AROUND_NAMES])
def test_a_phrase_for_each_name(extract: Extract, text: str) -> None:
    event = first_event(extract, text)
    pairs = [
        *zip(event.actors, event.actor_phrases, strict=True),
        *zip(event.recipients, event.recipient_phrases, strict=True),
    ]
    for name, around in pairs:
        assert around.start <= name.start and name.end <= around.end
        assert around.end <= event.trigger.start or event.trigger.end <= around.start


WITHOUT_NAMES = [
    ("Rebels shelled a village near the border with Niger.", "a village near the border with Niger"),
    ("Chad seized the ship.", "the ship"),
    ("Chad seized the ship and two boats.", "the ship+two boats"),
    ("Norway arrested ten students.", "ten students"),
    ("Two towns were shelled by Chad.", "Two towns"),
    ("Norway supplied tanks to Chad.", "Chad"),
]


@pytest.mark.parametrize(("text", "expected"), WITHOUT_NAMES)
def test_phrases_of_what_it_is_done_to(extract: Extract, text: str, expected: str) -> None:
    assert words(text, first_event(extract, text).undergone) == expected


def test_phrases_of_what_does_it(extract: Extract) -> None:
    text = "A blast near the market killed ten soldiers of Chad."
    assert words(text, first_event(extract, text).done_by) == "A blast near the market"


def first_event(extract: Extract, text: str) -> EventMention:
    return extract(text).events[0]


def words(text: str, spans: tuple[Span, ...]) -> str:
    return "+".join(text[span.start : span.end] for span in spans)
