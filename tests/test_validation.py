from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from kg.settings import Settings
from kg.types import Refusal, Report
from kg.validation import validate_paths
from stories import tell

PREFIX = "@prefix kg: <https://w3id.org/geokg/ontology#> . "
STATE = '<http://x/s> a kg:State, kg:Agent ; <http://www.w3.org/2000/01/rdf-schema#label> "S" ; kg:iso3 '
GOOD, BAD = f'{STATE} "AAA" .', f'{STATE} "a" .'


def check(*paths: str, stdin: bytes = b"") -> dict[str, Report | Refusal]:
    return dict(validate_paths(paths, Settings(), BytesIO(stdin)))


@pytest.mark.parametrize(
    "name, content, violations",
    [
        ("a.ttl", PREFIX + GOOD, {"a.ttl": 0}),
        ("a.ttl", PREFIX + BAD, {"a.ttl": 1}),
        ("A.TTL", PREFIX + BAD, {"A.TTL": 1}),
        ("a.ttl", "", {"a.ttl": 0}),
        ("a.nt", "<http://x/s> <http://x/p> <http://x/o> .", {"a.nt": 0}),
        ("a.trig", f"{PREFIX} <http://x/1> {{ {GOOD} }} <http://x/2> {{ {BAD} }}",
         {"a.trig <http://x/1>": 0, "a.trig <http://x/2>": 1}),
        ("a.trig", f"{PREFIX} {BAD} <http://x/1> {{ {GOOD} }}", {"a.trig": 1, "a.trig <http://x/1>": 0}),
        ("a.nq", "<http://x/s> <http://x/p> <http://x/o> <http://x/g> .", {"a.nq <http://x/g>": 0}),
        ("a.jsonld", '{"@id": "http://x/s", "http://x/p": "o"}', {"a.jsonld": 0}),
        ("a.rdf", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', {"a.rdf": 0}),
        ("relative.ttl", "<s> <p> <o> .", {"relative.ttl": 0}),
    ],
)  # fmt: skip
def test_each_graph_of_a_file_has_its_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str, violations: dict[str, int]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(content)
    reports = check(name)
    assert {
        name: isinstance(report, Report) and len(report.violations) for name, report in reports.items()
    } == violations


@pytest.mark.parametrize(
    "name, content, reason",
    [
        ("a.ttl", b"<http://x/s> <http://x/p> ", "it is not well-formed: Parser error at line 1"),
        ("a.ttl", b"\xff\xfe\x00", "it is not well-formed: Parser error at line 1 column 1: Invalid UTF-8"),
        ("a.nt", b"<http://x/s> <http://x/p> o .", "it is not well-formed: Parser error at line 1"),
        ("a.nq", b"<http://x/s> <http://x/p> <http://x/o> <g> .", "it is not well-formed: Parser error at line 1"),
        ("a.rdf", b"<rdf:RDF>", "it is not well-formed: "),
        ("a.jsonld", b'{"a": ', "it is not well-formed: "),
        ("a.jsonld", b'{"http://x/p":' * 50_000, "it is nested too deeply"),
        ("a.jsonld", b'{"@context": "http://127.0.0.1:1/c", "@id": "http://x/s"}', "it is not well-formed: No Load"),
        ("a.ttl", b"<http://x/s> <http://x/p> <<( <http://x/s> <http://x/p> 1 )>> .", "it says what RDF 1.1 has no"),
        ("a.xls", b"", "the kind of file is not known; its name should end in one of .ttl, .nt,"),
        ("a.txt", b"", "the file is empty"),
    ],
)
def test_what_cannot_be_checked_says_why_in_one_line(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (refusal,) = check(str(path)).values()
    assert isinstance(refusal, Refusal)
    assert refusal.reason.startswith(reason)
    assert "\n" not in refusal.reason


def test_what_is_not_there_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").mkdir()
    reasons = [
        checked.reason if isinstance(checked, Refusal) else checked.conforms
        for checked in check(str(tmp_path / "a.ttl"), "gone.ttl", "gone.txt", "-", stdin=tell(1).encode()).values()
    ]
    assert reasons == ["Is a directory", "No such file or directory", "there is no such file", True]
