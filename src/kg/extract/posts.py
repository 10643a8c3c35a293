"""Posts: which titles are said of which names.

A title stands before a name ("President Berg"), after it ("Berg, the president"), is said of it ("Berg is president",
"was appointed envoy") or leads to it over a comma ("the president, Ada Berg,"). The trees decide where commas and
verbs lie between the two; words that touch need no tree.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract.clauses import auxiliaries, children, conjuncts, is_passive, negators, objects, subjects
from kg.extract.grammar import DETERMINERS, MODALS
from kg.extract.lexicon import singular, title_words
from kg.extract.names import Name, Names
from kg.extract.scene import Scene
from kg.extract.titles import Title

Post = tuple[Name, Title]
"""A name and a title that is said of it."""

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_LONGEST_BRACKET = 8


def find_posts(scene: Scene, titles: Sequence[Title], names: Names) -> Iterator[Post]:
    """Each name of `scene` that has a title, with that title, in the order of the titles."""
    chain: list[Title] = []
    for i, title in enumerate(titles):
        chain.append(title)
        if i + 1 < len(titles) and _shares_name(scene, title, titles[i + 1]):
            continue
        found = list(_posts_of(scene, title, names))
        yield from found
        for earlier in chain[:-1]:
            own = list(_posts_of(scene, earlier, names))
            yield from own or ((name, earlier) for name, _ in found)
        chain = []


def _shares_name(scene: Scene, title: Title, following: Title) -> bool:
    """True for two titles of one person: "Deputy Prime Minister and Foreign Minister", "mayor, a member of ..."."""
    if title.plural or following.plural or following.counterpart:
        return False
    gap = [scene.lower(i) for i in range(title.end, following.start)]
    if gap == []:
        return title.end > title.at + 1
    head, other = scene.doc[title.at], scene.doc[following.at]
    linked = other.head == head and other.dep_ in {"conj", "appos"}
    if len(gap) > 3 or not set(gap) <= DETERMINERS | {"and", ","}:
        return False
    return linked or (gap == ["and"] and scene.doc[title.at].is_title and not title.determiner)


def _posts_of(scene: Scene, title: Title, names: Names) -> Iterator[Post]:
    """The names that `title` is said of, each with the title as it is theirs."""
    if title.plural:
        found = _several_after(scene, title, names) or _several_before(scene, title, names)
        if found or title.counterpart:
            yield from found
            return
    name = _after(scene, title, names) or _before(scene, title, names) or _said_of(scene, title, names)
    if name is not None and not title.plural:
        yield name, _with_state(scene, title, name)
    elif name is not None:
        partners = [names.at(t.i) for t in conjuncts(scene.doc[name[0]])]
        yield from _give(title, [(partner, None) for partner in dict.fromkeys(partners) if partner is not None])


def _with_state(scene: Scene, title: Title, name: Name) -> Title:
    """`title` with the state that follows the name: "President Ada Berg of Chad"."""
    end = name[1]
    i = end + 2 if scene.lower(end + 1) == "the" else end + 1
    if title.iso3 is None and title.end <= name[0] and scene.lower(end) == "of" and i in scene.state_at:
        return dataclasses.replace(title, iso3=scene.state_at[i].iso3)
    return title


def _after(scene: Scene, title: Title, names: Names) -> Name | None:
    """The name a title leads to: "President Xi", "his counterpart, Chung Ho Jin", "the court (ECJ), Ada Berg"."""
    name = names.starting(title.end)
    if name is not None:
        return None if title.plural else name
    start = _after_bracket(scene, title.end)
    comma = scene.lower(start) == ","
    name = names.starting(start + comma) if comma or start > title.end else None
    if name is None or title.plural:
        return None
    if scene.lower(start + comma) in {"his", "her"}:
        return name  # "the Queen, Her Majesty Ada Berg"
    head, noun = scene.doc[title.at], _head_of(scene, name)
    if _leads(noun):
        top = _top(head)
        inverted = top.dep_ in _SUBJECTS and top.head.i < title.start
        return name if inverted or (_leads(top) and top.head == noun.head) else None
    linked = noun.dep_ == "appos" and title.start <= noun.head.i < title.end
    return name if linked or closes(scene, name[1]) else None


def _leads(noun: Token) -> bool:
    """True for a subject before its verb."""
    return noun.dep_ in _SUBJECTS and noun.i < noun.head.i


def _top(head: Token) -> Token:
    """The noun that `head` describes, is an apposition of, or joined to, and so on up."""
    while head.dep_ in {"appos", "conj", "nmod:desc"} and head.head != head:
        head = head.head
    return head


def _after_bracket(scene: Scene, i: int) -> int:
    """Token after the brackets that open at `i`: after "(TSE)"."""
    if scene.lower(i) != "(":
        return i
    return next((j + 1 for j in range(i, i + _LONGEST_BRACKET) if scene.lower(j) == ")"), i)


def closes(scene: Scene, end: int) -> bool:
    """True where an apposition ends at token `end`."""
    return (
        end >= len(scene.doc)
        or scene.doc[end].text[:1] in ",.;:)(—–"
        or scene.lower(end) in {"and", "who"}
        or scene.doc[end].is_sent_start is True
    )


def _before(scene: Scene, title: Title, names: Names) -> Name | None:
    """The name that an apposition or a bracket tells of: "Jake Sullivan, the US National Security Advisor,"."""
    head = scene.doc[title.at]
    i = title.start - 1
    while scene.lower(i) in DETERMINERS | {"another", "himself", "herself"}:
        i -= 1
    name = names.ending(i) if scene.lower(i) in {",", "("} else None
    if name is None:
        apposed = _apposed(head, names)
        return apposed if apposed is not None and apposed[1] <= title.start else None
    if not _leads(head):
        return name if closes(scene, title.end) or head.dep_ == "appos" else None
    noun = _head_of(scene, name)
    return name if _leads(noun) and noun.head == head.head else None


def _apposed(head: Token, names: Names) -> Name | None:
    """The name whose apposition `head` is, or is joined to: "Berg, the mayor and an old member of the party,"."""
    noun = head.head
    if head.dep_ == "conj":
        defined = any(child.lower_ == "the" for child in children(head, "det"))  # somebody else: "and the president"
        joined = noun.dep_ == "appos" or (not defined and any(c.i < head.i for c in children(noun, "appos")))
        noun = noun.head if noun.dep_ == "appos" else noun
        return names.at(noun.i) if joined else None
    return names.at(noun.i) if head.dep_ == "appos" else None


def _said_of(scene: Scene, title: Title, names: Names) -> Name | None:
    """The name that a clause says holds the post: "Abe was prime minister", "he appointed Berg as envoy"."""
    noun = scene.doc[title.at]
    if (beside := _named_as(scene, title, names)) is not None:
        return beside
    verb = noun if children(noun, "cop") else noun.head
    holders: tuple[Token, ...] = ()
    if verb == noun:
        holders = subjects(noun)
    elif verb.lemma_.lower() in title_words().holding or (noun.i < verb.i and _is_as(noun)):
        if noun.dep_ in {"xcomp", "obj"} or (noun.dep_.startswith(("obl", "nmod")) and _is_as(noun)):
            named = (
                ()
                if is_passive(verb) or verb.lemma_ in {"be", "become", "remain", "serve", "act", "work"}
                else objects(verb)
            )
            holders = tuple(t for t in named if t != noun) or subjects(verb)
    elif noun.dep_ == "nmod" and _is_as(noun):
        holders = (verb,)
    if (
        not holders
        or negators(verb)
        or any(a.lower_ in MODALS - {"will"} or a.lower_ == "to" for a in auxiliaries(verb))
    ):
        return None
    return next((name for t in holders if (name := names.at(t.i)) is not None), None)


def _named_as(scene: Scene, title: Title, names: Names) -> Name | None:
    """The name right before "as" or a copula: "with Ada Berg as vice president", "Berg was president"."""
    i = title.start - 1
    while scene.lower(i) in DETERMINERS:
        i -= 1
    copula = i > 0 and scene.doc[i].dep_ == "cop" and scene.doc[i].head.i == title.at
    return names.ending(i - (scene.lower(i - 1) == ",")) if copula or scene.lower(i) == "as" else None


def _is_as(noun: Token) -> bool:
    return any(child.lower_ == "as" for child in children(noun, "case", "mark"))


def _head_of(scene: Scene, name: Name) -> Token:
    """The token of a name that the rest of it hangs on."""
    return next((t for t in scene.doc[name[0] : name[1]] if not name[0] <= t.head.i < name[1]), scene.doc[name[0]])


def _several_after(scene: Scene, title: Title, names: Names) -> list[Post]:
    """Two or more names after a plural title, each with its own state: "Presidents A of X and B of Y"."""
    found: list[tuple[Name, str | None]] = []
    i = title.end + (scene.lower(title.end) in {",", ":", "—", "–", "--", "-"})
    while (name := names.starting(i)) is not None:
        i, iso3 = _own_state(scene, name[1])
        i = _after_bracket(scene, i)
        found.append((name, iso3))
        joint = i
        while scene.lower(i) in {",", "and", ";"}:
            i += 1
        if i == joint:
            break
    return _give(title, found) if len(found) > 1 else []


def _own_state(scene: Scene, i: int) -> tuple[int, str | None]:
    """Token after "of X" at token `i`, and the state X; the same token where there is none."""
    state = i + 2 if scene.lower(i + 1) == "the" else i + 1
    if scene.lower(i) != "of" or state not in scene.state_at:
        return i, None
    mention = scene.state_at[state]
    return scene.tokens(mention.span)[1], mention.iso3


def _several_before(scene: Scene, title: Title, names: Names) -> list[Post]:
    """Two or more names that a plural title follows: "A and B, foreign ministers of X and Y respectively"."""
    i = title.start - bool(title.determiner)
    while scene.lower(i - 1) in {",", "both", "(", "are", "were"}:
        i -= 1
    found: list[tuple[Name, str | None]] = []
    while (name := names.ending(i)) is not None:
        found.insert(0, (name, None))
        i = name[0]
        while scene.lower(i - 1) in {",", "and"}:
            i -= 1
        if i == name[0]:
            break
    return _give(title, found) if len(found) > 1 else []


def _singular(title: Title) -> str:
    """The role of one of those a plural title is said of: "foreign minister"."""
    words = title.role.split(" ")
    return " ".join(singular(word) if singular(word.lower()) == title.head else word for word in words)


def _give(title: Title, found: Sequence[tuple[Name, str | None]]) -> list[Post]:
    """The title for each name: with its own state, or the states of the title in order where they are as many."""
    shared = (
        title.states
        if len(title.states) == len(found)
        else [title.iso3 if len(title.states) < 2 else None] * len(found)
    )
    return [
        (name, dataclasses.replace(title, iso3=own or given, role=_singular(title)))
        for (name, own), given in zip(found, shared, strict=True)
    ]
