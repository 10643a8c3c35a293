from __future__ import annotations

import pytest
from pydantic.fields import FieldInfo

from docs.pages import codes, read, rows
from kg.settings import Settings

TABLE = {codes(row[0])[0]: row[1:] for row in rows(read("docs/settings.md"))}


def test_every_setting_is_documented_and_nothing_else() -> None:
    assert list(TABLE) == [f"KG_{name.upper()}" for name in Settings.model_fields]


@pytest.mark.parametrize("name, field", Settings.model_fields.items())
def test_a_setting_is_documented_as_it_is(name: str, field: FieldInfo) -> None:
    default, description = TABLE[f"KG_{name.upper()}"]
    assert default == ("none" if field.default is None else f"`{field.default}`")
    assert description == field.description
