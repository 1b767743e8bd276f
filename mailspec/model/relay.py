"""Relay: the server of somebody else that takes all mail to the outside, where we may not deliver it ourselves."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, Strict, model_validator

from ..shown import shown
from .secret import SecretRef
from .spec import Spec, refusal
from .text import DomainName, visible

WRAPPED = 465
"""The port where TLS begins before the first word (RFC 8314)."""


def login(value: str) -> str:
    """A login as it stands in a line of a table, before a colon."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._@+=/-]{0,200}", visible(value)):
        hint = "use letters, digits and `. _ @ + = / -`, as the operator of the relay wrote it"
        raise refusal("bad-login", f"`{shown(value)}` is no login of a relay", hint)
    return value


RelayLogin = Annotated[str, AfterValidator(login)]
"""A login at a relay."""


class Protection(StrEnum):
    """How mail is protected on the way to the relay."""

    VERIFY = "verify"
    ENCRYPT = "encrypt"
    NONE = "none"


class Relay(Spec):
    """A server of somebody else that takes all mail to the outside; mail between our accounts does not leave."""

    host: DomainName
    """Its name, as its certificate has it."""

    port: int = Field(default=587, ge=1, le=65535)
    """The port; at 465 TLS begins at once, at any other by STARTTLS."""

    tls: Annotated[Protection, Strict(False)] = Protection.VERIFY
    """`verify` hands mail only to the real relay, `encrypt` to anyone who speaks TLS, `none` in the open if need be."""

    login: RelayLogin | None = None
    """The login at the relay, if it asks for one."""

    password: SecretRef | None = None
    """The password at the relay, as it is and not as a hash."""

    @property
    def endpoint(self) -> str:
        """Where mail goes; the brackets say that it is a host, which has no MX."""
        return f"[{self.host}]:{self.port}"

    @property
    def level(self) -> str:
        """The level of TLS, as Postfix calls it."""
        return "may" if self.tls is Protection.NONE else self.tls.value

    @property
    def wrapped(self) -> bool:
        """Whether TLS begins before the first word."""
        return self.port == WRAPPED

    @model_validator(mode="after")
    def _login_is_whole_and_safe(self) -> "Relay":
        if (self.login is None) != (self.password is None):
            lacking = "login" if self.login is None else "password"
            raise refusal("half-a-login", f"a relay with half a login: `{lacking}` is missing", f"add `{lacking}`")
        if self.tls is Protection.NONE and self.login:
            hint = "set `tls: verify`, or leave `login` and `password` out"
            raise refusal("open-password", "with `tls: none` the password of the relay may travel in the open", hint)
        if self.tls is Protection.NONE and self.wrapped:
            raise refusal("needs-tls", f"port {WRAPPED} begins with TLS", "set `tls: verify`, or another port")
        return self
