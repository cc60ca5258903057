"""The report of an emergency: who has the warning, and how many readers that is, as far as anybody knows."""

from __future__ import annotations

import pytest

from munsocial.operate.publishing.emergency import Reached, reach_lines

SUMS: tuple[tuple[list[tuple[int | None, bool]], str], ...] = (
    ([(100, True), (50, False)], "стоит в 1 из 2 аккаунтов; подписчиков у них 100 из 150."),
    ([(0, True)], "стоит в 1 из 1 аккаунтов; подписчиков у них 0 из 0."),
    ([(None, True), (None, True)],
     "стоит в 2 из 2 аккаунтов. Подписчиков у них: неизвестно; всего: неизвестно; неизвестно в аккаунтах: 2."),
    ([(100, True), (None, True), (50, False)],
     "стоит в 2 из 3 аккаунтов. Подписчиков у них: не меньше 100; всего: не меньше 150; неизвестно в аккаунтах: 1."),
    ([(100, True), (None, False)],
     "стоит в 1 из 2 аккаунтов. Подписчиков у них: 100; всего: не меньше 100; неизвестно в аккаунтах: 1."),
    ([(0, True), (None, True)],
     "стоит в 2 из 2 аккаунтов. Подписчиков у них: неизвестно; всего: неизвестно; неизвестно в аккаунтах: 1."),
    ([(None, False)], "стоит в 0 из 1 аккаунтов. Подписчиков у них: 0; всего: неизвестно; неизвестно в аккаунтах: 1."),
)  # fmt: skip


@pytest.mark.parametrize(("accounts", "said"), SUMS)
def test_readers_of_whom_nobody_knows_are_no_zero(accounts: list[tuple[int | None, bool]], said: str) -> None:
    reached = [Reached(f"a{place}", "vk", reach, has) for place, (reach, has) in enumerate(accounts)]
    assert reach_lines(reached)[-1] == f"Предупреждение {said}"
