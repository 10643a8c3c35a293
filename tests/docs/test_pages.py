"""Links lead somewhere, files and terms are described, and what is named is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from docs.pages import PAGES, ROOT, anchor, blocks, codes, headings, prose, read, rows, section
from kg import __version__
from kg.asking import Asked, QueryFormat, answer_query
from kg.triples import vocabulary_graph
from kg.vocab import CATEGORIES, FACTUALITIES, KG, KINDS, PREFIXES, STANCES

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_PATH = re.compile(r"`((?:src|tests|data|docs|bench|shapes|ontology|\.ci)/[\w./-]*)`")
DATA = ROOT / "data"
TERMS = {f"kg:{name}" for name in KG.__annotations__ if not name.startswith("_")}
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))


@each_page
def test_a_link_leads_somewhere(page: Path) -> None:
    for target in _LINK.findall(prose(page.read_text("utf-8"))):
        if re.match(r"https?://", target):
            continue
        path, _, fragment = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.is_relative_to(ROOT) and file.exists(), target
        if fragment:
            assert fragment in map(anchor, headings(file.read_text("utf-8"))), target


@each_page
def test_a_path_that_is_named_is_there(page: Path) -> None:
    missing = [path for path in _PATH.findall(page.read_text("utf-8")) if not (ROOT / path).exists()]
    assert not missing


@each_page
def test_no_path_of_a_machine_is_named(page: Path) -> None:
    assert not re.search(r"(?<![\w.])/(?:work|tmp|home|root|usr|Users)/", page.read_text("utf-8"))


def test_every_file_of_data_is_described_and_nothing_else() -> None:
    described = [name for row in rows(read("docs/data.md")) for name in codes(row[0])]
    found = {name: {path for path in DATA.glob(name) if path.is_file()} for name in described}
    assert [name for name, paths in found.items() if not paths] == []
    assert set().union(*found.values()) == {path for path in DATA.rglob("*") if path.is_file()}


def test_every_term_is_described_once_and_nothing_else() -> None:
    page = read("docs/ontology.md")
    listed = [code for row in rows(page) for code in codes(row[0]) if re.fullmatch(r"kg:\w+", code)]
    assert len(listed) == len(set(listed))
    # The score of a concept stands in the text under the tables.
    told = {f"kg:{name}" for name in re.findall(r"`kg:(\w+)`", section(page, "Concepts"))}
    assert set(listed) | told == TERMS


@pytest.mark.parametrize("names", [CATEGORIES, STANCES, FACTUALITIES, KINDS], ids=" ".join)
def test_a_scheme_is_listed_whole(names: tuple[str, ...]) -> None:
    assert re.search(rf": {', '.join(names)}\.", section(read("docs/ontology.md"), "Concepts"))


def test_the_example_of_the_ontology_is_written_in_its_terms() -> None:
    (example,) = blocks(read("docs/ontology.md"), "turtle")
    graph = Graph().parse(data=example, format="turtle")
    ours = {term for triple in graph for term in triple if isinstance(term, URIRef) and "w3id.org/geokg" in term}
    assert ours <= set(vocabulary_graph().subjects())
    for evidence in graph.subjects(predicate=URIRef(PREFIXES["oa"] + "exact")):
        start, end, exact = (graph.value(evidence, URIRef(PREFIXES["oa"] + name)) for name in ("start", "end", "exact"))
        assert int(str(end)) - int(str(start)) == len(str(exact))


def test_the_changelog_tells_of_this_version() -> None:
    page = read("CHANGELOG.md")
    titles = headings(page)
    assert any(title == "[Unreleased]" or title.startswith(f"[{__version__}]") for title in titles)
    newest = section(page, next(title for title in titles if title.startswith("[")))
    assert __version__ in newest
    assert {"Ontology", "Interface"} <= set(headings(newest))
    allowed = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Ontology", "Interface"}
    assert set(headings(newest)) <= allowed


QUESTIONS = re.findall(r"^ +\.venv/bin/kg query (\S+) --data demo-data$", read("docs/demo.txt"), re.MULTILINE)
ADDRESSES = re.findall(r"http://localhost:8000/\S*", read("docs/demo.txt"))


def test_the_demo_names_three_questions() -> None:
    assert len(QUESTIONS) == len(set(QUESTIONS)) == 3
    assert all(part in read("Makefile") for part in ("DEMO := demo-data", "VENV := .venv", "cat docs/demo.txt", "8000"))


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_of_the_demo_has_an_answer(sample: Asked, name: str) -> None:
    with answer_query(sample, read(name), QueryFormat.CSV) as answer:
        assert len(b"".join(answer).splitlines()) > 1


@pytest.mark.parametrize("address", [address for address in ADDRESSES if address.count("/") > 3])
def test_an_address_of_the_demo_is_there(sample: Asked, address: str) -> None:
    with answer_query(
        sample, f"ASK {{ GRAPH ?article {{ <{address}> ?p ?o }} ?article a kg:Article }}", QueryFormat.JSON
    ) as it:
        assert b'"boolean":true' in b"".join(it)
