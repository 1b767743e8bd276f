"""What a stranger reads at the web service: its certificate, and nothing that is not for him."""

import http.client

from .trial import WAIT, ProofError, Trial


def page(trial: Trial) -> None:
    """Over TLS with the staged certificate, an address that nobody was given leads nowhere."""
    connection = http.client.HTTPSConnection(trial.facts["web"], timeout=WAIT, context=trial.any_tls)
    connection.sock = trial.any_tls.wrap_socket(trial.connect(443), server_hostname=trial.facts["web"])
    trial.same_certificate(connection.sock, "web")
    connection.request("GET", "/")
    state = connection.getresponse().status
    if state != http.HTTPStatus.NOT_FOUND:
        raise ProofError("web", f"GET / is answered {state}")
