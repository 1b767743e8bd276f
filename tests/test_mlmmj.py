"""The program that lets mlmmj work: who is on a list after the spec and its members have had their say."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from mailspec.model.domain import MailDomain
from mailspec.model.secret import Secret
from mailspec.rows import SCHEMA, TABLES, rows
from tests.specs import account, build

PROGRAM = Path(__file__).parent.parent / "templates/common/usr/local/lib/mailspec/mlmmj.py.j2"
LIST = "chess@example.org"
ACCOUNTS = {name: account(name) for name in ("alice", "bob", "carol")}


class Server:
    """A list on a server, with its rows and its directory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "lists/example.org/chess"
        self.lookup = folder / "lookup.db"
        (folder / "lists").mkdir()
        text = PROGRAM.read_text(encoding="utf-8").partition("\nos.umask(")[0].split("\n", 3)[3]
        text = text.replace("{{ host.lookup }}", str(self.lookup)).replace("{{ host.lists }}", str(folder / "lists"))
        self.program: dict[str, Any] = {}
        exec(compile(text, str(PROGRAM), "exec"), self.program)  # noqa: S102 - it is no module of ours

    def converge(self, members: list[str], membership: str, **more: Any) -> None:
        """Write the rows of a spec, and bring the list to them."""
        entry = {"kind": "discussion", "members": members, "membership": membership, **more}
        self._write(build({"accounts": ACCOUNTS, "lists": {"chess": entry}}))
        self.settle()

    def settle(self) -> None:
        with self.program["alone"](LIST) as folder:
            self.program["settle"](LIST, folder)

    def _write(self, spec: MailDomain) -> None:
        self.lookup.unlink(missing_ok=True)
        database = sqlite3.connect(self.lookup)
        database.executescript(SCHEMA)
        for table, found in rows(spec, "mx1.example.org").items():
            marks = ", ".join("?" * len(TABLES[table]))
            values = [[str(v) if isinstance(v, Secret) else v for v in row] for row in found]
            database.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
        database.commit()
        database.close()

    @property
    def members(self) -> set[str]:
        files = (self.folder / "subscribers.d").iterdir()
        return {line.partition("@")[0] for file in files for line in file.read_text().split()}

    def join(self, name: str) -> None:
        path = self.folder / "subscribers.d" / name[0]
        path.write_text((path.read_text() if path.exists() else "") + f"{name}@Example.org\n")

    def leave(self, name: str) -> None:
        path = self.folder / "subscribers.d" / name[0]
        path.write_text("".join(line for line in path.read_text().splitlines(True) if not line.startswith(f"{name}@")))

    def noted(self, table: str) -> set[str]:
        with sqlite3.connect(self.folder.parent.parent / "joined.db") as database:
            return {address.partition("@")[0] for (address,) in database.execute(f"SELECT address FROM {table}")}


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path)


def test_spec_alone_says_who_is_on_its_list(server: Server) -> None:
    server.converge(["alice", "bob"], "spec")
    server.join("zoe")
    server.leave("bob")
    server.settle()
    assert server.members == {"alice", "bob"}
    server.converge(["alice"], "spec")
    assert server.members == {"alice"}


def test_members_of_a_list_of_users_come_and_go_and_a_converge_keeps_that(server: Server) -> None:
    server.converge(["alice", "bob"], "users")
    server.join("zoe")
    server.leave("bob")
    server.converge(["alice", "bob"], "users")
    assert server.members == {"alice", "zoe"}
    server.converge(["alice", "bob", "carol"], "users")
    assert server.members == {"alice", "carol", "zoe"}
    server.converge(["alice"], "users")
    assert server.members == {"alice", "carol", "zoe"}


def test_whom_the_spec_names_is_not_lost_from_a_list_of_both(server: Server) -> None:
    server.converge(["alice", "bob"], "both")
    server.join("zoe")
    server.leave("bob")
    server.settle()
    assert server.members == {"alice", "bob", "zoe"}
    server.converge(["alice"], "both")
    assert server.members == {"alice", "zoe"}


def test_filter_is_told_who_joined_and_who_left(server: Server) -> None:
    server.converge(["alice", "bob"], "users")
    server.join("zoe")
    server.leave("bob")
    server.settle()
    assert (server.noted("joined"), server.noted("gone")) == ({"zoe"}, {"bob"})


def test_member_leaves_on_the_web_as_by_mail_and_twice_is_once(server: Server) -> None:
    server.converge(["alice", "bob"], "users")
    server.join("zoe")
    for _ in range(2):
        assert server.program["leave"](LIST, "zoe@example.org") == 0
        assert server.program["leave"](LIST, "bob@example.org") == 0
    assert server.members == {"alice"}
    assert (server.noted("joined"), server.noted("gone")) == (set(), {"bob"})


def test_whom_the_spec_keeps_does_not_leave_on_the_web(server: Server) -> None:
    server.converge(["alice", "bob"], "both")
    server.join("zoe")
    codes = [server.program["leave"](LIST, f"{name}@example.org") for name in ("bob", "zoe")]
    assert (codes, server.members) == ([77, 0], {"alice", "bob"})
    server.converge(["alice", "bob"], "spec")
    assert server.program["leave"](LIST, "bob@example.org") == 77
    assert server.program["leave"]("nobody@example.org", "bob@example.org") == 67


def test_settings_that_left_the_spec_leave_the_control_directory(server: Server) -> None:
    server.converge(["alice"], "spec", prefix="[chess]")
    assert (server.folder / "control/prefix").read_text() == "[chess]\n"
    server.converge(["alice"], "spec")
    assert not (server.folder / "control/prefix").exists()


def test_other_lists_and_other_users_of_the_server_are_left_alone(server: Server) -> None:
    server.converge(["alice"], "spec")
    assert server.folder.stat().st_mode & 0o077 == 0
    with server.program["alone"]("nobody@example.org") as folder:
        assert folder is None
    assert [path.name for path in server.folder.parent.iterdir()] == ["chess"]
