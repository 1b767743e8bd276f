"""Questions on the terminal, and the checks that options and answers share."""

import sys
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import click

from . import screen

Check = Callable[[str], str]

SPEC = click.argument("spec", type=click.Path(path_type=Path))


def domain(value: str) -> str:
    """A domain name in the form the model keeps."""
    from ..model.text import domain_name

    return _in_words(domain_name, value)


def local_part(value: str) -> str:
    """The part of an address before the `@`."""
    from ..model.text import local_part as check

    return _in_words(check, value)


def mailbox(value: str) -> str:
    """An address, or its local part alone for the default domain."""
    from ..model.text import mailbox_name

    return _in_words(mailbox_name, value)


def person(value: str) -> str:
    """An address, `group:NAME`, or `everyone`."""
    from ..model.text import person as check

    return _in_words(check, value)


def group(value: str) -> str:
    """The name of a group that a spec may define, with or without `group:` before it."""
    from ..model.text import GROUP, own_group_name

    return _in_words(own_group_name, value[len(GROUP) :] if value[: len(GROUP)].lower() == GROUP else value)


def label(value: str) -> str:
    """The name of an app password."""
    from ..model.text import label as check

    return _in_words(check, value)


def network(value: str) -> str:
    """A network of IP addresses."""
    try:
        return str(ip_network(value.partition("%")[0]))
    except ValueError:
        raise click.BadParameter(f"`{value}` is no network; write 198.51.100.0/24 or 2001:db8::/64") from None


def address(value: str) -> str:
    """An IP address."""
    try:
        return str(ip_address(value.partition("%")[0]))
    except ValueError:
        raise click.BadParameter(f"`{value}` is no IP address; write 198.51.100.25 or 2001:db8::25") from None


def checked(check: Check) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """The callback of an option whose values must pass a check."""

    def callback(_context: click.Context, _parameter: click.Parameter, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(check(item) for item in value)
        return value if value is None else check(value)

    return callback


def answer(option: str, question: str, default: str | None, check: Check) -> str:
    """What the user types; without a terminal the option is required."""
    if not sys.stdin.isatty():
        raise click.UsageError(f"{option} is missing, and there is no terminal to ask on")
    return str(click.prompt(question, default=default, value_proc=check, err=True))


def password(question: str) -> str:
    """A password typed twice; empty when the user types none."""
    from ..password import check_password

    while True:
        first = str(click.prompt(question, default="", hide_input=True, show_default=False, err=True))
        if not first:
            return ""
        try:
            check_password(first)
        except ValueError as error:
            screen.say(str(error))
            continue
        if click.prompt("Again", hide_input=True, err=True) == first:
            return first
        screen.say("the two differ")


def _in_words(check: Check, value: str) -> str:
    from pydantic_core import PydanticCustomError

    try:
        return check(value)
    except PydanticCustomError as error:
        context = error.context or {}
        raise click.BadParameter(f"{context['fact']}; {context['hint']}") from None
