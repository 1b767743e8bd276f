"""How an address is found among those of the spec: as it is written, without its detail, by a pattern.

In Python for reviewers and cases, in SQL for the daemons; a test holds both together.
"""

from collections.abc import Iterator

from .model import patterns
from .model.domain import MailDomain

_FOUND = """\
WITH written AS (
  SELECT canonical, separator, {user} AS local FROM domain WHERE name = {domain}
), spelling AS (
  SELECT 1 AS rank, canonical, local, '' AS detail FROM written
  UNION ALL
  SELECT 2, canonical, substr(local, 1, instr(local, '+') - 1), substr(local, instr(local, '+'))
  FROM written WHERE instr(local, '+') > 1
  UNION ALL
  SELECT 3, canonical, substr(local, 1, instr(local, separator) - 1), '+' || substr(local, instr(local, separator) + 1)
  FROM written WHERE separator <> '' AND instr(local, separator) > 1
), name AS (
  SELECT rank, local || '@' || canonical AS address, detail FROM spelling
  UNION ALL
  SELECT rank + 3, p.alias, s.detail FROM spelling s JOIN pattern p ON p.domain = s.canonical
  WHERE s.local GLOB p.pattern AND instr(s.local, '+') = 0
), hit AS (
  SELECT n.address, n.detail FROM name n
  WHERE EXISTS (SELECT 1 FROM known k WHERE k.address = n.address)
  AND (n.rank <> 3 OR NOT EXISTS (SELECT 1 FROM list l JOIN mailing m ON m.list = l.list WHERE l.address = n.address))
  ORDER BY n.rank LIMIT 1
)"""


def found(user: str, domain: str, margin: str = "    ") -> str:
    """SQL before a SELECT: `hit` holds the address of the spec that is meant, and its detail, `+` first; or nothing.

    `user` and `domain` are the SQL for the two sides of the address, in lower case; `margin` indents each further line.
    """
    return _FOUND.format(user=user, domain=domain).replace("\n", f"\n{margin}")


def spellings(spec: MailDomain, address: str) -> Iterator[str]:
    """What an address may stand for, the nearest first: itself, without a detail, a pattern as the spec writes it.

    The first two always come; they are the same where there is no `+`.
    """
    local, _, domain = address.lower().rpartition("@")
    domain = spec.canonical(domain)
    base = local.partition("+")[0] or local
    yield f"{local}@{domain}"
    yield f"{base}@{domain}"
    separator = spec.domains[domain].separator if domain in spec.domains else ""
    short, sign, _ = local.partition(separator) if separator else ("", "", "")
    if short and sign and f"{short}@{domain}" not in _mailing(spec):
        yield f"{short}@{domain}"
    for name in dict.fromkeys((local, base, short)):
        if name and "+" not in name:
            yield from (f"{glob}@{domain}" for glob in _globs(spec, domain) if patterns.matcher(glob).fullmatch(name))


def _globs(spec: MailDomain, domain: str) -> list[str]:
    """The patterns of a domain."""
    if "patterns" not in spec.computed:
        globs: dict[str, list[str]] = {}
        for home, glob, _, _ in patterns.named(spec):
            globs.setdefault(home, []).append(glob)
        spec.computed["patterns"] = globs
    known: list[str] = spec.computed["patterns"].get(domain, [])
    return known


def _mailing(spec: MailDomain) -> frozenset[str]:
    """The addresses of the lists that mlmmj runs, to which what follows a `+`, and nothing else, is a command."""
    if "mailing" not in spec.computed:
        lists = ((key, entry) for key, entry in spec.lists.items() if entry.is_mailing)
        spec.computed["mailing"] = frozenset(spec.address(name) for key, e in lists for name in (key, *e.aliases))
    known: frozenset[str] = spec.computed["mailing"]
    return known
