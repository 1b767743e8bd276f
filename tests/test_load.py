"""Reading a spec: the files together, the places of values, and input that is no spec at all."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from mailspec.load import LIMIT, SECTIONS, Source, load
from mailspec.problem import SpecError
from mailspec.reader.parse import Reader
from tests.examples import whole

SPEC = """\
mailspec: 1
postmaster: alice
domains:
  example.org: {}
servers:
  mx1.example.org:
    addresses: [198.51.100.25, 2001:db8:1::25]
accounts:
  Alice:
    name: Alice Martin   # the first
    password: {hash: !secret alice}
    aliases:
    - info
    - sales
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mail.yml").write_text(SPEC)
    monkeypatch.chdir(tmp_path)
    return Path()


def problems(path: Path) -> list[str]:
    with pytest.raises(SpecError) as caught:
        load(path, complete=False)
    return [f"{problem.place} {problem.id}" for problem in caught.value.problems]


def test_folder_and_file_are_the_same(folder: Path) -> None:
    assert load(folder, complete=False) == load(folder / "mail.yml", complete=False)


def test_split_files_are_merged(folder: Path) -> None:
    for section in SECTIONS:
        (folder / section).mkdir()
    (folder / "accounts" / "bob.yml").write_text("bob: {password: {hash: !secret bob}}\n")
    (folder / "accounts" / ".hidden.yml").write_text("not read")
    (folder / "accounts" / "notes.txt").write_text("not read")
    (folder / "domains" / "more.yml").write_text("example.net: {alias_of: example.org}\n")
    (folder / "lists" / "all.yml").write_text("all: {members: [alice, bob]}\n")
    spec = load(folder, complete=False)
    assert (list(spec.accounts), list(spec.domains), list(spec.lists)) == (
        ["alice", "bob"],
        ["example.org", "example.net"],
        ["all"],
    )


def test_certificate_of_a_server_is_taken_from_its_file(folder: Path) -> None:
    from tests.specs import chain

    (folder / "tls").mkdir()
    for name in ("ca", "mx1.example.org", "mx9.example.org"):
        (folder / "tls" / f"{name}.pem").write_text(chain())
    assert list(load(folder, complete=False).tls.certificates) == ["mx1.example.org"]


def test_files_are_named_as_the_user_types_them(folder: Path) -> None:
    (folder / "mail.yml").write_text("mailspec: 1\nfoo: 1\n")
    above = Path.cwd().name
    os.chdir("..")
    assert problems(Path(above))[0].startswith(f"{above}/mail.yml:")
    assert problems(Path(above).absolute())[0].startswith(f"{above}/mail.yml:")


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("postmaster",), "mail.yml:2:13"),
        (("servers",), "mail.yml:5:1"),
        (("servers", "mx1.example.org", "addresses", 1), "mail.yml:7:32"),
        (("accounts", "alice"), "mail.yml:9:3"),
        (("accounts", "alice", "name"), "mail.yml:10:11"),
        (("accounts", "alice", "aliases", 1), "mail.yml:14:7"),
        (("accounts", "alice", "quota"), "mail.yml:9:3"),
        (("limits", "recipients"), "mail.yml:1:1"),
    ],
)
def test_every_value_has_a_place(folder: Path, path: tuple[str | int, ...], place: str) -> None:
    assert str(Source(folder).place(path)) == place


def test_place_of_a_split_entry_is_in_its_file(folder: Path) -> None:
    (folder / "accounts").mkdir()
    (folder / "accounts" / "bob.yml").write_text("bob:\n  password: {hash: !secret bob}\n")
    source = Source(folder)
    assert str(source.place(("accounts", "bob", "password", "hash"))) == "accounts/bob.yml:2:20"


def test_scalars_resolve_by_the_core_schema() -> None:
    words = Reader("[null, ~, true, False, no, on, y, yes, =, '1', 2001-01-01, 12:30:45]", "x").data
    assert words == [None, None, True, False, "no", "on", "y", "yes", "=", "1", "2001-01-01", "12:30:45"]
    numbers = Reader("[0777, 1_000, 0o17, 0x1F, 12, -3, +4, 1e3, .5, 1.5, 1., .inf, 0.0]", "x").data
    assert numbers == ["0777", "1_000", 15, 31, 12, -3, 4, 1000.0, 0.5, 1.5, 1.0, ".inf", 0.0]


def test_keys_are_always_text() -> None:
    assert Reader("{1: a, true: b, null: c, '': d}", "x").data == {"1": "a", "true": "b", "null": "c", "": "d"}


def test_number_of_many_digits_stays_text() -> None:
    assert Reader("9" * 5000, "x").data == "9" * 5000


def test_unreadable_file_is_a_problem(folder: Path) -> None:
    (folder / "mail.yml").chmod(0)
    user = os.geteuid()
    if user == 0:  # root reads everything, so be somebody else for a moment
        os.seteuid(65534)
    try:
        found = problems(folder)
    finally:
        os.seteuid(user)
    assert found == ["mail.yml no-file"]


@pytest.mark.parametrize("path", ["nothing", "a\0b", "a" * 5000, "mail.yml/x", "/dev/null", "/proc/self/mem", "\udce4"])
def test_path_that_leads_nowhere_is_a_problem(folder: Path, path: str) -> None:
    assert [line.split()[-1] for line in problems(folder / path)] == ["no-file"]


def test_pipe_is_not_waited_for(folder: Path) -> None:
    (folder / "mail.yml").unlink()
    os.mkfifo("mail.yml")
    assert problems(folder) == ["mail.yml no-file"]


def test_circle_of_links_is_a_problem(folder: Path) -> None:
    (folder / "lists").mkdir()
    (folder / "lists" / "a.yml").symlink_to("a.yml")
    assert problems(folder) == ["lists/a.yml no-file"]


def test_many_problems_are_counted_and_not_all_shown(folder: Path) -> None:
    (folder / "mail.yml").write_text(SPEC + "".join(f"key{number}: 1\n" for number in range(300)))
    with pytest.raises(SpecError) as caught:
        load(folder)
    lines = str(caught.value).splitlines()
    assert sum("error[" in line for line in lines) == 100
    assert lines[-1] == "300 errors, of which these are the first 100"


def test_endless_errors_are_one_error(folder: Path) -> None:
    (folder / "mail.yml").write_text(SPEC + "".join(f"key{number}: 1\n" for number in range(6000)))
    assert problems(folder) == ["mail.yml:1:1 too-many-errors"]


def bomb(kind: str) -> str:
    if kind == "aliases":
        first = "a: &a [x, x, x, x, x, x, x, x, x]\n"
        return first + "".join(
            f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(20)
        )
    if kind.endswith("each account"):
        line = {"an unknown key": "colour: red", "a wrong value": "receive: maybe", "an anchor": "quota: &a 1"}
        account = f"    password: {{hash: !secret a}}\n    {line[kind.removesuffix(' in each account')]}\n"
        return SPEC + "".join(f"  person{number}:\n{account}" for number in range(100_000))
    return {
        "100 MB": "a" * 100_000_000,
        "a list in a value": f"mailspec: [{'a, ' * 800_000}]",
        "brackets": "[" * 20_000_000,
        "comments": "#\n" * 15_000_000,
        "keys of one letter": "a:\n" * 800_000,
        "keys of one letter in brackets": f"{{{'a: b, ' * 800_000}}}",
        "dashes": "- " * 10_000_000,
        "indents": "".join(f"{' ' * n}a:\n" for n in range(2000)),
        "merge keys": "a: &a {b: 1}\nc: {<<: *a}\n",
        "one long text": "mailspec: " + "a" * 30_000_000,
        "one long number": "mailspec: " + "9" * 10_000_000,
        "quote": 'a: "' + "\\n" * 10_000_000,
        "question marks": "? " * 1_000_000,
        "unknown keys": "".join(f"key{number}: v\n" for number in range(1_200_000)),
    }[kind]


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (500 * 1024**2, 500 * 1024**2))
    resource.setrlimit(resource.RLIMIT_CPU, (2, 2))


@pytest.mark.parametrize(
    "kind",
    [
        *("aliases", "indents", "merge keys"),
        *map(whole, ("100 MB", "brackets", "comments", "dashes", "one long number", "one long text", "question marks")),
        *map(whole, ("quote", "a list in a value", "keys of one letter", "keys of one letter in brackets")),
        *map(
            whole,
            (
                "an anchor in each account",
                "unknown keys",
                "an unknown key in each account",
                "a wrong value in each account",
            ),
        ),
    ],
)
def test_bomb_ends_in_an_error_within_2_s_and_500_mb(folder: Path, kind: str) -> None:
    (folder / "mail.yml").write_text(bomb(kind))
    done = subprocess.run(
        [sys.executable, "-m", "mailspec", "validate", "."],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=_limited,
        env={"PATH": "", "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert "error[" in done.stderr


def many(count: int = 5000) -> str:
    """A spec of many accounts, in a file that is read by its lines."""
    account = "    password: {hash: !secret a}\n    aliases:\n    - %s\n"
    return SPEC + "".join(f"  person{n}:\n{account % f'alias{n}'}" for n in range(count))


def test_large_spec_is_the_same_in_one_file_and_in_several(folder: Path) -> None:
    text = many()
    (folder / "mail.yml").write_text(text)
    spec = load(folder, complete=False)
    head, _, accounts = text.partition("accounts:\n")
    (folder / "mail.yml").write_text(head)
    (folder / "accounts").mkdir()
    (folder / "accounts/all.yml").write_text("".join(f"{line[2:]}\n" for line in accounts.splitlines()))
    assert load(folder, complete=False) == spec


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("colour: red\n", "20015:1 unknown-key"),
        ("    colour: red\n", "20015:5 unknown-key"),
        ("    - person7\n", "20015:7 address-twice"),
        whole("  zoe:\n    quota: [1,\n      2]\n", "20016:5 wrong-type"),
        ("  person7: {}\n", "20015:3 duplicate-key"),
        whole("  zoe: !foo {}\n", "20015:8 unknown-tag"),
        whole("  zoe: &a {}\n", "20015:8 anchor"),
        whole("  zoe: [a\n", "20015:8 syntax"),
        ("\tzoe: 1\n", "20015:1 syntax"),
        ("---\na: b\n", "20015:1 several-documents"),
    ],
)
def test_error_at_the_end_of_a_large_file_has_its_place(folder: Path, line: str, place: str) -> None:
    (folder / "mail.yml").write_text(many() + line)
    assert f"mail.yml:{place}" in problems(folder)


@pytest.mark.whole
def test_reading_ends_where_nobody_wants_to_know_more(folder: Path) -> None:
    (folder / "accounts").mkdir()
    for name in "abcdefgh":
        (folder / "accounts" / f"{name}.yml").write_text("".join(f"{name}{n}: {{}}\n" for n in range(90_000)))
    source = Source(folder)
    assert source.hopeless
    assert len(source.data["accounts"]) < 500_000
    assert problems(folder) == ["mail.yml:1:1 too-many-errors"]


def test_sum_of_all_files_is_limited(folder: Path) -> None:
    (folder / "lists").mkdir()
    for name in ("a", "b"):
        with (folder / "lists" / f"{name}.yml").open("wb") as file:
            file.truncate(LIMIT // 2)
    assert problems(folder) == ["mail.yml too-large"]
