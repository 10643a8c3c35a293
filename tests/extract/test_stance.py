"""Stance: by the cue where it tells, by the words of what is said where it does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.stance import content_stance
from kg.vocab import STANCES

Find = Callable[[str], list[str]]

BY_CUE = [
    ("Norway said the vote is on Monday.", "states"),
    ("Norway announced a vote.", "announces"),
    ("Norway unveiled a plan.", "announces"),
    ("Norway vowed to stay.", "pledges"),
    ("Norway promised Chad 40 trucks.", "pledges"),
    ("Norway welcomed the vote.", "supports"),
    ("Norway hailed the vote.", "supports"),
    ("Norway voiced its support for the vote.", "supports"),
    ("Norway demanded a vote.", "requests"),
    ("Norway appealed to Chad to vote.", "requests"),
    ("Norway slammed the vote.", "condemns"),
    ("Norway deplored the vote.", "condemns"),
    ("Norway voiced alarm at the vote.", "condemns"),
    ("Norway alleged that Chad had cheated.", "accuses"),
    ("Norway blamed Chad for the floods.", "accuses"),
    ("Norway refuted the report.", "denies"),
    ("Norway rejected the offer.", "rejects"),
    ("Norway ruled out a vote.", "rejects"),
    ("Norway voiced opposition to the vote.", "rejects"),
    ("Norway threatened to leave.", "warns"),
    ("Norway cautioned that the vote would fail.", "warns"),
    ("Norway acknowledged that the vote had failed.", "confirms"),
    ("Norway admitted a mistake.", "confirms"),
    ("Norway predicted that Chad would win.", "expects"),
    ("Norway voiced hope that Chad would win.", "expects"),
]

BY_CONTENT = [
    ("Norway said that Chad must leave.", "requests"),
    ("Norway said Chad should leave.", "requests"),
    ("Norway said the vote was illegal and a disgrace.", "condemns"),
    ("Norway said that Chad had shelled Niger.", "accuses"),
    ("Norway said that gunmen had shelled Niger.", "states"),
    ("Norway said it was grateful to Chad.", "supports"),
    ("“We are proud of our friendship with Chad,” said Norway.", "supports"),
    ("Norway said it stands ready to help Chad.", "pledges"),
    ("Norway said it would continue to help Chad.", "pledges"),
    ("Norway said it has decided to leave Chad.", "announces"),
    ("“We are deeply concerned by it,” said Norway.", "condemns"),
    ("Norway said Chad will pay the price.", "warns"),
    ("Norway said it will not hesitate to act.", "warns"),
    ("Norway said the report was untrue.", "denies"),
    ("Norway said there were no plans to leave Chad.", "denies"),
    ("Norway said Chad was likely to win.", "expects"),
    ("Norway said the river was 40 km long.", "states"),
    ("Norway said it had shelled Chad.", "states"),
    ("Norway said its army had killed ten rebels.", "states"),
    ("Norway's defence ministry said Norwegian troops had killed ten rebels.", "states"),
    ("Norway said the talks had failed.", "states"),
    ("“We will never leave Chad,” said Norway.", "states"),
    ("“Chad must leave us alone now,” President Ingrid Solheim told reporters in Oslo.", "requests"),
    ("Norway said Chad had broken its promise.", "states"),
    ("Norway said it would raise taxes.", "announces"),
    ("“We will build a dam,” said Norway.", "announces"),
    ("Norway said that taxes would be raised.", "announces"),
    ("Norway said it plans to leave Chad.", "announces"),
    ("“We will help Chad for years,” said Norway.", "pledges"),
    ("“We will never accept the deal,” said Norway.", "rejects"),
    ("Norway said it would not tolerate the raids.", "rejects"),
    ("Norway said taxes would be higher if Chad left.", "states"),
    ("“She would sing to us at night,” said Ada Berg.", "states"),
    ("Norway said it had to sell the dam.", "states"),
    ("“I don't have to leave the house,” said Ada Berg.", "states"),
    ("“I think the river is too cold,” said Ada Berg.", "states"),
    ("“I believe the dam must be closed,” said Ada Berg.", "requests"),
    ("“They asked us where the dam was,” said Ada Berg.", "states"),
    ("Norway said Chad was guilty of genocide.", "accuses"),
    ("Norway said Chad had violated the treaty.", "accuses"),
    ("Norway said Norwegian police had arrested ten men.", "states"),
    ("Norway told Chad to leave the dam.", "requests"),
    ("Ada Berg asked Chad why it left.", "states"),
    ("Ada Berg asked about the treaty.", "states"),
    ("Norway called the vote a disgrace.", "condemns"),
    ("Norway branded the rebels as “traitors”.", "condemns"),
    ("Norway reaffirmed its readiness to help Chad.", "pledges"),
    ("Norway refused to acknowledge the result.", "rejects"),
    ("Norway said it is willing to help Chad.", "pledges"),
    ("Norway said it had no involvement in the raid.", "denies"),
    ("Norway said the bridge, which is dangerous, was closed.", "states"),
    ("Norway said the vote, which was shameful, was over.", "condemns"),
    ("Norway said the bus had failed to start.", "states"),
    ("Norway said Chad had failed to keep the treaty.", "accuses"),
    ("According to Norway, Chad had violated the treaty.", "accuses"),
    ("When the war ended, Norway asked for ten tanks.", "requests"),
]


@pytest.mark.parametrize(("text", "expected"), BY_CUE + BY_CONTENT)
def test_stance(stances: Find, text: str, expected: str) -> None:
    assert stances(text)[:1] == [expected]


CONTENT = [
    ("the dam is 40 m high", False, "states"),
    ("the dam must go", False, "requests"),
    ("THE DAM MUST GO", False, "requests"),
    ("the dam is a disgrace but a success and a milestone", False, "supports"),
    ("the dam is a disgrace", True, "accuses"),
    ("the army broke in", True, "accuses"),
    ("the army broke in", False, "states"),
    ("mustard and custard", False, "states"),
    ("they lied in bed", False, "states"),
    ("there was no evidence of it", False, "denies"),
    ("", False, "states"),
]


@pytest.mark.parametrize(("content", "blames", "expected"), CONTENT)
def test_stance_of_content(content: str, blames: bool, expected: str) -> None:
    assert content_stance(content, blames=blames) == expected


def test_tables_reach_every_stance() -> None:
    assert {stance for _, stance in BY_CUE} == set(STANCES)
