"""Who speaks: the agents that the tree makes the source of a cue."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from spacy.tokens import Token

from kg.extract.agents import Agent, Agents
from kg.extract.clauses import agents_of_passive, children, conjuncts, is_passive, phrase, subjects
from kg.extract.complements import follows_report
from kg.extract.cues import ACCORDING, Cue, is_citation, is_evidence, is_vessel, kind_of
from kg.extract.grammar import POSSESSIVE_MARKS, POSSESSIVE_PRONOUNS
from kg.extract.lexicon import read_lexicon
from kg.extract.scene import Scene
from kg.types import OrganizationMention, PersonMention, StateMention

_WAYS = frozenset({"in", "with", "via", "through", "by", "during"})
_MODIFYING = frozenset({"amod", "compound", "nmod", "nmod:poss"})
_PAST = frozenset({"former", "ex", "late", "onetime", "one-time"})
_BETWEEN = frozenset({"advmod", "aux", "aux:pass", "obl:unmarked"})


@functools.cache
def _voices() -> frozenset[str]:
    return frozenset(read_lexicon("attribution")["phrases"]["voices"])


def find_sources(scene: Scene, agents: Agents, cue: Cue) -> tuple[Agent, ...]:
    """The agents who speak by `cue`, in text order; empty where the words name none."""
    if cue.lemma == ACCORDING:
        return _told_by(scene, agents, cue)
    if cue.token.pos_ == "NOUN":
        return authors_of(agents, cue.token)
    if cue.passive:
        return _speakers(agents, agents_of_passive(cue.token) or _late_agents(cue.token))
    if is_citation(cue) and (cited := _cited(agents, cue.token)):
        return cited
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
    while verb.dep_ == "advcl" and inner.dep_ == "conj" and not children(inner, "nsubj"):
        inner = inner.head
    if verb.dep_ not in {"advcl", "conj"} or children(verb, "nsubj", "aux") or inner.dep_ != "ccomp":
        return None
    if kind_of(inner.head) is None or kind_of(inner) is not None or not subjects(inner.head):
        return None
    if verb.dep_ == "advcl":
        return inner.head if verb.tag_ == "VBG" and kind_of(verb) == "neutral" else None
    other = _is_present(inner) or _is_perfect(inner)
    return inner.head if verb.tag_ == inner.head.tag_ == "VBD" and other else None


def _is_present(verb: Token) -> bool:
    """True for a clause in the present, which the past of a verb joined to it does not go on."""
    return any(t.tag_ in {"VBZ", "VBP"} for t in (verb, *children(verb, "aux", "cop", "aux:pass")))


def _is_perfect(verb: Token) -> bool:
    """True for "had left", which a plain past joined to it does not go on."""
    return any(c.lower_ == "had" for c in children(verb, "aux"))


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


def _told_by(scene: Scene, agents: Agents, cue: Cue) -> tuple[Agent, ...]:
    """Who "according to" leads to: a speaker, or whose a report or a figure is; nobody where it means "by"."""
    heads = _governed(cue.token)
    if not heads:
        return _next(agents, cue.end)
    found = [a for head in heads for a in _author(agents, head)]
    return tuple(dict.fromkeys(a for a in found if not _is_pronoun_of(scene, a)))


def _author(agents: Agents, head: Token) -> tuple[Agent, ...]:
    own = agents.at(head.i)
    if own is not None and not own.adjective:
        return (own,)
    if not is_evidence(head):
        return _speaker(agents, head)
    inside = [a for a in agents.between(head.left_edge.i, head.right_edge.i + 1) if not a.adjective]
    return _made_by(agents, head) or tuple(inside[:1])


def _is_pronoun_of(scene: Scene, agent: Agent) -> bool:
    """True for "their" in "according to their size"."""
    return scene.lower(agent.start) in POSSESSIVE_PRONOUNS and agent.end == agent.start + 1


def _cited(agents: Agents, verb: Token) -> tuple[Agent, ...]:
    """Who is quoted, where a gerund or a paper quotes them: "..., quoting Rady"."""
    heads = children(verb, "obj")
    if any(
        c.tag_ == "VBG" and any(m.lower_ == "as" for m in c.children) for c in children(verb, "advcl", "ccomp", "xcomp")
    ):
        return ()
    by_media = any(_is_media(a) for t in subjects(verb) if (a := agents.at(t.i)) is not None)
    if verb.tag_ != "VBG" and not by_media:
        return ()
    found = (agents.at(t.i) for h in heads for t in conjuncts(h))
    return tuple(a for a in found if a is not None and not a.adjective and not isinstance(a.mention, StateMention))


def _is_media(agent: Agent) -> bool:
    return isinstance(agent.mention, OrganizationMention) and agent.mention.kind == "media"


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
    if own is not None and not (own.adjective and head.dep_ in _MODIFYING):
        return (own,)
    if is_vessel(head):
        return authors_of(agents, head)
    named = next((a for t in children(head, "appos", "flat") if (a := agents.at(t.i)) is not None), None)
    named = named or _apposed(agents, head)
    if named is not None:
        return (named,)
    held = agents.of(head)
    return (held,) if held is not None and not held.adjective and _speaks_for(head, held) else ()


def _apposed(agents: Agents, head: Token) -> Agent | None:
    """The person named at the end of a long description: "one of the leaders of the party in Lima, Marta Quispe"."""
    names = [t for t in head.subtree if t.dep_ == "appos" and t.pos_ == "PROPN"]
    agent = agents.at(names[-1].i) if names else None
    described = head._.kind == "person" or head.pos_ in {"NUM", "PRON"}
    return agent if described and agent is not None and isinstance(agent.mention, PersonMention) else None


def _speaks_for(head: Token, held: Agent) -> bool:
    """True where what `head` names speaks for the agent in its phrase: "a spokesman for", "the press office of".

    Who held an office once speaks for nobody.
    """
    if any(c.lower_ in _PAST for c in children(head, "amod", "compound")):
        return False
    if head.lemma_.lower() in _voices():
        return True
    if isinstance(held.mention, StateMention):
        return False
    return head._.kind in {"organization", None} or head.pos_ == "PROPN"


def authors_of(agents: Agents, vessel: Token) -> tuple[Agent, ...]:
    """Whose the words are: "Norway's statement", "a call by Norway", "issued a statement saying"."""
    if made := _made_by(agents, vessel):
        return made
    if (vessel.dep_ == "obj" or _is_way(vessel)) and not is_passive(vessel.head):
        return _speakers(agents, (t for t in subjects(vessel.head) if not is_vessel(t)))
    held = (a for a in agents.between(*phrase(vessel)) if not a.adjective and a.end <= vessel.i)
    return tuple(held)[:1]


def _is_way(vessel: Token) -> bool:
    """True for "in a letter", "with a statement": it is the subject's own."""
    return vessel.dep_ == "obl" and any(c.lower_ in _WAYS for c in children(vessel, "case"))


def _made_by(agents: Agents, vessel: Token) -> tuple[Agent, ...]:
    """By whom the words say that it is: "Norway's letter", "a call by Norway", "a report issued by Norway"."""
    inside = children(vessel, "nmod:poss") or [
        n for n in children(vessel, "nmod", "obl") if any(c.lower_ in {"by", "from"} for c in n.children)
    ]
    if inside:
        return _speakers(agents, [t for head in inside for t in conjuncts(head)])
    participles = (p for p in children(vessel, "acl", "acl:relcl") if is_passive(p))
    by = next((found for p in participles if (found := agents_of_passive(p))), ())
    return _speakers(agents, by)


def _next(agents: Agents, i: int) -> tuple[Agent, ...]:
    """The agent that begins within a few tokens from `i`."""
    found = next((a for j in range(i, i + 4) if (a := agents.at(j)) is not None and not a.adjective), None)
    return agents.chain(found) if found is not None else ()


def _beside(scene: Scene, agents: Agents, cue: Cue) -> tuple[Agent, ...]:
    """The agent right before a finite cue that has no subject in the tree."""
    if cue.token.tag_ not in {"VBD", "VBZ", "VBP"}:
        return ()
    i = cue.start - 1
    while i > 0 and (i in scene.time_at or scene.doc[i].dep_ in _BETWEEN or _leads_to_time(scene, i)):
        i -= 1
    agent = agents.at(i)
    if agent is None or agent.adjective or agents.is_governed(agent) or agent.start < cue.token.sent.start:
        return ()
    return agents.chain(agent)


def _leads_to_time(scene: Scene, i: int) -> bool:
    return scene.doc[i].dep_ == "case" and i + 1 in scene.time_at


def _inverted(scene: Scene, agents: Agents, cue: Cue) -> tuple[Agent, ...]:
    """The agent right after a cue that follows what it reports: "..., said Rady"."""
    if not follows_report(cue.token):
        return ()
    found = next((a for i in range(cue.end, cue.end + 3) if (a := agents.at(i)) is not None), None)
    if found is None and (late := children(cue.token, "obj")):
        return _speakers(agents, late)
    if found is None or found.adjective or scene.lower(found.end) in POSSESSIVE_MARKS:
        return ()
    return agents.chain(found)
