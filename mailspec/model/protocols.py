"""The protocols of mail programs."""

from enum import StrEnum


class Protocol(StrEnum):
    """How an account logs in."""

    __hash__ = str.__hash__  # equal to a plain text, so found where one is looked for; and each account is asked

    IMAP = "imap"
    POP3 = "pop3"
    SIEVE = "sieve"
    SMTP = "smtp"
