"""Making everything of a spec that can be made: DKIM keys, certificates of the test CA, first passwords."""

from dataclasses import dataclass, field
from pathlib import Path

from . import files, keys
from .load import Source
from .model import web
from .model.dkim import Algorithm
from .model.domain import MailDomain
from .model.tls import Source as TlsSource
from .password import hash_app_password, hash_password, random_app_password, random_password
from .problem import SpecError
from .secrets import CA_KEY, SRS_KEY, WEB_KEY, needed
from .vault import PASSWORD_FILE, Vault

SELECTORS = {"ed1": Algorithm.ED25519, "rsa1": Algorithm.RSA}
"""The keys of a new domain: RSA for everybody, Ed25519 beside it."""


@dataclass
class Filled:
    """What was made, and what only the user can provide."""

    made: list[str] = field(default_factory=list)
    passwords: dict[str, str] = field(default_factory=dict)
    """The new passwords by login, of an app by login and label; shown once, kept nowhere."""
    lacking: list[str] = field(default_factory=list)


def fill(path: Path, *, passwords: bool = False) -> Filled:
    """Make what the spec of a folder lacks; a second run makes nothing.

    The vault is written first: a run that stops half way leaves an unused entry, never a key without its half.
    """
    source = Source(path)
    spec = source.spec(complete=False)
    folder = source.folder
    done = Filled()
    had_password = (folder / PASSWORD_FILE).exists()
    vault = Vault.create(folder)
    if not had_password and (folder / PASSWORD_FILE).exists():
        done.made.append(f"{files.name(folder / PASSWORD_FILE)}: the password of the vault; keep it, and out of git")
    if not vault.path.exists():
        done.made.append(f"{files.name(vault.path)}: the vault")
    for name in (SRS_KEY, *([WEB_KEY] if web.name(spec) else [])):
        if name not in vault.names():
            vault.set(name, random_password())
    written = _dkim(source, spec, vault) | _certificates(spec, vault, folder)
    if passwords:
        done.passwords = _passwords(spec, vault)
    vault.save()
    for target, text in written.items():
        files.write(target, text)
        done.made.append(files.name(target))
    spec = Source(path).spec()
    done.lacking = sorted({need.name for need in needed(spec)} - set(vault.names()))
    return done


def _dkim(source: Source, spec: MailDomain, vault: Vault) -> dict[Path, str]:
    """Keys for each domain that has none."""
    written = {}
    for domain, settings in spec.domains.items():
        if settings.alias_of or spec.dkim.get(domain):
            continue
        target = source.folder / "dkim" / f"{domain}.yml"
        if domain in spec.dkim or target.exists():
            place = str(source.place(("dkim", domain))) if domain in spec.dkim else files.name(target)
            raise SpecError.at(place, "no-dkim-key", f"there is an entry for `{domain}`, but no key", "remove it")
        lines = [f"{domain}:"]
        for selector, algorithm in SELECTORS.items():
            name = f"dkim/{domain}/{selector}"
            public, private = keys.dkim_pair(algorithm)
            vault.set(name, private)
            lines += [f"  {selector}:", f"    algorithm: {algorithm}"]
            lines += [f"    private: !secret {name}", f"    public: {public}"]
        written[target] = "\n".join(lines) + "\n"
    return written


def _certificates(spec: MailDomain, vault: Vault, folder: Path) -> dict[Path, str]:
    """Certificates for each server that lacks one, if the test CA is the source."""
    if spec.tls.source is not TlsSource.TEST_CA:
        return {}
    written = {}
    path = folder / "tls" / "ca.pem"
    ca = files.read(path) if path.exists() else ""
    ca_key = vault.get(CA_KEY) if CA_KEY in vault.names() else ""
    if not keys.fits(ca, ca_key):
        ca, ca_key = keys.authority()
        vault.set(CA_KEY, ca_key)
        written[path] = ca
    for server in spec.servers:
        name, chain = f"tls/{server}", spec.tls.certificates.get(server)
        hosts = web.names(spec, server)
        sound = chain and name in vault.names() and keys.fits(chain, vault.get(name)) and keys.lasts(chain, ca)
        if chain and sound and keys.names(chain).issuperset(hosts):
            continue
        chain, private = keys.certificate(server, ca, ca_key, also=hosts[1:])
        vault.set(name, private)
        written[folder / "tls" / f"{server}.pem"] = chain
    return written


def _passwords(spec: MailDomain, vault: Vault) -> dict[str, str]:
    """Random passwords for each account and app without a hash."""
    made = {}
    for name, account in spec.accounts.items():
        entry = account.entry
        if entry and entry not in vault.names():
            made[spec.address(name)] = random_password()
            vault.set(entry, hash_password(made[spec.address(name)]))
        for label, app in account.app_passwords.items():
            if app.hash.name not in vault.names():
                made[f"{spec.address(name)}/{label}"] = password = random_app_password()
                vault.set(app.hash.name, hash_app_password(password))
    return made
