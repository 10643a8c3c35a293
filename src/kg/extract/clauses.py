"""Who stands where to a predicate, read off its tree: subjects, objects, what prepositions lead to, negation.

Every function takes and gives tokens of a Doc whose trees follow Universal Dependencies 2
(https://universaldependencies.org/u/dep/). A noun phrase is given by its head; `phrase` gives its extent.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.grammar import NEGATORS

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_OBJECTS = frozenset({"obj", "iobj"})
_OBLIQUES = frozenset({"obl", "obl:agent", "nmod"})
_CLAUSES = frozenset(
    {"acl", "acl:relcl", "advcl", "advcl:relcl", "parataxis", "appos", "ccomp", "csubj", "discourse", "dep"}
)
_OUTSIDE = frozenset({"punct", "cc", "case", "mark", "conj"})
# Marks of what somebody is blamed for, and verbs whose subject, not object, is to do what "to" leads to.
_BLAMED = frozenset({"of", "from", "for"})
_PROMISING = frozenset({"promise", "threaten", "vow", "pledge", "use"})
_QUANTITIES = frozenset(
    {"hundred", "thousand", "dozen", "score", "million", "number", "majority", "lot", "rest", "half", "part", "handful",
     "couple", "series", "host", "kind", "most", "many", "several", "some", "all", "member"}
)  # fmt: skip
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "SYM", "X", "DET"})


def children(token: Token, *labels: str) -> list[Token]:
    """The children of `token` whose relation is one of `labels`, in text order."""
    return [child for child in token.children if child.dep_ in labels]


def conjuncts(token: Token) -> tuple[Token, ...]:
    """`token` and what is joined to it after it: three tokens for the first of "Iran, Russia and China"."""
    found = [token]
    for child in children(token, "conj"):
        found.extend(conjuncts(child))
    return tuple(sorted(found, key=lambda t: t.i))


def subjects(predicate: Token) -> tuple[Token, ...]:
    """The heads of the subject of `predicate`, its own or one that another word shares with it.

    Shared are the subjects of a verb it is joined to, of one that governs it ("wants to visit"), of one it hangs on
    ("left, calling it a success"); the object of one that has it done ("urged Iran to stop", "accused Iran of
    selling"); the noun that a participle describes; and whoever holds the plan that it fills out ("Iran's decision to
    stop"). Empty where there is none.
    """
    own = children(predicate, *_SUBJECTS)
    if own:
        return tuple(t for head in own for t in conjuncts(_antecedent(head)))
    head, relation = predicate.head, predicate.dep_
    if head.i == predicate.i:
        return ()
    if is_suffered(predicate):
        return (head,)
    if relation in {"conj", "parataxis"}:
        return subjects(head) if is_predicate(head) else ()
    if relation in {"xcomp", "advcl", "ccomp"}:
        return _controllers(predicate)
    if relation in {"acl", "acl:relcl"}:
        return conjuncts(head) if predicate.tag_ in {"VBG", "VBN"} else holders(head)
    return ()


def _controllers(predicate: Token) -> tuple[Token, ...]:
    """Who does what a clause without a subject tells: whoever is made, asked or blamed to do it, or its governor's."""
    head = predicate.head
    if predicate.dep_ == "ccomp" and not is_infinite(predicate):
        return ()
    marks = {c.lower_ for c in children(predicate, "mark", "case")}
    if predicate.dep_ == "xcomp" or marks & _BLAMED:
        governed = children(head, "iobj") or children(head, "obj")
        if governed and head.lemma_ not in _PROMISING:
            return tuple(t for o in governed for t in conjuncts(_antecedent(o)))
    return subjects(head) if is_predicate(head) or head.tag_ in {"VBG", "VBN"} or head.dep_ == "xcomp" else ()


def holders(noun: Token) -> tuple[Token, ...]:
    """Whose decision, plan or right `noun` is: its possessor, else the subject of the verb that it is object of."""
    own = children(noun, "nmod:poss") or [t for p, t in obliques(noun) if p in {"by", "of", "for"}]
    if own:
        return tuple(t for o in own for t in conjuncts(o))
    return subjects(noun.head) if noun.dep_ in {"obj", "obl"} else ()


def is_infinite(verb: Token) -> bool:
    """True for a gerund, participle or infinitive without an auxiliary that makes it finite."""
    if any(c.dep_ == "mark" and c.lower_ == "to" for c in verb.children):
        return True
    return verb.tag_ in {"VBG", "VBN"} and not children(verb, "aux", "aux:pass")


def objects(predicate: Token) -> tuple[Token, ...]:
    """The heads of the objects of `predicate`, what is joined to them included; a relative pronoun by its noun.

    A verb shares the object that follows it with the one it is joined to: "arrested and deported ten students".
    """
    own = children(predicate, *_OBJECTS)
    joined = [c.i for c in children(predicate, "conj") if c.pos_ == "VERB" and c.i > predicate.i]
    own = [o for o in own if not any(i < o.i for i in joined)] or own
    if not own and predicate.dep_ == "conj" and predicate.pos_ == "VERB":
        own = [o for o in children(predicate.head, *_OBJECTS) if o.i > predicate.i]
    return tuple(t for o in own for t in conjuncts(_antecedent(o)))


def agents_of_passive(predicate: Token) -> tuple[Token, ...]:
    """Those "by" whom a passive act is done."""
    own = children(predicate, "obl:agent") or [t for p, t in obliques(predicate) if p == "by" and is_passive(predicate)]
    return tuple(t for head in own or _strayed(predicate) for t in conjuncts(head))


def _strayed(participle: Token) -> list[Token]:
    """A "by" after a participle that the tree gives to the active verb above: "used missiles handed over by Iran"."""
    above = participle.head.head if participle.dep_ == "acl" else participle.head
    if participle.dep_ not in {"acl", "advcl"} or above.pos_ != "VERB" or is_passive(above):
        return []
    return [t for p, t in obliques(above) if p == "by" and t.i > participle.i and t.tag_ != "VBG"]


def obliques(token: Token) -> Iterator[tuple[str, Token]]:
    """Each preposition that hangs on `token`, in lower case ("out of" as one), with the head of what it leads to."""
    for child in children(token, *_OBLIQUES):
        words = [c for c in child.children if c.dep_ == "case" and c.i < child.i]
        if words:
            first = words[0]
            yield (
                " ".join(
                    [
                        first.lower_,
                        *(c.lower_ for c in first.children if c.dep_ == "fixed"),
                        *(c.lower_ for c in words[1:]),
                    ]
                ),
                child,
            )


def is_predicate(token: Token) -> bool:
    """True for a verb, and for a noun or adjective with a copula."""
    return token.pos_ in {"VERB", "AUX"} or any(c.dep_ in {"cop", *_SUBJECTS} for c in token.children)


def is_passive(verb: Token) -> bool:
    """True for a verb in the passive, bare participles included ("troops sent by Iran", "ten held")."""
    aux = {child.lemma_ for child in children(verb, "aux", "aux:pass")}
    if (children(verb, "aux:pass") and aux & {"be", "get"}) or is_suffered(verb):
        return True
    if "have" in aux or (verb.tag_ != "VBN" and verb.dep_ != "conj"):
        return False  # "police have arrested" has no passive subject, whatever the tree says
    if children(verb, "obl:agent") or (children(verb, "nsubj:pass") and not children(verb, "obj")):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not children(verb, "aux", "nsubj", "obj"):
        return verb.head.tag_ == "VBN" and is_passive(verb.head)
    return verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"} and not aux


def is_suffered(participle: Token) -> bool:
    """True for a bare participle before the person or body it was done to: "the murdered minister"."""
    before = participle.dep_ == "amod" and participle.tag_ == "VBN" and participle.i < participle.head.i
    return before and participle.head._.kind in {"person", "organization"}


def auxiliaries(verb: Token) -> tuple[Token, ...]:
    """The auxiliaries of `verb` and its "to", or those of the verb it is joined to where it has none of its own."""
    own = [c for c in verb.children if c.dep_ in {"aux", "aux:pass", "cop"} or (c.dep_ == "mark" and c.lower_ == "to")]
    if not own and verb.dep_ == "conj" and verb.tag_ == verb.head.tag_ and not children(verb, *_SUBJECTS):
        return auxiliaries(verb.head)
    return tuple(own)


def negators(predicate: Token) -> tuple[Token, ...]:
    """The words that deny `predicate`: "not", "never", and "no" or "neither" before its subject or object."""
    own = [c for c in predicate.children if c.lower_ in NEGATORS]
    for phrase in children(predicate, *_SUBJECTS, *_OBJECTS):
        own.extend(c for c in phrase.children if c.lower_ in {"no", "neither"} and c.dep_ in {"det", "cc:preconj"})
    return tuple(own)


def is_quantity(token: Token) -> bool:
    """True for a word that only counts what follows "of": "hundreds of teachers", "one of the judges"."""
    counts = token.pos_ in {"NUM", "DET", "PRON"} or token.lemma_ in _QUANTITIES
    return counts and any(preposition == "of" for preposition, _ in obliques(token))


def phrase(head: Token) -> tuple[int, int]:
    """First token of the noun phrase of `head` and the one after its last: without clauses, appositions, conjuncts."""
    inside = list(_inside(head))
    return min(inside), max(inside) + 1


def _inside(head: Token) -> Iterator[int]:
    yield head.i
    for child in head.children:
        if child.dep_ not in _CLAUSES | _OUTSIDE:
            yield from (t.i for t in child.subtree if not (t.dep_ == "punct" and t.head.i == child.i))


def _antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for, or `token`."""
    if token.tag_ in {"WDT", "WP", "WP$"} or "PronType=Rel" in str(token.morph):
        clause = next((a for a in [token.head, *token.head.ancestors] if a.dep_ == "acl:relcl"), None)
        if clause is not None and clause.head.pos_ in _NOMINAL:
            return clause.head
    return token
