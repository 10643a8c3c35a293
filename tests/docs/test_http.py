from __future__ import annotations

import re
from http import HTTPStatus

from starlette.routing import Mount

from docs.pages import ROOT, codes, read, rows, section
from kg.export import OUTPUTS, TABLES
from kg.export.writers import TableFormat
from kg.settings import Settings
from kg.web import create_app
from kg.web.errors import STATUS
from kg.web.negotiation import GRAPHS, HTML, RESULTS, Format

PAGE = read("docs/http.md")
APP = create_app(Settings(), None, None)  # type: ignore[arg-type]
# One route for each table and format, and for each network.
EXPORTED = {f"/export/{table}.{format.value}": "/export/{table}.{format}" for table in TABLES for format in TableFormat}
EXPORTED |= {f"/export/{file}": "/export/network-{level}.{format}" for file in OUTPUTS if file.startswith("network-")}
SUFFIXES = tuple(format.suffix for format in (HTML, *GRAPHS))


def table(heading: str, first: str) -> list[list[str]]:
    """The rows of the tables under a heading whose first cell begins so."""
    return [row for row in rows(section(PAGE, heading)) if row[0].startswith(first)]


def routes() -> set[tuple[str, str]]:
    """Method and address of all that the service answers; addresses with the suffix of a format are that without."""
    paths = {(method.upper(), path) for path, methods in APP.openapi()["paths"].items() for method in methods}
    all_ = (
        paths | {("GET", route.path) for route in APP.routes if isinstance(route, Mount)} | {("GET", APP.openapi_url)}
    )
    all_ = {(method, EXPORTED.get(path, path)) for method, path in all_}
    return {(method, path) for method, path in all_ if not has_plain_form(path, {other for _, other in all_})}


def has_plain_form(path: str, others: set[str]) -> bool:
    return any(path.endswith(suffix) and path.removesuffix(suffix) in others for suffix in SUFFIXES)


def test_every_route_is_documented_and_nothing_else() -> None:
    documented = [(codes(row[0])[0], codes(row[1])[0]) for row in rows(PAGE.split("\n## ")[0])]
    assert len(documented) == len(set(documented))
    assert set(documented) == routes()


def described(format: Format) -> list[str]:
    return [f"`{format.media_type}`", f"`{format.suffix}`"]


def test_every_format_is_documented_and_nothing_else() -> None:
    assert [row[1:] for row in rows(section(PAGE, "Formats"))] == [described(f) for f in (HTML, *GRAPHS)]
    results = {codes(row[1])[0]: codes(row[2]) for row in rows(section(PAGE, "SPARQL"))}
    assert results == {format.media_type: list(format.names) for format in (*RESULTS, HTML)}


def test_every_status_is_documented_and_nothing_else() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src" / "kg" / "web").glob("*.py"))
    used = {HTTPStatus[name] for name in re.findall(r"HTTPStatus\.([A-Z_]+)", source)} | set(STATUS.values())
    # Stated by number, where there is no exception: what is as it was, and who asks too often.
    stated = {200, 304, 429}
    assert {int(row[0]) for row in rows(section(PAGE, "Status codes"))} == stated | {int(status) for status in used}


def test_the_readme_lists_addresses_that_are_there() -> None:
    listed = {code for row in rows(section(read("README.md"), "The service")) for code in codes(row[0])}
    kinds = {path.split("{")[0] for _, path in routes() if "{" in path}
    plain = {path for _, path in routes()}
    assert {code for code in listed if code not in plain and f"/{code.split('/')[1]}/" not in kinds} == set()
