"""The home state: whose offices an article names without saying whose."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.resolve.home import home_state
from kg.types import Article


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


BY_TEXT = [
    ("CAIRO – The foreign minister left.", "EGY"),
    ("CAIRO, 4 March – The foreign minister left.", "EGY"),
    ("CAIRO (Reuters) - The foreign minister left.", "EGY"),
    ("Cairo: Chad and Niger left.", None),
    ("LONDON/CAIRO - The foreign minister left.", "GBR"),
    ("Chad, Chad, Niger and Mali left.", "TCD"),
    ("Chad, Chad and Niger left.", "TCD"),
    ("Chad and Niger left.", None),
    ("Chad, Niger and Mali left.", None),
    ("Chad, Chad, Niger and Niger left.", None),
    ("Nobody left.", None),
    ("CAIRO – Chad, Chad, Chad and Chad left.", "EGY"),
    ("They met in Cairo - Chad, Chad and Chad left.", "TCD"),
]


@pytest.mark.parametrize(("text", "expected"), BY_TEXT)
def test_home_by_text(extractor: Extractor, text: str, expected: str | None) -> None:
    article = Article("a", text, "en")
    assert home_state(article, extractor.extract(article)) == expected


BY_ADDRESS = [
    ("https://news.example.ng/1", "Nigeria and Chad left.", "NGA"),
    ("https://news.example.co.uk/1", "Britain and Chad left.", "GBR"),
    ("https://news.example.ng/1", "Chad left.", "TCD"),
    ("https://news.example.com/1", "Nigeria and Chad left.", None),
    ("https://news.example.ng:8080/1", "Nigeria and Chad left.", "NGA"),
    ("https://news.example.ng/1", "CAIRO – Nigeria left.", None),
    ("https://news.example.eg/1", "CAIRO – Chad left.", "EGY"),
    ("https://10.0.0.1/1", "Nigeria and Chad left.", None),
    ("https://todaychad.example/1", "Chad and Niger left.", None),
    ("https://todaynicaragua.com/1", "Nicaragua and Chad left.", "NIC"),
    ("https://iran-times.com/1", "Iran and Chad left.", "IRN"),
    ("https://www.batimes.com.ar/1", "Argentina and Chad left.", "ARG"),
    ("https://english.lematinal.media/1", "Mauritius and Chad left.", "MUS"),
    ("https://www.koreaherald.com/1", "Police held ten students.", "KOR"),
    ("https://www.koreaherald.com/1", "Boys ran. " * 9 + "They saw Chad.", "KOR"),
    ("https://www.koreaherald.com/1", "Foreign Minister Ada Berg met aides. Chad, Chad and Niger left.", "KOR"),
    ("https://www.koreaherald.com/1", "UN Secretary-General Ada Berg met aides. Chad, Chad and Niger left.", "TCD"),
    ("https://www.koreaherald.com/1", "Chad, Chad and Niger left. Foreign Minister Ada Berg came.", "TCD"),
    ("not an address", "Nigeria and Chad left.", None),
]


@pytest.mark.parametrize(("url", "text", "expected"), BY_ADDRESS)
def test_home_by_address(extractor: Extractor, url: str, text: str, expected: str | None) -> None:
    article = Article("a", text, "en", url=url)
    assert home_state(article, extractor.extract(article)) == expected


def test_the_dateline_may_stand_below_the_title(extractor: Extractor) -> None:
    article = Article("a", "Chad Talks End\n\nCAIRO – The minister left.", "en", title="Chad Talks End")
    assert home_state(article, extractor.extract(article)) == "EGY"
