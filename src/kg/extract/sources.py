"""Who speaks: the agents that the tree makes the source of a cue."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from spacy.tokens import Token

from kg.extract.agents import Agent, Agents
from kg.extract.clauses import agents_of_passive, children, conjuncts, is_passive, phrase, subjects
from kg.extract.complements import follows_report
from kg.extract.cues import ACCORDING, Cue, is_vessel, kind_of
from kg.extract.grammar import POSSESSIVE_MARKS
from kg.extract.lexicon import read_lexicon
from kg.extract.scene import Scene
from kg.types import StateMention

_BETWEEN = frozenset({"advmod", "aux", "aux:pass", "obl:unmarked"})


@functools.cache
def _voices() -> frozenset[str]:
    return frozenset(read_lexicon("attribution")["phrases"]["voices"])


def find_sources(scene: Scene, agents: Agents, cue: Cue) -> tuple[Agent, ...]:
    """The agents who speak by `cue`, in text order; empty where the words name none."""
    if cue.lemma == ACCORDING:
        return _speakers(agents, _governed(cue.token)) or _next(agents, cue.end)
    if cue.token.pos_ == "NOUN":
        return _owners(agents, cue.token)
    if cue.passive:
        return _speakers(agents, agents_of_passive(cue.token) or _late_agents(cue.token))
    if (outer := _outer(cue.token)) is not None:
        return _speakers(agents, subjects(outer))
    if heads := _quoted(cue.token) or _own_subjects(cue.token):
        return _speakers(agents, heads) or _before_relative(agents, heads[0])
    return (
        _inverted(scene, agents, cue)
        or _beside(scene, agents, cue)
        or _speakers(agents, subjects(cue.token) or _misplaced(cue.token))
    )


def _late_agents(verb: Token) -> tuple[Token, ...]:
    """Those "by" whom it is said, where the tree has them in a clause under the verb: "accused of lying by Chad"."""
    nested = [o for c in children(verb, "advcl", "xcomp", "obl") for o in children(c, "obl", "obl:agent", "nmod")]
    return tuple(t for o in nested if any(c.lower_ == "by" for c in o.children) for t in conjuncts(o))


def _outer(verb: Token) -> Token | None:
    """The verb of speech whose report `verb` is misread as part of: "said the deal is dead, adding that ..."."""
    inner = verb.head
    if verb.dep_ not in {"advcl", "conj"} or children(verb, "nsubj", "aux") or inner.dep_ != "ccomp":
        return None
    if kind_of(inner.head) is None or kind_of(inner) is not None or not subjects(inner.head):
        return None
    if verb.dep_ == "advcl":
        return inner.head if verb.tag_ == "VBG" and kind_of(verb) == "neutral" else None
    return inner.head if verb.tag_ == inner.head.tag_ == "VBD" and _is_present(inner) else None


def _is_present(verb: Token) -> bool:
    """True for a clause in the present, which the past of a verb joined to it does not go on."""
    return any(t.tag_ in {"VBZ", "VBP"} for t in (verb, *children(verb, "aux", "cop", "aux:pass")))


def _own_subjects(verb: Token) -> tuple[Token, ...]:
    """The heads of the verb's own subject: the last before it, else after it, as nobody speaks on both sides."""
    own = children(verb, "nsubj", "nsubj:outer", "nsubj:pass")
    if len(own) < 2:
        return subjects(verb) if own else ()
    return conjuncts(next((t for t in reversed(own) if t.i < verb.i), own[0]))


def _misplaced(verb: Token) -> tuple[Token, ...]:
    """A subject before the verb that the tree gives to the clause reported after it."""
    clauses = [c for c in children(verb, "ccomp") if c.i > verb.i]
    return tuple(t for c in clauses for n in children(c, "nsubj") if n.i < verb.i for t in conjuncts(n))


def _governed(according: Token) -> tuple[Token, ...]:
    """The heads of what "according to" leads to."""
    if according.dep_ == "case":
        return conjuncts(according.head)
    return tuple(t for head in children(according, "obl", "nmod", "obj") for t in conjuncts(head))


def _quoted(verb: Token) -> tuple[Token, ...]:
    """Who is cited in "cited Chad as saying"."""
    if verb.tag_ == "VBG" and any(c.lower_ == "as" for c in verb.children) and not is_passive(verb.head):
        return tuple(t for o in children(verb.head, "obj") for t in conjuncts(o))
    return ()


def _before_relative(agents: Agents, subject: Token) -> tuple[Agent, ...]:
    """The agent before a relative pronoun whose noun the tree does not give."""
    if subject.tag_ not in {"WDT", "WP"}:
        return ()
    found = next((a for i in (1, 2) if (a := agents.at(subject.i - i)) is not None), None)
    return (found,) if found is not None and not found.adjective else ()


def _speakers(agents: Agents, heads: Iterable[Token]) -> tuple[Agent, ...]:
    """The agents of those noun phrases that can speak, each once."""
    found = dict.fromkeys(a for head in heads for a in _speaker(agents, head))
    return tuple(a for a in found if not any(b.start == a.end for b in found))  # "economist Mona Rask": one


def _speaker(agents: Agents, head: Token) -> tuple[Agent, ...]:
    own = agents.at(head.i)
    if own is not None and not own.adjective:
        return (own,)
    if is_vessel(head):
        return _owners(agents, head)
    named = next((a for t in children(head, "appos", "flat") if (a := agents.at(t.i)) is not None), None)
    if named is not None:
        return (named,)
    held = agents.of(head)
    return (held,) if held is not None and not held.adjective and _speaks_for(head, held) else ()


def _speaks_for(head: Token, held: Agent) -> bool:
    """True where what `head` names speaks for the agent in its phrase: "a spokesman for", "the press office of"."""
    if head.lemma_.lower() in _voices():
        return True
    if isinstance(held.mention, StateMention):
        return False
    return head._.kind in {"organization", None} or head.pos_ == "PROPN"


def _owners(agents: Agents, vessel: Token) -> tuple[Agent, ...]:
    """Whose the words are: "Norway's statement", "a call by Norway", "issued a statement saying"."""
    inside = children(vessel, "nmod:poss") or [
        n for n in children(vessel, "nmod", "obl") if any(c.lower_ in {"by", "from"} for c in n.children)
    ]
    if inside:
        return _speakers(agents, [t for head in inside for t in conjuncts(head)])
    for participle in children(vessel, "acl", "acl:relcl"):
        if is_passive(participle) and (by := agents_of_passive(participle)):
            return _speakers(agents, by)
    if vessel.dep_ in {"obj", "obl"} and not is_passive(vessel.head):
        return _speakers(agents, (t for t in subjects(vessel.head) if not is_vessel(t)))
    if held := [a for a in agents.between(*phrase(vessel)) if not a.adjective]:
        return (held[0],)
    return ()


def _next(agents: Agents, i: int) -> tuple[Agent, ...]:
    """The agent that begins within a few tokens from `i`."""
    found = next((a for j in range(i, i + 4) if (a := agents.at(j)) is not None and not a.adjective), None)
    return agents.chain(found) if found is not None else ()


def _beside(scene: Scene, agents: Agents, cue: Cue) -> tuple[Agent, ...]:
    """The agent right before a finite cue that has no subject in the tree."""
    if cue.token.tag_ not in {"VBD", "VBZ", "VBP"}:
        return ()
    i = cue.start - 1
    while i > 0 and (i in scene.time_at or scene.doc[i].dep_ in _BETWEEN):
        i -= 1
    agent = agents.at(i)
    if agent is None or agent.adjective or agents.is_governed(agent) or agent.start < cue.token.sent.start:
        return ()
    return agents.chain(agent)


def _inverted(scene: Scene, agents: Agents, cue: Cue) -> tuple[Agent, ...]:
    """The agent right after a cue that follows what it reports: "..., said Rady"."""
    if not follows_report(cue.token):
        return ()
    found = next((a for i in range(cue.end, cue.end + 3) if (a := agents.at(i)) is not None), None)
    if found is None or found.adjective or scene.lower(found.end) in POSSESSIVE_MARKS:
        return ()
    return agents.chain(found)
