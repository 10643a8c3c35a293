"""Words before a name that are none of it: honorifics and offices, as English news has them and some others."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from kg.resources import resource
from kg.web.reconcile.forms import Form, make_form, to_form

_PARENTHESIS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_LINKS = frozenset(("of", "for", "and", "the", "to"))


@functools.cache
def load_titles() -> frozenset[str]:
    """Words that can stand before a name; a name is left when they are taken away."""
    lists = tomllib.loads(resource("data", "lexicon", "people.toml").read_text("utf-8"))
    titles, names = lists["titles"], lists["names"]
    phrases = (*titles["office"], *titles["body"], *titles["modifiers"], *names["honorifics"], *names["styles"])
    lines = resource("data", "honorifics.txt").read_text("utf-8").splitlines()
    elsewhere = (line for line in lines if not line.startswith("#"))
    return frozenset(token for phrase in (*phrases, *elsewhere) for token in to_form(phrase).tokens) | {"the"}


@dataclass(frozen=True, slots=True)
class Variant:
    """A form that a name may be meant in besides that as it stands; one without a title is that of a person only."""

    form: Form
    untitled: bool = False


def read_variants(name: str) -> Iterator[Variant]:
    """The variants of `name`: without what is in brackets, turned around at a comma, without titles."""
    bare = _PARENTHESIS.sub("", name)
    if bare != name and bare.strip():
        yield Variant(to_form(bare))
    first, comma, rest = bare.partition(",")
    if comma and first.strip() and rest.strip():
        # Sullivan, Jake; Jake Sullivan, National Security Adviser.
        untitled = _is_title(rest)
        bare = first if untitled else f"{rest} {first}"
        yield Variant(to_form(bare), untitled)
    whole = to_form(bare)
    tokens = strip_titles(whole.tokens)
    if tokens != whole.tokens:
        yield Variant(make_form("".join(tokens), tokens), untitled=True)


def _is_title(words: str) -> bool:
    return next(iter(to_form(words).tokens), "") in load_titles()


def strip_titles(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """`tokens` without the titles that they begin with; one at least is left."""
    titles = load_titles()
    start = 0
    while start < len(tokens) - 1 and (tokens[start] in titles or (start and tokens[start] in _LINKS)):
        start += 1
    return tokens[start:]
