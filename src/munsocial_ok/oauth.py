"""Consent, tokens and their renewal. The person signs in on OK's own page; we never see a password.

Source: apiok.ru, "OAuth 2.0 for server applications". The code of the consent lives two minutes. A token with
``LONG_ACCESS_TOKEN`` lives 30 days from its last use; an ordinary one half an hour, with a refresh token.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter

from munsocial.errors import InputError, KeyInvalid, PermissionDenied, RequestRefused
from munsocial.network.keys import Key, Secret
from munsocial.transport.port import Request
from munsocial.transport.session import Call, Pace, Repeat
from munsocial.wording import Text
from munsocial_ok.answers import Read, reader
from munsocial_ok.keys import APPLICATION, Application, Person
from munsocial_ok.sign import FORM_TYPE

if TYPE_CHECKING:
    from munsocial_ok.calls import Calls

__all__ = ["SCOPES", "Consent", "Tokens", "code_from", "consent", "exchange", "renew"]

SCOPES = ("VALUABLE_ACCESS", "LONG_ACCESS_TOKEN", "GROUP_CONTENT", "PHOTO_CONTENT", "VIDEO_CONTENT")
"""What everything of this adapter needs."""

_PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Consent:
    """An address for the person to open, and the state by which the way back is recognised."""

    address: str
    state: str = field(repr=False)
    redirect_uri: str


def _seconds(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 12 else value


class Tokens(BaseModel):
    """What a consent or a renewal gave. Not to be stored: its parts go into the store of secrets at once."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    access_token: str = Field(min_length=1)
    refresh_token: str | None = None
    expires_in: Annotated[int | None, BeforeValidator(_seconds)] = None
    """Seconds; None: OK did not say."""

    def __repr__(self) -> str:
        return f"Tokens(expires_in={self.expires_in})"

    __str__ = __repr__


_READ = reader(TypeAdapter(Tokens))


def consent(
    application_id: str,
    redirect_uri: str,
    *,
    scopes: Iterable[str] = SCOPES,
    authorize_url: str = "https://connect.ok.ru/oauth/authorize",
    layout: str = "w",
) -> Consent:
    """Return the address at which a person consents; ``redirect_uri`` must be registered letter by letter.

    Keep the state until the person comes back and hand it to `code_from`.

    Raises:
        InputError: the id of the application is not set.
    """
    _demand_id(application_id)
    state = secrets.token_urlsafe(24)
    query = {
        "client_id": application_id,
        "scope": ";".join(scopes),
        "response_type": "code",
        "redirect_uri": redirect_uri,
        "layout": layout,
        "state": state,
    }
    return Consent(f"{authorize_url}?{urlencode(query)}", state, redirect_uri)


def code_from(address: str, state: str) -> str:
    """Return the code out of the address to which the person was sent back.

    Raises:
        InputError: it is no address, the state is another one, the person declined, or there is no code.
    """
    try:
        query = dict(parse_qsl(urlsplit(address).query))
    except ValueError:
        query = {}  # a part of an address was pasted: "[" begins one that never ends
    same = hmac.compare_digest(query.get("state", "").encode("utf-8", "replace"), state.encode("utf-8", "replace"))
    # An empty state is that of a session which has ended: anybody's address without one would be the way back.
    if not state or not same:
        raise _declined("Возврат не от начатого нами согласия.", "This is not the way back of our consent.")
    if "error" in query:
        raise _declined("Согласие не дано.", "Consent was not given.")
    if not query.get("code"):
        raise _declined("В адресе возврата нет кода.", "The address holds no code.")
    return query["code"]


def _demand_id(application_id: str) -> None:
    if not application_id:
        raise InputError(
            Text("Не указан номер приложения.", "The id of the application is not set."),
            where="ok / application_id",
            remedy=Text(
                "Впишите application_id в [networks.ok] или в настройки ключа.",
                "Put application_id into [networks.ok] or into the key's settings.",
            ),
        )


def _declined(ru: str, en: str) -> InputError:
    remedy = Text("Начните согласие заново.", "Begin the consent again.")
    return InputError(Text(ru, en), where="ok / OAuth", remedy=remedy)


async def exchange(calls: Calls, account: str, code: str, redirect_uri: str) -> Tokens:
    """Return the tokens for a code. Store them at once: a code serves once.

    Raises:
        NetworkError: OK refused the code, or the way failed.
    """
    application = calls.keys.application(account)
    code = Secret(code)  # not to be seen in this frame either
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
    return await _token(calls, account, application, form)


async def renew(calls: Calls, account: str, person: Person, key: Key | None = None) -> bool:
    """Renew an expired token by its refresh token; several callers at once renew it once.

    Returns False when there is nothing to renew it with, or OK has refused to. OK gives no new refresh token: the old
    one stays.

    Raises:
        NetworkError: the way failed; a refusal by OK is False, since only a new consent helps.
    """
    keys = calls.keys
    owner = (key or keys.person_key(account)).account
    refresh = keys.refresh(owner)
    application = keys.application(owner)
    if refresh is None or application.secret is None or not application.id or keys.hopeless(person.reference):
        return False
    while (claimed := keys.begin_renewal(person.reference, person.token)) is False:
        await calls.session.sleep(_PAUSE)
    if claimed is None:
        return True
    token: Secret | None = None
    refused = False
    try:
        form = {"grant_type": "refresh_token", "refresh_token": refresh.reveal()}
        token = Secret((await _token(calls, account, application, form)).access_token)
    except (KeyInvalid, PermissionDenied, RequestRefused):
        refused = True
    finally:
        keys.end_renewal(person.reference, token, refused=refused)
    return token is not None


async def _token(calls: Calls, account: str, application: Application, form: dict[str, str]) -> Tokens:
    _demand_id(application.id)
    if application.secret is None:
        raise InputError(
            Text("Нет секретного ключа приложения.", "The application's secret is missing."),
            where=f"ok / {APPLICATION}",
        )
    secret = application.secret.reveal()
    request = Request(
        "POST",
        f"{calls.settings.base_url}/oauth/token.do",
        headers={"Content-Type": FORM_TYPE},
        form={**form, "client_id": application.id, "client_secret": secret},
        secrets=(secret, *(form[name] for name in ("refresh_token", "code") if name in form)),
    )
    pace = Pace(f"ok:{application.secret.reference}", calls.settings.per_second)
    # A code serves once; a refresh token serves again, but nothing is lost by asking once.
    read: Read[Tokens] = await calls.session.call(Call(request, _READ, "oauth.token", account, pace, Repeat.ONCE))
    return read.value
