"""Postfix: `postfix check` looks at files and modes; most values are read only by the daemon that needs them."""

import re
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

from ..command import TROUBLE, run
from .words import Words

_BARE = {"defer", "permit", "reject"}
_MAP = re.compile(r"(?:proxy:)?\b([a-z]+):(/etc/[^\s,}]+)")
_NO_MAP = {"inet", "unix", "error", "lmtp", "relay", "smtp"}
_PLACE = re.compile(r"(?<![\w:/])/etc/[^\s,:]+")
_MANY_VALUED = {"compatibility_level", "smtpd_forbid_bare_newline"}
"""Parameters whose values are of other kinds than their default looks like."""
_KINDS = (
    (re.compile(r"yes|no"), re.compile(r"yes|no"), "`yes` or `no`"),
    (re.compile(r"[0-9]+"), re.compile(r"-?[0-9]+"), "a number"),
    (re.compile(r"[0-9]+[smhdw]"), re.compile(r"[0-9]+[smhdw]?"), "a time such as `30s`, `5m`, `4h`, `1d`"),
)
"""How a default looks, how values then have to look, and what to say if they do not."""


def check() -> list[str]:
    """What is wrong with main.cf and master.cf."""
    _, said = run(["postconf"])
    found = [line for line in said.splitlines() if line.startswith("postconf: ") and TROUBLE.search(line)]
    defaults = dict(_settings(["postconf", "-d"]))
    settings = [*_settings(["postconf", "-n", "-x"]), *_settings(["postconf", "-P", "-x"])]
    found += [
        *_programs(),
        *_values(settings, defaults),
        *_restrictions(settings),
        *_maps(settings),
        *_trust(dict(settings)),
    ]
    return found


def _settings(argv: list[str]) -> Iterator[tuple[str, str]]:
    """Names and values; a setting of one service is named `service/type/name`."""
    for line in run(argv)[1].splitlines():
        name, equals, value = line.partition(" =")
        if equals and not line.startswith("postconf: "):
            yield name.strip(), value.strip()


def _programs() -> Iterator[str]:
    folder = Path(run(["postconf", "-h", "daemon_directory"])[1].splitlines()[-1])
    for name, command in _settings(["postconf", "-F", "*/*/command"]):
        program = command.split()[0] if command else ""
        if not (folder / program).is_file():
            yield f"error: /etc/postfix/master.cf: {name.removesuffix('/command')}: no program `{program}` in {folder}"


def _values(settings: list[tuple[str, str]], defaults: dict[str, str]) -> Iterator[str]:
    for name, value in settings:
        bare = name.rpartition("/")[2]
        file = "master.cf" if "/" in name else "main.cf"
        if bare in _MANY_VALUED or "$" in value:
            continue
        for looks, form, words in _KINDS:
            if looks.fullmatch(defaults.get(bare, "")) and not form.fullmatch(value):
                yield f"error: /etc/postfix/{file}: {bare} = {value} is not {words}"
        for path in _PLACE.findall(value):
            if not Path(path).exists():
                yield f"error: /etc/postfix/{file}: {bare} names {path}, which is not there"


def _restrictions(settings: list[tuple[str, str]]) -> Iterator[str]:
    """Words smtpd does not know; it says so only when a client comes that far."""
    words = Words([Path(run(["postconf", "-h", "daemon_directory"])[1].splitlines()[-1], "smtpd")])
    classes = " ".join(value for name, value in settings if name == "smtpd_restriction_classes").split()
    for name, value in settings:
        if not name.endswith("_restrictions"):
            continue
        for word in re.split(r"[\s,]+", value):
            is_word = re.fullmatch(r"[a-z_]+", word) and word not in _BARE and word not in classes
            if is_word and not (word.partition("_")[0] in {*_BARE, "check", "warn", "sleep"} and words.has(word)):
                yield f"error: {name.rpartition('/')[2]}: smtpd knows no restriction `{word}`"


def _trust(settings: dict[str, str]) -> Iterator[str]:
    """Whom Postfix trusts: this host, and whoever logs in over TLS."""
    for word in re.split(r"[\s,]+", settings.get("mynetworks", "")):
        try:
            if word and not ip_network(word.replace("[", "").replace("]", ""), strict=False).is_loopback:
                yield f"error: /etc/postfix/main.cf: mynetworks has {word}, which is not this host alone"
        except ValueError:
            yield f"error: /etc/postfix/main.cf: mynetworks has {word}, which is no network"
    if settings.get("smtpd_tls_auth_only") != "yes":
        yield "error: /etc/postfix/main.cf: smtpd_tls_auth_only is not `yes`, so that passwords may travel in clear"


def _maps(settings: list[tuple[str, str]]) -> Iterator[str]:
    """Maps that do not answer; asked as the user that asks them later."""
    kinds = set(run(["postconf", "-m"])[1].split())
    named = {match.groups() for _, value in settings for match in _MAP.finditer(value)}
    for kind, path in sorted(named):
        if kind in _NO_MAP:
            continue
        if kind not in kinds:
            yield f"error: Postfix has no maps of type `{kind}`, as in {kind}:{path}"
            continue
        code, text = run(["runuser", "-u", "postfix", "--", "postmap", "-q", "nobody@invalid", f"{kind}:{path}"])
        lines = [line for line in text.splitlines() if TROUBLE.search(line)]
        if lines or code > 1:
            yield from lines or [f"error: {kind}:{path} does not answer: {text}"]
