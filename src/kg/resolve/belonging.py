"""Belonging: the states behind each agent, which act where it acts.

Firm are the state that somebody represents, the one a body is of, the one a group is named with. Behind a private
person stands the state that their words or the article's home show; behind a group or private body without a state,
the home that prevails in the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg import iris
from kg.reference import load_organizations
from kg.resolve.home import Home
from kg.types import Findings, GroupFact, OrganizationFact, PersonFact, Span

# Kinds of bodies without a state of their own that are at home where the article is.
_AT_HOME = frozenset({"ngo", "other", "party"})

Behind = dict[str, tuple[str, ...]]
"""Keys of States by the key of an agent."""


def firm_states(
    organizations: Iterable[OrganizationFact], people: Iterable[PersonFact], groups: Iterable[GroupFact]
) -> Behind:
    """The states that agents are of or act for by what is said of them."""
    of_state = {o.key: o.state for o in organizations if o.state is not None}
    found: Behind = {key: (state,) for key, state in of_state.items()}
    for person in people:
        keys = (k if k.startswith("state/") else of_state.get(k) for k in person.represents)
        found[person.key] = tuple(k for k in keys if k is not None)
    return found | {g.key: (g.state,) for g in groups if g.state is not None}


def states_behind(
    findings: Findings, firm: Behind, private: Mapping[str, str], denoted: Mapping[Span, tuple[str, ...]], home: Home
) -> Behind:
    """`firm` states, and those that other agents belong to.

    Args:
        private: state keys by the key of a private person.
        denoted: the keys of whom each mention denotes.
    """
    found = {key: (state,) for key, state in private.items()}
    known = {key for m in findings.organizations if m.name in load_organizations() for key in denoted.get(m.span, ())}
    if home.prevails:
        for span, iso3 in (*_groups(findings, home), *_bodies(findings, home)):
            for key in denoted.get(span, ()):
                if firm.get(key) is None and not key.startswith(("state/", "person/")) and key not in known:
                    found.setdefault(key, (iris.state(iso3),))
    return found | {key: states for key, states in firm.items() if states}


def _groups(findings: Findings, home: Home) -> Iterator[tuple[Span, str]]:
    for mention in findings.groups:
        iso3 = home.of_people(mention.span, mention.role)
        if iso3 is not None:
            yield mention.span, iso3


def _bodies(findings: Findings, home: Home) -> Iterator[tuple[Span, str]]:
    for mention in findings.organizations:
        iso3 = home.of_office(mention.span)
        if iso3 is not None and mention.kind in _AT_HOME and mention.name not in load_organizations():
            yield mention.span, iso3
