from __future__ import annotations

from types import SimpleNamespace

import pytest

from kg.extract import time_story
from kg.extract.dating import date_of
from kg.extract.language import load_language
from kg.extract.scene import Scene
from kg.extract.times import TimeFinder

NLP = load_language()
FINDER = TimeFinder()


def scene_of(text: str) -> Scene:
    doc = NLP(text)
    return Scene(doc, times=tuple(FINDER.find(doc)))


def date(text: str, word: str) -> str | None:
    """The words that date the act that the last `word` of `text` names."""
    scene = scene_of(text)
    head = max(token.i for token in scene.doc if token.text == word)
    sent = next(sent for sent in scene.sentences if sent.start <= head < sent.end)
    span = date_of(scene, sent, SimpleNamespace(head=head))  # type: ignore[arg-type]
    return text[span.start : span.end] if span is not None else None


OWN = [
    ("Rebels shelled the town on Monday.", "shelled", "Monday"),
    ("On 4 March rebels shelled the town.", "shelled", "4 March"),
    ("Rebels shelled the town last week.", "shelled", "last week"),
    ("Yesterday the minister left for Oslo.", "left", "Yesterday"),
    ("Last week's raid angered the villagers.", "raid", "Last week"),
    ("The 2011 annexation of the islands still matters.", "annexation", "2011"),
    ("The talks in Oslo on Friday brought nothing.", "talks", "Friday"),
    ("The minister condemned the 2011 annexation of the islands.", "condemned", None),
    ("The minister praised the accord that was signed in 2011.", "praised", None),
    ("The minister praised the accord that was signed in 2011.", "signed", "2011"),
    ("Norway has occupied the island since 2014.", "occupied", None),
    ("Norway shelled the port two days after Denmark attacked it on Monday.", "attacked", "Monday"),
]
SHARED = [
    ("The two ministers held talks in Oslo on Friday.", "talks", "Friday"),
    ("The talks began on Friday.", "talks", "Friday"),
    ("Rebels attacked the town on Monday, killing two guards.", "killing", "Monday"),
    ("In 2012, troops entered the town and seized the bank.", "seized", "2012"),
    ("In November 2023, Norway began deploying tanks along the border.", "deploying", "November 2023"),
    ("On 9 January, ministers issued a statement condemning the raid.", "condemning", "9 January"),
    ("On 9 January, ministers issued a statement condemning the raid.", "raid", None),
    ("Police arrested him on Monday and will charge him with treason.", "charge", None),
    ("On Monday, the minister condemned the attack.", "attack", None),
    ("The ministers discussed trade in a meeting in Oslo on Monday.", "discussed", "Monday"),
    ("The neighbours engaged in a battle in 1971.", "engaged", "1971"),
    ("Ada Berg visited Oslo to attend a summit in May 2022.", "visited", "May 2022"),
]
SAID = [
    ("On 4 January, the general said that rebels had attacked the port.", "attacked", None),
    ("On 4 January, the general said that rebels had attacked the port.", "said", "4 January"),
    ("On Monday, the general said that rebels attacked the port in 2019.", "attacked", "2019"),
    ("The king has visited the capital of Norway, said his spokesman on Friday.", "visited", "Friday"),
    ("Norway will send tanks, the minister said on Friday.", "send", None),
]
LEAD = "Foreign Minister Ada Berg met Defence Minister Olu Adeyemi in Oslo on Monday. "
OCCASION = [
    (LEAD + "During the meeting, the ministers signed a pact.", "signed", "Monday"),
    (LEAD + "The talks were friendly. Berg said that trade had grown.", "said", "Monday"),
    (LEAD + "Berg said that she and Adeyemi agreed on trade.", "agreed", "Monday"),
    (LEAD + "Berg said that rebels had attacked a port.", "attacked", None),
    (LEAD + "Ivan Petrov attacked the port.", "attacked", None),
    (LEAD + "The latest talks in Rome had failed.", "talks", None),
    (LEAD + "The envoys had met before, in 2019. Norway built a road.", "built", None),
    ("The 1967 war changed the country. The army began the war by shooting at ships.", "shooting", "1967"),
    ("The 1967 war changed the country. Ten ships were sunk during the war.", "sunk", "1967"),
    ("Rebels attacked a port on Sunday. The attack angered the king.", "attack", "Sunday"),
    ("Rebels attacked a port on Sunday. A new attack is feared.", "attack", None),
]


@pytest.mark.parametrize(("text", "word", "expected"), [*OWN, *SHARED, *SAID, *OCCASION])
def test_dates_acts(text: str, word: str, expected: str | None) -> None:
    assert date(text, word) == expected


def test_what_a_sentence_tells_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many acts come after it: an article may list thousands."""
    acts = ", ".join(["Norway shelled Denmark"] * 30)
    scene = scene_of("Norway attacked Denmark.\n\nDenmark shelled Norway.\n\n" + f"Norway shelled Denmark, {acts}.")
    found: list[int] = []
    find = time_story._find_told
    monkeypatch.setattr(time_story, "_find_told", lambda scene, sent: (found.append(sent.start), find(scene, sent))[1])
    for sent in scene.sentences:
        for token in scene.doc[sent.start : sent.end]:
            if token.text == "shelled":
                date_of(scene, sent, SimpleNamespace(head=token.i))  # type: ignore[arg-type]
    assert found
    assert len(found) == len(set(found))
