"""Judging a case by what happened: expected against found, in words."""

from collections.abc import Collection
from dataclasses import dataclass, field

from .act import Evidence
from .case import Case, Held, Kept, Mail, Posted, Reaches, Refused, Signed, Smuggle


@dataclass(frozen=True, order=True)
class Copy:
    """A copy of a message that was found."""

    end: str
    folder: str = "INBOX"
    outside: bool = False
    keys: frozenset[tuple[str, str]] = field(default=frozenset(), compare=False)
    """Domain and selector of each valid signature."""
    author: str = field(default="", compare=False)
    """The domain of the From header, where the copy was read."""
    list: str = field(default="", compare=False)
    """Its List-Id header."""
    by: str = field(default="", compare=False)
    """Whom the server handed it to."""

    def __str__(self) -> str:
        return self.end if self.folder == "INBOX" else f"{self.end} in {self.folder}"


def judge(case: Case, evidence: Evidence, copies: Collection[Copy]) -> str:
    """What is wrong, in words; empty if nothing is."""
    if evidence.problem or not isinstance(case, Mail | Smuggle):
        return evidence.problem
    if isinstance(case, Smuggle):
        return f"one message became {len(copies)}" if len(copies) > 1 else ""
    problem = _fate(case, evidence, copies)
    return f"expected: {case.expect}\n  {problem}" if problem else ""


def _fate(case: Mail, evidence: Evidence, copies: Collection[Copy]) -> str:
    last = evidence.replies[-1]
    accepted = last.command == "DATA" and last.code == 250
    expect = case.expect
    if isinstance(expect, Refused):
        good = last.code in expect.codes if expect.codes else 500 <= last.code < 600
        if good and (not expect.at or last.command in expect.at) and not copies:
            return ""
    elif isinstance(expect, Kept):
        if not any(copy.outside for copy in copies):
            return ""
    elif accepted and isinstance(expect, Signed):
        there = [copy for copy in copies if copy.end == expect.end]
        if expect.by and {copy.by for copy in there} != {expect.by}:
            return f"happened: handed to {', '.join(sorted(copy.by for copy in there)) or 'nobody'}"
        keys = frozenset(key for copy in there for key in copy.keys)
        if expect.keys and expect.keys <= keys:
            return ""
        signed = ", ".join(f"{selector}._domainkey.{domain}" for domain, selector in sorted(keys)) or "none"
        return f"happened: valid signatures at {_list(copies)}: {signed}"
    elif accepted and isinstance(expect, Reaches):
        ends = [*expect.ends, *(expect.again if isinstance(expect, Posted) else ())]
        wanted = sorted((end, expect.folder) for end in ends)
        if sorted((copy.end, copy.folder) for copy in copies) == wanted:
            return _listed(expect, copies) if isinstance(expect, Posted) else ""
    elif accepted and isinstance(expect, Held) and not copies:
        return ""
    return f"happened: {last}" + ("" if not accepted else f"; copies: {_list(copies)}")


def _listed(expect: Posted, copies: Collection[Copy]) -> str:
    """What is wrong with the copies of a post that reached the outside."""
    local, _, domain = expect.list.partition("@")
    for copy in copies:
        if copy.outside and copy.author not in {signer for signer, _ in copy.keys}:
            return f"happened: the copy at {copy.end} is from {copy.author}, and no signature of that domain verifies"
        if copy.outside and copy.list != f"<{local}.{domain}>":
            return f"happened: the copy at {copy.end} has the List-Id {copy.list or 'of nobody'}"
    return ""


def _list(copies: Collection[Copy]) -> str:
    return ", ".join(map(str, sorted(copies))) or "nowhere"
