"""What a run says about hand edits: why it stops, or what it puts right."""

from typing import Any

from ..model.hand_edits import HandEdits
from ..shown import shown

REPLACED = "/var/lib/mailspec/generations/current/replaced"
"""Where a switch keeps what it replaced."""


def policy(given: Any, spec: str) -> HandEdits:
    """What to do about hand edits: what the run was given, else what the spec says; raises ValueError."""
    value = str(given or spec)
    if value not in set(HandEdits):
        known = " or ".join(f"`{edits.value}`" for edits in HandEdits)
        fact = f"it can not be `{shown(value)}`"
        raise ValueError(f"-e mailspec_hand_edits: error[unknown-value]: {fact}\n\nhint: write {known}")
    return HandEdits(value)


def stopped(server: str, generation: int, edits: dict[str, dict[str, str]]) -> str:
    """Why the run ends before it changes anything, with what hands did."""
    lines = [f"{server} keeps its configuration; nothing is changed", ""]
    for path, edit in sorted(edits.items()):
        lines += [f"{server}:{path}: error[hand-edit]: {edit['why']} since generation {generation}", ""]
        lines += [edit["diff"] or "(content not shown)", ""] if edit["why"] != "removed by hand" else []
    count = len(edits)
    lines += [
        f"{count} hand edit{'' if count == 1 else 's'}",
        "",
        "hint: to keep one, write it into the spec, or into a `local` fragment of it;",
        "      to give all of them up, run again with `-e mailspec_hand_edits=replace`, which keeps copies;",
        "      where a directory stands in the way, move it",
    ]
    return "\n".join(lines)


def put_right(found: dict[str, Any]) -> list[str]:
    """What hands did and the run undoes, one sentence each."""
    said = []
    for path, entry in sorted(found["files"].items()):
        if entry["why"].endswith("by hand"):
            copy = f", with a copy in {REPLACED}" if entry["why"] in {"changed by hand", "made a link by hand"} else ""
            said.append(f"{path}: {entry['why']}, put right{copy}")
    said += [f"row of {table} for {' '.join(key)}: written by hand, put right" for table, *key in found["rows_by_hand"]]
    return said
