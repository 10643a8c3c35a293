"""Stance: what an utterance does, from its cue and, for a neutral cue, from what is said.

What is said is read at its main clauses: what they assert or demand, and in which words. Relative and adverbial clauses
tell of other things, so only words of blame and praise count there.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from kg.extract.clauses import auxiliaries, children, conjuncts, is_passive, negators, subjects
from kg.extract.cues import kind_of
from kg.extract.grammar import FIRST_PERSON, MODALS, SUBJECT_PRONOUNS
from kg.extract.lexicon import read_lexicon
from kg.extract.scene import Scene

_ASIDE = frozenset({"acl", "acl:relcl", "advcl", "advcl:relcl", "appos"})
_OF_WHOM_SAID = SUBJECT_PRONOUNS | FIRST_PERSON - {"us", "my", "our"}
_OWN_BODY = frozenset({"the", "our", "its", "his", "her", "their", "my"})
_SPEAKING = frozenset({"person", "organization"})
_DENYING_AUXILIARIES = frozenset({"was", "were", "is", "are", "am", "had"})

# Acts of a state that its officials tell of as their own.
_OF_STATES = frozenset({"supports", "pledges"})


@functools.cache
def _content_patterns() -> Mapping[str, re.Pattern[str]]:
    words: Mapping[str, list[str]] = read_lexicon("attribution")["content"]
    return {
        stance: re.compile(
            r"\b(?:" + "|".join(map(re.escape, sorted(phrases, key=len, reverse=True))) + r")\b", re.IGNORECASE
        )
        for stance, phrases in words.items()
    }


@functools.cache
def _predicates() -> Mapping[str, str]:
    """The stance of adjectives and participles said of the speaker: "we are concerned"."""
    return {word: stance for stance, words in read_lexicon("attribution")["predicates"].items() for word in words}


def warns(content: str) -> bool:
    """True where the words tell of a retaliation to come."""
    return _content_patterns()["warns"].search(content) is not None


def stance_of(scene: Scene, start: int, end: int, *, blames: bool) -> str:
    """The stance of a neutral cue whose content is tokens `start` to `end`.

    Args:
        blames: the content reports a hostile act of somebody else.
    """
    heads = list(_heads(scene, start, end))
    told = [_told(scene, head) for head in heads]
    if (own := next((stance for stance in told if stance not in {None, "states"}), None)) is not None:
        return own
    if told and None not in told and not blames:
        return "states"
    main = "".join(t.text_with_ws for t in _main(scene, start, end))
    pledging = any(_is_own(h) or (_is_of_state(scene, h) and not _is_suffered(h)) for h in heads)
    return content_stance(main, blames=blames, pledging=pledging, aside=scene.text(start, end))


def content_stance(content: str, *, blames: bool, pledging: bool = True, aside: str = "") -> str:
    """The stance that the words of what is said give a neutral cue.

    Args:
        content: the main clauses of what is said.
        blames: the content reports a hostile act of somebody else.
        pledging: the speakers, or those they speak for, are who will do it.
        aside: all that is said, where words of blame count too.
    """
    patterns = _content_patterns()
    counts = {stance: len(pattern.findall(content)) for stance, pattern in patterns.items()}
    counts["condemns"] = max(counts["condemns"], len(patterns["condemns"].findall(aside)))
    for stance in ("requests", "pledges", "warns"):
        if counts[stance] and (pledging or stance != "pledges"):
            return stance
    if counts["condemns"] > counts["supports"]:
        return "accuses" if blames else "condemns"
    if blames:
        return "accuses"
    return next((s for s in ("denies", "announces", "supports", "expects") if counts[s]), "states")


def _heads(scene: Scene, start: int, end: int) -> Iterator[Token]:
    """The heads of the main clauses between those tokens, with what is joined to them."""
    for token in scene.doc[start:end]:
        if not start <= token.head.i < end or token.head == token:
            yield from (t for t in conjuncts(token) if start <= t.i < end)


def _main(scene: Scene, start: int, end: int) -> Iterator[Token]:
    """The tokens of the main clauses between those tokens."""
    for token in scene.doc[start:end]:
        up = token
        while up.dep_ not in _ASIDE and start <= up.head.i < end and up.head != up:
            up = up.head
        if up.dep_ not in _ASIDE or not start <= up.head.i < end:
            yield token


def _told(scene: Scene, head: Token) -> str | None:
    """What the head of a main clause tells of its speaker: a speech act of their own, or of another."""
    own = _is_own(head)
    if own and (stance := _predicates().get(head.lower_)) is not None:
        return None if negators(head) else stance
    if (kind := _act(head)) is not None:
        if own or (kind in _OF_STATES and _is_of_state(scene, head)):
            return kind
        return "states" if any(t._.kind in _SPEAKING or t.i in scene.state_at for t in subjects(head)) else None
    return "denies" if own and _is_denial(head) else None


def _act(head: Token) -> str | None:
    """The stance of a speech act that is told of as done: "we welcome", "would like to thank"; not "will support"."""
    plain = not any(a.lower_ in MODALS for a in auxiliaries(head))
    verbs = [*([head] if plain else []), *(children(head, "xcomp") if head.lemma_ != "go" else [])]
    kinds = (kind_of(verb) for verb in verbs if not negators(head))
    return next((kind for kind in kinds if kind is not None and kind != "neutral"), None)


def _is_of_state(scene: Scene, head: Token) -> bool:
    """True where a state is the subject, for which those who speak of its acts mostly speak."""
    heads = subjects(head)
    return bool(heads) and all(t.i in scene.state_at for t in heads)


def _is_suffered(head: Token) -> bool:
    return any(is_passive(verb) for verb in (head, *children(head, "xcomp")))


def _is_own(head: Token) -> bool:
    """True where a pronoun or "the government", which in a report stand for who speaks, is in the subject."""
    heads = subjects(head)
    return any(t.lower_ in _OF_WHOM_SAID or _is_own_body(t) for t in heads)


def _is_own_body(token: Token) -> bool:
    known = any(c.lower_ in _OWN_BODY for c in children(token, "det", "nmod:poss"))
    return token.pos_ == "NOUN" and token._.kind == "organization" and known


def _is_denial(head: Token) -> bool:
    """True for "was not planning", "had not attacked": an act of the speaker's own that is said not to be."""
    aux = {a.lower_ for a in auxiliaries(head)}
    acting = head.tag_ == "VBG" or (head.tag_ == "VBN" and "had" in aux)
    return acting and bool(aux & _DENYING_AUXILIARIES) and not aux & MODALS and bool(negators(head))
