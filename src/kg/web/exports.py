"""`/export`: the graph as tables, selected by parameters, and what the tables hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from itertools import groupby
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg import __version__
from kg.errors import SettingError
from kg.export import OUTPUTS, TABLES, Output, Table, select
from kg.export.codebook import write_codebook
from kg.export.datapackage import File, describe_package
from kg.export.selection import QUAD_CLASSES
from kg.export.writers import TableFormat
from kg.reference import load_states
from kg.vocab import CATEGORIES, FACTUALITIES, STANCES
from kg.web.body import respond_with
from kg.web.derived import AGEING
from kg.web.export_process import ExportAnswer
from kg.web.origin import root_of
from kg.web.service import Service, ServiceDep

router = APIRouter(tags=["exports"])

DAYS = ("since", "until")
CRITERIA: Mapping[str, str] = {
    "state": "states",
    "actor": "actors",
    "recipient": "recipients",
    "speaker": "speakers",
    "category": "categories",
    "quad-class": "quad_classes",
    "factuality": "factualities",
    "stance": "stances",
}
"""Parameter -> field of a selection."""
CLOSED: Mapping[str, tuple[str, ...]] = {
    "category": CATEGORIES,
    "quad-class": QUAD_CLASSES,
    "factuality": FACTUALITIES,
    "stance": STANCES,
}
"""The parameters whose values are of a closed list that is short."""

_CODEBOOK = "codebook.md"
_DESCRIPTION = "datapackage.json"
_DESCRIBED = frozenset(f"{table}.{format.value}" for table in TABLES for format in TableFormat)
_MARKDOWN = "text/markdown; charset=utf-8; variant=CommonMark"


@router.get("/export")
async def show_exports(request: Request, service: ServiceDep) -> Response:
    """The tables there are, and a form to select from them."""
    context = {
        "shelves": [list(files) for _, files in groupby(OUTPUTS.values(), lambda output: output.title)],
        "states": load_states().values(),
        "closed": CLOSED,
        "criteria": CRITERIA,
    }
    return service.render(request, "export.html", context)


@router.get(f"/export/{_CODEBOOK}")
async def give_codebook() -> Response:
    """What the tables hold, column by column and value by value."""
    return Response(write_codebook(), media_type=_MARKDOWN)


@router.get(f"/export/{_DESCRIPTION}")
async def describe_tables(request: Request, service: ServiceDep) -> Response:
    """The tables, described for programs: a Data Package."""
    root = root_of(request, service.settings.base_iri)
    files = [File(table, TableFormat.CSV, f"{root}export/{table.name}.csv") for table in TABLES.values()]
    package = describe_package(files, version=__version__, codebook=f"{root}export/{_CODEBOOK}")
    return Response(json.dumps(package, ensure_ascii=False, indent=2), media_type="application/json")


async def give_file(request: Request, service: ServiceDep) -> Response:
    """One table, network or map, as far as parameters select; written while it is sent."""
    output = OUTPUTS[str(request.scope["path"]).rpartition("/")[2]]
    criteria = _read_parameters(request, output.table)
    config = {
        "data": str(service.settings.data.absolute()),
        "base_iri": service.settings.base_iri,
        "file": output.file,
        "criteria": criteria,
    }
    return await run_in_threadpool(_respond, request, service, config, output)


def _respond(request: Request, service: Service, config: Mapping[str, Any], output: Output) -> Response:
    answer = ExportAnswer(config, output.media_type, service.exports, service.settings.query_memory_mb)
    headers = {**AGEING, "Content-Disposition": f'attachment; filename="{output.file}"'}
    if output.file in _DESCRIBED:
        root = root_of(request, service.settings.base_iri)
        headers["Link"] = (
            f'<{root}export/{_DESCRIPTION}>; rel="describedby"; type="application/json", '
            f'<{root}export/{_CODEBOOK}>; rel="describedby"; type="text/markdown"'
        )
    return respond_with(answer, service=service, headers=headers)


def _read_parameters(request: Request, table: Table[Any]) -> dict[str, str | list[str]]:
    """The criteria of a selection, as `select` takes them; empty parameters are as if not there.

    Raises:
        HTTPException: 400 where a parameter is not known, or is not as it must be.
    """
    given = [(name, value) for name, value in request.query_params.multi_items() if value]
    unknown = next((name for name, _ in given if name not in DAYS and name not in CRITERIA), None)
    if unknown is not None:
        known = ", ".join((*DAYS, *CRITERIA))
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"there is no parameter {unknown!r}, only {known}")
    criteria: dict[str, str | list[str]] = {name: value for name, value in given if name in DAYS}
    for name in CRITERIA:
        if values := [value for given_name, value in given if given_name == name]:
            criteria[name.replace("-", "_")] = values
    try:
        table.check(select(**criteria))  # type: ignore[arg-type]
    except SettingError as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, str(error)) from error
    return criteria


def _describe_parameter(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if name in DAYS:
        return {"name": name, "in": "query", "schema": {**schema, "format": "date"}}
    if name in CLOSED:
        schema["enum"] = list(CLOSED[name])
    return {"name": name, "in": "query", "schema": {"type": "array", "items": schema}, "explode": True}


for _output in OUTPUTS.values():
    _names = [*DAYS, *(name for name, field in CRITERIA.items() if field in _output.table.criteria)]
    router.add_api_route(
        f"/export/{_output.file}",
        give_file,
        methods=["GET"],
        name=f"export {_output.file}",
        openapi_extra={"parameters": [_describe_parameter(name) for name in _names]},
    )
