"""The API's OpenAPI document, `openapi.json`: what it says of each route, for the server, its help page and its tests alike."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

Node = dict[str, Any]
DOCUMENT = Path(__file__).with_name("openapi.json")
_VARIABLE = re.compile(r"<(?:[^:>]+:)?([^>]+)>")


@lru_cache(maxsize=1)
def openapi_document() -> Node:
    """Return the document as it lies in the file. Shared: not to be changed."""
    document: Node = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return document


def with_examples(ids: Mapping[str, str]) -> Node:
    """Return the document with ids that are published here as the examples of its path parameters."""
    document = deepcopy(openapi_document())
    for name, value in ids.items():
        document["components"]["parameters"][name]["example"] = value
    return document


def described_path(rule: str) -> str:
    """Return the path of a Flask rule as the document writes it."""
    return _VARIABLE.sub(r"{\1}", rule)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation. `schema` is JSON Schema."""

    name: str
    where: str
    required: bool
    about: str
    schema: Node

    @property
    def repeatable(self) -> bool:
        """Whether it may be given several times."""
        return bool(self.schema["type"] == "array")

    @property
    def kind(self) -> str:
        """What its value may be, in words."""
        if not self.repeatable:
            return kind_of(self.schema)
        return "any number of times"


@lru_cache(maxsize=64)
def parameters_of(path: str) -> tuple[Parameter, ...]:
    """Return the parameters of a path of the document."""
    listed = openapi_document()["paths"][path]["get"].get("parameters", ())
    return tuple(
        Parameter(
            found["name"], found["in"], found.get("required", False), found["description"], found["schema"]
        )
        for found in map(_resolved, listed)
    )


def query_parameters(path: str) -> dict[str, Parameter]:
    """Return the parameters of a path that stand behind the question mark, by name."""
    return {parameter.name: parameter for parameter in parameters_of(path) if parameter.where == "query"}


def _resolved(node: Node) -> Node:
    """What a reference within the document stands for."""
    if "$ref" not in node:
        return node
    found = openapi_document()
    for step in node["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found


# --- for the help page ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """An address to try, and what it asks for."""

    about: str
    address: str
    command: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that the API does, as the help page shows it. `shape` is the name of the schema of its answer."""

    name: str
    path: str
    summary: str
    about: str
    parameters: tuple[Parameter, ...]
    shape: str | None
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A schema of the document: its keys with the kind of their values and what they mean."""

    name: str
    about: str
    keys: tuple[tuple[str, str, str], ...]


def operations(ids: Mapping[str, str], site_url: str) -> list[tuple[str, list[Operation]]]:
    """Return all operations by tag, with examples that name what is published here."""
    document = openapi_document()
    names = {
        name: parameter["example"]
        for name, parameter in document["components"]["parameters"].items()
        if parameter["in"] == "path"
    }
    filled = {name: quote(value, safe="") for name, value in {**names, **ids}.items()}
    return [
        (
            tag["description"],
            [
                _operation(path, item["get"], filled, site_url)
                for path, item in document["paths"].items()
                if tag["name"] in item["get"]["tags"]
            ],
        )
        for tag in document["tags"]
    ]


def _operation(path: str, described: Node, ids: Mapping[str, str], site_url: str) -> Operation:
    """One operation of the document."""
    addresses = [(example["summary"], _fill(example["address"], ids)) for example in described["x-examples"]]
    return Operation(
        described["operationId"],
        path,
        described["summary"],
        described["description"],
        parameters_of(path),
        _shape_of(described),
        tuple(Asked(about, to, f"curl {shlex.quote(site_url + to)}") for about, to in addresses),
    )


def _fill(address: str, ids: Mapping[str, str]) -> str:
    """An address with ids in the place of its variables."""
    return re.sub(r"\{(\w+)\}", lambda found: ids[found[1]], address)


def _shape_of(described: Node) -> str | None:
    """The name of the schema of a good answer."""
    schema = described["responses"]["200"]["content"]["application/json"]["schema"]
    return _name(schema) if "$ref" in schema else None


def shapes() -> list[Shape]:
    """Return all schemas that are objects, in the order of their names."""
    found = openapi_document()["components"]["schemas"]
    return [
        Shape(name, schema.get("description", ""), tuple(_keys(schema)))
        for name, schema in sorted(found.items())
        if schema["type"] == "object"
    ]


def _keys(schema: Node) -> Iterator[tuple[str, str, str]]:
    """Name, kind and meaning of every key of an object, those that it takes over from another included."""
    for part in schema.get("allOf", ()):
        yield from _keys(_resolved(part))
    for name, value in schema.get("properties", {}).items():
        about = value.get("description") or _resolved(value).get("description", "")
        yield name, kind_of(value), about


def kind_of(schema: Node) -> str:
    """Return what values a schema allows, in words."""
    if "$ref" in schema:
        found = _resolved(schema)
        return _name(schema) if found["type"] == "object" else kind_of(found)
    if "oneOf" in schema:
        return " or ".join(kind_of(part) for part in schema["oneOf"])
    if "enum" in schema:
        return ", ".join("null" if value is None else str(value) for value in schema["enum"])
    if "const" in schema:
        return str(schema["const"]).lower()
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return " or ".join(_plain_kind(kind, schema) for kind in types)


def _plain_kind(kind: str, schema: Node) -> str:
    """One type in words, with its limits."""
    if kind == "array":
        return f"list of {kind_of(schema['items'])}" if "items" in schema else "list"
    if kind == "integer" and "maximum" in schema:
        return f"{schema.get('minimum', 0)} to {schema['maximum']}"
    names = {"integer": "whole number", "boolean": "true or false", "string": "text", "object": "object"}
    return names.get(kind, kind)


def _name(schema: Node) -> str:
    """The name of a schema that is referred to."""
    return str(schema["$ref"]).rpartition("/")[2]
