"""A Markdown file -> Draft: what its front matter says, and its paragraphs without marks.

The body is CommonMark with tables: https://spec.commonmark.org/. What the marks mean is gone, what they mark stays:
headings, items of lists and quotations are paragraphs; links keep their words; pictures, code and tables are left out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.sources.address import tidy_url
from kg.sources.blocks import read_fragment
from kg.sources.dates import read_field_date
from kg.sources.draft import Draft
from kg.sources.encoding import decode
from kg.sources.frontmatter import split_front_matter
from kg.sources.names import NAMES, PUBLISHED, PUBLISHER, URL, key_of
from kg.sources.normalise import normalise
from kg.sources.paragraphs import to_paragraphs

_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:?")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]{1,200}\|)?([^\[\]|]{1,200})\]\]")
# Static sites say by `published: true` that a page is shown.
_NO_DAY = frozenset(["", "true", "false", "yes", "no"])
_BREAK = "\n\n"


def read_markdown(content: bytes) -> Draft:
    """The draft that the bytes of a Markdown file hold.

    Raises:
        SourceError: the bytes are no text, or the front matter is broken or gives no date that exists.
    """
    said, body = split_front_matter(decode(content).replace("\r\n", "\n"))
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)
    title = next(_values(said, "title"), None) or _heading(tokens)
    return Draft(
        paragraphs=to_paragraphs(normalise(_BREAK.join(_blocks(tokens)))),
        headed=title is None,
        title=title,
        url=next(filter(None, map(tidy_url, _values(said, URL, PUBLISHER, "permalink"))), None),
        published=_published(said),
        section=next(_values(said, "section"), None),
        publisher=next((value for value in _values(said, PUBLISHER) if not tidy_url(value)), None),
        language=next(_values(said, "language"), None),
    )


def _published(said: Mapping[str, str]) -> dt.date | None:
    names = (name for name in NAMES[PUBLISHED] if said.get(key_of(name), "").lower() not in _NO_DAY)
    name = next(names, None)
    return read_field_date(f'"{name}" in the front matter', said[key_of(name)]) if name else None


def _values(said: Mapping[str, str], *fields: str) -> Iterator[str]:
    """What the front matter says under the names of our fields, or under a name of its own."""
    names = (name for field in fields for name in NAMES.get(field, (field,)))
    return (" ".join(normalise(value).split()) for name in names if (value := said.get(key_of(name))))


def _heading(tokens: Sequence[Token]) -> str | None:
    """The text of the heading that opens the file."""
    opens = len(tokens) > 1 and tokens[0].type == "heading_open"
    return " ".join(normalise(_inline(tokens[1])).split()) or None if opens else None


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """The text of each block, those of tables and code left out."""
    tables = 0
    for token in tokens:
        tables += (token.type == "table_open") - (token.type == "table_close")
        if token.type == "inline" and not tables:
            yield _inline(token)
        elif token.type == "html_block":
            yield _BREAK.join(read_fragment(token.content))


def _inline(token: Token) -> str:
    """The words of a paragraph or heading, without marks; "" for a footnote."""
    text = "".join(map(_piece, token.children or ()))
    if _FOOTNOTE.match(text) and text.partition("]")[2].startswith(":"):
        return ""
    return _FOOTNOTE.sub("", _WIKI_LINK.sub(r"\1", text))


def _piece(token: Token) -> str:
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak" or (token.type == "html_inline" and token.content.lower().startswith("<br")):
        return _BREAK
    return token.content if token.type in ("text", "text_special", "code_inline") else ""
