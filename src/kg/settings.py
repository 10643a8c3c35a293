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

# https://www.rfc-editor.org/rfc/rfc9110#section-5.6.5: what a comment of a header may hold
_HEADER_TEXT = re.compile(r"[\x20-\x27\x2a-\x5b\x5d-\x7e]{1,200}")


class Settings(BaseSettings):
    """What an operator may choose."""

    model_config = SettingsConfigDict(env_prefix="KG_", env_ignore_empty=True, frozen=True)

    data: Path = Field(default=Path("kg-data"), description="Data directory: the journal and the index.")
    base_iri: str = Field(default="http://localhost:8000/", description="Base of every instance IRI; ends in a slash.")
    write_token: SecretStr | None = Field(
        default=None, description="Bearer token for writing over HTTP; none, no writing."
    )
    union_default_graph: bool | None = Field(
        default=None,
        description="Whether queries see all graphs as default graph; unset, as the data directory was made, "
        "and true for a new one.",
    )
    query_timeout: float = Field(default=30.0, gt=0, description="Seconds a query may run.")
    query_memory_mb: int = Field(default=1024, ge=128, description="Megabytes of memory a query's process may use.")
    max_rows: int = Field(default=1_000_000, ge=1, description="Most rows or triples of one answer.")
    max_answer_mb: float = Field(default=500.0, gt=0, description="Largest answer, in megabytes.")
    max_nesting: int = Field(
        default=100, ge=1, le=1000, description="Deepest nesting of brackets in a query, and of values in JSON-LD."
    )
    readers: int = Field(default=8, ge=1, le=64, description="Processes that answer queries.")
    long_readers: int = Field(
        default=2, ge=1, le=64, description="Processes, besides, for queries that run long while others wait."
    )
    max_waiting: int = Field(default=64, ge=0, description="Most queries that wait for a process.")
    requests_per_minute: int | None = Field(
        default=None,
        ge=1,
        description="Most requests of one client in a minute; unset, 1200, and this machine itself is not counted.",
    )
    trusted_proxies: str | None = Field(
        default=None, description="Addresses of proxies, by commas, that may say in X-Forwarded-For who the client is."
    )
    client_timeout: float = Field(
        default=20.0, gt=0, description="Seconds a client may take for a request, or for the next piece of an answer."
    )
    max_connections: int = Field(default=1000, ge=1, description="Most connections at once.")
    cache_mb: int = Field(default=256, ge=0, description="Megabytes of answers kept to be given again.")
    max_body_mb: float = Field(default=10.0, gt=0, description="Largest article or request body, in megabytes.")
    max_unpacked_mb: float = Field(
        default=40.0, gt=0, description="Largest request body once it is decompressed, in megabytes."
    )
    max_expanded_mb: float = Field(
        default=40.0, gt=0, description="Largest RDF/XML once its entities are expanded, in megabytes."
    )
    access_log: str | None = Field(
        default=None, description="File for a line of JSON about each request; - is standard error."
    )
    max_words: int = Field(default=50_000, ge=1, description="Longest article text, in words.")
    model: str | None = Field(
        default=None, description="A spaCy pipeline to read with, by name or folder, instead of the shipped one."
    )
    sparql_url: str | None = Field(
        default=None, description="A remote SPARQL 1.1 engine to index into, instead of the local one."
    )

    user_agent: str | None = Field(
        default=None, description="Whom to ask about what kg fetches: added to its User-Agent, as a mail address."
    )
    fetch_delay: float = Field(
        default=1.0, ge=0, le=3600, description="Least seconds between two requests to one host, where kg fetches."
    )
    fetch_timeout: float = Field(
        default=30.0, gt=0, le=3600, description="Seconds until what kg fetches must have come whole."
    )

    @field_validator("user_agent")
    @classmethod
    def _fits_a_header(cls, value: str | None) -> str | None:
        if value is not None and not _HEADER_TEXT.fullmatch(value):
            raise ValueError("must be a line of plain ASCII without brackets, as news@example.org")
        return value

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

    @property
    def max_unpacked_bytes(self) -> int:
        """The largest request body once it is decompressed, in bytes."""
        return int(self.max_unpacked_mb * 1_000_000)

    @property
    def max_answer_bytes(self) -> int:
        """The largest answer, in bytes."""
        return int(self.max_answer_mb * 1_000_000)


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
