"""One tool: what it is called, what it takes and gives, and what answers it.

Arguments and answers are dataclasses; their JSON Schemas (draft 2020-12) are made from them, as short as they can be:
no titles, and nothing that may be left out may also be null.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from kg.assistant.graph import Graph
from kg.errors import ArgumentError


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool by `name`; `title` is for people, `description` for the model that is to choose it.

    `asks` is the class of its arguments, `answers` that of what it gives, `call` answers.
    """

    name: str
    title: str
    description: str
    asks: type
    answers: type
    call: Callable[[Graph, Any], object]

    @property
    def input_schema(self) -> dict[str, Any]:
        """The JSON Schema of the arguments."""
        return _schema_of(self.asks)

    @property
    def output_schema(self) -> dict[str, Any]:
        """The JSON Schema of the structured answer."""
        return _schema_of(self.answers)

    def run(self, graph: Graph, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The structured answer to `arguments`, which fits `output_schema`.

        Raises:
            ArgumentError: the arguments do not fit.
            KgError: the graph cannot be asked.
        """
        answer = self.call(graph, self._read(arguments))
        dumped = _adapter_of(self.answers).dump_python(answer, mode="json", exclude_none=True)
        assert isinstance(dumped, dict)
        return dumped

    def _read(self, arguments: Mapping[str, Any]) -> Any:
        try:
            return _adapter_of(self.asks).validate_python(dict(arguments))
        except ValidationError as error:
            raise ArgumentError("; ".join(map(self._explain, error.errors()))) from error

    def _explain(self, problem: Mapping[str, Any]) -> str:
        """One thing that is wrong, in words."""
        name = ".".join(map(str, problem["loc"])) or "arguments"
        if problem["type"] == "unexpected_keyword_argument":
            known = ", ".join(field.name for field in fields(self.asks)) or "none"
            return f"{name}: there is no such argument; there are: {known}"
        if problem["type"] in ("missing", "missing_argument"):
            return f"{name}: this argument is needed"
        message = str(problem["msg"])
        return f"{name}: {message[:1].lower()}{message[1:]}"


class _Short(GenerateJsonSchema):
    """Schemas without titles, and without null where that means the same as to leave the argument out."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        inner = schema["schema"]
        if schema.get("default", ...) is None and inner["type"] == "nullable":
            return self.generate_inner(inner["schema"])
        return super().default_schema(schema)


@functools.cache
def _adapter_of(type_: type) -> TypeAdapter[Any]:
    return TypeAdapter(type_)


@functools.cache
def _schema_of(type_: type) -> dict[str, Any]:
    schema = _adapter_of(type_).json_schema(schema_generator=_Short)
    for part in (schema, *schema.get("$defs", {}).values()):
        part.pop("title", None)
    return schema
