"""Where a line of a rendered file stands in the spec, if it comes from a local fragment or a Sieve script."""

import re
from dataclasses import replace
from pathlib import Path

from . import files
from .load import Source
from .model.domain import MailDomain
from .problem import KeyPath, Place, SpecError
from .tree import File

_BLOCK = re.compile(r"\|[-+1-9]*\s*(#.*)?\Z")
_MAIN = {
    "/etc/dovecot/dovecot.conf": "dovecot",
    "/etc/nftables.conf": "nftables",
    "/etc/postfix/main.cf": "postfix",
    "/etc/unbound/unbound.conf": "unbound",
}


def place(source: Source, spec: MailDomain, file: File, line: int) -> Place | None:
    """The place in the spec of a line of a rendered file, from 1; None for a line of the template itself."""
    path, fragment = _fragment(spec, file)
    if not fragment:
        return None
    wanted = [text.strip() for text in fragment.split("\n")]
    lines = [text.strip() for text in file.text.split("\n")]
    starts = range(len(lines) - len(wanted), -1, -1)
    start = next((n for n in starts if lines[n : n + len(wanted)] == wanted), None)
    if start is None or line <= start:
        return None
    offset = line - 1 - start
    if offset >= len(wanted):  # what lacks an end is noticed at the end of the file
        if any(lines[start + len(wanted) :]):
            return None
        offset = len(wanted) - 1
    return _line(source.place(path), offset, wanted)


def _fragment(spec: MailDomain, file: File) -> tuple[KeyPath, str]:
    if service := _MAIN.get(file.path):
        return ("local", service), getattr(spec.local, service) or ""
    for script in spec.scripts:
        if script.file == file.path:
            return ("sieve", script.source), script.text
    name = file.path.removeprefix("/etc/rspamd/")
    return ("local", "rspamd", name), spec.local.rspamd.get(name, "")


def _line(value: Place, offset: int, wanted: list[str]) -> Place:
    """The line itself where the fragment is a block of lines or a file, else where the fragment begins."""
    try:
        lines = files.read(Path(value.file)).split("\n")
    except SpecError:
        return value
    if not value.line:
        blank = next((n for n, line in enumerate(lines) if line.strip()), 0)
        return replace(value, line=blank + offset + 1, column=1)
    if not _BLOCK.search(lines[value.line - 1][value.column - 1 :]):
        return value
    number = value.line
    while number < len(lines) and not lines[number].strip():
        number += 1
    number += offset
    if number >= len(lines) or lines[number].strip() != wanted[offset]:
        return value
    column = len(lines[number]) - len(lines[number].lstrip()) + 1
    return replace(value, line=number + 1, column=column)
