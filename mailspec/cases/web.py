"""Web: members leave a list by one click (RFC 8058), others find policies (RFC 8461), and nothing else is there."""

from collections.abc import Iterator

from ..mailing import LEAVE, doors
from ..model.lists import List, Membership, Moderation, Subscription
from ..routing import posters
from .book import Book
from .case import Case
from .exchanges import Crowd, OneClick, Page
from .quota import FILLABLE

_CROWD = 300
_POLICY = "/.well-known/mta-sts.txt"
_NO_TOKEN = "/unsubscribe/" + "A" * 64


def cases(book: Book) -> Iterator[Case]:
    """The cases of the web service; without one, those of the firewall say that nothing answers."""
    host = book.host.web
    if not host:
        return
    policies = book.host.policies
    for name in (host, *(policy.host for policy in policies)):
        for path in ("/", "/unsubscribe/", _NO_TOKEN, *([_POLICY] if name == host else [])):
            yield _page(name, path, 404)
    for policy in policies:
        yield _page(policy.host, _POLICY, 200, policy.text)
    sentence = f"{_CROWD} slow clients do not keep others from {host}"
    yield Crowd(id=f"web/{host}/crowd", sentence=sentence, host=host, clients=_CROWD)
    for address, entry in sorted(book.spec.mailing_lists.items()):
        if entry.is_mailing and doors(entry) >= LEAVE:
            yield from _click(book, address, entry)


def _page(host: str, path: str, status: int, text: str = "") -> Page:
    fate = "has the policy of the spec" if text else "leads nowhere"
    id_ = f"web/{host}{path if path != _NO_TOKEN else '/unsubscribe/no-token'}"
    return Page(id=id_, sentence=f"https://{host}{path} {fate}", host=host, path=path, status=status, text=text)


def _free(book: Book) -> list[str]:
    """Users whose mailbox no other case fills, and whose mail none counts."""
    counted = {login for login, account in book.senders.items() if account.sending} | set(list(book.senders)[:1])
    full = {login for login, account in book.readers.items() if account.quota and account.quota <= FILLABLE}
    return [login for login in book.users if login not in counted | full]


def _click(book: Book, address: str, entry: List) -> Iterator[Case]:
    """Where anybody may join, somebody does and leaves again."""
    ends, allowed = book.reach(address), posters(book.spec, book.routes, entry)
    members = [login for login in _free(book) if login in ends and login in allowed]
    others = [login for login in _free(book) if login not in ends]
    if entry.subscription is Subscription.OPEN and entry.moderation is not Moderation.ALL and members and others:
        yield OneClick(
            id=f"web/{address}/{others[-1]}/one-click",
            sentence=f"{others[-1]} joins {address} by mail, and leaves it by one click",
            list=address,
            login=others[-1],
            poster=members[0],
            poster_stays=entry.membership is Membership.BOTH,
        )
