"""Markdown: front matter of static sites and web clippers, and paragraphs without marks."""

import datetime as dt

import pytest

from kg.errors import SourceError
from kg.sources.draft import Draft
from kg.sources.markdown import read_markdown

FIRST = "Kenya and Norway signed a treaty on fishing in Mombasa on Tuesday."
SECOND = "“We will keep our word,” Kenya’s foreign minister, Amina Otieno, said."


def read(text: str) -> Draft:
    return read_markdown(text.encode())


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Treaty signed\ndate: 2024-01-09T10:00:00+03:00\nurl: https://example.org/a\nsection: World\n"
        "publisher: Example\nlang: en\n---\n",
        '---\r\ntitle: "Treaty signed"\r\nauthor:\r\n  - "[[Jane Doe]]"\r\npublished: 2024-01-09\r\n'
        "source: https://example.org/a\r\nsite: Example\r\ncategories: [World, Fish]\r\nlanguage: en\r\n---\r\n",
        "---\nTitle: >\n  Treaty\n  signed\npublished: true\ndate: 9 January 2024\ncanonical_url: https://example.org/a\n"
        "category: World\npublisher: {name: Example}\nlang: en\n...\n",
        '+++\ntitle = "Treaty signed"\ndate = 2024-01-09T10:00:00Z\nlink = "https://example.org/a"\nlang = "en"\n'
        'categories = ["World"]\npublisher = "Example"\ntags = []\n+++\n',
        "\ufeff---\ntitle: Treaty signed\nDate: 25.12.2024\npubDate: 2024-01-09\npublication date: 2024-01-09\n"
        "permalink: https://example.org/a\nsection: World\npublication: Example\nlang: en\n---\n".replace(
            "Date: 25.12.2024\n", ""
        ),
    ],
)
def test_front_matter(front: str) -> None:
    draft = read(f"{front}\n{FIRST}\n")
    assert (draft.title, draft.url, draft.published) == ("Treaty signed", "https://example.org/a", dt.date(2024, 1, 9))
    assert (draft.section, draft.publisher, draft.language) == ("World", "Example", "en")
    assert draft.paragraphs == (FIRST,)


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        (f"{FIRST}\n\n{SECOND}", (FIRST, SECOND)),
        ("**Kenya** and [Norway](https://example.org \"x\") signed a *treaty* on `fishing`\nin Mombasa on Tuesday.",
         (FIRST,)),
        ("Kenya and [[Norway]] signed [[fishing|a treaty on fishing]] in Mombasa on Tuesday.[^1]\n\n[^1]: So they say.",
         (FIRST,)),
        (f"{FIRST}  \n{SECOND}", (FIRST, SECOND)),
        (f"{FIRST}<br>{SECOND}", (FIRST, SECOND)),
        (f"- {FIRST}\n- {SECOND}", (FIRST, SECOND)),
        (f"1. {FIRST}\n\n   > {SECOND}", (FIRST, SECOND)),
        (f"{FIRST}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\n    more\n\n{SECOND}", (FIRST, SECOND)),
        (f"![Two men.](a.jpg)\n\n{FIRST}\n\n[![x](b.png)](https://example.org)", (FIRST,)),
        (f"{FIRST}\n\n<!-- more -->\n\n<script>x()</script>\n\n<div><p>{SECOND}</p></div>", (FIRST, SECOND)),
        (f"{FIRST}\n\n## The words\n\n{SECOND}\n\n* * *\n", (FIRST, "The words", SECOND)),
        ("Fish &amp; chips\\* and ~~no~~ treaty.", ("Fish & chips* and no treaty.",)),
        (f"---\n\n{FIRST}", (FIRST,)),
    ],
)  # fmt: skip
def test_marks_go_and_words_stay(text: str, paragraphs: tuple[str, ...]) -> None:
    assert read(text).paragraphs == paragraphs


@pytest.mark.parametrize(
    ("text", "title", "headed"),
    [
        (f"# Treaty *signed*\n\n{FIRST}", "Treaty signed", False),
        (f"---\ntitle: Treaty signed\n---\n# Fish\n\n{FIRST}", "Treaty signed", False),
        (f"Treaty\nsigned\n======\n\n{FIRST}", "Treaty signed", False),
        (f"Treaty signed\n\n{FIRST}", None, True),
    ],
)
def test_the_title(text: str, title: str | None, headed: bool) -> None:
    draft = read(text)
    assert (draft.title, draft.headed) == (title, headed)


@pytest.mark.parametrize(
    ("front", "words"),
    [
        ("---\ntitle: [\n---\n", "broken YAML front matter at line"),
        ("---\na: b\ntitle: Kenya: a treaty\n---\n", "broken YAML front matter at line 3"),
        ("---\nno fields here\n---\n", "no fields"),
        ("---\n- a\n---\n", "no fields"),
        ("+++\ntitle = \n+++\n", "broken TOML front matter"),
        ("---\ndate: 03/04/2024\n---\n", '"date" in the front matter is "03/04/2024", which may be two days'),
        ("---\npublished: soon\n---\n", "must be a date that exists"),
        (f"---\na: {'x' * 100_001}\n---\n", "front matter has 100,0"),
        ("---\na: " + "[" * 50_000 + "\n---\n", "front matter"),
        ("---\na: !!python/object/apply:os.system [x]\n---\n", ""),
    ],
)
def test_what_is_wrong_is_said_in_one_line(front: str, words: str) -> None:
    try:
        draft = read(front + FIRST)
    except SourceError as error:
        assert words in str(error) and words
        assert len(str(error).splitlines()) == 1
    else:
        assert words == "" and draft.paragraphs == (FIRST,)


def test_aliases_are_not_multiplied() -> None:
    lists = "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]\n" for n in range(30))
    assert read(f"---\na0: &a0 [x]\n{lists}title: *a30\n---\n{FIRST}").title is None
