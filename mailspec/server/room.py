"""A room of its own: a function runs in new namespaces, and everything in it ends with whoever opened it."""

import ctypes
import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

NEWNS, NEWUTS, NEWIPC, NEWPID, NEWNET = 0x00020000, 0x04000000, 0x08000000, 0x20000000, 0x40000000
"""The kinds of namespaces (unshare(2))."""

_READ_ONLY, _REMOUNT, _BIND, _RECURSIVE, _PRIVATE = 0x1, 0x20, 0x1000, 0x4000, 0x40000
_PARENT_DEATH_SIGNAL = 1
_libc = ctypes.CDLL(None, use_errno=True)


class RoomError(Exception):
    """The room could not be made, or what ran in it did not come to an end."""


def inside(work: Callable[[], Any], kinds: int, patience: float) -> Any:
    """What a function returns that runs in a process and namespaces of its own; it must be plain data.

    Whatever it mounts, starts and listens to is gone afterwards, also when this process is killed.
    """
    reader, writer = os.pipe()
    sys.stdout.flush()
    opener = os.getpid()
    child = os.fork()
    if not child:
        os.close(reader)
        _open(work, kinds, writer, opener)
    os.close(writer)
    try:
        text = _read(reader, time.monotonic() + patience)
    finally:
        os.close(reader)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if not text:
        raise RoomError(f"no answer within {patience:.0f} s")
    answer = json.loads(text)
    if "error" in answer:
        raise RoomError(answer["error"])
    return answer["value"]


def mount(source: str | Path, target: str | Path, kind: str = "", flags: int = 0, options: str = "") -> None:
    """Mount a file system (mount(2))."""
    _call("mount", str(source).encode(), str(target).encode(), kind.encode(), flags, options.encode())


def bind(source: str | Path, target: str | Path) -> None:
    """Let a file or directory stand in the place of another."""
    mount(source, target, flags=_BIND)


def read_only(target: str | Path) -> None:
    """Keep everybody in the room from writing to a file system."""
    mount("none", target, flags=_BIND | _REMOUNT | _READ_ONLY)


def leave_network() -> None:
    """Move this thread to a network of its own."""
    _call("unshare", NEWNET)


def enter_network(descriptor: int) -> None:
    """Move this thread to another network."""
    _call("setns", descriptor, NEWNET)


def _open(work: Callable[[], Any], kinds: int, writer: int, opener: int) -> None:
    """The first process of the room; never returns."""
    try:
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):  # the result of a module goes to standard output
            os.dup2(null, descriptor)
        os.setsid()
        _end_with(opener)
        _call("unshare", kinds)
        if kinds & NEWPID:
            init = os.fork()
            if init:
                os.close(writer)
                os.waitpid(init, 0)
                os._exit(0)
            _end_with(0)
        mount("none", "/", flags=_RECURSIVE | _PRIVATE)
        if kinds & NEWPID:
            mount("proc", "/proc", "proc")
        answer = {"value": work()}
    except BaseException as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    with os.fdopen(writer, "w", encoding="utf-8") as out:
        json.dump(answer, out)
    os._exit(0)


def _end_with(parent: int) -> None:
    """Let the kernel kill this process as soon as its parent is gone."""
    _call("prctl", _PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _read(reader: int, deadline: float) -> bytes:
    parts: list[bytes] = []
    while select.select([reader], [], [], max(0.0, deadline - time.monotonic()))[0]:
        part = os.read(reader, 1 << 16)
        if not part:
            return b"".join(parts)
        parts.append(part)
    return b""


def _call(name: str, *arguments: Any) -> None:
    if getattr(_libc, name)(*arguments):
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")
