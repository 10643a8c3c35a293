"""English is told from other languages, in single sentences full of names too."""

import pytest

from kg.errors import SourceError
from kg.sources.language import require_declared_english, require_english


@pytest.mark.parametrize(
    "text",
    [
        "Norway thanks Kenya.",
        "Sheikh Hamad bin Khalid Al Nasiri receives Omar bin Said Al Mazroui.",
        "Presiden Joko Susanto and Nguyễn Văn Bình met Recep Yılmaz in Kraków.",
        "Lomé summit: Togo, Bénin, Burkina Faso agree.",
        "The minister condemned the attack.",
        "Le Monde and Die Zeit reported that the talks of the Bundestag with the Assemblée nationale had ended.",
    ],
)
def test_english_passes(text: str) -> None:
    require_english(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le ministre des affaires étrangères a condamné mardi les attaques contre la ville.", "French"),
        ("El presidente de México dijo el lunes que no habrá acuerdo con los sindicatos.", "Spanish"),
        ("Der Kanzler sagte am Montag, er werde nicht in die Türkei reisen.", "German"),
        ("De president was gisteren in Berlijn, zei de minister van Buitenlandse Zaken.", "Dutch"),
        ("Presiden mengatakan pada hari Senin bahwa perundingan telah dimulai.", "Indonesian"),
        ("Президент сказал в понедельник, что переговоры закончены.", "Russian"),
        ("大統領は月曜日に交渉が終わったと述べた。", "Japanese"),
        ("قال الرئيس يوم الاثنين إن المفاوضات انتهت", "Arabic"),
    ],
)
def test_other_languages_are_named(text: str, language: str) -> None:
    with pytest.raises(SourceError, match=language):
        require_english(text)


def test_the_greater_part_decides() -> None:
    english = "The president of the republic condemned the attacks on the city on Tuesday. "
    french = "Le président de la république a condamné mardi les attaques contre la ville. "
    require_english(english * 20 + french * 4)
    with pytest.raises(SourceError, match="French"):
        require_english(french * 20 + english * 2)


@pytest.mark.parametrize(
    "tag", [None, "", "en", "en-GB", "EN_us", " English", "und", "mul", "x-klingon", "lang:en", "17"]
)
def test_english_or_nothing_known_may_be_declared(tag: str | None) -> None:
    require_declared_english(tag)


@pytest.mark.parametrize(
    ("tag", "name"), [("de", "German"), ("FR-ca", "French"), ("Spanish", "Spanish"), ("zh_Hans", "Chinese")]
)
def test_another_language_that_is_declared_is_refused(tag: str, name: str) -> None:
    with pytest.raises(SourceError, match=f"its language is {name}"):
        require_declared_english(tag)
