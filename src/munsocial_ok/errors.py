"""What OK's error codes mean for us, as data, and the one place where they become errors of ours.

Decide by the code only: the text after it changes. Codes 1, 2, 31 and 9999 leave a write unclear (``executed`` None);
every other code is a refusal before anything was done. Origin: error lists of three clients that agree with each other;
the official page was not at hand, so an unknown code is shown and never repeated.
"""

from __future__ import annotations

from typing import NamedTuple

from munsocial import errors
from munsocial.wording import Text

__all__ = ["CODES", "GONE", "Meaning", "error_of"]


class Meaning(NamedTuple):
    """One code: the vendor's name, our class, and what happened in both languages."""

    name: str
    kind: type[errors.NetworkError]
    what: Text
    remedy: Text | None = None


_FAULT = Text("Сбой на стороне ОК.", "OK failed by itself.")
_RIGHT = Text("Нет права на это действие.", "No right to do this.")
_ASK_ROLE = Text(
    "Проверьте роль человека в группе и разрешения приложения: munsocial keys check РЕЕСТР",
    "Check the person's role in the group and the application's permissions: munsocial keys check REGISTRY",
)
_ASK_OK = Text(
    "Попросите разрешение у api-support@ok.ru, затем получите согласие заново.",
    "Ask api-support@ok.ru for the permission, then obtain consent again.",
)
_TOKEN = Text("Ключ доступа истёк или отозван.", "The access token has expired or was withdrawn.")
_CONSENT = Text(
    "Ответственный должен войти и дать согласие заново.", "The responsible person has to sign in and consent again."
)
_APPLICATION = Text("Приложение настроено неверно.", "The application is set up wrongly.")
_PLATFORM = Text(
    "Включите в настройках приложения платформу «OAuth / External».",
    "Turn on the platform «OAuth / External» in the settings of the application.",
)
_ID = Text("Неверный идентификатор объекта.", "The id of an object is wrong.")
_CHECK = Text("Человек должен пройти проверку на сайте ОК.", "A person must pass a check on the site of OK.")
_PHOTO = Text("ОК не принимает эту фотографию.", "OK does not take this photo.")
_LIMIT = Text("Публикация превышает предел ОК.", "The publication exceeds a limit of OK.")
_GONE = Text("Там ничего нет: удалено или скрыто.", "Nothing is there: deleted or hidden.")
_PARAM = Text("ОК отверг параметры вызова.", "OK refused the parameters of the call.")
_CLOSED = Text("Доступ закрыт владельцем или настройками группы.", "Closed by the owner or the group's settings.")
_SERVICE = Text("Служебный отказ ОК.", "OK refused for a reason of its own.")

_F, _P, _R, _N = errors.ServerFault, errors.PermissionDenied, errors.RequestRefused, errors.NotFound
_K, _U, _H = errors.KeyInvalid, errors.UploadRefused, errors.HumanCheckNeeded


CODES: dict[int, Meaning] = {
    1: Meaning("UNKNOWN", _F, _FAULT),
    2: Meaning("SERVICE", _F, Text("Служба ОК временно недоступна.", "The service of OK is away for a time.")),
    3: Meaning("METHOD", _R, Text("Такого метода у ОК нет: отозван.", "OK has no such method: withdrawn.")),
    4: Meaning("REQUEST", _R, Text("ОК не понял запрос.", "OK could not read the request.")),
    7: Meaning(
        "ACTION_BLOCKED",
        errors.FloodRefused,
        Text("Действие на время запрещено этому человеку.", "The action is blocked for this person for a time."),
        Text("Подождите несколько часов; не повторяйте сразу.", "Wait for hours; do not repeat at once."),
    ),
    8: Meaning(
        "FLOOD_BLOCKED",
        errors.FloodRefused,
        Text("Слишком часто.", "Too often."),
        Text("Сделайте перерыв не меньше получаса.", "Pause for half an hour at least."),
    ),
    9: Meaning(
        "IP_BLOCKED",
        errors.FloodRefused,
        Text("ОК заблокировал адрес этого компьютера.", "OK has blocked the address of this computer."),
        Text("Остановите все вызовы и обратитесь в поддержку ОК.", "Stop all calls and write to OK's support."),
    ),
    10: Meaning("PERMISSION_DENIED", _P, _RIGHT, _ASK_ROLE),
    11: Meaning(
        "LIMIT_REACHED",
        errors.QuotaSpent,
        Text("Исчерпан предел вызовов этого метода.", "The limit of this method is reached."),
        Text("Остаток покажет users.getCallsLeft; продолжите позже.", "See users.getCallsLeft; go on later."),
    ),
    12: Meaning("CANCELLED", _R, _SERVICE),
    21: Meaning("NOT_MULTIPART", _R, _PARAM),
    22: Meaning("NOT_ACTIVATED", _K, Text("Профиль не подтверждён.", "The profile is not confirmed."), _CONSENT),
    23: Meaning(
        "NOT_YET_INVOLVED",
        _K,
        Text("Человек ещё не пользовался приложением.", "The person has not used the application yet."),
        _CONSENT,
    ),
    24: Meaning("NOT_OWNER", _P, Text("Объект принадлежит не этой учётной записи.", "The object is not theirs.")),
    25: Meaning("NOT_ACTIVE", _R, _SERVICE),
    26: Meaning(
        "TOTAL_LIMIT_REACHED", errors.QuotaSpent, Text("Исчерпан общий предел.", "The total limit is reached.")
    ),
    30: Meaning("NETWORK", _R, Text("Запрос слишком велик.", "The request is too large.")),
    31: Meaning("NETWORK_TIMEOUT", _F, Text("ОК не дождался данных.", "OK waited too long for the data.")),
    50: Meaning(
        "NOT_ADMIN", _P, Text("Нужна роль администратора группы.", "The role of administrator is needed."), _ASK_ROLE
    ),
    100: Meaning("PARAM", _R, _PARAM),
    101: Meaning(
        "PARAM_API_KEY",
        _K,
        Text("Публичный ключ приложения не указан или неизвестен.", "The public key is missing or unknown."),
        Text("Проверьте application_key в настройках ключа.", "Check application_key in the key's settings."),
    ),
    102: Meaning("PARAM_SESSION_EXPIRED", _K, _TOKEN, _CONSENT),
    103: Meaning("PARAM_SESSION_KEY", _K, _TOKEN, _CONSENT),
    104: Meaning(
        "PARAM_SIGNATURE",
        _K,
        Text("Подпись не сошлась.", "The signature does not match."),
        Text("Проверьте секретный ключ приложения.", "Check the application's secret key."),
    ),
    105: Meaning("PARAM_RESIGNATURE", _K, Text("Подпись не сошлась.", "The signature does not match.")),
    106: Meaning("PARAM_ENTITY_ID", _R, _ID),
    107: Meaning("PARAM_SESSION_KEY_CHANGED", _K, _TOKEN, _CONSENT),
    110: Meaning("PARAM_USER_ID", _R, _ID),
    120: Meaning("PARAM_ALBUM_ID", _R, _ID),
    121: Meaning("PARAM_PHOTO_ID", _R, _ID),
    130: Meaning("PARAM_WIDGET", _R, _ID),
    140: Meaning("PARAM_MESSAGE_ID", _R, _ID),
    141: Meaning("PARAM_COMMENT_ID", _R, _ID),
    150: Meaning("PARAM_HAPPENING_ID", _R, _ID),
    151: Meaning("PARAM_HAPPENING_PHOTO_ID", _R, _ID),
    160: Meaning("PARAM_GROUP_ID", _N, Text("Группы с таким номером нет.", "There is no group of that id.")),
    200: Meaning(
        "PARAM_PERMISSION", _P, Text("У приложения нет разрешения.", "The application lacks a permission."), _ASK_OK
    ),
    210: Meaning("PARAM_APPLICATION_DISABLED", _K, Text("Приложение отключено.", "The application is off."), _ASK_OK),
    211: Meaning("PARAM_DECISION", _R, _PARAM),
    212: Meaning("PARAM_BADGE_ID", _R, _ID),
    213: Meaning("PARAM_PRESENT_ID", _R, _ID),
    214: Meaning("PARAM_RELATION_TYPE", _R, _PARAM),
    220: Meaning("PARAM_FIELDSET", _R, Text("Неверный список полей.", "The list of fields is wrong.")),
    300: Meaning("NOT_FOUND", _N, _GONE),
    324: Meaning("EDIT_PHOTO_FILE", _U, Text("Файл не прочитан сервером ОК.", "OK could not read the uploaded file.")),
    401: Meaning("AUTH_LOGIN", _K, Text("Вход не удался.", "Signing in failed."), _CONSENT),
    402: Meaning("AUTH_LOGIN_CAPTCHA", _H, _CHECK),
    403: Meaning("AUTH_LOGIN_WEB_HUMAN_CHECK", _H, _CHECK),
    451: Meaning(
        "NOT_SESSION_METHOD", errors.KeyKindRefused, Text("Вызывается без сессии.", "Called without a session.")
    ),
    453: Meaning(
        "SESSION_REQUIRED", errors.KeyKindRefused, Text("Нужен ключ человека.", "A person's token is needed.")
    ),
    454: Meaning(
        "CENSOR_MATCH",
        _R,
        Text("ОК не пропустил текст.", "OK refused the text."),
        Text("Верните текст автору.", "Return the text to its author."),
    ),
    455: Meaning("FRIEND_RESTRICTION", _P, _CLOSED),
    456: Meaning("GROUP_RESTRICTION", _P, _CLOSED, _ASK_ROLE),
    457: Meaning("UNAUTHORIZED_RESTRICTION", _P, _CLOSED),
    458: Meaning("PRIVACY_RESTRICTION", _P, _CLOSED),
    500: Meaning("PHOTO_SIZE_LIMIT_EXCEEDED", _U, _PHOTO, Text("Уменьшите размер файла.", "Make the file smaller.")),
    501: Meaning("PHOTO_SIZE_TOO_SMALL", _U, _PHOTO, Text("Выберите снимок крупнее.", "Choose a larger picture.")),
    502: Meaning("PHOTO_SIZE_TOO_BIG", _U, _PHOTO, Text("Уменьшите стороны снимка.", "Scale the picture down.")),
    503: Meaning("PHOTO_INVALID_FORMAT", _U, _PHOTO, Text("Сохраните как JPEG или PNG.", "Save it as JPEG or PNG.")),
    504: Meaning("PHOTO_IMAGE_CORRUPTED", _U, _PHOTO, Text("Файл повреждён, выберите другой.", "Choose another file.")),
    505: Meaning("PHOTO_NO_IMAGE", _U, _PHOTO),
    508: Meaning("PHOTO_PIN_TOO_MUCH", _U, _PHOTO),
    511: Meaning(
        "IDS_BLOCKED",
        errors.FloodRefused,
        Text("Сработала защита ОК от спама.", "OK's protection from spam has struck."),
        Text("Не повторяйте; покажите текст ответственному.", "Do not repeat; show the text to the person in charge."),
    ),
    512: Meaning("PHOTO_ALBUM_NOT_BELONGS_TO_USER", _R, _ID),
    513: Meaning("PHOTO_ALBUM_NOT_BELONGS_TO_GROUP", _R, _ID),
    514: Meaning("IDS_SESSION_VERIFICATION_REQUIRED", _H, _CHECK),
    600: Meaning("MEDIA_TOPIC_BLOCK_LIMIT", _R, _LIMIT, Text("Уберите часть вложений.", "Drop some attachments.")),
    601: Meaning("MEDIA_TOPIC_TEXT_LIMIT", _R, _LIMIT, Text("Сократите текст.", "Shorten the text.")),
    602: Meaning(
        "MEDIA_TOPIC_POLL_QUESTION_TEXT_LIMIT", _R, _LIMIT, Text("Сократите вопрос.", "Shorten the question.")
    ),
    603: Meaning("MEDIA_TOPIC_POLL_ANSWERS_LIMIT", _R, _LIMIT, Text("Уберите часть ответов.", "Drop some answers.")),
    604: Meaning("MEDIA_TOPIC_POLL_ANSWER_TEXT_LIMIT", _R, _LIMIT, Text("Сократите ответы.", "Shorten the answers.")),
    605: Meaning("MEDIA_TOPIC_WITH_FRIENDS_LIMIT", _R, _LIMIT),
    606: Meaning("MEDIA_TOPIC_WITH_FRIENDS_USER_LIMIT", _R, _LIMIT),
    607: Meaning("MEDIA_TOPIC_LINK_BAD_FORMAT", _R, Text("Неверная ссылка.", "The link is wrong.")),
    610: Meaning("GROUP_DUPLICATE_JOIN_REQUEST", _P, _SERVICE),
    611: Meaning("GROUP_JOIN_RESTRICTION", _P, _SERVICE),
    612: Meaning("GROUP_JOIN_AGREEMENT_RESTRICTION", _P, _SERVICE),
    700: Meaning("COMMENT_NOT_FOUND", _N, _GONE),
    701: Meaning("INVALID_AUTHOR", _P, Text("Комментарий чужой.", "The comment is somebody else's.")),
    702: Meaning("COMMENT_NOT_ACTIVE", _N, _GONE),
    704: Meaning("TIMEOUT_EXCEEDED", _R, Text("Время правки прошло.", "The time for editing is over.")),
    705: Meaning("CHAT_NOT_FOUND", _N, _GONE),
    706: Meaning("MESSAGE_NOT_ACTIVE", _N, _GONE),
    707: Meaning("STICKER_SERVICE_UNAVAILABLE_TO_USER", _R, _SERVICE),
    708: Meaning("STICKER_MESSAGE_INVALID", _R, _SERVICE),
    709: Meaning("GIF_SERVICE_UNAVAILABLE_TO_USER", _R, _SERVICE),
    800: Meaning("CHAT_MAX_PARTICIPANT_COUNT_LIMIT", _R, _SERVICE),
    801: Meaning("CHAT_PARTICIPANTS_EMPTY_BLOCKED_USERS", _R, _SERVICE),
    802: Meaning("CHAT_PARTICIPANTS_EMPTY_NON_EXISTENT_USERS", _R, _SERVICE),
    900: Meaning("NO_SUCH_APP", _K, _APPLICATION),
    1001: Meaning("CALLBACK_INVALID_PAYMENT", _R, _SERVICE),
    1002: Meaning("PAYMENT_IS_REQUIRED_PAYMENT", _R, _SERVICE),
    1003: Meaning("INVALID_PAYMENT", _R, _SERVICE),
    1004: Meaning("DUPLICATE_PAYMENT", _R, _SERVICE),
    1005: Meaning("NOT_ENOUGH_MONEY", _R, _SERVICE),
    1101: Meaning("VCHAT_SERVICE_DISABLED", _P, _SERVICE),
    1102: Meaning("TARGET_USER_UNAVAILABLE", _P, _SERVICE),
    1103: Meaning("FRIENDSHIP_REQUIRED", _P, _SERVICE),
    1200: Meaning("BATCH", _R, _SERVICE),
    1300: Meaning("APP_NO_PLATFORM_ALLOWED", _K, _APPLICATION, _PLATFORM),
    1301: Meaning("APP_DEVICE_NOT_ALLOWED", _K, _APPLICATION, _PLATFORM),
    1302: Meaning("APP_DEVICE_NOT_SPECIFIED", _K, _APPLICATION, _PLATFORM),
    1400: Meaning("APP_EMPTY_SEARCH_PARAMS", _R, _SERVICE),
    1401: Meaning("APP_SEARCH_SCENARIO_DOES_NOT_EXIST", _R, _SERVICE),
    2001: Meaning("GRAPH_PARAM_REQUEST", _R, _PARAM),
    2002: Meaning("USER_IS_BLOCKED", errors.CannotMessage, Text("Человек заблокирован.", "The person is blocked.")),
    2004: Meaning("USER_IS_DELETED", errors.CannotMessage, Text("Профиль удалён.", "The profile is deleted.")),
    5000: Meaning("INVALID_RESPONSE", _R, _SERVICE),
    9999: Meaning("SYSTEM", _F, _FAULT),
}
"""Every code known to three clients; what is not here is shown as it came."""

GONE = frozenset({"300", "700", "702", "705", "706", "2004"})
"""Codes which say that the object does not exist any more: no error when it was to be deleted."""

_REMEDIES: tuple[tuple[type[errors.NetworkError], Text], ...] = (
    (
        errors.ServerFault,
        Text(
            "Чтение повторите позже; запись сначала проверьте в группе, вслепую не повторяйте.",
            "Read later; of a write look in the group first, do not repeat it blindly.",
        ),
    ),
    (errors.PermissionDenied, _ASK_ROLE),
    (errors.NotFound, Text("Проверьте номер или адрес.", "Check the id or the address.")),
    (errors.QuotaSpent, Text("Продолжите позже.", "Go on later.")),
    (
        errors.KeyInvalid,
        Text("Проверьте ключи: munsocial keys check РЕЕСТР", "Check the keys: munsocial keys check REGISTRY"),
    ),
    (
        errors.KeyKindRefused,
        Text("Проверьте ключи: munsocial keys check РЕЕСТР", "Check the keys: munsocial keys check REGISTRY"),
    ),
    (errors.HumanCheckNeeded, Text("Войдите на сайт под этим человеком.", "Sign in to the site as that person.")),
    (errors.UploadRefused, Text("Выберите другой файл и повторите.", "Choose another file and repeat.")),
    (errors.CannotMessage, Text("Свяжитесь с человеком иначе.", "Reach the person in another way.")),
)
"""What to do where a code tells nothing nearer."""
_MEND = Text("Не повторяйте как есть: исправьте то, что названо.", "Do not repeat as it is: mend what is named.")

_HOUR = 3600.0
_RESTS = {7: 3 * _HOUR, 8: _HOUR / 2, 9: 3 * _HOUR, 511: _HOUR / 2}
"""For how many seconds a person's key rests after a code: "minutes to hours" is all that is known."""

_UNKNOWN = Text("ОК ответил неизвестным кодом.", "OK answered with a code that we do not know.")


def error_of(code: int, message: str = "") -> errors.NetworkError:
    """Return our error for a code; the vendor's own text, cut to a line, stands behind our sentence."""
    meaning = CODES.get(code) or Meaning("", errors.RequestRefused, _UNKNOWN)
    message = message.removeprefix(meaning.name).lstrip(" :")
    tail = f" [{code}{' ' + meaning.name if meaning.name else ''}{': ' + _line(message) if message else ''}]"
    what = Text(meaning.what.ru + tail, meaning.what.en + tail)
    common = next((remedy for kind, remedy in _REMEDIES if issubclass(meaning.kind, kind)), _MEND)
    rest = _RESTS.get(code)
    error = meaning.kind(what, network_code=str(code), retry_after=rest, remedy=meaning.remedy or common)
    if isinstance(error, errors.FloodRefused):
        error.everywhere = code == 9
        error.writes = code in (7, 511)  # an action is stopped, or a text: the person may go on reading
        error.lasting = code == 511  # the same text would be taken for spam again
    return error


def _line(message: str) -> str:
    """Return the vendor's text without line feeds and control characters, at most 200 characters."""
    return "".join(letter if letter.isprintable() else " " for letter in message)[:200].strip()
