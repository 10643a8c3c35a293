"""Options that verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.settings import Settings, load_settings

DataOption = Annotated[Path | None, typer.Option("--data", help="Data directory.  [default: KG_DATA, else kg-data]")]


def settings_for(data: Path | None) -> Settings:
    """The settings of this process, with the data directory that an option gives."""
    settings = load_settings()
    return settings if data is None else settings.model_copy(update={"data": data})
