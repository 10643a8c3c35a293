"""People: one identity for all forms of a name, with the posts and the state that the article gives."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.types import Facts

Tell = Callable[..., Facts]
Find = Callable[..., list[str]]

ONE = [
    ("Norwegian Foreign Minister Ingrid Solheim left.", "Ingrid Solheim; for NOR; as Foreign Minister"),
    (
        "Norwegian Foreign Minister Ingrid Solheim left. Solheim smiled. Mrs Solheim waved.",
        "Ingrid Solheim; aka Solheim; for NOR; as Foreign Minister",
    ),
    (
        "Norwegian Foreign Minister Ingrid Solheim left. Solhiem smiled, said Mr Solhiem.",
        "Ingrid Solheim; aka Solhiem; for NOR; as Foreign Minister",
    ),
    (
        "Solheim left. Norwegian Foreign Minister Ingrid Marie Solheim smiled. Ingrid Solheim waved.",
        "Ingrid Marie Solheim; aka Ingrid Solheim, Solheim; for NOR; as Foreign Minister",
    ),
    (
        "President Abdel Fattah al-Barudi of Chad left. Barudi smiled.",
        "Abdel Fattah al-Barudi; aka Barudi; for TCD; as President",
    ),
    (
        "Chadian President Idrissa Maloum left. The president, Mr. Maloum, smiled.",
        "Idrissa Maloum; aka Maloum; for TCD; as President",
    ),
    (
        "Norway's foreign minister, Ingrid Solheim, left. Ingrid Solheim, a former prime minister, smiled.",
        "Ingrid Solheim; for NOR; as foreign minister, prime minister",
    ),
    ("UN Secretary-General Joaquim Teles left.", "Joaquim Teles; for United Nations; as UN Secretary-General"),
    ("NATO chief Willem Hartog left.", "Willem Hartog; for NATO; as NATO chief"),
    (
        "Foreign ministry spokesman Faisal Qureshi of Pakistan left.",
        "Faisal Qureshi; for PAK; as Foreign ministry spokesman",
    ),
    ("China's ambassador to Kenya, Zhang Weimin, left.", "Zhang Weimin; for CHN; as ambassador to Kenya"),
    ("Former Ghanaian president Kwabena Asare left.", "Kwabena Asare; for GHA; as president"),
    ("Political analyst Lindiwe Mahlaba left.", "Lindiwe Mahlaba; private"),
    ("“No,” said Lindiwe Mahlaba.", "Lindiwe Mahlaba; private"),
    ("Lindiwe Mahlaba said no. Mahlaba left Norway.", "Lindiwe Mahlaba; aka Mahlaba; private"),
]


@pytest.mark.parametrize(("text", "expected"), ONE)
def test_one_person(people: Find, text: str, expected: str) -> None:
    assert people(text) == [expected]


SEVERAL = [
    (
        "Norwegian Foreign Minister Ingrid Solheim met her Danish counterpart, Lars Brandt.",
        ["Ingrid Solheim; for NOR; as Foreign Minister", "Lars Brandt; for DNK; as Foreign Minister"],
    ),
    (
        "Norwegian Premier Ingrid Solheim met Danish Premier Lars Brandt. Brandt and Solheim left.",
        ["Ingrid Solheim; aka Solheim; for NOR; as Premier", "Lars Brandt; aka Brandt; for DNK; as Premier"],
    ),
    (
        "Norwegian Premier Ingrid Solheim met Danish Premier Lars Brandt. Solheim and Brant left.",
        ["Ingrid Solheim; aka Solheim; for NOR; as Premier", "Lars Brandt; aka Brant; for DNK; as Premier"],
    ),
    (
        "Norwegian Premier Ingrid Solheim met Norwegian Senator Erik Solheim. Erik Solheim left.",
        ["Ingrid Solheim; for NOR; as Premier", "Erik Solheim; for NOR; as Senator"],
    ),
    (
        "Norwegian Premier Ingrid Solheim met Danish Premier Lars Brandt. Zielonka left, said Marek Zielonka.",
        [
            "Ingrid Solheim; for NOR; as Premier",
            "Lars Brandt; for DNK; as Premier",
            "Marek Zielonka; aka Zielonka; private",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_people(people: Find, text: str, expected: list[str]) -> None:
    assert people(text) == expected


def test_a_surname_of_two_is_the_one_introduced_first(tell: Tell) -> None:
    text = (
        "Norwegian Premier Ingrid Solheim and Senator Erik Solheim spoke. Solheim condemned Chad. "
        "Erik Solheim condemned Niger."
    )
    facts = tell(text)
    said = {event.recipients: event.actors for event in facts.events if event.category == "ACCUSE"}
    assert said == {
        ("state/TCD",): ("person/ingrid-solheim",),
        ("state/NER",): ("person/erik-solheim",),
    }


def test_a_post_has_its_state_and_its_body(tell: Tell) -> None:
    facts = tell("Norwegian Foreign Minister Ingrid Solheim met NATO chief Willem Hartog.")
    posts = {post.key: (post.state, post.organization) for person in facts.people for post in person.posts}
    assert posts == {
        "post/nor-foreign-minister": ("state/NOR", None),
        "post/nato-nato-chief": (None, "organization/nato"),
    }


KEYS = [
    ("President Ingrid Solheim left.", "person/ingrid-solheim"),
    ("President María Quintero left.", "person/maria-quintero"),
    ("President Park Ji-won left.", "person/park-ji-won"),
]


@pytest.mark.parametrize(("text", "key"), KEYS)
def test_keys(tell: Tell, text: str, key: str) -> None:
    assert [person.key for person in tell(text).people] == [key]


def test_a_lone_name_is_no_namesake_of_another_article(tell: Tell) -> None:
    keys = {tell(text).people[0].key for text in ("President Sukardjo left.", "President Sukardjo came.")}
    assert len(keys) == 2
    assert all(key.startswith("person/sukardjo-") for key in keys)


def test_no_state_is_guessed_where_the_text_is_of_two(people: Find) -> None:
    found = people("President Ingrid Solheim left. Chad and Niger spoke.")
    assert found == ["Ingrid Solheim; as President"]


OFFICES = [
    ("Norwegian President Ada Berg left.", "Ada Berg; for NOR; as President"),
    ("Ada Berg, president of Fiskerlag, left Norway.", "Ada Berg; private"),
    ("President Ada Berg left Norway. Berg, founder of a church, smiled.", "Ada Berg; aka Berg; private"),
    ("Ada Berg, leader of the Norwegian Labour Party, left.", "Ada Berg; private"),
    ("Norwegian presidential candidate Ada Berg left.", "Ada Berg; private"),
    ("Ada Berg, an official in the Norwegian Ministry of Health, left.",
     "Ada Berg; for NOR; as official in the Norwegian Ministry of Health"),
    ("Ada Berg, the secretary, left Norway.", "Ada Berg; private"),
    ("The Norwegian army said the defence minister, Ada Berg, met Chad.", "Ada Berg; for NOR; as defence minister"),
    ("Norway's representative to the UN, Ada Berg, left.", "Ada Berg; for NOR; as representative to the UN"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OFFICES)
def test_who_holds_an_office(people: Find, text: str, expected: str) -> None:
    assert people(text) == [expected]


def test_a_party_leader_is_in_public_life(dyads: Find) -> None:
    assert dyads("Ada Berg, leader of the Norwegian Labour Party, met a Chadian driver.") == ["CONSULT NOR+TCD > -"]
