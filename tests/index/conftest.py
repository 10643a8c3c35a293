import http.server
import threading
import time
from contextlib import contextmanager

import pyoxigraph as ox
import pytest

from kg.index.checkpoints import Checkpoints
from kg.index.local import LocalIndex


class ListRecord:
    """A journal for tests: the latest graph of each article."""

    lineage = "one"

    def __init__(self):
        self.sequence = 0
        self._rows = {}

    def put(self, article, *lines):
        """Accept an article whose graph has `lines`, each "s p o" of names under http://x/; its change."""
        self.sequence += 1
        triples = "".join("<http://x/{}> <http://x/{}> <http://x/{}> .\n".format(*line.split()) for line in lines)
        self._rows[f"http://x/article/{article}"] = (self.sequence, triples.encode())
        return (self.sequence, f"http://x/article/{article}", triples.encode())

    def remove(self, article):
        """Remove an article; its change."""
        self.sequence += 1
        self._rows[f"http://x/article/{article}"] = (self.sequence, None)
        return (self.sequence, f"http://x/article/{article}", None)

    def since(self, sequence):
        rows = sorted((number, article, graph) for article, (number, graph) in self._rows.items())
        return iter([row for row in rows if row[0] > sequence])


def quads(directory):
    """What the newest generation of the index in `directory` holds: (graph, "s p o") with short names."""
    generation = Checkpoints(directory / "index").hold()
    try:
        store = ox.Store.read_only(str(generation.path))
        return sorted((short(quad.graph_name), " ".join(map(short, quad.triple))) for quad in store)
    finally:
        generation.release()


def short(term):
    return "" if isinstance(term, ox.DefaultGraph) else term.value.removeprefix("http://x/").removeprefix("article/")


SERVICES = (
    "SELECT * { SERVICE <ADDRESS> { ?s ?p ?o } }",
    "SELECT * {service<ADDRESS>{?s ?p ?o}}",
    "SELECT * { SERVICE SILENT <ADDRESS> { ?s ?p ?o } }",
    "SELECT * {?s ?p ?o.SERVICE?o{?s ?p ?o}}",
    "PREFIX x: <ADDRESS> SELECT * { SeRvIcE x:y{ ?s ?p ?o } }",
    "PREFIX x: <ADDRESS> SELECT * { SERVICE x:y\\#z { ?s ?p ?o } }",
    "PREFIX : <ADDRESS> SELECT * { SERVICE : { ?s ?p ?o } }",
    "SELECT * { SERVICE # {\n SILENT # }\r <http://x/#y> # <\n { ?s ?p ?o } }",
    "SELECT * { ?s ?p <http://x/#'> SERVICE <ADDRESS> { ?s ?p ?o } # ' \n }",
    "SELECT * { ?s ?p ?a, ?b FILTER(?a<?b #'>\n) SERVICE <ADDRESS> {?s ?p ?o} #'\n }",
    "PREFIX x: <ADDRESS> SELECT * { ?s ?p x:a\\#b SERVICE <ADDRESS> {?s ?p ?o} }",
    "SELECT * { { SELECT * { SERVICE <ADDRESS> { ?s ?p ?o } } } }",
    "SELECT * { ?s ?p true OPTIONAL{SERVICE <ADDRESS> { ?s ?p ?o }} }",
)


@pytest.fixture(scope="session")
def services():
    """Queries with a SERVICE clause in all spellings; it names the endpoint ADDRESS."""
    return SERVICES


@pytest.fixture
def record():
    return ListRecord()


@pytest.fixture
def read_quads():
    return quads


@pytest.fixture
def index(tmp_path):
    with LocalIndex.open(tmp_path) as index:
        yield index


class Engine(http.server.ThreadingHTTPServer):
    """A SPARQL 1.1 engine for tests, one Oxigraph store in memory behind /query and /update."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.store = ox.Store()
        self.requests = []
        self.delay = 0.0
        self.status = None

    def handle_error(self, request, client_address):
        """A client that hangs up is no failure of the engine."""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/query"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.requests.append((self.path, dict(self.headers), text))
        time.sleep(self.server.delay)
        if self.server.status:
            return self.reply(self.server.status, "text/plain", b"as told\nand more")
        try:
            if self.path == "/update":
                assert self.headers["Content-Type"].startswith("application/sparql-update")
                self.server.store.update(text)
                return self.reply(204, None, b"")
            return self.answer(text)
        except SyntaxError as error:
            return self.reply(400, "text/plain", str(error).encode())

    def answer(self, text):
        assert self.path == "/query"
        assert self.headers["Content-Type"].startswith("application/sparql-query")
        media_type = self.headers["Accept"]
        result = self.server.store.query(text)
        formats = ox.RdfFormat if isinstance(result, ox.QueryTriples) else ox.QueryResultsFormat
        self.reply(200, media_type, result.serialize(format=formats.from_media_type(media_type)))

    def reply(self, status, media_type, body):
        self.send_response(status)
        if media_type:
            self.send_header("Content-Type", f"{media_type}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def serving(engine):
    thread = threading.Thread(target=engine.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield engine
    finally:
        engine.shutdown()
        thread.join()
        engine.server_close()


@pytest.fixture
def engine():
    with serving(Engine()) as engine:
        yield engine
