"""What a stranger reads at the web service: its certificate, and nothing that is not for him."""

import http.client

from .trial import WAIT, ProofError, Trial

_NO_TOKEN = "/unsubscribe/" + "A" * 64
_POLICY = "/.well-known/mta-sts.txt"
_WORDS = b"There is no such list"


def page(trial: Trial) -> None:
    """Over TLS with the staged certificate: addresses that nobody was given lead nowhere, and web.py says so itself."""
    for path, words in (("/", b""), (_NO_TOKEN, _WORDS)):
        status, text = _read(trial, path)
        if status != http.HTTPStatus.NOT_FOUND:
            raise ProofError("web", f"GET {path} is answered {status}")
        if words not in text:
            raise ProofError("web", f"GET {path} is answered by nginx, not by web.py")
    for host, policy in trial.facts["policies"].items():
        status, text = _read(trial, _POLICY, host)
        if (status, text) != (http.HTTPStatus.OK, policy.encode()):
            raise ProofError("web", f"GET https://{host}{_POLICY} is answered {status} {text.decode(errors='replace')}")


def _read(trial: Trial, path: str, host: str = "") -> tuple[int, bytes]:
    name = host or trial.facts["web"]
    connection = http.client.HTTPSConnection(name, timeout=WAIT)
    connection.sock = trial.any_tls.wrap_socket(trial.connect(443), server_hostname=name)
    trial.same_certificate(connection.sock, "web")
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()
