"""One extractor for all tests of this room, and what a text means, each fact as one short line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import pytest

from kg import iris
from kg.extract.extractor import Extractor
from kg.resolve import resolve
from kg.types import Article, Facts, GroupFact, PersonFact

Tell = Callable[..., Facts]
Find = Callable[..., list[str]]


@pytest.fixture(scope="session")
def tell() -> Tell:
    """The facts of a text; `published` and `url` as of its article."""
    extractor = Extractor()

    def run(text: str, published: dt.date | None = None, url: str | None = None) -> Facts:
        article = Article(iris.article_id(url, text), text, "en", url=url, published=published)
        return resolve(article, extractor.extract(article))

    return run


def _names(facts: Facts) -> dict[str, str]:
    """What to call each agent: states by their code, all others by their label."""
    agents = [*facts.organizations, *facts.people, *facts.groups]
    return {state.key: state.iso3 for state in facts.states} | {agent.key: agent.label for agent in agents}


def _who(facts: Facts, keys: Iterable[str]) -> str:
    return "+".join(_names(facts)[key] for key in keys) or "-"


def _person(facts: Facts, person: PersonFact) -> str:
    return "; ".join(
        [
            person.label,
            *([f"aka {', '.join(person.names)}"] if person.names else []),
            *([f"for {_who(facts, person.represents)}"] if person.represents else []),
            *([f"as {', '.join(post.role for post in person.posts)}"] if person.posts else []),
            *([] if person.official else ["private"]),
        ]
    )


def _group(facts: Facts, group: GroupFact) -> str:
    parts = [
        f"{group.label} =",
        *([] if group.official else ["~"]),
        *([str(group.count)] if group.count is not None else []),
        *([group.role] if group.role else []),
        *([_who(facts, [group.state])] if group.state else []),
    ]
    return " ".join(parts)


@pytest.fixture(scope="session")
def people(tell: Tell) -> Find:
    """ "Ingrid Solheim; aka Solheim; for NOR; as Foreign Minister", "Ada Berg; private"."""

    def find(text: str, **given: object) -> list[str]:
        facts = tell(text, **given)
        return [_person(facts, person) for person in facts.people]

    return find


@pytest.fixture(scope="session")
def bodies(tell: Tell) -> Find:
    """ "Norwegian army (military) NOR"."""

    def find(text: str, **given: object) -> list[str]:
        facts = tell(text, **given)
        return [f"{o.label} ({o.kind}) {_who(facts, [o.state] if o.state else [])}" for o in facts.organizations]

    return find


@pytest.fixture(scope="session")
def groups(tell: Tell) -> Find:
    """ "47 foreign ministers = 47 foreign minister", "Norwegian soldiers = ~ NOR"."""

    def find(text: str) -> list[str]:
        facts = tell(text)
        return [_group(facts, group) for group in facts.groups]

    return find


@pytest.fixture(scope="session")
def events(tell: Tell) -> Find:
    """ "ASSAULT shelled: Norwegian army > TCD", by label."""

    def find(text: str, **given: object) -> list[str]:
        facts = tell(text, **given)
        return [
            f"{e.category} {text[e.trigger.start : e.trigger.end]}: "
            f"{_who(facts, e.actors)} > {_who(facts, e.recipients)}"
            for e in facts.events
        ]

    return find


@pytest.fixture(scope="session")
def dyads(tell: Tell) -> Find:
    """ "ASSAULT NOR > TCD": the states behind actors and recipients."""

    def find(text: str, **given: object) -> list[str]:
        facts = tell(text, **given)
        return [f"{e.category} {_who(facts, e.actor_states)} > {_who(facts, e.recipient_states)}" for e in facts.events]

    return find


@pytest.fixture(scope="session")
def dated(tell: Tell) -> Find:
    """ "shelled 2024-03-04 actual", "meet - future"."""

    def find(text: str, **given: object) -> list[str]:
        return [
            f"{e.category} {text[e.trigger.start : e.trigger.end]} {e.date or '-'} {e.factuality}"
            for e in tell(text, **given).events
        ]

    return find


@pytest.fixture(scope="session")
def statements(tell: Tell) -> Find:
    """ "Ingrid Solheim condemns", by label."""

    def find(text: str, **given: object) -> list[str]:
        facts = tell(text, **given)
        return [f"{_who(facts, s.speakers)} {s.stance}" for s in facts.statements]

    return find
