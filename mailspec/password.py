"""Password hashes, each with the scheme that tells Dovecot how to check it; ARGON2ID for new ones (RFC 9106)."""

import re
import secrets

from .problem import SpecError
from .server.digest import TAG, tag

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no character that looks like another
_B64 = r"[A-Za-z0-9+/]"
_CRYPT = r"[./A-Za-z0-9]"
_SCHEMES = {
    "ARGON2ID": rf"\$argon2id\$v=19\$m=[0-9]{{1,7}},t=[0-9]{{1,3}},p=[0-9]{{1,2}}\${_B64}{{11,86}}\${_B64}{{22,86}}",
    "BLF-CRYPT": rf"\$2[aby]\$[0-9]{{2}}\${_CRYPT}{{53}}",
    "CRYPT": rf"\$y\${_CRYPT}{{1,20}}\${_CRYPT}{{0,86}}\${_CRYPT}{{43}}",
    "SHA256-CRYPT": rf"\$5\$(?:rounds=[0-9]{{4,9}}\$)?{_CRYPT}{{1,16}}\${_CRYPT}{{43}}",
    "SHA512-CRYPT": rf"\$6\$(?:rounds=[0-9]{{4,9}}\$)?{_CRYPT}{{1,16}}\${_CRYPT}{{86}}",
    "SSHA256": rf"{_B64}{{48,86}}={{0,2}}",
    "SSHA512": rf"{_B64}{{91,172}}={{0,2}}",
}
_HASH = re.compile("|".join(rf"\{{{scheme}\}}{form}" for scheme, form in _SCHEMES.items()))


def hash_password(password: str) -> str:
    """The hash of a new password, with its scheme."""
    from argon2 import PasswordHasher

    # OWASP's second choice for Argon2id: 19 MiB, two passes. One login then takes 30 ms and little memory.
    hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
    return "{ARGON2ID}" + hasher.hash(password)


def hash_app_password(password: str) -> str:
    """The entry of an app password: the tag the server finds it by, then the hash with its scheme.

    The tag is part of a digest that is quick to make, which gives nothing away of a password as long and random as
    `random_app_password` makes them; so nobody may choose one.
    """
    return tag(password) + hash_password(password)


def check_app_hash(value: str, name: str, file: str = "vault.yml") -> str:
    """The entry itself, if it has the form of one that `hash_app_password` makes; raises SpecError otherwise."""
    if re.match(r"[0-9a-f]*\Z", value[:TAG]) and _HASH.fullmatch(value[TAG:]):
        return value
    fact, hint = f"the entry `{name}` is no app password", "remove the app password, and add it again"
    raise SpecError.at(file, "bad-hash", fact, hint)


def is_hash(value: str) -> bool:
    """Whether Dovecot reads it as a password hash."""
    return _HASH.fullmatch(value) is not None


def check_line(value: str, name: str, file: str = "vault.yml") -> str:
    """A password that a line of a table can hold as it is; raises SpecError otherwise."""
    if re.fullmatch(r"[!-~](?:[ -~]{0,198}[!-~])?", value):
        return value
    fact, hint = f"the entry `{name}` is no password in one line of ASCII", f"run `mailspec secret set SPEC {name}`"
    raise SpecError.at(file, "bad-password", fact, hint)


def check_hash(value: str, name: str, file: str = "vault.yml") -> str:
    """The hash itself, if Dovecot reads it as one.

    Raises SpecError otherwise: what has no known `{SCHEME}` would count as a plain-text password.
    """
    if is_hash(value):
        return value
    scheme = re.match(r"\{([A-Za-z0-9.-]{1,30})\}", value)
    fact = f"the entry `{name}` is no password hash of a known scheme"
    if scheme and scheme[1] in _SCHEMES:
        fact = f"the entry `{name}` is no complete {scheme[1]} hash"
    raise SpecError.at(file, "bad-hash", fact, f"run `mailspec secret set SPEC {name}`")


def scheme(value: str) -> str:
    """The scheme of a hash without anything of the hash; empty when it has none we know."""
    return next((name for name in _SCHEMES if value.startswith(f"{{{name}}}")), "")


def random_app_password() -> str:
    """A password of 148 bits for a program, which nobody has to remember."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(6))


def check_password(password: str) -> str:
    """The password itself, if a person can type it and it is long enough.

    Raises ValueError otherwise.
    """
    if len(password) < 10:
        raise ValueError("use at least 10 characters")
    if len(password) > 128 or not password.isprintable():
        raise ValueError("use at most 128 characters, all of them printable")
    return password


def random_password() -> str:
    """A password of 98 bits that is easy to type."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(4))
