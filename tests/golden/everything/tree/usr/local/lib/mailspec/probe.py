#!/usr/bin/python3
# Managed by mailspec: change the spec or templates/common/usr/local/lib/mailspec/probe.py.j2, not this file.
"""Speak to this host as its clients do: a port that only accepts connections proves little."""

import smtplib
import ssl

TRUST_ANY = ssl._create_unverified_context()  # the certificate carries the public name, not this one
WAIT = 20

with smtplib.SMTP("127.0.0.1", 25, timeout=WAIT) as mx:
    mx.starttls(context=TRUST_ANY)
    mx.ehlo()
    for code, answer in (mx.mail(""), mx.rcpt("postmaster@mail.hoster.example")):
        if code != 250:
            raise SystemExit(f"port 25 answers {code} {answer.decode(errors='replace')}")

with smtplib.SMTP("127.0.0.1", 587, timeout=WAIT) as submission:
    submission.starttls(context=TRUST_ANY)
    submission.ehlo()
    if not submission.has_extn("auth"):
        raise SystemExit("port 587 offers no AUTH")

with smtplib.SMTP_SSL("127.0.0.1", 465, timeout=WAIT, context=TRUST_ANY) as submissions:
    submissions.ehlo()
    if not submissions.has_extn("auth"):
        raise SystemExit("port 465 offers no AUTH")
