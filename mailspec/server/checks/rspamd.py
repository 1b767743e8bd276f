"""Rspamd: `configtest` passes over every option it does not know, and over values of the wrong kind.

Its modules read options by name. So an option must be a word of the module itself, of a library the module takes, or
of the module's file in the package; and where the module has a default, the value must look like it.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .ucl import Setting, settings
from .words import Words

_CONFIG = Path("/etc/rspamd")
_SHARE = Path("/usr/share/rspamd")
_PROGRAMS = ("/usr/bin/rspamd", "/usr/lib/rspamd/librspamd-server.so")
_OURS = ("local.d", "override.d")
_BOOLEAN = re.compile(r"(?i)true|false|yes|no|on|off|null")
_NUMBER = re.compile(r"(?i)-?[0-9]+(?:\.[0-9]+)?(?:ms|s|min|m|h|d|w|y|k|kb|mb|gb|g|b)?|null")
_LIBRARY = re.compile(r"""require\s*\(?\s*["']([\w./]+)["']""")


@dataclass
class _Module:
    """What can be known of the options of one file."""

    text: str = ""
    compiled: Words | None = None
    booleans: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    def knows(self, name: str) -> bool:
        in_text = re.search(rf"(?<![A-Za-z0-9_]){re.escape(name)}(?![A-Za-z0-9_])", self.text)
        return in_text is not None or (self.compiled is not None and self.compiled.has(name))


def check(ours: Collection[str]) -> list[str]:
    """What is wrong with our files below local.d and override.d; those of strangers are drift."""
    programs = Words(map(Path, _PROGRAMS))
    included = "".join(file.read_text(errors="replace") for file in _package_files())
    found: list[str] = []
    for folder in _OURS:
        for file in sorted((_CONFIG / folder).glob("*.*")):
            if file.suffix in {".conf", ".inc"} and str(file) in ours:
                if f'/{folder}/{file.name}"' not in included:
                    found.append(f"error: {file}: Rspamd reads no file of this name")
                else:
                    found += _faults(file, _module(file.name, programs))
    return found


def _package_files() -> list[Path]:
    return [
        file for pattern in ("*.conf", "*.inc", "modules.d/*.conf", "scores.d/*.conf") for file in _CONFIG.glob(pattern)
    ]


def _module(name: str, programs: Words) -> _Module:
    """The module that reads local.d/<name>: a plugin in Lua, or a part of the program."""
    stem = name.rpartition(".")[0]
    found = _Module()
    plugin = _SHARE / "plugins" / f"{stem}.lua"
    if plugin.exists():
        found.text = plugin.read_text(errors="replace")
        for library in sorted(set(_LIBRARY.findall(found.text))):
            path = _SHARE / "lualib" / library.replace(".", "/")
            for file in [path.with_suffix(".lua"), *path.glob("*.lua")]:
                found.text += file.read_text(errors="replace") if file.exists() else ""
        if "rspamd_plugins." in found.text:  # half of it is in the program, as with DKIM
            found.compiled = programs
        found.booleans, found.numbers = _lua_defaults(plugin.read_text(errors="replace"))
    else:
        found.compiled = programs
    for package in (_CONFIG / "modules.d" / name, _CONFIG / name, _SHARE / "lualib" / "lua_redis.lua"):
        if package.exists():
            found.text += package.read_text(errors="replace")
    if (_CONFIG / name).exists():
        for setting in settings((_CONFIG / name).read_text(errors="replace")):
            kind = found.booleans if _BOOLEAN.fullmatch(setting.value) else found.numbers
            if not setting.quoted and (_BOOLEAN.fullmatch(setting.value) or _NUMBER.fullmatch(setting.value)):
                kind.add(setting.name)
    return found


def _lua_defaults(text: str) -> tuple[set[str], set[str]]:
    """The names a plugin gives nothing but booleans, and those it gives nothing but numbers."""
    kinds: dict[str, set[str]] = {}
    for name, value in re.findall(r"(?m)^\s+([a-z_]+) = ([^,\n]+?),?\s*(?:--.*)?$", text):
        number = re.fullmatch(r"[0-9][0-9.* ]*", value)
        kinds.setdefault(name, set()).add("b" if value in {"true", "false"} else "n" if number else "?")
    return {n for n, kind in kinds.items() if kind == {"b"}}, {n for n, kind in kinds.items() if kind == {"n"}}


def _faults(file: Path, module: _Module) -> Iterator[str]:
    for setting in settings(file.read_text(errors="replace")):
        place = f"error: {file}:{setting.line}:"
        if setting.section:  # many are named by whoever writes them
            continue
        if not setting.quoted_name and not module.knows(setting.name):
            yield f"{place} unknown option {setting.name}"
        elif setting.name in module.booleans and not setting.quoted and not _BOOLEAN.fullmatch(setting.value):
            yield f"{place} {setting.name} = {setting.value} is neither `true` nor `false`"
        elif setting.name in module.numbers and not setting.quoted and not _NUMBER.fullmatch(setting.value):
            yield f"{place} {setting.name} = {setting.value} is not a number or a time"
        for path in _paths(setting):
            if not Path(path).exists():
                yield f"{place} {setting.name} names {path}, which is not there"


def _paths(setting: Setting) -> list[str]:
    return re.findall(r"/etc/[^\s\"';,\]]+", setting.value)
