"""The query editor in a real browser: it asks and shows, words of a graph stay words, and no other host is asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from kg.errors import QueryRefusedError
from kg.settings import Settings
from kg.web.app import create_app
from kg.web.editor import has_editor
from kg.web.server import listen

from .browser import Page, find_browser, open_page
from .conftest import FakeAnswer, FakeReaders

BROWSER = find_browser()
pytestmark = [
    pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed to look at the editor with"),
    pytest.mark.skipif(not has_editor(), reason="the project was installed without the query editor"),
]

EVIL = "http://evil.invalid/"
ATTACKS = (
    "<script>hacked=1;alert(1)</script>",
    f"<img src={EVIL}a.png onerror=alert(2)>",
    "<svg onload=alert(3)>",
    "'\"><svg/onload=alert(4)>",
    f"&lt;img src={EVIL}b.png onerror=alert(5)&gt; &amp; {{{{x}}}}",
    f"<iframe src={EVIL}c.html></iframe><link rel=stylesheet href={EVIL}d.css>",
    "<a href=javascript:alert(6)>x</a>",
    "POINT(0 0)<style>@import '" + EVIL + "e.css'</style>",
)
IRIS = (
    "javascript:alert(7)",
    "JaVaScRiPt:hacked=1//http://x/",
    "data:text/html,<script>alert(8)</script>".replace("<", "%3C").replace(">", "%3E"),
    EVIL + "'onmouseover='alert(9)",
    EVIL + "'autofocus/onfocus='alert(10)'/x='",
    "http://localhost:8000/javascript:alert(11)",
    "http://localhost:8000///evil.invalid/x",
)
DATATYPES = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral",
    "http://www.opengis.net/ont/geosparql#wktLiteral",
    "javascript:alert(12)",
    EVIL + "'onclick='alert(13)",
)
ALL = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
ROWS = "[...document.querySelectorAll('.yasr tbody tr')]"


def hostile_store() -> ox.Store:
    store = ox.Store()
    literals = [ox.Literal(text, datatype=ox.NamedNode(kind)) for text in ATTACKS for kind in DATATYPES]
    literals += [ox.Literal(text) for text in ATTACKS] + [ox.Literal(ATTACKS[1], language="en")]
    terms: list[Any] = [*literals, *map(ox.NamedNode, IRIS)]
    subjects = [ox.NamedNode(IRIS[n % len(IRIS)]) for n in range(len(terms))]
    for subject, term in zip(subjects, terms, strict=True):
        store.add(ox.Quad(subject, ox.NamedNode(EVIL + "p"), term))
    return store


class HostileReaders(FakeReaders):
    """Answers from a store full of attacks; `raw` stands in for results that no honest engine gives."""

    raw: dict[str, Any] | None = None

    def query(self, text: str, **options: Any) -> FakeAnswer:
        if self.raw is not None and "json" in (options["results"] or ""):
            return FakeAnswer("solutions", options["results"], json.dumps(self.raw).encode())
        return super().query(text, **options)


@dataclass(frozen=True)
class Site:
    """The service, a page of a browser, and what they may do."""

    root: str
    page: Page
    readers: HostileReaders

    def open(self, query: str | None = None) -> None:
        """The editor, with a query that came by a link."""
        self.page.open(self.root + "sparql" + ("?" + urlencode({"query": query}) if query else ""))
        self.page.wait_for("document.querySelector('.edited .CodeMirror') !== null")

    def run(self, query: str) -> None:
        """Write a query and run it."""
        self.page.evaluate(f"document.querySelector('.CodeMirror').CodeMirror.setValue({json.dumps(query)})")
        self.page.evaluate("document.querySelector('.yasr_results').replaceChildren()")
        self.page.evaluate("document.querySelector('.bar button').click()")
        self.page.wait_for("document.querySelector('.yasr_results').childNodes.length > 0")

    def show_many(self) -> None:
        """Let a page have so many rows that none is left out."""
        self.page.evaluate(
            "(() => { const size = document.querySelector('.yasr_plugin_control select');"
            "size.value = 200; size.dispatchEvent(new Event('change')); })()"
        )

    def check(self, *, besides: str = "no other") -> None:
        """Fail where a script ran or was stopped from it, or where anything but the service was asked."""
        self.page.rest_for(0.3)
        assert [text for text in self.page.violations if besides not in text] == []
        assert self.page.evaluate("typeof hacked") == "undefined"
        assert [url for url in self.page.requested if not url.startswith((self.root, "data:image/"))] == []
        assert (
            self.page.evaluate("document.querySelectorAll('main :is(img, iframe, style, object, embed)').length") == 0
        )
        links = self.page.evaluate("[...document.links].map((link) => link.protocol)")
        assert set(links) <= {"http:", "https:"}


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, HostileReaders]]:
    readers = HostileReaders(hostile_store())
    listening = listen("127.0.0.1", 0)
    # Under a path, as behind a proxy: nothing may count on being at the root.
    app = Starlette(routes=[Mount("/kg", create_app(Settings(cache_mb=0), readers, None))])
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/kg/", readers
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.fixture
def site(server: tuple[str, HostileReaders], tmp_path: Path) -> Iterator[Site]:
    root, readers = server
    readers.raw, readers.failing = None, None
    with open_page(BROWSER or "", tmp_path) as page:
        yield Site(root, page, readers)


def press(page: Page, text: str) -> None:
    page.call("Input.insertText", text=text)


def test_attacks_in_an_answer_by_link_stay_words(site: Site) -> None:
    site.open(ALL)
    site.page.wait_for(f"{ROWS}.length")
    site.show_many()
    assert site.page.evaluate(f"{ROWS}.length") == len(ATTACKS) * (len(DATATYPES) + 1) + 1 + len(IRIS)
    shown = site.page.evaluate("document.querySelector('.yasr').textContent")
    assert all(attack in shown for attack in ATTACKS)
    site.check()


def test_attacks_in_an_answer_to_a_question_stay_words_however_one_looks_at_them(site: Site) -> None:
    page = site.page
    site.open()
    site.run(ALL)
    site.show_many()
    page.evaluate("document.querySelector('.yasr input[type=checkbox]').click()")
    assert page.wait_for("document.querySelectorAll('.yasr td small a').length > 0")
    for column in range(3):
        page.evaluate(f"document.querySelectorAll('.yasr th button')[{column}].click()")
    page.evaluate(
        "(() => { const field = document.querySelector('.yasr input[type=search]');"
        "field.value = '&lt;img'; field.dispatchEvent(new Event('input')); })()"
    )
    assert page.evaluate(f"{ROWS}.every((row) => row.textContent.includes('&lt;img'))")
    page.evaluate("document.querySelector('.select_response').click()")
    page.wait_for("document.querySelector('.yasr_results .CodeMirror') !== null")
    page.evaluate("document.querySelector('.overlay_btn').click()")
    site.check()


def test_attacks_in_a_graph_stay_words(site: Site) -> None:
    site.open()
    site.run("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert site.page.wait_for(f"{ROWS}.length > 20")
    site.check()


def test_attacks_that_no_engine_gives_stay_words(site: Site) -> None:
    name = f"x<img src={EVIL}v.png onerror=alert(1)>"
    cell = {"type": "literal", "value": "v", "xml:lang": ATTACKS[1]}
    odd = {"type": "literal", "value": ATTACKS[1], "datatype": ATTACKS[0]}
    uri = {"type": "uri", "value": "javascript:alert(1)"}
    blank = {"type": "bnode", "value": ATTACKS[2]}
    names = [name, "__proto__", "constructor", "b"]
    row = {name: cell, "__proto__": odd, "constructor": uri, "b": blank}
    site.readers.raw = {"head": {"vars": names}, "results": {"bindings": [row, {}]}}
    site.open()
    site.run("SELECT * {}")
    site.page.evaluate("document.querySelector('.yasr input[type=checkbox]').click()")
    assert site.page.evaluate(f"{ROWS}.length") == 2
    assert site.page.evaluate("[...document.querySelectorAll('.yasr th')].map((th) => th.textContent)") == names
    site.check()


@pytest.mark.parametrize("by_link", [True, False])
def test_attacks_in_an_error_stay_words(site: Site, by_link: bool) -> None:
    site.readers.failing = QueryRefusedError("no: " + " ".join(ATTACKS))
    if by_link:
        site.open("ASK {}")
    else:
        site.open()
        site.run("ASK {}")
    assert ATTACKS[0] in site.page.wait_for("document.querySelector('.yasr .error')?.textContent")
    site.check()


def test_attacks_in_a_query_stay_words(site: Site) -> None:
    query = "SELECT ?x { ?x <" + ATTACKS[1] + '> "' + ATTACKS[0] + '" ' + ATTACKS[3] + " }"
    site.open(query)
    assert site.page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()") == query
    site.page.wait_for("document.querySelector('.yasr .error') !== null")
    site.page.evaluate(
        "document.querySelector('.parseErrorIcon').dispatchEvent(new MouseEvent('mouseover', {bubbles: true}))"
    )
    site.page.evaluate("document.querySelector('.yasqe_share').click()")
    site.page.evaluate("document.querySelector('.yasqe_sharePopup .curl').click()")
    # YASQE underlines what it expects by an attribute that the policy stops; that is all it loses.
    site.check(besides="Applying inline style")


def test_nothing_from_the_address_changes_whom_the_editor_asks(site: Site) -> None:
    attack = urlencode({"query": "ASK {}", "endpoint": EVIL, "requestMethod": "GET", "outputFormat": "evil"})
    for start in ("?", "#"):
        site.page.open(site.root + "sparql" + start + attack)
        site.page.wait_for("document.querySelector('.edited .CodeMirror') !== null")
        site.run("ASK {}")
    site.check()


@pytest.mark.parametrize(
    ("query", "shown"),
    [("ASK {}", "True"), ("SELECT ?x { ?x <http://x/none> ?y }", "No rows."), ("CONSTRUCT {} WHERE {}", "No rows.")],
)
def test_answers_of_each_kind_are_shown(site: Site, query: str, shown: str) -> None:
    site.open(query)
    site.page.wait_for(f"document.querySelector('.yasr_results').innerText.includes('{shown}')")
    site.run(query)
    assert shown in site.page.evaluate("document.querySelector('.yasr_results').innerText")
    site.check()


def test_an_example_runs_and_the_address_is_that_of_its_answer(site: Site) -> None:
    site.open()
    site.page.evaluate("document.querySelector('.examples a').click()")
    site.page.wait_for("document.querySelector('.yasr_results').childNodes.length > 0")
    assert "query=%23+Which+states" in site.page.evaluate("location.search")
    assert site.page.evaluate("getComputedStyle(document.querySelector('form.query')).display") == "none"
    site.check()


def test_iris_are_short_and_lead_where_they_should(site: Site) -> None:
    site.open('SELECT (<state/ALB> AS ?a) (<https://w3id.org/geokg/ontology#State> AS ?b) ("x" AS ?c) {}')
    site.page.wait_for(f"{ROWS}.length")
    links = "[...document.querySelectorAll('.yasr td a')].map((a) => [a.textContent, a.href, a.target])"
    assert site.page.evaluate(links) == [
        ["state/ALB", site.root + "state/ALB", ""],
        ["kg:State", site.root + "ontology#State", ""],
    ]


def test_a_long_query_is_asked_too(site: Site) -> None:
    site.open()
    site.run("ASK {} #" + "x" * 20_000)
    assert "True" in site.page.evaluate("document.querySelector('.yasr_results').innerText")
    assert site.page.evaluate("location.search") == ""


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("ASK { ?s kg:speak", "kg:speaker Who"),
        ("ASK { ?s a kg:State", "kg:State A"),
        ("ASK { ?s kg:stance stance:conde", "stance:condemns The"),
        ("ASK { ?s <http://www.w3.org/ns/oa#exa", "<http://www.w3.org/ns/oa#exact>"),
    ],
)
def test_terms_of_the_ontology_are_completed(site: Site, typed: str, offered: str) -> None:
    site.open()
    site.page.evaluate(
        "(() => { const cm = document.querySelector('.CodeMirror').CodeMirror; cm.setValue(''); cm.focus(); })()"
    )
    press(site.page, typed[:-1])
    site.page.rest_for(0.3)
    press(site.page, typed[-1])
    hint = "[...document.querySelectorAll('.CodeMirror-hint')].map((one) => one.textContent).join('\\n')"
    assert offered in site.page.wait_for(hint)
    site.check()


def test_a_prefix_that_is_used_is_declared(site: Site) -> None:
    site.open()
    site.page.evaluate(
        "(() => { const cm = document.querySelector('.CodeMirror').CodeMirror; cm.setValue(''); cm.focus(); })()"
    )
    press(site.page, "ASK { ?s schema:")
    value = "document.querySelector('.CodeMirror').CodeMirror.getValue()"
    site.page.wait_for(f"{value}.startsWith('PREFIX schema: <https://schema.org/>')")
    site.check()


def test_a_link_and_a_query_of_ones_own_do_not_mix(site: Site) -> None:
    value = "document.querySelector('.CodeMirror').CodeMirror.getValue()"
    site.open()
    site.run("ASK { ?mine ?p ?o }")
    site.open("ASK { ?linked ?p ?o }")
    assert "?linked" in site.page.evaluate(value)
    site.run("ASK { ?changed ?p ?o }")
    site.open()
    assert "?mine" in site.page.evaluate(value)
    assert site.page.evaluate("Object.keys(localStorage).some((key) => key.includes('response'))") is False


@pytest.mark.parametrize("lost", ["*editor.json", "*yasgui.min.js", "*table.js"])
def test_where_a_part_is_lost_the_form_stays(site: Site, lost: str) -> None:
    site.page.call("Network.setBlockedURLs", urls=[lost])
    site.page.open(site.root + "sparql?query=ASK{}")
    site.page.wait_for("document.readyState === 'complete'")
    site.page.rest_for(0.5)
    assert site.page.evaluate("getComputedStyle(document.querySelector('form.query')).display") == "block"
    assert site.page.evaluate("document.querySelector('.shown').innerText").strip() == "Yes"
