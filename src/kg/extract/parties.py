"""Parties: who stands behind a noun phrase, as the agent that its head names or the nearest one inside it.

"Chad" in "Chad", in "one of the troops of Chad", in "Chad's decision" and in "a plan put forward by Chad".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from spacy.tokens import Token

from kg.extract.agents import Agent, Agents
from kg.extract.clauses import children, conjuncts, is_quantity, obliques
from kg.extract.grammar import FIRST_PERSON
from kg.types import Anaphor, OrganizationMention, StateMention

_DEPTH = 4
# Ways from a noun down to whose it is, the closest first.
_OWNERS = ("nmod:poss", "nmod:desc", "flat", "compound", "amod")
# Prepositions that lead from a thing to who made it or owns it.
BY = ("by", "of", "from", "between")
# Prepositions that lead from a thing to whom it concerns.
TO = ("by", "between", "of", "against", "on", "to", "with", "for", "toward", "towards", "into", "over", "from", "about",
      "in", "at", "among")  # fmt: skip

# Those that lead from what was done to a thing back to who did it: "missiles bought from Chad".
_SOURCES = frozenset({"by", "from"})


def named(agents: Agents, heads: Iterable[Token]) -> tuple[Agent, ...]:
    """The agents that noun phrases name outright; of "one of the judges", the judges."""
    return _unique(a for head in heads for a in _named(agents, head))


def _named(agents: Agents, head: Token, depth: int = 0) -> tuple[Agent, ...]:
    own = agents.at(head.i)
    if own is not None:
        return (_meant(agents, head, own),)
    if depth >= _DEPTH:
        return ()
    if is_quantity(head):
        below = [t for p, t in obliques(head) if p == "of"]
        return _unique(a for t in below for c in conjuncts(t) for a in _named(agents, c, depth + 1))
    beside = children(head, "appos", "flat", "nmod:desc")
    return next((found for t in beside if (found := _named(agents, t, depth + 1))), ())


def _meant(agents: Agents, head: Token, own: Agent) -> Agent:
    """Who speaks, where the subject of what is said can only be the one who says it: "the rebels said they will"."""
    mention = own.mention
    if not isinstance(mention, Anaphor) or mention.role is not None or head.dep_ not in {"nsubj", "nsubj:pass"}:
        return own
    clause = head.head
    while clause.dep_ in {"xcomp", "conj"}:
        clause = clause.head
    if clause.dep_ not in {"ccomp", "parataxis"} or head.lower_ in FIRST_PERSON:
        return own
    speakers = [s for s in children(clause.head, "nsubj") if _agrees(agents, head, s)]
    found = named(agents, speakers) if len(speakers) == 1 else ()
    return found[0] if len(found) == 1 and not _is_pronoun(found[0]) else own


def _is_pronoun(agent: Agent) -> bool:
    return isinstance(agent.mention, Anaphor) and agent.mention.role is None


def _agrees(agents: Agents, pronoun: Token, speaker: Token) -> bool:
    """True where the number and kind of a noun let the pronoun stand for it."""
    agent = agents.at(speaker.i)
    body = agent is not None and isinstance(agent.mention, OrganizationMention | StateMention)
    person = speaker._.kind == "person" and not body
    if pronoun.lower_ in {"they", "them"}:
        return bool(children(speaker, "conj")) or speaker.tag_ in {"NNS", "NNPS"} or is_quantity(speaker) or not person
    if pronoun.lower_ == "it":
        return not person and speaker.tag_ != "NNS"
    return person and not children(speaker, "conj") and speaker.tag_ not in {"NNS", "NNPS"}


def inside(agents: Agents, heads: Iterable[Token], ways: Collection[str]) -> tuple[Agent, ...]:
    """The agents nearest to the head inside noun phrases: their owners, else those that a preposition leads to.

    Args:
        heads: heads of noun phrases that name no agent themselves.
        ways: the prepositions that may be followed.
    """
    return _unique(a for head in heads for a in _inside(agents, head, ways, 0))


def _inside(agents: Agents, head: Token, ways: Collection[str], depth: int) -> tuple[Agent, ...]:
    if depth >= _DEPTH:
        return ()
    # "extended its mission": whose it is goes without saying, and is not whom the act is done to.
    own = ways == TO
    steps = [[t] for relation in _OWNERS for t in children(head, relation) if not (own and t.tag_ == "PRP$")]
    linked = [(p, t) for p, t in obliques(head) if p in ways]
    steps += [[t] for _, t in sorted(linked, key=lambda pair: list(ways).index(pair[0]))]
    steps += [[t] for t in _described(head, ways)]
    for heads in steps:
        whole = [c for t in heads for c in conjuncts(t)]
        found = named(agents, whole) or _unique(a for t in whole for a in _inside(agents, t, ways, depth + 1))
        if found:
            return found
    return ()


def _described(head: Token, ways: Collection[str]) -> Iterator[Token]:
    """What an apposition or a participle says of a noun: "a plan put forward by Chad", "a strike killing Libyans"."""
    yield from children(head, "appos")
    toward = frozenset(ways) - _SOURCES if ways == TO else frozenset(ways)
    for clause in children(head, "acl"):
        yield from children(clause, "obj") if ways == TO else children(clause, "obl:agent")
        yield from (t for p, t in obliques(clause) if p in toward)


def _unique(agents: Iterable[Agent]) -> tuple[Agent, ...]:
    return tuple(dict.fromkeys(agents))
