"""Machine words of acts and facts in people's words. A word that is not here is shown as it is."""

from __future__ import annotations

from collections.abc import Iterable

from munsocial.wording import Text, join_texts

__all__ = ["WORDS", "coded", "folded", "listed", "word_of"]

WORDS = {
    "ok": Text("Одноклассники", "Odnoklassniki"),
    "vk": Text("ВКонтакте", "VKontakte"),
    "facebook": Text("Facebook", "Facebook"),
    "instagram": Text("Instagram", "Instagram"),
    "twitter": Text("Twitter", "Twitter"),
    "telegram": Text("Telegram", "Telegram"),
    "max": Text("MAX", "MAX"),
    "administration": Text("администрация", "administration"),
    "body": Text("орган администрации", "body of the administration"),
    "legal_entity_body": Text("орган с правами юридического лица", "body that is a legal entity"),
    "local_body": Text("орган местного самоуправления", "body of local self-government"),
    "settlement": Text("орган поселения", "settlement body"),
    "settlement_administration": Text("администрация поселения", "settlement administration"),
    "rural_settlement_body": Text(
        "орган сельского поселения (метка rural_settlement_body)",
        "rural settlement body (tag rural_settlement_body)",
    ),
    "subordinate_organisation": Text("подведомственная организация", "subordinate organisation"),
    "municipality": Text("муниципальное образование", "municipality"),
    "credential_custody": Text("хранение логинов и паролей", "custody of credentials"),
    "credential_handover": Text("передача логинов и паролей", "handover of credentials"),
    "running": Text("ведение аккаунтов", "running of accounts"),
    "moderation": Text("модерация", "moderation"),
    "creation": Text("создание аккаунтов", "creation of accounts"),
    "content": Text("наполнение", "content"),
    "register": Text("ведение реестра", "keeping the register"),
    "control": Text("контроль", "control"),
    "description": Text("текстовое описание", "description"),
    "name": Text("название", "name"),
    "postal_address": Text("почтовый адрес", "postal address"),
    "address": Text("адрес", "address"),
    "email": Text("электронная почта", "e-mail"),
    "phone": Text("телефон", "phone"),
    "site": Text("сайт", "site"),
    "activity": Text("деятельность", "activity"),
    "working_hours": Text("часы работы", "working hours"),
    "avatar": Text("аватар", "avatar"),
    "cover": Text("обложка", "cover"),
    "uniform_style": Text("единый стиль", "uniform style"),
    "app": Text("приложение", "app"),
    "widget": Text("виджет", "widget"),
    "menu": Text("меню", "menu"),
    "dynamic_cover": Text("динамичная обложка", "dynamic cover"),
    "text": Text("текст", "text"),
    "photo": Text("фото", "photo"),
    "infographic": Text("инфографика", "infographic"),
    "video": Text("видео", "video"),
    "live": Text("прямой эфир", "live stream"),
    "poll": Text("опрос", "poll"),
    "link": Text("ссылка", "link"),
    "story": Text("история", "story"),
    "clip": Text("клип", "clip"),
    "document": Text("документ", "document"),
    "doc": Text("документ", "document"),
    "audio": Text("аудио", "audio"),
    "other": Text("другое", "other"),
    "multimedia": Text("мультимедиа", "multimedia"),
    "head_event": Text("мероприятия с участием главы", "events with the head"),
    "head_events": Text("мероприятия с участием главы", "events with the head"),
    "socially_important": Text("социально важное", "socially important"),
    "press_release": Text("пресс-релиз", "press release"),
    "bureaucratese": Text("канцелярит", "bureaucratese"),
    "obscenity": Text("нецензурная брань", "obscenity"),
    "insult": Text("оскорбление", "insult"),
    "spam": Text("спам", "spam"),
    "threat": Text("угроза", "threat"),
    "extremism": Text("признаки экстремизма", "signs of extremism"),
    "drugs": Text("наркотики", "drugs"),
    "personal_data": Text("персональные данные", "personal data"),
    "law_violation": Text("нарушение закона", "violation of law"),
    "external_links": Text("посторонние ссылки", "external links"),
    "flood": Text("флуд", "flood"),
    "comments": Text("комментарии", "comments"),
    "messages": Text("сообщения", "messages"),
    "governor": Text("губернатор", "governor"),
    "krai_governor": Text("губернатор края", "krai governor"),
    "krai_administration": Text("администрация края", "krai administration"),
    "district_administration": Text("администрация района", "district administration"),
    "owner": Text("владелец", "owner"),
    "administrator": Text("администратор", "administrator"),
    "minutes": Text("мин.", "minutes"),
    "hours": Text("ч", "hours"),
    "days": Text("дн.", "days"),
    "working_hours_unit": Text("рабочих ч", "working hours"),
    "working_days": Text("рабочих дн.", "working days"),
    "login": Text("логин и пароль", "login and password"),
    "service_key": Text("сервисный ключ", "service key"),
    "community_key": Text("ключ сообщества", "community key"),
    "user_key": Text("ключ пользователя", "user key"),
    "access_token": Text("ключ доступа", "access token"),
    "application_key": Text("ключ приложения", "application key"),
    "group_token": Text("ключ группы", "group token"),
    "application_secret": Text("секретный ключ приложения", "application secret"),
    "creator": Text("создатель", "creator"),
    "admin": Text("администратор", "administrator"),
    "super_moderator": Text("супермодератор", "super moderator"),
    "analyst": Text("аналитик", "analyst"),
    "editor": Text("редактор", "editor"),
    "moderator": Text("модератор", "moderator"),
    "advertiser": Text("рекламодатель", "advertiser"),
    "state_portal": Text("портал Госуслуг", "state portal"),
    "off_topic": Text("не по теме", "off topic"),
    "age_restricted": Text("материалы для взрослых", "age-restricted material"),
    "provocation": Text("провокация", "provocation"),
    "malware": Text("вредоносные программы", "malware"),
    "criticism": Text("критика", "criticism"),
    "non_literary": Text("слова вне литературной нормы", "words outside the literary norm"),
    "needless_foreign_words": Text("лишние иностранные слова", "needless foreign words"),
    "event_reports": Text("отчёты о мероприятиях", "reports on events"),
    "topical_comments": Text("ответы на злободневное", "comments on topical matters"),
    "current_contacts": Text("действующие контакты", "current contacts"),
    "curator": Text("куратор", "curator"),
    "curator_detection": Text("поиск сообщений", "detection of messages"),
    "page_owner": Text("владелец страницы", "owner of the page"),
    "responsible_for_running": Text("ответственный за ведение", "who is responsible for running"),
    "appointed_official": Text("назначенное должностное лицо", "appointed official"),
    "measures_taken": Text("принятые меры", "measures taken"),
    "stages_and_terms": Text("этапы и сроки", "stages and terms"),
    "or_reasoned_impossibility_with_references": Text(
        "либо обоснование невозможности со ссылками", "or a reasoned impossibility with references"
    ),
    "reasoned_impossibility_with_references": Text(
        "обоснование невозможности со ссылками", "a reasoned impossibility with references"
    ),
    "socially_significant": Text("социально значимое", "socially significant"),
    "raised_activity_needing_quick_decision": Text(
        "всплеск внимания, требующий быстрого решения", "raised activity that needs a quick decision"
    ),
    "unnamed_source": Text("источник не показан", "source not shown"),
    "other_network": Text("другая сеть", "another network"),
    "youtube": Text("YouTube", "YouTube"),
    "rutube": Text("RUTUBE", "RUTUBE"),
    "banned": Text("деятельность запрещена", "banned"),
    "flagship": Text("флагманская", "flagship"),
    "active": Text("активная", "active"),
    "card": Text("визитка", "card"),
    "(list not quoted)": Text("перечень не приведён", "the list is not quoted"),
    "blocked": Text("доступ ограничен", "access blocked"),
    "banned_owner_extremist": Text("владелец признан экстремистским", "owner recognised as extremist"),
}


def word_of(code: str) -> Text:
    """Return a machine word in people's words; Odnoklassniki writes its roles in capitals."""
    return WORDS.get(code) or WORDS.get(code.lower()) or Text(code, code)


def coded(written: str, codes: Iterable[str]) -> str:
    """Return the machine word of these that a person wrote by its name: findings show names, and people copy them."""
    known = tuple(codes)
    if written in known:
        return written
    name = folded(written)
    return next((code for code in known if name in map(folded, (code, *word_of(code)))), written)


def folded(word: str) -> str:
    """Return a word in small letters, without the two dots of ё, with single spaces: so people's words are compared."""
    return " ".join(word.casefold().replace("ё", "е").split())


def listed(codes: Iterable[str]) -> Text:
    """Return machine words in people's words, with commas between."""
    return join_texts(", ", map(word_of, codes))
