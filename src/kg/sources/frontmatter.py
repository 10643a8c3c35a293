"""The front matter of a Markdown file: a block of YAML between `---` or of TOML between `+++`, at its very top."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

from kg.errors import SourceError
from kg.sources.names import key_of

_YAML = re.compile(r"\ufeff?---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\ufeff?\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LONGEST = 100_000


def split_front_matter(text: str) -> tuple[Mapping[str, str], str]:
    """What the front matter says, by names as `key_of` has them, each value as text; and what stands below it.

    Of a list the first element is taken; what holds no text, such as an object without a name, is left out.

    Raises:
        SourceError: the front matter is broken.
    """
    for pattern, load, kind in ((_YAML, _load_yaml, "YAML"), (_TOML, _load_toml, "TOML")):
        if match := pattern.match(text):
            fields = load(match[1], kind)
            said = {key_of(str(name)): value for name, one in fields.items() if (value := _to_text(one))}
            return said, text[match.end() :]
    return {}, text


def _load_yaml(block: str, kind: str) -> Mapping[Any, Any]:
    """The fields as YAML has them, all scalars as text: 2024-01-09 is no date yet, and `no` is no boolean."""
    _require_short(block, kind)
    try:
        value = yaml.load(block, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise SourceError(f"broken YAML front matter at line {line}: {error.problem}") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise SourceError("the YAML front matter cannot be read: it holds what YAML does not allow") from error
    if value in (None, ""):
        return {}
    if not isinstance(value, dict):
        raise SourceError("the YAML front matter has no fields: write it as title: The talks end")
    return value


def _load_toml(block: str, kind: str) -> Mapping[Any, Any]:
    _require_short(block, kind)
    try:
        return tomllib.loads(block)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"broken TOML front matter: {str(error).splitlines()[0]}") from error
    except (RecursionError, ValueError) as error:
        raise SourceError("the TOML front matter cannot be read: it holds what TOML does not allow") from error


def _require_short(block: str, kind: str) -> None:
    if len(block) > _LONGEST:
        raise SourceError(f"the {kind} front matter has {len(block):,} characters, over the limit of {_LONGEST:,}")


def _to_text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return "" if value is None or isinstance(value, list | dict) else str(value).strip()
