"""What holds for mail to an address besides its way: the filter, the limits, the servers and their ports."""

from collections.abc import Iterator

from ..host import Host
from ..model.sending import effective, words
from ..model.spf import spoken
from ..problem import KeyPath
from .step import Fact, Step, size, time
from .trace import Trace

NEVER_REFUSED = ("abuse", "postmaster")
"""Local parts whose mail is never refused for what it holds."""
_SHOWN = 10
"""How many senders of a list are told one by one."""


def last(step: Step) -> Step:
    """What an address is once other names of its domain and its detail are taken away."""
    while step.kind in {"alias-domain", "detail"}:
        step = step.next[0]
    return step


def strangers(trace: Trace, address: str, step: Step) -> tuple[Fact, ...]:
    """What the filter does with mail from outside, in the order in which the rules decide."""
    if last(step).kind in {"closed", "outside", "unknown"}:
        return ()
    return tuple(_strangers(trace, address))


def _strangers(trace: Trace, address: str) -> Iterator[Fact]:
    spam, mark = trace.spec.spam, "goes to Junk"
    if trace.keys(address)[1].partition("@")[0] in NEVER_REFUSED:
        yield Fact("mail to it alone is never refused for what it holds (RFC 5321, 4.5.1)")
    yield from _named("denied, refused with 554 5.7.1", spam.deny, ("spam", "deny"))
    never = f"whatever its score, mail that SPF, DKIM or DMARC proves never {mark}"
    yield from _named(f"allowed: {never}", spam.allow, ("spam", "allow"))
    own, domain = trace.spec.domains, address.rpartition("@")[2]
    if domain in own:
        does = {"none": "counted as spam or not by its score", "quarantine": mark, "reject": "refused with 554 5.7.1"}
        path: KeyPath = ("domains", domain, "dmarc")
        yield Fact(f"mail that forges {domain} as its author: {does[own[domain].dmarc.policy.value]}", path)
        if others := own[domain].spf.senders:
            told = f"{', '.join(map(spoken, others))}: may send as {domain}, besides our servers"
            yield Fact(told, ("domains", domain, "spf"))
    yield Fact(f"score {spam.reject} or more: refused with 554 5.7.1", ("spam", "reject"))
    yield Fact(f"score {spam.mark} or more: {mark}, past the Sieve script of the user", ("spam", "mark"))
    grey = spam.greylisting
    if not grey.enabled:
        yield Fact("no greylisting", ("spam", "greylisting", "enabled"))
        return
    wait = f"put off with 451 4.7.1, accepted when tried again after {time(grey.delay)}"
    path = ("spam", "greylisting", "delay")
    yield Fact(f"score {grey.score} or more from a sender not seen before: {wait}", path)


def _named(word: str, senders: tuple[str, ...], path: KeyPath) -> Iterator[Fact]:
    if senders:
        below = [Fact(sender, (*path, index)) for index, sender in enumerate(senders[:_SHOWN])]
        if len(senders) > _SHOWN:
            below.append(Fact(f"and {len(senders) - _SHOWN} more", path))
        yield Fact(f"senders {word}", path, tuple(below))


def limits(trace: Trace, step: Step) -> tuple[Fact, ...]:
    """What one message and one client may ask for."""
    found = trace.spec.limits
    if last(step).kind in {"closed", "unknown"}:
        return ()
    facts = [
        Fact(f"a message of up to {size(found.message_size)}, else 552 5.3.4", ("limits", "message_size")),
        Fact(f"up to {found.recipients} recipients of one message, then 452 4.5.3", ("limits", "recipients")),
    ]
    if last(step).kind in {"forward", "mailbox"}:
        facts += _sending(trace, str(last(step).path[1]))
        facts.append(Fact(f"{found.auth_rate} logins a minute from one client", ("limits", "auth_rate")))
    return tuple(facts)


def _sending(trace: Trace, name: str) -> Iterator[Fact]:
    """How much an account may send, if it may at all."""
    account = trace.spec.accounts[name]
    path: KeyPath = ("accounts", name, "sending") if account.sending else ("limits", "sending")
    if account.can_send:
        numbers = words(effective(trace.spec.limits.sending, account.sending))
        yield Fact(f"sends at most {numbers}, then 451 4.7.1", path)


def servers(trace: Trace) -> tuple[Fact, ...]:
    """The servers and what answers at which port."""
    found = []
    for name, server in trace.spec.servers.items():
        path = ("servers", name)
        ports = tuple(Fact(f"port {port}: {what}") for port, what in Host(trace.spec, name).services.items())
        where = ", ".join(str(address) for address in server.addresses)
        found.append(Fact(f"{name} at {where}", path, ports))
    return tuple(found)
