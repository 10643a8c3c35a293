from __future__ import annotations

import pytest

from kg.web.reconcile.titles import read_variants


@pytest.mark.parametrize(
    ("name", "variants"),
    [
        ("Jake Sullivan", []),
        ("Sullivan, Jake", [("jake sullivan", False)]),
        ("Mr. Jake Sullivan", [("jake sullivan", True)]),
        ("National Security Adviser Jake Sullivan", [("jake sullivan", True)]),
        ("Jake Sullivan, National Security Adviser", [("jake sullivan", True)]),
        ("Secretary of State Antony Blinken", [("antony blinken", True)]),
        ("Herr Scholz", [("scholz", True)]),
        ("Georgia (country)", [("georgia", False)]),
        ("Korea, Republic of", [("republic of korea", False)]),
        ("President", []),
        ("(x)", []),
        (",", []),
    ],
)
def test_variants(name: str, variants: list[tuple[str, bool]]) -> None:
    assert [(" ".join(one.form.tokens), one.untitled) for one in read_variants(name)] == variants
