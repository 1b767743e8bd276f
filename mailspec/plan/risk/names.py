"""Kinds of statements about domains, keys and the DNS."""

from .kind import DOMAIN, KEY, RESOLVER, SAFE, Kind, danger, review

KINDS = {
    "dkim-key-added": Kind(
        "DNS",
        "Mail from a domain is signed with a further key.",
        {"+": review("publish its record first: until then others can not verify the signature")},
        KEY,
    ),
    "dkim-key-removed": Kind(
        "DNS",
        "A key that signs mail goes, with its record.",
        {"-": danger("mail on its way is signed with it, and fails once its record is gone")},
        KEY,
    ),
    "dkim-key-replaced": Kind(
        "DNS",
        "A key changes under the same name.",
        {
            "~": danger(
                "old signatures fail with the new record, new ones with the old; add a key with a new name instead"
            )
        },
        KEY,
    ),
    "domain-added": Kind(
        "Receiving",
        "Mail for a domain is received.",
        {"+": review("its mail comes here as soon as its DNS records are published")},
        DOMAIN,
    ),
    "domain-alias": Kind(
        "Receiving",
        "A domain becomes, or no longer is, another name for one.",
        {"~": danger("every address of the domain means something else, or is refused")},
        DOMAIN,
    ),
    "detail": Kind(
        "Receiving",
        "A second character begins a detail in the addresses of a domain, or no longer does.",
        {"+": SAFE, "~": review("mail to addresses that people have given out with a detail is refused")},
        ("rows/domain",),
    ),
    "domain-removed": Kind(
        "Receiving",
        "Mail for a domain is no longer received.",
        {"-": danger("all mail for the domain is refused, and its records go")},
        DOMAIN,
    ),
    "failure-reports": Kind(
        "DNS",
        "Somebody else gets parts of each message that fails DMARC as mail from a domain.",
        {
            "~": review("they may show private mail that was sent on the way, such as by lists"),
            "~nobody": SAFE,
            "~outside": review("somebody who is not of us reads private mail that was sent on the way"),
        },
        ("dns/TXT/_dmarc.*", "dns/TXT/*._report._dmarc.*"),
    ),
    "forgery-policy": Kind(
        "DNS",
        "Others are asked to treat mail that forges a domain in another way (DMARC).",
        {
            "~none": danger("forged mail from the domain is delivered"),
            "~stricter": review("mail from the domain that is sent elsewhere, without a signature, is lost"),
            "~weaker": review("more forged mail from the domain is delivered"),
        },
        ("dns/TXT/_dmarc.*",),
    ),
    "forgery-policy-below": Kind(
        "DNS",
        "Others are asked to treat mail that forges a name below a domain in another way (DMARC).",
        {
            "~none": danger("forged mail from names below the domain is delivered"),
            "~stricter": review("mail from names below the domain, without a signature, is lost"),
            "~weaker": review("more forged mail from names below the domain is delivered"),
        },
        ("dns/TXT/_dmarc.*",),
    ),
    "forgery-proof": Kind(
        "DNS",
        "Signatures and senders of other names below or above a domain prove its mail, or no longer (DMARC).",
        {
            "~looser": review("who signs or sends for any name of the same owner can write as the domain"),
            "~stricter": review("mail that is signed or sent under another name of the domain counts as forged"),
        },
        ("dns/TXT/_dmarc.*",),
    ),
    "forgery-reports": Kind(
        "DNS",
        "Somebody else is told about mail that forges a domain (DMARC).",
        {
            "~": SAFE,
            "~outside": review("they name every server that sends as the domain, to somebody who is not of us"),
        },
        ("dns/TXT/_dmarc.*", "dns/TXT/*._report._dmarc.*"),
    ),
    "forgery-trial": Kind(
        "DNS",
        "Others are asked to act one step milder for now on mail that forges a domain, or no longer (DMARC).",
        {
            "~off": review("mail from the domain that is sent elsewhere, without a signature, is lost"),
            "~on": review("more forged mail from the domain is delivered"),
        },
        ("dns/TXT/_dmarc.*",),
    ),
    "name-lookup": Kind(
        "Servers",
        "The servers ask somebody else for names.",
        {"~": review("whoever answers sees and decides where our mail goes")},
        RESOLVER,
    ),
    "name-root": Kind(
        "Servers",
        "Names come from another root.",
        {
            "~own": danger("a root of one's own decides where all mail goes"),
            "~public": review("names of a closed network are no longer found"),
        },
        RESOLVER,
    ),
    "name-validation": Kind(
        "Servers",
        "Whether and from where answers of the DNS are validated.",
        {
            "~": danger("with a wrong key no name is found and no mail leaves"),
            "~off": danger("forged answers of the DNS can lead mail astray"),
            "~on": review("domains with broken signatures are no longer reached"),
        },
        RESOLVER,
    ),
    "outside-mail": Kind(
        "DNS",
        "Whether others shall refuse mail of a domain that comes from somewhere the spec does not name (SPF).",
        {
            "~stricter": review("mail of the domain that is forwarded, or sent by somebody forgotten, is refused"),
            "~weaker": review("more forged mail from the domain is delivered"),
        },
        ("dns/TXT/[!_]*",),
    ),
    "outside-senders": Kind(
        "DNS",
        "Servers that are not ours send mail as a domain, or no longer (SPF).",
        {
            "+": review("whoever uses these servers can write in the name of each address of the domain"),
            "-": review("mail of the domain that they still send is refused"),
            "~": review("those who come can write in the name of each address, mail of those who go is refused"),
        },
        ("dns/TXT/[!_]*",),
    ),
    "server-signature": Kind(
        "DNS",
        "Mail of a server itself is signed by another domain.",
        {"~": SAFE},
        ("/etc/rspamd/lua/mailspec/signer.lua",),
    ),
    "signing-key": Kind(
        "DNS",
        "The secret part of a DKIM key changes, its public part does not.",
        {"~": danger("signatures fail with a secret part that does not fit the published one")},
        ("/etc/rspamd/dkim/*",),
    ),
    "short-names": Kind(
        "DNS",
        "Names without a domain belong to another one, which forwarded mail gets its senders in, too.",
        {"~": SAFE},
        ("/etc/default/postsrsd",),
    ),
}
