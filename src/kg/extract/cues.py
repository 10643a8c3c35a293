"""Cues of attribution: reporting verbs, light verbs with a noun of speech ("expressed concern"), "according to".

A verb is a cue by what the tree hangs on it: a clause or a quotation, or, where the verb itself does what it says
("condemned"), an object or what a preposition leads to.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Span as Sent
from spacy.tokens import Token

from kg.extract.asserted import is_asserted, is_negated
from kg.extract.clauses import children, conjuncts, is_passive
from kg.extract.complements import (
    asks_question,
    has_clause,
    has_complement,
    has_quotation,
    has_topic,
    is_bidding,
    is_reception,
    is_wanted,
    leads_to,
    names,
    reported,
)
from kg.extract.lexicon import read_lexicon
from kg.extract.scene import Scene

ACCORDING = "according to"
"""The lemma of every phrase that leads to a source."""

_DESCRIBING = frozenset({"amod", "compound", "case", "fixed", "flat"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as tokens `start` to `end`; `kind` is a stance or `neutral`.

    `token` is its verb, its noun, or the first word of "according to"; `noun` is the noun of speech that a light verb
    carries.
    """

    token: Token
    start: int
    end: int
    lemma: str
    kind: str
    negated: bool = False
    passive: bool = False
    noun: Token | None = None


@dataclass(frozen=True, slots=True)
class _Cues:
    """The cue lists: stances by lemma, and by the name of a list the words that stand in it."""

    kinds: Mapping[str, str]
    longest: int
    nouns: Mapping[str, str]
    nominal: Mapping[str, str]
    topics: Mapping[str, frozenset[str]]
    lists: Mapping[str, frozenset[str]]

    def has(self, name: str, word: str) -> bool:
        """True where `word` stands in the list of that name."""
        return word in self.lists[name]


@functools.cache
def _cues() -> _Cues:
    lexicon = read_lexicon("attribution")
    kinds = {lemma: kind for kind, lemmas in lexicon["verbs"].items() for lemma in lemmas}
    listed = (*lexicon["clausal"].items(), *lexicon["phrases"].items(), *lexicon["declining"].items())
    return _Cues(
        kinds=kinds,
        longest=max(len(lemma.split()) for lemma in kinds),
        nouns={noun: kind for kind, words in lexicon["nouns"].items() if kind != "light" for noun in words},
        nominal={noun: kind for kind, words in lexicon["nominal"].items() for noun in words},
        topics={verb: frozenset(words) for verb, words in lexicon["topics"].items()},
        lists={name: frozenset(words) for name, words in (*listed, ("light", lexicon["nouns"]["light"]))},
    )


def speech_tokens(scene: Scene) -> frozenset[int]:
    """Tokens that are past or present forms of a verb of neutral speech, whatever stands around them."""
    cues = _cues()
    return frozenset(
        token.i
        for token in scene.doc
        if token.tag_ in {"VBD", "VBZ"}
        and cues.kinds.get(token.lemma_.lower()) == "neutral"
        and not any(cues.has(name, token.lemma_.lower()) for name in ("reporting", "finite", "naming"))
    )


def is_vessel(token: Token) -> bool:
    """True for a noun through which somebody speaks: "statement", "letter"."""
    return _cues().has("vessels", token.lemma_.lower())


def is_evidence(token: Token) -> bool:
    """True for a noun for what tells something: "estimates", "website", "letter"."""
    return _cues().has("evidence", token.lemma_.lower()) or is_vessel(token)


def is_citation(cue: Cue) -> bool:
    """True for "quoting", "citing", whose object may be who says it."""
    return _cues().has("citing", cue.lemma)


def kind_of(token: Token) -> str | None:
    """The stance of a verb that is a cue wherever it is asserted, `neutral` among them; None for other words."""
    if token.pos_ not in {"VERB", "AUX"}:
        return None
    found = _reading(token)
    return found[2] if found is not None else None


def find_cues(scene: Scene, sent: Sent) -> Iterator[Cue]:
    """The cues of `sent` that tell of an utterance that was made, in text order."""
    for token in sent:
        cue = _according(scene, token) or _nominal(token) or _verbal(scene, token)
        if cue is not None:
            yield cue


def _according(scene: Scene, token: Token) -> Cue | None:
    if _cues().has("according", f"{token.lower_} {scene.lower(token.i + 1)}"):
        return Cue(token, token.i, token.i + 2, ACCORDING, "neutral")
    return None


def _nominal(token: Token) -> Cue | None:
    """A noun of speech with whose it is and what it says: "Norway's warning that", "a call by Chad for"."""
    kind = _cues().nominal.get(token.lemma_.lower())
    if kind is None or token.pos_ != "NOUN" or _carried(token):
        return None
    owned = children(token, "nmod:poss") or any(c.lower_ in {"by", "from"} for n in _nouns(token) for c in n.children)
    says = any(m.lower_ in {"that", "to"} for c in children(token, "acl", "ccomp") for m in children(c, "mark"))
    asks = (
        kind == "requests"
        and token.dep_ not in {"nmod", "obl"}
        and any(c.lower_ == "for" for n in _nouns(token) for c in n.children)
    )
    return Cue(token, token.i, token.i + 1, token.lemma_.lower(), kind) if owned and (says or asks) else None


def _carried(token: Token) -> bool:
    """True for the object of a light verb, which is the cue itself."""
    return token.dep_ in {"obj", "conj"} and _cues().has("light", token.head.lemma_.lower())


def _nouns(token: Token) -> list[Token]:
    return children(token, "nmod", "obl")


def _verbal(scene: Scene, token: Token) -> Cue | None:
    if token.pos_ not in {"VERB", "AUX"} or not token.tag_.startswith("VB") or token.dep_ in _DESCRIBING:
        return None
    if token.i in scene.organization_at or token.i in scene.state_at:
        return None
    found = _reading(token)
    if found is None:
        return None
    lemma, end, kind, noun = found
    if _is_aside(token, lemma):
        return None
    negated = is_negated(token) != (" to " in lemma)
    previewed = kind == "neutral" and (has_quotation(token) or bool(children(token, "ccomp")))
    if not is_asserted(token, denying=negated and kind == "confirms", previewed=previewed):
        return None
    return Cue(token, token.i, end, lemma, kind, negated, is_passive(token), noun)


def _is_aside(token: Token, lemma: str) -> bool:
    """True for "worked together, underscoring how close they are", and for the question that an answer follows."""
    if token.dep_ != "advcl":
        return False
    if lemma == "ask":
        return token.tag_ == "VBN"
    return _cues().has("showing", lemma) and token.tag_ == "VBG" and kind_of(token.head) is None


def _reading(token: Token) -> tuple[str, int, str, Token | None] | None:
    """What the verb is a cue of, the most telling first: lemma, end, kind, noun of speech."""
    cues, first = _cues(), token.lemma_.lower()
    if cues.has("declining", first) and (verb := next(iter(children(token, "xcomp")), None)) is not None:
        if cues.has("confirming", verb.lemma_.lower()):
            return f"{first} to {verb.lemma_.lower()}", verb.i + 1, "confirms", None
        if cues.has("silent", verb.lemma_.lower()):
            return None
    if cues.has("light", first) and (noun := _noun_of_speech(token, cues)) is not None:
        return f"{first} {noun.lower_}", max(noun.i, token.i) + 1, cues.nouns[_key(noun, cues)], noun
    for lemma, end in _phrases(token, cues.longest):
        if lemma in cues.kinds and _takes(token, lemma, cues):
            return lemma, end, _kind(token, lemma, cues), None
    return None


def _kind(token: Token, lemma: str, cues: _Cues) -> str:
    """The stance that the verb gives; a question asks for nothing but an answer."""
    if (cues.has("stressing", lemma) and is_wanted(token)) or (cues.has("bidding", lemma) and is_bidding(token)):
        return "requests"
    return "neutral" if lemma == "ask" and asks_question(token) else cues.kinds[lemma]


def _noun_of_speech(token: Token, cues: _Cues) -> Token | None:
    """The noun of speech that a light verb carries: in "expressed concern", "sent a letter of thanks"."""
    for head in children(token, "obj", "nsubj:pass") or children(token, "iobj"):
        for noun in (*conjuncts(head), *(n for n in children(head, "nmod") if is_vessel(head))):
            if _key(noun, cues):
                return noun
    return None


def _key(noun: Token, cues: _Cues) -> str:
    """The form under which a noun is listed; empty where it is not."""
    return next((form for form in (noun.lower_, noun.lemma_.lower()) if form in cues.nouns), "")


def _phrases(token: Token, longest: int) -> Iterator[tuple[str, int]]:
    """The verb with the words that may belong to it, the longest phrase first, each with the token after it."""
    doc, first = token.doc, token.lemma_.lower()
    for length in range(longest - 1, 0, -1):
        if token.i + length < len(doc):
            rest = doc[token.i + 1 : token.i + 1 + length]
            yield " ".join([first, *(t.lower_ for t in rest)]), rest[-1].i + 1
    for child in children(token, "obl", "advcl", "obj"):  # "called on Monday for talks"
        for word in children(child, "case", "mark"):
            if word.i > token.i:
                yield f"{first} {word.lower_}", token.i + 1
    yield first, token.i + 1


def _takes(token: Token, lemma: str, cues: _Cues) -> bool:
    """True where the tree gives the verb what makes it an utterance."""
    if _is_deed(token, lemma, cues):
        return False
    if cues.has("objects", lemma):
        return bool(children(token, "obj", "nsubj:pass")) and not children(token, "xcomp")
    if cues.has("naming", lemma):
        return names(token, lemma)
    if cues.has("finite", lemma):
        told = any(children(c, "nsubj", "nsubj:pass", "expl") for c in reported(token))
        return told and not children(token, "compound:prt")
    if cues.has("pointing", lemma) and children(token, "obj"):
        return False
    if cues.has("binding", lemma) or (cues.has("bidding", lemma) and is_bidding(token)):
        return bool(children(token, "xcomp")) or has_clause(token)
    if cues.has("reporting", lemma):
        return has_clause(token) or has_topic(token, cues.topics.get(lemma, frozenset()))
    return has_complement(token)


def _is_deed(token: Token, lemma: str, cues: _Cues) -> bool:
    """True where the verb tells of an act, no utterance: "denied them entry", "questioned the suspect"."""
    if cues.has("receiving", lemma) and is_reception(token):
        return True
    if lemma == "seek":
        return not _is_of(token, cues.lists["sought"])
    if cues.kinds[lemma] in {"denies", "rejects"}:
        return _is_of(token, cues.lists["withheld"]) and lemma in {"deny", "refuse"}
    if lemma == "question":
        return any(t._.kind == "person" for t in children(token, "obj", "nsubj:pass"))
    if cues.has("citing", lemma):
        return has_topic(token, frozenset({"as"}), labels=("obl",))
    if lemma == "defend":
        return leads_to(token, cues.lists["fighting"])
    return lemma == "support" and leads_to(token, cues.lists["means"])


def _is_of(token: Token, nouns: frozenset[str]) -> bool:
    """True where one of `nouns` is what is done by the verb, directly."""
    heads = children(token, "obj", "iobj", "nsubj:pass", "xcomp")
    return any(t.lemma_.lower() in nouns for h in heads for t in conjuncts(h))
