"""Groups: unnamed people, from where they are first named, and office-holders the article leaves unnamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg import iris
from kg.resolve.home import Home
from kg.types import Anaphor, Article, GroupFact, GroupMention, Span

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


def resolve_groups(
    article: Article,
    mentions: Iterable[GroupMention],
    anaphors: Iterable[Anaphor],
    denoted: Mapping[Span, tuple[str, ...]],
    home: Home,
) -> tuple[tuple[GroupFact, ...], dict[Span, tuple[str, ...]]]:
    """The groups of an article, and which each mention denotes.

    An office named without its holder ("the Greek prime minister") that nobody in the text holds is a group of one.

    Args:
        denoted: what the anaphors that could be resolved, and the groups named before by other words, denote.
        home: the state of public people and bodies that the words give none.
    """
    facts: dict[str, GroupFact] = {}
    found: dict[Span, tuple[str, ...]] = {}
    for mention in mentions:
        public = mention.official or mention.organized
        iso3 = mention.iso3 or (home.of_people(mention.span, mention.role) if public else None)
        fact = _to_fact(article, mention.span, mention.role, mention.official, mention.count, iso3, mention.organized)
        key = _add(facts, fact)
        if mention.span not in denoted:
            found[mention.span] = (key,)
    for anaphor in anaphors:
        if anaphor.role is not None and anaphor.span not in denoted:
            count = anaphor.count or (None if anaphor.plural else 1)
            iso3 = anaphor.iso3 or home.of_people(anaphor.span, anaphor.role)
            fact = _to_fact(article, anaphor.span, anaphor.role, anaphor.official, count, iso3)
            found[anaphor.span] = (_add(facts, fact),)
    return tuple(facts.values()), found


def _add(facts: dict[str, GroupFact], fact: GroupFact) -> str:
    """The key of the group: of the same words before, else a new one."""
    for key, other in facts.items():
        if (other.label.lower(), other.state) == (fact.label.lower(), fact.state):
            return key
    facts[fact.key] = fact
    return fact.key


def _to_fact(
    article: Article,
    span: Span,
    role: str,
    official: bool,
    count: int | None,
    iso3: str | None,
    organized: bool = False,
) -> GroupFact:
    words = article.text[span.start : span.end]
    label = _ARTICLE.sub("", words)
    state = iris.state(iso3) if iso3 else None
    return GroupFact(iris.group(article.id, span), label, official, role if official else None, count, state, organized)
