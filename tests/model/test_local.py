"""Local fragments."""

import pytest

from mailspec.model.local import LONGEST
from mailspec.problem import Place, SpecError
from mailspec.render import render
from tests.refusals import refused
from tests.specs import build, complete

SERVER = "mx1.example.org"
FILES = {
    "dovecot": "/etc/dovecot/dovecot.conf",
    "nftables": "/etc/nftables.conf",
    "postfix": "/etc/postfix/main.cf",
    "unbound": "/etc/unbound/unbound.conf",
}


def test_without_fragments_nothing_is_local() -> None:
    assert not any("Local" in file.text for file in render(complete(build()), SERVER).files.values())


@pytest.mark.parametrize("service", FILES)
def test_fragment_ends_the_main_file(service: str) -> None:
    spec = complete(build({"local": {service: "first {\n  second\n}\n"}}))
    text = render(spec, SERVER).files[FILES[service]].text
    indent = "        " if service == "nftables" else ""
    local = text.partition("# Local" if service != "postfix" else "# --- Local")[2]
    assert "".join(f"{indent}{line}\n" for line in ("first {", "  second", "}")) in local
    assert ("}\n" in local.partition("second\n")[2]) is True


@pytest.mark.parametrize("name", ["local.d/antivirus.conf", "override.d/multimap.conf"])
def test_fragment_of_rspamd_is_a_file(name: str) -> None:
    spec = complete(build({"local": {"rspamd": {name: "enabled = true;"}}}))
    assert render(spec, SERVER).files[f"/etc/rspamd/{name}"].text.endswith("\nenabled = true;\n")


@pytest.mark.parametrize("name", ["local.d/../x.conf", "x.conf", "local.d/x.lua", "/etc/passwd", "local.d/x.conf\n"])
def test_fragment_of_rspamd_stays_in_its_folders(name: str) -> None:
    assert refused(local={"rspamd": {name: "a = 1;"}}) == [f"bad-file-name at local.rspamd.{name}"]


@pytest.mark.parametrize("character", ["\0", "\x01", "\t", "\r", "\x1b", "\u202e", "\u2028", "\u200b", "\ud800"])
def test_fragment_shows_every_character_it_has(character: str) -> None:
    assert refused(local={"postfix": f"a = b{character}c"}) == ["unsafe-text at local.postfix"]


def test_fragment_never_continues_the_line_above() -> None:
    assert refused(local={"postfix": "\n  10.0.0.0/8"}) == ["unsafe-text at local.postfix"]


@pytest.mark.parametrize("nothing", ["", "\n", "  \n "])
def test_empty_fragment_is_refused(nothing: str) -> None:
    assert refused(local={"unbound": nothing}) == ["empty-text at local.unbound"]


def test_very_long_fragment_is_refused() -> None:
    assert refused(local={"dovecot": "#" * (LONGEST + 1)}) == ["too-long at local.dovecot"]
    assert refused(local={"dovecot": "#" * LONGEST}) == []


def test_fragment_is_no_template() -> None:
    fragment = "header_checks = pcre:{{/^X/ IGNORE}}\nx = $y {{ spec }}"
    spec = complete(build({"local": {"postfix": fragment}}))
    assert f"\n{fragment}\n" in render(spec, SERVER).files[FILES["postfix"]].text


def test_fragment_never_replaces_a_file_of_ours() -> None:
    spec = complete(build({"local": {"rspamd": {"local.d/greylist.conf": "a = 1;"}}}))
    with pytest.raises(SpecError, match="writes already") as caught:
        render(spec, SERVER, place=lambda path: Place("mail.yml", 7, len(path)))
    assert [(found.place, found.id) for found in caught.value.problems] == [(Place("mail.yml", 7, 3), "file-twice")]
