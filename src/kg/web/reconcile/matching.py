"""One query -> the agents that it may mean, each with a score from 0 to 100, and at most one that it surely means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.reference import load_given_names
from kg.vocab import KG
from kg.web.reconcile.conditions import judge
from kg.web.reconcile.entities import CODES, NameKind
from kg.web.reconcile.forms import Form, to_form
from kg.web.reconcile.identifiers import Identifiers
from kg.web.reconcile.likeness import Likeness, Way, compare
from kg.web.reconcile.queries import Query, TypeRule
from kg.web.reconcile.register import Listed, ListedName, Register
from kg.web.reconcile.titles import read_variants

_MOST_JUDGED = 120
_MOST_BY_VALUE = 60
_LEAST = 0.55  # what is less like is no candidate
_OF_VARIANT = 0.975  # a name without its title is a little less sure
_WITHOUT_ACCENTS = 0.97  # Nigera may be Nigeria misspelt as well as Niger in Latvian
_OF_HINT = 0.8  # a demonym, a capital or a surname leads to an agent but does not name it
_FROM_OTHER_SCRIPT = 0.95  # Rossiya is Россия, but few write so
_OTHER_TYPE = 0.9
_CONTRADICTED = 0.8
_MARGIN, _WIDE_MARGIN = 0.02, 0.06
_SHORTEST_MISSPELT, _SHORTEST_MISSPELT_ELSE = 5, 8  # letters
_LIKE_STATE, _LIKE_ELSE = 0.86, 0.925
_PREFERENCE = {NameKind.MAIN: 0.004, NameKind.OTHER: 0.003}
_STATE = str(KG.State)
_NOTHING = to_form("")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agent that may be meant. `likeness` is that of the best of its names, `by`, to the form that was `asked`.

    `agreement` is the share of the conditions that it meets, None where there are none that can be judged; it `fits`
    where it is of the types asked for.
    """

    agent: Listed
    value: float
    likeness: Likeness
    asked: Form
    by: str
    kind: NameKind
    agreement: float | None = None
    fits: bool = True
    match: bool = False

    @property
    def score(self) -> float:
        """From 0 to 100, to a tenth."""
        return round(100 * min(1.0, self.value), 1)


def find_candidates(register: Register, identifiers: Identifiers, query: Query) -> list[Candidate]:
    """Candidates for `query`, the best first, no more than its limit."""
    found = sorted(_find(register, identifiers, query), key=lambda one: -one.value)[:_MOST_JUDGED]
    kept = [judged for one in found if (judged := _judge(register, identifiers, query, one))]
    # Of those called alike, first the one whose full name is known.
    kept.sort(key=lambda one: (-one.score, -_weigh(one), " " not in one.agent.label, one.agent.number))
    if kept and _is_sure(register, query, kept):
        kept[0] = replace(kept[0], match=True)
    return kept[: query.limit]


def _find(register: Register, identifiers: Identifiers, query: Query) -> list[Candidate]:
    if query.name is None:
        return list(_find_by_conditions(register, identifiers, query))
    if agent := register.get(identifiers.to_iri(query.name)):
        return [Candidate(agent, 1.0, Likeness(1.0, Way.EXACT), to_form(query.name), query.name, NameKind.CODE)]
    best: dict[int, Candidate] = {}
    for one in _compare_all(register, identifiers, query, query.name):
        if one.agent.number not in best or _weigh(one) > _weigh(best[one.agent.number]):
            best[one.agent.number] = one
    return [one for one in best.values() if one.value >= _LEAST]


def _find_by_conditions(register: Register, identifiers: Identifiers, query: Query) -> Iterator[Candidate]:
    """Who has one of the values, for a query without a name; how well the rest is met says how good they are."""
    found = {
        agent.number: agent
        for condition in query.conditions
        for value in condition.values
        for agent in register.find_by_fact(condition.property, identifiers.to_iri(value), value, limit=_MOST_BY_VALUE)
    }
    for agent in found.values():
        yield Candidate(agent, 0.6, Likeness(0.0, Way.PARTLY), _NOTHING, "", NameKind.HINT)


def _compare_all(register: Register, identifiers: Identifiers, query: Query, asked: str) -> Iterator[Candidate]:
    """Every name that is like what was `asked`, as it stands or in one of its variants.

    Of a surname that very many have, those of whom the conditions hold are looked for by themselves.
    """
    own = to_form(asked)
    forms = {own: False} | {v.form: v.untitled for v in read_variants(asked) if v.form != own}
    for form, untitled in forms.items():
        names = register.find_like(form) if form.whole else []
        for condition in query.conditions if form.whole else ():
            for value in condition.values:
                names += register.find_with_fact(form, condition.property, identifiers.to_iri(value), value)
        for name in dict.fromkeys(names):
            if (name.kind is NameKind.CODE and asked.strip() != name.text) or (untitled and not name.agent.is_person):
                continue
            yield _compare_one(asked, form, name, is_variant=form is not own)


def _compare_one(asked: str, form: Form, name: ListedName, *, is_variant: bool) -> Candidate:
    likeness = compare(form, name.form)
    value = likeness.value
    if name.kind is NameKind.FOREIGN and value == 1 and asked.strip().casefold() != name.text.casefold():
        value = _WITHOUT_ACCENTS
    if form.is_latin and not name.form.is_latin and asked.isascii():
        value *= _FROM_OTHER_SCRIPT
    value *= _OF_VARIANT if is_variant else 1.0
    value *= _OF_HINT if name.kind is NameKind.HINT else 1.0
    return Candidate(name.agent, value, likeness, form, name.text, name.kind)


def _judge(register: Register, identifiers: Identifiers, query: Query, one: Candidate) -> Candidate | None:
    """`one` with what types and conditions say of it; None where they keep it out."""
    fitting = set(query.types) & set(one.agent.classes)
    fits = fitting == set(query.types) if query.type_rule is TypeRule.ALL else bool(fitting)
    if query.types and not fits:
        if query.type_rule is not TypeRule.SHOULD:
            return None
        one = replace(one, value=one.value * _OTHER_TYPE, fits=False)
    if not query.conditions:
        return one
    agreement = judge(register, identifiers, one.agent, query.conditions)
    if agreement is None:
        return None
    if agreement.share is None:
        return one
    if query.name is None:
        return replace(one, value=agreement.share, agreement=agreement.share)
    value = one.value + (1 - one.value) * 0.5 * agreement.share if agreement.share else one.value * _CONTRADICTED
    return replace(one, value=value, agreement=agreement.share)


def _is_sure(register: Register, query: Query, kept: Sequence[Candidate]) -> bool:
    """Whether the first of the candidates is meant beyond doubt: named, and nobody else nearly as well."""
    first = kept[0]
    if not first.fits or (first.agreement is not None and first.agreement < 1):
        return False
    if query.name is None:
        # Only codes tell of one agent alone.
        return len(kept) == 1 and any(one.property in CODES for one in query.conditions)
    if first.kind is NameKind.HINT:
        return False
    is_spelt = first.likeness.way in (Way.EXACT, Way.REORDERED)
    if not is_spelt and not _is_near(register, first):
        return False
    rest = max((_weigh(one) for one in kept[1:]), default=0.0)
    if first.value == 1 and rest >= 1:
        return _weigh(first) > rest
    return _weigh(first) - rest >= (_MARGIN if first.value == 1 else _WIDE_MARGIN)


def _weigh(one: Candidate) -> float:
    """What it is by its value, or a little more where it is called so in the graph itself."""
    return one.value + _PREFERENCE.get(one.kind, 0.0)


def _is_near(register: Register, one: Candidate) -> bool:
    """Whether what was asked is the name with a slip in it, and no other name.

    There are few states, and a slip in the name of one is seldom the name of another; but American is none for America.
    People are many: a word that others are called by is no slip.
    """
    likeness, name = one.likeness, to_form(one.by).whole
    length = len(name)
    # Hardly anybody errs in the first letter.
    if likeness.way < Way.MISSPELT or length < _SHORTEST_MISSPELT or one.asked.whole[:1] != name[:1]:
        return False
    if register.has_name(one.asked):
        return False
    if one.agent.classes[0] == _STATE and one.kind is not NameKind.FOREIGN:
        return likeness.value >= _LIKE_STATE
    if length < _SHORTEST_MISSPELT_ELSE or likeness.value < _LIKE_ELSE:
        return False
    if one.agent.classes[0] == _STATE:
        return True
    if len(likeness.strange) != 1 or len(one.asked.tokens) == 1:
        return False
    return likeness.way is Way.RESPELT or not _is_word(register, likeness.strange[0])


def _is_word(register: Register, token: str) -> bool:
    """Whether somebody is called so: Jane is no slip for Jake."""
    return register.knows(token) or token in load_given_names()
