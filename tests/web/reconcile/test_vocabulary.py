from __future__ import annotations

import pytest

from kg.web.reconcile.vocabulary import Vocabulary, allowed_edits

WORDS = Vocabulary(["germany", "german", "guernsey", "kenya", "yemen", "korea"])


@pytest.mark.parametrize(
    ("word", "edits", "near"),
    [
        ("germany", 0, ["germany"]),
        ("germayn", 1, ["german", "germany"]),
        ("gremany", 1, ["germany"]),
        ("hermany", 1, ["germany"]),
        ("germaniq", 2, ["german", "germany"]),
        ("yemn", 1, ["yemen"]),
        ("kenia", 1, ["kenya"]),
        ("brazil", 2, []),
        ("", 1, []),
    ],
)
def test_near(word: str, edits: int, near: list[str]) -> None:
    assert WORDS.near(word, edits=edits) == near


def test_a_short_word_has_no_slips() -> None:
    assert [allowed_edits(length) for length in (0, 3, 4, 8, 14)] == [0, 0, 1, 2, 3]
