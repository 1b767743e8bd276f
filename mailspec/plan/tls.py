"""Certificates in mail terms: what the servers show, and who issues it."""

from collections.abc import Iterator

from cryptography import x509

from ..model.tls import Source
from .fact import Change, Difference, Fact, FactKey, Said, View
from .setting import Setting, setting_facts, settings_said

_ISSUER = {Source.FILES: "the files you provide", Source.TEST_CA: "a CA that only tests trust"}
SETTINGS = (
    Setting(
        "certificate-source",
        ("tls", "source"),
        lambda view: view.spec.tls.source,
        lambda old, new: (
            "~test" if new is Source.TEST_CA else "~",
            f"certificates come from {_ISSUER[new]} instead of {_ISSUER[old]}",
        ),
    ),
)


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """The chain of each server, as far as it is there already."""
    yield from setting_facts(view, SETTINGS)
    for name in view.hosts:
        if name in view.spec.tls.certificates:
            yield ("certificate", name), Fact(view.spec.tls.certificates[name].strip(), ("tls", "certificates", name))


def said(change: Change) -> Iterator[Said]:
    """Certificates that others will see from now on."""
    yield from settings_said(change, SETTINGS)
    for found in change.of("certificate"):
        if change.has_both(found.subject):
            yield _certificate(found)


def _certificate(found: Difference) -> Said:
    server = found.subject
    old, new = _leaf(found.old), _leaf(found.new)
    if new is None:
        return found.says("certificate", "-", server, f"{server} has no certificate any more")
    until = f"{new.not_valid_after_utc:%Y-%m-%d}"
    if server not in _names(new):
        text = f"{server} shows a certificate that does not name it, valid until {until}"
        return found.says("certificate", "~stranger", server, text)
    if old is None:
        return found.says("certificate", "+", server, f"{server} shows a certificate valid until {until}")
    key = "the same key" if old.public_key() == new.public_key() else "a new key"
    before = f"{old.not_valid_after_utc:%Y-%m-%d}"
    when = until if until == before else f"{until} instead of {before}"
    text = f"{server} shows another certificate with {key}, valid until {when}"
    case = "~sooner" if new.not_valid_after_utc < old.not_valid_after_utc else "~"
    return found.says("certificate", case, server, text)


def _leaf(fact: Fact | None) -> x509.Certificate | None:
    return x509.load_pem_x509_certificates(str(fact.value).encode())[0] if fact else None


def _names(certificate: x509.Certificate) -> list[str]:
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except (x509.ExtensionNotFound, ValueError):
        return []
    return extension.value.get_values_for_type(x509.DNSName)
