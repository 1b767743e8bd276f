"""The container images of the tests: built here from Debian's packages, rebuilt only when their recipe changes."""

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from mailspec.packages import PACKAGES, WEB

HERE = Path(__file__).parent
PODMAN = str(HERE / "podman")
SUITES = {"debian-12": "bookworm", "debian-13": "trixie"}
BARE = [
    "ca-certificates",
    "dbus",
    "iproute2",
    "libpam-systemd",
    "openssh-server",
    "procps",
    "python3",
    "python3-apt",
    "systemd",
    "systemd-sysv",
]
"""What a freshly installed server has."""
WORLD = ("nsd", "postfix", "tcpdump")

# Services come with `systemctl enable`; an image must not start them at boot with Debian's configuration.
INSTALL = """\
printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d && chmod 755 /usr/sbin/policy-rc.d
kinds=service,socket,timer,path
list() {{ systemctl list-unit-files --type=$kinds --state=enabled --no-legend | cut -d' ' -f1 | sort; }}
list > /tmp/before
export DEBIAN_FRONTEND=noninteractive
apt-get update -q && apt-get install -q -y --no-install-recommends {packages}
list > /tmp/after
new=$(comm -13 /tmp/before /tmp/after)
[ -z "$new" ] || systemctl disable $new
apt-get clean && rm -rf /var/lib/apt/lists/* /usr/sbin/policy-rc.d /tmp/before /tmp/after
"""
BOOT = ("CMD=/sbin/init", "STOPSIGNAL=SIGRTMIN+3")


@dataclass(frozen=True)
class Image:
    """One image: how it is made, and the tag that stands for that."""

    name: str
    recipe: str
    base: "Image | None" = None

    @property
    def reference(self) -> str:
        """Name and tag; the tag changes with the recipe and with that of the base."""
        text = self.recipe + (self.base.reference if self.base else "")
        return f"localhost/{self.name}:{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def base(os_name: str) -> Image:
    """Debian as a fresh server has it, with SSH and Python and nothing of ours."""
    clean = "rm -f $1/etc/ssh/ssh_host_* $1/etc/machine-id; rm -rf $1/var/lib/apt/lists/*"
    locale = "echo LANG=C.UTF-8 > $1/etc/default/locale"
    hooks = [f"--customize-hook={hook}" for hook in (clean, locale)]
    options = ["--variant=minbase", f"--include={','.join(BARE)}", *hooks, SUITES[os_name]]
    return Image(f"mailspec-base-{os_name}", "\n".join(options))


def layer(name: str, os_name: str, packages: tuple[str, ...], then: str = "") -> Image:
    """An image with more packages, all their services off."""
    return Image(name, INSTALL.format(packages=" ".join(packages)) + then, base(os_name))


def images() -> dict[str, Image]:
    """Every image by its name."""
    found = [base(os_name) for os_name in SUITES]
    found += [layer(f"mailspec-stack-{os_name}", os_name, (*PACKAGES[os_name], *WEB)) for os_name in SUITES]
    found.append(layer("mailspec-world", "debian-13", WORLD, "useradd --system --no-create-home world\n"))
    return {image.name: image for image in found}


def exists(image: Image) -> bool:
    """Whether podman has this very image."""
    return subprocess.run([PODMAN, "image", "exists", image.reference], check=False).returncode == 0


def run(command: list[str], log: Path) -> None:
    """Run a command with its output in a log; say now and then that it is alive."""
    with log.open("a") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
        start = time.monotonic()
        while process.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
                break
            print(f"  {time.monotonic() - start:3.0f} s  {last_line(log)}", file=sys.stderr, flush=True)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def last_line(log: Path) -> str:
    """The end of a log, short enough for a screen."""
    lines = log.read_text(errors="replace").split()
    return " ".join(lines[-12:])[-100:]


def bootstrap(image: Image, log: Path) -> None:
    """Make a root file system with mmdebstrap and import it."""
    root = [] if os.getuid() == 0 else ["sudo"]
    tar = str(log.with_suffix(".tar"))
    run([*root, "mmdebstrap", *image.recipe.split("\n"), tar], log)
    run([PODMAN, "import", *(f"--change={entry}" for entry in BOOT), tar, image.reference], log)


def extend(image: Image, below: Image, log: Path) -> None:
    """Run the recipe on top of another image."""
    folder = log.with_suffix("")
    folder.mkdir()
    (folder / "recipe").write_text(image.recipe)
    (folder / "Containerfile").write_text(
        f"FROM {below.reference}\nCOPY recipe /recipe\nRUN sh -eu /recipe && rm /recipe\n"
    )
    options = ["--network=host", "--layers=false", "--runtime=runc", f"--tag={image.reference}"]
    run([PODMAN, "build", *options, str(folder)], log)


@contextmanager
def progress(image: Image, log: Path) -> Iterator[None]:
    """Say what is made and how long it took; show the end of the log when it fails."""
    start = time.monotonic()
    print(f"building {image.reference} ...", file=sys.stderr, flush=True)
    try:
        yield
    except subprocess.CalledProcessError:
        sys.exit("".join(log.read_text(errors="replace").splitlines(keepends=True)[-25:]))
    print(f"built {image.reference} in {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)


def drop(name: str, keep: str = "") -> None:
    """Remove the images of a name but one; podman keeps those that a container uses."""
    command = [PODMAN, "images", "--format", "{{.Repository}}:{{.Tag}}", f"localhost/{name}"]
    for reference in subprocess.run(command, check=True, capture_output=True, text=True).stdout.split():
        if reference != keep:
            subprocess.run([PODMAN, "rmi", reference], check=False, capture_output=True)


def build(image: Image) -> None:
    """Make an image and those below it, unless they are there."""
    if exists(image):
        return
    if image.base:
        build(image.base)
    with tempfile.TemporaryDirectory(prefix="mailspec-image-") as folder:
        log = Path(folder) / "image.log"
        with progress(image, log):
            if image.base:
                extend(image, image.base, log)
            else:
                bootstrap(image, log)
    drop(image.name, keep=image.reference)


def main() -> None:
    """Build the named images and print their references, or remove every image of ours."""
    known = images()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="*", help=", ".join(sorted(known)))
    parser.add_argument("--remove", action="store_true", help="remove all of them that no container uses")
    options = parser.parse_args()
    if unknown := sorted(set(options.name) - known.keys()):
        parser.error(f"no such image: {', '.join(unknown)}")
    for name in options.name:
        build(known[name])
        print(known[name].reference)
    if options.remove:
        for name in reversed(known):
            drop(name)


if __name__ == "__main__":
    main()
