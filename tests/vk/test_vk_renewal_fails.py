"""A key that cannot be renewed: what is said of the renewal, what of the deed, and what to do."""

from __future__ import annotations

from typing import Any

import pytest

from munsocial.errors import NetworkError
from munsocial.network.drafts import Draft
from munsocial.transport import faults
from munsocial.transport.port import Answer, drive
from vk_world import Store, account, keys, scripted

EXPIRED = {"error": {"error_code": 5, "error_msg": "User authorization failed: access_token has expired."}}
NAMED = {"client_id": "1", "device_id": "d", "refresh": "env:USER"}
REFUSED = Answer(401, {}, b'{"error": "invalid_request", "error_description": "device_id is wrong"}')


def raising(make: Any) -> Any:
    def answer(_: Any) -> Any:
        raise make()

    return answer


@pytest.mark.parametrize(
    ("renewal", "remedy"),
    [
        (REFUSED, "Пройдите вход заново."),
        (raising(lambda: faults.certificate("expired")), "Проверьте часы компьютера"),
        (raising(lambda: faults.no_name("id.vk.com")), "Проверьте подключение, DNS и base_url."),
        (Answer(301, {}, b""), "Проверьте base_url: укажите конечный адрес."),
        (Answer(404, {}, b""), "По этому адресу сеть не отвечает"),
        (raising(lambda: faults.no_answer(True)), "Неизвестно, обновлён ли ключ"),
        (Answer(502, {}, b""), "Неизвестно, обновлён ли ключ"),
        (Answer(200, {}, b"{}"), "Неизвестно, обновлён ли ключ"),
    ],
)
@pytest.mark.parametrize(
    "deed",
    [
        lambda vk: vk.publish(account(), Draft(text="Раз"), key="k"),
        lambda vk: vk.read_bans(account()),
    ],
    ids=["publish", "read_bans"],
)
def test_what_fails_in_a_renewal_is_mended_there(deed: Any, renewal: Any, remedy: str) -> None:
    """A refresh token works once, so a lost answer is told; but nothing was done of what the key was wanted for."""
    store = Store()
    adapter, port = scripted("user", store=store, wall_post=EXPIRED, groups_getBanned=EXPIRED)
    port.answers["auth"] = renewal
    adapter.choice.ring = keys("user", settings=NAMED, store=store)
    with pytest.raises(NetworkError) as caught:
        drive(deed(adapter))
    assert caught.value.executed is False
    assert caught.value.remedy is not None
    assert caught.value.remedy.ru.startswith(remedy)
