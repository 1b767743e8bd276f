#!/usr/bin/python3
# Managed by mailspec: change the spec or templates/common/usr/local/lib/mailspec/probe.py.j2, not this file.
"""Speak to this host as its clients do: a port that only accepts connections proves little."""

import smtplib
import socket
import ssl
import struct
import sys
from pathlib import Path

WAIT = 20
TRUST_ANY = ssl._create_unverified_context()  # the certificate carries the public name, not this one
BEGIN, END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"


def serves_our_certificate(port, connection):
    chain = Path("/etc/mailspec/tls/server.pem").read_text()
    ours = ssl.PEM_cert_to_DER_cert(BEGIN + chain.partition(BEGIN)[2].partition(END)[0] + END + "\n")
    if connection.getpeercert(binary_form=True) != ours:
        raise SystemExit(f"port {port} serves another certificate than /etc/mailspec/tls/server.pem")


def smtp():
    with smtplib.SMTP("127.0.0.1", 25, timeout=WAIT) as mx:
        mx.starttls(context=TRUST_ANY)
        mx.ehlo()
        # A full mailbox is an answer too, of a service that is well.
        for code, answer in (mx.mail(""), mx.rcpt("postmaster@mx1.example.org")):
            if code not in {250, 552}:
                raise SystemExit(f"port 25 answers {code} {answer.decode(errors='replace')}")
        serves_our_certificate(25, mx.sock)
    with smtplib.SMTP("127.0.0.1", 587, timeout=WAIT) as submission:
        submission.starttls(context=TRUST_ANY)
        offers_login(587, submission)
    with smtplib.SMTP_SSL("127.0.0.1", 465, timeout=WAIT, context=TRUST_ANY) as submissions:
        offers_login(465, submissions)


def offers_login(port, session):
    session.ehlo()
    if not session.has_extn("auth"):
        raise SystemExit(f"port {port} offers no AUTH")
    serves_our_certificate(port, session.sock)


def mailbox():
    for port, greeting in ((993, b"* OK"), (995, b"+OK")):
        with socket.create_connection(("127.0.0.1", port), WAIT) as plain:
            with TRUST_ANY.wrap_socket(plain) as connection:
                said = connection.recv(512)
                if not said.startswith(greeting):
                    raise SystemExit(f"port {port} greets with {said[:80]!r}")
                serves_our_certificate(port, connection)


def milter():
    with socket.create_connection(("127.0.0.1", 11332), WAIT) as connection:
        offer = b"O" + struct.pack("!III", 6, 0x1FF, 0x1FFFFF)
        connection.sendall(struct.pack("!I", len(offer)) + offer)
        said = connection.recv(512)
        if said[4:5] != b"O":
            raise SystemExit(f"port 11332 does not negotiate as a milter, but says {said[:80]!r}")


PROBES = {"mailbox": mailbox, "milter": milter, "smtp": smtp}

try:
    PROBES[sys.argv[1]]()
except (OSError, smtplib.SMTPException) as error:
    raise SystemExit(f"the {sys.argv[1]} probe fails: {error}") from None
