"""Mailing lists: what mlmmj has to know of each discussion and announcement list, as rows.

A row of `control` is a file of mlmmj's control directory. The server writes it before it lets mlmmj work, so that a
change of a list touches no process, and a rollback takes it along.
"""

from collections.abc import Iterator

from .model import web
from .model.domain import MailDomain
from .model.lists import List, Post, ReplyTo, Subscription
from .routing import Route, speakers

PORT = 10025
"""Where Postfix takes what mlmmj sends, on the server itself."""
NONE, LEAVE, JOIN = 0, 1, 2
"""How wide the doors of a list are open: to nobody, to who leaves, and to who joins too."""
COMMANDS = (
    *((NONE, pattern) for pattern in ("bounces-?*", "get-?*", "help", "list", "owner", "reject-?*", "release-?*")),
    *((LEAVE, pattern) for pattern in ("confunsub-?*", "unsubscribe")),
    *((JOIN, pattern) for pattern in ("confsub-?*", "obstruct-?*", "permit-?*", "subscribe", "subscribe-digest")),
)
"""What may follow the `+` in the address of a list, once its doors are open that wide."""
MARKS = ("X-Mailspec-Author", "X-Mailspec-Post")
"""What the filter says of a post: the policy of its author's domain, and `send` or `hold`."""

_GONE = (
    "Authentication-Results:",
    "Delivered-To:",
    "Disposition-Notification-To:",
    "DKIM-Signature:",
    "Errors-To:",
    "List-",
    "Precedence:",
    "Return-Receipt-To:",
    "Sender:",
    f"{MARKS[1]}:",
)
"""Headers that a post loses: they speak for another list, or would be untrue after the changes of this one."""


def addresses(spec: MailDomain) -> set[str]:
    """The addresses whose mail mlmmj takes."""
    return {address for address, entry in spec.mailing_lists.items() if entry.is_mailing}


def doors(entry: List) -> int:
    """How wide the doors of a list are open."""
    if not entry.is_joined:
        return NONE
    return LEAVE if entry.subscription is Subscription.CLOSED else JOIN


def row(address: str, entry: List) -> tuple[str, str, int, str, int]:
    """What the filter asks about a list."""
    return address, entry.membership.value, doors(entry), entry.moderation.value, entry.message_size


def owners(spec: MailDomain, entry: List) -> list[str]:
    """The addresses of those who answer for a list, sorted."""
    return sorted({address for _, address in spec.people(entry.owners or (spec.postmaster,))})


def moderators(spec: MailDomain, table: dict[str, Route], entry: List) -> frozenset[str]:
    """The logins and external addresses whose posts never wait."""
    return frozenset(who for _, address in spec.people(entry.moderators) for who in speakers(spec, table, address))


def owner_routes(spec: MailDomain, address: str, entry: List) -> Iterator[tuple[str, str]]:
    """Where mail for the owners of a list goes."""
    local, _, domain = address.partition("@")
    for owner in owners(spec, entry):
        yield f"{local}+owner@{domain}", owner


def control(spec: MailDomain, address: str, entry: List) -> Iterator[tuple[str, str, str]]:
    """The files of a list's control directory; a switch is on where its file is there, empty."""
    deciders = sorted({who for _, who in spec.people(entry.moderators)})
    values = {
        "access": f"send ^{MARKS[1]}: send\nmoderate ^{MARKS[1]}: hold\n",
        "bouncelife": f"{entry.bounces}\n",
        "customheaders": "".join(f"{name}: {value}\n" for name, value in _headers(address, entry, web.name(spec))),
        "delheaders": "".join(f"{name}\n" for name in _gone(entry)),
        "listaddress": f"{address}\n",
        "moderators": _lines(deciders),
        "owner": _lines(owners(spec, entry)),
        "relayhost": "127.0.0.1\n",
        "smtphelo": "localhost\n",
        "smtpport": f"{PORT}\n",
    }
    if entry.prefix:
        values["prefix"] = f"{entry.prefix}\n"
    if entry.digest:
        values["digestinterval"] = f"{entry.digest}\n"
    if entry.subscription is Subscription.MODERATED:
        values["submod"] = _lines(owners(spec, entry))
    switches = {
        "closedlist": doors(entry) == NONE,
        "closedlistsub": doors(entry) == LEAVE,
        "noaccessdenymails": True,
        "noarchive": not entry.archive,
        "nodigestsub": not entry.digest,
        "noget": not entry.archive,
        "subonlyget": True,
        "tocc": True,
    }
    values |= {name: "" for name, is_on in switches.items() if is_on}
    for name, text in values.items():
        yield address, name, text


def _headers(address: str, entry: List, site: str) -> Iterator[tuple[str, str]]:
    """What every post gets (RFC 2369, RFC 2919); the filter gives each member an address on the web (RFC 8058)."""
    local, _, domain = address.partition("@")
    yield "List-Id", f"<{local}.{domain}>"
    yield "List-Post", "NO (only moderators may post)" if entry.post is Post.MODERATORS else f"<mailto:{address}>"
    yield "List-Help", f"<mailto:{local}+help@{domain}>"
    yield "List-Owner", f"<mailto:{local}+owner@{domain}>"
    if doors(entry) >= LEAVE:
        yield "List-Unsubscribe", f"<mailto:{local}+unsubscribe@{domain}>"
        if site:  # here already, as a signature covers no header that comes only on the way out
            yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"
    if doors(entry) >= JOIN:
        yield "List-Subscribe", f"<mailto:{local}+subscribe@{domain}>"
    yield "Precedence", "list"
    yield "X-Loop", address
    if entry.reply_to is ReplyTo.LIST:
        yield "Reply-To", f"<{address}>"


def _gone(entry: List) -> list[str]:
    return sorted([*_GONE, *(["Reply-To:"] if entry.reply_to is ReplyTo.LIST else [])])


def _lines(addresses: list[str]) -> str:
    return "".join(f"{address}\n" for address in addresses)
