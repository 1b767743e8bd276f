"""`mailspec generations`: what the servers had, and can have again."""

import json
import time
from pathlib import Path
from typing import Any

import click

from . import ask, screen


@click.command()
@ask.SPEC
@click.option("--server", default="", help="Only this server.")
@click.option("--diff", "pair", nargs=2, type=click.IntRange(min=1), metavar="A B", help="What differs between two.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def generations(spec: Path, server: str, pair: tuple[int, int] | None, as_json: bool) -> None:
    """List the generations each server keeps; `*` is the one that is live.

    --diff shows unified diffs of the files and counts of the rows, never a secret. To go back:

    \b
      mailspec generations inventories/first
      mailspec generations inventories/first --diff 11 12
      ansible-playbook -i inventories/first playbooks/rollback.yml -e mailspec_generation=11
    """
    from ..history import history

    answers = history(spec, server=server, pair=pair)
    failed = [answer["error"] for answer in answers.values() if "error" in answer]
    found = {name: answer["found"] for name, answer in answers.items() if "found" in answer}
    if as_json:
        click.echo(json.dumps(found, indent=2))
    elif pair:
        for name, answer in found.items():
            click.echo(_difference(name, answer), nl=False)
    elif found:
        columns = ("server", "", "generation", "time", "by", "revision", "reason", "files", "rows")
        screen.table(columns, [row for name, answer in found.items() for row in _rows(name, answer)])
    for error in failed:
        screen.say(error)
    if failed:
        raise SystemExit(1)


def _rows(server: str, answer: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    return [
        (
            server,
            "*" if entry["current"] else "",
            str(entry["id"]),
            time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(entry["time"] or 0)),
            entry["by"],
            entry["revision"],
            entry["reason"],
            _counts(entry["files"]),
            _tables(entry["rows"]),
        )
        for entry in answer
    ]


def _difference(server: str, answer: dict[str, Any]) -> str:
    text = "\n".join(answer["files"])
    if answer["rows"]:
        text += f"{chr(10) if text else ''}rows: {_tables(answer['rows'])}\n"
    pair = f"generations {answer['before']} and {answer['after']}"
    return f"{server}: {pair}\n{text}" if text else f"{server}: {pair} are equal\n"


def _tables(rows: dict[str, list[int]]) -> str:
    return ", ".join(f"{table} {_counts(numbers)}" for table, numbers in rows.items())


def _counts(numbers: list[int]) -> str:
    return " ".join(f"{sign}{number}" for sign, number in zip("+~-", numbers, strict=True) if number)
