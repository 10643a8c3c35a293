"""States and territories that a text names: by name, demonym, capital, seat of government or abbreviation.

In: the Doc of an article. Out: `StateMention`s in text order, none overlapping another.

What each phrase may stand for is data: `data/states.csv` and `data/state_names.csv`. A row of the latter without
a code is a phrase that holds the name of a state and means none ("Indian Ocean"); its column `test` says what the
words around a doubtful name must show:

    own      counts only where the article names the state otherwise too ("Hamilton" for Bermuda)
    person   is also a given name ("Jordan"): no state before a surname
    us       is also the pronoun of an all-capitals sentence
    language is mostly the language ("English"): a state only before a noun
    georgia  is also a state of the USA
    never    means something else too often

A name that several states share goes to the first of them, in the order of the file, that the article names otherwise.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc

from kg.extract.gazetteer import Gazetteer, Match, Pieces
from kg.extract.lexicon import given_names
from kg.reference import State, load_organizations, load_states, read_table
from kg.resources import resource
from kg.types import Span, StateForm, StateMention

_HONORIFICS = frozenset({"Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Dame", "Lady"})
_PLACED = frozenset({"in", "to", "from", "of", "with", "between", "against", "near", "across", "for", "into", "and"})
_OBJECT_VERBS = frozenset({"TELL", "LET", "GIVE", "HELP", "CONTACT", "FOLLOW", "JOIN", "SHOW", "ABOUT", "LETS", "MAKE"})
_SPEECH = frozenset({"speak", "speaks", "spoke", "speaking", "spoken", "learn", "learning", "fluent", "in", "into"})
_LANGUAGE_NOUNS = frozenset(
    {"language", "languages", "translation", "translations", "speaker", "speakers", "subtitles", "lessons", "word",
     "words", "term", "terms", "dictionary", "grammar", "proficiency", "version", "speaking"}
)  # fmt: skip
_CAUCASUS = ("ARM", "AZE", "RUS")
_GEORGIAN_OFFICES = frozenset({"Senator", "Sen", "Governor", "Gov", "Republican", "Republicans", "Democrat", "Rep"})
_LONGEST_TITLE = 3


class Sense(NamedTuple):
    """One thing a phrase may stand for."""

    iso3: str
    form: StateForm
    test: str = ""


Hit = Match[tuple[Sense, ...]]


class StateFinder:
    """Finds the states of a text; built once, from the reference data."""

    def __init__(self) -> None:
        """`nlp` is the language engine whose Docs will be read; its vocabulary is not changed."""
        self._phrases = Gazetteer(_load_phrases())
        self._given = given_names()
        self._subdivisions = Gazetteer(
            {row["name"]: row["iso3"] for row in read_table(resource("data", "subdivisions.csv"))}
        )
        self._papers = frozenset(word for word, use in _load_heads() if use == "paper")
        self._institutional = _load_institutional()
        self._tests: Mapping[str, Callable[[Pieces, Hit], bool]] = {
            "person": self._is_no_person,
            "own": self._is_no_person,
            "us": _is_no_pronoun,
            "language": _is_no_language,
            "never": lambda pieces, hit: False,
        }

    def find(self, doc: Doc) -> Iterator[StateMention]:
        """The states that `doc` names, in text order."""
        pieces = Pieces(doc.text)
        plausible = [hit for hit in self._phrases.scan(pieces.words) if hit.value and self._is_plausible(pieces, hit)]
        hits = [hit for hit in plausible if not self._is_surname(pieces, hit)]
        people = {_words(pieces, hit) for hit in plausible if self._is_surname(pieces, hit)}
        named = _count_named(hits)
        for hit in hits:
            if _words(pieces, hit) in people and not _is_placed(pieces, hit):
                continue
            sense = self._choose(pieces, hit, named)
            if sense is not None:
                yield StateMention(span=_trim(pieces, hit), iso3=sense.iso3, form=sense.form)

    def _is_plausible(self, pieces: Pieces, hit: Hit) -> bool:
        """False where the words around say that the phrase is part of another name, or a language."""
        test = self._tests.get(hit.value[0].test)
        return (
            (test is None or test(pieces, hit))
            and not self._is_in_paper(pieces, hit)
            and not self._is_in_subdivision(pieces, hit)
            and not _is_language(pieces, hit)
        )

    def _is_surname(self, pieces: Pieces, hit: Hit) -> bool:
        """True after a given name or an honorific: "Michael Jordan", "Mr. Holland"."""
        before = hit.start - 2 if pieces.word(hit.start - 1) == "." else hit.start - 1
        if hit.value[0].form in (StateForm.ABBREVIATION, StateForm.SEAT):
            return False
        return pieces.word(before) in _HONORIFICS or pieces.word(hit.start - 1) in self._given

    def _is_no_person(self, pieces: Pieces, hit: Hit) -> bool:
        """False for a given name before a surname: "Jordan Smith", "Chad Wolf"."""
        following = pieces.word(hit.end)
        if not following.istitle() or pieces.in_headline(hit.start):
            return True
        return (
            following in self._institutional
            or following.lower() in STOP_WORDS
            or self._phrases.match(pieces.words, hit.end) is not None
        )

    def _is_in_paper(self, pieces: Pieces, hit: Hit) -> bool:
        """True inside the name of a newspaper: "The Jordan Times", "Times of India"."""
        if pieces.word(hit.start - 1) == "of" and pieces.word(hit.start - 2) in self._papers:
            return True
        if pieces.in_headline(hit.start):
            return False
        for i in range(hit.end, min(hit.end + _LONGEST_TITLE, len(pieces.words))):
            if not pieces.words[i][0].isupper():
                return False
            if pieces.words[i] in self._papers:
                return True
        return False

    def _is_in_subdivision(self, pieces: Pieces, hit: Hit) -> bool:
        """True for a town that a province or federal state follows: "Athens, Georgia", "London, Ontario"."""
        if pieces.word(hit.end) != "," or hit.end + 1 >= len(pieces.words):
            return False
        place = self._subdivisions.match(pieces.words, hit.end + 1)
        return place is not None and all(sense.iso3 not in (place.value, "GEO") for sense in hit.value)

    def _choose(self, pieces: Pieces, hit: Hit, named: Counter[str]) -> Sense | None:
        """What `hit` stands for in an article that names the states `named` otherwise."""
        senses = [sense for sense in hit.value if sense.test != "own" or named[sense.iso3]]
        if not senses or (senses[0].test == "georgia" and not self._is_country_georgia(pieces, hit, named)):
            return None
        return next((sense for sense in senses if named[sense.iso3]), senses[0])

    def _is_country_georgia(self, pieces: Pieces, hit: Hit, named: Counter[str]) -> bool:
        """True unless the article, or the words beside, speak of the federal state."""
        following, before = pieces.word(hit.end), pieces.word(hit.start - 1)
        if before == "," and pieces.word(hit.start - 2).istitle() and not named["GEO"]:
            return False
        if following in _GEORGIAN_OFFICES or before in _GEORGIAN_OFFICES:
            return False
        american = sum(1 for place in self._subdivisions.scan(pieces.words) if place.value == "USA") - sum(
            1 for word in pieces.words if word == "Georgia"
        )
        return american <= 3 * named["GEO"] + sum(named[iso3] for iso3 in _CAUCASUS)


def _words(pieces: Pieces, hit: Hit) -> tuple[str, ...]:
    return tuple(pieces.words[hit.start : hit.end])


def _trim(pieces: Pieces, hit: Hit) -> Span:
    """The span of `hit` without an article before it or a hyphen after it."""
    start = hit.start + 1 if pieces.words[hit.start] == "the" else hit.start
    end = hit.end - 1 if pieces.words[hit.end - 1] == "-" else hit.end
    return pieces.span(start, end)


def _count_named(hits: Iterable[Hit]) -> Counter[str]:
    """How often each state is named by phrases that need no other evidence."""
    return Counter(
        hit.value[0].iso3 for hit in hits if len(hit.value) == 1 and hit.value[0].test not in ("own", "georgia")
    )


def _is_placed(pieces: Pieces, hit: Hit) -> bool:
    """True after a preposition of place, where a country is meant rather than a person known by that surname."""
    return pieces.word(hit.start - 1).lower() in _PLACED


def _is_no_pronoun(pieces: Pieces, hit: Hit) -> bool:
    """False for "US" as the pronoun of an all-capitals sentence, and in "US$"."""
    if pieces.word(hit.end) == "$" and pieces.is_joined(hit.end):
        return False
    before, following = pieces.word(hit.start - 1), pieces.word(hit.end)
    if before in _OBJECT_VERBS:
        return False
    shouted = before.isupper() and len(before) > 1 and before != "THE" and pieces.word(hit.start - 2).isupper()
    return not shouted or not (following in ".!?," or (following.isupper() and following.lower() in STOP_WORDS))


def _is_no_language(pieces: Pieces, hit: Hit) -> bool:
    """True where a noun follows: "English football"."""
    following = pieces.word(hit.end)
    return following.islower() and following not in STOP_WORDS and following not in _LANGUAGE_NOUNS


def _is_language(pieces: Pieces, hit: Hit) -> bool:
    """True where a demonym is the name of a language: "in French.", "Spanish-speaking"."""
    if hit.value[0].form is not StateForm.DEMONYM:
        return False
    following = pieces.word(hit.end)
    if following == "-" and pieces.word(hit.end + 1) in _LANGUAGE_NOUNS:
        return True
    if following in _LANGUAGE_NOUNS:
        return True
    ends = following in '.,;:)\n"”' or (following in STOP_WORDS and following not in ("and", "or"))
    return ends and pieces.word(hit.start - 1).lower() in _SPEECH


def _load_phrases() -> dict[str, tuple[Sense, ...]]:
    """Every phrase and what it may stand for; nothing for one that holds the name of a state and means none."""
    phrases: dict[str, tuple[Sense, ...]] = {}
    for state in load_states().values():
        for name, sense in _read_state(state):
            _add(phrases, name, sense)
    listed: dict[str, tuple[Sense, ...]] = {}
    for row in read_table(resource("data", "state_names.csv")):
        if row["iso3"]:
            _add(listed, row["name"], Sense(row["iso3"], StateForm(row["form"]), row["test"]))
        else:
            listed[row["name"]] = ()
    companies = {
        name: ()
        for body in load_organizations().values()
        if body.kind in ("company", "media")
        for name in (body.name, *body.alt_names)
    }
    own = phrases | listed
    exact = own | {name: () for name in companies if name not in own}
    return {
        variant: senses for name, senses in exact.items() for variant in _variants(name) if variant not in exact
    } | exact


def _add(phrases: dict[str, tuple[Sense, ...]], name: str, sense: Sense) -> None:
    """Add one sense of `name`; of two senses in one state the first stays."""
    known = phrases.get(name, ())
    if all(sense.iso3 != other.iso3 for other in known):
        phrases[name] = (*known, sense)


def _read_state(state: State) -> Iterator[tuple[str, Sense]]:
    """The phrases that `data/states.csv` gives for one state."""
    for name in (state.name, state.official_name, *state.alt_names):
        if "," not in name or name == state.name:
            yield name, Sense(state.iso3, StateForm.NAME)
    for name in state.capitals:
        yield name, Sense(state.iso3, StateForm.CAPITAL)
    for name in state.demonyms:
        yield name, Sense(state.iso3, StateForm.DEMONYM)
        if not name.endswith(("s", "sh", "ch", "ese", "x", "z")):
            yield name + "s", Sense(state.iso3, StateForm.DEMONYM)


def _variants(name: str) -> Iterator[str]:
    """Other spellings of `name`: without accents, with "St." or "&", in capitals."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    spellings = [name, plain]
    if plain.startswith("Saint "):
        spellings += ["St. " + plain[6:], "St " + plain[6:]]
    spellings += [spelling.replace(" and ", " & ") for spelling in spellings if " and " in spelling]
    yield from spellings
    for spelling in spellings:
        if len(spelling) >= 4 and not spelling.isupper():
            yield spelling.upper()


def _load_heads() -> Iterator[tuple[str, str]]:
    for row in read_table(resource("data", "organization_heads.csv")):
        yield row["head"], row["use"]


def _load_institutional() -> frozenset[str]:
    """Capitalised words that follow the name of a state in the name of a body or an office."""
    heads = {word.split()[0] for word, use in _load_heads()}
    words = {
        row["word"].capitalize()
        for row in read_table(resource("data", "organization_words.csv"))
        if row["role"] in ("topic", "title", "scope")
    }
    return frozenset(heads | words)
