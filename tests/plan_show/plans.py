"""Plans made by hand for the printers: every kind of part, and names that try to be more than names."""

from typing import Any

from mailspec.model.domain import MailDomain
from mailspec.plan.statement import Effect, FileChange, Plan, RecordChange, Risk, Statement
from mailspec.problem import Place
from tests.specs import account, build, full

SAFE, REVIEW, DANGER = Risk.SAFE, Risk.REVIEW, Risk.DANGER

HOSTILE = (
    "<script>alert(1)</script>",
    "](https://evil.example)",
    "![x](https://evil.example/x.png)",
    "`` ` ```",
    "</details><h1>Approved</h1>",
    "--> <!--",
    "@everyone #1 GH-1 0123456789abcdef https://evil.example www.evil.example",
    "**bold** _under_ ~~gone~~ | a | b |",
    "&lt;b&gt; &#60;b&#62;",
    '" onload="alert(1)',
    "\\`\\<b>",
)
"""What a name could try; each must be read as it stands."""

INVISIBLE = "\x1b[31mred\x1b[0m \u202egnp\u202c \x00 \x9b1m \u200b\u2028\r\x7f"
"""What a terminal or a renderer would obey instead of showing."""


def plan(before: MailDomain, after: MailDomain, **parts: Any) -> Plan:
    """A plan of two specs with some of its parts."""
    empty: dict[str, Any] = dict.fromkeys(("statements", "files", "records", "effects", "notices"), ())
    named = {"base": "main", "target": "inventories/demo"}
    return Plan(**{**empty, **named, **parts}, before=before, after=after)


def people(count: int) -> dict[str, Any]:
    """A number of accounts, each with an alias, the first of them alice."""
    names = [f"person{index:03}" for index in range(1, count)]
    return {"alice": account("alice"), **{name: account(name, aliases=[f"{name}.mail"]) for name in names}}


def nothing() -> Plan:
    """Two specs that say the same."""
    return plan(full(), full())


def alias() -> Plan:
    """Three accounts: bob gets an alias, carol joins a list."""
    three = {"alice": account("alice", aliases=["info"]), "bob": account("bob"), "carol": account("carol")}
    before = build({"accounts": three, "lists": {"staff": {"members": ["alice", "bob"]}}})
    more = {**three, "bob": account("bob", aliases=["sales"])}
    after = build({"accounts": more, "lists": {"staff": {"members": ["alice", "bob", "carol"]}}})
    to_sales, to_staff = "mail to sales@example.org reaches bob", "mail to staff@example.org also reaches carol"
    statements = (
        Statement("mail-reaches", "sales@example.org", "+", to_sales, SAFE, ""),
        Statement("mail-reaches", "staff@example.org", "+", to_staff, SAFE, ""),
        Statement("may-post", "staff@example.org", "+", "carol may post to staff@example.org", SAFE, ""),
        Statement("may-send-as", "sales@example.org", "+", "bob may send as sales@example.org", SAFE, ""),
    )
    diff = "--- a\n+++ b\n@@ -1,2 +1,3 @@\n address\ttarget\n+sales@example.org\tbob@example.org\n"
    files = (FileChange("mx1.example.org", "rows/route", "rows", "", "~", diff),)
    places = {"mail-reaches:sales@example.org": Place("inventories/demo/mail.yml", 12, 42)}
    return plan(before, after, statements=statements, files=files, places=places)


def everything() -> Plan:
    """Two servers, every risk, a danger that is acknowledged, and every part a plan can have."""
    one = full().servers["mx1.example.org"]
    two = {"servers": {"mx1.example.org": one, "mx2.example.org": one}}
    before = full().model_copy(update=two)
    after = full(spam={"reject": 20}, lists={}).model_copy(update=two)
    lost = "mail that arrives today goes back to its sender"
    statements = (
        Statement("mail-refused", "staff@example.org", "-", "mail to staff@example.org is refused", DANGER, lost),
        Statement("mail-refused", "town@example.org", "-", "mail to town@example.org is refused", DANGER, lost),
        Statement("mass-removal", "lists", "-", "4 of 4 lists are removed at once", DANGER, "so much at once"),
        Statement("may-not-post", "town@example.org", "-", "nobody may post to town@example.org", REVIEW, "it bounces"),
        Statement("may-not-post", "x@example.org", "-", "nobody may post to x@example.org", REVIEW, "it bounces"),
        Statement("spam-reject", "spam", "~", "spam is refused from 20 instead of 15", REVIEW, "more spam arrives"),
        Statement("short-names", "example.org", "~", "names without a domain are in example.org", SAFE, ""),
    )
    conf = "@@ -3,3 +3,3 @@\n # Scores\n-reject = 15;\n+reject = 20;\n add_header = 6;\n"
    path = "/etc/rspamd/local.d/actions.conf"
    files = tuple(FileChange(name, path, "rspamd", f"common{path}.j2", "~", conf) for name in two["servers"])
    soa = "example.org. IN SOA ns.invalid. {}.example.org. 1 7200 3600 1209600 3600"
    records = (
        RecordChange("-", "example.org", soa.format("hostmaster"), ""),
        RecordChange("+", "example.org", soa.format("bob"), "Who answers for the zone."),
    )
    effects = (
        *(Effect(name, "rspamd", "reload", path) for name in two["servers"]),
        Effect("mx2.example.org", "nftables", "none", path),
    )
    notices = ("whoever writes to staff@example.org gets the mail back",)
    return plan(
        before,
        after,
        statements=statements,
        files=files,
        records=records,
        effects=effects,
        notices=notices,
        places={"spam-reject:spam": Place("inventories/demo/mail.yml", 40, 3)},
        acknowledged={"mass-removal:lists": "the lists move to another provider"},
    )


def hostile() -> Plan:
    """Names that try to be markup, links, mentions, escape sequences."""
    statements = tuple(
        Statement("may-send-as", f"{name}{number}", "+", f"bob may now send as {name} and more", risk, name)
        for number, name in enumerate((*HOSTILE, INVISIBLE))
        for risk in (DANGER, REVIEW)
    )
    name = " ".join(HOSTILE)
    diff = "".join(f"+{line}\n" for line in (*HOSTILE, INVISIBLE, "```", "~~~", "</pre>"))
    return plan(
        full(),
        full(spam={"reject": 20}),
        base=name,
        target=f"{name}{INVISIBLE}",
        statements=statements,
        files=(FileChange(name, f"/etc/{name}", name, name, "~", diff),),
        records=(RecordChange("+", name, f'x. IN TXT "{name}{INVISIBLE}"', name),),
        effects=(Effect(name, name, "reload", name),),
        notices=(name, INVISIBLE),
        places={statement.key: Place(name, 1, 1) for statement in statements},
        acknowledged={statements[0].key: name},
    )


def mass(count: int) -> Plan:
    """Every second account goes: far more than a comment holds."""
    before = build({"accounts": people(count), "lists": {"everybody": {"members": list(people(count))}}})
    kept = {name: entry for index, (name, entry) in enumerate(people(count).items()) if index % 2 == 0}
    after = build({"accounts": kept, "lists": {"everybody": {"members": list(kept)}}})
    gone = sorted(before.mailboxes.keys() - after.mailboxes.keys())
    why = "a mailbox is removed, and its mail is deleted when the time is over"
    statements = [
        *(Statement("account-removed", name, "-", f"the account {name} is removed", DANGER, why) for name in gone),
        *(
            Statement("may-not-send-as", name, "-", f"nobody may send as {name}", REVIEW, "it is refused")
            for name in gone
        ),
        *(
            Statement("mail-no-longer-reaches", name, "-", f"mail to everybody misses {name}", SAFE, "")
            for name in gone
        ),
    ]
    diff = "@@ -1 +1 @@\n" + "".join(f"-{name}\t1\n" for name in gone)
    files = tuple(
        FileChange("mx1.example.org", f"rows/{table}", "rows", "", "~", diff) for table in ("account", "route")
    )
    records = tuple(RecordChange("+", "example.org", f"x{n}.example.org. IN TXT {n}", "because") for n in range(count))
    return plan(before, after, statements=tuple(sorted(statements)), files=files, records=records)
