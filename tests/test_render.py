"""Rendering: strict, the same bytes each time, no secret in them, and each line knows its template."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings

from mailspec.model.domain import MailDomain
from mailspec.model.secret import Secret
from mailspec.problem import SpecError
from mailspec.render import TEMPLATES, _environment, render, template_line
from mailspec.tree import File
from tests.examples import examples
from tests.specs import build, complete, full, parts
from tests.strategies import specs

SERVER = "mx1.example.org"
HEADER = "{# service: base  mode: 0644 #}\n"


def _write(folder: Path, path: str, text: str) -> None:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text)


def _one(folder: Path, text: str) -> File:
    _write(folder, "common/etc/x.j2", text)
    return render(build(), SERVER, folder).files["/etc/x"]


def _again(folder: Path, text: str) -> File:
    """The same in another run, which knows nothing of the first but what it left."""
    _environment.cache_clear()
    return _one(folder, text)


def test_what_is_compiled_is_there_for_the_next_run_until_the_template_changes(tmp_path: Path) -> None:
    assert _one(tmp_path, HEADER + "{{ host.name }} one\n").text == f"{SERVER} one\n"
    (kept,) = (tmp_path / "__pycache__").iterdir()
    before = kept.stat().st_mtime_ns
    assert _again(tmp_path, HEADER + "{{ host.name }} one\n").text == f"{SERVER} one\n"
    assert kept.stat().st_mtime_ns == before
    assert _again(tmp_path, HEADER + "{{ host.name }} two\n").text == f"{SERVER} two\n"
    assert kept.stat().st_mtime_ns != before


@pytest.mark.parametrize("damage", ["no folder", "no bytecode"])
def test_who_cannot_keep_what_is_compiled_renders_all_the_same(tmp_path: Path, damage: str) -> None:
    if damage == "no folder":
        (tmp_path / "__pycache__").write_text("in the way")
    else:
        _one(tmp_path, HEADER + "{{ host.name }}\n")
        next((tmp_path / "__pycache__").iterdir()).write_bytes(b"\x00")
    assert _again(tmp_path, HEADER + "{{ host.name }}\n").text == f"{SERVER}\n"


@settings(max_examples=examples(25))
@given(specs())
def test_same_spec_gives_the_same_bytes(spec: MailDomain) -> None:
    spec = complete(spec)
    again = MailDomain.model_validate(parts(spec))
    assert render(spec, SERVER).to_json() == render(again, SERVER).to_json()


@pytest.mark.parametrize("release", ["debian-12", "debian-13"])
def test_every_template_renders_on_every_release(release: str) -> None:
    server = {"addresses": ["198.51.100.25", "2001:db8:1::25"], "os": release}
    tree = render(complete(full(servers={SERVER: server})), SERVER)
    assert all(file.text.endswith("\n") and not file.text.endswith("\n\n") for file in tree.files.values())
    python = {path for path in tree.files if path.endswith(".py")}
    assert {path for path, file in tree.files.items() if "\n\n\n" in file.text} <= python
    assert [path for path, file in tree.files.items() if re.search(r"[ \t]\n", file.text)] == []


def test_order_in_the_spec_means_nothing() -> None:
    spec = complete(full())
    turned = complete(
        full(**{key: dict(reversed(getattr(spec, key).items())) for key in ("accounts", "lists", "domains")})
    )
    assert render(turned, SERVER).to_json() == render(spec, SERVER).to_json()


def test_secret_is_a_reference(tmp_path: Path) -> None:
    text = HEADER + "key {{ spec.dkim['example.org'].rsa1.private | secret }} end\n"
    assert _one(tmp_path, text).parts == ("key ", Secret("dkim/example.org/rsa1"), " end\n")


def test_only_files_of_root_or_one_group_hold_secrets() -> None:
    for file in render(complete(full()), SERVER).files.values():
        if file.is_secret:
            assert file.mode in {"0600", "0640"}, file.path


def test_template_of_the_release_wins(tmp_path: Path) -> None:
    _write(tmp_path, "common/etc/x.j2", HEADER + "common\n")
    _write(tmp_path, "debian-13/etc/x.j2", HEADER + "thirteen\n")
    assert render(build(), SERVER, tmp_path).files["/etc/x"].text == "thirteen\n"


def test_header_says_owner_and_mode(tmp_path: Path) -> None:
    file = _one(tmp_path, "{# service: rspamd  mode: 0640  owner: _rspamd  group: mailspec #}\nx\n")
    assert (file.service, file.mode, file.owner, file.group) == ("rspamd", "0640", "_rspamd", "mailspec")


def test_condition_leaves_a_file_out(tmp_path: Path) -> None:
    _write(tmp_path, "common/etc/x.j2", "{# service: base  when: host.os == 'debian-12' #}\nx\n")
    assert render(build(), SERVER, tmp_path).files == {}


def test_each_makes_a_file_for_every_item(tmp_path: Path) -> None:
    header = "{# service: base  each: key in host.dkim_keys #}\n"
    _write(tmp_path, "common/etc/{key.file}.key.j2", header + "{{ key.selector }}\n")
    files = render(build(), SERVER, tmp_path).files
    assert {path: file.text for path, file in files.items()} == {
        "/etc/example.org.ed1.key": "ed1\n",
        "/etc/example.org.rsa1.key": "rsa1\n",
    }


def test_each_over_nothing_makes_no_file(tmp_path: Path) -> None:
    _write(tmp_path, "common/etc/{a}.j2", "{# service: base  each: a in spec.spam.allow #}\nx\n")
    assert render(build(), SERVER, tmp_path).files == {}


def test_banner_names_the_template_in_the_comment_of_the_format(tmp_path: Path) -> None:
    file = _one(tmp_path, "{# service: base  comment: -- #}\n{{ banner }}\n")
    assert file.text == "-- Managed by mailspec: change the spec or templates/common/etc/x.j2, not this file.\n"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("x = 1\n", "templates/common/etc/x.j2:1"),
        ("{# mode: 0644 #}\n", "templates/common/etc/x.j2:1"),
        ("{# service: base  colour: red #}\n", "templates/common/etc/x.j2:1"),
        (HEADER + "\n{{ spec.no_such_part }}\n", "templates/common/etc/x.j2:3"),
        (HEADER + "{{ nothing }}\n", "templates/common/etc/x.j2:2"),
        (HEADER + "a\nb\n{% if %}\n", "templates/common/etc/x.j2:4"),
        ("{# service: base  when: nothing.at_all #}\n", "templates/common/etc/x.j2:1"),
    ],
)
def test_broken_template_is_named_with_its_line(text: str, place: str, tmp_path: Path) -> None:
    with pytest.raises(SpecError) as caught:
        _one(tmp_path, text)
    assert [str(problem.place) for problem in caught.value.problems] == [place]


def test_every_broken_template_is_reported_at_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        _write(tmp_path, f"common/etc/{name}.j2", HEADER + "{{ nothing }}\n")
    with pytest.raises(SpecError, match="2 errors"):
        render(build(), SERVER, tmp_path)


def test_line_of_a_file_leads_to_its_template(tmp_path: Path) -> None:
    text = (
        HEADER + "first\n\n{% for port in host.ports %}\nport {{ port }}\n{% endfor %}\n"
        "{% if false %}\nno\n{% endif %}\nlast\n"
    )
    file = _one(tmp_path, text)
    lines = file.text.split("\n")
    assert lines[:3] == ["first", "", "port 25"]
    wanted = {"first": 2, "port 25": 5, "port 4190": 5, "last": 10}
    assert {line: template_line(build(), SERVER, file, lines.index(line) + 1, tmp_path) for line in wanted} == wanted


def test_lines_without_tags_are_found_in_the_named_template() -> None:
    spec = complete(full())
    tree = render(spec, SERVER)
    for path in ("/etc/postfix/main.cf", "/etc/dovecot/dovecot.conf", "/etc/unbound/unbound.conf"):
        file = tree.files[path]
        source = (TEMPLATES / file.template).read_text().split("\n")
        plain = [number for number, line in enumerate(file.text.split("\n"), 1) if line and line in source]
        for number in plain[::9]:
            line = file.text.split("\n")[number - 1]
            assert source[template_line(spec, SERVER, file, number) - 1] == line
