"""A small publisher on this machine: feeds and pages at addresses of its own, for tests that fetch."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from stories import tell


@dataclass(slots=True)
class Page:
    """What is at an address. `pause` is how many seconds pass between its pieces."""

    body: bytes = b""
    type: str | None = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = None
    modified: str | None = None
    pause: float = 0
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, with the time of its coming."""

    path: str
    headers: dict[str, str]
    at: float
    status: int
    body: bytes = b""


Given = Page | Callable[[Asked], Page]


class Publisher:
    """Its pages by path, and what it was asked; where it knows nothing it answers 404."""

    def __init__(self, port: int) -> None:
        self.pages: dict[str, Given] = {}
        self.asked: list[Asked] = []
        self.address = f"http://127.0.0.1:{port}"
        self.port = port

    def __setitem__(self, path: str, page: Given | bytes | str) -> None:
        body = page.encode() if isinstance(page, str) else page
        self.pages[path] = Page(body) if isinstance(body, bytes) else body

    def url(self, path: str) -> str:
        return self.address + path

    def paths(self, status: int | None = None) -> list[str]:
        """What was asked for, without robots.txt."""
        return [one.path for one in self.asked if one.path != "/robots.txt" and status in (None, one.status)]


@contextmanager
def publishing() -> Iterator[Publisher]:
    """A publisher on a free port, gone in the end."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, time.monotonic(), 0)
            given = publisher.pages.get(self.path, Page(b"nothing here", status=404))
            page = given(asked) if callable(given) else given
            known = (page.etag and asked.headers.get("if-none-match") == page.etag) or (
                page.modified and asked.headers.get("if-modified-since") == page.modified
            )
            status = 304 if known and page.status == 200 else page.status
            publisher.asked.append(Asked(asked.path, asked.headers, asked.at, status))
            self._answer(page, status)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked = Asked(
                self.path, {name.lower(): value for name, value in self.headers.items()}, time.monotonic(), 0, body
            )
            given = publisher.pages.get(self.path.partition("?")[0], Page(b"{}", status=404))
            page = given(asked) if callable(given) else given
            publisher.asked.append(Asked(asked.path, asked.headers, asked.at, page.status, body))
            self._answer(page, page.status)

        def _answer(self, page: Page, status: int) -> None:
            self.send_response(status)
            named = {"Content-Type": page.type, "ETag": page.etag, "Last-Modified": page.modified}
            for name, value in (named | page.headers).items():
                if value is not None:
                    self.send_header(name, value)
            body = b"" if status == 304 else page.body
            self.send_header("Content-Length", str(len(body) if page.length is None else page.length))
            self.end_headers()
            pieces = [body[start : start + 1] for start in range(len(body))] if page.pause else [body]
            try:
                for piece in pieces:
                    self.wfile.write(piece)
                    if page.pause and stopping.wait(page.pause):
                        break
            except OSError:
                return
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            return

    stopping = threading.Event()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        publisher = Publisher(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield publisher
        finally:
            stopping.set()
            server.shutdown()
            thread.join()


def page(number: int, head: str = "") -> bytes:
    """A page with story `number` on it."""
    title, *paragraphs = tell(number).strip().split("\n\n")
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{title}</h1>{text}</article></body></html>"
    ).encode()


def rss(*items: str, head: str = "") -> Page:
    """A feed by RSS 2.0 with these items, as XML."""
    body = '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    body += f"<channel><title>Tern Bay Herald</title><link>http://x.invalid/</link>{head}{''.join(items)}"
    return Page(f"{body}</channel></rss>".encode(), type="application/rss+xml")


def item(link: str | None, *, title: str = "", more: str = "", guid: str = "") -> str:
    """An item of such a feed."""
    named = {"link": link, "title": title, "guid": guid}
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in named.items() if value) + f"{more}</item>"
