"""A line of a rendered file that comes from a local fragment is shown where the spec has it."""

from pathlib import Path

import pytest

from mailspec import local
from mailspec.load import Source
from mailspec.model.local import Local
from mailspec.problem import Place
from mailspec.render import render

SPEC = """\
mailspec: 1
postmaster: alice
domains:
  example.org: {}
servers:
  mx1.example.org: {addresses: [198.51.100.25]}
accounts:
  alice: {password: {hash: !secret alice}}
local:
  postfix: |  # with a remark

    first = 1

    second = 2
  nftables: |-
      tcp dport 9100 accept
  unbound: "server:\\n    verbosity: 7"
  rspamd:
    local.d/antivirus.conf: |
      enabled = true;
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    folder = tmp_path_factory.mktemp("spec")
    (folder / "mail.yml").write_text(SPEC)
    found = Source(folder)
    found.data["dkim"], found.data["tls"] = {}, {}
    return found


def shown(source: Source, path: str, text: str) -> Place | None:
    spec = source.spec(complete=False)
    spec = spec.model_copy(update={"tls": spec.tls.model_copy(update={"certificates": {"mx1.example.org": "PEM"}})})
    file = render(spec, "mx1.example.org").files[path]
    line = 1 + next(n for n, found in enumerate(file.text.split("\n")) if text in found)
    return local.place(source, spec, file, line)


@pytest.mark.parametrize(
    ("path", "text", "line", "column"),
    [
        ("/etc/postfix/main.cf", "first = 1", 12, 5),
        ("/etc/postfix/main.cf", "second = 2", 14, 5),
        ("/etc/nftables.conf", "tcp dport 9100", 16, 7),
        ("/etc/unbound/unbound.conf", "verbosity: 7", 17, 12),
        ("/etc/rspamd/local.d/antivirus.conf", "enabled", 20, 7),
    ],
)
def test_line_of_a_fragment_has_its_place(source: Source, path: str, text: str, line: int, column: int) -> None:
    place = shown(source, path, text)
    assert place is not None
    assert (Path(place.file).name, place.line, place.column) == ("mail.yml", line, column)


@pytest.mark.parametrize(
    ("path", "text"),
    [("/etc/postfix/main.cf", "myhostname"), ("/etc/dovecot/dovecot.conf", "protocols"), ("/etc/mailname", "mx1")],
)
def test_line_of_a_template_has_none(source: Source, path: str, text: str) -> None:
    assert shown(source, path, text) is None


def test_every_fragment_has_a_file() -> None:
    assert {*local._MAIN.values(), "rspamd"} == set(Local.model_fields)


def test_end_of_the_file_is_the_end_of_the_fragment(source: Source) -> None:
    spec = source.spec(complete=False)
    spec = spec.model_copy(update={"tls": spec.tls.model_copy(update={"certificates": {"mx1.example.org": "PEM"}})})
    files = render(spec, "mx1.example.org").files
    for path, line in (("/etc/postfix/main.cf", 14), ("/etc/rspamd/local.d/antivirus.conf", 20)):
        place = local.place(source, spec, files[path], files[path].text.count("\n") + 1)
        assert place is not None
        assert place.line == line
    end = files["/etc/nftables.conf"].text.count("\n") + 1
    assert local.place(source, spec, files["/etc/nftables.conf"], end) is None


def test_line_of_a_script_is_shown_in_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mail.yml").write_text(SPEC.replace("!secret alice}", "!secret alice}, sieve: sieve/alice.sieve"))
    Path("sieve").mkdir()
    Path("sieve/alice.sieve").write_text("\n\n# mine\r\nkeep;\n")
    found = Source(Path())
    path = "/etc/dovecot/sieve/accounts/alice@example.org.sieve"
    assert shown(found, path, "# mine") == Place("sieve/alice.sieve", 3, 1)
    assert shown(found, path, "keep;") == Place("sieve/alice.sieve", 4, 1)
    assert shown(found, path, "Managed by") is None
