"""The page on feeds: its commands are run against a newspaper on this machine, and give what is shown."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.pages import read, section
from docs.test_readme import matches, run, steps
from kg.fetch.client import _MOST_REDIRECTS, _TRIES
from kg.fetch.pace import LONGEST_WAIT
from kg.fetch.robots import AGENT
from kg.pipeline import BATCH_DOCUMENTS
from kg.watch.folders import QUIET_SECONDS
from publishing import Page, Publisher, item, page, publishing, rss
from stories import tell

PAGE = read("docs/feeds.md")
SHOWN = "http://localhost:8340"


@pytest.fixture
def newspaper() -> Iterator[Publisher]:
    """The newspaper of Tern Bay."""
    text = "Kenyan Foreign Minister Amina Tolliver condemned Uganda's closure of the bridge."
    whole = f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded>"
    day = "<pubDate>Mon, {} Mar 2031 10:00:00 +0300</pubDate><category>World</category>"
    with publishing() as paper:
        paper["/world.rss"] = rss(
            item("/news/1", title="Kenya condemns closure of bridge", more=day.format("03") + whole),
            item("/news/2", title="Fiji and Peru hold talks in Suva", more=day.format("04")),
            item("/news/3", title="Chile praises Estonia", more=day.format("05")),
        )
        told = "<p>Fiji met Peru on Monday, Foreign Minister Ana Silva of Fiji said in the capital.</p>"
        second = f"<html><body><article><h1>Fiji and Peru hold talks in Suva</h1>{told}</article></body></html>"
        paper["/news/2"] = Page(second.encode(), etag='"2"')
        paper["/news/4"] = page(4)
        yield paper


def test_the_page_shows_what_its_commands_give(
    newspaper: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
    address = f"http://localhost:{newspaper.port}"
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(tell(7))
    ran = []
    for shown_command, shown_output in steps(PAGE):
        command, shown = (text.replace(SHOWN, address) for text in (shown_command, shown_output))
        if command.startswith("cat "):
            (tmp_path / command.split()[1]).write_text(shown, "utf-8")
            continue
        real = run(f"export KG_FETCH_DELAY=0; {command}", tmp_path)
        assert matches(shown, real), f"$ {command}{real}"
        ran.append(shlex.split(command)[1])
    assert ran == ["ingest", "ingest", "query", "ingest", "watch"]


def test_figures_of_the_page_are_those_of_the_code() -> None:
    assert (AGENT, LONGEST_WAIT, QUIET_SECONDS, BATCH_DOCUMENTS, _TRIES) == ("geokg", 120, 2, 20, 3)
    polite = section(PAGE, "Politeness")
    assert "under the name `geokg`" in polite and "more than two minutes" in polite and "three times" in polite
    assert "Ten redirects" in polite and _MOST_REDIRECTS == 10
    assert "for two seconds" in PAGE and re.search(r"at most 20 articles", PAGE)
