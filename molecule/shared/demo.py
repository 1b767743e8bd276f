"""What script/demo says and proves: one message that you can follow, then a case of each kind."""

import argparse
import email
import json
import re
import sys
import time
from email.message import Message
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mailspec import files
from mailspec.cases import mailbox, message
from mailspec.cases.case import Case, Mail, Origin, Reaches
from mailspec.cases.catalogue import catalogue
from mailspec.cases.run import Run
from mailspec.cases.site import Site, World
from mailspec.cases.smtp import RefusedError, Session
from mailspec.fill import fill
from mailspec.load import load
from mailspec.password import hash_app_password, hash_password, random_app_password, random_password
from mailspec.vault import Vault

SLOW = {"greylisting", "null-sender", "quota", "size"}
"""Kinds of cases that molecule proves, but nobody wants to watch."""
SCAN = re.compile(r"\(default: \w \(([^)]+)\): \[([^]]+)\]")
"""What Rspamd's log says about a message: the action, the score and the limit."""
console = Console(soft_wrap=True)


def prepare(folder: Path) -> None:
    """Make the keys of the spec, and passwords that are known here."""
    known = folder / "passwords.json"
    passwords = json.loads(known.read_text()) if known.exists() else {}
    passwords |= fill(folder, passwords=True).passwords
    vault = Vault.open(folder)
    for login, account in load(folder).mailboxes.items():
        if account.entry and login not in passwords:
            passwords[login] = random_password()
            vault.set(account.entry, hash_password(passwords[login]))
        for label, app in account.app_passwords.items():
            if f"{login}/{label}" not in passwords:
                passwords[f"{login}/{label}"] = made = random_app_password()
                vault.set(app.hash.name, hash_app_password(made))
    vault.save()
    files.write_private(known, json.dumps(passwords, indent=1) + "\n")


def step(text: str) -> None:
    """One line of the story."""
    console.print(f"[green]✓[/] {escape(text)}", highlight=False)


def arrival(site: Site, login: str, token: str) -> Message:
    """The message as the mail program of the recipient sees it."""
    end = time.monotonic() + 30
    with mailbox.imap(site, login) as client:
        while time.monotonic() < end:
            for uid in mailbox.found(client, "INBOX", token):
                return email.message_from_bytes(mailbox.whole(client, "INBOX", uid))
            time.sleep(0.2)
    sys.exit(f"the message did not arrive in the INBOX of {login} within 30 s")


def follow(site: Site, run: Run) -> None:
    """Send a message from one account to another, and show where it comes by."""
    sender, recipient = list(site.book.users)[:2]
    token = f"{run.name}-demo-"
    mail = Mail(
        id="demo",
        sentence=f"{sender} writes to {recipient}",
        to=(recipient,),
        expect=Reaches(frozenset({recipient})),
        login=sender,
        port=465,
        origin=Origin.CONTROLLER,
        sender=sender,
    )
    start = time.monotonic()
    with Session(site, mail.port, mail.origin) as session:
        session.greet()
        session.login(sender, site.password(sender))
        reply = session.send(sender, mail.to, message.compose(mail, token))
    step(f"{sender} submitted a message to {recipient} over TLS, port 465: {reply.code} {reply.text}")
    found = arrival(site, recipient, token)
    step(f"it was in the INBOX of {recipient} after {time.monotonic() - start:.1f} s, read by IMAP over TLS, port 993")
    signed = sorted(f"{selector}._domainkey.{domain}" for domain, selector in message.signers(bytes(found), site.world))
    step(f"its signatures agree with DNS: {', '.join(signed)}")
    journal = site.journal(reply.queue_id)
    for action, score in SCAN.findall("\n".join(journal)):
        step(f"Rspamd scanned it on its way: {action}, score {score.replace('/', ' of ')}")
    for line in journal:
        if "rspamd" not in line:
            console.print(f"    {line.strip()[:150]}", style="dim", highlight=False, markup=False)


def selection(site: Site) -> list[Case]:
    """The first case of each kind."""
    found: dict[str, Case] = {}
    for case in catalogue(site.book.spec):
        kind = case.id.partition("/")[0]
        if kind not in SLOW:
            found.setdefault(kind, case)
    return list(found.values())


def prove(folder: Path, lab: Path) -> int:
    """Prove it and say so; the number of statements that are not true."""
    site = Site(folder, World.read(lab))
    run = Run(site, selection(site), lambda text: console.print(f"  {text}", style="dim", markup=False))
    follow(site, run)
    run.start()
    verdicts = {case: run.verdict(case) for case in run.cases}
    run.clean()
    table = Table("", "proved with real mail", box=None, pad_edge=False)
    for case, wrong in verdicts.items():
        table.add_row("[red]✗[/]" if wrong else "[green]✓[/]", escape(case.sentence))
    console.print()
    console.print(table, highlight=False)
    for wrong in filter(None, verdicts.values()):
        console.print(f"\n{wrong}", style="red", highlight=False, markup=False)
    return sum(map(bool, verdicts.values()))


def connect(folder: Path, lab: Path) -> None:
    """Tell how to use the domain with a mail program."""
    site = Site(folder, World.read(lab))
    login = next(iter(site.book.users))
    rows = {
        "name": f'echo "{[*site.book.host.ipv4, *site.book.host.ipv6][0]} {site.name}" | sudo tee -a /etc/hosts',
        "trust": f"{folder / 'tls/ca.pem'} is the CA to import",
        "read": f"IMAP {site.name}:993, TLS",
        "send": f"SMTP {site.name}:465, TLS",
        "user": login,
        "password": f"{site.password(login)}   (the others: {folder / 'passwords.json'})",
        "server": f"ssh -F {site.world.ssh_config} {site.name}",
        "change": f"edit {folder / 'mail.yml'}, then .venv/bin/ansible-playbook -i {folder} site.yml",
        "end": "script/demo down",
    }
    console.print("\n[bold]use it from this machine[/]")
    for name, value in rows.items():
        console.print(f"{name:10}{value}", highlight=False, markup=False)


def main() -> None:
    """Prepare a spec, or prove it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=("prepare", "prove"))
    parser.add_argument("spec", type=Path)
    parser.add_argument("lab", type=Path, nargs="?", default=Path("build/lab/demo/lab.json"))
    options = parser.parse_args()
    if options.step == "prepare":
        prepare(options.spec)
        return
    try:
        wrong = prove(options.spec, options.lab)
    except RefusedError as error:
        sys.exit(f"the server refused the message: {error}")
    connect(options.spec, options.lab)
    if wrong:
        sys.exit(f"{wrong} statements are not true")


if __name__ == "__main__":
    main()
