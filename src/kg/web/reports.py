"""Validation reports as JSON, in the terms of SHACL."""

from __future__ import annotations

from kg.types import Report


def to_json(report: Report) -> dict[str, object]:
    """A validation report; terms are in N-Triples syntax."""
    results = [
        {
            "focusNode": violation.focus,
            "resultPath": violation.path,
            "value": violation.value,
            "sourceConstraintComponent": violation.component,
            "resultMessage": violation.message,
        }
        for violation in report.violations
    ]
    return {"conforms": report.conforms, "results": results}
