"""The reference, made from the model, the rules and `--help`; `python -m tests.reference` writes docs/reference."""

import inspect
import re
import types
import typing
from collections.abc import Iterator
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Union

import click
from annotated_types import Ge, Le, MinLen
from pydantic.fields import FieldInfo

from mailspec.cli import commands
from mailspec.lint import Level, rules
from mailspec.model import dmarc, lint, local, mta_sts, network, quantity, relay, secret, sieve, text, tls, vacation
from mailspec.model.domain import MailDomain
from mailspec.model.spec import Spec, sentences
from mailspec.plan.risk import AREAS, KINDS

FOLDER = Path(__file__).parent.parent / "docs/reference"
_WORDS: list[tuple[Any, str]] = [
    (dmarc.DmarcOrPolicy, "`none`, `quarantine`, `reject` or mapping"),
    (lint.Silenced, "rule, or rule:subject"),
    (local.Fragment, "lines"),
    (local.RspamdFile, "file"),
    (mta_sts.MxPattern, "domain, or `*.` and a domain"),
    (network.IpAddress, "IP address"),
    (network.IpNetwork, "network"),
    (quantity.Bytes, "size"),
    (quantity.Seconds, "time"),
    (relay.RelayLogin, "text"),
    (secret.SecretRef, "`!secret NAME`"),
    (sieve.ScriptPath, "file"),
    (sieve.ScriptText, "lines"),
    (text.Base64, "base64"),
    (text.DomainName, "domain"),
    (text.GroupName, "group"),
    (text.Label, "label"),
    (text.MailboxName, "address"),
    (text.Person, "address, `group:NAME` or `everyone`"),
    (text.Selector, "selector"),
    (text.SenderPattern, "address or domain"),
    (text.Text, "text"),
    (tls.Chain, "PEM"),
    (vacation.Answer, "lines"),
]
_UNITS = {
    "size": ((1024**4, "T"), (1024**3, "G"), (1024**2, "M"), (1024, "K"), (1, "")),
    "time": ((86400, "d"), (3600, "h"), (60, "m"), (1, "s")),
}
_HEAD = "<!-- Written by script/docs; change the sentences in mailspec/model, or the help of a command. -->\n"
_HEAD_OF_RULES = "<!-- Written by script/docs; change the pages in mailspec/lint/rules. -->\n"


def pages() -> dict[str, str]:
    """The text of every generated page, by file name."""
    return {"commands.md": _commands(), "rules.md": _rules(), "spec.md": _spec(), "statements.md": _statements()}


def _spec() -> str:
    lines = [_HEAD, "# The spec, key by key", ""]
    lines += ["Sizes take `K`, `M`, `G`, `T` (powers of 1024), times `s`, `m`, `h`, `d`, `w`.", ""]
    lines += ["An address without `@` is in `default_domain`."]
    todo: list[tuple[str, type[Spec]]] = [("mail.yml", MailDomain)]
    while todo:
        path, part = todo.pop(0)
        lines += ["", f"## `{path}`", "", inspect.getdoc(part) or "", ""]
        lines += ["| key | what it is | default | meaning |", "| --- | --- | --- | --- |"]
        hints = typing.get_type_hints(part, include_extras=True)
        for name, field in part.model_fields.items():
            key = field.alias or name
            kind = _kind(hints[name])
            lines.append(f"| `{key}` | {_limited(kind, field)} | {_default(kind, field)} | {sentences(part)[name]} |")
            below = key if path == "mail.yml" else f"{path}.{key}"
            todo += [(below + step, found) for step, found in _parts(hints[name])]
    return "\n".join(lines) + "\n"


def _parts(hint: Any, step: str = "") -> Iterator[tuple[str, type[Spec]]]:
    """The parts of the spec that a type is made of, with the names of the mapping keys that lead there."""
    if isinstance(hint, type) and issubclass(hint, Spec):
        yield step, hint
    elif typing.get_origin(hint) is dict:
        key, value = typing.get_args(hint)
        yield from _parts(value, f"{step}.<{_kind(key)}>")
    else:
        for argument in typing.get_args(hint):
            yield from _parts(argument, step)


def _kind(hint: Any) -> str:
    """What a value is, in words."""
    for known, word in _WORDS:
        if hint == known:
            return word
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _kind(arguments[0])
    if origin in {Union, types.UnionType}:
        return " or ".join(_kind(argument) for argument in arguments if argument is not types.NoneType)
    if origin in {tuple, frozenset}:
        return f"list of {_kind(arguments[0])}"
    if origin is dict:
        return f"mapping by {_kind(arguments[0])}"
    if origin is Literal:
        return " or ".join(f"`{argument}`" for argument in arguments)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return " or ".join(f"`{member.value}`" for member in hint)
    if isinstance(hint, type) and issubclass(hint, Spec):
        return "mapping"
    return {bool: "`true` or `false`", date: "day", int: "number", str: "text"}[hint]


def _limited(kind: str, field: FieldInfo) -> str:
    lowest = [item.ge for item in field.metadata if isinstance(item, Ge)]
    highest = [item.le for item in field.metadata if isinstance(item, Le)]
    if any(isinstance(item, MinLen) for item in field.metadata):
        return f"{kind}, not empty"
    if lowest and highest:
        return f"{kind}, {_value(kind, lowest[0])} to {_value(kind, highest[0])}"
    return f"{kind}, at least {_value(kind, lowest[0])}" if lowest and lowest[0] else kind


def _default(kind: str, field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=False)
    if value is None or value in ((), {}) or isinstance(value, Spec):
        return ""
    if isinstance(value, frozenset):
        return f"`[{', '.join(sorted(item.value for item in value))}]`"
    return f"`{_value(kind, value)}`"


def _value(kind: str, value: Any) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return str(value).lower()
    for unit, letter in _UNITS.get(kind, ()):
        if value and value % unit == 0:
            return f"{value // unit}{letter}"
    return str(value)


def _rules() -> str:
    lines = [_HEAD_OF_RULES, "# The rules of lint", "", "`mailspec lint --explain ID` prints one of these pages.", ""]
    lines += [f"- {line.strip()}" for line in (inspect.getdoc(Level) or "").splitlines() if line.startswith("`")]
    lines += ["", "| rule | level | finds |", "| --- | --- | --- |"]
    lines += [f"| [`{id_}`](#{id_}) | {rule.level.word} | {rule.title} |" for id_, rule in rules().items()]
    for id_, rule in rules().items():
        page = re.sub("^## ", "### ", rule.text().rstrip(), flags=re.MULTILINE)
        lines += ["", f"## {id_}", "", f"{rule.title} (`{rule.level.word}`).", "", page]
    return "\n".join(lines) + "\n"


def _commands() -> str:
    lines = [_HEAD, "# Commands", "", "Data goes to standard output, everything else to standard error."]
    for name, command in _walk("mailspec", commands):
        context = click.Context(command, info_name=name, terminal_width=80, help_option_names=["-h", "--help"])
        lines += ["", f"## {name}", "", "```text", command.get_help(context), "```"]
    return "\n".join(lines) + "\n"


def _statements() -> str:
    lines = [_HEAD, "# Statements of a plan", ""]
    lines += ["What `mailspec plan` says, by kind. `KIND:SUBJECT` is the key that `acknowledge` and `--allow` name."]
    signs = {"+": "begins", "~": "changes", "-": "ends"}
    for area in AREAS:
        lines += ["", f"## {area}", "", "| kind | meaning | sign | risk | why |", "| --- | --- | --- | --- | --- |"]
        for id_, kind in KINDS.items():
            rows = dict.fromkeys((case[0], risk.word, reason) for case, (risk, reason) in kind.cases.items())
            for index, (sign, risk, reason) in enumerate(rows if kind.area == area else ()):
                first = f"`{id_}` | {kind.meaning}" if index == 0 else " | "
                lines.append(f"| {first} | `{sign}` {signs[sign]} | {risk} | {reason} |")
    return "\n".join(lines) + "\n"


def _walk(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    for below, found in sorted(getattr(command, "commands", {}).items()):
        yield from _walk(f"{name} {below}", found)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file, content in pages().items():
        (FOLDER / file).write_text(content, encoding="utf-8")
