"""Titles: the office beside a name, as role, state, and whether it is a public one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from faults import fault

Find = Callable[[str], list[str]]

BEFORE = [
    ("Norwegian Foreign Minister Ingrid Solheim arrived.", "Ingrid Solheim = Foreign Minister/NOR"),
    ("Norway's foreign minister Ingrid Solheim arrived.", "Ingrid Solheim = foreign minister/NOR"),
    ("Norway’s Prime Minister Ingrid Solheim arrived.", "Ingrid Solheim = Prime Minister/NOR"),
    ("Pakistan Prime Minister Kamran Bukhari spoke.", "Kamran Bukhari = Prime Minister/PAK"),
    ("US Secretary of State Helen Corrigan left.", "Helen Corrigan = Secretary of State/USA"),
    ("U.S. Defense Secretary Ray Holcombe left.", "Ray Holcombe = Defense Secretary/USA"),
    ("The Ghanaian minister of defence, Ama Boatemaa, left.", "Ama Boatemaa = minister of defence/GHA"),
    (
        "Ghana's minister for Roads and Highways, Ama Boatemaa, left.",
        "Ama Boatemaa = minister for Roads and Highways/GHA",
    ),
    ("Ukrainian Air Force spokesman Bohdan Kravets spoke.", "Bohdan Kravets = Air Force spokesman/UKR"),
    ("Kenyan government spokesperson Wanjiku Mbogo spoke.", "Wanjiku Mbogo = government spokesperson/KEN"),
    ("Vice President Aung Thura resigned.", "Aung Thura = Vice President"),
    ("President-elect Laura Benavides smiled.", "Laura Benavides = President-elect"),
    ("Prime Minister-designate Jonas Petraitis smiled.", "Jonas Petraitis = Prime Minister-designate"),
    ("Crown Prince Khalid bin Rashid flew home.", "Khalid bin Rashid = Crown Prince"),
    ("PM Kamran Bukhari chaired it.", "Kamran Bukhari = PM"),
    ("Chief Justice Maria Velasco dissented.", "Maria Velasco = Chief Justice"),
    ("Lt Col Peter Abela fell ill.", "Peter Abela = Lt Col"),
    ("Deputy Interior Minister Yusuf Ozkan fell ill.", "Yusuf Ozkan = Deputy Interior Minister"),
    (
        "Bangladesh High Commissioner to India Mahbub Talukder left.",
        "Mahbub Talukder = High Commissioner to India/BGD",
    ),
    ("Speaker of the National Assembly Moses Wetende left.", "Moses Wetende = Speaker of the National Assembly"),
    ("Chinese Vice Foreign Minister Zhang Weimin left.", "Zhang Weimin = Vice Foreign Minister/CHN"),
    ("Her brother, the Danish envoy Niels Frandsen, left.", "Niels Frandsen = envoy/DNK"),
]

AFTER = [
    ("Ingrid Solheim, the Norwegian foreign minister, left.", "Ingrid Solheim = foreign minister/NOR"),
    ("Ingrid Solheim, Norway's minister of fisheries, left.", "Ingrid Solheim = minister of fisheries/NOR"),
    ("Lindiwe Mahlaba, South Africa's deputy president, left.", "Lindiwe Mahlaba = deputy president/ZAF"),
    ("Zhang Weimin, China's ambassador to Kenya, left.", "Zhang Weimin = ambassador to Kenya/CHN"),
    ("Jake Tolliver, the US National Security Advisor, left.", "Jake Tolliver = National Security Advisor/USA"),
    ("Grace Achieng (the opposition leader) left.", "Grace Achieng = opposition leader"),
    ("Ingrid Solheim is prime minister of Norway.", "Ingrid Solheim = prime minister/NOR"),
    ("Ingrid Solheim, who was Norwegian prime minister, left.", "Ingrid Solheim = prime minister/NOR"),
    (
        "Petra Novak, director of the Slovenian intelligence service, left.",
        "Petra Novak = director of the Slovenian intelligence service/SVN",
    ),
]

OF_STATE = [
    ("the President of the Republic of Chad, Idrissa Maloum, left.", "Idrissa Maloum = President/TCD"),
    ("the President of Chad, Idrissa Maloum, left.", "Idrissa Maloum = President/TCD"),
    ("The king of Jordan, Hamid bin Talib, left.", "Hamid bin Talib = king/JOR"),
    ("The Danish ambassador to Ghana Niels Frandsen left.", "Niels Frandsen = ambassador to Ghana/DNK"),
    (
        "The Danish ambassador to Israel Niels Frandsen left.",
        "Niels Frandsen = ambassador to Israel/DNK",
    ),
    ("The UN envoy for Libya, Niels Frandsen, left.", "Niels Frandsen = UN envoy for Libya"),
    ("The UN envoy, Jan Frandsen, left.", "Jan Frandsen = UN envoy"),
]

NO_STATE = [
    ("The President of the Republic, Idrissa Maloum, left.", "Idrissa Maloum = President of the Republic"),
    ("He met the President, His Royal Highness Sheikh Hamad bin Saif.", "Hamad bin Saif = President"),
    ("He met the Queen, Her Majesty Ada Berg.", "Ada Berg = Queen"),
    ("Ada Berg, president of Fiskerlag, left.", "Ada Berg = ~president of Fiskerlag"),
    ("Ada Berg, president of the Senate, left.", "Ada Berg = president of the Senate"),
    ("Presidential candidate Ada Berg left.", "Ada Berg = ~Presidential candidate"),
    ("Conservative politician Ada Berg left.", "Ada Berg = ~Conservative politician"),
    ("Ada Berg, leader of the Labour Party, left.", "Ada Berg = ~leader of the Labour Party"),
    ("Rebel leader Ada Berg left.", "Ada Berg = ~Rebel leader"),
    ("Senior Chadian official Idrissa Maloum left.", "Idrissa Maloum = Senior official/TCD"),
    ("Idrissa Maloum, an official in the Ministry of Health, left.",
     "Idrissa Maloum = official in the Ministry of Health"),
    ("Idrissa Maloum, a manager in the hotel, left.", "Idrissa Maloum = ~manager"),
]  # fmt: skip

TENSE = [
    ("The former Ghanaian president Kwabena Asare left.", "Kwabena Asare = president/GHA"),
    ("Acting President Tevita Lolohea signed.", "Tevita Lolohea = President"),
    ("Egypt's then prime minister Samir Fahmy signed.", "Samir Fahmy = prime minister/EGY"),
    ("Ousted Malian leader Moussa Traore-Diallo signed.", "Moussa Traore-Diallo = leader/MLI"),
    ("Kwabena Asare, a former president of Ghana, left.", "Kwabena Asare = president/GHA"),
    ("Outgoing Chilean Finance Minister Rosa Ibarra left.", "Rosa Ibarra = Finance Minister/CHL"),
    ("ex-minister Rosa Ibarra left.", "Rosa Ibarra = minister"),
]

MINISTRIES = [
    (
        "The Secretary of State for Digital, Culture, Media and Sport, Alan Prewitt, left.",
        "Alan Prewitt = Secretary of State for Digital, Culture, Media and Sport",
    ),
    (
        "Minister for Women, Family and Community Development Siti Rahmah Yusof left.",
        "Siti Rahmah Yusof = Minister for Women, Family and Community Development",
    ),
    (
        "Prakash Adhikari, secretary of the Ministry of Forests and Environment, left.",
        "Prakash Adhikari = secretary of the Ministry of Forests and Environment",
    ),
    (
        "Foreign ministry spokesman Faisal Qureshi left.",
        "Faisal Qureshi = Foreign ministry spokesman",
    ),
    fault(
        "Minister of Health and Population Hala Mansour left.",
        "Hala Mansour = Minister of Health and Population",
        reason="a ministry's subject in no list ends the title before the name",
    ),
    ("Minister of Foreign Affairs Hala Mansour left.", "Hala Mansour = Minister of Foreign Affairs"),
    (
        "Minister of Justice and Public Works Hala Mansour left.",
        "Hala Mansour = Minister of Justice and Public Works",
    ),
    (
        "Minister of Higher Education and Scientific Research Hala Mansour left.",
        "Hala Mansour = Minister of Higher Education and Scientific Research",
    ),
]

COUNTERPARTS = [
    ("He met his South Korean counterpart, Bae Sung-min.", "Bae Sung-min = counterpart/KOR*"),
    ("He met his Chinese counterpart Zhang Weimin on Monday.", "Zhang Weimin = counterpart/CHN*"),
    ("He met Zhang Weimin, his Chinese counterpart, on Monday.", "Zhang Weimin = counterpart/CHN*"),
]

PRIVATE = [
    ("Lindiwe Mahlaba, a political analyst, left.", "Lindiwe Mahlaba = ~political analyst"),
    ("Opera singer Carla Bonetti left.", "Carla Bonetti = ~Opera singer"),
    ("The human rights activist Thandi Zulu left.", "Thandi Zulu = ~human rights activist"),
    ("Professor Alan Prewitt of Durham University left.", "Alan Prewitt = ~Professor"),
    (
        "Karim Haddad, the head of a bakery, left.",
        "Karim Haddad = ~head",
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), BEFORE + AFTER + OF_STATE + NO_STATE + TENSE + MINISTRIES + COUNTERPARTS + PRIVATE
)
def test_a_title_beside_a_name(titled: Find, text: str, expected: str) -> None:
    assert titled(text) == [expected]


SEVERAL = [
    (
        "Ingrid Solheim and Lars Brandt, Norwegian ministers, met.",
        ["Ingrid Solheim = minister/NOR", "Lars Brandt = minister/NOR"],
    ),
    (
        "Ingrid Solheim and Lars Brandt, foreign ministers of Norway and Denmark, met.",
        ["Ingrid Solheim = foreign minister/NOR", "Lars Brandt = foreign minister/DNK"],
    ),
    (
        "Foreign ministers Ingrid Solheim and Lars Brandt met.",
        ["Ingrid Solheim = Foreign minister", "Lars Brandt = Foreign minister"],
    ),
    (
        "Presidents Tomas Havel and Marek Zielonka met.",
        ["Tomas Havel = President", "Marek Zielonka = President"],
    ),
    (
        "Norwegian Foreign Minister Ingrid Solheim and her Danish counterpart Lars Brandt met.",
        ["Ingrid Solheim = Foreign Minister/NOR", "Lars Brandt = counterpart/DNK*"],
    ),
    (
        "President Idrissa Maloum and Prime Minister Haroun Kabadi met.",
        ["Idrissa Maloum = President", "Haroun Kabadi = Prime Minister"],
    ),
    (
        "Zhang Weimin, China's defence minister and a member of the Chinese cabinet, left.",
        ["Zhang Weimin = defence minister/CHN, member of the Chinese cabinet/CHN"],
    ),
    fault(
        "Deputy Prime Minister and Foreign Minister Hamzah Iskandar left.",
        ["Hamzah Iskandar = Deputy Prime Minister, Foreign Minister"],
        reason="of two titles joined before a name only the second is kept",
    ),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_titles_of_several_people_or_several_titles(titled: Find, text: str, expected: list[str]) -> None:
    assert titled(text) == expected


TREES = [
    ("Olu Adeyemi, who served as trade minister until 2019, left.", ["Olu Adeyemi = trade minister"]),
    ("Olu Adeyemi was appointed ambassador to Peru.", ["Olu Adeyemi = ambassador to Peru"]),
    ("Olu Adeyemi wants to become president of Ghana.", []),
    ("Olu Adeyemi is not a minister.", []),
    (
        "The president of the Supreme Electoral Tribunal (TSE), Olu Adeyemi remarked that it was late.",
        ["Olu Adeyemi = president of the Supreme Electoral Tribunal"],
    ),
    ("Olu Adeyemi, another former vice-minister of public security, left.",
     ["Olu Adeyemi = vice-minister of public security"]),
    (
        "Presidents Laurent Ondo of Chad and Bakary Sangare of Niger met.",
        ["Laurent Ondo = President/TCD", "Bakary Sangare = President/NER"],
    ),
    (
        "The foreign ministers of Chad and Niger, Laurent Ondo and Bakary Sangare, met.",
        ["Laurent Ondo = foreign minister/TCD", "Bakary Sangare = foreign minister/NER"],
    ),
    ("They named Peru's Rosa Ibarra, with Olu Adeyemi as vice president.", ["Olu Adeyemi = vice president"]),
    ("Chief of Defence Forces General Olu Adeyemi left.",
     ["Olu Adeyemi = General, Chief of Defence Forces"]),
    ("Speaking after talks with the president, Olu Adeyemi told reporters he was glad.", []),
    ("Club president Olu Adeyemi left.", ["Olu Adeyemi = ~Club president"]),
    ("Kremlin spokesman Pavel Orlov left.", ["Pavel Orlov = spokesman/RUS"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TREES)
def test_titles_that_only_the_tree_joins(titled: Find, text: str, expected: list[str]) -> None:
    assert titled(text) == expected


NONE = [
    "The president, who was in Oslo, flew to Bergen.",
    "The committee chair was broken.",
    "Ministers met in Oslo.",
    "General elections were held in Chad.",
]


@pytest.mark.parametrize("text", NONE)
def test_no_name_no_title(titled: Find, text: str) -> None:
    assert titled(text) == []
