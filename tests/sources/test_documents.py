"""Paths become Documents in order, and what cannot be read becomes a Refusal."""

import datetime as dt
import io
import itertools
import json
import os
from pathlib import Path

import pytest

from kg.sources import find_documents, may_hold_articles
from kg.types import Document, Format, Hints, Refusal

LIMIT = 1000


def find(*paths: str | Path, stdin: bytes = b"", hints: Hints = Hints()) -> list[Document | Refusal]:  # noqa: B008
    return list(find_documents([str(path) for path in paths], hints, LIMIT, io.BytesIO(stdin)))


def names(found: list[Document | Refusal], folder: Path) -> list[str]:
    return [os.path.relpath(item.name, folder) for item in found]


def reason(item: Document | Refusal) -> str:
    assert isinstance(item, Refusal)
    assert item.stage == "read"
    assert len(item.reason.splitlines()) == 1
    return item.reason


def test_a_folder_is_walked_in_sorted_order_and_what_is_no_article_skipped(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.HTML",
        "c.json",
        "d.docx",
        "README.md",
        ".hidden.txt",
        "sub/e.htm",
        "sub/.git/f.txt",
        "x.txt/g.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")
    found = find(tmp_path)
    assert names(found, tmp_path) == ["a.HTML", "b.txt", "c.json", "sub/e.htm", "x.txt/g.txt"]
    formats = [item.format for item in found if isinstance(item, Document)]
    assert formats == [Format.HTML, Format.TEXT, Format.JSON, Format.HTML, Format.TEXT]


def test_a_list_in_json_gives_its_elements(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"text": "Zoë"}, 3]', encoding="utf-8")
    first, second = find(path)
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.name, second.name) == (f"{path}:1", f"{path}:2")
    assert json.loads(first.content) == {"text": "Zoë"}


def test_json_lines_are_numbered_and_a_broken_one_stops_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "a"}\r\n\n{"text": \n' + b'{"text": "' + b"x" * LIMIT + b'"}\n{"text": "b"}')
    found = find(path, hints=Hints(url="https://example.org/", published=dt.date(2024, 1, 9)))
    assert [item.name.rpartition(":")[2] for item in found] == ["1", "3", "4", "5"]
    assert [item.content for item in found if isinstance(item, Document)] == [
        b'{"text": "a"}', b'{"text":', b'{"text": "b"}',
    ]  # fmt: skip
    assert "KG_MAX_BODY_MB" in reason(found[2])
    assert isinstance(found[0], Document)
    assert found[0].hints == Hints(published=dt.date(2024, 1, 9))


class EndlessLines(io.RawIOBase):
    """A stream of JSON lines that never ends."""

    def readline(self, size: int | None = -1, /) -> bytes:
        return b'{"text": "The talks ended."}\n'


def test_json_lines_are_streamed() -> None:
    found = find_documents(["-"], Hints(), LIMIT, EndlessLines())  # type: ignore[arg-type]
    assert [item.name for item in itertools.islice(found, 3)] == ["-:1", "-:2", "-:3"]


def test_what_cannot_be_read_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "big.txt").write_bytes(b"x" * (LIMIT + 1))
    (tmp_path / "table.xlsx").write_text("a,b")
    (tmp_path / "list.json").write_text("[]")
    (tmp_path / "nothing.jsonl").write_text("")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "good.txt").write_text("The talks ended.")
    order = ["missing.txt", "empty", "big.txt", "table.xlsx", "list.json", "nothing.jsonl", "broken.txt", "pipe.txt"]
    found = find(*(tmp_path / name for name in [*order, "good.txt"]))
    words = ["no such file", "holds no", "over the limit", "not known", "empty", "empty", "no such file", "pipe"]
    assert [word in reason(item) for word, item in zip(words, found, strict=False)] == [True] * len(words)
    assert isinstance(found[-1], Document)


def test_a_broken_link_in_a_folder_does_not_stop_the_walk(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "b.txt").write_text("The talks ended.")
    broken, good = find(tmp_path)
    assert "no such file" in reason(broken)
    assert isinstance(good, Document)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "a.txt").write_text("The talks ended.")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "no permission" in reason(find(tmp_path)[0])


def test_a_folder_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> object:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", refuse)
    (found,) = find(tmp_path)
    assert "no permission" in reason(found)


@pytest.mark.parametrize(
    ("stdin", "expected"),
    [
        (b"Talks end\nThe talks ended.", [("-", Format.TEXT)]),
        (b"[Agency] The talks ended.", [("-", Format.TEXT)]),
        (b"", [("-", Format.TEXT)]),
        (b"\n <!DOCTYPE html><html>", [("-", Format.HTML)]),
        (b'\xef\xbb\xbf{"text": "a"}\n', [("-", Format.JSON)]),
        (b'{\n "text": "a"\n}', [("-", Format.JSON)]),
        (b'[{"text": "a"}, {"text": "b"}]', [("-:1", Format.JSON), ("-:2", Format.JSON)]),
        (b'{"uri": "http://x/", "body_text": "a"}', [("-", Format.JSON)]),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html><html/>', [("-", Format.HTML)]),
        (b'<?xml version="1.0"?>\n<nitf/>', [("-", Format.XML)]),
        (b"<newsItem guid='a'/>", [("-", Format.XML)]),
        (b"<x><nitf/><nitf/></x>", [("-", Format.TEXT)]),
        (b"<newsMessage><newsItem/><newsItem/></newsMessage>", [("-:1", Format.XML), ("-:2", Format.XML)]),
        (b"---\ntitle: Talks end\n---\n", [("-", Format.MARKDOWN)]),
        (b"+++\ntitle = 'Talks end'\n+++\n", [("-", Format.MARKDOWN)]),
        (b"---\nThe talks ended.\n---\n", [("-", Format.TEXT)]),
        (b"\nTitle,Text\na,b\nc,d\n", [("-:2", Format.JSON), ("-:3", Format.JSON)]),
        (b'{"text": "a"}\n\n{"text": "b"}\n{"text": "c"}', [(f"-:{n}", Format.JSON) for n in (1, 3, 4)]),
    ],
)
def test_standard_input_is_known_by_its_content(stdin: bytes, expected: list[tuple[str, Format]]) -> None:
    found = find("-", stdin=stdin)
    assert [(item.name, item.format) for item in found if isinstance(item, Document)] == expected


def test_standard_input_over_the_limit() -> None:
    (found,) = find("-", stdin=b"x" * (LIMIT + 1))
    assert "over the limit" in reason(found)


def test_standard_input_of_many_json_lines_may_be_longer_than_the_limit_of_one() -> None:
    assert len(find("-", stdin=b'{"text": "The talks ended."}\n' * LIMIT)) == LIMIT


def test_html_in_a_text_file_is_html(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("<html><body></body></html>")
    (found,) = find(tmp_path)
    assert isinstance(found, Document) and found.format is Format.HTML


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.MD", b"x", [("", Format.MARKDOWN)]),
        ("a.markdown", b"x", [("", Format.MARKDOWN)]),
        ("a.xml", b"<nitf/>", [("", Format.XML)]),
        ("a.xml", b"<!DOCTYPE html><p>x", [("", Format.HTML)]),
        ("a.txt", b"<nitf/>", [("", Format.XML)]),
        ("a.md", b"<html>", [("", Format.MARKDOWN)]),
        ("a.xml", b"<newsMessage><newsItem/></newsMessage>", [(":1", Format.XML)]),
        ("a.tsv", b"text\ttitle\na\tb\n", [(":2", Format.JSON)]),
        ("a.json", b'[{"uri": "http://x/", "bodies": []}]', [(":1", Format.JSON)]),
    ],
)
def test_files_are_known_by_their_names(
    tmp_path: Path, name: str, content: bytes, expected: list[tuple[str, Format]]
) -> None:
    (tmp_path / name).write_bytes(content)
    found = find(tmp_path / name)
    assert [(item.name, item.format) for item in found if isinstance(item, Document)] == [
        (f"{tmp_path / name}{part}", format) for part, format in expected
    ]


def test_columns_that_are_named_make_a_table_of_standard_input() -> None:
    found = find_documents(["-"], Hints(), LIMIT, io.BytesIO(b"A;B\n1;2\n"), {"text": "B"})
    assert [json.loads(item.content) for item in found if isinstance(item, Document)] == [{"text": "2"}]


def test_a_file_of_many_may_be_larger_than_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text\n" + "The talks ended.\n" * LIMIT)
    (tmp_path / "b.md").write_text("The talks ended.\n" * LIMIT)
    *rows, big = find(tmp_path)
    assert len(rows) == LIMIT and all(isinstance(row, Document) for row in rows)
    assert "over the limit" in reason(big)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.WARC.GZ", True), ("b.warc", True), ("a.b.Md", True), ("a.txt.gz", False), ("warc.gz", False), ("a", False)],
)
def test_what_may_hold_articles_is_known_by_its_ending(name: str, expected: bool) -> None:
    assert may_hold_articles(name) is expected
