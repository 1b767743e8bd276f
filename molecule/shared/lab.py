"""Write the files of a closed network for a spec or several: keys, SSH settings, `world`, `lab.json` for the tests."""

import argparse
import base64
import datetime
import json
import subprocess
import uuid
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from mailspec.cases import world
from mailspec.cases.outside import DUBIOUS, FRIEND, PLAIN, SELECTOR, outside_domains
from mailspec.dns import reverse_zones, zones
from mailspec.load import load
from mailspec.model.domain import MailDomain

SSH = """\
Host {names}
    HostName {address}
    HostKeyAlias {name}
    User root
    IdentityFile {folder}/ssh/id
    IdentitiesOnly yes
    UserKnownHostsFile {folder}/ssh/known_hosts
    StrictHostKeyChecking yes
"""


def write(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file with its mode, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(0o600)
    path.write_text(text)
    path.chmod(mode)


def ssh_key(path: Path) -> None:
    """Make a key pair unless there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "mailspec", "-f", path], check=True)


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    """A private key as text."""
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


def dkim(folder: Path) -> str:
    """Make the DKIM key of the friendly domains; its public part as a TXT value."""
    path = folder / "dkim" / f"{FRIEND}.{SELECTOR}.key"
    if not path.exists():
        write(path, pem(rsa.generate_private_key(public_exponent=65537, key_size=2048)), 0o600)
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"


def certificate(root: Path) -> None:
    """A certificate of its own for the foreign mail server, as most have for port 25."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, world.MAIL_SERVER)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(world.MAIL_SERVER)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    write(root / "etc/postfix/world.pem", made.public_bytes(serialization.Encoding.PEM).decode())
    write(root / "etc/postfix/world.key", pem(key), 0o600)


def common_files(folder: Path, host: str, address: str) -> Path:
    """What each container needs to be reached by SSH; the folder that is laid over its root."""
    root = folder / "root" / host
    key = folder / "ssh" / f"host_{host}"
    ssh_key(key)
    write(root / "etc/ssh/ssh_host_ed25519_key", key.read_text(), 0o600)
    write(root / "etc/ssh/ssh_host_ed25519_key.pub", Path(f"{key}.pub").read_text())
    (root / "root/.ssh").mkdir(parents=True, exist_ok=True)
    (root / "root").chmod(0o700)
    write(root / "root/.ssh/authorized_keys", (folder / "ssh/id.pub").read_text(), 0o600)
    # without it systemd takes the boot for the first one and enables every service
    write(root / "etc/machine-id", f"{uuid.uuid5(uuid.NAMESPACE_DNS, host).hex}\n", 0o444)
    write(root / "etc/hosts", f"127.0.0.1 localhost\n::1 localhost ip6-localhost\n{address} {host}\n")
    return root


def enable(root: Path, units: list[str], target: str) -> None:
    """Start units at boot."""
    for unit in units:
        own = Path("/etc/systemd/system", unit)
        link = root / f"etc/systemd/system/{target}.wants" / unit
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(own if (root / str(own).lstrip("/")).exists() else Path("/usr/lib/systemd/system", unit))


def server_files(folder: Path, host: str, address: str, resolvers: list[str]) -> None:
    """Lay out the root of a server under test: reachable, able to resolve, otherwise as installed."""
    root = common_files(folder, host, address)
    write(root / "etc/resolv.conf", "".join(f"nameserver {resolver}\n" for resolver in resolvers))
    # some kernels that run containers have no user namespaces
    for store in ("redis", "valkey"):
        write(root / f"usr/lib/systemd/system/{store}-server.service.d/container.conf", "[Service]\nPrivateUsers=no\n")


def ssh_files(folder: Path, hosts: dict[str, list[str]]) -> None:
    """`ssh -F <folder>/ssh_config <host>` works, and knows each host by its key."""
    config, known = [], []
    for host, addresses in hosts.items():
        config.append(SSH.format(names=" ".join([host, *addresses]), address=addresses[0], name=host, folder=folder))
        known.append(f"{host} {Path(folder / 'ssh' / f'host_{host}.pub').read_text()}")
    write(folder / "ssh_config", "\n".join(config))
    write(folder / "ssh/known_hosts", "".join(known))


def world_files(folder: Path, specs: list[MailDomain], network: world.Network) -> None:
    """Lay out the root of `world`."""
    keys = {SELECTOR: dkim(folder)}
    friends = sorted({FRIEND, *(name for spec in specs for name in outside_domains(spec))} - {DUBIOUS, PLAIN})
    foreign = [world.Foreign(name, keys, "reject") for name in friends]
    foreign += [world.Foreign(DUBIOUS, {}, "quarantine"), world.Foreign(PLAIN, {})]
    servers = (world.NAME_SERVER,)
    rendered: dict[str, str] = {}
    for spec in specs:
        rendered |= zones(spec, nameservers=servers) | reverse_zones(spec, nameservers=servers)
    root = common_files(folder, "world", str(network.world[0]))
    certificate(root)
    mail = folder / "mail"
    mail.mkdir(exist_ok=True)
    mail.chmod(0o777)
    files = world.name_server(world.zones(rendered, network, foreign), network)
    files |= world.mail_server(foreign, network)
    for path, text in files.items():
        write(root / path.lstrip("/"), text, 0o755 if text.startswith("#!") else 0o644)
    enable(root, ["nsd.service", "postfix.service"], "multi-user.target")
    enable(root, [path.rpartition("/")[2] for path in files if path.endswith(".socket")], "sockets.target")


def container(lab: str, host: str, image: str, addresses: list[str]) -> dict[str, Any]:
    """What create.yml needs to start a host; podman takes one address of each family, the rest is added later."""
    v4 = [a for a in addresses if ":" not in a]
    v6 = [a for a in addresses if ":" in a]
    return {
        "host": host,
        "container": f"mailspec-{lab}-{host}",
        "image": image,
        "addresses": v4[:1] + v6[:1],
        "more_addresses": v4[1:] + v6[1:],
    }


def main() -> None:
    """Write everything below the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("spec", type=Path, nargs="+")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lab", required=True, help="the name of this run, part of every container's name")
    parser.add_argument("--image", choices=("base", "stack"), default="stack")
    options = parser.parse_args()
    folder = options.folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    specs = [load(path) for path in options.spec]
    servers = {name: server for spec in specs for name, server in spec.servers.items()}
    network = world.Network({name: server.addresses for name, server in servers.items()})
    ssh_key(folder / "ssh/id")
    outside = [str(address) for address in network.world]
    containers = [container(options.lab, "world", "mailspec-world", outside)]
    for name, server in servers.items():
        addresses = [str(address) for address in server.addresses]
        image = f"mailspec-{options.image}-{server.os.value}"
        containers.append(container(options.lab, name, image, addresses))
        server_files(folder, name, addresses[0], outside)
    world_files(folder, specs, network)
    ssh_files(folder, {entry["host"]: entry["addresses"] for entry in containers})
    lab = {
        "network": {
            "name": f"mailspec-{options.lab}",
            "subnets": network.subnets,
            "gateways": [str(address) for address in network.controller],
        },
        "containers": containers,
        "images": sorted({entry["image"] for entry in containers}),
        "world": {
            "name": world.MAIL_SERVER,
            "addresses": outside,
            "proxy_port": world.PROXY_PORT,
            "mail": str(folder / "mail"),
            "friend": {
                "domain": FRIEND,
                "selector": SELECTOR,
                "key": str(folder / "dkim" / f"{FRIEND}.{SELECTOR}.key"),
            },
            "plain": {"domain": PLAIN},
        },
        "ssh_config": str(folder / "ssh_config"),
    }
    write(folder / "lab.json", json.dumps(lab, indent=2) + "\n")


if __name__ == "__main__":
    main()
