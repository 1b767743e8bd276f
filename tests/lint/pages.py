"""The page of a rule as data: the snippets of its example and its fix, and the spec that each of them makes."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from mailspec.lint import Rule
from mailspec.model.domain import MailDomain
from mailspec.reader.parse import Reader

SECTIONS = ("Problem", "Example", "Fix")

_BASE = """
mailspec: 1
postmaster: alice
domains:
  example.org: {}
servers:
  mx1.example.org: {addresses: [198.51.100.25, "2001:db8:1::25"]}
accounts:
  alice: {name: Alice Martin, password: {hash: !secret alice}}
"""
_BLOCK = re.compile(r"^```(?P<kind>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_NAMED = ("accounts", "domains")
"""Where a snippet adds to what is there; elsewhere its value counts instead."""


@dataclass(frozen=True)
class Page:
    """What the page of a rule says."""

    rule: Rule

    @property
    def sections(self) -> dict[str, str]:
        """The text of each section by its heading."""
        parts = re.split(r"^## (.+)$", self.rule.text(), flags=re.MULTILINE)
        return dict(zip(parts[1::2], parts[2::2], strict=True))

    @property
    def schemes(self) -> dict[str, str]:
        """What the page says that the vault holds, as far as lint looks."""
        blocks = [match["text"] for match in _BLOCK.finditer(self.sections["Problem"]) if match["kind"] == "text"]
        return dict(re.findall(r"^(\S+): \{(\S+)\}$", "".join(blocks), re.MULTILINE))

    @property
    def day(self) -> date | None:
        """The day that the page has lint judge for."""
        found = re.search(r"`--on (\S+)`", self.sections["Problem"])
        return date.fromisoformat(found[1]) if found else None

    def data(self, section: str) -> dict[str, Any]:
        """The spec of a section: its snippet in the smallest one."""
        (snippet,) = [m["text"] for m in _BLOCK.finditer(self.sections[section]) if m["kind"] == "yaml part"]
        found, base = _read(snippet), _read(_BASE)
        return {**base, **found, **{word: {**base[word], **found.get(word, {})} for word in _NAMED}}

    def spec(self, section: str) -> MailDomain:
        """The same as a model."""
        return MailDomain.model_validate(self.data(section))


def _read(text: str) -> dict[str, Any]:
    reader = Reader(text, "page")
    assert reader.problems == []
    assert isinstance(reader.data, dict)
    return reader.data
