"""CSV and TSV: columns by name and by mapping, what Excel writes, and rows that are broken."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.errors import SettingError
from kg.sources import find_documents
from kg.sources.columns import parse_columns
from kg.sources.table import is_header
from kg.types import Document, Format, Hints, Refusal

TEXT = "Kenya and Norway signed a treaty on fishing in Mombasa on Tuesday."
LIMIT = 1000


Rows = dict[int, Any]
Read = Callable[..., Rows]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a table: its rows by their numbers, fields or the reason for a refusal; that of the whole is row 0."""

    def read(content: str | bytes, columns: str | None = None, limit: int = LIMIT) -> Rows:
        path = tmp_path / "a.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        mapping = parse_columns(columns) if columns is not None else None
        rows: Rows = {}
        for item in find_documents([str(path)], Hints(url="https://example.org/"), limit, io.BytesIO(), mapping):
            number = int(item.name.removeprefix(str(path)).lstrip(":") or 0)
            if isinstance(item, Document):
                assert item.format is Format.JSON and item.hints.url is None
                rows[number] = json.loads(item.content)
            else:
                assert len(item.reason.splitlines()) == 1
                rows[number] = item.reason
        return rows

    return read


@pytest.mark.parametrize(
    "content",
    [
        f"text,title,url,date,section,publisher,language\n{TEXT},T,http://x/,2024-01-09,S,P,en\n",
        f"Body;Headline;Link;Publication Date;Category;Source;Lang\r\n{TEXT};T;http://x/;2024-01-09;S;P;en\r\n",
        f"sep=|\ncontent|name|URL|pub_date|articleSection|outlet|inLanguage\n{TEXT}|T|http://x/|9 January 2024|S|P|en",
        f"\n\ntitle\tFull Text\tcanonical_url\tpublished\tsection\tsite\tlang\nT\t{TEXT}\thttp://x/\t2024/1/9\tS\tP\ten",
        f'\ufeff"text","x","title","url","date","section","publisher","language"\n"{TEXT}","","T","http://x/",'
        '"2024-01-09 10:00:00","S","P","en"',
    ],
)
def test_columns_by_common_names(read: Read, content: str) -> None:
    for encoded in (content.encode(), content.encode("utf-16")):
        assert read(encoded) == {
            2: {"text": TEXT, "title": "T", "url": "http://x/", "published": "2024-01-09", "section": "S",
                "publisher": "P", "language": "en"}
        }  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ("text=Story", {"text": TEXT, "title": "H", "published": "2024-01-09"}),
        ("text=story , title=KICKER", {"text": TEXT, "title": "K", "published": "2024-01-09"}),
        ('"text=Story, full",title=', {"text": "F", "published": "2024-01-09"}),
        ("text=Story,published=", {"text": TEXT, "title": "H"}),
        ("text=Story,published=Sent,dates=dmy", {"text": TEXT, "title": "H", "published": "2024-04-03"}),
        ("text=Story,published=Sent,dates=mdy", {"text": TEXT, "title": "H", "published": "2024-03-04"}),
    ],
)
def test_columns_by_mapping(read: Read, columns: str, expected: dict[str, str]) -> None:
    assert read(f'Story,Kicker,Headline,"Story, full",Date,Sent\n{TEXT},K,H,F,2024-01-09,03/04/2024\n', columns) == {
        2: expected
    }


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ("text", "names no column"),
        ("body=Text", 'no field "body": the fields are text, title, url'),
        ("", "names no column"),
        ("dates=ymd", "dates=ymd is no order of dates: it is dmy or mdy"),
        ('"text=Body', "cannot be read"),
        ("text=a\ntitle=b", "cannot be read"),
    ],
)
def test_a_wrong_mapping_is_a_setting_error(columns: str, words: str) -> None:
    with pytest.raises(SettingError, match=words):
        parse_columns(columns)


@pytest.mark.parametrize(
    ("content", "columns", "words"),
    [
        ("id,words\n1,2\n", None, 'no column holds the text: the columns are "id", "words"; say which with --columns'),
        ("id,text\n1,2\n", "text=Body", 'there is no column "Body": the columns are "id", "text"'),
        ("id,text\n1,2\n", "text=", "no column holds the text"),
        (",".join(f"c{n}" for n in range(30)), None, "and 10 more"),
        ("", None, "empty"),
        ("\n\n", None, "empty"),
        ("title,text\n", None, "a header and no rows"),
    ],
)
def test_a_table_that_cannot_be_read(read: Read, content: str, columns: str | None, words: str) -> None:
    ((number, reason),) = read(content, columns).items()
    assert number == 0 and words in reason


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("a,b,2024-01-09,d,e", "the row has 5 cells and the header 3"),
        ("just words", "the row has 1 cell and the header 3"),
        ("a, ,2024-01-09", 'its column "Body" is empty'),
        (
            "a,b,03/04/2024",
            'the column "When" is "03/04/2024", which may be two days; write it as 2024-01-09, or add dates=dmy',
        ),
        ("a,b,31/02/2024", "must be a date that exists"),
        ("a,b,45300", "must be a date that exists"),
        ('a,"he said "yes" to it",', "a quotation mark in it is not closed, or not doubled"),
        ('a,"b', "a quotation mark in it is not closed, or not doubled"),
        ("a," + "b" * LIMIT, "over the limit of 0.001 MB"),
        ("a," + "é" * (LIMIT // 2), "over the limit of 0.001 MB"),
    ],
)
def test_a_bad_row_does_not_stop_the_rest(read: Read, row: str, words: str) -> None:
    rows = read(f"Head,Body,When\nT,{TEXT},2024-01-09\n{row}\nU,{TEXT},2024-01-10\n", "text=Body,published=When")
    assert [number for number, value in rows.items() if isinstance(value, dict)] == [2, 4]
    assert words in rows[3]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("25/12/2024", "2024-12-25"),
        ("12/25/2024", "2024-12-25"),
        ("4.4.2024", "2024-04-04"),
        ("Jan 9, 2024", "2024-01-09"),
        ("2024-01-09T23:10:00Z", "2024-01-09"),
        ("Tue, 09 Jan 2024 10:00:00 GMT", "2024-01-09"),
        ("20240109", "2024-01-09"),
    ],
)
def test_dates_in_clear_forms(read: Read, value: str, expected: str) -> None:
    assert read(f'text;date\n{TEXT};"{value}"')[2]["published"] == expected


def test_what_is_not_there_is_absent(read: Read) -> None:
    assert read(f"text,title,url,date\n{TEXT},, ,NA\n,,,\n\n{TEXT}\n{TEXT},NaN\nNA,T,,\n") == {
        2: {"text": TEXT},
        6: {"text": TEXT},
        7: 'the row has no text: its column "text" is empty',
        5: "the row has 1 cell and the header 4; quote what holds a delimiter or a line break",
    }


def test_one_column_is_enough(read: Read) -> None:
    assert read(f'text\n"{TEXT}"\n{TEXT.replace(",", "")}\n') == {2: {"text": TEXT}, 3: {"text": TEXT}}


def test_quoted_line_breaks_begin_no_row(read: Read) -> None:
    rows = read('text,title\n"a\n\n""b"", c\r\n",T\nd,U\n')
    assert rows == {2: {"text": 'a\n\n"b", c', "title": "T"}, 3: {"text": "d", "title": "U"}}


def test_line_ends_of_old_macs(read: Read) -> None:
    assert read('text,title\ra,T\r"b\rc",U\r') == {2: {"text": "a", "title": "T"}, 3: {"text": "b\rc", "title": "U"}}
    rows = read("text,title\r" + "a,T\r" * LIMIT)
    assert "over the limit" in rows[max(rows)]


def test_letters_of_windows_in_some_lines(read: Read) -> None:
    rows = read("text,title\nZoë,“T”\n".encode("cp1252") + "Zoë,“T”\n".encode())
    assert rows == {2: {"text": "Zoë", "title": "“T”"}, 3: {"text": "Zoë", "title": "“T”"}}


def test_a_cell_longer_than_the_limit_of_the_library_changes_nothing_for_others(read: Read) -> None:
    before = csv.field_size_limit()
    rows = read(f"text\n{'word ' * 50_000}\n", limit=10_000_000)
    assert len(rows[2]["text"]) == 249_999
    assert csv.field_size_limit() == before


def test_a_quotation_mark_that_is_not_closed_costs_one_row(read: Read) -> None:
    lines = [f"T,{TEXT}" for _ in range(100)]
    rows = read("\n".join(["title,text", 'T,"open', *lines]), limit=2000)
    assert len(rows) == 101 and isinstance(rows[2], str)


class Endless(io.RawIOBase):
    """A table that never ends, and says how much of it was read."""

    def __init__(self) -> None:
        self.count = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        self.count += 1
        return b"title,text\n" if self.count == 1 else b"T,The talks ended.\n"


def test_rows_are_streamed() -> None:
    stream = Endless()
    found: Iterator[Document | Refusal] = find_documents(["-"], Hints(), LIMIT, stream)  # type: ignore[arg-type]
    assert [next(found).name for _ in range(3)] == ["-:2", "-:3", "-:4"]
    assert stream.count < 10


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"title,text,url", True),
        (b"\xef\xbb\xbfHeadline;Body", True),
        (b"Full Text\tDate", True),
        (b"title,url", False),
        (b"The talks ended, a minister said.", False),
        (b"text", False),
    ],
)
def test_a_header_is_known(line: bytes, expected: bool) -> None:
    assert is_header(line) is expected
