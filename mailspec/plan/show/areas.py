"""The areas of a plan: under which title each kind of statement stands."""

_KINDS = {
    "Receiving": (
        "mail-no-longer-reaches mail-reaches mail-refused message-recipients message-size server-mail standing-mail "
        "unknown-addresses"
    ),
    "Sending": "may-not-send-as may-send-as",
    "Lists": "list-room may-not-post may-post",
    "Accounts": (
        "account-added account-disabled account-enabled account-removed login-tries mailbox-quota mass-removal "
        "password password-owner secret-missing secret-renamed shown-name tombstone-retention vault"
    ),
    "Spam": "greylisting greylisting-delay greylisting-score sender-allowed sender-denied spam-mark spam-reject",
    "Domains": "domain-added domain-alias domain-removed forgery-policy",
    "Servers": (
        "log-retention port-closes port-opens release server-added server-address server-removed server-role ssh-from "
        "ssh-port"
    ),
    "Certificates": "certificate certificate-source tls-key",
    "Signatures and names": (
        "dkim-key-added dkim-key-removed dkim-key-replaced name-lookup name-root name-validation server-signature "
        "signing-key zone-contact"
    ),
}
_OTHER = "Everything else"

AREAS = (*_KINDS, _OTHER)
"""The titles, in the order of a plan."""

_AREA = {kind: title for title, kinds in _KINDS.items() for kind in kinds.split()}


def area(kind: str) -> str:
    """The title a kind of statement stands under."""
    return _AREA.get(kind, _OTHER)
