"""Stance: what an utterance does, from its cue and, for a neutral cue, from what is said.

What is said is read at its main clauses: what they assert or demand, and in which words. Relative and adverbial clauses
tell of other things, so only words of outrage count there.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from spacy.tokens import Token

from kg.extract.clauses import auxiliaries, children, conjuncts, is_passive, negators, subjects
from kg.extract.cues import kind_of
from kg.extract.grammar import FIRST_PERSON, MODALS, SUBJECT_PRONOUNS
from kg.extract.lexicon import read_lexicon
from kg.extract.quotes import CLOSING, MARKS
from kg.extract.scene import Scene

_ASIDE = frozenset({"acl", "acl:relcl", "advcl", "advcl:relcl", "appos"})
_FIRST = FIRST_PERSON - {"us", "my", "our"}
_OF_WHOM_SAID = SUBJECT_PRONOUNS | _FIRST
_OWN_BODY = frozenset({"the", "our", "its", "his", "her", "their", "my"})
_SPEAKING = frozenset({"person", "organization"})
_DENYING_AUXILIARIES = frozenset({"was", "were", "is", "are", "am", "had"})

_FUTURE = frozenset({"will", "'ll", "’ll", "shall"})
_FUTURE_TOLD = _FUTURE | {"would", "'d", "’d"}
"""Reported speech turns "will" into "would"; in quotation marks "would" tells of habits and wishes."""

# Acts of a state that its officials tell of as their own.
_OF_STATES = frozenset({"supports", "pledges"})


@functools.cache
def _content_patterns() -> Mapping[str, re.Pattern[str]]:
    words: Mapping[str, list[str]] = read_lexicon("attribution")["content"]
    return {stance: _any_of(phrases) for stance, phrases in words.items()}


@functools.cache
def _outrage() -> re.Pattern[str]:
    return _any_of(read_lexicon("attribution")["outrage"]["words"])


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b", re.IGNORECASE)


@functools.cache
def _predicates() -> Mapping[str, str]:
    """The stance of adjectives and participles said of the speaker: "we are concerned"."""
    return {word: stance for stance, words in read_lexicon("attribution")["predicates"].items() for word in words}


@functools.cache
def _acts() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in read_lexicon("attribution")["told"].items()}


@functools.cache
def _own_duties() -> re.Pattern[str]:
    """What speakers have to do themselves: "I had to leave" asks for nothing."""
    who, duty, idle = ("|".join(read_lexicon("attribution")["duties"][name]) for name in ("who", "what", "idle"))
    return re.compile(rf"\b(?:(?:{who})\s+(?:\w+ly\s+|still\s+|also\s+)?(?:{duty})|{idle})\b", re.IGNORECASE)


def warns(content: str) -> bool:
    """True where the words tell of a retaliation to come."""
    return _content_patterns()["warns"].search(content) is not None


def stance_of(scene: Scene, start: int, end: int, *, blames: bool, direct: bool = False) -> str:
    """The stance of a neutral cue whose content is tokens `start` to `end`.

    Args:
        blames: the content reports a hostile act of somebody else.
        direct: the content is inside quotation marks, wherever they stand.
    """
    own = _FIRST if direct or _is_quoted(scene, start, end) else _OF_WHOM_SAID
    heads = [_meant(head, own) for head in _heads(scene, start, end)]
    told = [_told(scene, head, own) for head in heads]
    if (act := next((stance for stance in told if stance not in {None, "states"}), None)) is not None:
        return act
    if told and None not in told and not blames:
        return "states"
    main = "".join(t.text_with_ws for t in _main(scene, start, end))
    pledging = any(_is_own(h, own) or (_is_of_state(scene, h) and not _is_suffered(h)) for h in heads)
    others = any(_is_of_party(scene, h) and not _is_own(h, own) for h in heads)
    return content_stance(main, blames=blames, pledging=pledging, others=others, aside=scene.text(start, end))


def content_stance(content: str, *, blames: bool, pledging: bool = True, others: bool = False, aside: str = "") -> str:
    """The stance that the words of what is said give a neutral cue.

    Args:
        content: the main clauses of what is said.
        blames: the content reports a hostile act of somebody else.
        pledging: the speakers, or those they speak for, are who will do it.
        others: it is told of somebody else.
        aside: all that is said, where words of outrage count.
    """
    patterns = _content_patterns()
    content = _own_duties().sub("", content)
    counts = {stance: len(pattern.findall(content)) for stance, pattern in patterns.items()}
    counts["condemns"] = max(counts["condemns"], len(_outrage().findall(aside)))
    for stance in ("rejects", "requests", "pledges", "warns"):
        if counts[stance] and (pledging or stance != "pledges"):
            return stance
    if blames or (others and counts["accuses"] > counts["supports"]):
        return "accuses"
    if counts["condemns"] > counts["supports"]:
        return "condemns"
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


def _is_quoted(scene: Scene, start: int, end: int) -> bool:
    """True for what stands in quotation marks from its beginning, or to its end without one that opens inside."""
    first, last = scene.doc[start], scene.doc[end - 1]
    if first.text in MARKS or (start > 0 and scene.doc[start - 1].text in MARKS):
        return True
    return last.text in CLOSING | {'"'} and not any(t.text in MARKS - CLOSING for t in scene.doc[start : end - 1])


def _meant(head: Token, own: Collection[str]) -> Token:
    """The clause that is meant where speakers say that it is their view: "I think the plan is good"."""
    if head.lemma_.lower() not in _acts()["thinking"] or own != _FIRST or not _is_own(head, own) or negators(head):
        return head
    return next(iter(children(head, "ccomp")), head)


def _told(scene: Scene, head: Token, words: Collection[str]) -> str | None:
    """What the head of a main clause tells of its speaker: a speech act of their own, or of another.

    Args:
        words: pronouns that stand for the speaker.
    """
    own = _is_own(head, words)
    spoken_of = own or any(t.lower_ in words for t in children(head, "expl"))  # "it is willing"
    if spoken_of and (stance := _predicates().get(head.lower_)) is not None:
        return None if negators(head) else stance
    if (kind := _act(head, words)) is not None:
        if own or (kind in _OF_STATES and _is_of_state(scene, head)):
            return kind
        return "states" if any(_is_somebody(scene, t) for t in subjects(head)) else None
    if own and _is_denial(head):
        return "denies"
    future = _FUTURE if words == _FIRST else _FUTURE_TOLD
    return _intended(head, future) if own or _is_suffered(head) else None


def _is_somebody(scene: Scene, token: Token) -> bool:
    """True for a noun or pronoun that names people, a body or a state."""
    return token._.kind in _SPEAKING or token.i in scene.state_at


def _intended(head: Token, future: Collection[str]) -> str | None:
    """What speakers tell of their own future: "will help" pledges, "will not accept" rejects, "plans to" announces."""
    aux = {a.lower_ for a in auxiliaries(head)}
    plans = head.lemma_.lower() in _acts()["planning"]
    act = next(iter(children(head, "xcomp")), head) if plans else head
    if not (plans or not aux.isdisjoint(future)) or any(
        c.lower_ in {"if", "when"} for a in children(head, "advcl") for c in a.children
    ):
        return None
    lemma = act.lemma_.lower()
    if negators(head):
        return "rejects" if lemma in _acts()["yielding"] else None
    if lemma in _acts()["helping"] and not (plans or _is_suffered(head)):
        return "pledges"
    settled = act.pos_ == "VERB" and not children(act, "cop") and lemma not in _acts()["vague"]
    return "announces" if settled and (act is not head or not plans) else None


def _act(head: Token, words: Collection[str]) -> str | None:
    """The stance of a speech act that is told of as done: "we welcome", "would like to thank"; not "will support".

    What speakers think of things they say in their own words is no expectation: "I believe in it".
    """
    if words == _FIRST and head.lemma_.lower() in _acts()["thinking"]:
        return None
    plain = not any(a.lower_ in MODALS for a in auxiliaries(head))
    wanted = [c for c in children(head, "xcomp") if head.lemma_ != "go" and kind_of(c) != "expects"]
    kinds = (kind_of(verb) for verb in [*([head] if plain else []), *wanted] if not negators(head))
    return next((kind for kind in kinds if kind is not None and kind != "neutral"), None)


def _is_of_state(scene: Scene, head: Token) -> bool:
    """True where a state is the subject, for which those who speak of its acts mostly speak."""
    heads = subjects(head)
    return bool(heads) and all(t.i in scene.state_at for t in heads)


def _is_of_party(scene: Scene, head: Token) -> bool:
    """True where the subject is somebody who can be blamed."""
    return any(t._.kind in _SPEAKING or t.i in scene.state_at or t.i in scene.organization_at for t in subjects(head))


def _is_suffered(head: Token) -> bool:
    return any(is_passive(verb) for verb in (head, *children(head, "xcomp")))


def _is_own(head: Token, words: Collection[str]) -> bool:
    """True where one of `words` or "the government", which in a report stand for who speaks, is in the subject."""
    several = children(head, "nsubj")
    heads = several[:1] if len(several) > 1 else subjects(head)
    return any(t.lower_ in words or _is_own_body(t) for t in heads)


def _is_own_body(token: Token) -> bool:
    known = any(c.lower_ in _OWN_BODY for c in children(token, "det", "nmod:poss"))
    return token.pos_ == "NOUN" and token._.kind == "organization" and known


def _is_denial(head: Token) -> bool:
    """True for "was not planning", "had not attacked": an act of the speaker's own that is said not to be."""
    aux = {a.lower_ for a in auxiliaries(head)}
    acting = head.tag_ == "VBG" or (head.tag_ == "VBN" and "had" in aux)
    return acting and bool(aux & _DENYING_AUXILIARIES) and not aux & MODALS and bool(negators(head))
