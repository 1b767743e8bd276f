"""Local: configuration that the spec has no word for, written as the service reads it."""

import re
from typing import Annotated

from pydantic import AfterValidator

from ..shown import shown
from .spec import Spec, refusal
from .text import visible

LONGEST = 20_000
"""The most characters of one fragment; what is longer is no addition."""


def _fragment(value: str) -> str:
    text = "\n".join(visible(line).rstrip(" ") for line in value.split("\n")).strip("\n")
    if not text:
        raise refusal("empty-text", "the fragment holds nothing", "write its lines below a `|`, or leave it out")
    if text.startswith(" "):
        hint = "begin the first line where the others begin"
        raise refusal("unsafe-text", "the first line begins with a blank, and would continue the line above", hint)
    if len(text) > LONGEST:
        raise refusal("too-long", f"a fragment of {len(text)} characters", f"use at most {LONGEST} characters")
    return text


def _rspamd_file(value: str) -> str:
    if re.fullmatch(r"(local|override)\.d/[a-z0-9][a-z0-9_-]{0,60}\.(conf|inc)", value):
        return value
    raise refusal(
        "bad-file-name",
        f"`{shown(value)}` is no file for additions",
        "write `local.d/MODULE.conf`, or `override.d/MODULE.conf` where mailspec writes the first itself",
    )


Fragment = Annotated[str, AfterValidator(_fragment)]
"""Lines in the language of a service; no control characters, and no secrets, since the spec is public."""

RspamdFile = Annotated[str, AfterValidator(_rspamd_file)]
"""A file below `/etc/rspamd` that is there for additions."""


class Local(Spec):
    """Configuration that the spec has no word for, at the end of what mailspec writes; the checks read it too."""

    dovecot: Fragment | None = None
    """Settings for the end of `dovecot.conf`, in the language of the release."""

    nftables: Fragment | None = None
    """Rules for the end of the input chain; what none of them accepts is dropped."""

    postfix: Fragment | None = None
    """Parameters for the end of `main.cf`; one that mailspec sets is an error."""

    rspamd: dict[RspamdFile, Fragment] = {}
    """Whole files below `/etc/rspamd`, by name."""

    unbound: Fragment | None = None
    """Clauses for the end of `unbound.conf`."""
