#!/usr/bin/python3
# Managed by mailspec: change the spec or templates/common/usr/local/lib/mailspec/web.py.j2, not this file.
"""Let a member leave a mailing list by one click (RFC 8058): nginx hands over one request (SCGI), and gets an answer."""

import base64
import hashlib
import hmac
import html
import subprocess
import sys
from email import message_from_bytes
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

KEY = Path("/etc/rspamd/web.key")
MLMMJ = ("/usr/bin/python3", "-I", "/usr/local/lib/mailspec/mlmmj.py", "leave")
TAG = 16
FIELD, CLICK = "List-Unsubscribe", "One-Click"
PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Mailing list</title>
<p>{words}</p>
{form}</html>
"""
# A mail program posts the same without showing the page; nothing else may happen to whoever only looks.
FORM = f"""<form method="post">
<input type="hidden" name="{FIELD}" value="{CLICK}">
<button>Leave the list</button>
</form>
"""
STATES = {0: "200 OK", 67: "404 Not Found", 77: "403 Forbidden"}  # by what mlmmj.py returns
WORDS = {
    "200 OK": "{address} is not on the list {name} any more.",
    "400 Bad Request": "Please use the button of the page.",
    "403 Forbidden": "Who runs {name} has put {address} on it; write to its owners.",
    "404 Not Found": "There is no such list, or the address of this page is not complete.",
    "405 Method Not Allowed": "This page can only be read, and its button used.",
    "503 Service Unavailable": "This did not work; please try again later.",
}


@cache
def key():
    return hashlib.blake2b(KEY.read_bytes().split(b"\n")[0]).digest()


def digest(what, text):
    return hashlib.blake2b(what + b":" + text, key=key()).digest()


def hidden(text, tag):
    """The text under the stream of bytes that web.lua lays over it, or without it."""
    stream = b""
    while len(stream) < len(text):
        stream += digest(b"stream", tag + str(len(stream)).encode())
    return bytes(one ^ other for one, other in zip(text, stream))


def opened(token):
    """The list and the member that an address of ours is for; two empty names for any other."""
    try:
        sealed = base64.urlsafe_b64decode(token + b"=" * (-len(token) % 4))
    except ValueError:
        return "", ""
    tag, text = sealed[:TAG], hidden(sealed[TAG:], sealed[:TAG])
    if not hmac.compare_digest(tag, digest(b"tag", text)[:TAG]):
        return "", ""
    name, _, address = text.decode().partition("\n")
    return name, address


def clicks(kind, body):
    """Whether a form says so, in one of the two ways to write a form."""
    if not kind.lower().startswith(b"multipart/form-data"):
        return parse_qs(body.decode(errors="replace")).get(FIELD) == [CLICK]
    form = message_from_bytes(b"Content-Type: " + kind + b"\n\n" + body)
    parts = form.get_payload() if form.is_multipart() else []
    found = {part.get_param("name", header="Content-Disposition"): part.get_payload(decode=True) for part in parts}
    return (found.get(FIELD) or b"").strip() == CLICK.encode()


def answer(method, token, kind, body):
    """The state and the page for a request."""
    name, address = opened(token)
    form = ""
    if not name:
        state = "404 Not Found"
    elif method in (b"GET", b"HEAD"):
        state, form = "200 OK", FORM
    elif method != b"POST":
        state = "405 Method Not Allowed"
    elif not clicks(kind, body):
        state = "400 Bad Request"
    else:
        code = subprocess.run([*MLMMJ, name, address], stdout=sys.stderr, check=False).returncode
        state = STATES.get(code, "503 Service Unavailable")
    text = "{address} gets what is posted to {name}." if form else WORDS[state]
    return state, PAGE.format(words=html.escape(text.format(name=name, address=address)), form=form)


def request(stream):
    """The fields of a request and its body; no fields where nobody asks."""
    size = b""
    while (byte := stream.read(1)) not in (b":", b""):
        size += byte
    words = stream.read(int(size or 0)).split(b"\0")
    stream.read(1)
    fields = dict(zip(words[::2], words[1::2]))
    return fields, stream.read(int(fields.get(b"CONTENT_LENGTH") or 0))


def main():
    fields, body = request(sys.stdin.buffer)
    if fields:
        token = fields[b"DOCUMENT_URI"].rpartition(b"/")[2]
        state, page = answer(fields[b"REQUEST_METHOD"], token, fields.get(b"CONTENT_TYPE", b""), body)
        sys.stdout.write(f"Status: {state}\nContent-Type: text/html; charset=utf-8\n\n{page}")


if __name__ == "__main__":
    main()
