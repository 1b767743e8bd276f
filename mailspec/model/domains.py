"""Domains: the names this installation receives mail for."""

from enum import StrEnum
from typing import Annotated

from pydantic import Strict, model_validator

from .dmarc import Dmarc, DmarcOrPolicy
from .mta_sts import MtaSts
from .sieve import ScriptPath
from .spec import Spec, refusal
from .spf import Spf
from .text import DomainName, MailboxName

ROLE_NAMES = ("abuse", "dmarc-reports", "hostmaster", "postmaster", "security", "tls-reports", "webmaster")
"""Addresses every domain answers (RFC 2142) or names in its DNS records (RFC 8460, RFC 9990)."""


class Separator(StrEnum):
    """What may begin a detail besides `+`."""

    HYPHEN = "-"
    UNDERSCORE = "_"
    DOT = "."


class Domain(Spec):
    """A domain that receives mail, or another name for one."""

    alias_of: DomainName | None = None
    """The domain this one is another name for: each address exists in both."""

    catch_all: MailboxName | None = None
    """Who receives mail for addresses that do not exist; without it they are refused."""

    dmarc: DmarcOrPolicy = Dmarc()
    """What others shall do with mail that forges this domain, `quarantine` unless you say otherwise."""

    mta_sts: MtaSts | None = None
    """The policy that others send mail to this domain over TLS alone; without it they take what they get."""

    separator: Annotated[Separator | None, Strict(False)] = None
    """A second character that begins a detail (`alice-news`), besides `+`, which does so in every domain."""

    sieve: ScriptPath | None = None
    """A Sieve script that sees the mail of every account of the domain, before those of the accounts do."""

    spf: Spf = Spf()
    """Who else sends mail as this domain; without it only our servers do."""

    @model_validator(mode="after")
    def _alias_has_no_addresses(self) -> "Domain":
        if self.alias_of and self.catch_all:
            raise refusal(
                "alias-domain", "a domain alias has no `catch_all` of its own", "set it on the domain it stands for"
            )
        if self.alias_of and self.separator:
            hint = "set it on the domain it stands for"
            raise refusal("alias-domain", "a domain alias has no `separator` of its own", hint)
        if self.alias_of and self.sieve:
            hint = "set it on the domain it stands for"
            raise refusal("alias-domain", "a domain alias has no `sieve` of its own", hint)
        return self
