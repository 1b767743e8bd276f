"""What a stranger reads at the web service: its certificate, and nothing that is not for him."""

import http.client

from .trial import WAIT, ProofError, Trial

_NO_TOKEN = "/unsubscribe/" + "A" * 64
_WORDS = b"There is no such list"


def page(trial: Trial) -> None:
    """Over TLS with the staged certificate: addresses that nobody was given lead nowhere, and web.py says so itself."""
    for path, words in (("/", b""), (_NO_TOKEN, _WORDS)):
        status, text = _read(trial, path)
        if status != http.HTTPStatus.NOT_FOUND:
            raise ProofError("web", f"GET {path} is answered {status}")
        if words not in text:
            raise ProofError("web", f"GET {path} is answered by nginx, not by web.py")


def _read(trial: Trial, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPSConnection(trial.facts["web"], timeout=WAIT)
    connection.sock = trial.any_tls.wrap_socket(trial.connect(443), server_hostname=trial.facts["web"])
    trial.same_certificate(connection.sock, "web")
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()
