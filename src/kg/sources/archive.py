"""WARC files -> Documents, one for each page that was fetched whole: the records are read one at a time.

https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser, StatusAndHeadersParserException

from kg.errors import SourceError
from kg.sources.refusals import refuse, refuse_size
from kg.sources.transfer import unpack_body
from kg.sources.unpacked import Damaged, Mislaid, Truncated, Unpacked
from kg.types import Document, Format, Hints, Refusal

MARK = b"WARC/"
"""How every record begins."""

PAGE_TYPES = frozenset(["text/html", "application/xhtml+xml", "text/plain"])
_VERSIONS = [f"WARC/{number}" for number in ("0.17", "0.18", "1.0", "1.1")]
_PROTOCOLS = ["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/2.0", "HTTP/3", "HTTP/3.0", "HTTP"]
_MOST_HEADERS = 1 << 16
_LENGTH = re.compile(r"[0-9]{1,18}")
_END = re.compile(rb"\r?\n\r?\n")
_OTHER_FILES = frozenset(["/robots.txt", "/ads.txt", "/app-ads.txt", "/humans.txt", "/security.txt"])


@dataclass(frozen=True, slots=True)
class Response:
    """The two heads of a record, and how long its block is."""

    record: StatusAndHeaders
    http: StatusAndHeaders | None
    length: int

    @property
    def url(self) -> str:
        """Where the page was fetched; older tools put it in angle brackets."""
        return (self.record.get_header("WARC-Target-URI") or "").strip("<> ")

    @property
    def media_type(self) -> str:
        """What kind of content it is, "" where it does not say."""
        value = (self.http or self.record).get_header("Content-Type") or ""
        return value.partition(";")[0].strip().lower()


def find_pages(name: str, file: Unpacked, hints: Hints, max_bytes: int) -> Iterator[Document | Refusal]:
    """A Document for each page in a WARC file, a Refusal for each record that should be one and cannot be read.

    Pages are responses with status 200, and resources, of HTML or plain text. What else an archive holds (requests,
    pictures, other answers) is passed over.

    Args:
        name: of the file; a record has its number behind it.
        file: its bytes.
        hints: metadata for pages that lack their own.
        max_bytes: the largest record, and the largest content of one; the file may be of any size.
    """
    number, found = 0, False
    going = True
    while going:
        number += 1
        item: Document | Refusal | None
        try:
            record = _read_head(file)
            if record is None:
                break
            item = _read_record(f"{name}:{number}", record, file, hints, max_bytes)
        except Damaged as error:
            item = refuse(f"{name}:{number}", f"the record cannot be read: {error}")
            going = _go_on(file, error)
        if item is not None:
            found = True
            yield item
    if not found:
        told = f"none of its {number - 1} records is a page" if number > 1 else "the file is empty"
        yield refuse(name, told)


def read_http_head(head: bytes) -> StatusAndHeaders | None:
    """Status and headers of a response, None where `head` is none."""
    try:
        return StatusAndHeadersParser(_PROTOCOLS, verify=False).parse(io.BytesIO(head))
    except (StatusAndHeadersParserException, EOFError):
        return None


def read_record_head(head: bytes) -> StatusAndHeaders | None:
    """Version and fields of a record, None where `head` is none."""
    try:
        return StatusAndHeadersParser(_VERSIONS).parse(io.BytesIO(head))
    except (StatusAndHeadersParserException, EOFError):
        return None


def _go_on(file: Unpacked, error: Damaged) -> bool:
    """Find the next record after damage; False where there is none."""
    while not isinstance(error, Truncated):
        try:
            return file.find(MARK) if isinstance(error, Mislaid) else file.find_member(MARK)
        except Damaged as more:
            error = more
    return False


def _read_head(file: Unpacked) -> StatusAndHeaders | None:
    """The head of the next record, None at the end of the file."""
    while (line := file.readline(_MOST_HEADERS)) and not line.strip():
        pass
    if not line:
        return None
    if not line.startswith(MARK):
        raise Mislaid("what stands there is no head of a WARC record")
    head = line
    while line.strip() and len(head) < _MOST_HEADERS:
        line = file.readline(_MOST_HEADERS)
        if not line:
            raise Truncated("the file ends in the middle of it")
        head += line
    record = read_record_head(head)
    if record is None:
        raise Mislaid("what stands there is no head of a WARC record")
    if not _LENGTH.fullmatch((record.get_header("Content-Length") or "").strip()):
        raise Mislaid("it does not say how long it is")
    return record


def _read_record(
    name: str, record: StatusAndHeaders, file: Unpacked, hints: Hints, max_bytes: int
) -> Document | Refusal | None:
    """The page in one record, None where it is none; `file` is behind it afterwards."""
    length = int(record.get_header("Content-Length"))
    response, size = _read_response(record, length, file)
    if not _may_be_page(response):
        file.skip(length)
        return None
    if record.get_header("WARC-Type") == "revisit":
        file.skip(length)
        return refuse(name, f"{response.url} was the same as at an earlier visit; its words stand in another record")
    if length > max_bytes:
        file.skip(length)
        return refuse_size(name, length, max_bytes)
    block = file.read(length)
    file.end_record()
    return _to_document(name, response, block[size:], hints, max_bytes)


def _read_response(record: StatusAndHeaders, length: int, file: Unpacked) -> tuple[Response, int]:
    """The heads of the record that `file` has come to, and the size of the second one, which is not read yet."""
    if record.get_header("WARC-Type") not in ("response", "revisit"):
        return Response(record, None, length), 0
    start = file.peek(min(length, _MOST_HEADERS))
    end = _END.search(start)
    size = end.end() if end else len(start)
    return Response(record, read_http_head(start[:size]) if size else None, length), size


def _may_be_page(response: Response) -> bool:
    kind: str | None = response.record.get_header("WARC-Type")
    if kind not in ("response", "resource", "revisit") or not _is_address_of_page(response.url):
        return False
    http = response.http
    if kind == "resource":
        return response.media_type in PAGE_TYPES
    if http is None:
        return kind == "revisit"
    is_whole = kind == "revisit" or http.get_statuscode() == "200"
    return is_whole and (response.media_type or "text/html") in PAGE_TYPES


def _is_address_of_page(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return True
    if parts.path in _OTHER_FILES or parts.path.startswith("/.well-known/"):
        return False
    return parts.scheme.lower() in ("http", "https", "ftp", "file", "")


def _to_document(name: str, response: Response, body: bytes, hints: Hints, max_bytes: int) -> Document | Refusal:
    """The record with its content unpacked, so that it can be read again as it stands."""
    record, http = response.record, response.http
    head = b""
    if http is not None:
        chunked = "chunked" in (http.get_header("Transfer-Encoding") or "").lower()
        encodings = http.get_header("Content-Encoding") or ""
        try:
            body = unpack_body(body, chunked=chunked, encodings=encodings, max_bytes=max_bytes)
        except SourceError as error:
            return refuse(name, f"{response.url}: {error}")
        for field in ("Transfer-Encoding", "Content-Encoding", "Content-Length"):
            http.remove_header(field)
        head = http.to_bytes()
    record.replace_header("Content-Length", str(len(head) + len(body)))
    return Document(name, Format.WARC, record.to_bytes() + head + body, hints)
