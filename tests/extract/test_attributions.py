"""Attributed statements: whose words they are, and what is said, in the ways that newsrooms write it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.types import Findings

Find = Callable[[str], list[str]]
Extract = Callable[[str], Findings]

PLAIN = [
    ("Norwegian Foreign Minister Ingrid Solheim said the talks had ended.", ["Ingrid Solheim|states|said"]),
    ("The Norwegian foreign minister said the talks had ended.", ["The Norwegian foreign minister|states|said"]),
    ("Norway's foreign ministry said the talks had ended.", ["foreign ministry|states|said"]),
    ("Protesters said the talks had ended.", ["Protesters|states|said"]),
    ("47 foreign ministers said the talks had ended.", ["47 foreign ministers|states|said"]),
    ("She said the talks had ended.", ["She|states|said"]),
    ("Both officials said the talks had ended.", ["Both officials|states|said"]),
    ("The White House said the talks had ended.", ["White House|states|said"]),
    ("NATO said on Monday that the talks had ended.", ["NATO|states|said"]),
    (
        "President Ingrid Solheim, who leads the Norwegian team, said the talks had ended.",
        ["Ingrid Solheim|states|said"],
    ),
    ("President Ingrid Solheim, 52, said the talks had ended.", ["Ingrid Solheim|states|said"]),
    ("President Ingrid Solheim, speaking in Chad, said the talks had ended.", ["Ingrid Solheim|states|said"]),
    ("Speaking in Chad, President Ingrid Solheim said the talks had ended.", ["Ingrid Solheim|states|said"]),
    ("The foreign minister of Norway said the talks had ended.", ["The foreign minister of Norway|states|said"]),
    ("Prime Minister Kamran Bukhari on Monday said the talks had ended.", ["Kamran Bukhari|states|said"]),
    ("Prime Minister Kamran Bukhari has said the talks had ended.", ["Kamran Bukhari|states|said"]),
    ("On Tuesday, Norway said the talks had ended.", ["Norway|states|said"]),
    ("In a statement, the UN said the talks had ended.", ["UN|states|said"]),
    ("In a letter to Chad, Norway said the talks had ended.", ["Norway|states|said"]),
    ("Officials in Norway said the talks had ended.", ["Officials|states|said"]),
    ("Protesters in Chad say the talks have ended.", ["Protesters|states|say"]),
    ("Sources close to the Chadian president said the talks had ended.", ["Sources|states|said"]),
    ("A spokesman for the Kenyan army said the talks had ended.", ["Kenyan army|states|said"]),
    ("Norway and Denmark said the talks had ended.", ["Norway+Denmark|states|said"]),
    ("Norway, Denmark and Chad said the talks had ended.", ["Norway+Denmark+Chad|states|said"]),
    (
        "President Idrissa Maloum and Prime Minister Haroun Kabadi said the talks had ended.",
        ["Idrissa Maloum+Haroun Kabadi|states|said"],
    ),
]

INVERTED = [
    ("“The talks have ended,” said Ingrid Solheim.", ["Ingrid Solheim|states|said"]),
    ("“The talks have ended,” said Foreign Minister Ingrid Solheim on Monday.", ["Ingrid Solheim|states|said"]),
    ("“The talks have ended,” Ingrid Solheim told reporters.", ["Ingrid Solheim|states|told"]),
    ("The talks have ended, Ingrid Solheim said.", ["Ingrid Solheim|states|said"]),
    ("The talks have ended, said the Norwegian foreign ministry.", ["Norwegian foreign ministry|states|said"]),
    ("The talks have ended, said Norway's foreign ministry.", ["foreign ministry|states|said"]),
    ("The talks have ended, Ingrid Solheim said on Monday.", ["Ingrid Solheim|states|said"]),
    ("The talks with Chad have ended, the Norwegian army said in a statement.", ["Norwegian army|states|said"]),
    ("Chad has left the talks, said Ingrid Solheim, who leads them.", ["Ingrid Solheim|states|said"]),
    ("“The talks have ended,” said the minister.", ["the minister|states|said"]),
    ("The talks, said Ingrid Solheim, have ended.", ["Ingrid Solheim|states|said"]),
    ("“The talks,” Ingrid Solheim said, “have ended now.”", ["Ingrid Solheim|states|said"]),
]

ACCORDING = [
    ("According to Norway, the talks with Chad ended.", ["Norway|states|According to"]),
    ("The talks with Chad ended, according to Norway.", ["Norway|states|according to"]),
    ("The talks ended, according to the Norwegian army.", ["Norwegian army|states|according to"]),
    ("The talks ended, according to Norway's foreign ministry.", ["foreign ministry|states|according to"]),
    ("The talks ended, according to Ingrid Solheim, the Norwegian premier.", ["Ingrid Solheim|states|according to"]),
    ("Chad, according to Norway and Denmark, ended the talks.", ["Norway+Denmark|states|according to"]),
]

PERFORMED = [
    ("Norway condemned Chad.", ["Norway|condemns|condemned"]),
    ("Norway condemns the killings in Chad.", ["Norway|condemns|condemns"]),
    ("Norway strongly condemns the killings in Chad.", ["Norway|condemns|condemns"]),
    ("Norway on Monday condemned Chad.", ["Norway|condemns|condemned"]),
    ("Norway urged Chad to leave.", ["Norway|requests|urged"]),
    ("Norway has called on Chad to leave.", ["Norway|requests|called on"]),
    ("Norway called for an end to the war.", ["Norway|requests|called for"]),
    ("Norway praised Chad for its help.", ["Norway|supports|praised"]),
    ("Norway thanked Chad.", ["Norway|supports|thanked"]),
    ("Norway pledged to help Chad.", ["Norway|pledges|pledged"]),
    ("Norway accused Chad of lying.", ["Norway|accuses|accused"]),
    ("Norway denied the report.", ["Norway|denies|denied"]),
    ("Norway rejected the plan.", ["Norway|rejects|rejected"]),
    ("Norway warned Chad.", ["Norway|warns|warned"]),
    ("Norway confirmed the report.", ["Norway|confirms|confirmed"]),
    ("Norway announced a plan.", ["Norway|announces|announced"]),
    ("Norway hopes that the war ends.", ["Norway|expects|hopes"]),
    ("Norway expressed concern over the war.", ["Norway|condemns|expressed concern"]),
    ("Norway offered its condolences to Chad.", ["Norway|supports|offered its condolences"]),
    ("Norway issued a warning to Chad.", ["Norway|warns|issued a warning"]),
    ("Norway and Denmark issued a joint statement condemning Chad.", ["Norway+Denmark|condemns|condemning"]),
    ("In a joint statement, Norway and Denmark condemned Chad.", ["Norway+Denmark|condemns|condemned"]),
    ("The army's move was condemned by Norway.", ["Norway|condemns|condemned"]),
    ("Chad was accused by Norway and Denmark of lying.", ["Norway+Denmark|accuses|accused"]),
    ("Chad's move, condemned by Norway, failed.", ["Norway|condemns|condemned"]),
    ("Norway condemns Chad over raid", ["Norway|condemns|condemns"]),
    ("Norway condemns attack in Chad", ["Norway|condemns|condemns"]),
    ("Solheim Condemns Attack In Chad\n\nPresident Ingrid Solheim spoke.", ["Solheim|condemns|Condemns"]),
    ("Norway Urges Chad To Leave", ["Norway|requests|Urges"]),
]

SEVERAL = [
    ("Norway condemned Chad and urged it to leave.", ["Norway|condemns|condemned", "Norway|requests|urged"]),
    ("Norway condemned Chad, adding that it must go.", ["Norway|condemns|condemned", "Norway|requests|adding"]),
    ("Norway accused Chad of refusing talks.", ["Norway|accuses|accused"]),
    (
        "Norway rejects Danish claims on drones, says talks are over",
        ["Norway|rejects|rejects", "Norway|states|says"],
    ),
    ("Norway praised Chad but warned Niger.", ["Norway|supports|praised", "Norway|warns|warned"]),
    (
        "Norway condemned Chad, and the Danish minister, Lars Brandt, urged it to stop.",
        ["Norway|condemns|condemned", "Lars Brandt|requests|urged"],
    ),
    ("Norway praised Chad while Denmark condemned it.", ["Norway|supports|praised", "Denmark|condemns|condemned"]),
    (
        "Ingrid Solheim said that Denmark had accused Chad of lying.",
        ["Ingrid Solheim|states|said", "Denmark|accuses|accused"],
    ),
    (
        "Reuters reported that Ingrid Solheim said the talks had ended.",
        ["Reuters|states|reported", "Ingrid Solheim|states|said"],
    ),
    (
        "Ingrid Solheim said Norway supports Chad.",
        ["Ingrid Solheim|supports|said", "Norway|supports|supports"],
    ),
]

NEGATED = [
    ("Norway did not confirm the report.", ["Norway|denies|confirm"]),
    ("Norway has not confirmed that it left.", ["Norway|denies|confirmed"]),
    ("Norway would not confirm the report.", ["Norway|denies|confirm"]),
    ("Norway could not confirm the report.", ["Norway|denies|confirm"]),
    ("Norway declined to confirm the report.", ["Norway|denies|declined to confirm"]),
    ("Norway refused to confirm the report.", ["Norway|denies|refused to confirm"]),
    ("Norway neither confirmed nor denied the report.", ["Norway|denies|confirmed", "Norway|states|denied"]),
    ("Norway declined to comment.", []),
    ("Norway refused to comment.", []),
    ("Norway did not comment on the report.", []),
    ("Norway did not rule out talks.", []),
    ("Norway did not condemn the killings.", []),
    ("Norway refused to condemn the killings.", ["Norway|rejects|refused"]),
    ("Norway does not support the plan.", ["Norway|rejects|support"]),
    ("Norway did not deny the report.", ["Norway|states|deny"]),
]


@pytest.mark.parametrize(("text", "expected"), PLAIN + INVERTED + ACCORDING + PERFORMED + SEVERAL + NEGATED)
def test_who_says_it(statements: Find, text: str, expected: list[str]) -> None:
    assert statements(text) == expected


NOBODY = [
    "The talks ended in Norway.",
    "It is said that the talks ended.",
    "Norway is expected to leave.",
    "The plan needs Norway's support.",
    "Norway will urge Chad to leave.",
    "What Norway might say is unclear.",
    "The war in Chad went on.",
    "Clashes in Chad continued on Monday.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_says_it(statements: Find, text: str) -> None:
    assert statements(text) == []


QUOTED = [
    ("“We will stay here,” said Ingrid Solheim.", ["We will stay here,"]),
    ("Ingrid Solheim said: “We will stay here.”", ["We will stay here."]),
    ('Ingrid Solheim said, "We will stay here."', ["We will stay here."]),
    ("Ingrid Solheim said «we will stay here».", ["we will stay here"]),
    ("Ingrid Solheim called the deal “a farce”.", [None]),
    ("Ingrid Solheim said Chad's “deal” was dead.", [None]),
    ("Ingrid Solheim said we will stay here.", [None]),
    (
        "“We will stay here.\n\n“We will never leave,” said Ingrid Solheim.",
        ["We will stay here.", "We will never leave,"],
    ),
    (
        "“We will stay here,” said Ingrid Solheim. “We will never leave it.”",
        ["We will stay here,", "We will never leave it."],
    ),
    (
        "“We will stay here. We will never leave. We are many,” said Ingrid Solheim.",
        ["We will stay here.", "We will never leave.", "We are many,"],
    ),
    (
        "Ingrid Solheim spoke in Oslo.\n\n“We will stay here,” she said. “We will never leave it. We are many.”",
        ["We will stay here,", "We will never leave it.", "We are many."],
    ),
]


@pytest.mark.parametrize(("text", "expected"), QUOTED)
def test_the_words_in_quotation_marks(extract: Extract, text: str, expected: list[str | None]) -> None:
    found = extract(text).attributions
    assert [a.quote and text[a.quote.start : a.quote.end] for a in found] == expected


def test_a_running_quotation_keeps_its_speaker(statements: Find) -> None:
    text = (
        "“The war must end,” Ingrid Solheim told reporters in Oslo. “It has gone on for far too long.\n\n"
        "“Chad has suffered enough. Its people are tired.”\n\nLars Brandt left."
    )
    assert [line.partition("|")[0] for line in statements(text)] == ["Ingrid Solheim"] * 4


def test_a_speaker_inside_the_quotation_is_not_its_speaker(statements: Find) -> None:
    text = "“Denmark said it would come, and we said yes,” said Ingrid Solheim."
    assert "Ingrid Solheim|states|said" in statements(text)
    assert not any(line.startswith("we|") for line in statements(text))


CONTENT = [
    ("Norway said that Chad left.", "that Chad left."),
    ("Chad has left, said Norway.", "Chad has left,"),
    ("Chad has left, Norway said on Monday.", "Chad has left,"),
    ("According to Norway, Chad has left.", "Chad has left."),
    ("Norway condemned Chad.", "Chad."),
    (
        "“We will all stay here,” President Ingrid Solheim said in an interview in Oslo on Monday.",
        "“We will all stay here,”",
    ),
    (
        "The talks with Chad have ended, President Ingrid Solheim told reporters in Oslo.",
        "The talks with Chad have ended,",
    ),
]


@pytest.mark.parametrize(("text", "content"), CONTENT)
def test_what_is_said(extract: Extract, text: str, content: str) -> None:
    (found,) = extract(text).attributions
    assert found.content is not None
    assert text[found.content.start : found.content.end] == content


ADDRESSED = [
    ("Norway told Chad that it would leave.", ["Chad"]),
    ("Norway urged Chad to leave.", ["Chad"]),
    ("Norway asked Chad and Niger to leave.", ["Chad", "Niger"]),
    ("Ingrid Solheim told the Danish premier that Norway would stay.", ["the Danish premier"]),
    ("Norway said Chad left.", []),
]


@pytest.mark.parametrize(("text", "expected"), ADDRESSED)
def test_to_whom(extract: Extract, text: str, expected: list[str]) -> None:
    (found,) = extract(text).attributions
    assert [text[span.start : span.end] for span in found.addressees] == expected


SAID_AT = [
    ("Norway said on Monday that Chad would vote in June.", "Monday"),
    ("On Monday, Norway said Chad would vote.", "Monday"),
    ("Norway said Chad would vote in June.", None),
    ("Chad will vote in June, Norway said on Monday.", "Monday"),
    ("Norway on 4 June condemned the March attack.", "4 June"),
    ("Norway on 4 May condemned the March attack.", "4 May"),
    ("“Chad will vote,” said Premier Lars Brandt on Monday.", "Monday"),
    ("“Chad will vote,” said Lars Brandt on Monday.", "Monday"),
    ("“Chad will vote,” said Lars Brandt yesterday.", "yesterday"),
]


@pytest.mark.parametrize(("text", "expected"), SAID_AT)
def test_when_it_was_said(extract: Extract, text: str, expected: str | None) -> None:
    (found,) = extract(text).attributions
    assert (found.time and text[found.time.start : found.time.end]) == expected


@pytest.mark.parametrize(
    ("text", "disputes"),
    [
        ("Norway denied that Chad shelled Niger.", True),
        ("Norway did not confirm that Chad shelled Niger.", True),
        ("Norway dismissed reports that Chad shelled Niger.", True),
        ("Norway confirmed that Chad shelled Niger.", False),
        ("Norway said that Chad shelled Niger.", False),
        ("Norway did not deny that Chad shelled Niger.", False),
    ],
)
def test_what_is_disputed(extract: Extract, text: str, disputes: bool) -> None:
    (found,) = extract(text).attributions
    assert found.disputes is disputes
