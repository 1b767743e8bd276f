"""Sieve: scripts of the spec that sort the mail of a domain or an account before the user's own does (RFC 5228)."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator

from ..problem import KeyPath
from ..shown import shown
from .spec import Clash, refusal
from .text import visible

if TYPE_CHECKING:
    from .domain import MailDomain

FOLDER = "sieve"
"""Where the scripts lie beside the spec."""
LONGEST = 64 * 1024
"""The most characters of one script."""

_PATH = re.compile(r"sieve/[A-Za-z0-9][A-Za-z0-9_.-]{0,60}\.sieve\Z")
_WORD = re.compile(
    r"""\#[^\n]* | /\*.*?\*/ | "(?:\\.|[^"\\])*" | \btext:[ \t]*(?:\#[^\n]*)?\n(?:.*?\n)??\.(?:\n|\Z)
      | (?P<word>[A-Za-z_]\w*)""",
    re.DOTALL | re.VERBOSE,
)


def _path(value: str) -> str:
    if _PATH.match(value):
        return value
    hint = "put it into the folder `sieve` beside `mail.yml`, and write `sieve/NAME.sieve`"
    raise refusal("bad-file-name", f"`{shown(value)}` is no file of a script", hint)


def _script(value: str) -> str:
    text = value.replace("\r\n", "\n").strip("\n")
    for line in text.split("\n"):
        visible(line.replace("\t", " "))
    if not text.strip():
        raise refusal("empty-text", "the script holds nothing", "write `keep;`, or remove it")
    if len(text) > LONGEST:
        raise refusal("too-long", f"a script of {len(text)} characters", f"use at most {LONGEST} characters")
    return text


ScriptPath = Annotated[str, AfterValidator(_path)]
"""The path of a script, from the folder of the spec."""

ScriptText = Annotated[str, AfterValidator(_script)]
"""A Sieve script, without control characters but tabs."""


@dataclass(frozen=True)
class Script:
    """A script, and whose mail it sees."""

    kind: str
    """`accounts` or `domains`."""
    name: str
    """A login or a domain."""
    source: str
    """Its path from the folder of the spec."""
    text: str
    path: KeyPath
    """The part of the spec that asks for it."""

    @property
    def file(self) -> str:
        """Where a server has it."""
        return f"/etc/dovecot/sieve/{self.kind}/{self.name}.sieve"

    @property
    def redirects(self) -> bool:
        """Whether it has a command that forwards mail."""
        return may_redirect(self.text)


def scripts(spec: "MailDomain") -> tuple[Script, ...]:
    """The scripts of the domains, then those of the accounts."""
    named = [("domains", name, domain.sieve, name) for name, domain in spec.domains.items() if domain.sieve]
    users = [(key, account.sieve) for key, account in spec.accounts.items() if account.sieve]
    named += [("accounts", spec.address(key), source, key) for key, source in users]
    return tuple(
        Script(kind, name, source, spec.sieve[source], (kind, key, "sieve")) for kind, name, source, key in named
    )


def may_redirect(text: str) -> bool:
    """Whether `redirect` stands in a script, outside of texts and comments.

    >>> may_redirect('redirect "friend@example.com";'), may_redirect('keep; # no "redirect"')
    (True, False)
    """
    return any((match["word"] or "").lower() == "redirect" for match in _WORD.finditer(text))


def clashes(spec: "MailDomain") -> Iterator[Clash]:
    """Scripts that are named and not there."""
    named = [(domain.sieve, ("domains", key, "sieve")) for key, domain in spec.domains.items() if domain.sieve]
    named += [(account.sieve, ("accounts", key, "sieve")) for key, account in spec.accounts.items() if account.sieve]
    for source, path in named:
        if source not in spec.sieve:
            near = difflib.get_close_matches(source, sorted(spec.sieve), 1, 0.85)
            hint = f"write `{near[0]}`" if near else "put it there, beside `mail.yml`"
            yield Clash(path, "unknown-script", f"there is no `{source}`", hint)
