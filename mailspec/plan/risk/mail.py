"""Kinds of statements about where mail goes, and who may send and post."""

from .kind import MAIL, MAILING, RELAY, SAFE, Kind, danger, review

KINDS = {
    "list-kind": Kind(
        "Lists",
        "A mailing list comes or ends, or a list becomes another kind.",
        {
            "+": SAFE,
            "-": SAFE,
            "~": review("each post gets the headers of a list, which filters of members may not know"),
            "~distribution": review("who joined by mail is not asked, and gets nothing any more"),
            "~other": review("members notice who may write and whom an answer goes to"),
        },
        MAILING,
    ),
    "list-membership": Kind(
        "Lists",
        "Somebody else says who is on a mailing list, or who may join it.",
        {
            "~closed": SAFE,
            "~moderated": SAFE,
            "~open": review("strangers get what is posted, and may post where members may"),
            "~spec": danger("who joined by mail is taken off, and nobody knows who that was"),
            "~users": review("whom the spec names may leave, and a converge does not bring anybody back"),
        },
        MAILING,
    ),
    "list-moderation": Kind(
        "Lists",
        "Whose posts to a mailing list wait for a moderator.",
        {
            "~all": review("a post reaches members when a moderator has read it"),
            "~none": review("nobody reads a post before the members do"),
            "~strangers": review("what was refused lies with the moderators, spam too"),
        },
        MAILING,
    ),
    "alias-days": Kind(
        "Receiving",
        "The first or last day of an alias changes; outside of them its mail is refused, without a converge.",
        {
            "+": SAFE,
            "~": review("outside of these days mail to it goes back to its sender, and nobody sends as it"),
            "~always": review("the alias no longer closes by itself"),
        },
        MAIL,
    ),
    "behalf": Kind(
        "Sending",
        "Somebody may write in the name of an address, when `Sender:` says who it is.",
        {
            "+": review("readers see the name of somebody else first"),
            "+new": SAFE,
            "-": review("mail programs that use the address are refused"),
        },
        ("rows/behalf",),
    ),
    "list-room": Kind(
        "Lists", "The room for the members of all lists follows their number.", {"~": SAFE}, ("/etc/postfix/main.cf",)
    ),
    "list-settings": Kind("Lists", "Members notice something else about a mailing list.", {"~": SAFE}, MAILING),
    "mail-no-longer-reaches": Kind(
        "Receiving",
        "Somebody no longer gets mail for an address that still works.",
        {"-": review("somebody who reads this mail today no longer gets it"), "-gone": SAFE},
        MAIL,
    ),
    "mail-reaches": Kind(
        "Receiving",
        "Mail for an address reaches somebody new.",
        {
            "+": SAFE,
            "+outside": review("mail leaves for an address outside our domains"),
            "~": review("somebody who reads this mail today no longer gets it"),
        },
        MAIL,
    ),
    "mail-refused": Kind(
        "Receiving",
        "An address no longer exists.",
        {"-": danger("mail that arrives today goes back to its sender")},
        MAIL,
    ),
    "may-not-post": Kind(
        "Lists",
        "Somebody may no longer post to a list.",
        {"-": review("their mail to the list is refused"), "-gone": SAFE},
        ("rows/list", "rows/poster"),
    ),
    "may-not-send-as": Kind(
        "Sending",
        "A login may no longer send as an address.",
        {"-": review("mail programs that use the address are refused"), "-standing": SAFE},
        ("rows/sender",),
    ),
    "may-post": Kind(
        "Lists",
        "Who may post to a list changes.",
        {
            "+": SAFE,
            "~": review("somebody's mail to the list is refused"),
            "~anyone": review("strangers and spam reach every member"),
            "~closed": review("the mail of everybody else is refused"),
        },
        ("rows/list", "rows/poster"),
    ),
    "may-send-as": Kind(
        "Sending",
        "A login may send as an address.",
        {"+": SAFE, "+other": review("an address that people know speaks for somebody else"), "+standing": SAFE},
        ("rows/sender",),
    ),
    "relay": Kind(
        "Sending",
        "Somebody else takes all mail to the outside, or no longer.",
        {
            "~": review("the new relay reads all mail that leaves; name it in `spf` of each domain first"),
            "~off": review("without a good name our servers are refused by many; the reverse names must be right"),
            "~on": review("the relay reads all mail that leaves; name it in `spf` of each domain first"),
        },
        RELAY,
    ),
    "relay-login": Kind(
        "Sending",
        "The servers log in at the relay as somebody else.",
        {"~": review("with a wrong login no mail leaves")},
        RELAY,
    ),
    "relay-password": Kind(
        "Sending",
        "The password at the relay changes in the vault.",
        {"~": review("with a wrong password no mail leaves")},
        RELAY,
    ),
    "relay-tls": Kind(
        "Sending",
        "Mail is protected in another way on its way to the relay.",
        {
            "~stricter": review("with a wrong certificate no mail leaves"),
            "~weaker": danger("somebody on the way can read all mail that leaves, and the password"),
        },
        RELAY,
    ),
    "server-mail": Kind(
        "Receiving", "Mail of a server itself, such as that of cron, reaches somebody else.", {"~": SAFE}, MAIL
    ),
    "standing-mail": Kind(
        "Receiving",
        "Mail for postmaster, abuse and the other addresses every domain has reaches somebody else.",
        {"~": review("complaints and reports of failures go to somebody else")},
        MAIL,
    ),
    "unknown-addresses": Kind(
        "Receiving",
        "What happens to mail for addresses that do not exist (catch-all).",
        {
            "+": review("spam for invented addresses arrives, and nobody learns of a typing error"),
            "-": danger("mail that arrives today goes back to its sender"),
            "~": review("somebody else reads mail with a typing error in its address"),
        },
        MAIL,
    ),
}
