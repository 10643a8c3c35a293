"""Elements of HTML, XHTML and NITF -> the lines of the article that stand in them."""

from __future__ import annotations

import html
from typing import Any

import lxml.html
from lxml import etree

from kg.sources.elements import local_name
from kg.sources.markup import has_markup
from kg.sources.normalise import normalise
from kg.sources.paragraphs import to_paragraphs

# What ends the line before it and its own. All other elements stand in a line: links, names, dates, emphasis.
_BLOCKS = frozenset([
    "address", "article", "block", "blockquote", "body", "body.content", "br", "caption", "center", "dd", "div",
    "dl", "dt", "fieldset", "h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "hr", "li", "main", "ol", "p", "pre",
    "section", "tbody", "td", "th", "thead", "tr", "ul",
])  # fmt: skip
# What is no sentence of the article: pictures, menus, notes to editors, what nobody sees.
_UNSHOWN = frozenset([
    "aside", "audio", "bibliography", "body.end", "body.head", "button", "canvas", "copyrite", "credit", "embed",
    "figcaption", "fn", "figure", "footer", "form", "head", "header", "iframe", "img", "math", "media", "nav",
    "note", "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "title", "video",
])  # fmt: skip
_TABLES = frozenset(["table", "nitf-table"])
_PRE = "pre"


def find_paragraphs(*elements: Any) -> tuple[str, ...]:
    """The paragraphs in `elements`. Tables are left out, unless all words stand in tables."""
    for unshown in (_UNSHOWN | _TABLES, _UNSHOWN):
        lines = [line for element in elements for line in _find_lines(element, unshown)]
        paragraphs = to_paragraphs(normalise("\n\n".join(lines)))
        if paragraphs:
            return paragraphs
    return ()


def text_of(element: Any) -> str:
    """The words of an element in one line, "" for none."""
    return " ".join(normalise(" ".join(_find_lines(element, _UNSHOWN))).split()) if element is not None else ""


def _parse_markup(markup: str) -> Any:
    """The tree of an HTML page or fragment, None where there is nothing in it.

    The parser mends what is broken and stops at what is nested too deeply.
    """
    parser = lxml.html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        return lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None


def read_markup(text: str) -> tuple[str, ...]:
    """The paragraphs of `text`, which may be plain or hold HTML."""
    return read_fragment(text) if has_markup(text) else to_paragraphs(normalise(text))


def read_fragment(markup: str) -> tuple[str, ...]:
    """The paragraphs of an HTML page, or a part of one."""
    tree = _parse_markup(markup)
    return find_paragraphs(tree) if tree is not None else ()


def _find_lines(element: Any, unshown: frozenset[str]) -> list[str]:
    """The lines of an element in order, without a recursion that a deep tree could exhaust."""
    lines: list[list[str]] = [[]]
    todo: list[Any] = [element]
    while todo:
        node = todo.pop()
        if isinstance(node, str):
            lines[-1].append(node)
        elif node is None:
            lines.append([])
        elif node.tag is etree.Entity:
            lines[-1].append(html.unescape(f"&{node.name};"))
        elif (name := local_name(node).lower()) and (name not in unshown or node is element):
            is_block = name in _BLOCKS
            todo.extend(reversed(_parts(node, keep_lines=name == _PRE)))
            if is_block:
                lines.append([])
    return [line for pieces in lines if (line := "".join(pieces).strip())]


def _parts(node: Any, *, keep_lines: bool) -> list[Any]:
    """What stands in an element: texts, elements and, for the end of a block, None."""
    texts = [node.text, *(child.tail for child in node)]
    shown = [(text or "") if keep_lines else _in_one_line(text or "") for text in texts]
    parts: list[Any] = [shown[0]]
    for child, tail in zip(node, shown[1:], strict=True):
        parts += [child, tail]
    return [*parts, None] if local_name(node).lower() in _BLOCKS else parts


def _in_one_line(text: str) -> str:
    """`text` with its line breaks as spaces: in markup they mean no more."""
    return " ".join(text.split("\n")).replace("\r", " ").replace("\t", " ")
