"""What lint has to say: plain data that the rules make and the printers show."""

from dataclasses import dataclass, replace
from enum import IntEnum

from ..problem import KeyPath, Place, worded


class Level(IntEnum):
    """How much a finding matters; ordered.

    `error`: mail is lost or refused, or a service can not do what the spec says.
    `warning`: it works, but probably not as meant, or at the cost of safety, privacy or delivery.
    `info`: worth knowing before it surprises; often a matter of taste.
    """

    INFO = 0
    WARNING = 1
    ERROR = 2

    @property
    def word(self) -> str:
        """As people write it: `info`, `warning`, `error`."""
        return self.name.lower()


@dataclass(frozen=True)
class Advice:
    """What a rule says about one part of the spec."""

    path: KeyPath
    fact: str
    hint: str
    subject: str = ""
    """What it is about, for silencing; empty where the path says it: an address, a domain, a server, or the key."""
    on_key: bool = False
    """Whether the key at the end of the path is meant, rather than its value."""


@dataclass(frozen=True, order=True)
class Finding:
    """An advice with its rule and its place."""

    place: Place
    rule: str
    subject: str
    fact: str
    hint: str
    level: Level

    @property
    def key(self) -> str:
        """What `lint.silence` names."""
        return f"{self.rule}:{self.subject}"

    def __str__(self) -> str:
        return worded(self.place, self.level.word, self.rule, self.fact, self.hint)


@dataclass(frozen=True)
class Report:
    """Everything lint found, in the order of the files."""

    spec: str
    """The file that was judged, as the user named it."""
    findings: tuple[Finding, ...]
    silenced: tuple[tuple[Finding, str], ...] = ()
    """What the spec silences, with its reason."""
    broken: bool = False
    """Whether the spec is not valid, so that no rule could speak."""

    @property
    def worst(self) -> Level | None:
        """The highest level among the findings."""
        return max((finding.level for finding in self.findings), default=None)

    def above(self, level: Level) -> "Report":
        """The report without what matters less."""
        findings = tuple(finding for finding in self.findings if finding.level >= level)
        silenced = tuple(item for item in self.silenced if item[0].level >= level)
        return replace(self, findings=findings, silenced=silenced)

    def count(self) -> str:
        """The last line of the report: `1 error, 2 warnings, 3 silenced`."""
        parts = []
        for level in sorted(Level, reverse=True):
            number = sum(finding.level is level for finding in self.findings)
            plural = "s" if number > 1 and level is not Level.INFO else ""
            parts += [f"{number} {level.word}{plural}"] if number else []
        parts = parts or ["no findings"]
        return ", ".join([*parts, f"{len(self.silenced)} silenced"] if self.silenced else parts)
