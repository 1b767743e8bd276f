"""The lookup database: its tables, and the views that the daemons ask."""

from ..mailing import COMMANDS
from ..model.sending import Sending
from ..server.digest import KEYS
from ..server.generation import SCHEMA_VERSION
from . import by_hand, ranges

TABLES = {
    "account": (
        *("login", "name", "state", "first_day", "last_day", "protocols", "receive"),
        *("quota", "owner", "hash_last_day", "hash"),
    ),
    "app_password": ("login", "label", "protocols", "last_day", "networks", "hash"),
    "behalf": ("address", "login"),
    "closed": ("address", "first_day", "last_day", "mute"),
    "control": ("list", "file", "text"),
    "domain": ("name", "canonical", "kind", "separator"),
    "list": ("address", "list", "post"),
    "mailing": ("list", "membership", "doors", "moderation", "size"),
    "member": ("list", "address"),
    "moderator": ("list", "address"),
    "pattern": ("domain", "pattern", "alias"),
    "poster": ("list", "address"),
    "route": ("address", "target"),
    "sender": ("address", "login"),
    "sending": ("login", *Sending.model_fields),
    "shared": ("login", "mailbox", "level"),
    "vacation": ("login", "first_day", "last_day", "id", "script"),
}
"""The tables a converge owns, with their columns."""

_DATA = """
CREATE TABLE account (
  login TEXT PRIMARY KEY, name TEXT NOT NULL, state TEXT NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL,
  protocols TEXT NOT NULL, receive INTEGER NOT NULL, quota INTEGER NOT NULL, owner TEXT NOT NULL,
  hash_last_day TEXT NOT NULL, hash TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE app_password (
  login TEXT NOT NULL, label TEXT NOT NULL, protocols TEXT NOT NULL, last_day TEXT NOT NULL, networks TEXT NOT NULL,
  hash TEXT NOT NULL, PRIMARY KEY (login, label)
) WITHOUT ROWID;
CREATE TABLE behalf (address TEXT NOT NULL, login TEXT NOT NULL, PRIMARY KEY (address, login)) WITHOUT ROWID;
CREATE TABLE closed (
  address TEXT NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL, mute INTEGER NOT NULL,
  PRIMARY KEY (address, first_day)
) WITHOUT ROWID;
CREATE TABLE control (
  list TEXT NOT NULL, file TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (list, file)
) WITHOUT ROWID;
CREATE TABLE domain (
  name TEXT PRIMARY KEY, canonical TEXT NOT NULL, kind TEXT NOT NULL, separator TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE list (
  address TEXT NOT NULL, list TEXT NOT NULL, post TEXT NOT NULL, PRIMARY KEY (address, list)
) WITHOUT ROWID;
CREATE TABLE mailing (
  list TEXT PRIMARY KEY, membership TEXT NOT NULL, doors INTEGER NOT NULL, moderation TEXT NOT NULL,
  size INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE member (list TEXT NOT NULL, address TEXT NOT NULL, PRIMARY KEY (list, address)) WITHOUT ROWID;
CREATE TABLE moderator (list TEXT NOT NULL, address TEXT NOT NULL, PRIMARY KEY (list, address)) WITHOUT ROWID;
CREATE TABLE pattern (
  domain TEXT NOT NULL, pattern TEXT NOT NULL, alias TEXT NOT NULL, PRIMARY KEY (domain, pattern)
) WITHOUT ROWID;
CREATE TABLE poster (list TEXT NOT NULL, address TEXT NOT NULL, PRIMARY KEY (list, address)) WITHOUT ROWID;
CREATE TABLE route (address TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (address, target)) WITHOUT ROWID;
CREATE TABLE sender (address TEXT NOT NULL, login TEXT NOT NULL, PRIMARY KEY (address, login)) WITHOUT ROWID;
CREATE TABLE sending (
  login TEXT PRIMARY KEY, messages_per_hour INTEGER NOT NULL, messages_per_day INTEGER NOT NULL,
  recipients_per_hour INTEGER NOT NULL, recipients_per_day INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE shared (
  login TEXT NOT NULL, mailbox TEXT NOT NULL, level TEXT NOT NULL, PRIMARY KEY (login, mailbox)
) WITHOUT ROWID;
CREATE TABLE vacation (
  login TEXT PRIMARY KEY, first_day TEXT NOT NULL, last_day TEXT NOT NULL, id TEXT NOT NULL, script TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS
  user_password (login TEXT PRIMARY KEY, hash TEXT NOT NULL, changed INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tombstone (login TEXT PRIMARY KEY, removed INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIEW present AS
  SELECT * FROM account WHERE state <> 'archived' AND date('now') BETWEEN first_day AND last_day;
CREATE VIEW login AS
  SELECT p.login, p.name, p.quota, ' ' || p.protocols || ' ' AS protocols,
         CASE WHEN p.owner = 'user' AND u.hash IS NOT NULL THEN u.hash
              WHEN date('now') <= p.hash_last_day THEN p.hash END AS password
  FROM present p LEFT JOIN user_password u ON u.login = p.login
  WHERE p.state NOT IN ('shared', 'suspended');
CREATE VIEW app_login AS
  SELECT l.login, a.label, ' ' || a.protocols || ' ' AS protocols, nullif(a.networks, '') AS networks,
         substr(a.hash, 1, 8) AS tag, substr(a.hash, 9) AS password
  FROM app_password a JOIN login l ON l.login = a.login
  WHERE date('now') <= a.last_day;
CREATE VIEW recipient AS
  SELECT login FROM present WHERE receive = 1;
CREATE VIEW known AS
  SELECT address FROM route UNION ALL SELECT address FROM closed;
CREATE VIEW refused AS
  SELECT address, mute FROM closed WHERE date('now') BETWEEN first_day AND last_day;
CREATE VIEW speaker AS
  SELECT s.address, s.login FROM sender s WHERE NOT EXISTS (
    SELECT 1 FROM refused r WHERE r.address = s.address AND r.mute);
CREATE VIEW on_behalf AS
  SELECT b.address, b.login FROM behalf b WHERE NOT EXISTS (SELECT 1 FROM refused r WHERE r.address = b.address);
CREATE VIEW way AS
  SELECT t.address, t.target FROM route t WHERE NOT EXISTS (
    SELECT 1 FROM refused r WHERE r.address IN (t.target, t.address));
CREATE VIEW blocked AS
  SELECT a.login FROM account a WHERE NOT EXISTS (
    SELECT 1 FROM present p WHERE p.login = a.login AND p.state = 'active' AND instr(p.protocols, 'smtp'));
CREATE VIEW command AS
  SELECT column1 AS doors, column2 AS pattern FROM (VALUES @commands);
CREATE VIEW taken AS
  SELECT m.list, m.address FROM member m WHERE NOT EXISTS (SELECT 1 FROM refused r WHERE r.address = m.address);
CREATE VIEW opened AS
  SELECT 'user' AS kind, s.login, s.mailbox, s.level FROM shared s JOIN present p ON p.login = s.mailbox;
CREATE VIEW answer AS
  SELECT a.login, coalesce(v.id, 'none') AS id, coalesce(v.script, '/* no answer */') AS script
  FROM account a LEFT JOIN vacation v ON v.login = a.login AND date('now') BETWEEN v.first_day AND v.last_day;
"""
_COMMANDS = ", ".join(f"({doors}, '{pattern}')" for doors, pattern in COMMANDS)
SCHEMA = "".join(
    (
        _DATA.replace("@commands", _COMMANDS),
        by_hand.watch(TABLES, KEYS),
        ranges.watch(TABLES),
        f"PRAGMA user_version = {SCHEMA_VERSION};\n",
    )
)
"""The database; `user_password` belongs to the users, and a `tombstone` is there until a purge.

The daemons ask the views, which know what day it is (in UTC): an account comes and goes by itself. A `command` is what
may follow the `+` in the address of a mailing list, once its doors are open that wide.
"""
