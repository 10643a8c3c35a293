"""Forms of the verbs and nouns in our word lists, and whether a token that looks like one is one.

Inflection comes from lemminflect (its dictionary and rules); there is no tagger, so words around a token decide.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lemminflect import getAllInflections, getAllInflectionsOOV, getAllLemmas

from kg.extract.grammar import (
    ADVERBS,
    AFTER_VERB,
    BE,
    BEFORE_GERUND,
    DETERMINERS,
    DO,
    HAVE,
    MODALS,
    NEGATORS,
    POSSESSIVE_MARKS,
    POSSESSIVE_PRONOUNS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
)
from kg.extract.scene import Scene


@dataclass(frozen=True, slots=True)
class Form:
    """One way a token may be read: a lemma and its Penn Treebank tags in that reading."""

    lemma: str
    tags: frozenset[str]


def verb_forms(lemmas: Iterable[str]) -> Mapping[str, tuple[Form, ...]]:
    """Every form of the first words of `lemmas`, in lower case, and what it may be a form of."""
    table: dict[str, dict[str, set[str]]] = {}
    for lemma in {lemma.split()[0] for lemma in lemmas}:
        forms = getAllInflections(lemma, upos="VERB") or getAllInflectionsOOV(lemma, upos="VERB")
        # Its dictionary leaves the participle out where it is spelled like the past.
        participle = {"VBN": forms["VBD"]} if "VBD" in forms and "VBN" not in forms else {}
        for tag, spellings in {**forms, **participle, "VB": (lemma,), "VBP": (lemma,)}.items():
            for spelling in spellings:
                table.setdefault(spelling.lower(), {}).setdefault(lemma, set()).add(tag)
    return {
        form: tuple(Form(lemma, frozenset(tags)) for lemma, tags in sorted(own.items())) for form, own in table.items()
    }


def noun_forms(noun: str) -> frozenset[str]:
    """Singular and plural of a noun, in lower case."""
    found = {noun.lower()}
    for spellings in (getAllInflections(noun, upos="NOUN") or getAllInflectionsOOV(noun, upos="NOUN")).values():
        found.update(s.lower() for s in spellings)
    return frozenset(found)


def is_verb(
    scene: Scene, i: int, tags: frozenset[str], agent_ends: frozenset[int], *, vessels: frozenset[str] = frozenset()
) -> bool:
    """True where token `i`, read with `tags`, stands as a verb.

    Args:
        agent_ends: tokens at which the name of an agent ends (exclusive ends), that may be its subject.
        vessels: nouns that a gerund of speech may hang on, as in "a statement condemning".
    """
    first = _first_of_group(scene, i)
    before = scene.lower(first - 1)
    if i in scene.organization_at or i in scene.state_at:
        return False
    if before in MODALS | DO | NEGATORS | SUBJECT_PRONOUNS or before == "to":
        return True
    if tags & {"VBD", "VBN"} and not tags & {"VB", "VBP"}:
        return before not in DETERMINERS | POSSESSIVE_MARKS and not _is_attributive(scene, i, before)
    if "VBG" in tags:
        return before in BE | BEFORE_GERUND | vessels or i in agent_ends
    if before in DETERMINERS | POSSESSIVE_MARKS | PREPOSITIONS | POSSESSIVE_PRONOUNS:
        return False
    if "VBN" in tags and before in HAVE:
        return True
    if first not in agent_ends:
        return False
    plain = tags & {"VBZ", "VBD"} and not _is_noun(scene.lower(i))
    return bool(plain) or scene.lower(i + 1) in AFTER_VERB or scene.is_named(i + 1)


def _is_attributive(scene: Scene, i: int, before: str) -> bool:
    """True for a participle that stands before its noun: "arrested armed men", "with detained students"."""
    follows = i + 1 < len(scene.doc) and scene.doc[i + 1].is_alpha and not scene.doc[i + 1].is_stop
    return follows and scene.lower(i + 1) != "by" and (before in PREPOSITIONS or before.endswith("ed"))


@functools.cache
def _is_noun(word: str) -> bool:
    """True for a form that is a noun's as well: "attacks", not "condemns"."""
    return bool(getAllLemmas(word, upos="NOUN"))


def prefix_start(scene: Scene, i: int) -> int:
    """First token of the word that token `i` ends: of "re" in "re-establish"."""
    return i - 2 if i >= 2 and scene.is_joined(i - 1) else i


def _first_of_group(scene: Scene, i: int) -> int:
    """First token of the verb at `i` with its prefix ("re-establish") and the adverbs before it ("strongly")."""
    i = prefix_start(scene, i)
    while i > 1 and (
        (scene.lower(i - 1).endswith("ly") and len(scene.lower(i - 1)) > 4) or scene.lower(i - 1) in ADVERBS
    ):
        i -= 1
    return i


def auxiliaries(scene: Scene, i: int) -> frozenset[str]:
    """The auxiliary words, negators and "to" that lead up to the verb at `i`."""
    found: set[str] = set()
    i = prefix_start(scene, i)
    j = i - 1
    while j >= 0 and not scene.doc[j + 1].is_sent_start and i - j < 8:
        text = scene.lower(j)
        if j in scene.time_at:
            pass  # "on 4 May condemned": no modal
        elif text in BE | HAVE | MODALS | DO | NEGATORS or text == "to":
            found.add(text)
        elif not (text.endswith("ly") or text in ADVERBS):
            break
        j -= 1
    return frozenset(found)


def is_passive(scene: Scene, i: int, tags: frozenset[str], *, by: int) -> bool:
    """True where the verb at `i` is a passive: after a form of "be", or a bare participle with "by" at token `by`."""
    if "VBN" not in tags:
        return False
    aux = auxiliaries(scene, i)
    if aux & BE:
        return True
    return not aux and scene.lower(by) == "by"
