"""Kinds of statements about accounts, passwords and the vault."""

from .kind import ACCOUNT, SAFE, Kind, danger, review

KINDS = {
    "account-added": Kind("Accounts", "A mailbox and its login are new.", {"+": SAFE}, ACCOUNT),
    "account-days": Kind(
        "Accounts",
        "The first or last day of an account changes; outside of them it is as if archived, without a converge.",
        {
            "~": review("outside of these days nobody can log in, and mail to it is refused"),
            "~always": review("the account no longer closes by itself"),
        },
        ACCOUNT,
    ),
    "account-protocols": Kind(
        "Accounts",
        "An account logs in by other protocols.",
        {"~less": review("programs that use them no longer log in"), "~more": SAFE},
        ACCOUNT,
    ),
    "account-receive": Kind(
        "Accounts",
        "An account takes mail, or no longer.",
        {"~less": review("whoever writes to it gets the mail back"), "~more": SAFE},
        ACCOUNT,
    ),
    "account-removed": Kind(
        "Accounts",
        "A mailbox leaves the spec: nobody can log in, and its mail is kept at least for the retention time.",
        {"-": danger("a mailbox is removed, and its mail may be deleted when the time is over")},
        ACCOUNT,
    ),
    "account-renamed": Kind(
        "Accounts",
        "An account gets another name, and its mailbox moves there with all its mail.",
        {"~": review("programs that log in under the old name have to be told the new one")},
        ACCOUNT,
    ),
    "account-shared": Kind(
        "Accounts",
        "An account becomes a mailbox that several people open and nobody logs in to, or is one no longer.",
        {
            "~login": review("those who opened it no longer do, and its mail is read by whoever has the password"),
            "~shared": review("whoever is logged in is logged out, and its passwords open nothing any more"),
        },
        ACCOUNT,
    ),
    "account-state": Kind(
        "Accounts",
        "An account becomes active, send-blocked, suspended or archived.",
        {
            "~active": review("a login that was closed opens with its old password"),
            "~archived": review("mail to it is refused until its state is another one"),
            "~open": SAFE,
            "~sends": SAFE,
            "~send-blocked": review("what the person or device sends is refused"),
            "~suspended": review("the person or device is logged out at once"),
        },
        ACCOUNT,
    ),
    "app-password": Kind(
        "Accounts",
        "A password of one program or device comes, goes, or opens something else.",
        {
            "+": SAFE,
            "-": review("the program that uses it is logged out at once"),
            "~less": review("the program that uses it may no longer log in"),
            "~more": review("it opens more than before"),
        },
        ("rows/app_password",),
    ),
    "app-password-secret": Kind(
        "Accounts",
        "An app password changes in the vault.",
        {"~": review("the program that uses the old one is logged out at once")},
        ("rows/app_password",),
    ),
    "mailbox-quota": Kind(
        "Accounts",
        "The largest size of a mailbox changes.",
        {"~less": review("mail is refused at once if the mailbox holds more already"), "~more": SAFE},
        ("rows/account",),
    ),
    "mass-removal": Kind(
        "Accounts",
        "More than 30 % of the accounts or lists are removed.",
        {"-": danger("so much at once is more often a mistake than meant")},
    ),
    "password": Kind(
        "Accounts",
        "The password of an account changes in the vault.",
        {"~": review("whoever knows only the old one is locked out"), "~initial": SAFE},
        ("rows/account",),
    ),
    "password-owner": Kind(
        "Accounts",
        "Somebody else decides what a password is.",
        {
            "~spec": review("a password the user has set stops working"),
            "~user": review("a password the user set in earlier times works again"),
        },
        ("rows/account",),
    ),
    "password-until": Kind(
        "Accounts",
        "The last day of an initial password changes; one that the user has set goes on.",
        {
            "~": review("who has not set a password by then is locked out"),
            "~always": review("an initial password that others may know no longer ends by itself"),
        },
        ("rows/account",),
    ),
    "secret-missing": Kind(
        "Other",
        "The vault lacks an entry that the spec needs.",
        {"~": review("the next run stops before it changes anything")},
    ),
    "secret-renamed": Kind(
        "Other",
        "A secret is read from another entry of the vault, and whether it is the same could not be told.",
        {"~": review("open both vaults to see whether the secret itself changes")},
        ("rows/account", "rows/app_password", "/etc/postfix/relay_password", "/etc/rspamd/dkim/*"),
    ),
    "sieve": Kind(
        "Receiving",
        "A script of the spec sorts the mail of an account or of a whole domain before the script of the user.",
        {
            "+": review("what the script discards or files elsewhere is not in the inbox"),
            "+redirect": review("mail may leave for other addresses, as the script says"),
            "~": review("what the script discards or files elsewhere is not in the inbox"),
            "~redirect": review("mail may leave for other addresses, as the script says"),
            "-": SAFE,
        },
        ("/etc/dovecot/sieve/*",),
    ),
    "sending": Kind(
        "Sending",
        "How much an account may send within an hour and a day.",
        {
            "~less": review("who sends more than that is told to try again later"),
            "~more": review("a stolen password sends more before somebody notices"),
        },
        ("rows/sending",),
    ),
    "shared": Kind(
        "Accounts",
        "Somebody opens a shared mailbox in a mail program, with some right.",
        {
            "+": review("all mail it holds can be read at once"),
            "+new": SAFE,
            "~more": review("mail can be changed or deleted"),
            "~less": SAFE,
            "-": review("it is gone from the mail program at once"),
        },
        ("rows/shared",),
    ),
    "shown-name": Kind("Accounts", "People see another name for an account.", {"~": SAFE}, ("rows/account",)),
    "vacation": Kind(
        "Sending",
        "Whoever writes to an account gets an answer, on some days, at most once in some days.",
        {"+": review("strangers learn that the address is read, and that nobody is there"), "~": SAFE, "-": SAFE},
        ("rows/vacation",),
    ),
    "vault": Kind(
        "Other",
        "The vault changes, and what is in it could not be told.",
        {"~": review("passwords or keys may change; open both vaults to see which")},
    ),
}
