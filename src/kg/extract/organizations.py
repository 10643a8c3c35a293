"""Organizations that a text names, and unnamed bodies of states that it speaks of.

In: the Doc of an article and the states found in it. Out: `OrganizationMention`s in text order, none overlapping
another; of two that would, the longer stays. They come from three sources: the bodies that `data/organizations.csv`
knows, names that hold a head word (`kg.extract.bodies`), and abbreviations that the article itself explains:
"Central Bank of Somalia (CBS)".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from kg.extract.bodies import find_bare, find_named, find_unnamed
from kg.extract.gazetteer import Gazetteer, Pieces
from kg.extract.reading import Body, BodyWords, Reading, load_body_words
from kg.reference import Organization, load_organizations
from kg.types import OrganizationMention, StateMention

_ABBREVIATION = re.compile(r"[A-Z][\w&.\-]*[A-Z][\w&.\-]*")
_LINKS = frozenset({"of", "for", "and", "the", "on", "in", "&", "de", "del", "'", "s", "-"})
_DISTINCT = 3
_PLAIN = 2
_LONGEST_ABBREVIATION = 5
_LONGEST_NAME = 14


class OrganizationFinder:
    """Finds the organizations of a text; built once, from the reference data."""

    def __init__(self) -> None:
        """`nlp` is the language engine whose Docs will be read; its vocabulary is not changed."""
        self._words = load_body_words()
        self._known = Gazetteer(_load_known())
        self._generic = frozenset(
            name
            for body in load_organizations().values()
            for name in (body.name, *body.alt_names)
            if _is_generic(name, self._words)
        )

    def find(self, doc: Doc, states: Sequence[StateMention]) -> Iterator[OrganizationMention]:
        """The organizations that `doc` names, in text order.

        Args:
            states: the states found in `doc`; a body belongs to the one that its name holds or that owns it.
        """
        reading = Reading(Pieces(doc.text), states)
        known = list(self._find_known(reading))
        ends = {body.end for body in known if body.end - body.start >= _DISTINCT}
        named = [body for body in find_named(reading, self._words) if body.end not in ends or body.iso3]
        bodies = _keep_longest([*known, *named, *find_unnamed(reading, self._words)])
        aliases = {**dict(_read_unknown(reading, self._words)), **dict(_read_aliases(reading, bodies))}
        bodies = _keep_longest([*_find_aliases(reading, aliases), *bodies])
        bodies = _keep_longest([*_find_short(reading, self._words, bodies), *bodies])
        bodies = _keep_longest([*bodies, *_find_seen(reading, self._words, doc, bodies)])
        for body in bodies:
            yield OrganizationMention(
                span=reading.pieces.span(body.start, body.end), name=body.name, kind=body.kind, iso3=body.iso3
            )

    def _find_known(self, reading: Reading) -> Iterator[Body]:
        """Bodies of the reference data; one of several that share a name by the states the article speaks of."""
        for match in self._known.scan(reading.pieces.words):
            start = match.start + (reading.word(match.start) == "the")
            owner = reading.state_before(match.start)
            text = reading.text(start, match.end)
            bodies = [
                body
                for body in match.value
                if self._is_likely(body, text, reading, owner)
                and not (body.name.endswith(f" {text}") and _is_tail(reading, match.start))
            ]
            if bodies and not _is_part(reading, match.end):
                body = max(bodies, key=lambda body: (body.iso3 == owner, reading.named[body.iso3 or ""]))
                yield Body(start, match.end, body.name, body.kind, body.iso3)

    def _is_likely(self, body: Organization, text: str, reading: Reading, owner: str | None) -> bool:
        """False for a body of a state known by a doubtful name, `text`, in an article about other states.

        A name of common words means a body of a state spoken of, one of two such words ("Communist Party") of the
        state most spoken of; one short word ("Duma", "CPI") that of a state spoken of, if any is.
        """
        if body.iso3 is None or body.iso3 == owner:
            return True
        if text in self._generic and owner is None and len(text.split()) > _PLAIN:
            return body.iso3 in reading.named
        if text in self._generic:
            return owner is None and reading.named[body.iso3] == max(reading.named.values(), default=-1)
        doubtful = body.kind in ("government", "party", "military") and " " not in text
        return not doubtful or not reading.named or body.iso3 in reading.named


def _find_seen(reading: Reading, words: BodyWords, doc: Doc, bodies: Sequence[Body]) -> Iterator[Body]:
    """Bodies that the entity recognizer saw where no list and no head word shows one: "Rainbow Ethiopia"."""
    taken = {i for body in bodies for i in range(body.start, body.end)}
    starts = reading.pieces.starts
    for entity in doc.ents:
        start, end = bisect_left(starts, entity.start_char), bisect_left(starts, entity.end_char)
        if entity.label_ != "ORG" or entity.root._.kind != "organization" or not taken.isdisjoint(range(start, end)):
            continue
        text = reading.text(start, end)
        named = (end - start > 1 or text.isupper()) and reading.word(start) not in words.given
        if named and not reading.pieces.in_headline(start) and not _is_thing(reading, words, start, end):
            states = reading.states_in(start, end)
            kinds = [head.value.kind for head in words.heads.scan(reading.pieces.words[start:end])]
            yield Body(start, end, text, kinds[-1] if kinds else "other", states[0] if len(states) == 1 else None)


def _is_tail(reading: Reading, start: int) -> bool:
    """True where a capitalised word leads up to token `start`: "Security Council" in "National Security Council"."""
    before = reading.word(start - 1)
    return before.istitle() and before.isalpha() and before != "The" and reading.state_before(start) is None


def _load_known() -> dict[str, tuple[Organization, ...]]:
    """Bodies by each of their names, and by long names in capitals."""
    known: dict[str, tuple[Organization, ...]] = {}
    for body in load_organizations().values():
        for name in (body.name, *body.alt_names):
            known[name] = (*known.get(name, ()), body)
    shouted = {name.upper(): bodies for name, bodies in known.items() if " " in name}
    return shouted | known


def _is_generic(name: str, words: BodyWords) -> bool:
    """True for a name made of common words alone, which several states may use."""
    pieces = Pieces(name).words
    heads = {piece for match in words.heads.scan(pieces) for piece in pieces[match.start : match.end]}
    return all(
        piece in heads or piece.lower() in words.topic or piece.lower() in words.title or piece in _LINKS
        for piece in pieces
    )


def _is_part(reading: Reading, end: int) -> bool:
    """True before a hyphen and a number, which name something else: "ISS-21"."""
    return reading.word(end) == "-" and reading.word(end + 1)[0].isdigit() and reading.pieces.is_joined(end)


def _keep_longest(bodies: Iterable[Body]) -> list[Body]:
    """The bodies that no longer one, or no earlier one as long, overlaps; in text order."""
    taken: set[int] = set()
    kept = []
    for body in sorted(bodies, key=lambda body: body.start - body.end):
        pieces = range(body.start, body.end)
        if taken.isdisjoint(pieces):
            taken.update(pieces)
            kept.append(body)
    return sorted(kept)


def _read_abbreviation(reading: Reading, i: int) -> str | None:
    """The abbreviation in brackets that open at piece `i`."""
    if reading.word(i) != "(":
        return None
    for end in range(i + 2, i + 2 + _LONGEST_ABBREVIATION):
        if reading.word(end) == ")":
            text = reading.text(i + 1, end)
            return text if _ABBREVIATION.fullmatch(text) else None
    return None


def _read_aliases(reading: Reading, bodies: Iterable[Body]) -> Iterator[tuple[str, Body]]:
    """Abbreviations that follow the name of a body in brackets."""
    for body in bodies:
        abbreviation = _read_abbreviation(reading, body.end)
        if abbreviation is not None and reading.state(body.end + 1) is None:
            yield abbreviation, body


def _read_unknown(reading: Reading, words: BodyWords) -> Iterator[tuple[str, Body]]:
    """Abbreviations that follow capitalised words with those initials, where no head word shows a body."""
    for i, word in enumerate(reading.pieces.words):
        if word != "(" or (abbreviation := _read_abbreviation(reading, i)) is None:
            continue
        letters = "".join(c for c in abbreviation if c.isupper())
        start = _match_initials(reading, i, letters)
        if start is not None and not _is_thing(reading, words, start, i):
            states = reading.states_in(start, i)
            iso3 = states[0] if len(states) == 1 else None
            yield abbreviation, Body(start, i, reading.text(start, i), "other", iso3)


def _is_thing(reading: Reading, words: BodyWords, start: int, end: int) -> bool:
    """True for capitalised words that name a state, an agreement, an office, a line: no organization."""
    if (state := reading.state(start)) is not None and state[1] == end:
        return True
    first, last = reading.word(start).lower(), reading.word(end - 1).lower()
    return first in words.thing or last in words.thing or first in words.title


def _match_initials(reading: Reading, end: int, letters: str) -> int | None:
    """First piece of the capitalised words before piece `end` whose initials are `letters`, three at least."""
    i, left = end, list(letters)
    while left and end - i < _LONGEST_NAME:
        i -= 1
        word = reading.word(i)
        if word[0].upper() == left[-1] and (word[0].isupper() or word in _LINKS):
            left.pop()
        elif word not in _LINKS:
            return None
    return i if not left and len(letters) > 2 and reading.word(i)[0].isupper() else None


def _find_aliases(reading: Reading, aliases: dict[str, Body]) -> Iterator[Body]:
    """The places where an article uses an abbreviation that it explains, and where it explains it."""
    yield from aliases.values()
    if aliases:
        for match in Gazetteer(aliases).scan(reading.pieces.words):
            yield match.value._replace(start=match.start, end=match.end)


def _find_short(reading: Reading, words: BodyWords, bodies: Sequence[Body]) -> Iterator[Body]:
    """Short forms of a name given before: "the Commission" after "European Commission"."""
    for match in find_bare(reading, words):
        text = reading.text(match.start, match.end)
        whole = re.compile(rf"\b{re.escape(text)}\b")
        earlier = {b.name: b for b in bodies if b.end <= match.start and b.name != text and whole.search(b.name)}
        if len(earlier) == 1:
            yield next(iter(earlier.values()))._replace(start=match.start, end=match.end)
