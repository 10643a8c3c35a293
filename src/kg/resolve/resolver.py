"""Findings -> Facts: who is who, then what was done and said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg import iris
from kg.reference import load_states
from kg.resolve.anaphora import Anaphora
from kg.resolve.belonging import firm_states, states_behind
from kg.resolve.cast import Cast
from kg.resolve.confidence import rate
from kg.resolve.dates import resolve_dates
from kg.resolve.descriptions import to_roster
from kg.resolve.events import resolve_events
from kg.resolve.groups import resolve_groups
from kg.resolve.home import find_home
from kg.resolve.organizations import resolve_organizations
from kg.resolve.people import resolve_people
from kg.resolve.statements import resolve_statements
from kg.types import (
    Article,
    EventFact,
    Facts,
    Findings,
    GroupFact,
    GroupMention,
    OrganizationFact,
    PersonFact,
    Span,
    StateFact,
    StatementFact,
)
from kg.vocab import PUBLIC_KINDS


def resolve(article: Article, findings: Findings) -> Facts:
    """What the findings of `article` mean. Pure: the same findings give the same facts."""
    cast = _cast(article, findings)
    dates = resolve_dates(findings.times, article.published, sentences=findings.sentences)
    events = tuple(resolve_events(article, findings.events, cast, dates))
    statements = tuple(resolve_statements(article, findings.attributions, events, cast, dates))
    return rate(_facts(cast, tuple(fact for _, fact in events), statements), findings)


def _cast(article: Article, findings: Findings) -> Cast:
    home = find_home(article, findings)
    organizations, bodies = resolve_organizations(article, findings.organizations, home)
    of_state = {o.key: o.state for o in organizations if o.state is not None}
    people, denoted, private = resolve_people(article, findings, bodies, of_state, home)
    denoted |= {m.span: (iris.state(m.iso3),) for m in findings.states if m.span not in denoted}
    denoted |= {span: (key,) for span, key in bodies.items()}
    groups, grouped = resolve_groups(article, findings.groups, (), {}, home)
    firm = firm_states(organizations, people, groups)
    roster = to_roster(
        _roles(article.text, findings, people, denoted), organizations, _first_named(findings, groups, grouped), firm
    )
    anaphora = Anaphora(article.text, findings, {p.key: p for p in people}, roster, denoted)
    pointed = anaphora.resolve_all((*findings.anaphors, *findings.groups), grouped)
    groups, grouped = resolve_groups(article, findings.groups, findings.anaphors, pointed, home)
    denoted = {**denoted, **pointed, **grouped}
    firm = firm_states(organizations, people, groups)
    return Cast(
        states=_states(findings, organizations, people, groups),
        organizations=organizations,
        people=people,
        groups=groups,
        denoted=_with_speakers(findings, denoted),
        public=_public(organizations, people, groups)
        | frozenset(k for m in findings.people if any(t.political for t in m.titles) for k in denoted[m.span])
        | {iris.state(code) for code in load_states()},
        behind=states_behind(findings, firm, private, denoted, home)
        | {iris.state(c): (iris.state(c),) for c in load_states()},
    )


def _roles(
    text: str, findings: Findings, people: Iterable[PersonFact], denoted: Mapping[Span, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    """Each person's key with each role that the words give them, public or not, as "former president"."""
    posts = {person.key: person.posts for person in people}
    for mention in findings.people:
        (key,) = denoted[mention.span]
        for title in mention.titles:
            yield key, f"{text[title.span.start : title.span.end].partition(title.role)[0]} {title.role}"
        if any(title.counterpart for title in mention.titles):
            yield from ((key, post.role) for post in posts[key])


def _first_named(
    findings: Findings, groups: Iterable[GroupFact], grouped: Mapping[Span, tuple[str, ...]]
) -> Iterator[tuple[GroupMention, GroupFact]]:
    facts = {g.key: g for g in groups}
    for mention in findings.groups:
        yield mention, facts[grouped[mention.span][0]]


def _with_speakers(findings: Findings, denoted: dict[Span, tuple[str, ...]]) -> dict[Span, tuple[str, ...]]:
    """Give "we" and "I" inside what is said to whoever says it."""
    found = dict(denoted)
    for attribution in findings.attributions:
        speakers = tuple(dict.fromkeys(k for s in attribution.speakers for k in denoted.get(s, ())))
        for anaphor in findings.anaphors:
            inside = attribution.quote is not None and attribution.quote.covers(anaphor.span)
            if speakers and inside and anaphor.span not in found and anaphor.role is None:
                found[anaphor.span] = speakers
    return found


def _states(
    findings: Findings,
    organizations: tuple[OrganizationFact, ...],
    people: tuple[PersonFact, ...],
    groups: tuple[GroupFact, ...],
) -> tuple[StateFact, ...]:
    """The states named, and those that a body, person or group belongs to."""
    named = [iris.state(m.iso3) for m in findings.states]
    behind = [
        *(o.state for o in organizations),
        *(k for p in people for k in p.represents),
        *(g.state for g in groups),
    ]
    return _to_states([*named, *(k for k in behind if k and k.startswith("state/"))])


def _to_states(keys: Iterable[str]) -> tuple[StateFact, ...]:
    return tuple(
        StateFact(key, code := key.removeprefix("state/"), load_states()[code].name) for key in dict.fromkeys(keys)
    )


def _public(
    organizations: tuple[OrganizationFact, ...], people: tuple[PersonFact, ...], groups: tuple[GroupFact, ...]
) -> frozenset[str]:
    """Keys of those whose acts are political by who they are."""
    bodies = {o.key for o in organizations if o.kind in PUBLIC_KINDS}
    return frozenset(bodies | {p.key for p in people if p.official} | {g.key for g in groups if g.official})


def _facts(cast: Cast, events: tuple[EventFact, ...], statements: tuple[StatementFact, ...]) -> Facts:
    """All facts; of groups only those that act, receive or speak, and every state behind somebody who does."""
    used = {k for e in events for k in (*e.actors, *e.recipients)} | {
        k for s in statements for k in (*s.speakers, *s.addressees, *s.about)
    }
    return Facts(
        states=_to_states(
            [*(s.key for s in cast.states), *(k for e in events for k in (*e.actor_states, *e.recipient_states))]
        ),
        organizations=cast.organizations,
        people=cast.people,
        groups=tuple(g for g in cast.groups if g.key in used),
        events=events,
        statements=statements,
    )
