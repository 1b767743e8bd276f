"""Strings of the spec, each with a type that refuses what its targets could misread.

Names are compared in one form: domains as lower-case A-labels (RFC 5891), local parts in lower case,
everything in Unicode NFC.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Annotated

import idna
from pydantic import AfterValidator

from ..shown import shown
from .spec import refusal

EVERYONE = "everyone"
"""The group of all accounts that can receive; it is always there."""

GROUP = "group:"
"""What the name of a group begins with where people are named."""

_FORBIDDEN = ("$", "{{", "}}", "{%", "{#", "%{")
_LEADING = ("|", ":include:", "!", "-", "#")
_LOCAL_PART = re.compile(r"(?=.{1,64}\Z)[a-z0-9][a-z0-9_-]*+(?:\.[a-z0-9_-]++)*+\Z")
_USUAL = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ,.'-]{0,100}[A-Za-z0-9.])?\Z")
_GROUP = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\Z")
_PREFIX = re.compile(r"[][A-Za-z0-9(){}.:_-][][A-Za-z0-9 (){}.:_-]{0,38}[][A-Za-z0-9(){}.:_-]\Z")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")


def _shown(value: str) -> str:
    return shown(ascii(value)[1:-1])


def visible(value: str) -> str:
    """Refuse characters that a line-based file, a template or a reader's eye could misread."""
    if value.isascii() and value.isprintable():
        return value
    for character in value:
        # Cc control, Cf format (bidi marks among them), Cs surrogates, Zl and Zp line separators
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
            code = f"U+{ord(character):04X}"
            raise refusal(
                "unsafe-text", f"`{_shown(value)}` holds the character {code}", "remove the invisible character"
            )
    return unicodedata.normalize("NFC", value)


def _text(value: str) -> str:
    if _USUAL.match(value):
        return value
    value = visible(value)
    for token in _FORBIDDEN:
        if token in value:
            raise refusal("unsafe-text", f"`{shown(value)}` holds `{token}`", f"write it without `{token}`")
    for token in _LEADING:
        if value.startswith(token):
            raise refusal(
                "unsafe-text", f"`{shown(value)}` starts with `{token}`", f"write it without the leading `{token}`"
            )
    if not value.strip() or value != value.strip():
        raise refusal("unsafe-text", f"`{shown(value)}` is empty or has blanks around it", "remove the blanks")
    if len(value) > 200:
        raise refusal("too-long", f"a text of {len(value)} characters", "use at most 200 characters")
    return value


@lru_cache(1024)
def domain_name(value: str) -> str:
    """A domain name as lower-case A-labels without the final dot.

    >>> domain_name("Bücher.example")
    'xn--bcher-kva.example'
    """
    plain = visible(value)
    try:
        ascii_name = plain.lower() if plain.isascii() else idna.encode(plain, uts46=True).decode()
    except idna.IDNAError:
        ascii_name = ""
    labels = ascii_name.split(".")
    if len(labels) < 2 or len(ascii_name) > 253 or not all(_LABEL.match(label) for label in labels):
        raise refusal("bad-domain", f"`{_shown(value)}` is no domain name", "write a full name such as `example.org`")
    return ascii_name


def local_part(value: str) -> str:
    """The part of an address before the `@`, in lower case: letters, digits, `.`, `_` and `-`."""
    plain = visible(value).lower()
    if not _LOCAL_PART.match(plain):
        raise refusal(
            "bad-address",
            f"`{_shown(value)}` is no local part",
            "use letters, digits, `.`, `_` and `-`, with a letter or digit first and no two dots in a row",
        )
    return plain


def mailbox_name(value: str) -> str:
    """An address (`info@example.net`), or the local part alone for the default domain (`info`)."""
    if _LOCAL_PART.match(value):  # as nearly all are written
        return value
    if "@" not in value:
        return local_part(value)
    local, _, domain = value.rpartition("@")
    return f"{local_part(local)}@{domain_name(domain)}"


def group_name(value: str, before: str = "") -> str:
    """The name of a group, in lower case: letters, digits, `_` and `-`; `before` is what stands in front of it."""
    plain = visible(value).lower()
    if not _GROUP.match(plain):
        hint = "use letters, digits, `_` and `-`, with a letter or digit first"
        raise refusal("bad-group", f"`{_shown(before + value)}` is no name of a group", hint)
    return plain


def own_group_name(value: str) -> str:
    """The name of a group that a spec may define: any but that of all accounts."""
    name = group_name(value)
    if name == EVERYONE:
        raise refusal("bad-group", f"`{EVERYONE}` is the group of all accounts already", "choose another name")
    return name


def person(value: str) -> str:
    """An address, `group:NAME`, or `everyone`; no address holds a colon.

    >>> person("Group:Staff")
    'group:staff'
    """
    if value[: len(GROUP)].lower() == GROUP:
        return GROUP + group_name(value[len(GROUP) :], GROUP)
    return mailbox_name(value)


def group_of(person: str) -> str:
    """The name of the group that is meant; empty where it is an address."""
    return EVERYONE if person == EVERYONE else person.removeprefix(GROUP) if person.startswith(GROUP) else ""


def label(value: str) -> str:
    """The name of an app password.

    >>> label("phone")
    'phone'
    """
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?", value):
        hint = "use lower-case letters, digits and `-`, at most 32"
        raise refusal("bad-label", f"`{_shown(value)}` is no name of an app password", hint)
    return value


def prefix(value: str) -> str:
    """What subjects begin with.

    >>> prefix("[staff]")
    '[staff]'
    """
    if not _PREFIX.match(value):
        hint = "use letters, digits and `[](){}.:_-`, at most 40"
        raise refusal("bad-prefix", f"`{_shown(value)}` is no prefix of a subject", hint)
    return value


def sender_pattern(value: str) -> str:
    """An address or a whole domain."""
    return mailbox_name(value) if "@" in value else domain_name(value)


def _selector(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", value):
        raise refusal(
            "bad-selector", f"`{_shown(value)}` is no selector", "use lower-case letters, digits and `-`, at most 63"
        )
    return value


def _base64(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9+/]{16,2000}={0,2}", value):
        raise refusal("bad-key", f"`{_shown(value[:40])}` is no base64", "paste the public key as one line of base64")
    return value


Base64 = Annotated[str, AfterValidator(_base64)]
"""A public key: base64 in one line (the `p=` tag of RFC 6376)."""

DomainName = Annotated[str, AfterValidator(domain_name)]
"""A domain; international names become A-labels."""

Label = Annotated[str, AfterValidator(label)]
GroupName = Annotated[str, AfterValidator(own_group_name)]
"""The name of a group."""

MailboxName = Annotated[str, AfterValidator(mailbox_name)]
"""An address, or its local part alone for the default domain."""

Person = Annotated[str, AfterValidator(person)]
"""An address, `group:NAME` for the people of a group, or `everyone` for all accounts."""

Prefix = Annotated[str, AfterValidator(prefix)]
"""What subjects begin with."""

Selector = Annotated[str, AfterValidator(_selector)]
"""A DKIM selector (RFC 6376, 3.1)."""

SenderPattern = Annotated[str, AfterValidator(sender_pattern)]
"""An address or a whole domain."""

Text = Annotated[str, AfterValidator(_text)]
"""One line for people to read."""
