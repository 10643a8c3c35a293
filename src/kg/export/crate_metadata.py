"""What an RO-Crate says of a release, https://www.researchobject.org/ro-crate/specification/1.1/.

How the graph came about is told as a run of a process:
https://www.researchobject.org/workflow-run-crate/profiles/process_run_crate/.
`rocrate` is imported here alone: who calls this needs the extra `research`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rocrate.model import ContextEntity
from rocrate.rocrate import ROCrate

from kg.export.release import CODE_LICENSE, RIGHTS, Imprint, Member, Origin, Software

_PROFILE = "https://w3id.org/ro/wfrun/process/0.5"


def describe_crate(folder: Path, members: Sequence[Member], origin: Origin, imprint: Imprint) -> ROCrate:
    """The description of a release whose members lie in `folder`."""
    crate = ROCrate(version="1.1")
    publisher = _add_publisher(crate, imprint)
    _describe_root(crate, origin, imprint, publisher)
    code = _add(crate, CODE_LICENSE, "CreativeWork", name="Apache License 2.0", description="Of software and schemas.")
    files = [(member, _add_file(crate, folder, member, code)) for member in members]
    _add_readings(crate, origin, publisher, [file for member, file in files if member.is_result])
    return crate


def _describe_root(crate: ROCrate, origin: Origin, imprint: Imprint, publisher: Any) -> None:
    told: dict[str, Any] = {
        "name": imprint.title,
        "description": origin.summary,
        "datePublished": imprint.published_on(origin).isoformat(),
        "license": _add_license(crate, imprint),
        "author": publisher,
        "publisher": publisher,
        "conformsTo": _add(crate, _PROFILE, "CreativeWork", name="Process Run Crate", version="0.5"),
        "copyrightNotice": RIGHTS,
        "inLanguage": _one_or_many(sorted(origin.languages)),
        "temporalCoverage": f"{origin.first}/{origin.last}" if origin.first else None,
        "keywords": "political events, statements, news, knowledge graph, PLOVER, RDF",
    }
    for name, value in told.items():
        if value is not None:
            crate.root_dataset[name] = value


def _add_publisher(crate: ROCrate, imprint: Imprint) -> Any:
    url = imprint.publisher_url or imprint.base_iri
    return _add(crate, url, "Organization", name=imprint.publisher or f"Whoever runs {imprint.base_iri}", url=url)


def _add_license(crate: ROCrate, imprint: Imprint) -> Any:
    if imprint.license is None:
        return _add(crate, "#rights", "CreativeWork", name="Rights in the texts", description=RIGHTS)
    return _add(crate, imprint.license, "CreativeWork", name=imprint.license, description=RIGHTS)


def _add_file(crate: ROCrate, folder: Path, member: Member, code: Any) -> Any:
    properties: dict[str, Any] = {
        "name": member.name,
        "description": member.description,
        "encodingFormat": _one_or_many(member.media_types),
        "contentSize": str((folder / member.path).stat().st_size),
    }
    file = crate.add_file(folder / member.path, member.path, properties=properties)
    if member.license is not None:
        is_code = member.license == CODE_LICENSE
        file["license"] = code if is_code else _add(crate, member.license, "CreativeWork", name=member.license)
    return file


def _add_readings(crate: ROCrate, origin: Origin, agent: Any, results: Sequence[Any]) -> None:
    """The reading of the articles, by each software that did so."""
    if not origin.software:
        return
    articles = _add(crate, "#articles", "CreativeWork", name=f"News articles ({origin.articles})", description=RIGHTS)
    crate.root_dataset.append_to("mentions", articles)
    for number, software in enumerate(sorted(origin.software.values(), key=lambda one: one.iri), start=1):
        action = _add(
            crate,
            f"#reading-{number}",
            "CreateAction",
            name=f"Reading of news articles by {software.label}",
            description=_models(software),
            endTime=origin.ended[1] if origin.ended else None,
            actionStatus="http://schema.org/CompletedActionStatus",
        )
        action["instrument"] = _add_software(crate, software)
        action["agent"], action["object"], action["result"] = agent, articles, list(results)
        crate.root_dataset.append_to("mentions", action)


def _add_software(crate: ROCrate, software: Software) -> Any:
    told = {"name": software.label, "description": _models(software), "url": software.iri}
    return _add(crate, software.iri, "SoftwareApplication", version=software.version, **told)


def _models(software: Software) -> str:
    return f"Language model: {', '.join(software.models) or 'not told'}."


def _one_or_many(values: Sequence[str]) -> str | list[str] | None:
    """None for none, the value itself where it is one."""
    return list(values) if len(values) > 1 else next(iter(values), None)


def _add(crate: ROCrate, id: str, type: str, **properties: Any) -> Any:
    told = {name: value for name, value in properties.items() if value is not None}
    return crate.add(ContextEntity(crate, id, properties={"@type": type, **told}))
