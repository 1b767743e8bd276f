"""The four formats: what each says, and that no text of a spec can break out of it."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailspec.lint import Finding, Level, Report, report, rules
from mailspec.lint.show import FORMATS
from mailspec.load import Source
from mailspec.problem import Place
from tests.lint.specs import source

HOSTILE = st.text(alphabet="a:,%\r\n\0\x1b\u2028\u202e\"'<>`${}[]#|\\é", max_size=20)
CONCEPT = Path(__file__).parent.parent.parent / "docs/concept/lint.md"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def made() -> Report:
    return report(source(Path(), lint={"silence": {"dmarc-none": "until the reports of March"}}))


def one(text: str = "a", level: Level = Level.WARNING, place: Place | None = None) -> Report:
    finding = Finding(place or Place("mail.yml", 3, 5), "no-ipv6", text, text, text, level)
    return Report("mail.yml", (finding,), ((finding, text),))


def test_text_shows_place_id_fact_hint_and_the_count(made: Report) -> None:
    assert FORMATS["text"](made) == (
        "mail.yml:4:31: info[no-ipv6]: `mx1.example.org` has no IPv6 address\n\n"
        'hint: add one, in quotes: `"2001:db8:1::25"`, or silence this when your network has none\n\n'
        "mail.yml:6:9: error[empty-list]: `sales` reaches nobody: `dave` takes no mail or leads nowhere, "
        "so its mail is refused\n\n"
        "hint: put in somebody who reads it, or remove the list\n\n"
        "1 error, 1 info, 1 silenced\n"
    )
    assert FORMATS["text"](Report("mail.yml", ())) == "mail.yml: no findings\n"


def test_json_has_the_documented_keys(made: Report) -> None:
    data = json.loads(FORMATS["json"](made))
    documented = set(re.findall(r"^\| `([^`]+)` \|", CONCEPT.read_text().partition("programs\nof your own")[2], re.M))
    assert {*data, *(f"findings[].{key}" for key in data["findings"][0])} == documented
    assert set(data["silenced"][0]) == {*data["findings"][0], "reason"}
    assert data["counts"] == {"error": 1, "warning": 0, "info": 1, "silenced": 1}
    assert data["findings"][1] | {"fact": "", "hint": ""} == {
        "rule": "empty-list",
        "level": "error",
        "subject": "sales@example.org",
        "file": "mail.yml",
        "line": 6,
        "column": 9,
        "fact": "",
        "hint": "",
    }


def test_github_shows_a_finding_at_its_line(made: Report) -> None:
    assert FORMATS["github"](made) == (
        "::notice file=mail.yml,line=4,col=31,title=no-ipv6::`mx1.example.org` has no IPv6 address%0A"
        'hint: add one, in quotes: `"2001:db8:1::25"`, or silence this when your network has none\n'
        "::error file=mail.yml,line=6,col=9,title=empty-list::`sales` reaches nobody: `dave` takes no mail or "
        "leads nowhere, so its mail is refused%0Ahint: put in somebody who reads it, or remove the list\n"
    )


def test_sarif_names_rules_places_and_silences(made: Report) -> None:
    (run,) = json.loads(FORMATS["sarif"](made))["runs"]
    described = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in described] == list(rules())
    assert all(described[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert [(result["ruleId"], result["level"]) for result in run["results"]] == [
        ("no-ipv6", "note"),
        ("empty-list", "error"),
        ("dmarc-none", "warning"),
    ]
    assert [result.get("suppressions") for result in run["results"]] == [
        None,
        None,
        [{"kind": "inSource", "justification": "until the reports of March"}],
    ]
    assert run["results"][1]["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "mail.yml"},
                "region": {"startLine": 6, "startColumn": 9},
            }
        }
    ]


def test_whole_file_has_its_first_line(made: Report) -> None:
    whole = one(place=Place("/a b/tls.pem"))
    location = json.loads(FORMATS["sarif"](whole))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location == {"artifactLocation": {"uri": "file:///a%20b/tls.pem"}, "region": {"startLine": 1}}
    assert FORMATS["github"](whole).startswith("::warning file=/a b/tls.pem,line=1,col=1,title=no-ipv6::")
    assert FORMATS["text"](whole).startswith("/a b/tls.pem: warning[no-ipv6]: ")
    assert made.worst is Level.ERROR


@given(text=HOSTILE)
def test_hostile_text_stays_where_it_belongs(text: str) -> None:
    report = one(text, place=Place(text, 3, 5))
    github = FORMATS["github"](report)
    (line,) = github.split("\n")[:-1]
    match = re.fullmatch(r"::warning file=([^:,]*),line=3,col=5,title=no-ipv6::(.*)", line, re.DOTALL)
    assert match
    assert "\r" not in line
    assert [unquote(part) for part in match.groups()] == [text, f"{text}\nhint: {text}"]
    data = json.loads(FORMATS["json"](report))
    assert (data["findings"][0]["fact"], data["silenced"][0]["reason"]) == (text, text)
    result, suppressed = json.loads(FORMATS["sarif"](report))["runs"][0]["results"]
    assert result["message"]["text"] == f"{text}; {text}"
    assert suppressed["suppressions"][0]["justification"] == text
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[A-Za-z0-9%/._~-]*", uri)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "changes",
    [
        {"accounts": {"::error::x": {}}},
        {"lint": {"silence": {"no-ipv6": "::error::x%0A\u202e"}}},
        {"lint": {"silence": {"x:\x1b[31m": "x"}}},
        {"lint": {"silence": {"x:::error": "100%"}, "\x1b]8;;": 1}},
        {"resolver": {"root_hints": {"ns\n::error::.example": []}}},
        {"tls": {"source": "files", "certificates": {"mx1.example.org": "::error::\n"}}},
        {"postmaster": "a\r\n::stop-commands::x"},
    ],
    ids=str,
)
def test_hostile_spec_prints_in_every_format(form: str, changes: dict[str, Any]) -> None:
    folder = Path("a,b:c%\n::error::d")
    folder.mkdir()
    source(folder, **changes)
    made = report(Source(folder))
    text = FORMATS[form](made)
    assert text.replace("\n", "").isprintable()
    if form == "github":
        lines = text.splitlines()
        assert len(lines) == len(made.findings)
        assert all(
            re.match(r"::(error|warning|notice) file=[^:,]+,line=\d+,col=\d+,title=[a-z0-9-]+::", x) for x in lines
        )
    elif form != "text":
        json.loads(text)
