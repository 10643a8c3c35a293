"""A Doc with the mentions found so far, looked up by token. Internal to this room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from spacy.tokens import Doc, Token

from kg import types
from kg.extract.language import sentences
from kg.extract.lexicon import group_words
from kg.types import OrganizationMention, StateMention, TimeMention

M = TypeVar("M", StateMention, OrganizationMention, TimeMention)

HYPHENS = frozenset("-‐‑–")
# How many words the noun may stand after the name: "the Houthi armed rebel group".
_NOUN_WITHIN = 3


class Scene:
    """One article's Doc, its sentences, and which state, organization or time each token belongs to."""

    def __init__(
        self,
        doc: Doc,
        states: Sequence[StateMention] = (),
        organizations: Sequence[OrganizationMention] = (),
        times: Sequence[TimeMention] = (),
    ) -> None:
        """The scene of `doc`, with mentions whose spans lie in its text."""
        self.doc = doc
        self.words = doc.text  # spaCy builds it anew at every use
        self._lower = [token.lower_ for token in doc]
        self._joined = frozenset(_find_joined(doc))
        self.sentences = tuple(sentences(doc))
        # What `time_story` found of a sentence, by its first token.
        self.told_at: dict[int, tuple[Token, Any] | None] = {}
        self.state_at = self._by_token(states)
        self.organization_at = self._by_token(organizations)
        self.time_at = self._by_token(times)

    def _by_token(self, mentions: Iterable[M]) -> dict[int, M]:
        return {i: mention for mention in mentions for i in range(*self.extent(mention))}

    def extent(self, mention: StateMention | OrganizationMention | TimeMention) -> tuple[int, int]:
        """The tokens of a mention, as `tokens`; with a body's name, the noun that says what it is: "Houthi group"."""
        start, end = self.tokens(mention.span)
        if not isinstance(mention, OrganizationMention) or self.lower(start - 1) in {"a", "an"}:
            return start, end
        return start, self._noun_after(end) or end

    def _noun_after(self, end: int) -> int | None:
        """The token after the noun that the name ending before token `end` stands before as a part of its phrase."""
        for noun in self.doc[end : end + _NOUN_WITHIN]:
            if not noun.is_alpha or not noun.is_lower or noun.is_sent_start:
                return None
            known = group_words().naming & {noun.lower_, f"{self.lower(noun.i - 1)} {noun.lower_}"}
            if known and noun.tag_ == "NN" and noun.is_ancestor(self.doc[end - 1]):
                return noun.i + 1
        return None

    def tokens(self, span: types.Span) -> tuple[int, int]:
        """First token of `span` and the one after its last; tokens cut by its ends count whole."""
        found = self.doc.char_span(span.start, span.end, alignment_mode="expand")
        return (found.start, found.end) if found is not None else (0, 0)

    def span(self, start: int, end: int) -> types.Span:
        """Code points from token `start` up to but not including token `end`."""
        last = self.doc[end - 1]
        return types.Span(self.doc[start].idx, last.idx + len(last))

    def text(self, start: int, end: int) -> str:
        """The words of those tokens as they stand in the text."""
        return self.doc[start:end].text

    def is_named(self, i: int) -> bool:
        """True where token `i` belongs to a state, an organization or a time expression."""
        return i in self.state_at or i in self.organization_at or i in self.time_at

    def lower(self, i: int) -> str:
        """The token in lower case; empty outside the text."""
        return self._lower[i] if 0 <= i < len(self._lower) else ""

    def compound(self, i: int) -> str:
        """The hyphenated word that token `i` ends, in lower case: "commander-in-chief"; the token alone otherwise."""
        start = i
        while start >= 2 and self.is_joined(start - 1):
            start -= 2
        return "".join(self._lower[start : i + 1])

    def is_joined(self, i: int) -> bool:
        """True where token `i` is a hyphen with no white space on either side."""
        return i in self._joined


def _find_joined(doc: Doc) -> Iterator[int]:
    for token in doc[1:-1]:
        if token.text in HYPHENS and not (token.whitespace_ or token.nbor(-1).whitespace_):
            yield token.i


def is_capitalized(token: Token) -> bool:
    """True for a word that starts with a capital letter and holds nothing but letters and marks of names."""
    text = token.text
    return text[:1].isupper() and all(c.isalpha() or c in ".'’" for c in text)
