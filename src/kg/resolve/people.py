"""People: one identity for all mentions of one person, with the posts the article gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg import iris
from kg.resolve.home import Home
from kg.resolve.names import family_name, is_same_name, is_short_form, likeness, parts
from kg.resolve.offices import (
    described_state,
    holds_office,
    known_state,
    known_surname,
    spoken_state,
    title_body,
    titled_state,
)
from kg.types import Anaphor, Article, Findings, PersonFact, PersonMention, Post, Span, TitleMention
from kg.vocab import NATIONAL_KINDS

# How alike a lone surname must be to a known one to be taken for it: less where nothing else is said of it.
_ALIKE = 0.6
_CLOSE = 0.8


# Offices held away from home.
_ABROAD = frozenset({"ambassador", "envoy", "consul", "representative", "attache", "charge"})


@dataclass(slots=True)
class _Identity:
    """The mentions gathered so far for one person; only this file sees it change."""

    mentions: list[PersonMention] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The fullest form, the first of them where several are as full."""
        return max((m.name for m in self.mentions), key=lambda name: len(parts(name)))

    @property
    def titles(self) -> list[TitleMention]:
        return [title for mention in self.mentions for title in mention.titles]


def resolve_people(
    article: Article, findings: Findings, organizations: Mapping[Span, str], states: Mapping[str, str], home: Home
) -> tuple[tuple[PersonFact, ...], dict[Span, tuple[str, ...]], dict[str, str]]:
    """The people of an article, whom each mention denotes, and the state key by the key of a private person.

    Args:
        organizations: keys of organizations by the span of their mention.
        states: state keys by the key of an organization that belongs to one.
        home: the state that people whose words name none are taken to be of.
    """
    identities = _identify(findings.people)
    counterparts = _counterpart_roles(findings, identities)
    described = _described(identities, findings.anaphors)
    facts = tuple(
        _to_fact(article, findings, who, counterparts, organizations, states, described, home) for who in identities
    )
    denoted: dict[Span, tuple[str, ...]] = {
        m.span: (fact.key,) for who, fact in zip(identities, facts, strict=True) for m in who.mentions
    }
    merged: dict[str, PersonFact] = {}
    for fact in facts:
        merged.setdefault(fact.key, fact)
    private = {
        fact.key: iris.state(iso3)
        for who, fact in zip(identities, facts, strict=True)
        if not fact.official and (iso3 := _private_state(who, findings, organizations, states, home))
    }
    return tuple(merged.values()), denoted, private


def _private_state(
    who: _Identity, findings: Findings, organizations: Mapping[Span, str], states: Mapping[str, str], home: Home
) -> str | None:
    """The state that somebody in no office belongs to: that of their words, of their body, or one that prevails."""
    shown = titled_state(who.titles, organizations, states)
    if shown is not None or not home.prevails or _acts_for_others(who.titles, findings):
        return shown
    return home.of_office(who.mentions[0].span)


def _identify(mentions: Sequence[PersonMention]) -> list[_Identity]:
    """Mentions by person: fuller names first, then short forms, then spellings that come close."""
    found: list[_Identity] = []
    later: list[PersonMention] = []
    for mention in sorted(mentions, key=lambda m: (-len(parts(m.name)), m.span)):
        own = _same(mention, found)
        if own is not None:
            own.mentions.append(mention)
        elif len(parts(mention.name)) == 1:
            later.append(mention)
        else:
            found.append(_Identity([mention]))
    for mention in later:
        _place(mention, found)
    for who in found:
        who.mentions.sort(key=lambda m: m.span)
    return sorted(found, key=lambda who: who.mentions[0].span)


def _place(mention: PersonMention, found: list[_Identity]) -> None:
    """Give a lone short name to the one person whose name it misspells, else to a person of its own."""
    own = _same(mention, found)
    least = _CLOSE if mention.titles else _ALIKE
    close = [
        who for who in found if likeness(mention.name, family_name(who.label)) >= least and len(parts(who.label)) > 1
    ]
    if own is None and len(close) == 1:
        own = close[0]
    if own is not None:
        own.mentions.append(mention)
    else:
        found.append(_Identity([mention]))


def _same(mention: PersonMention, found: Sequence[_Identity]) -> _Identity | None:
    """The person a mention is a form of the name of; of several, the one introduced first."""
    fitting = [who for who in found if any(is_short_form(mention.name, m.name) for m in who.mentions)]
    fitting = fitting or [who for who in found if is_same_name(mention.name, who.label)]
    if len(fitting) <= 1:
        return fitting[0] if fitting else None
    return min(fitting, key=lambda who: (not _last_name(mention, who), min(m.span for m in who.mentions)))


def _last_name(mention: PersonMention, who: _Identity) -> bool:
    return parts(mention.name)[-1:] == parts(who.label)[-1:]


def _counterpart_roles(findings: Findings, identities: Sequence[_Identity]) -> dict[Span, str]:
    """The role of each "counterpart": that of the person with a title named last before it."""
    known = sorted(
        (m.span, title.role)
        for who in identities
        for m in who.mentions
        for title in who.titles
        if not title.counterpart and title.official
    )
    roles = {}
    for mention in findings.people:
        for title in mention.titles:
            if title.counterpart:
                before = [role for span, role in known if span.end <= title.span.start]
                if before:
                    roles[title.span] = before[-1]
    return roles


def _described(identities: Sequence[_Identity], anaphors: Sequence[Anaphor]) -> dict[str, str]:
    """By name, the state that a later description gives to somebody whose titles name none."""
    found = {}
    for who in identities:
        roles = {t.role for t in who.titles if t.official}
        rivals = [
            o
            for o in identities
            if o is not who and not any(t.iso3 for t in o.titles) and roles & {t.role for t in o.titles}
        ]
        if roles and not rivals and not any(t.iso3 for t in who.titles):
            taken = {t.iso3 for o in identities for t in o.titles if t.role in roles}
            code = described_state(roles, [a for a in anaphors if a.iso3 not in taken])
            if code is not None:
                found[who.label] = code
    return found


def _to_fact(
    article: Article,
    findings: Findings,
    who: _Identity,
    counterparts: Mapping[Span, str],
    organizations: Mapping[Span, str],
    states: Mapping[str, str],
    described: Mapping[str, str],
    home: Home,
) -> PersonFact:
    leads = (known_state(who.label) if _may_lead(who) else None) or _known_alone(who, findings)
    official = leads is not None or any(t.span in counterparts for t in who.titles) or holds_office(who.titles)
    iso3 = titled_state(who.titles, organizations, states)
    bodies = [key for title in who.titles if (key := title_body(title, organizations)) is not None]
    if iso3 is None and official and not _acts_for_others(who.titles, findings):
        iso3 = leads or described.get(who.label) or _home_of(who, findings, home)
    state = iris.state(iso3) if iso3 else None
    label = who.label
    return PersonFact(
        key=iris.person(label, article.id),
        label=label,
        official=official,
        names=tuple(sorted({m.name for m in who.mentions} - {label})),
        posts=_posts(who.titles, counterparts, organizations, state) if official else (),
        represents=((state,) if state else tuple(dict.fromkeys(bodies))) if official else (),
        gender=next((m.gender for m in who.mentions if m.gender), ""),
    )


def _may_lead(who: _Identity) -> bool:
    """False for the namesake of a leader, or one who leads no more, whose titles are all of no public office."""
    return not who.titles or any(t.official or t.counterpart for t in who.titles)


def _known_alone(who: _Identity, findings: Findings) -> str | None:
    """The state, named in the article, that somebody leads whom it introduces by no title and no first name."""
    if who.titles or len(parts(who.label)) > 1:
        return None
    return known_surname(who.label, {m.iso3 for m in findings.states})


def _acts_for_others(titles: Sequence[TitleMention], findings: Findings) -> bool:
    """True for somebody who serves a body that is no state's, an intergovernmental one, a company; no envoy to it."""
    named = {title.organization for title in titles if title.organization is not None and not _is_posted(title)}
    return any(o.kind not in NATIONAL_KINDS for o in findings.organizations if o.span in named)


def _is_posted(title: TitleMention) -> bool:
    """True for somebody sent to a body: "representative to the United Nations"."""
    words = set(parts(title.role))
    return bool(words & _ABROAD and words & {"to", "at"})


def _home_of(who: _Identity, findings: Findings, home: Home) -> str | None:
    """The home state, for somebody who may be taken to act for it: no envoy to it, nobody named beside another."""
    named = next((m.span for m in who.mentions if m.titles), who.mentions[0].span)
    if (spoken := spoken_state(named, findings)) is not None:
        return spoken
    abroad = [title.span for title in who.titles if _ABROAD & set(parts(title.role))]
    if abroad:
        posted = {m.iso3 for m in findings.states if any(span.covers(m.span) for span in abroad)}
        sent = bool(posted) or any(_is_posted(title) for title in who.titles)
        return home.iso3 if sent and home.iso3 not in posted else None
    return home.of_office(named)


def _posts(
    titles: Sequence[TitleMention],
    counterparts: Mapping[Span, str],
    organizations: Mapping[Span, str],
    state: str | None,
) -> tuple[Post, ...]:
    """The posts that titles give, each once; a role said shortly and fully ("president") is one post."""
    found: dict[str, Post] = {}
    for title in titles:
        role = counterparts.get(title.span, "" if title.counterpart else title.role)
        body = title_body(title, organizations)
        if role and (title.official or title.span in counterparts):
            found.setdefault(iris.slug(role), Post(iris.post(role, state, body), role, state, body))
    return tuple(found.values())
