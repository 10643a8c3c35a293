"""Another pipeline in place of the shipped one, named by `KG_MODEL`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import SettingError
from kg.extract.language import load_language
from kg.resources import resource
from kg.settings import load_settings


@Language.component("tests_foreign_trees")
def foreign_trees(doc: Doc) -> Doc:
    """Trees whose relations are not those of Universal Dependencies."""
    count = len(doc)
    made = Doc(
        doc.vocab,
        words=[t.text for t in doc],
        heads=[0] * count,
        deps=["ROOT", *["dobj"] * (count - 1)],
        tags=["NN"] * count,
        pos=["NOUN"] * count,
        lemmas=["x"] * count,
    )
    return made


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A folder that `KG_MODEL` names."""
    monkeypatch.setenv("KG_MODEL", str(tmp_path / "other"))
    load_settings.cache_clear()
    yield tmp_path / "other"
    load_settings.cache_clear()


def test_no_such_pipeline(named: Path) -> None:
    with pytest.raises(SettingError, match=r"KG_MODEL=.*other: no spaCy pipeline can be loaded from there"):
        load_language()


def test_a_pipeline_that_sets_nothing(named: Path) -> None:
    spacy.blank("en").to_disk(named)
    with pytest.raises(
        SettingError, match=r"sets no sentences, trees, parts of speech, tags, lemmas; see docs/model.md"
    ):
        load_language()


def test_a_pipeline_with_other_relations(named: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("tests_foreign_trees")
    nlp.to_disk(named)
    with pytest.raises(SettingError, match=r"dobj: no relations of Universal Dependencies"):
        load_language()


def test_a_pipeline_that_fits(named: Path) -> None:
    spacy.load(resource("data", "model")).to_disk(named)
    doc = load_language()("Norway condemned Chad.")
    assert [t.dep_ for t in doc][:3] == ["nsubj", "root", "obj"]
