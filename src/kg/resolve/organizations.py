"""Organizations: one identity per body; a body named only by kind ("the foreign ministry") is its state's."""

from __future__ import annotations

from collections.abc import Iterable

from kg import iris
from kg.reference import load_organizations, load_states
from kg.resolve.home import Home
from kg.types import Article, OrganizationFact, OrganizationMention, Span
from kg.vocab import NATIONAL_KINDS


def resolve_organizations(
    article: Article, mentions: Iterable[OrganizationMention], home: Home
) -> tuple[tuple[OrganizationFact, ...], dict[Span, str]]:
    """The organizations of an article, and the key of each mention's.

    Args:
        home: the state that public bodies named without a state are taken to be of.
    """
    facts: dict[str, OrganizationFact] = {}
    denoted: dict[Span, str] = {}
    shown: dict[str, set[str]] = {}
    for mention in mentions:
        noun = mention.name.split()[-1].lower()
        before = shown.setdefault(noun, set())
        fact = _to_fact(article, mention, home.iso3 or (next(iter(before)) if len(before) == 1 else None), home)
        if mention.iso3 is not None:
            before.add(mention.iso3)
        facts.setdefault(fact.key, fact)
        denoted[mention.span] = fact.key
    return tuple(facts.values()), denoted


def _to_fact(article: Article, mention: OrganizationMention, of: str | None, home: Home) -> OrganizationFact:
    """The body of `mention`; `of` is the state whose body "the regime" is, if that is all the words say."""
    iso3 = mention.iso3
    name = mention.name
    if mention.name in load_organizations() or not _is_generic(mention):
        key = iris.organization(name)
        iso3 = iso3 or _home_of(mention, home)
    elif iso3 or of:
        iso3 = iso3 or of
        name = _of_state(name, iso3)
        key = iris.organization(name)
    else:
        key = f"{iris.organization(name)}-{article.id}"
    # That a news agency tells of it makes its home state no part of the story.
    state = iris.state(iso3) if iso3 and mention.kind != "media" else None
    return OrganizationFact(key=key, label=name, kind=mention.kind, state=state)


def _home_of(mention: OrganizationMention, home: Home) -> str | None:
    """The home state, for a public body with a name of its own that the lists do not know to be of no state."""
    known = load_organizations().get(mention.name)
    stateless = known is not None and known.iso3 is None
    return home.of_office(mention.span) if mention.kind in NATIONAL_KINDS and not stateless else None


def _is_generic(mention: OrganizationMention) -> bool:
    """True for a body that has no name of its own: "the government", "police"."""
    return mention.name == mention.name.lower() or (
        mention.iso3 is None
        and " " not in mention.name
        and mention.name.istitle()
        and mention.kind in {"government", "military"}
    )


def _of_state(name: str, iso3: str | None) -> str:
    """The name with its state before it, where it is not there yet."""
    state = load_states()[iso3] if iso3 else None
    if state is None or any(word.lower() in name.lower() for word in (state.name, *state.demonyms, *state.alt_names)):
        return name
    return f"{state.name} {name}"
