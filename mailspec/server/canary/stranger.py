"""What a stranger tries on port 25: whatever is not for us, or for nobody, is refused."""

import re
import smtplib

from .trial import ProofError, Trial, accepted, refused

_GTUBE = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
_SIZE = 4096
"""More than fits into the mailbox that is full."""
_SENDER = "friend@stranger.example"


def stranger(trial: Trial) -> None:
    """Relaying, unknown, closed and full mailboxes, spam; then the signed message comes back from outside."""
    with _session(trial) as session:
        session.mail(_SENDER, [f"SIZE={_SIZE}"])
        _no_relay(session)
        facts = trial.facts
        for name in ("unknown", "closed", "full"):
            refused(session.rcpt(facts[name]), f"RCPT TO:<{facts[name]}>, a mailbox that is {name},", "postfix")
        trial.need("rspamd")
        session.rset()
        _filtered(trial, session)
        trial.wait(trial.signed.is_set, "the message of the user is not delivered")
        accepted(session.mail(trial.user), "MAIL FROM the user", "postfix")
        accepted(session.rcpt(facts["postmaster"]), f"RCPT TO:<{facts['postmaster']}>", "postfix")
        accepted(session.data(_returned(trial.message)), "the signed message from outside", "rspamd")


def stranger_ipv6(trial: Trial) -> None:
    """Relaying by IPv6, which has rules of its own."""
    with _session(trial, 6) as session:
        session.mail(_SENDER)
        _no_relay(session)


def without_filter(trial: Trial) -> None:
    """Nothing passes while nobody filters."""
    with trial.smtp(25) as session:
        for command, argument in ((session.mail, _SENDER), (session.rcpt, trial.user)):
            if 400 <= command(argument)[0] < 500:
                return
        answer = session.data(trial.text("unfiltered"))
        refused(answer, "a message that nobody filters", "postfix", *range(400, 500))


def verified(trial: Trial, message: bytes) -> None:
    """Every signature of the message verifies with the key of the spec."""
    header = re.search(rb"(?im)^Authentication-Results:(.*(?:\r?\n[ \t].*)*)", message)
    if not header:
        raise ProofError("rspamd", "the filter did not look at a message from outside")
    text = re.sub(r"\s+", " ", header[1].decode(errors="replace"))
    passed = re.findall(r"dkim=pass[^;]*?header\.s=(\S+?)[\s;]", f"{text} ")
    lacking = sorted(set(trial.facts["selectors"]) - set(passed))
    if lacking:
        names = ", ".join(f"{name}._domainkey.{trial.facts['domain']}" for name in lacking)
        raise ProofError("rspamd", f"no signature verifies with the key at {names}:{text}")


def _session(trial: Trial, family: int = 0) -> smtplib.SMTP:
    session = trial.smtp(25, 0, family)
    trial.start_tls(session)
    if session.has_extn("auth"):
        raise ProofError("postfix", "port 25 offers a login")
    return session


def _no_relay(session: smtplib.SMTP) -> None:
    for recipient in ("somebody@elsewhere.example", "somebody%elsewhere.example@stranger.example"):
        refused(session.rcpt(recipient), f"RCPT TO:<{recipient}>, relaying for a stranger,", "postfix")


def _filtered(trial: Trial, session: smtplib.SMTP) -> None:
    for recipient, more, what in (
        (trial.user, _GTUBE, "spam"),
        (trial.facts["list"], "", "a message to a list only moderators may post to"),
    ):
        accepted(session.mail(_SENDER), f"MAIL FROM:<{_SENDER}>", "postfix")
        accepted(session.rcpt(recipient), f"RCPT TO:<{recipient}>", "postfix")
        answer = session.data(trial.text("unwanted", sender=_SENDER, recipient=recipient, more=more))
        refused(answer, what, "rspamd")


def _returned(message: bytes) -> bytes:
    """A delivered message as somebody outside would send it on."""
    bare = re.sub(rb"(?im)\A(?:(?:Return-Path|Delivered-To):.*\r\n(?:[ \t].*\r\n)*)+", b"", message)
    return b"X-Canary: returned\r\n" + bare
