"""Kinds of statements about spam and greylisting."""

from .kind import SAFE, Kind, review

KINDS = {
    "greylisting": Kind(
        "Spam",
        "Suspicious mail from unknown senders is delayed, or no longer.",
        {"~off": review("more spam arrives"), "~on": review("the first mail of some strangers comes later")},
        ("/etc/rspamd/local.d/greylist.conf", "/etc/rspamd/local.d/actions.conf"),
    ),
    "greylisting-delay": Kind(
        "Spam",
        "How long a stranger has to wait changes.",
        {"~less": SAFE, "~more": review("the first mail of some strangers comes later")},
        ("/etc/rspamd/local.d/greylist.conf",),
    ),
    "greylisting-score": Kind(
        "Spam",
        "Which mail of strangers has to wait changes.",
        {"~less": review("more mail of strangers is delayed"), "~more": SAFE},
        ("/etc/rspamd/local.d/actions.conf",),
    ),
    "sender-allowed": Kind(
        "Spam",
        "A sender is always trusted, or no longer.",
        {
            "+": review("spam from there arrives unmarked"),
            "+domain": review("spam from everybody there arrives unmarked"),
            "-": SAFE,
        },
        ("/etc/rspamd/maps.d/mailspec-allow.map",),
    ),
    "sender-denied": Kind(
        "Spam",
        "A sender is always refused, or no longer.",
        {"+": review("good mail from there is refused too"), "-": SAFE},
        ("/etc/rspamd/maps.d/mailspec-deny.map",),
    ),
    "spam-mark": Kind(
        "Spam",
        "The score that sends mail to the Junk folder changes.",
        {"~less": review("more good mail lands in Junk"), "~more": review("more spam lands in the inbox")},
        ("/etc/rspamd/local.d/actions.conf",),
    ),
    "spam-reject": Kind(
        "Spam",
        "The score that refuses mail changes.",
        {"~less": review("more good mail may be refused"), "~more": review("more spam is accepted")},
        ("/etc/rspamd/local.d/actions.conf",),
    ),
}
