"""JSON Feed 1.0 and 1.1 -> Feed: https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from kg.fetch.feed import find_day
from kg.fetch.item import Feed, Item, make_key, one_line


def read_items(feed: dict[str, Any], url: str | None) -> Feed:
    """The items of a JSON Feed that was found at `url`; what is not as it must be is left out."""
    items = feed.get("items")
    found = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    base = url or _string(feed, "feed_url") or _string(feed, "home_page_url")
    return Feed.of([_read_item(item, feed, base) for item in found])


def _read_item(item: dict[str, Any], feed: dict[str, Any], base: str) -> Item:
    html, text = _string(item, "content_html"), _string(item, "content_text")
    tags = item.get("tags")
    made = Item(
        key="",
        link=_join(base, _string(item, "url") or _string(item, "external_url")),
        title=one_line(_string(item, "title")),
        published=find_day(_string(item, "date_published")),
        updated=_string(item, "date_modified") or None,
        section=next((tag for tag in tags if isinstance(tag, str)), None) if isinstance(tags, list) else None,
        publisher=one_line(_string(feed, "title")),
        content=html or text or None,
        summary=_string(item, "summary") or None,
        is_html=bool(html),
    )
    return make_key(made, _string(item, "id"))


def _string(of: dict[str, Any], name: str) -> str:
    """A member that is a string; readers take numbers as `id` too, as the specification asks."""
    value = of.get(name)
    number = name == "id" and isinstance(value, int | float) and not isinstance(value, bool)
    return str(value).strip() if isinstance(value, str) or number else ""


def _join(base: str, link: str) -> str | None:
    try:
        return urljoin(base, link) if link else None
    except ValueError:
        return link
