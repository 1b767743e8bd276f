"""DMARC: what others do with mail that forges a domain, and whom they tell (RFC 9989, RFC 9990, RFC 9991)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import GetJsonSchemaHandler, Strict, TypeAdapter, WrapValidator, model_validator

from .spec import Clash, ClashError, Spec
from .text import MailboxName

if TYPE_CHECKING:
    from .domain import MailDomain

REPORT = "._report._dmarc."
"""Stands between a domain and the host of its reports in the name of the record that agrees (RFC 9990, 4)."""


class Policy(StrEnum):
    """What we ask others to do with forged mail (`p=`), the mildest first."""

    NONE = "none"
    QUARANTINE = "quarantine"
    REJECT = "reject"

    @property
    def rank(self) -> int:
        """A higher one is stricter."""
        return list(Policy).index(self)


_POLICY = TypeAdapter(Policy)


class Proof(StrEnum):
    """What proves that mail is no forgery."""

    DKIM = "dkim"
    SPF = "spf"


_DROPPED = {
    "pct": "write `testing: true` to try `reject` out, or a milder `policy`; half of the mail is no policy",
    "rf": "leave it out: failure reports have one format",
    "ri": "leave it out: reports come once a day",
}
"""The tags of RFC 7489 that RFC 9989 has dropped, and what to write instead."""


class Dmarc(Spec):
    """What others do with mail that forges a domain, and whom they tell; `dmarc: reject` is short for its `policy`."""

    policy: Annotated[Policy, Strict(False)] = Policy.QUARANTINE
    """What others do with forged mail: deliver it (`none`), put it into the spam folder, or refuse it."""

    subdomains: Annotated[Policy, Strict(False)] | None = None
    """The policy of names below the domain, where it differs; forging names that do not exist is refused anyway."""

    testing: bool = False
    """Whether others shall act one step milder for now, `quarantine` for `reject`; readers of RFC 7489 ignore it."""

    strict: Annotated[frozenset[Annotated[Proof, Strict(False)]], Strict(False)] = frozenset()
    """What counts only under the very name of the domain; otherwise names below it and above it prove its mail too."""

    reports: Annotated[tuple[MailboxName, ...], Strict(False)] = ()
    """Who gets the daily reports; without a name `dmarc-reports` of the domain, which is the postmaster."""

    failure_reports: Annotated[tuple[MailboxName, ...], Strict(False)] = ()
    """Who gets parts of each message that fails; few send them, as they show mail of others."""

    @property
    def below(self) -> Policy:
        """The policy of names below the domain."""
        return self.subdomains or self.policy

    @model_validator(mode="before")
    @classmethod
    def _no_dropped_tags(cls, value: Any) -> Any:
        found = sorted(_DROPPED.keys() & value.keys()) if isinstance(value, dict) else []
        if found:
            facts = [(tag, f"RFC 9989 has dropped `{tag}` from DMARC") for tag in found]
            raise ClashError([Clash((tag,), "dropped-tag", fact, _DROPPED[tag], on_key=True) for tag, fact in facts])
        return value


def _short(value: Any, handler: Callable[[Any], Dmarc]) -> Dmarc:
    return Dmarc(policy=_POLICY.validate_python(value)) if isinstance(value, str) else handler(value)


@dataclass(frozen=True)
class _OrPolicy:
    """Tells the schema of the short form."""

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", "enum": list(map(str, Policy))}, handler(schema)]}


DmarcOrPolicy = Annotated[Dmarc, WrapValidator(_short), _OrPolicy()]
"""The whole of it, or its policy alone."""


def reports(spec: "MailDomain", name: str) -> tuple[str, ...]:
    """Who gets the daily reports about a domain, in full."""
    found = {spec.address(address) for address in spec.domains[name].dmarc.reports}
    return tuple(sorted(found)) or (f"dmarc-reports@{name}",)


def failure_reports(spec: "MailDomain", name: str) -> tuple[str, ...]:
    """Who gets the failure reports about a domain, in full."""
    return tuple(sorted({spec.address(address) for address in spec.domains[name].dmarc.failure_reports}))


def clashes(spec: "MailDomain", is_known: Callable[[str], bool]) -> Iterator[Clash]:
    """Reports for addresses of ours that do not exist, and to hosts whose record would have too long a name."""
    for name, domain in spec.domains.items():
        for key in ("reports", "failure_reports"):
            for index, written in enumerate(getattr(domain.dmarc, key)):
                path, address = ("domains", name, "dmarc", key, index), spec.address(written)
                host = address.rpartition("@")[2]
                if spec.is_ours(address) and not is_known(address):
                    hint = "add the account or list, or correct the name"
                    yield Clash(path, "unknown-address", f"`{written}` does not exist", hint)
                elif host != name and len(f"{name}{REPORT}{host}") > 253:
                    fact = f"the record with which `{host}` takes reports about `{name}` would have no legal name"
                    yield Clash(path, "too-long", fact, "send them to an address of the domain itself")
