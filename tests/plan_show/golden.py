"""Expected output of the printers, a folder a plan: `python -m tests.plan_show.golden` writes it again."""

from collections.abc import Callable
from pathlib import Path

from mailspec.plan.show.html import html
from mailspec.plan.show.json import json
from mailspec.plan.show.markdown import markdown
from mailspec.plan.show.text import text
from mailspec.plan.statement import Plan
from tests.plan_show import plans

FOLDER = Path(__file__).parent / "golden"
CASES: dict[str, Callable[[], Plan]] = {
    "alias": plans.alias,
    "everything": plans.everything,
    "nothing": plans.nothing,
}
FORMATS: dict[str, Callable[[Plan], str]] = {"html": html, "json": json, "md": markdown, "txt": text}


def made(case: str) -> dict[str, str]:
    """What the printers make of a plan now."""
    return {f"plan.{ending}": show(CASES[case]()) for ending, show in FORMATS.items()}


if __name__ == "__main__":
    for name in CASES:
        (FOLDER / name).mkdir(parents=True, exist_ok=True)
        for file, content in made(name).items():
            (FOLDER / name / file).write_text(content, encoding="utf-8")
