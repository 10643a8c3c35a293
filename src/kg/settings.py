"""Every setting, an environment variable with prefix `KG_`. `docs/settings.md` lists them; a test compares."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from kg.errors import SettingError

# https://www.rfc-editor.org/rfc/rfc3987#section-2.2, less query and fragment
_BASE_IRI = re.compile(r"https?://[^\s/?#<>\"{}|\\^`]+/([^\s?#<>\"{}|\\^`]*/)?")


class Settings(BaseSettings):
    """What an operator may choose."""

    model_config = SettingsConfigDict(env_prefix="KG_", env_ignore_empty=True, frozen=True)

    data: Path = Field(default=Path("kg-data"), description="Data directory: the journal and the index.")
    base_iri: str = Field(default="http://localhost:8000/", description="Base of every instance IRI; ends in a slash.")
    write_token: SecretStr | None = Field(
        default=None, description="Bearer token for writing over HTTP; none, no writing."
    )
    query_timeout: float = Field(default=30.0, gt=0, description="Seconds a query may run.")
    query_memory_mb: int = Field(default=2048, ge=128, description="Megabytes of memory a query's process may use.")
    readers: int = Field(default=2, ge=1, le=64, description="Processes that answer queries.")
    max_body_mb: float = Field(default=10.0, gt=0, description="Largest article or request body, in megabytes.")
    max_words: int = Field(default=50_000, ge=1, description="Longest article text, in words.")
    model: str | None = Field(
        default=None, description="A spaCy pipeline to read with, by name or folder, instead of the shipped one."
    )
    sparql_url: str | None = Field(
        default=None, description="A remote SPARQL 1.1 engine to index into, instead of the local one."
    )

    @field_validator("base_iri")
    @classmethod
    def _ends_in_slash(cls, value: str) -> str:
        if not _BASE_IRI.fullmatch(value):
            raise ValueError("must be an http or https address that ends in /, as http://localhost:8000/")
        return value

    @property
    def max_body_bytes(self) -> int:
        """The largest article or request body, in bytes."""
        return int(self.max_body_mb * 1_000_000)


@functools.cache
def load_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingError: a variable has a value that cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "KG_" + "_".join(map(str, first["loc"])).upper()
        message = first["msg"].removeprefix("Value error, ")
        raise SettingError(f"{name}={first['input']}: {message[:1].lower()}{message[1:]}") from error
