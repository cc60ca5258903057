"""An error of time names the limit that struck, and writes it as people do."""

from __future__ import annotations

import anyio
import pytest

from faulty_server import drip, serving, silence
from munsocial.errors import DeadlineExceeded
from munsocial.transport import AsyncPort, BlockingPort, Request, TransportSettings, drive, faults


@pytest.mark.parametrize(
    ("seconds", "ru", "en"),
    [
        (0.25, "0,25 с", "0.25 s"),
        (3.1, "3,1 с", "3.1 s"),
        (12.0, "12 с", "12 s"),
        (29.996, "30 с", "30 s"),
        (60.0, "60 с", "60 s"),
        (90.0, "90 с", "90 s"),
        (119.6, "2 мин", "2 min"),
        (300.0, "5 мин", "5 min"),
        (3599.2, "1 ч", "1 h"),
        (3600.0, "1 ч", "1 h"),
        (5400.0, "90 мин", "90 min"),
        (86_400.0, "24 ч", "24 h"),
    ],
)
def test_a_limit_is_written_as_people_do(seconds: float, ru: str, en: str) -> None:
    error = faults.too_late(seconds, sent=True)
    assert error.say("ru").startswith(f"Нет полного ответа за {ru}. ")
    assert error.say("en").startswith(f"No whole answer in {en}. ")


def sent(face: str, request: Request, settings: TransportSettings, timeout: float) -> None:
    async def run() -> None:
        async with AsyncPort(settings) as port:
            await port.send(request, timeout=timeout)

    if face != "blocking":
        anyio.run(run, backend=face)
        return
    with BlockingPort(settings) as port:
        drive(port.send(request, timeout=timeout))


@pytest.mark.parametrize("face", ["blocking", "asyncio", "trio"])
@pytest.mark.parametrize(
    ("path", "settings", "timeout", "said"),
    [
        ("/silence", TransportSettings(standstill=0.2), 3600.0, "приходило 0,2 с (настройка standstill)"),
        ("/silence", TransportSettings(standstill=60), 0.2, "Нет полного ответа за 0,2 с"),
        ("/drip", TransportSettings(standstill=5), 0.3, "Нет полного ответа за 0,3 с"),
    ],
    ids=["nothing moves", "the whole takes too long", "it moves, and takes too long"],
)
def test_the_limit_that_struck_is_named(
    face: str, path: str, settings: TransportSettings, timeout: float, said: str
) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
    with serving({"/silence": silence, "/drip": drip(head)}) as server:
        request = Request("POST", f"{server.base}{path}", form={"a": "1"})
        with pytest.raises(DeadlineExceeded) as caught:
            sent(face, request, settings, timeout)
    assert said in caught.value.say("ru")
    assert caught.value.executed is None
