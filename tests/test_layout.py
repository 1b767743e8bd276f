"""The layout of the project: a page of conventions, each of them a test that names what is missing."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from mailspec.cli import commands
from mailspec.model.servers import Release

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "mailspec").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.j2"))
ROLES = sorted(path for path in (ROOT / "roles").iterdir() if path.is_dir())
SERVICES = ("base", "unbound", "store", "rspamd", "dovecot", "srs", "postfix", "mlmmj", "web", "nftables")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


# --- Python ---


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_module_says_what_it_is(module: Path) -> None:
    tree = ast.parse(module.read_text())
    docstring = ast.get_docstring(tree)
    assert docstring or not tree.body, f"{_name(module)} does not begin with a docstring"


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_module_is_short(module: Path) -> None:
    lines = len(module.read_text().splitlines())
    assert lines < 250, f"{_name(module)} has {lines} lines: split it by topic"


def _imports(module: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_only_render_imports_jinja() -> None:
    assert [_name(module) for module in MODULES if "jinja2" in _imports(module)] == ["mailspec/render.py"]


def test_only_the_command_line_imports_click() -> None:
    users = {module.parent for module in MODULES if "click" in _imports(module)}
    assert users == {ROOT / "mailspec/cli"}


def test_only_the_command_line_prints_and_exits() -> None:
    found = []
    for module in MODULES:
        # a module that is run on its own (`python -m`) is a command line too; what Ansible starts ends by its rules
        text = module.read_text()
        if module.parent.name == "cli" or "__main__" in text or "mailspec/ansible" in _name(module):
            continue
        calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
        ends = [node for node in calls if ast.unparse(node.func) in {"print", "exit", "sys.exit", "quit"}]
        found += [f"{_name(module)}:{node.lineno}" for node in ends]
    assert found == []


def test_the_model_knows_nothing_of_what_is_made_from_it() -> None:
    for module in (ROOT / "mailspec/model").glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.ImportFrom) and node.level == 2:
                assert node.module in {"problem", "shown"}, f"{_name(module)} imports {node.module}"


@pytest.mark.parametrize("module", sorted((ROOT / "mailspec/model").glob("*.py")), ids=_name)
def test_model_module_has_its_test(module: Path) -> None:
    test = ROOT / "tests/model" / f"test_{module.stem}.py"
    assert module.stem == "__init__" or test.is_file(), f"{_name(test)} is missing"


@pytest.mark.parametrize("module", sorted((ROOT / "mailspec/dns").glob("*.py")), ids=_name)
def test_record_type_has_its_test(module: Path) -> None:
    test = ROOT / "tests/dns" / f"test_{module.stem}.py"
    assert module.stem == "__init__" or test.is_file(), f"{_name(test)} is missing"


def test_tests_are_sentences() -> None:
    short = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        names = re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)
        short += [f"{_name(path)}: {name}" for name in names if name.count("_") < 3]
    assert short == [], "a test's name says what happens"


# --- Templates ---


@pytest.mark.parametrize("template", TEMPLATES, ids=_name)
def test_template_has_header_and_banner(template: Path) -> None:
    lines = template.read_text().split("\n")
    assert re.fullmatch(r"\{# service: \w+  mode: 0[0-7]{3}(  \w+: .+?)* #\}", lines[0]), f"{_name(template)}: line 1"
    body = [line for line in lines[1:] if line and not line.startswith("#!")]
    one_value = len(body) == 1 and body[0].startswith("{{")  # a format without comments
    assert one_value or body[0] == "{{ banner }}", f"{_name(template)} does not begin with the banner"


@pytest.mark.parametrize("template", TEMPLATES, ids=_name)
def test_template_holds_no_logic(template: Path) -> None:
    for number, line in enumerate(template.read_text().split("\n"), 1):
        place = f"{_name(template)}:{number}"
        tags = re.findall(r"\{%.*?%\}", line)
        assert not tags or line == tags[0], f"{place}: a tag stands alone, at column 0"
        assert not re.search(r"\{%-|-%\}", line), f"{place}: no whitespace control"
        for expression in re.findall(r"\{\{(.*?)\}\}", line):
            code = re.sub(r"\"[^\"]*\"|'[^']*'", "", expression)
            assert not re.search(r"default\(| is | [-+*/%] ", code), f"{place}: that belongs into host.py"


@pytest.mark.parametrize("template", TEMPLATES, ids=_name)
def test_template_belongs_to_a_service_and_a_release(template: Path) -> None:
    layer = template.relative_to(ROOT / "templates").parts[0]
    assert layer in {"common", *(release.value for release in Release)}
    service = re.search(r"service: (\w+)", template.read_text())
    assert service
    assert service[1] in SERVICES


# --- Roles ---


@pytest.mark.parametrize("role", ROLES, ids=_name)
def test_role_has_the_skeleton(role: Path) -> None:
    files = {path.relative_to(role).as_posix() for path in role.rglob("*") if path.is_file()}
    assert files == {"defaults/main.yml", "meta/argument_specs.yml", "tasks/main.yml"}


@pytest.mark.parametrize("role", ROLES, ids=_name)
def test_role_is_short_and_holds_no_content(role: Path) -> None:
    text = (role / "tasks/main.yml").read_text()
    assert len(text.splitlines()) < 60, f"{_name(role)}/tasks/main.yml has 60 lines or more"
    for word in ("ignore_errors", "ansible.builtin.template", "ansible.builtin.copy", "lineinfile", "notify:"):
        assert word not in text, f"{_name(role)} uses {word}"


@pytest.mark.parametrize("role", ROLES, ids=_name)
def test_role_documents_its_defaults(role: Path) -> None:
    defaults = yaml.safe_load((role / "defaults/main.yml").read_text()) or {}
    options = yaml.safe_load((role / "meta/argument_specs.yml").read_text())["argument_specs"]["main"]["options"]
    assert set(defaults) == set(options)
    assert all(name.startswith((f"{role.name}_", f"__{role.name}_")) for name in defaults)


@pytest.mark.parametrize("role", ROLES, ids=_name)
def test_task_name_is_an_imperative_sentence(role: Path) -> None:
    for task in yaml.safe_load((role / "tasks/main.yml").read_text()):
        assert re.fullmatch(r"[A-Z].*[^.]", task["name"])


def test_every_service_has_its_role() -> None:
    assert {role.name for role in ROLES} == set(SERVICES)


# --- Cases that are folders ---


@pytest.mark.parametrize("case", sorted(path for path in (ROOT / "tests/errors").glob("*") if path.is_dir()), ids=_name)
def test_error_case_has_its_text(case: Path) -> None:
    assert (case / "expected.txt").is_file(), f"{_name(case)}/expected.txt is missing"


@pytest.mark.parametrize("case", sorted(path for path in (ROOT / "tests/golden").glob("[a-z]*")), ids=_name)
def test_golden_case_has_spec_tree_and_zone(case: Path) -> None:
    if case.is_dir():
        assert {path.name for path in case.iterdir()} == {"spec", "tree", "zone"}


# --- Prose and everything ---


def test_changes_a_user_notices_are_told() -> None:
    text = (ROOT / "CHANGELOG.md").read_text()
    assert "\n## Unreleased\n" in text


def test_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 120


@pytest.mark.parametrize("page", sorted((ROOT / "docs/decisions").glob("*.md")), ids=_name)
def test_decision_is_short(page: Path) -> None:
    assert len(page.read_text().splitlines()) <= 15


@pytest.mark.parametrize("page", [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"], ids=_name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{_name(page)} links to {target}"


def test_every_command_is_in_the_reference() -> None:
    text = (ROOT / "docs/reference/commands.md").read_text()
    assert all(f"mailspec {name}" in text for name in commands.commands)


@pytest.mark.parametrize("script", sorted(path for path in (ROOT / "script").iterdir() if path.is_file()), ids=_name)
def test_script_says_what_it_does_and_can_be_run(script: Path) -> None:
    lines = script.read_text().splitlines()
    assert lines[0].startswith("#!")
    assert lines[1].startswith("# "), f"{_name(script)}: line 2 says what it does"
    assert script.stat().st_mode & 0o100, f"{_name(script)} is not executable"


def test_no_path_of_one_machine_is_named() -> None:
    # pieces, or this file would find itself
    paths = ["/" + "work/", "/" + "home/", "/" + "Users/", "/" + "tmp/team"]
    found = []
    for path in _tracked():
        text = path.read_bytes()
        found += [f"{_name(path)}: {name}" for name in paths if name.encode() in text]
    assert found == []


def test_no_secret_is_tracked() -> None:
    for path in _tracked():
        assert path.name not in {".vault-password", "passwords.json"}, _name(path)
        assert re.search(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----\n[A-Za-z0-9+/]{40}", path.read_bytes()) is None, _name(
            path
        )
