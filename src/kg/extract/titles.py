"""Titles: words that name an office, found around their head noun.

"the White House National Security Council Coordinator", "Egypt's former president", "minister of defense",
"his South Korean counterpart", and plural forms for descriptions such as "both officials".
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.grammar import DETERMINERS, POSSESSIVE_MARKS, POSSESSIVE_PRONOUNS
from kg.extract.lexicon import TitleWords, name_words, singular, title_words
from kg.extract.scene import Scene
from kg.types import OrganizationMention, Span, StateForm
from kg.vocab import PARTISAN_KINDS, PUBLIC_KINDS

_ELECT = frozenset({"elect", "designate"})
_COMPLEMENT = frozenset({"of", "for", "to", "at"})
_INSIDE = frozenset({"of", "and", "for", "the", "&", ","})


@dataclass(frozen=True, slots=True)
class Title:
    """A title as tokens `start` to `end`; `head` is its noun at token `at`, `determiner` the word before it.

    `official` is true of a public office, `political` of another part in public life: "candidate", "party leader".
    `states` are all that the words name as its own, in text order: two in "foreign ministers of Chad and Niger".
    """

    start: int
    end: int
    at: int
    head: str
    role: str
    official: bool
    political: bool
    plural: bool
    determiner: str
    iso3: str | None
    states: tuple[str, ...]
    organization: Span | None
    counterpart: bool


def find_titles(scene: Scene) -> Iterator[Title]:
    """Titles of `scene` in text order; of two that overlap only the later, longer one.

    What completes a title belongs to it: "Chief of Defence Forces General" are two.
    """
    words = title_words()
    last: Title | None = None
    for i in range(len(scene.doc)):
        kind = _head_kind(scene, i)
        if kind is None:
            continue
        least = last.end if last is not None and last.at + 1 < last.end <= i else 0
        title = _grow(scene, i, kind, words, least)
        if last is not None and last.end > title.start:
            if last.end >= title.end:
                continue
        elif last is not None:
            yield last
        last = title
    if last is not None:
        yield last


def _head_kind(scene: Scene, i: int) -> str | None:
    """Which kind of head token `i` ends: office, body, political, private; None where it ends none."""
    if i in scene.time_at or i in scene.state_at or _goes_on_joined(scene, i):
        return None
    organization = scene.organization_at.get(i)
    if organization is not None and scene.tokens(organization.span)[1] > i + 1:
        return None
    listed = _listed_kind(scene.compound(i).rstrip("."), scene.lower(i).rstrip("."))
    return listed or ("private" if _describes_person(scene, i) else None)


@functools.lru_cache(maxsize=50_000)
def _listed_kind(whole: str, text: str) -> str | None:
    """Which kind of head the word lists know a hyphenated word as, or its last part `text`."""
    words = title_words()
    for form in dict.fromkeys((whole, singular(whole), text, singular(text))):
        for kind in ("office", "body", "political", "private"):
            if form in getattr(words, kind):
                return kind
    return None


def _describes_person(scene: Scene, i: int) -> bool:
    """True for a noun in no list that tells of somebody named beside it: "prison warden Ada Berg"."""
    token = scene.doc[i]
    if token.pos_ not in {"NOUN", "PROPN"} or token.ent_type_ or token._.kind != "person":
        return False
    if token.lower_ in name_words().honorifics | name_words().styles | title_words().domains or len(token) < 4:
        return False
    named = token.head.ent_type_ == "PERSON" and token.head.pos_ == "PROPN"
    return (named and token.dep_ in {"nmod:desc", "appos"}) or any(
        child.dep_ == "appos" and child.ent_type_ == "PERSON" for child in token.children
    )


def _goes_on_joined(scene: Scene, i: int) -> bool:
    """True inside a hyphenated word that says more than "-elect": "director" in "director-general"."""
    return i + 2 < len(scene.doc) and scene.is_joined(i + 1) and scene.lower(i + 2) not in _ELECT


def _grow(scene: Scene, head: int, kind: str, words: TitleWords, least: int) -> Title:
    text = _head_word(scene, head, words)
    plural = singular(text) != text and scene.doc[head].tag_ not in {"NN", "NNP"}
    start = max(least, _grow_left(scene, head, words, plural=plural))
    end = _grow_right(scene, head + 1, words)
    determiner = scene.lower(start - 1)
    states = _own_states(scene, start, head) or _states_after(scene, head + 1, end)
    bodies = [scene.organization_at[i] for i in range(start, end) if i in scene.organization_at]
    iso3 = states[0] if states else next((b.iso3 for b in bodies if b.iso3), None)
    return Title(
        start=start,
        end=end,
        at=head,
        head=singular(text),
        role=_role(scene, start, head, end, words),
        official=_is_public(scene, (start, head, end), kind, words, bodies, shown=bool(states)),
        political=_is_political(scene, (start, head, end), kind, words, bodies),
        plural=plural,
        determiner=determiner if determiner in DETERMINERS or determiner in POSSESSIVE_PRONOUNS else "",
        iso3=iso3,
        states=states,
        organization=bodies[0].span if bodies else None,
        counterpart=text in {"counterpart", "counterparts"},
    )


def _own_states(scene: Scene, start: int, head: int) -> tuple[str, ...]:
    """The states before the head: those that own the office, or that a list of adjectives names."""
    return tuple(dict.fromkeys(scene.state_at[i].iso3 for i in range(start, head) if i in scene.state_at))


def _is_public(
    scene: Scene,
    extent: tuple[int, int, int],
    kind: str,
    words: TitleWords,
    bodies: Sequence[OrganizationMention],
    *,
    shown: bool,
) -> bool:
    """True where the title is of a public office: by its head, by its body, by the words beside its head."""
    start, head, end = extent
    text = singular(_head_word(scene, head, words))
    kinds = {body.kind for body in bodies}
    if kind in {"private", "political"} or kinds & {"company", "media"}:
        return False
    if kinds and kinds <= PARTISAN_KINDS:
        return False
    beside = {scene.lower(i) for i in range(start, end) if i != head}
    others = {scene.lower(i) for i in range(start, end) if i != head and not _is_official(scene, i)}
    if (kind == "body" or text in words.shared) and ("ngo" in kinds or words.elsewhere & others):
        return False
    if text in words.shared and words.partisan & others:
        return False
    unnamed = text in words.common and not shown and not kinds & PUBLIC_KINDS
    if unnamed and (kinds or _is_of_other(scene, head, end)):
        return False
    return kind == "office" or bool(kinds & PUBLIC_KINDS or words.public & beside) or (shown and text in words.national)


def _is_political(
    scene: Scene,
    extent: tuple[int, int, int],
    kind: str,
    words: TitleWords,
    bodies: Sequence[OrganizationMention],
) -> bool:
    """True for a part in public life, whether it is an office or not: by its head, its body, or the words beside it."""
    start, head, end = extent
    beside = {scene.lower(i) for i in range(start, end) if i != head}
    public = any(body.kind in PUBLIC_KINDS for body in bodies)
    return kind == "political" or (kind in {"office", "body"} and (public or bool(words.partisan & beside)))


def _is_of_other(scene: Scene, head: int, end: int) -> bool:
    """True where "of" leads to a name that is no state's, no public body's and no field of an office."""
    if scene.lower(head + 1) != "of":
        return False
    names = [i for i in range(head + 2, end) if scene.doc[i].is_title or scene.doc[i].is_upper]
    return bool(names) and not any(_is_official(scene, i) or _is_field(scene, i) for i in names)


def _is_field(scene: Scene, i: int) -> bool:
    """True for a word that public offices are of: "Republic", "Senate"."""
    words = title_words()
    return scene.lower(i) in words.domains | words.public | words.modifiers


def _is_official(scene: Scene, i: int) -> bool:
    """True inside the name of a state or of a public body."""
    body = scene.organization_at.get(i)
    return i in scene.state_at or (body is not None and body.kind in PUBLIC_KINDS)


def _head_word(scene: Scene, i: int, words: TitleWords) -> str:
    """The head that token `i` ends, as the word lists have it or as a plural of theirs."""
    known = words.office | words.body | words.political | words.private
    whole, text = scene.compound(i).rstrip("."), scene.lower(i).rstrip(".")
    return whole if {whole, singular(whole)} & known else text


def _grow_left(scene: Scene, head: int, words: TitleWords, *, plural: bool) -> int:
    """First token of the title that ends in `head`."""
    start = head
    while start > 0:
        before = start - 1
        token = scene.doc[before]
        if "/" in token.text or token.ent_type_ == "PERSON" or token.tag_ == "IN":
            break  # an agency's mark: "/MONTSAME/"; somebody else's name; "under President"
        if before in scene.state_at or before in scene.organization_at:
            start = scene.tokens((scene.organization_at.get(before) or scene.state_at[before]).span)[0]
        elif token.text in POSSESSIVE_MARKS and (before - 1 in scene.state_at or before - 1 in scene.organization_at):
            start = before
        elif scene.is_joined(before) and before - 1 >= 0:
            start = before - 1
        elif plural and token.text == "and" and start in scene.state_at and before - 1 in scene.state_at:
            start = before - 1  # "the Chadian and Nigerien ministers"
        elif (
            (token.lower_ in words.modifiers and not token.is_sent_start)
            or (token.lower_ in words.modifiers and token.is_title)
        ) or (
            token.is_title
            and token.is_alpha
            and not token.is_stop
            and (not token.is_sent_start or scene.doc[head].is_title or token.head.i == head)
        ):
            start = before
        elif (owned := _owned_from(scene, before)) is not None:
            start = owned
        else:
            break
        if head - start > 9:
            break
    return start


def _owned_from(scene: Scene, i: int) -> int | None:
    """First token of the up to three plain nouns that end at `i` and that a state owns: "Nepal's water resources"."""
    for first in range(i, i - 3, -1):
        token = scene.doc[first] if first > 0 else None
        if token is None or not token.is_alpha or not token.is_lower or token.is_stop or token.text.endswith("ed"):
            return None
        if token.nbor(-1).text in POSSESSIVE_MARKS and first - 2 in scene.state_at:
            return first
        owner = scene.state_at.get(first - 1)
        if owner is not None:
            return first if owner.form is StateForm.DEMONYM else None
    return None


def _grow_right(scene: Scene, end: int, words: TitleWords) -> int:
    """Token after the complement ("of Economic Affairs", "for the parliamentary committee") that starts at `end`."""
    if end + 1 < len(scene.doc) and scene.is_joined(end) and scene.lower(end + 1) in _ELECT:
        end += 2
    elif scene.lower(end) in {"general", "elect"}:
        end += 1
    if (served := _served(scene, end, words)) is not None:
        return served
    if scene.lower(end) not in _COMPLEMENT:
        return end
    last = end
    i = end + 1
    while i < len(scene.doc) and i - end < 14:
        token = scene.doc[i]
        if i in scene.time_at or token.is_sent_start:
            break
        if (
            scene.is_named(i)
            or token.text in POSSESSIVE_MARKS
            or (token.lower_ in words.domains and token.lower_ != "the" and not _is_rank(token))
            or _is_subject(scene, i)
            or (i == end + 1 and _is_place(scene, i))
        ):
            last = i + 1
        elif token.lower_ == "to" and i + 1 in scene.state_at and last > end:
            pass  # "the ambassador of Egypt to Mauritius"
        elif token.lower_ not in _INSIDE or (token.text == "," and not _goes_on(scene, i + 1)):
            break
        i += 1
    return last if last > end else end


def _served(scene: Scene, end: int, words: TitleWords) -> int | None:
    """Token after the public body in which somebody serves: "an official in the Ministry of Health"."""
    if scene.lower(end) not in words.serving or singular(scene.lower(end - 1)) not in words.body:
        return None
    i = end + 1
    while (
        i < len(scene.doc) and i not in scene.organization_at and (scene.doc[i].is_title or scene.lower(i) in _INSIDE)
    ):
        i += 1
    body = scene.organization_at.get(i)
    return scene.tokens(body.span)[1] if body is not None and body.kind in PUBLIC_KINDS else None


def _is_rank(token: Token) -> bool:
    """True for "General" before a name, which is no field of an office."""
    return token.is_title and token.dep_ == "nmod:desc" and token.lower_ in title_words().office


def _is_place(scene: Scene, i: int) -> bool:
    """True for a lone name after "of", which is no person's: "the mayor of Curepipe"."""
    token = scene.doc[i]
    return token.is_title and scene.lower(i - 1) == "of" and token.pos_ == "PROPN" and token.nbor().ent_iob_ != "I"


def _is_subject(scene: Scene, i: int) -> bool:
    """True for a capitalised word that may name what an office is for: "Population", nobody's name or title."""
    token = scene.doc[i]
    if not (token.is_title or token.is_upper) or not token.is_alpha or token.is_stop:
        return False
    person = token._.kind == "person" and token.lower_ not in title_words().domains
    return token.ent_type_ != "PERSON" and not person and token.dep_ != "nmod:desc"


def _goes_on(scene: Scene, i: int) -> bool:
    """True where a list in a ministry's name goes on: "Digital, Culture, Media and Sport"."""
    end = i
    while end < len(scene.doc) and _is_subject(scene, end) and not scene.is_named(end):
        end += 1
    return end > i and scene.lower(end) in {",", "and", "&"}


def _states_after(scene: Scene, start: int, end: int) -> tuple[str, ...]:
    """The states that "of" gives: "President of Ukraine", not "ambassador to Ukraine"."""
    if scene.lower(start) != "of":
        return ()
    return tuple(dict.fromkeys(scene.state_at[i].iso3 for i in range(start, end) if i in scene.state_at))


def _role(scene: Scene, start: int, head: int, end: int, words: TitleWords) -> str:
    """The words of the title without its state and without words such as "former"."""
    while start < head and (
        start in scene.state_at
        or scene.doc[start].text in POSSESSIVE_MARKS
        or scene.lower(start) in words.tense | {"-", "the", "and", ","}
        or (scene.lower(start) == "royal" and scene.lower(start + 1) == "highness")
        or scene.doc[start].tag_ == "RB"
    ):
        start += 1
    tail = range(head + 1, end)
    plain = all(i in scene.state_at or scene.lower(i) in {"of", "the", "republic", "and"} for i in tail)
    if scene.lower(head + 1) == "of" and plain and any(i in scene.state_at for i in tail):
        end = head + 1
    inner = [i for i in range(start, head) if i in scene.state_at]
    if inner and not any(i in scene.organization_at for i in inner):  # "senior Chinese official"
        return f"{scene.text(start, inner[0])} {scene.text(inner[-1] + 1, end)}".strip()
    return scene.text(start, end)
