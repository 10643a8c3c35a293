"""Text -> spaCy Doc with sentences, trees and entities. The one place that knows which language engine is used."""

from __future__ import annotations

from collections.abc import Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.errors import SettingError
from kg.language.reader import RELATIONS
from kg.resources import resource
from kg.settings import load_settings

_PROBE = "Norway has condemned the attack that was carried out by rebels in Chad."
_NEEDED = {"SENT_START": "sentences", "HEAD": "trees", "POS": "parts of speech", "TAG": "tags", "LEMMA": "lemmas"}


def load_language() -> Language:
    """The language engine: the shipped one, or the spaCy pipeline that `KG_MODEL` names.

    Raises:
        SettingError: there is no such pipeline, or it does not give what reading needs.
    """
    named = load_settings().model
    try:
        nlp = spacy.load(named or resource("data", "model"))
    except (OSError, ValueError) as error:
        first = str(error).partition("\n")[0]
        place = f"KG_MODEL={named}" if named is not None else "data/model"
        raise SettingError(f"{place}: no spaCy pipeline can be loaded from there: {first}") from error
    if named is not None:
        _check(nlp, named)
    nlp.max_length = 10_000_000
    return nlp


def _check(nlp: Language, named: str) -> None:
    """A pipeline that is not ours must give what the rules read."""
    doc = nlp(_PROBE)
    missing = [name for attribute, name in _NEEDED.items() if not doc.has_annotation(attribute)]
    if missing:
        raise SettingError(f"KG_MODEL={named}: that pipeline sets no {', '.join(missing)}; see docs/model.md")
    foreign = sorted({token.dep_.partition(":")[0] for token in doc} - RELATIONS)
    if foreign:
        raise SettingError(
            f"KG_MODEL={named}: {', '.join(foreign)}: no relations of Universal Dependencies, whose trees are needed;"
            " see docs/model.md"
        )


def sentences(doc: Doc) -> Iterator[Span]:
    """Each sentence of `doc`, without the white space around it."""
    for sent in doc.sents:
        start, end = sent.start, sent.end
        while start < end and doc[start].is_space:
            start += 1
        while end > start and doc[end - 1].is_space:
            end -= 1
        if start < end:
            yield doc[start:end]
