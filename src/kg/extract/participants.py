"""Participants: who does the act that a verb or noun names, and to whom it is done, off the tree around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.acts import Frame, Roles, Trigger
from kg.extract.agents import Agent, Agents
from kg.extract.clauses import (
    agents_of_passive,
    children,
    conjuncts,
    holders,
    is_passive,
    objects,
    obliques,
    subjects,
)
from kg.extract.grammar import DETERMINERS, LIGHT_VERBS, POSSESSIVE_MARKS, PREPOSITIONS
from kg.extract.parties import BY, TO, inside, named
from kg.types import OrganizationMention

# Prepositions that lead from a verb to whom its act is aimed at, and those that do so where nobody else is named.
_AT = ("against", "on", "upon", "into", "to", "toward", "towards", "onto")
_ABOUT = ("with", "for", "over", "from", "at", "of", "about", "around", "in", "inside", "across", "near", "along")
_ALONG = frozenset({"against", "along", "near", "at", "across"})
_WITH = ("with", "between", "among", "alongside", "together with", "along with")
# Acts that pass something on: to whom is told by "to", what by the object.
_GIVING = frozenset({"AID", "AGREE", "MOBILIZE", "COOPERATE"})
# Acts whose "from" leads to whom they are done: "the withdrawal from Niger".
_AWAY = frozenset({"RETREAT", "CONCEDE", "SANCTION", "COERCE", "MOBILIZE"})
# Modes of acts whose possessor suffers them: "the rebels' release".
_SUFFERED = frozenset({"arrest", "deport", "release", "convict", "expel", "targeted", "abduct", "beat", "torture"})
# Acts that are done "on" whom they strike: "sanctions on a company".
_ON = frozenset({"SANCTION", "COERCE"})
# Prepositions that set what somebody does within a meeting, and beside one.
_WITHIN = frozenset({"during", "in", "at"})
_AROUND = frozenset({"after", "before", "following", "for"})
_BUYING = frozenset({"buy", "purchase", "import", "acquire", "obtain", "receive", "procure", "order"})
_SPEECH = Frame("REQUEST", Roles.DIRECTED, None)
_ALONE = frozenset({"withdraw", "resign", "demo", "strike", "riot", "hunger", "disarm"})


@dataclass(frozen=True, slots=True)
class Sides:
    """Who takes part on either side, before the frame turns it into roles.

    `doers` and `things` are the heads of the noun phrases on either side, also where those name nobody: "a blast killed
    ten", "accused the law".
    """

    first: tuple[Agent, ...] = ()
    second: tuple[Agent, ...] = ()
    doers: tuple[Token, ...] = ()
    things: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class _Act:
    """The act of a trigger: its head and all tokens that name it, in text order."""

    head: Token
    parts: tuple[Token, ...]
    frame: Frame

    @property
    def verbs(self) -> tuple[Token, ...]:
        """The head, and the verbs that complete it: "agreed to withdraw"."""
        return (self.head, *(t for t in self.parts if t.pos_ == "VERB" and t.i != self.head.i))

    def things(self, verb: Token) -> list[Token]:
        """The objects of a verb that are no part of the trigger."""
        return [t for t in objects(verb) if t not in self.parts]

    def led_to(self, *prepositions: str) -> list[Token]:
        """What those prepositions lead to from any word of the trigger, the first preposition first.

        What stands before a verb sets the scene and is not whom it acts on: "amid talks with Chad, Mali pledged".
        """
        first = self.head.i if self.head.pos_ == "VERB" else 0
        led = [(p, t) for source in self.parts for p, t in obliques(source) if t.i > first]
        found = [(prepositions.index(p), t) for p, t in led if p in prepositions]
        return [c for _, t in sorted(found, key=lambda pair: pair[0]) for c in conjuncts(t) if t not in self.parts]


def sides_of(agents: Agents, trigger: Trigger) -> Sides:
    """Both sides of the act of `trigger`."""
    doc = agents.scene.doc
    parts = tuple(doc[i] for i in sorted({trigger.head, *trigger.parts}))
    act = _Act(doc[trigger.head], parts, trigger.frame)
    sides = _of_verb(agents, act) if trigger.is_verb else _of_noun(agents, act)
    second = tuple(a for a in sides.second if a not in sides.first)
    return Sides(sides.first, second, _doers(act) if trigger.is_verb else (), tuple(_things(act)))


def _doers(act: _Act) -> tuple[Token, ...]:
    """The heads of what does the act of a verb, whether or not they name anybody."""
    return agents_of_passive(act.head) if is_passive(act.head) else subjects(act.head)


def _things(act: _Act) -> list[Token]:
    """The heads of what the act is done to, whether or not they name anybody."""
    if is_passive(act.head):
        return [t for t in subjects(act.head) if t not in act.parts]
    told = [t for verb in act.verbs for t in act.things(verb)]
    return told or act.led_to(*_AT) or act.led_to(*_ABOUT)


def subject_of(agents: Agents, verb: Token) -> tuple[Agent, ...]:
    """Who does what `verb` tells: its subject, or "by" whom it is done; for want of one, whoever stands before it."""
    passive = is_passive(verb)
    heads = agents_of_passive(verb) or _owners_of_bought(verb) if passive else subjects(verb)
    found = named(agents, heads) or inside(agents, heads, BY)
    if not found and verb.dep_ == "acl" and verb.tag_ == "VBG":
        found = named(agents, holders(verb.head))  # "issued a statement condemning Chad"
    return found or (() if heads or passive else _right_before(agents, verb))


def _owners_of_bought(participle: Token) -> tuple[Token, ...]:
    """Who has what was bought, in "used missiles purchased from Iran": the subject of the verb it is the object of."""
    thing = participle.head
    owned = participle.dep_ == "acl" and participle.lemma_ in _BUYING and thing.dep_ == "obj"
    return subjects(thing.head) if owned else ()


def _right_before(agents: Agents, verb: Token) -> tuple[Agent, ...]:
    """The agent that ends where a finite verb with its auxiliaries begins."""
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} and not children(verb, "aux"):
        return ()
    first = min([verb.i, *(c.i for c in children(verb, "aux", "aux:pass", "advmod") if c.i < verb.i)])
    agent = agents.at(first - 1)
    return (agent,) if agent is not None and not agent.adjective and _stands_free(agents, agent) else ()


def _right_after(agents: Agents, verb: Token) -> tuple[Agent, ...]:
    """The agent that begins where a verb ends."""
    i = verb.i + 1 + (agents.scene.lower(verb.i + 1) in DETERMINERS)
    agent = agents.at(i)
    return (agent,) if agent is not None and not agent.adjective and agent.start == i else ()


def _stands_free(agents: Agents, agent: Agent) -> bool:
    """True where no preposition or possessor stands before an agent."""
    i = agent.start
    while agents.scene.lower(i - 1) in DETERMINERS and not agents.scene.doc[i].is_sent_start:
        i -= 1
    return agents.scene.doc[i].is_sent_start or agents.scene.lower(i - 1) not in PREPOSITIONS | POSSESSIVE_MARKS


def told_of(agents: Agents, verb: Token) -> tuple[Agent, ...]:
    """Whom a verb of speech names outright: its object or addressee."""
    heads = subjects(verb) if is_passive(verb) else objects(verb)
    toward = [c for p, t in obliques(verb) if p in _AT for c in conjuncts(t)]
    return _without(named(agents, heads) or named(agents, toward), subject_of(agents, verb))


def bidden(agents: Agents, verb: Token) -> tuple[Agent, ...]:
    """Whose act a verb of speech is about: the subject of the clause it governs, "demanded that Chad leave"."""
    return _without(named(agents, _doers_below(verb)), subject_of(agents, verb))


def concerned(agents: Agents, verb: Token, cue: range) -> tuple[Agent, ...]:
    """Whom the objects of a verb of speech, or what its prepositions lead to, are about: "rejected Chad's offer".

    Args:
        cue: the tokens of the cue; a noun in it belongs to who speaks, "confirmed Chad's support for Mali".
    """
    act = _Act(verb, (verb,), _SPEECH)
    nouns = tuple(t for t in objects(verb) if t.i in cue)
    heads = [*(t for t in objects(verb) if t.i not in cue), *act.led_to(*_AT, *_ABOUT)]
    found = _aim(agents, nouns) or inside(agents, [*nouns, *heads][:1], TO)
    options = (found, named(agents, heads), inside(agents, heads, TO))
    others = (tuple(a for a in some if not is_channel(agents, a)) for some in options)
    return _without(next((some for some in others if some), ()), subject_of(agents, verb))


def things_of(verb: Token, cue: range) -> list[Token]:
    """The heads of the objects of a verb of speech and of what its prepositions lead to, outside its `cue`."""
    return [t for t in _things(_Act(verb, (verb,), _SPEECH)) if t.i not in cue]


def _aim(agents: Agents, nouns: tuple[Token, ...]) -> tuple[Agent, ...]:
    """Whom prepositions lead to from nouns of action, or who is behind what they lead to."""
    things = [t for n in nouns for p, t in obliques(n) if p in TO and t.lemma_ != "behalf"]
    return _after(agents, nouns, TO) or inside(agents, things, TO)


def _without(agents: tuple[Agent, ...], others: tuple[Agent, ...]) -> tuple[Agent, ...]:
    return tuple(a for a in agents if a not in others)


def _of_verb(agents: Agents, act: _Act) -> Sides:
    first = subject_of(agents, act.head)
    if not first and act.frame.category == "MOBILIZE" and is_passive(act.head):
        # whose troops are moved: "Norwegian soldiers were deployed to Chad"
        first = named(agents, subjects(act.head))
    if act.frame.roles is Roles.MUTUAL:
        return Sides(first, _partners(agents, act))
    return Sides(first, _second(agents, act, first))


def _second(agents: Agents, act: _Act, first: tuple[Agent, ...]) -> tuple[Agent, ...]:
    """The likeliest of those to whom an act may be done that are not those who do it."""
    options = _undergoing(agents, act) if is_passive(act.head) else _toward(agents, act)
    struck = act.frame.category in _ON
    fitting = (tuple(a for a in found if a not in first and (struck or not is_channel(agents, a))) for found in options)
    return next((others for others in fitting if others), ())


def is_channel(agents: Agents, agent: Agent) -> bool:
    """True for the paper or network on which something is done: "condemned it on Twitter"."""
    known = isinstance(agent.mention, OrganizationMention) and agent.mention.kind in {"media", "company"}
    before = agent.start - (2 if agents.scene.lower(agent.start - 1) == "the" else 1)
    return known and agents.scene.lower(before) in {"on", "in", "via"}


def _undergoing(agents: Agents, act: _Act) -> Iterator[tuple[Agent, ...]]:
    """To whom a passive act may be done."""
    heads = subjects(act.head)
    if act.frame.category in _GIVING:
        yield named(agents, act.led_to("to", "for", *_AT))
    yield named(agents, heads)
    yield named(agents, act.led_to(*_AT))
    if act.frame.category == "COOPERATE":
        yield named(agents, act.led_to("from", "with"))
    yield inside(agents, heads, TO)


def _toward(agents: Agents, act: _Act) -> Iterator[tuple[Agent, ...]]:
    """To whom an active act may be done."""
    if act.frame.category in _GIVING:
        yield named(agents, [t for v in act.verbs for o in children(v, "iobj") for t in conjuncts(o)])
        yield named(agents, act.led_to("to", *_AT, "for"))
    if act.frame.category in _AWAY and len(act.parts) > 1:
        yield named(agents, act.led_to("from"))
    told = [t for verb in act.verbs for t in act.things(verb)]
    if act.frame.category != "MOBILIZE":  # the troops that are moved are not whom it is done to
        yield named(agents, told) or (() if told or len(act.parts) > 1 else _right_after(agents, act.head))
    yield named(agents, act.led_to(*_AT))
    yield named(agents, [t for verb in act.verbs for t in _doers_below(verb)])
    nouns = tuple(t for t in act.parts if t.pos_ in {"NOUN", "PROPN"})
    yield _aim(agents, nouns)
    yield inside(agents, [*told, *nouns], TO)
    for verb in act.verbs:
        for clause in children(verb, "xcomp", "ccomp", "advcl"):
            if clause not in act.parts and not _has_subject(clause):
                yield from _toward(agents, _Act(clause, (clause,), act.frame))
    yield named(agents, act.led_to(*_ABOUT))
    yield inside(agents, act.led_to(*_AT, *_ABOUT), TO)
    # What follows the last of several verbs may go with all: "set up posts and deployed guns along its border"
    shared = [t for v in children(act.head, "conj") for p, t in obliques(v) if p in _ALONG and v.tag_ == act.head.tag_]
    yield named(agents, shared) or inside(agents, shared, TO)


def _has_subject(clause: Token) -> bool:
    return any(c.dep_.startswith("nsubj") for c in clause.children)


def _doers_below(verb: Token) -> list[Token]:
    """The subjects of the clauses that a verb governs: whoever "demanded that Chad leave" is about."""
    return [t for clause in children(verb, "ccomp", "xcomp") if _has_subject(clause) for t in subjects(clause)]


def _partners(agents: Agents, act: _Act) -> tuple[Agent, ...]:
    """Those with whom an act is done together."""
    if is_passive(act.head):
        heads = list(subjects(act.head))
        return (
            named(agents, heads)
            or named(agents, act.led_to(*_WITH))
            or inside(agents, heads, ("between", "with", "by", "of"))
        )
    told = [t for verb in act.verbs for t in act.things(verb)]
    about = [n for o in told for n in (o, *(t for p, t in obliques(o) if p in {"of", "on"}))]
    chained = [c for n in about for p, u in obliques(n) if p in _WITH for c in conjuncts(u)]
    beside = named(agents, act.led_to(*_WITH)) or (() if told else _right_after(agents, act.head))
    if not beside and (calling := named(agents, act.led_to("from", "to"))):
        return calling if act.frame.mode == "phone" else named(agents, told)
    return beside or named(agents, told) or named(agents, chained)


def _of_noun(agents: Agents, act: _Act) -> Sides:
    nouns = _joined(act.head)
    mode = act.frame.mode
    owners = _first_of(nouns, "nmod:poss")
    adjectives = [c for t in children(act.head, "amod", "compound", "nmod:desc") for c in conjuncts(t)]
    away = act.frame.category in _AWAY
    by = _after(agents, nouns, ("by", "between") if away else ("by", "between", "from", "among"))
    to = tuple(a for a in _after(agents, nouns, tuple(p for p in TO if p not in {"by", "between"})) if a not in by)
    whose = named(agents, owners) or inside(agents, owners, BY)
    if whose and mode in _SUFFERED and not to:
        return Sides(by, whose)
    if mode in _ALONE and not (whose or by) and (of := _after(agents, nouns, ("of",))):
        return Sides(of, tuple(a for a in _after(agents, nouns, ("from", *_AT)) if a not in of))
    first = whose or named(agents, adjectives) or by
    things = [t for n in nouns for p, t in obliques(n) if p in TO]
    second = (
        to or (by if first is not by else ()) or _after(agents, tuple(things), ("to",)) or inside(agents, things, TO)
    )
    if not (first and second):
        carried = _carried(agents, act.head)
        first, second = first or carried.first, second or carried.second
    if not first:
        first = _present(agents, act, met=bool(to)) or _described_as(agents, act)
    return Sides(first, _without(second, first))


def _present(agents: Agents, act: _Act, *, met: bool) -> tuple[Agent, ...]:
    """Who did something else in a meeting or on a visit, and so took part: "affirmed it during talks with Chad".

    Args:
        met: whether the words say who was met, so that who speaks before or after it was the other side.
    """
    noun, roles = act.head, act.frame.roles
    beside = _AROUND if met and not is_passive(noun.head) else frozenset()
    leads = {Roles.MUTUAL: _WITHIN | beside, Roles.VISIT: {"during", "on"}}.get(roles, set())
    within = noun.dep_ in {"obl", "nmod"} and any(c.lower_ in leads for c in children(noun, "case"))
    return subject_of(agents, noun.head) if within and noun.head.pos_ == "VERB" else ()


def _described_as(agents: Agents, act: _Act) -> tuple[Agent, ...]:
    """Who is what a noun says: "Norway is a donor", "remains the main supplier of arms"."""
    noun = act.head
    heads = [
        t for t in children(noun, "nsubj") or (subjects(noun.head) if noun.dep_ == "xcomp" else ()) if t.pos_ != "PRON"
    ]
    return named(agents, heads) if act.frame.mode not in _SUFFERED else ()


def _first_of(nouns: Sequence[Token], *labels: str) -> list[Token]:
    """What hangs by one of `labels` on the first of `nouns` that has such a word, and what is joined to it."""
    own = next((found for n in nouns if (found := children(n, *labels))), [])
    return [c for t in own for c in conjuncts(t)]


def _joined(noun: Token) -> tuple[Token, ...]:
    """A noun of action with those it is joined to: "the transfer and use of missiles"."""
    before = (noun.head,) if noun.dep_ == "conj" and noun.head.pos_ == "NOUN" else ()
    return (noun, *before, *(c for c in children(noun, "conj") if c.pos_ == "NOUN"))


def _after(agents: Agents, nouns: tuple[Token, ...], prepositions: tuple[str, ...]) -> tuple[Agent, ...]:
    """Whom the first of `prepositions` that leads to anybody leads to, from the first of `nouns` that has one."""
    for noun in nouns:
        led = [(p, c) for p, t in obliques(noun) if p in prepositions for c in conjuncts(t)]
        for preposition in prepositions:
            if found := named(agents, [t for p, t in led if p == preposition]):
                return found
    return ()


def _carried(agents: Agents, noun: Token) -> Sides:
    """Who takes part by the verb that carries a noun of action: "carried out an attack", "talks were held"."""
    while noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        noun = noun.head
    verb = noun.head
    if noun.dep_ not in {"obj", "nsubj", "nsubj:pass"} or verb.lower_ not in LIGHT_VERBS:
        return Sides()
    toward = [c for p, t in obliques(verb) if p in {*_AT, "with"} for c in conjuncts(t)]
    return Sides(() if noun.dep_ == "nsubj" else subject_of(agents, verb), named(agents, toward))
