"""The protocols of mail programs."""

from enum import StrEnum


class Protocol(StrEnum):
    """How an account logs in."""

    IMAP = "imap"
    POP3 = "pop3"
    SIEVE = "sieve"
    SMTP = "smtp"
