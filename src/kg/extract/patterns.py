"""What must hang on a word in its tree for it to be a trigger, in the notation that the head of `frames.toml` explains.

Trees follow Universal Dependencies 2 (https://universaldependencies.org/u/dep/).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lemminflect import getLemma
from spacy.tokens import Token

from kg.extract.clauses import children, conjuncts, is_passive, negators
from kg.extract.lexicon import read_lexicon

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
_SUBJECTS = frozenset({"nsubj", "nsubj:outer", "csubj", "vocative"})
_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "acl", "csubj"})
_NEAR = 4
_LABELS = {"person": ("PERSON", "NORP"), "organization": ("ORG",), "place": ("LOC",)}
_SIGNS = "=^+>~-!"
_BRITISH = (("ize", "ise"), ("ization", "isation"), ("yze", "yse"))


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hang on a word: `kind` is the sign of the notation, empty for a particle."""

    kind: str
    words: frozenset[str]
    prepositions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A lemma, in lower case, with its conditions; of two that match the one with the greater `weight` wins."""

    lemma: str
    conditions: tuple[Condition, ...]

    @property
    def refuses(self) -> bool:
        """True where the word names the act only when it is denied: "would not accept"."""
        return any(c.kind == "!" for c in self.conditions)

    @property
    def weight(self) -> int:
        """How much the pattern asks for."""
        named = sum(bool(c.words) and c.kind != "-" for c in self.conditions)
        return 10 * len(self.conditions) + 5 * named + 20 * self.lemma.count("_")


def read_patterns(text: str, classes: Mapping[str, Sequence[str]]) -> Iterator[Pattern]:
    """The patterns that one entry of a frame stands for; `classes` are the words that each "@NAME" stands for."""
    parts = text.split()
    named = next((i for i, part in enumerate(parts) if part[0] in _SIGNS), len(parts))
    rest = tuple(_read_condition(part, classes) for part in parts[named:])
    for words in " ".join(parts[:named]).split("|"):
        first, *particles = words.split()
        own = tuple(Condition("", frozenset({particle})) for particle in particles)
        for lemma in _words(first, classes):
            for spelling in _spellings(lemma):
                yield Pattern(spelling, (*own, *rest))


def _read_condition(text: str, classes: Mapping[str, Sequence[str]]) -> Condition:
    sign, body = (text[0], text[1:]) if text[0] in _SIGNS else ("", text)
    if sign == "+":
        leads, _, nouns = body.partition("=")
        return Condition(sign, frozenset(_words(nouns, classes)), frozenset(leads.split("|")))
    return Condition(sign, frozenset(_words(body, classes)))


def _words(text: str, classes: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The alternatives of "a|b|@NAME|joint_@NAME"."""
    for word in text.split("|") if text else ():
        before, mark, name = word.partition("@")
        yield from (before + own for own in classes[name]) if mark else (word,)


def _spellings(lemma: str) -> Iterator[str]:
    """A word in "-ize" or "-ization" in both its spellings."""
    yield lemma
    yield from (lemma[: -len(ours)] + theirs for ours, theirs in _BRITISH if lemma.endswith(ours) and len(lemma) > 5)


def is_verbal(token: Token) -> bool:
    """True for a main verb, by its part of speech or its tag."""
    return token.pos_ == "VERB" or (token.pos_ != "AUX" and token.tag_.startswith("VB"))


def verb_lemmas(token: Token) -> tuple[str, ...]:
    """What `token` may be a form of as a verb: "lay" is one of "lie" as well."""
    return tuple(dict.fromkeys((token.lemma_.lower(), *_lemmas(token.lower_))))


@functools.lru_cache(maxsize=10_000)
def _lemmas(word: str) -> tuple[str, ...]:
    return tuple(getLemma(word, upos="VERB"))


def match(pattern: Pattern, token: Token) -> tuple[Token, ...] | None:
    """The tokens that meet the conditions of `pattern` at `token`, or None where one is not met."""
    found: list[Token] = []
    for condition in pattern.conditions:
        met = _meet(condition, token)
        if met is None:
            return None
        found.extend(met)
    return tuple(found)


def _meet(condition: Condition, token: Token) -> tuple[Token, ...] | None:
    if condition.kind == "-":
        return None if any(c.dep_ in condition.words for c in token.children) else ()
    if condition.kind == "!":
        return negators(token) or None
    return next(iter(_candidates(condition, token)), None)


def _candidates(condition: Condition, token: Token) -> Iterator[tuple[Token, ...]]:
    """Each way to meet `condition`, as the tokens that do."""
    match condition.kind:
        case "":
            yield from ((t,) for t in _particles(token, condition.words))
        case "=":
            for noun in objects(token):
                yield from _named(noun, condition.words)
        case "^":
            yield from (() for noun in objects(token) for _ in _named(noun, condition.words))
        case "+":
            for case, noun in prepositional(token, condition.prepositions):
                if not condition.words and (case.dep_ == "mark" or noun._.kind == "time"):
                    continue  # "going to meet" leads to no place, "called on Friday" to nobody
                for named in _named(noun, condition.words) if condition.words else [()]:
                    yield (case, *named)
            if "of" in condition.prepositions and token.pos_ not in {"VERB", "AUX"}:
                for left in children(token, "compound"):
                    yield from _named(left, condition.words)
        case ">":
            for clause in clauses(token):
                if not condition.words or clause.lemma_.lower() in condition.words:
                    yield (clause,) if condition.words else ()
        case "~":
            yield from ((t,) for t in token.lefts if {t.lemma_.lower(), t.lower_} & condition.words)


def _particles(token: Token, words: Iterable[str]) -> Iterator[Token]:
    for word in words:
        for other in token.doc[token.i + 1 : token.i + 2 + _NEAR]:
            if other.lower_ == word and token in {other.head, other.head.head}:
                yield other
                break


def objects(token: Token) -> Iterator[Token]:
    """The nouns that `token` acts on: its objects, the subject of its passive, the noun that a participle describes.

    What no preposition leads to counts whatever its relation is, and "a series of talks" leads to talks as well.
    """
    own = [c for c in token.children if c.pos_ in _NOMINAL and _is_object(token, c)]
    if not own and token.dep_ in {"acl", "acl:relcl"} and (is_passive(token) or token.dep_ == "acl:relcl"):
        own = [token.head]
    for head in own:
        for noun in conjuncts(head):
            yield noun
            if noun.lemma_.lower() not in _phases():
                yield from (c for _, c in prepositional(noun, frozenset({"of"})))


@functools.cache
def _phases() -> frozenset[str]:
    """Nouns of beginnings and ends: "announced the continuation of aid" announces no aid."""
    return frozenset(read_lexicon("frames")["phases"]["nouns"])


def _is_object(verb: Token, token: Token) -> bool:
    if token.dep_ == "nsubj:pass":
        return True
    if token.dep_ in _SUBJECTS | {"conj", "parataxis", "obl:agent", "obl:unmarked"} or token.i < verb.i:
        return token.dep_ in {"obj", "iobj"} and token.i > verb.i
    return not children(token, "case") and (token.pos_ != "PROPN" or token.dep_ in {"obj", "iobj"})


def prepositional(token: Token, prepositions: frozenset[str]) -> Iterator[tuple[Token, Token]]:
    """Each of `prepositions` that hangs on `token` or on what it acts on, with the noun after it."""
    heads = [token]
    if token.pos_ in {"VERB", "AUX"}:
        heads += [c for c in token.children if c.dep_ in {"obj", "nsubj:pass", "iobj", "xcomp"}]
    elif token.dep_ == "conj" and token.head.pos_ == "NOUN":
        heads.append(token.head)  # "the transfer and use of missiles"
    for head in heads:
        for child in head.children:
            for case in children(child, "case", "mark"):
                if case.lower_ in prepositions and case.i > token.i:
                    yield from ((case, noun) for noun in conjuncts(child))


def clauses(token: Token) -> Iterator[Token]:
    """The predicates of the clauses that `token` governs, those joined to them included."""
    for child in token.children:
        if child.dep_ in _CLAUSES and child.i > token.i:
            yield from conjuncts(child)


def _named(noun: Token, words: frozenset[str]) -> Iterator[tuple[Token, ...]]:
    """The tokens of `noun` that one of `words` names, the longest name first."""
    for word in sorted(words, key=lambda w: -w.count("_")):
        met = name_tokens(noun, word)
        if met is not None:
            yield met


def name_tokens(noun: Token, word: str) -> tuple[Token, ...] | None:
    """The tokens that make `noun` a "joint_drill" or a ":person", or None where it is none."""
    if word.startswith(":"):
        return () if _is_kind(noun, word[1:]) else None
    *before, last = word.split("_")
    if last not in {noun.lemma_.lower(), noun.lower_}:
        return None
    found = [noun]
    for part in reversed(before):
        left = _to_the_left(noun, part)
        if left is None:
            return None
        found.append(left)
    return tuple(found)


def _to_the_left(noun: Token, word: str) -> Token | None:
    """The token before `noun` in its phrase that is `word`."""
    inside = (t for t in noun.doc[max(0, noun.i - 2 * _NEAR) : noun.i] if noun in {t.head, t.head.head})
    own = (t for t in inside if word in {t.lemma_.lower(), t.lower_})
    return next(own, None)


def _is_kind(noun: Token, kind: str) -> bool:
    """True where `noun` names a person, an organization, a place, an object or another of the reader's kinds."""
    if noun.ent_type_:
        return noun.ent_type_ in _LABELS.get(kind, ())
    return bool(noun._.kind == kind)
