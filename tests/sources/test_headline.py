"""The headline is found where there is one, and stands once."""

import pytest

from kg.sources.headline import split_title

SENTENCE = "Kenya and Norway signed a treaty on fishing in Mombasa on Tuesday."


@pytest.mark.parametrize(
    ("paragraphs", "title"),
    [
        (["Kenya and Norway sign treaty", SENTENCE], "Kenya and Norway sign treaty"),
        (["‘A new start’ for Kenya", SENTENCE], "‘A new start’ for Kenya"),
        ([SENTENCE], None),
        ([SENTENCE, "The boats arrive in May, the minister said."], None),
        (["Kenya and Norway sign treaty"], None),
        (["MOMBASA — Kenya and Norway signed a treaty on fishing on Tuesday", SENTENCE], None),
        (["and so the treaty was signed", SENTENCE], None),
        (["The boats had left. The treaty", SENTENCE], None),
        (["The questions were these:", SENTENCE], None),
        (["Jane Doe", "Kenya and Norway sign treaty", SENTENCE], "Kenya and Norway sign treaty"),
        (["JANE DOE", SENTENCE], None),
        (["Norway Treaty", SENTENCE], "Norway Treaty"),
    ],
)
def test_plain_text(paragraphs: list[str], title: str | None) -> None:
    assert split_title(None, paragraphs, headed=True)[0] == title


def test_no_headline_is_looked_for_where_the_format_has_a_field_for_it() -> None:
    paragraphs = ["Kenya and Norway sign treaty", SENTENCE]
    assert split_title(None, paragraphs, headed=False) == (None, paragraphs)


@pytest.mark.parametrize(
    ("below", "body"),
    [
        (["Kenya and Norway sign treaty", SENTENCE], [SENTENCE]),
        (["Lake Naivasha", "The Port of Mombasa", SENTENCE], [SENTENCE]),
        (["Treaty criticised by fishermen", SENTENCE], ["Treaty criticised by fishermen", SENTENCE]),
        (["Treaty Signed", SENTENCE], ["Treaty Signed", SENTENCE]),
        ([SENTENCE, "Lake Naivasha", SENTENCE], [SENTENCE, "Lake Naivasha", SENTENCE]),
    ],
)
def test_below_the_headline(below: list[str], body: list[str]) -> None:
    title = "Kenya and Norway sign treaty"
    assert split_title(title, below, headed=True) == (title, body)
