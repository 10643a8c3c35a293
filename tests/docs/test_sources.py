"""The page of sources: its commands give what is shown, and its tables name what is read."""

from __future__ import annotations

import gzip
from pathlib import Path

from docs.pages import codes, read, rows, section
from docs.test_readme import matches, run, steps
from kg.sources import SUFFIXES
from kg.sources.names import NAMES

PAGE = read("docs/sources.md")
CRAWLED = (
    "<html><head><title>Norway votes on treaty</title><meta property='article:published_time' content='2024-01-14'>"
    "</head><body><article><h1>Norway votes on treaty</h1><p>Norway's parliament voted for the treaty with Kenya on "
    "Sunday, and Norwegian Prime Minister Kari Nordmann thanked it for its patience.</p><p>“The fish will not wait,” "
    "she told reporters in Oslo, and promised to send the papers to Kenya within a week.</p></article></body></html>"
)


def record(kind: str, url: str, block: str) -> bytes:
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Length: {len(block.encode())}\r\n\r\n"
    return gzip.compress(f"{head}{block}\r\n\r\n".encode())


def make_crawl() -> bytes:
    """An archive of a page between what is none, and a page that is damaged."""
    url = "https://news.example.org/4"
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{CRAWLED}"
    broken = bytearray(record("response", f"{url}/2", page))
    broken[60:64] = b"\xff\x00\xff\x00"
    picture = record("response", f"{url}.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG")
    return record("request", url, "GET /4 HTTP/1.1\r\n\r\n") + record("response", url, page) + picture + bytes(broken)


def test_the_page_shows_what_its_commands_give(tmp_path: Path) -> None:
    (tmp_path / "crawl.warc.gz").write_bytes(make_crawl())
    ran = 0
    for command, shown in steps(PAGE):
        if command.startswith("cat "):
            (tmp_path / command.split()[1]).write_text(shown, "utf-8")
        else:
            real = run(command, tmp_path)
            assert matches(shown, real), f"$ {command}{real}"
            ran += 1
    assert ran == 7


def test_every_suffix_is_described() -> None:
    listed = [suffix for row in rows(PAGE.split("\n## ")[0]) for suffix in row[0].split(", ")]
    assert sorted(listed) == sorted(SUFFIXES)


def test_every_field_is_described() -> None:
    table = {row[0]: codes(row[1]) for row in rows(section(PAGE, "What is taken"))}
    ours = {"address": "url", "date": "published"}
    assert {ours.get(name, name) for name in table} == set(NAMES)
    assert all(set(names) <= set(NAMES[ours.get(name, name)]) for name, names in table.items())
