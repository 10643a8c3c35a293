"""Offices: which state a person acts for, where their titles say it and where they do not."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from kg.reference import load_leaders
from kg.resolve.names import parts
from kg.types import Anaphor, Findings, Span, TitleMention
from kg.vocab import NATIONAL_KINDS

# Offices that clubs, churches and companies have too, and what shows that somebody holds them there.
_COMMON = frozenset({"president", "vice president", "secretary", "secretary general", "leader", "chairman"})
_CLERKS = frozenset({"secretary", "captain", "representative"})
_ELSEWHERE = frozenset({"founder", "owner", "ceo", "pastor", "bishop", "coach", "shareholder", "entrepreneur"})


def holds_office(titles: Sequence[TitleMention]) -> bool:
    """True where one of a person's titles is a public office.

    A mere "president" is none of somebody who is a founder, or president of a body that is no state's, elsewhere; a
    mere "secretary" is none.
    """
    offices = [title for title in titles if title.official and (title.role not in _CLERKS or title.iso3)]
    bare = all(t.iso3 is None and t.organization is None and " ".join(parts(t.role)) in _COMMON for t in offices)
    return bool(offices) and not (bare and any(_is_elsewhere(title) for title in titles if not title.official))


def _is_elsewhere(title: TitleMention) -> bool:
    words = set(parts(title.role))
    return bool(words & _ELSEWHERE) or (
        title.organization is not None and any(words >= set(c.split()) for c in _COMMON)
    )


def titled_state(
    titles: Sequence[TitleMention], organizations: Mapping[Span, str], states: Mapping[str, str]
) -> str | None:
    """ISO code of the state that most of a person's titles name, themselves or through the body they belong to.

    Args:
        organizations: keys of organizations by the span of their mention.
        states: state keys by the key of an organization that belongs to one.
    """
    named = Counter(title.iso3 for title in titles if title.iso3)
    if named:
        return named.most_common(1)[0][0]
    through = (states.get(title_body(title, organizations) or "") for title in titles)
    return next((key.removeprefix("state/") for key in through if key), None)


def spoken_state(span: Span, findings: Findings) -> str | None:
    """ISO code of the state whose body says what `span` is in: "the Chadian ministry said the minister would go"."""
    bodies = {o.span: o.iso3 for o in findings.organizations if o.kind in NATIONAL_KINDS}
    said = (a for a in findings.attributions if a.content is not None and a.content.covers(span))
    return next((iso3 for a in said for s in a.speakers if (iso3 := bodies.get(s)) is not None), None)


def title_body(title: TitleMention, organizations: Mapping[Span, str]) -> str | None:
    """The key of the body that a title names."""
    return organizations.get(title.organization) if title.organization is not None else None


def known_state(name: str) -> str | None:
    """ISO code of the state in which somebody of this name is known to hold or have held high office."""
    words = parts(name)
    # Longer names add to the front ("Seyyed") or the end (a second surname); a family's name after "al" is another's.
    ends = (words[:j] for j in range(len(words), 1, -1) if words[j : j + 1] != ("al",))
    starts = (words[i:] for i in range(1, len(words) - 1))
    return next((code for run in (*ends, *starts) if (code := _leaders().get(run))), None)


def known_surname(name: str, named: Collection[str]) -> str | None:
    """ISO code of the one state among `named` that somebody of this surname is known to lead or have led."""
    codes = _surnames().get(parts(name)[-1], frozenset()) if parts(name) else frozenset()
    own = codes.intersection(named)
    return next(iter(own)) if len(own) == 1 else None


@functools.cache
def _surnames() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, code in _leaders().items():
        found.setdefault(name[-1], set()).add(code)
    return {surname: frozenset(codes) for surname, codes in found.items()}


@functools.cache
def _leaders() -> Mapping[tuple[str, ...], str]:
    return {parts(name): leader.iso3 for leader in load_leaders().values() for name in (leader.name, *leader.alt_names)}


def described_state(roles: Iterable[str], anaphors: Iterable[Anaphor]) -> str | None:
    """ISO code of the one state with which descriptions name one of `roles`: "the Egyptian president"."""
    stems = [set(parts(role)) for role in roles]
    codes = {a.iso3 for a in anaphors if a.role and a.iso3 and any(set(parts(a.role)) <= own for own in stems)}
    return codes.pop() if len(codes) == 1 else None
