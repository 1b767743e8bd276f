"""The JSON Schema of the spec, with the sentences of the model as descriptions: one for each kind of file.

Draft 7, as the YAML language server of editors reads all of it.
"""

import json
import types
import typing
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import Any

from .examples import EXAMPLES
from .load import SECTIONS
from .model import lint, mta_sts, network, relay, secret, sieve, text
from .model.domain import MailDomain
from .model.spec import Spec, sentences

FOLDER = ".schema"
"""Where the schemas lie in the folder of a spec; Ansible does not look into hidden folders."""
MODELINE = f"# yaml-language-server: $schema={FOLDER}/mail.json"
"""The line of `mail.yml` that editors read."""

_LETTER = "[A-Za-z0-9_\u0080-\uffff]"
_LABEL = f"{_LETTER}(?:[A-Za-z0-9_\u0080-\uffff-]{{0,61}}{_LETTER})?"
_DOMAIN = f"{_LABEL}(?:[.]{_LABEL})+"
_LOCAL = "[A-Za-z0-9](?:[.]?[A-Za-z0-9_-])*"
_ADDRESS = "[0-9a-fA-F.:]{2,45}"
_STRINGS: list[tuple[Any, str]] = [
    (lint.Silenced, "[a-z0-9]+(?:-[a-z0-9]+)*(?::[^ `]{1,320})?"),
    (mta_sts.MxPattern, f"(?:[*][.])?{_DOMAIN}"),
    (network.IpAddress, _ADDRESS),
    (network.IpNetwork, f"{_ADDRESS}(?:/[0-9]{{1,3}})?"),
    (relay.RelayLogin, "[A-Za-z0-9][A-Za-z0-9._@+=/-]{0,200}"),
    (secret.SecretRef, "[a-z0-9][a-z0-9._@/-]{0,200}"),
    (sieve.ScriptPath, "sieve/[A-Za-z0-9][A-Za-z0-9_.-]{0,60}[.]sieve"),
    (text.Base64, "[A-Za-z0-9+/]{16,2000}={0,2}"),
    (text.DomainName, _DOMAIN),
    (text.GroupName, "(?!everyone$)[A-Za-z0-9][A-Za-z0-9_-]{0,63}"),
    (text.Label, "[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?"),
    (text.MailboxName, f"{_LOCAL}(?:@{_DOMAIN})?"),
    (text.Person, f"(?:{_LOCAL}(?:@{_DOMAIN})?|group:[A-Za-z0-9][A-Za-z0-9_-]{{0,63}})"),
    (text.Prefix, "[][A-Za-z0-9(){}.:_-][][A-Za-z0-9 (){}.:_-]{0,38}[][A-Za-z0-9(){}.:_-]"),
    (text.Selector, "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"),
    (text.SenderPattern, f"(?:{_LOCAL}@)?{_DOMAIN}"),
    (
        text.Text,
        "(?![ |!#-]|:include:)(?:(?![$]|\\{\\{|\\}\\}|\\{%|\\{#|%\\{)[^\u0000-\u001f\u007f-\u009f]){0,199}[^ \n]",
    ),
]
"""What the texts of the model look like, as far as a pattern can say."""


def schema(part: str = "") -> dict[str, Any]:
    """What an editor needs to complete and check `mail.yml`, or the files of one of its parts such as `accounts`."""
    found = {**_described()}
    if part:
        section = found["properties"][part]
        found = {key: section[key] for key in ("description", "type", "additionalProperties", "propertyNames")} | {
            "minProperties": 1,
            "definitions": _used(section["additionalProperties"], found["definitions"]),
        }
    else:
        # these may stand in files of their own
        found["required"] = [name for name in found["required"] if name not in SECTIONS]
    title = f"mailspec, version 1: {part or 'mail.yml'}"
    return {"$schema": "http://json-schema.org/draft-07/schema#", **found, "title": title}


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind of file, by the name of its own file."""
    return {"mail.json": schema(), **{f"{part}.json": schema(part) for part in SECTIONS}}


def _used(node: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """The definitions that a part refers to, and those they refer to."""
    names = {name for name in definitions if f'"#/definitions/{name}"' in json.dumps(node)}
    while more := {n for n in definitions for m in names if f'/{n}"' in json.dumps(definitions[m])} - names:
        names |= more
    return {name: definitions[name] for name in sorted(names)}


@cache
def _described() -> dict[str, Any]:
    found = MailDomain.model_json_schema(ref_template="#/definitions/{model}")
    found["definitions"] = found.pop("$defs")
    for part in _parts(MailDomain):
        here = found if part is MailDomain else found["definitions"][part.__name__]
        hints = typing.get_type_hints(part, include_extras=True)
        for name, field in part.model_fields.items():
            key = field.alias or name
            node = dict(sorted({**here["properties"][key], "description": sentences(part)[name]}.items()))
            here["properties"][key] = node
            node.pop("title", None)
            if node.get("default", 0) is None:
                del node["default"]
            _sharpen(node, hints[name])
            node["examples"] = _examples(part, key, node, found["definitions"])
    return found


def _examples(part: type[Spec], key: str, node: dict[str, Any], definitions: dict[str, Any]) -> list[Any]:
    """What stands in the list of examples, or follows from the type."""
    if found := EXAMPLES.get(f"{part.__name__}.{key}"):
        return found
    target = definitions.get(node.get("$ref", "").rpartition("/")[2], node)
    if "enum" in target:
        return list(target["enum"])
    if node.get("type") == "boolean":
        return [True, False]
    return [node["const"]] if "const" in node else [node["default"]] if "default" in node else []


def _parts(part: type[Spec], seen: set[type[Spec]] | None = None) -> Iterator[type[Spec]]:
    """A part of the spec and every part below it, each once."""
    seen = set() if seen is None else seen
    if part in seen:
        return
    seen.add(part)
    yield part
    todo = list(typing.get_type_hints(part, include_extras=True).values())
    while todo:
        hint = todo.pop()
        if isinstance(hint, type) and issubclass(hint, Spec):
            yield from _parts(hint, seen)
        else:
            todo += [item for item in typing.get_args(hint) if not isinstance(item, str | int)]


def _sharpen(node: dict[str, Any], hint: Any) -> None:
    """Say with a pattern what the type of a text refuses."""
    if known := next((pattern for kind, pattern in _STRINGS if hint == kind), ""):
        node["pattern"] = f"^{known}$"
        return
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        _sharpen(node, arguments[0])
    elif origin in {typing.Union, types.UnionType}:
        for below, kind in zip(node.get("anyOf", []), arguments, strict=False):
            _sharpen(below, kind)
    elif origin in {tuple, frozenset} and not (isinstance(arguments[0], type) and issubclass(arguments[0], Enum)):
        _sharpen(node["items"], arguments[0])
    elif origin is dict:
        names: dict[str, Any] = {}
        _sharpen(names, arguments[0])
        if names:
            node["propertyNames"] = names
        if isinstance(node.get("additionalProperties"), dict):
            _sharpen(node["additionalProperties"], arguments[1])
