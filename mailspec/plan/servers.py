"""Servers in mail terms: where they are, what they run, and what the world and administrators reach."""

from collections.abc import Iterator

from .fact import Change, Fact, FactKey, Said, View
from .setting import EVERYBODY, rises
from .words import names

_RELEASES = {"debian-12": "Debian 12", "debian-13": "Debian 13"}


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """Each server with its addresses, release, roles and open ports, and who reaches sshd."""
    for name, host in view.hosts.items():
        path = ("servers", name)
        yield ("server", name), Fact(True, path)
        yield ("release", name), Fact(host.os, (*path, "os"))
        yield ("generations", name), Fact(view.spec.servers[name].generations, (*path, "generations"))
        yield ("server-address", name), Fact(frozenset({*host.ipv4, *host.ipv6}), (*path, "addresses"))
        for role in host.roles:
            yield ("role", name, role), Fact(True, (*path, "roles"))
        for port, service in host.services.items():
            where = "web" if port == 443 else "roles"
            yield ("port", name, f"{port:05d}"), Fact(service, (*path, where))
    ssh = view.spec.firewall.ssh
    yield ("ssh-port", EVERYBODY), Fact(ssh.port, ("firewall", "ssh", "port"))
    yield ("ssh-from", EVERYBODY), Fact(frozenset(map(str, ssh.from_)), ("firewall", "ssh", "from"))


def said(change: Change) -> Iterator[Said]:
    """Servers that come, go, move or open; the parts of one that comes or goes are in its own statement."""
    for found in change.of("server"):
        name = found.subject
        if found.new:
            host = change.after.hosts[name]
            where = names([*host.ipv4, *host.ipv6])
            text = (
                f"{name} becomes a mail server ({_RELEASES[host.os]}) at {where}, with the ports {_ports(host.ports)}"
            )
            yield found.says("server-added", "+", name, text)
        else:
            yield found.says("server-removed", "-", name, f"{name} is no mail server of ours any more")
    yield from _moved(change)
    for found in change.of("release"):
        if found.old and found.new:
            text = (
                f"{found.subject} runs {_RELEASES[str(found.new.value)]} instead of {_RELEASES[str(found.old.value)]}"
            )
            newer = str(found.new.value) > str(found.old.value)
            yield found.says("release", "~newer" if newer else "~older", found.subject, text)
    for found in change.of("generations"):
        if found.old and found.new:
            old, new = int(str(found.old.value)), int(str(found.new.value))
            text = f"{found.subject} keeps {new} states, the current one included, instead of {old}"
            case = rises(old, new)
            yield found.says("generations", case, found.subject, text)
    for found in change.of("role"):
        if change.has_both(found.subject):
            begins = "takes on" if found.new else "gives up"
            text = f"{found.subject} {begins} the role {found.key[2]}"
            case = "+" if found.new else ("-last" if not _anywhere(change, found.key[2]) else "-")
            yield found.says("server-role", case, f"{found.subject}:{found.key[2]}", text)
    yield from _opened(change)
    yield from _ssh(change)


def _moved(change: Change) -> Iterator[Said]:
    for found in change.of("server-address"):
        if not found.old or not found.new:
            continue
        old, new = _set(found.old), _set(found.new)
        gained, lost = new - old, old - new
        if gained and lost:
            text = f"{found.subject} is reached at {names(gained)} instead of {names(lost)}"
            case = "~"
        elif gained:
            text, case = f"{found.subject} is also reached at {names(gained)}", "+"
        else:
            text, case = f"{found.subject} is no longer reached at {names(lost)}", "-"
        for version, mark in ((4, "."), (6, ":")):
            had, has = (any(mark in address for address in side) for side in (old, new))
            if had != has:
                text += f", {'and over' if has else 'and no longer over'} IPv{version}"
        yield found.says("server-address", case, found.subject, text)


def _opened(change: Change) -> Iterator[Said]:
    for found in change.of("port"):
        server, port = found.subject, str(int(found.key[2]))
        if not change.has_both(server):
            continue
        service = (found.new or found.old or Fact("")).value
        if found.new:
            text = f"port {port} ({service}) opens on {server}"
            yield found.says("port-opens", "+", f"{server}:{port}", text)
        else:
            text = f"port {port} ({service}) closes on {server}"
            yield found.says("port-closes", "-mx" if port == "25" else "-", f"{server}:{port}", text)


def _ssh(change: Change) -> Iterator[Said]:
    for found in change.of("ssh-port"):
        if found.old and found.new:
            text = f"administrators reach the servers at port {found.new.value} instead of {found.old.value}"
            yield found.says("ssh-port", "~", EVERYBODY, text)
    for found in change.of("ssh-from"):
        old, new = _set(found.old), _set(found.new)
        gained, lost = new - old, old - new
        if not new:
            text = f"everybody may try to log in as administrator (ssh), so far only {names(old)}"
            yield found.says("ssh-from", "~everybody", EVERYBODY, text)
        elif not old:
            text = f"only {names(new)} may log in as administrator (ssh), so far everybody might try"
            yield found.says("ssh-from", "~closed", EVERYBODY, text)
        elif gained:
            also = f", and {names(lost)} may no longer" if lost else ""
            text = f"administrators may also log in from {names(gained)} (ssh){also}"
            yield found.says("ssh-from", "~" if lost else "+", EVERYBODY, text)
        else:
            text = f"administrators may no longer log in from {names(lost)} (ssh)"
            yield found.says("ssh-from", "-", EVERYBODY, text)


def _anywhere(change: Change, role: str) -> bool:
    return any(key[0] == "role" and key[2] == role for key in change.new)


def _ports(ports: list[int]) -> str:
    found = [str(port) for port in ports]
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found)


def _set(fact: Fact | None) -> frozenset[str]:
    return fact.value if fact and isinstance(fact.value, frozenset) else frozenset()
