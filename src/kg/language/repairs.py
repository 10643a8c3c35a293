"""Trees that Universal Dependencies rule out, mended: each word's relation was scored apart from its neighbours'.

See https://universaldependencies.org/u/dep/flat.html, .../nsubj-pass.html and .../conj.html.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

# Words that go with a phrase as a whole, and so with its head.
_FUNCTION = frozenset({"case", "det", "cc", "mark"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_ROLES = frozenset({"nsubj", "nsubj:pass", "obj"})
_ACTIVE = frozenset({"VBD", "VBZ", "VBP", "VB", "VBG"})


def mend(heads: list[int], labels: list[str], tags: Sequence[str], people: Collection[int]) -> None:
    """Change `heads` (the index of each word's head, its own at a root) and `labels` where no tree could be so.

    Args:
        tags: tags of the Penn Treebank.
        people: the words that name people.
    """
    _lift_function_words(heads, labels)
    _lower_participles(heads, labels, tags)
    _lower_possessors(heads, labels, tags)
    below: dict[int, list[int]] = defaultdict(list)
    for i, head in enumerate(heads):
        if labels[i] in _ROLES or labels[i] in {"aux:pass", "cc", "xcomp"}:
            below[head].append(i)
    for verb, children in list(below.items()):
        _join_roles(verb, children, heads, labels, below)
        own = [c for c in children if heads[c] == verb]
        _mend_voice(verb, own, labels, tags)
        _mend_objects(own, labels, people)


def _lift_function_words(heads: list[int], labels: Sequence[str]) -> None:
    """What stands before a name hangs on its head: "with" in "with President Ada Berg" not on "Ada"."""
    for i, label in enumerate(labels):
        if label in _FUNCTION:
            while labels[head := heads[i]] == "flat" and i < heads[head]:
                heads[i] = heads[head]


def _lower_participles(heads: list[int], labels: list[str], tags: Sequence[str]) -> None:
    """A bare participle right after an object describes that: "used missiles handed over by Iran"."""
    helped = {heads[i] for i, label in enumerate(labels) if label.startswith(("aux", "mark", "nsubj", "cop"))}
    for i in range(1, len(labels)):
        object_before = labels[i - 1] == "obj" and heads[i - 1] == heads[i]
        if labels[i] == "advcl" and tags[i] == "VBN" and object_before and i not in helped:
            heads[i], labels[i] = i - 1, "acl"


def _lower_possessors(heads: list[int], labels: list[str], tags: Sequence[str]) -> None:
    """Who has an "'s" owns the noun that follows, and is not joined to what stands before: "to Mali and Chad's use"."""
    for mark in (i for i, tag in enumerate(tags) if tag == "POS" and labels[i] == "case"):
        owner = heads[mark]
        owned = next((j for j in range(mark + 1, len(heads)) if labels[j] == "conj" and heads[j] == heads[owner]), None)
        if labels[owner] != "conj" or owned is None:
            continue
        joined, labels[owner], heads[owner] = heads[owner], "nmod:poss", owned
        # Things owned are joined to the thing, not to the name that hangs on it.
        heads[owned] = heads[joined] if labels[joined] == "nmod" else joined
        for i in range(owner):
            if labels[i] == "cc" and heads[i] == owner:
                heads[i] = owned


def _join_roles(
    verb: int, children: Sequence[int], heads: list[int], labels: list[str], below: Mapping[int, Sequence[int]]
) -> None:
    """The second of two like children with an "and" of its own is joined to the first: "A and B met"."""
    for first, second in itertools.pairwise(children):
        alike = labels[first] == labels[second] and labels[first] in _ROLES and (first < verb) is (second < verb)
        if alike and any(first < c < second and labels[c] == "cc" for c in below.get(second, ())):
            heads[second], labels[second] = first, "conj"


def _mend_voice(verb: int, children: Sequence[int], labels: list[str], tags: Sequence[str]) -> None:
    """A verb without an auxiliary of the passive has no passive subject, and none has a subject on both sides."""
    subjects = [c for c in children if labels[c] in _SUBJECTS]
    both = any(c < verb for c in subjects) and any(c > verb for c in subjects)
    beside = {labels[c] for c in children}
    for child in subjects:
        if both and child > verb and "obj" not in beside and "punct" not in labels[verb:child]:
            labels[child] = "obj"
        elif labels[child] == "nsubj:pass" and "aux:pass" not in beside and (both or tags[verb] in _ACTIVE):
            labels[child] = "nsubj" if child < verb else "obj"


def _mend_objects(children: Sequence[int], labels: list[str], people: Collection[int]) -> None:
    """Somebody is named only where somebody is there to be: "called Ada Berg" has her for its object."""
    named = [c for c in children if labels[c] == "xcomp" and c in people]
    if named and "obj" not in {labels[c] for c in children}:
        labels[named[0]] = "obj"
