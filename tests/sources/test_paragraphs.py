"""Lines become paragraphs."""

import pytest

from kg.sources.paragraphs import is_sentence, to_paragraphs

WRAPPED = """\
The foreign minister of Norway said on Monday that her country would
send two patrol boats to the coast of Kenya, and that talks about the
price had ended. Officials in Mombasa welcomed the plan and asked for
more.
The boats arrive in May. A crew of twelve comes with each of them, the
minister said.

A second paragraph stands here."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line.\nAnother line.", ["One line.", "Another line."]),
        ("One.\n\n \n\nTwo.", ["One.", "Two."]),
        ("  too   many  spaces ", ["too many spaces"]),
        ("onions\ngarlic\nsalt", ["onions", "garlic", "salt"]),
        (
            "The minister, who had spoken to the press before he left,\nwas not available.",
            ["The minister, who had spoken to the press before he left, was not available."],
        ),
        ("The White House\nThe USA and South Korea", ["The White House", "The USA and South Korea"]),
        ("", []),
    ],
)
def test_lines(text: str, expected: list[str]) -> None:
    assert list(to_paragraphs(text)) == expected


def test_hard_wrapped_lines_are_joined_and_paragraphs_kept() -> None:
    first, second, third = to_paragraphs(WRAPPED)
    assert first.startswith("The foreign minister of Norway") and first.endswith("asked for more.")
    assert second == "The boats arrive in May. A crew of twelve comes with each of them, the minister said."
    assert third == "A second paragraph stands here."


def test_a_hyphen_at_the_end_of_a_wrapped_line_stays_without_a_space() -> None:
    assert (
        "the co-operation of"
        in to_paragraphs(WRAPPED.replace("talks about the\n", "talks on the co-\noperation of\n"))[0]
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The two sides met in Paris.", True),
        ("“We will not go to Paris.”", True),
        ("The two sides met in Paris", False),
        ("Read more.", False),
    ],
)
def test_sentences(line: str, expected: bool) -> None:
    assert is_sentence(line) is expected
