"""All rules over one spec: what they say, what the spec silences, and where it stands."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from .. import garbage
from ..load import Source
from ..model.domain import MailDomain
from ..problem import SpecError
from .finding import Advice, Finding, Level, Report
from .registry import Rule, rules
from .view import View

Said = tuple[Rule, Advice, str]
"""A rule, what it says, and the reason why the spec wants to hear nothing of it; empty when it does."""


@garbage.paused()
def judge(spec: MailDomain, schemes: Mapping[str, str] | None = None, day: date | None = None) -> list[Said]:
    """What every rule says about a spec, in the order of the rules."""
    view = View(spec, schemes or {}, day)
    silence = _silence(spec)
    used = set()
    said: list[Said] = []
    for rule in rules().values():
        for advice in [] if rule.last else rule.check(view):
            named = advice if advice.subject else replace(advice, subject=view.subject(advice.path))
            key, reason = next(
                (silence[key] for key in (f"{rule.id}:{named.subject}", rule.id) if key in silence), ("", "")
            )
            used.add(key)
            said.append((rule, named, reason))
    view = replace(view, unused=tuple(key for key in spec.lint.silence if key not in used))
    for rule in rules().values():
        said += [(rule, advice, "") for advice in rule.check(view)] if rule.last else []
    return said


def report(source: Source, schemes: Mapping[str, str] | None = None, day: date | None = None) -> Report:
    """What lint finds in the files of a spec; what they get wrong is reported the same way, as errors."""
    try:
        said = judge(source.spec(complete=False), schemes, day)
    except SpecError as error:
        broken = (Finding(p.place, p.id, str(p.place), p.fact, p.hint, Level.ERROR) for p in error.problems)
        return Report(source.main, tuple(broken), broken=True)
    on_value = source.places({advice.path for _, advice, _ in said if not advice.on_key})
    on_key = source.places({advice.path for _, advice, _ in said if advice.on_key}, exact=False)
    findings, silenced = [], []
    for rule, advice, reason in said:
        place = (on_key if advice.on_key else on_value)[advice.path]
        finding = Finding(place, rule.id, advice.subject, advice.fact, advice.hint, rule.level)
        if reason:
            silenced.append((finding, reason))
        else:
            findings.append(finding)
    return Report(source.main, tuple(sorted(set(findings))), tuple(sorted(set(silenced))))


def _silence(spec: MailDomain) -> dict[str, tuple[str, str]]:
    """What is silenced, as findings write it, with the key and the reason in the spec; short names count in full."""
    found = {}
    for key, reason in spec.lint.silence.items():
        rule, colon, subject = key.partition(":")
        found[key] = (key, reason)
        if colon:
            found.setdefault(f"{rule}:{spec.address(subject)}", (key, reason))
    return found
