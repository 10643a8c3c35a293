"""In a browser no page runs what a graph or a request brings along."""

from __future__ import annotations

import http.server
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import uvicorn

from kg.settings import Settings
from kg.web.app import create_app

from .conftest import ARTICLE, BASE, Client, FakeReaders, read_graphs

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SCRIPT = "document.title='it ran';new Image().src='http://127.0.0.1:{port}/ran'"
PAYLOADS = (
    "<script>{script}</script>",
    '"\'><img src=x onerror="{script}"><svg/onload={script}>',
    "</title></textarea></style></pre><script>{script}</script>",
    '--></p><iframe srcdoc="<script>parent.{script}</script>"></iframe>',
)
PATHS = ("/", "/search?q=%3C", "/state/ALB", "/article/0123456789abcdef", "/person/{payload}", "/{payload}",
         "/search?q={payload}", "/sparql?query={payload}", "/graphs?{payload}=1", "/graphs?format=html",
         "/sparql?format=html&query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D",
         "/sparql?format=html&query=CONSTRUCT%20WHERE%20%7B%3Fs%20%3Fp%20%3Fo%7D",
         "/sparql?query=ASK%7B%7D&default-graph-uri={payload}")  # fmt: skip


@contextmanager
def listening() -> Iterator[tuple[int, list[str]]]:
    """A listener, which also has a page whose script runs; its port, and what was asked of it."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            script = SCRIPT.format(port=self.server.server_address[1])
            self.wfile.write(f"<title>before</title><script>{script}</script>".encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], asked
        server.shutdown()


def make_hostile(payload: str) -> ox.Store:
    """The test data with `payload` in every string, and addresses that are script."""
    store = ox.Store()
    for name, triples in read_graphs().items():
        for quad in ox.parse(triples, format=ox.RdfFormat.N_TRIPLES):
            value = quad.object
            if isinstance(value, ox.Literal) and value.datatype.value.endswith(("#string", "#langString")):
                value = ox.Literal(payload + value.value)
            for graph in (ox.NamedNode(name), ox.DefaultGraph()):
                store.add(ox.Quad(quad.subject, quad.predicate, value, graph))
    for graph in (ox.NamedNode(ARTICLE), ox.DefaultGraph()):
        for address in ("javascript:document.title='it%20ran'", "http://x/'onload='document.title=1"):
            for subject in (ARTICLE, BASE + "state/ALB"):
                see = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#seeAlso")
                store.add(ox.Quad(ox.NamedNode(subject), see, ox.NamedNode(address), graph))
    return store


@contextmanager
def serving(store: ox.Store) -> Iterator[int]:
    app = create_app(Settings(base_iri=BASE), FakeReaders(store), None)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)


def browse(address: str, profile: Path) -> str:
    """The page at `address` as it is when its scripts have run."""
    assert CHROMIUM
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
               f"--user-data-dir={profile}", "--virtual-time-budget=2000", "--dump-dom", address]  # fmt: skip
    return subprocess.run(command, capture_output=True, timeout=90, check=True).stdout.decode("utf-8", "replace")


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
def test_nothing_runs_in_a_browser(tmp_path: Path) -> None:
    with listening() as (beacon, asked):
        assert "<title>it ran</title>" in browse(f"http://127.0.0.1:{beacon}/page", tmp_path)
        assert "/ran" in asked  # so that a script that runs would be seen
        asked.clear()
        payload = "".join(PAYLOADS).format(script=SCRIPT.format(port=beacon))
        with serving(make_hostile(payload)) as port:
            for path in PATHS:
                address = f"http://127.0.0.1:{port}{path.format(payload=quote(payload, safe=''))}"
                page = browse(address, tmp_path)
                assert "it ran</title>" not in page, path
                assert "<body" in page
        assert asked == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_script_is_escaped_wherever_a_page_shows_it(payload: str) -> None:
    """Also where no policy keeps a browser from running it."""

    client = Client(create_app(Settings(base_iri=BASE), FakeReaders(make_hostile(payload)), None))
    shown = 0
    for path in PATHS:
        response = client.get(path.format(payload=quote(payload, safe="")), "text/html")
        assert response.status_code < 500
        if response.headers["content-type"].startswith("text/html"):
            for opening in ("<script>{script}", "<img src=x", "<svg/onload", "<iframe"):
                assert opening not in response.text, path
            assert 'href="javascript:' not in response.text.lower()
            shown += "{script}" in response.text
    assert shown >= 6
