from __future__ import annotations

import pytest

from kg.examples import Example, load_examples, read_example


@pytest.mark.parametrize(
    ("text", "title"),
    [("# Who spoke\n# to whom?\nSELECT", "Who spoke to whom?"), ("SELECT # no", "who spoke"), ("", "who spoke")],
)
def test_read_example(text: str, title: str) -> None:
    assert read_example(text, name="who-spoke") == Example(title, text, "who-spoke")


def test_each_example_says_what_it_asks() -> None:
    examples = load_examples()
    assert len({example.name for example in examples}) == len(examples) >= 10
    assert [example.name for example in examples if not example.title.endswith("?")] == []
