"""The program that nginx hands a request to: what it takes for an address of ours and for a click."""

import base64
import hashlib
import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

PROGRAM = Path(__file__).parent.parent / "templates/common/usr/local/lib/mailspec/web.py.j2"
KEY = "a key of the tests"
LIST, MEMBER = "chess@example.org", "zoe.with.a.name.that.is.longer.than.one.block.of.the.stream@example.edu"
CLICK = b"List-Unsubscribe=One-Click"
FORM = "application/x-www-form-urlencoded"
MULTIPART = (
    b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    b"multipart/form-data; boundary=x",
)


class Program:
    """The program, with a mlmmj.py that says yes and remembers what it was asked."""

    def __init__(self, folder: Path) -> None:
        (folder / "web.key").write_text(f"{KEY}\n")
        text = PROGRAM.read_text(encoding="utf-8").split("\n", 3)[3]
        text = text.replace("{{ host.web_key_file }}", str(folder / "web.key"))
        self.names: dict[str, Any] = {"__name__": "web"}
        exec(compile(text, str(PROGRAM), "exec"), self.names)  # noqa: S102 - it is no module of ours
        self.asked: list[list[str]] = []
        self.code = 0
        self.names["subprocess"] = SimpleNamespace(run=self._run)

    def _run(self, argv: list[str], **_: Any) -> SimpleNamespace:
        self.asked.append(argv[4:])
        return SimpleNamespace(returncode=self.code)

    def answer(self, method: str, token: bytes, body: bytes = b"", kind: bytes = FORM.encode()) -> str:
        return str(self.names["answer"](method.encode(), token, kind, body)[0])


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def token(list_: str = LIST, member: str = MEMBER, key: str = KEY) -> bytes:
    """What the filter puts into a copy."""

    def digest(what: str, text: bytes) -> bytes:
        return hashlib.blake2b(f"{what}:".encode() + text, key=hashlib.blake2b(key.encode()).digest()).digest()

    text = f"{list_}\n{member}".encode()
    tag = digest("tag", text)[:16]
    stream = b"".join(digest("stream", tag + str(at).encode()) for at in range(0, len(text), 64))
    hidden = bytes(one ^ other for one, other in zip(text, stream, strict=False))
    return base64.urlsafe_b64encode(tag + hidden).rstrip(b"=")


def test_address_of_a_copy_says_neither_list_nor_member(program: Program) -> None:
    assert program.names["opened"](token()) == (LIST, MEMBER)
    assert b"chess" not in base64.urlsafe_b64decode(token() + b"==")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_changes_nothing(program: Program, method: str) -> None:
    assert program.answer(method, token()) == "200 OK"
    assert program.asked == []


@pytest.mark.parametrize(("body", "kind"), [(CLICK, FORM.encode()), MULTIPART])
def test_click_ends_a_membership(program: Program, body: bytes, kind: bytes) -> None:
    assert program.answer("POST", token(), body, kind) == "200 OK"
    assert program.asked == [[LIST, MEMBER]]


@pytest.mark.parametrize(
    "body", [b"", b"List-Unsubscribe=No", b"One-Click", b"list-unsubscribe=One-Click", b"\xff=\xfe"]
)
def test_what_is_no_click_changes_nothing(program: Program, body: bytes) -> None:
    assert program.answer("POST", token(), body) == "400 Bad Request"
    assert program.answer("POST", token(), body, MULTIPART[1]) == "400 Bad Request"
    assert program.answer("PUT", token(), CLICK) == "405 Method Not Allowed"
    assert program.asked == []


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"A" * 24,
        b"A" * 25,
        token(key="another"),
        token()[:-4],
        token()[:30] + b"A" + token()[31:],
        b"\xff",
        b"=" * 30,
    ],
)
def test_address_that_is_not_ours_leads_nowhere(program: Program, wrong: bytes) -> None:
    assert program.answer("GET", wrong) == "404 Not Found"
    assert program.answer("POST", wrong, CLICK) == "404 Not Found"
    assert program.asked == []


@pytest.mark.parametrize(
    ("code", "state"), [(67, "404 Not Found"), (77, "403 Forbidden"), (75, "503 Service Unavailable")]
)
def test_what_could_not_be_done_is_said(program: Program, code: int, state: str) -> None:
    program.code = code
    assert program.answer("POST", token(), CLICK) == state


def test_page_holds_no_markup_of_others(program: Program) -> None:
    page = program.names["answer"](b"GET", token("<b>@example.org", "&@example.org"), b"", b"")[1]
    assert "<b>" not in page
    assert "&amp;@example.org gets what is posted to &lt;b&gt;@example.org." in page


def test_request_of_nginx_is_read(program: Program) -> None:
    fields = b"CONTENT_LENGTH\x003\x00REQUEST_METHOD\x00POST\x00CONTENT_TYPE\x00\x00"
    found, body = program.names["request"](io.BytesIO(str(len(fields)).encode() + b":" + fields + b",abc"))
    assert (found[b"REQUEST_METHOD"], found[b"CONTENT_TYPE"], body) == (b"POST", b"", b"abc")
    assert program.names["request"](io.BytesIO()) == ({}, b"")
