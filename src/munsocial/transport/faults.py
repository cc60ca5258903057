"""What went wrong on the way, in words: one function per fault, each makes one of our errors. Knows no HTTP library.

An answer that is none (HTML, empty, cut) and a status that tells of a fault are read here too.
"""

from __future__ import annotations

import email.utils
import time
from collections.abc import Mapping

from munsocial.errors import (
    DeadlineExceeded,
    KeyInvalid,
    NetworkError,
    PermissionDenied,
    RateLimited,
    RequestRefused,
    ServerFault,
    Unreachable,
    UnreadableAnswer,
    UnsafeAddress,
)
from munsocial.transport.port import Answer
from munsocial.wording import Text

__all__ = [
    "AGAIN",
    "CHECK",
    "LookFirst",
    "by_status",
    "certificate",
    "cut",
    "encoding_unknown",
    "is_address_gone",
    "no_answer",
    "no_connection",
    "no_name",
    "no_tls",
    "not_sent",
    "proxy_failed",
    "retry_after",
    "stood_still",
    "too_big",
    "too_late",
    "unreadable",
    "wrong_length",
]

AGAIN = Text("Повторите позже.", "Repeat later.")
"""What to do where nothing was done: after a reading, or before anything was sent."""
_MEND = Text("Не повторяйте как есть: проверьте вызов.", "Do not repeat it as it is: check the call.")
CHECK = Text(
    "Неизвестно, выполнен ли вызов: проверьте чтением, прежде чем повторять.",
    "It is not known whether the call was executed: read back before repeating it.",
)
"""What to do after a write whose end nobody knows; the session puts `AGAIN` in its place after a reading."""


class LookFirst(Text):
    """What to do where a deed was begun and its end is not known: it names what may stand there, and where to look.

    The core tells it with the step; of other remedies beside a lost answer it tells none, since they speak of a call
    that was refused («Повторите позже»).
    """

    __slots__ = ()


def no_name(host: str) -> NetworkError:
    """No address of that name."""
    return Unreachable(
        Text(f"Имя {host} не найдено в DNS.", f"The name {host} was not found in DNS."),
        executed=False,
        remedy=Text("Проверьте подключение, DNS и base_url.", "Check the connection, DNS and base_url."),
    )


def no_connection(proxy: bool, *, timeout: bool = False) -> NetworkError:
    """The connection was refused or not made in time."""
    if proxy:
        return proxy_failed()
    what = (
        Text("Соединение не установлено за отведённое время.", "No connection was made in the time allowed.")
        if timeout
        else Text("В соединении отказано.", "The connection was refused.")
    )
    return Unreachable(
        what,
        executed=False,
        remedy=Text(
            "Проверьте подключение, межсетевой экран и base_url.", "Check the connection, firewall and base_url."
        ),
    )


def no_tls() -> NetworkError:
    """Somebody is there, and no safe connection comes about with him."""
    return Unreachable(
        Text("Защищённое соединение (TLS) не установлено.", "No safe connection (TLS) was made."),
        executed=False,
        remedy=Text(
            "Проверьте base_url и порт: похоже, там отвечает не тот сервер.",
            "Check base_url and the port: it looks like another server.",
        ),
    )


def proxy_failed() -> NetworkError:
    """The proxy does not answer or refuses."""
    return Unreachable(
        Text("Прокси-сервер не отвечает или отказал.", "The proxy does not answer or refused."),
        executed=False,
        remedy=Text("Проверьте настройку proxy.", "Check the setting proxy."),
    )


def certificate(reason: str) -> NetworkError:
    """The certificate of the server is not trusted: expired, foreign, for another name."""
    error = Unreachable(
        Text(f"Сертификат сервера не принят: {reason}.", f"The server's certificate is not trusted: {reason}."),
        executed=False,
        remedy=Text(
            "Проверьте часы компьютера; для своего удостоверяющего центра укажите ca_bundle.",
            "Check the clock of this computer; for an authority of your own set ca_bundle.",
        ),
    )
    error.lasting = True
    return error


def not_sent(reason: str) -> NetworkError:
    """The request cannot be sent as it is."""
    return RequestRefused(
        Text(f"Запрос не отправлен: {reason}.", f"The request was not sent: {reason}."),
        executed=False,
        remedy=Text("Проверьте адрес, заголовки и файл.", "Check the address, the headers and the file."),
    )


def no_answer(sent: bool) -> NetworkError:
    """The connection broke before an answer."""
    return Unreachable(
        Text("Соединение прервано до ответа.", "The connection broke before an answer."),
        executed=None if sent else False,
        remedy=CHECK if sent else AGAIN,
    )


def too_late(seconds: float, *, sent: bool) -> NetworkError:
    """No whole answer in the time allowed."""
    return _late(Text("Нет полного ответа за {span}.", "No whole answer in {span}."), seconds, sent=sent)


def stood_still(seconds: float, *, sent: bool) -> NetworkError:
    """Nothing at all has moved for as long as is set, while there was still time for the whole."""
    what = Text(
        "Ничего не отправлялось и не приходило {span} (настройка standstill).",
        "Nothing was sent and nothing came for {span} (the setting standstill).",
    )
    return _late(what, seconds, sent=sent)


def _late(what: Text, seconds: float, *, sent: bool) -> NetworkError:
    return DeadlineExceeded(
        what.fill(span=_span(seconds)), executed=None if sent else False, remedy=CHECK if sent else AGAIN
    )


def _span(seconds: float) -> Text:
    """Write a time as people do: 3,1 с, 60 с, 5 мин, 1 ч."""
    minutes = round(seconds / 60)
    if seconds < 119.5:
        number = f"{seconds:.3g}"
        return Text(f"{number.replace('.', ',')} с", f"{number} s")
    if minutes % 60:
        return Text(f"{minutes} мин", f"{minutes} min")
    return Text(f"{minutes // 60} ч", f"{minutes // 60} h")


def cut() -> NetworkError:
    """The body ended before its end."""
    return UnreadableAnswer(Text("Ответ оборван.", "The answer was cut off."), remedy=CHECK)


def wrong_length() -> NetworkError:
    """More came than was declared: what came first may be cut, and the rest belongs to nobody."""
    return UnreadableAnswer(Text("Ответ длиннее, чем объявлено.", "The answer is longer than declared."), remedy=CHECK)


def too_big(limit: int) -> NetworkError:
    """The body is larger than allowed."""
    error = UnreadableAnswer(
        Text(f"Ответ больше {limit} байт.", f"The answer is larger than {limit} bytes."),
        remedy=Text("Запросите меньше за один раз.", "Ask for less at once."),
    )
    error.lasting = True
    return error


def encoding_unknown(name: str) -> NetworkError:
    """The body is compressed in a way that was not asked for, or is damaged."""
    return UnreadableAnswer(
        Text(f"Ответ сжат непонятно: {name}.", f"The answer is compressed in a way not understood: {name}."),
        remedy=CHECK,
    )


def unreadable(answer: Answer, detail: str = "") -> NetworkError:
    """The answer is not what the network promises; says what it looks like."""
    what = Text("Ответ не разобран: {looks}.", "The answer cannot be read: {looks}.").fill(looks=_looks(answer, detail))
    return UnreadableAnswer(what, remedy=CHECK)


def _looks(answer: Answer, detail: str) -> Text:
    head = answer.body[:200].lstrip().lower()
    if not answer.body:
        return Text("пустое тело", "an empty body")
    if head.startswith((b"<!doctype", b"<html", b"<head", b"<body")) or "html" in answer.headers.get(
        "content-type", ""
    ):
        return Text("HTML вместо данных", "HTML instead of data")
    try:
        answer.body.decode()
    except UnicodeDecodeError:
        return Text("не UTF-8", "not UTF-8")
    return Text(f"неожиданный вид ({detail or 'форма'})", f"an unexpected shape ({detail or 'shape'})")


def by_status(answer: Answer, *, given: bool = False) -> NetworkError | None:
    """Return the error that a status tells of; None for 2xx. ``given`` says that the network gave us the address."""
    status = answer.status
    if 200 <= status < 300:
        return None
    if 300 <= status < 400:
        return _redirect(status)
    what = Text(f"Сервер ответил {status}.", f"The server answered {status}.")
    wait = retry_after(answer.headers)
    if status == 429:
        return RateLimited(what, retry_after=wait, remedy=AGAIN, network_code="429")
    if status >= 500 or status < 200:
        return ServerFault(what, retry_after=wait, remedy=CHECK, network_code=str(status))
    if str(status) in _NOBODY:
        return _address_gone(what, status) if given else _nobody(what, status)
    kind = {401: KeyInvalid, 403: PermissionDenied}.get(status, RequestRefused)
    return kind(what, network_code=str(status), remedy=_REMEDIES.get(status, _MEND))


_NOBODY = frozenset({"404", "410"})
_LONGEST = 7 * 86_400.0
"""A longer wait is a slip of the server's, and must not hold a key for the rest of our days."""

_REMEDIES = {
    401: Text("Проверьте ключ.", "Check the key."),
    403: Text("Проверьте права ключа.", "Check the rights of the key."),
    407: Text("Проверьте настройку proxy.", "Check the setting proxy."),
    413: Text("Отправьте меньше за один раз.", "Send less at once."),
}


def _nobody(what: Text, status: int) -> NetworkError:
    """Nothing stands at that address: a gateway's word, or a wrong base_url.

    Of a post or a person it says nothing, so it is no `NotFound`: that would count as deleted, unbanned or gone.
    """
    remedy = Text(
        "По этому адресу сеть не отвечает: проверьте base_url и прокси.",
        "The network does not answer at this address: check base_url and the proxy.",
    )
    return Unreachable(what, executed=False, network_code=str(status), remedy=remedy)


def _address_gone(what: Text, status: int) -> NetworkError:
    """An address that the network gave us serves no longer: such addresses live shortly, and only a new one helps."""
    remedy = Text(
        "Адрес, который выдала сеть, больше не действует; повторите: сеть выдаст новый.",
        "The address that the network gave serves no longer; try again: it will give a new one.",
    )
    error = Unreachable(what, executed=False, network_code=str(status), remedy=remedy)
    error.lasting = True
    return error


def is_address_gone(error: NetworkError) -> bool:
    """Tell whether an address that the network gave us is to be asked for anew."""
    return isinstance(error, Unreachable) and error.lasting and error.network_code in _NOBODY


def _redirect(status: int) -> NetworkError:
    error = UnsafeAddress(
        Text(
            f"Сервер ответил {status} и отсылает на другой адрес; переадресации не выполняются.",
            f"The server answered {status} and sends us to another address; redirects are never followed.",
        ),
        network_code=str(status),
        remedy=Text("Проверьте base_url: укажите конечный адрес.", "Check base_url: give the final address."),
    )
    # 307 and 308 ask to send the same again elsewhere, so it was not done; the others may follow work that was done.
    error.executed = False if status in (307, 308) else None
    error.lasting = True
    return error


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of ``Retry-After``; a date is measured from the server's own ``Date``, not from our clock."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isascii() and value.replace(".", "", 1).isdigit():
        return min(_LONGEST, float(value))
    try:
        until = email.utils.parsedate_to_datetime(value).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
    return min(_LONGEST, max(0.0, until - _server_time(headers)))


def _server_time(headers: Mapping[str, str]) -> float:
    try:
        return email.utils.parsedate_to_datetime(headers.get("date", "")).timestamp()
    except (ValueError, OverflowError, OSError):
        return time.time()
