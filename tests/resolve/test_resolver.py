"""Whole articles: every key is that of a fact, the same text gives the same facts, and each promise holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.types import Facts
from kg.vocab import CATEGORIES, FACTUALITIES, STANCES

Tell = Callable[..., Facts]

STORY = """Norway Condemns Chad's Attack On Niger

OSLO, 4 March (NTB) – Norwegian Foreign Minister Ingrid Solheim on Monday condemned Chad's shelling of Niger in a \
call with her Danish counterpart, Lars Brandt. Brandt urged “all sides” to stop.

“Chad must withdraw its troops now,” Solheim said on Monday. “It has broken every rule.

“We will not look away.”

Chad's army did not confirm that it had shelled Niger on 2 March. It said 40 rebels were killed; 12 African leaders \
called for talks, according to the African Union’s statement.

Both ministers will visit N’Djamena next week."""
MONDAY = dt.date(2024, 3, 4)


def _check(text: str, facts: Facts, published: dt.date | None) -> None:
    """Hold `facts` to what `kg.types` promises of them."""
    kinds = (facts.states, facts.organizations, facts.people, facts.groups, facts.events, facts.statements)
    keys = [fact.key for kind in kinds for fact in kind]
    assert len(keys) == len(set(keys))
    states = {state.key for state in facts.states}
    agents = states | {fact.key for kind in kinds[1:4] for fact in kind}
    events = {event.key: event for event in facts.events}
    assert all(body.state in states | {None} for body in facts.organizations)
    assert all(group.state in states | {None} for group in facts.groups)
    for person in facts.people:
        assert agents.issuperset(person.represents)
        assert all(post.state in agents | {None} and post.organization in agents | {None} for post in person.posts)
        assert person.label not in person.names
    for event in facts.events:
        assert event.actors or event.recipients
        assert agents.issuperset((*event.actors, *event.recipients))
        assert states.issuperset((*event.actor_states, *event.recipient_states))
        assert event.category in CATEGORIES
        assert event.factuality in FACTUALITIES
        assert event.evidence.covers(event.trigger)
        late = (
            published is not None and event.date is not None and event.date > published.isoformat()[: len(event.date)]
        )
        assert event.factuality == "future" or not late
    for statement in facts.statements:
        assert statement.speakers
        assert agents.issuperset((*statement.speakers, *statement.addressees, *statement.about))
        assert set(statement.speakers).isdisjoint(statement.about)
        assert statement.stance in STANCES
        assert events.keys() >= {*statement.reports, *statement.enacts, *statement.disputes}
        assert statement.quote is None or statement.quote in text
        assert statement.said_on is None or published is None or statement.said_on <= published.isoformat()


def test_a_story_keeps_every_promise(tell: Tell) -> None:
    facts = tell(STORY, published=MONDAY)
    assert facts.states and facts.organizations and facts.people and facts.groups and facts.events and facts.statements
    _check(STORY, facts, MONDAY)


def test_a_story_is_told_right(statements: Callable[..., list[str]], people: Callable[..., list[str]]) -> None:
    assert people(STORY, published=MONDAY) == [
        "Ingrid Solheim; aka Solheim; for NOR; as Foreign Minister",
        "Lars Brandt; aka Brandt; for DNK; as Foreign Minister",
    ]
    assert statements(STORY, published=MONDAY)[:6] == [
        "NOR condemns",
        "Ingrid Solheim condemns",
        "Lars Brandt requests",
        "Ingrid Solheim requests",
        "Ingrid Solheim states",
        "Ingrid Solheim states",
    ]


def test_the_same_article_gives_the_same_facts(tell: Tell) -> None:
    assert tell(STORY, published=MONDAY) == tell(STORY, published=MONDAY)


def test_another_address_moves_only_what_is_of_the_article(tell: Tell) -> None:
    one, two = (tell(STORY, url=f"https://example.org/{number}") for number in (1, 2))
    assert one.states == two.states
    assert one.people == two.people
    assert {event.key for event in one.events}.isdisjoint({event.key for event in two.events})
    assert [event.trigger for event in one.events] == [event.trigger for event in two.events]


@pytest.mark.parametrize("text", ["", "...", "Nobody left.", "“", "They said it."])
def test_a_text_without_facts(tell: Tell, text: str) -> None:
    assert tell(text) == Facts()


_WORDS = [*STORY.split(), "\n\n", "“", "”", "'s", ",", ".", "and", "of", "President", "they", "It", "on", "Friday"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(_WORDS), max_size=40))
def test_shuffled_words_keep_every_promise(tell: Tell, words: list[str]) -> None:
    text = " ".join(words)
    _check(text, tell(text, published=MONDAY), MONDAY)
