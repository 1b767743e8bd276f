"""Kinds of statements about servers, ports, certificates and limits."""

from .kind import POLICY, SAFE, WEB, Kind, danger, review

KINDS = {
    "certificate": Kind(
        "TLS",
        "A server shows another certificate.",
        {
            "+": SAFE,
            "-": danger("without a certificate no mail program connects"),
            "~": review("programs that pinned the old certificate stop"),
            "~sooner": review("the new certificate ends sooner than the old one"),
            "~stranger": danger("mail programs refuse a certificate that does not name the server"),
        },
        ("/etc/mailspec/tls/*",),
    ),
    "certificate-source": Kind(
        "TLS",
        "Certificates come from somewhere else.",
        {
            "~": review("the new files must be there before the next run"),
            "~test": danger("nobody outside of tests trusts such a certificate"),
        },
    ),
    "drift": Kind(
        "Servers",
        "Something foreign on a server is left out of the report of drift, or no longer.",
        {"+": review("nobody learns when it changes"), "-": SAFE},
    ),
    "generations": Kind(
        "Servers",
        "How many states a server keeps to go back to changes.",
        {"~less": review("the oldest ones are deleted, and nobody can go back to them"), "~more": SAFE},
    ),
    "hand-edits": Kind(
        "Servers",
        "What a run does about managed files that somebody changed on a server.",
        {"~replace": review("what a hand has changed is lost with the next run"), "~stop": SAFE},
    ),
    "local": Kind(
        "Servers",
        "Settings of your own, in the language of a service, which the plan can not read.",
        {
            **dict.fromkeys(
                ("+", "-", "~"), review("read them in the difference: they may do anything the service can")
            ),
            **dict.fromkeys(("+firewall", "~firewall"), danger("a rule of your own can open any port to the world")),
        },
        (
            "/etc/dovecot/dovecot.conf",
            "/etc/nftables.conf",
            "/etc/postfix/main.cf",
            "/etc/rspamd/*",
            "/etc/unbound/unbound.conf",
        ),
    ),
    "log-retention": Kind(
        "Servers",
        "Mail logs are kept for another time.",
        {"~less": review("questions about older mail can not be answered"), "~more": SAFE},
        ("/etc/systemd/journald.conf.d/mailspec.conf",),
    ),
    "login-tries": Kind(
        "Accounts",
        "How often one client may try to log in changes.",
        {
            "~less": review("many people behind one address may have to wait"),
            "~more": review("passwords can be guessed faster"),
        },
        ("/etc/postfix/main.cf",),
    ),
    "message-recipients": Kind(
        "Receiving",
        "How many recipients a message may have changes.",
        {"~less": review("senders have to split their mail"), "~more": review("a stolen password reaches more people")},
        ("/etc/postfix/main.cf",),
    ),
    "message-size": Kind(
        "Receiving",
        "The largest message changes.",
        {"~less": review("larger mail, accepted today, is refused"), "~more": SAFE},
        ("/etc/postfix/main.cf",),
    ),
    "port-closes": Kind(
        "Servers",
        "The world no longer reaches a port.",
        {"-": review("programs that use it stop"), "-mx": danger("mail from other servers no longer arrives")},
        ("/etc/nftables.conf", "dns/SRV/*"),
    ),
    "port-opens": Kind(
        "Servers",
        "The world reaches one more port.",
        {"+": danger("one more service can be attacked from everywhere")},
        ("/etc/nftables.conf", "dns/SRV/*"),
    ),
    "release": Kind(
        "Servers",
        "A server runs another release of Debian.",
        {
            "~newer": review("upgrade the server itself first; what the filter has learned stays in the old store"),
            "~older": danger("older programs can not read what newer ones have written"),
        },
        ("/*",),
    ),
    "server-added": Kind(
        "Servers",
        "A server becomes part of the domain.",
        {"+": danger("its ports open to the world, and mail comes to it once its records are published")},
        ("/*", "rows/*", "dns/*"),
    ),
    "server-address": Kind(
        "Servers",
        "A server is reached at another address.",
        {
            "+": review("publish its records and its reverse name first, or others refuse our mail"),
            "-": review("mail to the old address waits at its senders until its records have expired"),
            "~": review("others know the old address for an hour, and refuse mail from one without a reverse name"),
        },
        ("dns/A/*", "dns/AAAA/*", "dns/PTR/*", "/etc/postfix/main.cf", "/etc/dovecot/dovecot.conf"),
    ),
    "server-removed": Kind(
        "Servers",
        "A server is no longer part of the domain.",
        {"-": danger("its mailboxes are not moved, and nothing sent to it arrives")},
        ("/*", "rows/*", "dns/*"),
    ),
    "server-role": Kind(
        "Servers",
        "A server takes on or gives up a part of the work.",
        {
            "+": review("its records must be published"),
            "-": review("who still uses it there is refused"),
            "-last": danger("no other server does it"),
        },
        ("/*", "dns/*"),
    ),
    "ssh-from": Kind(
        "Servers",
        "Administrators log in from elsewhere.",
        {
            "+": review("more of the internet can try to log in"),
            "-": review("administrators there lock themselves out"),
            "~": review("administrators elsewhere lock themselves out"),
            "~closed": review("administrators elsewhere lock themselves out"),
            "~everybody": danger("the whole internet can try to log in"),
        },
        ("/etc/nftables.conf",),
    ),
    "ssh-port": Kind(
        "Servers",
        "Administrators log in at another port.",
        {"~": danger("nobody can log in any more unless sshd listens there already")},
        ("/etc/nftables.conf",),
    ),
    "srs-key": Kind(
        "Sending",
        "The key changes that signs the senders of forwarded mail.",
        {"~": review("bounces of forwarded mail that is on its way are refused")},
        ("/etc/postsrsd.secret",),
    ),
    "tls-key": Kind(
        "TLS",
        "The secret key of a server's certificate changes.",
        {"~": review("the certificate must change with it")},
        ("/etc/mailspec/tls/*",),
    ),
    "tls-policy": Kind(
        "TLS",
        "Others insist on TLS on the way to a domain, or no longer (MTA-STS).",
        {
            "+enforce": review("publish the file first; with a wrong certificate mail stays at its senders"),
            "+testing": review("publish the file first"),
            "+none": SAFE,
            "~enforce": review("publish the file first; with a wrong certificate mail stays at its senders"),
            "~testing": review("publish the file first; mail may travel in the open"),
            "~none": review("publish the file first; mail may travel in the open"),
            "-": SAFE,
            "-enforce": danger("others insist on the policy they keep; `mode: none` lets them forget it first"),
        },
        ("dns/TXT/_mta-sts.*", "dns/CNAME/mta-sts.*", *POLICY),
    ),
    "tls-policy-age": Kind(
        "TLS",
        "Others keep the policy of a domain for another time (MTA-STS).",
        {"~less": SAFE, "~more": review("a mistake in the policy lasts longer too")},
        ("dns/TXT/_mta-sts.*", *POLICY),
    ),
    "tls-policy-file": Kind(
        "TLS",
        "The policy of a domain is fetched from another web server (MTA-STS).",
        {"~": review("publish the file there first; without it a new policy is not seen")},
        ("dns/CNAME/mta-sts.*", *POLICY),
    ),
    "tls-policy-hosts": Kind(
        "TLS",
        "The policy of a domain names other mail servers (MTA-STS).",
        {"~": review("publish the file first, then the records; with the old policy others do not use a new server")},
        ("dns/TXT/_mta-sts.*", *POLICY),
    ),
    "tombstone-retention": Kind(
        "Accounts",
        "The mail of removed accounts is kept for another time.",
        {"~less": danger("stored mail may be deleted sooner"), "~more": SAFE},
    ),
    "web": Kind(
        "Servers",
        "Members leave mailing lists by one click on the web, or no longer.",
        {
            "+": review("publish the record and get a certificate with the name, or clicks go astray"),
            "-": review(
                "addresses in mail that was sent lead nowhere; large providers want one click from who sends much"
            ),
            "~": review("publish the record and get a certificate with the name; the old one is in mail that was sent"),
        },
        WEB,
    ),
    "web-key": Kind(
        "Lists",
        "The key changes that signs the addresses where members leave lists.",
        {"~": review("addresses in mail that was sent lead nowhere")},
        ("/etc/rspamd/web.key",),
    ),
    "unexplained": Kind(
        "Other",
        "A file or record changes, and no other statement says why.",
        {"~": review("read the difference itself, and report it as a bug of ours")},
    ),
}
