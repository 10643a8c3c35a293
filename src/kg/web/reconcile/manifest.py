"""The manifest: what the service offers, and where; each version of the protocol has a form of its own."""

from __future__ import annotations

from enum import StrEnum

from kg import __version__
from kg.web.reconcile.identifiers import SCHEMA_SPACE
from kg.web.reconcile.kinds import Kind, list_kinds

PREVIEW_WIDTH, PREVIEW_HEIGHT = 440, 300  # pixels
MOST_QUERIES = 50
"""Queries of one batch."""

NAME = "kg: states, officials and organizations in the news"
_LIMIT_HELP = "Most values of one entity; 0 for all of them."


class Version(StrEnum):
    """The versions of the protocol. OpenRefine speaks 0.2."""

    V0_2 = "0.2"
    V1_0 = "1.0-draft"


def make_manifest(root: str, base_iri: str, version: Version) -> dict[str, object]:
    """The manifest of the service that is reached at `root`, for clients of `version`."""
    common: dict[str, object] = {
        "versions": list(Version),
        "name": NAME,
        "defaultTypes": [kind_to_json(kind) for kind in list_kinds()],
        "documentation": root,
        "logo": f"{root}static/icon.svg",
        "serviceVersion": __version__,
        "batchSize": MOST_QUERIES,
        "standardizedScore": True,
        "lang": "en",
    }
    return common | (_of_0_2(root, base_iri) if version is Version.V0_2 else _of_1_0(root))


def _of_0_2(root: str, base_iri: str) -> dict[str, object]:
    service = f"{root}reconcile"
    return {
        "identifierSpace": base_iri,
        "schemaSpace": SCHEMA_SPACE,
        "view": {"url": root + "{{id}}"},
        "preview": {
            "url": f"{service}/preview?id={{{{id}}}}",
            "width": PREVIEW_WIDTH,
            "height": PREVIEW_HEIGHT,
        },
        "suggest": {
            shelf: {
                "service_url": service,
                "service_path": f"/suggest/{shelf}",
                "flyout_service_url": service,
                "flyout_service_path": f"/flyout/{shelf}?id=${{id}}",
            }
            for shelf in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": service, "service_path": "/extend/propose"},
            "property_settings": [
                {"name": "limit", "label": "Limit", "type": "number", "default": 0, "help_text": _LIMIT_HELP}
            ],
        },
    }


def _of_1_0(root: str) -> dict[str, object]:
    return {
        "view": {"url": root + "{+id}"},
        "preview": {"width": PREVIEW_WIDTH, "height": PREVIEW_HEIGHT},
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {
            "proposeProperties": True,
            "propertySettings": [
                {"id": "limit", "name": "Limit", "type": "number", "default": 0, "helpText": _LIMIT_HELP}
            ],
        },
    }


def kind_to_json(kind: Kind) -> dict[str, object]:
    """A type as both versions have it."""
    found: dict[str, object] = {"id": kind.id, "name": kind.name, "description": kind.description}
    if kind.broader:
        found["broader"] = [{"id": id, "name": id} for id in kind.broader]
    return found
