"""Hypothesis: files of a spec in every layout that people use, and what they mean."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from mailspec.edit.write import flow, key

NAMES = ("alice", "bob", "carol.d", "erin@shop.example", "null", "12", "no")
TEXTS = ("10G", "x", "Zoë: # 1", "it's", '"q"', "no", "12", "true", "~", "- a", "a\\b", "[x", "名前", " blank ", "")
ITEMS = ("a1", "b.2", "x@shop.example", "true", "no", "7", "c: d")

Draw = st.DrawFn
Comment = Callable[[], str]


def values() -> st.SearchStrategy[Any]:
    """What a key of an entry may hold."""
    one = st.sampled_from(TEXTS) | st.booleans() | st.integers(0, 99)
    return one | st.lists(st.sampled_from(ITEMS), unique=True, max_size=4) | st.dictionaries(_keys(), one, max_size=2)


def _keys() -> st.SearchStrategy[str]:
    return st.sampled_from(("name", "quota", "aliases", "password", "4", "yes"))


def _entries() -> st.SearchStrategy[dict[str, Any]]:
    inner = st.dictionaries(_keys(), values(), min_size=1, max_size=4)
    return st.dictionaries(st.sampled_from(NAMES), inner, min_size=1, max_size=4)


@st.composite
def files(draw: Draw) -> tuple[str, dict[str, Any]]:
    """The text of a main file with two parts, and its data."""
    data = {"mailspec": 1, "accounts": draw(_entries()), "lists": draw(_entries()), "tls": {"source": "files"}}
    numbers = iter(range(1000))

    def comment() -> str:
        return draw(st.sampled_from(("", "", f"  # c{next(numbers)}.")))

    def above(indent: int) -> str:
        chosen = draw(st.sampled_from(("", "", "\n", f"{' ' * indent}# c{next(numbers)}.\n")))
        return f"\n{chosen}" if draw(st.booleans()) and chosen.startswith("\n") else chosen

    text = f"# head\nmailspec: 1{comment()}\n"
    for part in ("accounts", "lists"):
        text += f"{above(0)}{part}:{comment()}\n"
        indent = draw(st.sampled_from((2, 4)))
        for name, entry in data[part].items():  # type: ignore[attr-defined]
            text += above(indent) + " " * indent + key(name) + ":" + _laid_out(draw, entry, indent, comment) + "\n"
    text += f"{above(0)}tls: {{source: files}}" + draw(st.sampled_from(("\n", "", "  # end.\n")))
    return text, data


def _laid_out(draw: Draw, entry: dict[str, Any], indent: int, comment: Comment) -> str:
    layout = draw(st.sampled_from(("flow", "lines", "block")))
    if layout == "flow":
        wide = draw(st.booleans())
        pairs = ", ".join(f"{key(name)}: {flow(value)}" for name, value in entry.items())
        return (f" {{ {pairs} }}" if wide else f" {{{pairs}}}") + comment()
    inside = " " * (indent + draw(st.sampled_from((2, 3))))
    if layout == "lines":
        found = [f"{inside}{key(name)}: {flow(value)}" for name, value in entry.items()]
        last = "," if draw(st.booleans()) else ""
        ends = [*("," for _ in found[1:]), last]
        body = "\n".join(f"{pair}{end}{comment()}" for pair, end in zip(found, ends, strict=True))
        closing = "\n" + " " * indent + " }" if last or draw(st.booleans()) or "#" in body.split("\n")[-1] else " }"
        return f" {{{comment()}\n{body}{closing}{comment()}"
    return comment() + "\n" + "\n".join(_pair(draw, name, value, inside, comment) for name, value in entry.items())


def _pair(draw: Draw, name: str, value: Any, inside: str, comment: Comment) -> str:
    head = f"{inside}{key(name)}:"
    if isinstance(value, list) and value and draw(st.booleans()):
        dash = inside + draw(st.sampled_from(("- ", "  - ", "-   ")))
        return f"{head}{comment()}\n" + "\n".join(f"{dash}{flow(item)}{comment()}" for item in value)
    if isinstance(value, dict) and value and draw(st.booleans()):
        below = [f"{inside}  {key(step)}: {flow(found)}{comment()}" for step, found in value.items()]
        return f"{head}{comment()}\n" + "\n".join(below)
    quoted = f"'{value}'" if isinstance(value, str) and "'" not in value and draw(st.booleans()) else flow(value)
    return f"{head} {quoted}{comment()}"
