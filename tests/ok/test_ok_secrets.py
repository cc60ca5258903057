"""After every fault, in every kind of call: one of our errors, and no secret anywhere in it or in the logs."""

from __future__ import annotations

import base64
import logging
import traceback
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import quote

import pytest

from munsocial.errors import NetworkError
from munsocial.network.drafts import Draft
from munsocial.sandbox.faults import Fault, FaultKind
from munsocial_ok.adapter import OkAdapter
from munsocial_ok.sign import session_secret
from ok_world import ACCOUNT, CITIZEN, GID, GROUP_TOKEN, NOW, REFRESH, SECRET, SINCE, TOKEN, District, run

SECRETS = (TOKEN, SECRET, GROUP_TOKEN, REFRESH, session_secret(TOKEN, SECRET))

CALLS: dict[str, Callable[[OkAdapter], Coroutine[Any, Any, Any]]] = {
    "read": lambda ok: ok.read_profile(ACCOUNT),
    "write": lambda ok: ok.publish(ACCOUNT, Draft(text="Да"), key="k"),
    "messages": lambda ok: ok.list_messages(ACCOUNT, since=SINCE),
    "message": lambda ok: ok.send_message(ACCOUNT, f"chat:C{CITIZEN}", "Ответ", key="k"),
}


def forms(secret: str) -> set[str]:
    return {secret, secret[:12], base64.b64encode(secret.encode()).decode(), quote(secret, safe="")}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", list(FaultKind))
def test_no_fault_shows_a_secret(fault: FaultKind, call: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    district = District(
        Fault(fault, times=None, seconds=900, size=17 << 20),
        kinds=("access_token", "application_secret", "group_token", "refresh_token"),
    )
    district.world.receive("ok", GID, CITIZEN, "Вопрос", at=NOW)
    with pytest.raises(NetworkError) as caught:
        run(CALLS[call](district.ok))
    error = caught.value
    assert (error.network, error.account) == ("ok", ACCOUNT.id)
    assert error.method
    if call in ("write", "message") and error.executed is None:
        assert error.attempt == 1
    shown = "".join(traceback.format_exception(error)) + repr(error.__dict__) + error.say("en") + caplog.text
    assert not [secret for secret in SECRETS for form in forms(secret) if form in shown]


def test_every_request_names_the_secrets_that_it_carries() -> None:
    district = District(kinds=("access_token", "application_secret", "group_token", "refresh_token"))
    district.token.expires = NOW  # so that it is renewed as well
    district.world.receive("ok", GID, CITIZEN, "Вопрос", at=NOW)
    for call in CALLS.values():
        run(call(district.ok))
    carried = 0
    for request in district.port.sent:
        values = {*(request.form or {}).values(), *request.query.values()}
        held = values & {*SECRETS, *district.store.values.values()}
        assert held <= set(request.secrets)
        carried += len(held)
    assert carried >= len(district.port.sent)
