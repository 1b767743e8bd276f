"""What happens to mail for one address, who may send as it, and which line of the spec says so."""

from ..model.domain import MailDomain
from . import behalf, shared, show
from .address import full, nearest
from .check import Answer, Question
from .groups import expansion, is_group
from .rules import last, limits, servers, strangers
from .step import Expansion, Explanation, Fact, Step
from .trace import Trace
from .verdict import may, question

__all__ = [
    "Answer",
    "Check",
    "Expansion",
    "Explanation",
    "Fact",
    "Question",
    "Sender",
    "Step",
    "expansion",
    "explain",
    "full",
    "is_group",
    "may",
    "question",
    "show",
]


def explain(spec: MailDomain, address: str) -> Explanation:
    """Follow an address, full or short as in the spec.

    Raises SpecError when the text is no address.
    """
    trace = Trace(spec)
    name = full(spec, address)
    step = trace.step(name)
    hint = nearest(spec, trace.table, name) if last(step).kind in {"outside", "unknown"} else ""
    return Explanation(
        name,
        hint,
        step,
        trace.senders(name),
        tuple(behalf.senders(trace, name)),
        tuple(shared.openers(trace, name)),
        strangers(trace, name, step),
        limits(trace, step),
        servers(trace),
    )
