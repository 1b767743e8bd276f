"""Sieve: which scripts a spec may name, and whose mail they see."""

import pytest

from mailspec.model.sieve import may_redirect
from tests.refusals import alice, refused
from tests.specs import build

SCRIPTS = {"sieve/alice.sieve": "keep;\r\n", "sieve/company.sieve": "\nkeep;\n\n"}


def test_scripts_of_domains_come_before_those_of_accounts() -> None:
    spec = build(
        {
            "domains": {"example.org": {"sieve": "sieve/company.sieve"}},
            "accounts": alice(sieve="sieve/alice.sieve"),
            "sieve": SCRIPTS,
        }
    )
    assert [(script.file, script.text) for script in spec.scripts] == [
        ("/etc/dovecot/sieve/domains/example.org.sieve", "keep;"),
        ("/etc/dovecot/sieve/accounts/alice@example.org.sieve", "keep;"),
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/etc/shadow",
        "../sieve/a.sieve",
        "sieve/../a.sieve",
        "sieve/a/b.sieve",
        "a.sieve",
        "sieve/.sieve",
        "sieve/a.sieve\n",
    ],
)
def test_path_can_not_leave_the_folder_of_scripts(path: str) -> None:
    assert refused(accounts=alice(sieve=path)) == ["bad-file-name at accounts.alice.sieve"]


def test_script_that_is_not_there_is_told_with_the_nearest_name() -> None:
    assert refused(accounts=alice(sieve="sieve/alcie.sieve"), sieve=SCRIPTS) == [
        "unknown-script at accounts.alice.sieve"
    ]
    assert refused(domains={"example.org": {"sieve": "sieve/x.sieve"}}) == [
        "unknown-script at domains.example.org.sieve"
    ]


def test_domain_alias_has_no_script_of_its_own() -> None:
    domains = {"example.org": {}, "example.net": {"alias_of": "example.org", "sieve": "sieve/alice.sieve"}}
    assert "alias-domain at domains.example.net" in refused(domains=domains, sieve=SCRIPTS)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        (" \n", "empty-text"),
        ("keep;\x00", "unsafe-text"),
        ("keep; # \u202e", "unsafe-text"),
        ("#" * 65537, "too-long"),
    ],
)
def test_script_holds_nothing_that_hides(text: str, id_: str) -> None:
    assert refused(sieve={"sieve/a.sieve": text}) == [f"{id_} at sieve.sieve/a.sieve"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('redirect "a@example.com";', True),
        ('if true { ReDirect :copy "a@example.com"; }', True),
        ('"a"redirect "b@example.com";', True),
        ('/* " */ redirect "a@example.com";', True),
        ('fileinto "redirect";', False),
        ('fileinto "a\\" redirect";', False),
        ("# redirect\nkeep;", False),
        ("/* redirect\n */ keep;", False),
        ("vacation text: # redirect\nredirect\n..\nredirect\n.\n;", False),
        ("vacation text:\nx\n.\n; redirect text:\na@example.com\n.\n;", True),
        ("redirected;", False),
    ],
)
def test_only_the_command_redirects(text: str, answer: bool) -> None:
    assert may_redirect(text) is answer
