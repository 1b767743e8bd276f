"""What a plan says: plain data, which `compare` makes and the printers show. No secret is in any of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from ..model.domain import MailDomain
from ..problem import Place


class Risk(IntEnum):
    """How closely somebody must look; ordered."""

    SAFE = 0
    REVIEW = 1
    DANGER = 2

    @property
    def word(self) -> str:
        """As people and the spec write it: `safe`, `review`, `danger`."""
        return self.name.lower()


@dataclass(frozen=True, order=True)
class Statement:
    """One thing that will be different, for somebody who knows mail but none of the programs behind it."""

    id: str
    """The kind, stable: `mail-reaches`, `port-opens`."""
    subject: str
    """What it is about: an address, a domain, a server."""
    sign: str
    """`+` begins, `~` changes, `-` ends."""
    text: str
    """One sentence in mail terms, lower case, no full stop."""
    risk: Risk
    reason: str
    """Why that risk; empty for safe."""

    @property
    def key(self) -> str:
        """What `--allow` and the spec's acknowledgement name."""
        return f"{self.id}:{self.subject}"


@dataclass(frozen=True)
class FileChange:
    """A file of a server that will differ; a table of rows is the file `rows/<table>`."""

    server: str
    path: str
    service: str
    template: str
    """Relative to `templates/`; empty for rows."""
    sign: str
    diff: str
    """Unified; a secret shows as `<secret NAME>`."""


@dataclass(frozen=True)
class RecordChange:
    """A line of a zone file that comes or goes."""

    sign: str
    """`+` or `-`: a record that changes is one of each."""
    zone: str
    record: str
    reason: str


@dataclass(frozen=True)
class Effect:
    """What happens to a service of a server."""

    server: str
    service: str
    action: str
    """`reload`, `restart`, `start`, `stop` or `none`."""
    why: str
    """The paths or packages that ask for it."""


@dataclass(frozen=True)
class Plan:
    """Everything that differs between two specs; every sequence is sorted, so that equal specs give equal bytes."""

    base: str
    """How the user named the old side: a revision, a folder, a file."""
    target: str
    statements: tuple[Statement, ...]
    files: tuple[FileChange, ...]
    records: tuple[RecordChange, ...]
    effects: tuple[Effect, ...]
    notices: tuple[str, ...]
    """What a user will notice, in sentences."""
    before: MailDomain
    after: MailDomain
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where the spec says so, by `Statement.key`: in the new spec, or in the old for what it no longer says."""
    acknowledged: Mapping[str, str] = field(default_factory=dict)
    """The reason the spec gives for a danger, by `Statement.key`."""

    @property
    def changes(self) -> bool:
        """Whether anything will differ."""
        return bool(self.statements or self.files or self.records)

    @property
    def risk(self) -> Risk:
        """The greatest risk among the statements."""
        return max((statement.risk for statement in self.statements), default=Risk.SAFE)

    @property
    def dangers(self) -> tuple[Statement, ...]:
        """The statements of risk danger that the spec does not acknowledge."""
        return tuple(s for s in self.statements if s.risk is Risk.DANGER and s.key not in self.acknowledged)
