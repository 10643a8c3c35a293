"""The query editor as the server gives it; what it does in a browser is in `test_editor_in_browser.py`."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.vocab import PREFIXES
from kg.web import editor

from .conftest import BASE, Client

STATIC = Path(editor.__file__).with_name("static")
OURS = sorted((STATIC / "editor").iterdir())
HTML = "text/html"
HOSTILE = """SELECT ("\\"><img src=x onerror=alert(1)>" AS ?x) (<http://x/'onclick='alert(1)> AS ?y) {}"""


@pytest.fixture(params=[True, False], ids=["with the editor", "without"])
def has_editor(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr("kg.web.sparql.has_editor", lambda: request.param)
    return bool(request.param)


def loaded(page: str) -> list[str]:
    return re.findall(r'<(?:script|link)[^>]*(?:src|href)="([^"]*)"', page)


@pytest.mark.parametrize("url", ["/sparql", "/sparql?query=ASK{}", "/sparql?query=nonsense"])
def test_the_page_works_as_a_form_and_loads_the_editor_where_there_is_one(
    client: Client, has_editor: bool, url: str
) -> None:
    page = client.get(url, HTML).text
    assert '<form class="query" action="sparql">' in page and "<textarea" in page
    assert ("./static/editor/main.js" in loaded(page)) is has_editor
    assert ("<script" in page) is has_editor
    assert all(address.startswith(("./", "sparql")) or "://" not in address for address in loaded(page))
    assert ("installed without its query editor" in page) is not has_editor


def test_no_script_and_no_style_stands_in_the_page(client: Client, has_editor: bool) -> None:
    page = client.get(f"/sparql?query={quote(HOSTILE)}", HTML).text
    assert not re.search(r"<script(?![^>]*src=)[^>]*>|<style|\sstyle=|\son[a-z]+=\"", page)
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_cells_say_what_they_are_for_the_editor_to_read(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.web.sparql.has_editor", lambda: True)
    query = 'SELECT (<state/ALB> AS ?i) ("a&b\\""@en AS ?l) ("x"^^<http://x/t> AS ?t) (?n AS ?u) {}'
    page = client.get(f"/sparql?query={quote(query)}", HTML).text
    assert re.findall(r"<td([^>]*)>", page) == [
        f' data-type="uri" data-value="{BASE}state/ALB"',
        ' data-type="literal" data-value="a&amp;b&#34;" data-language="en"',
        ' data-type="literal" data-value="x" data-datatype="http://x/t"',
        "",
    ]


@pytest.mark.parametrize("url", ["/sparql", "/sparql?query=ASK{}", "/static/editor/main.js", "/editor.json"])
def test_the_policy_is_as_strict_as_elsewhere(client: Client, has_editor: bool, url: str) -> None:
    policy = client.get(url, HTML).headers["content-security-policy"]
    assert policy == client.get("/", HTML).headers["content-security-policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_our_files_are_served_and_name_no_other_host(client: Client, path: Path) -> None:
    response = client.get(f"/static/editor/{path.name}")
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] in ("text/javascript", "text/css")
    assert not re.findall(r"https?://[a-z]|url\(|@import|innerHTML|insertAdjacentHTML|eval\(", response.text)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_our_files_import_files_of_ours(path: Path) -> None:
    imported = re.findall(r'^import .* from "\./([^"]+)";$', path.read_text("utf-8"), re.MULTILINE)
    assert set(imported) <= {one.name for one in OURS}
    assert len(imported) == path.read_text("utf-8").count("\nimport ") + path.read_text("utf-8").startswith("import ")


def test_the_terms_are_those_of_the_ontology_and_those_used_with_it(client: Client) -> None:
    terms = client.get("/editor.json").json()
    assert terms["base"] == BASE
    assert terms["prefixes"] == PREFIXES
    assert terms["vocabularies"]["https://w3id.org/geokg/ontology"] == "ontology"
    assert terms["classes"][PREFIXES["kg"] + "Statement"]
    assert terms["properties"][PREFIXES["kg"] + "speaker"]
    assert terms["concepts"][PREFIXES["stance"] + "condemns"]
    assert terms["classes"][PREFIXES["oa"] + "TextQuoteSelector"] == ""
    assert {PREFIXES["rdfs"] + "label", PREFIXES["oa"] + "exact", PREFIXES["rdf"] + "type"} <= terms[
        "properties"
    ].keys()
    assert not terms["classes"].keys() & terms["properties"].keys()


@pytest.mark.parametrize(
    ("files", "has"),
    [((), False), (("yasgui.min.js",), False), (("missing.txt",), False), (("yasgui.min.js", "yasgui.min.css"), True)],
)
def test_the_editor_is_there_where_its_files_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: tuple[str, ...], has: bool
) -> None:
    for name in files:
        (tmp_path / name).touch()
    monkeypatch.setattr("kg.web.editor._BUNDLE", tmp_path)
    assert editor.has_editor.__wrapped__() is has


def test_under_another_base_the_terms_say_so(make_client: Callable[..., Client]) -> None:
    assert make_client(base_iri="https://x.org/kg/").get("/editor.json").json()["base"] == "https://x.org/kg/"
