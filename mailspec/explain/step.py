"""What an explanation is made of: facts, each with the part of the spec that says so."""

from dataclasses import dataclass

from ..model.domain import MailDomain
from ..model.quantity import Unit
from ..model.spec import Spec
from ..problem import KeyPath

_SIZES = Unit({"K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4})
_TIMES = Unit({"s": 1, "m": 60, "h": 3600, "d": 86400})


@dataclass(frozen=True)
class Fact:
    """One sentence, and what belongs to it."""

    text: str
    path: KeyPath = ()
    """The part of the spec that says so; empty where it is so on every server."""
    below: tuple["Fact", ...] = ()


@dataclass(frozen=True)
class Step:
    """What one address does with mail, and where the mail goes next."""

    address: str
    kind: str
    """`alias`, `alias-domain`, `catch-all`, `closed`, `command`, `detail`, `forward`, `group`, `list`, `mailbox`,
    `outside`, `role` or `unknown`."""
    fact: str
    path: KeyPath = ()
    next: tuple["Step", ...] = ()
    notes: tuple[Fact, ...] = ()
    """What holds at this step: who may post, the quota."""


@dataclass(frozen=True)
class Sender:
    """A login that may send as the address, or open it."""

    login: str
    fact: str
    path: KeyPath


@dataclass(frozen=True)
class Expansion:
    """The people of a group, and what names it."""

    group: str
    fact: str
    path: KeyPath
    people: tuple[Fact, ...]
    users: tuple[Fact, ...]
    """The lists, and the other groups, that name it."""


@dataclass(frozen=True)
class Explanation:
    """Everything about one address."""

    address: str
    hint: str
    """The nearest address that exists, when this one does not."""
    mail: Step
    senders: tuple[Sender, ...]
    behalf: tuple[Sender, ...]
    """Who may write in its name, as long as `Sender:` says who it is."""
    opened: tuple[Sender, ...]
    """Who opens it, where it is a shared mailbox."""
    strangers: tuple[Fact, ...]
    """What the filter does with mail of strangers to it."""
    limits: tuple[Fact, ...]
    servers: tuple[Fact, ...]


def is_written(spec: MailDomain, path: KeyPath) -> bool:
    """Whether the spec itself says so, rather than a default."""
    here: object = spec
    for step in path:
        if isinstance(here, Spec):
            if step not in here.model_fields_set:
                return False
            here = getattr(here, str(step))
        elif isinstance(here, dict):
            if step not in here:
                return False
            here = here[step]
        elif isinstance(here, tuple) and isinstance(step, int):
            here = here[step]
    return True


def size(count: int) -> str:
    """A number of bytes as the spec writes it.

    >>> size(10 * 1024**3)
    '10G'
    """
    text = _SIZES.write(count)
    return text if text[-1:] in "KMGT" else f"{count} bytes"


def time(seconds: int) -> str:
    """A time as the spec writes it."""
    return _TIMES.write(seconds)


def count(spec: MailDomain, names: tuple[str, ...], word: str) -> str:
    """How many people names stand for, in words."""
    number = len({address for _, address in spec.people(names)})
    return f"{number} {word}{'' if number == 1 else 'es' if word.endswith('s') else 's'}"
