"""Every kind of requirement that can be written into an act: what it asks, its parameters, the words it understands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from munsocial.policy import params
from munsocial.policy.params import Params
from munsocial.wording import Text

__all__ = ["ADDRESSEES", "KINDS", "NETWORKS", "Kind"]

NETWORKS = frozenset({"ok", "vk", "facebook", "twitter", "instagram", "telegram", "max", "youtube", "rutube", "other"})
"""Networks by the words of acts; another one is no mistake, only worth a look."""

ADDRESSEES = frozenset(
    {
        "administration", "sectoral", "functional", "territorial", "settlement", "organisation",
        "body", "legal_entity_body", "local_body", "settlement_administration", "rural_settlement_body",
        "subordinate_organisation", "municipality",
    }
)  # fmt: skip
"""Words of ``applies_to`` that follow from a body's kind; others match the tags and ids of bodies."""

_TOPICS = frozenset({"head_event", "head_events", "activity", "socially_important", "other"})
_FORMATS = frozenset(
    {"text", "photo", "infographic", "video", "live", "poll", "link", "story", "clip", "document", "audio",
     "multimedia", "other"}
)  # fmt: skip
_DUTIES = frozenset(
    {"credential_custody", "credential_handover", "running", "moderation", "creation", "content", "register",
     "control", "curator_detection"}
)  # fmt: skip
_OBJECTS = frozenset({"comments", "messages"})
_UPSTREAM = frozenset({"governor", "krai_governor", "krai_administration", "district_administration"})
GROUNDS = frozenset(
    {"law_violation", "spam", "insult", "obscenity", "threat", "extremism", "drugs", "personal_data", "external_links"}
)
"""Grounds of removal that reading a text can suspect; the others are for people alone."""

_HUMAN_GROUNDS = frozenset({"flood", "off_topic", "age_restricted", "provocation", "malware"})

On = Literal["account", "body", "municipality"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of requirement; ``on`` is what it is judged for, one by one.

    ``words`` gives, for parameters that acts spell freely, the words that the rule understands.
    """

    name: str
    group: str
    on: On
    params: type[Params]
    says: Text
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)


_ACCOUNTS = (
    Kind("account.exists", "accounts", "body", params.AccountExists,
         Text("Аккаунты в названных сетях созданы.", "Accounts exist in the named networks."), {"networks": NETWORKS}),
    Kind("account.bound_phone", "accounts", "account", params.BoundPhone,
         Text("Аккаунт привязан к служебному телефону владельца.", "The account is bound to a service phone.")),
    Kind("account.state_verification", "accounts", "account", params.StateVerification,
         Text("Страница имеет отметку государственной организации.", "The page carries the state-organisation mark."),
         {"mark": frozenset({"state_organisation", "Госорганизация"}), "via": frozenset({"state_portal"})}),
    Kind("account.central_platform", "accounts", "account", params.CentralPlatform,
         Text("Страница подключена к центральной платформе.", "The page is connected to a central platform.")),
    Kind("account.register", "accounts", "municipality", params.AccountRegister,
         Text("Ведётся (и опубликован) реестр аккаунтов.", "A register of accounts is kept (and published)."),
         {"publish_where": frozenset({"official_site"})}),
    Kind("account.category", "accounts", "account", params.AccountCategory,
         Text("Странице присвоена категория.", "The page has a category.")),
    Kind("account.audience_register", "accounts", "account", params.AudienceRegister,
         Text("Страница с аудиторией больше порога внесена в перечень.", "A page with a big audience is registered.")),
)  # fmt: skip

_PEOPLE = (
    Kind("responsible.appointed", "people", "account", params.ResponsibleAppointed,
         Text("Назначены ответственные.", "Responsible persons are appointed."), {"duties": _DUTIES}),
    Kind("credentials.custody", "people", "account", params.CredentialsCustody,
         Text("Хранение и передача логинов и паролей закреплены и записаны.",
              "Keeping and handing over of logins and passwords is assigned and recorded.")),
    Kind("credentials.hygiene", "people", "account", params.CredentialsHygiene,
         Text("Пароли стойкие, меняются, посторонним не доверены.",
              "Passwords are strong, rotated, and not with third parties.")),
    Kind("credentials.two_factor", "people", "account", params.TwoFactor,
         Text("Вход в два шага включён.", "Two-factor login is on."),
         {"roles": frozenset({"owner", "administrator", "editor", "moderator"})}),
    Kind("coordination", "people", "municipality", params.Coordination,
         Text("Работа согласуется с вышестоящим органом.", "Work is coordinated with a higher body.")),
    Kind("control.officer", "people", "municipality", params.ControlOfficer,
         Text("Контроль возложен на должностное лицо.", "Control is put on an official.")),
    Kind("policy.alignment", "content", "body", params.PolicyAlignment,
         Text("Аккаунты ведутся с учётом информационной политики и рекомендаций.",
              "Accounts follow an information policy and recommendations.")),
)  # fmt: skip

_PROFILE = (
    Kind("profile.fields", "profile", "account", params.ProfileFields,
         Text("Заполнены обязательные поля страницы.", "Required fields of the page are filled."),
         {"required": frozenset({"description", "name", "postal_address", "address", "email", "phone", "site",
                                 "activity", "working_hours", "avatar", "cover"})}),
    Kind("profile.design", "profile", "account", params.ProfileDesign,
         Text("Страница оформлена.", "The page has a design."),
         {"required": frozenset({"avatar", "cover", "design", "uniform_style"})}),
    Kind("profile.features", "profile", "account", params.ProfileFeatures,
         Text("Применяются новые возможности сети.", "New features of the network are used."),
         {"any_of": frozenset({"app", "widget", "dynamic_cover", "menu", "other"})}),
    Kind("profile.rules_published", "profile", "account", params.RulesPublished,
         Text("Правила поведения опубликованы.", "Rules of conduct are published."),
         {"where": frozenset({"official_site", "page", "pinned_post", "description"})}),
    Kind("profile.naming", "profile", "account", params.ProfileNaming,
         Text("Название и тематика соответствуют органу.", "Name and theme correspond to the body.")),
    Kind("comments.enabled", "interaction", "account", params.CommentsEnabled,
         Text("Пользователи могут комментировать.", "Users can comment.")),
)  # fmt: skip

_CONTENT = (
    Kind("posting.frequency", "content", "account", params.PostingFrequency,
         Text("Число публикаций за период.", "Number of publications per period."), {"topics": _TOPICS}),
    Kind("posting.topics", "content", "account", params.PostingTopics,
         Text("Публикации служат названным целям.", "Publications serve the named purposes."), {"topics": _TOPICS}),
    Kind("posting.formats", "content", "account", params.PostingFormats,
         Text("Используются разные форматы.", "Various formats are used."), {"allowed": _FORMATS}),
    Kind("posting.style", "content", "account", params.PostingStyle,
         Text("Язык и жанр публикаций.", "Language and genre of publications."),
         {"style": frozenset({"written_colloquial"}),
          "avoid": frozenset({"press_release", "bureaucratese", "obscenity"})}),
    Kind("posting.repost_source", "content", "account", params.RepostSource,
         Text("Не пересылаются записи незарегистрированных больших страниц.",
              "No reposts from unregistered big pages.")),
)  # fmt: skip

_INTERACTION = (
    Kind("moderation.duty", "interaction", "account", params.ModerationDuty,
         Text("Комментарии и сообщения есть кому модерировать.", "Somebody moderates comments and messages."),
         {"by": frozenset({"responsible_for_running", "page_owner", "appointed_official"}), "objects": _OBJECTS}),
    Kind("moderation.grounds", "interaction", "account", params.ModerationGrounds,
         Text("Удаляется то, что подлежит удалению.", "What is subject to removal is removed."),
         {"grounds": GROUNDS | _HUMAN_GROUNDS, "objects": _OBJECTS, "action": frozenset({"delete", "hide"})}),
    Kind("moderation.sanctions", "interaction", "account", params.ModerationSanctions,
         Text("Чёрный список применяется законно.", "The black list is used lawfully."),
         {"ladder": frozenset({"warning", "delete_message", "delete_all_messages", "ban"})}),
    Kind("moderation.protect_criticism", "interaction", "account", params.ProtectCriticism,
         Text("За критику не удаляют и не блокируют.", "Nobody is removed or banned for criticism.")),
    Kind("reply.deadline", "interaction", "body", params.ReplyDeadline,
         Text("Ответ дан в срок.", "The answer is given in time."),
         {"priority": frozenset({"normal", "high", "any"}), "applies_when": frozenset({"appeal_under_59_fz"})}),
    Kind("reply.routing", "interaction", "body", params.ReplyRouting,
         Text("Сообщение передано исполнителю в срок.", "The message is passed to its executor in time.")),
    Kind("reply.content", "interaction", "body", params.ReplyContent,
         Text("Ответ содержит нужное.", "The answer holds what it must.")),
    Kind("reply.upstream", "interaction", "account", params.ReplyUpstream,
         Text("Отвечают на вопросы в вышестоящих аккаунтах.", "Questions in upstream accounts are answered."),
         {"upstream": _UPSTREAM, "accept": frozenset({"reply_in_place", "own_post_with_reference"})}),
    Kind("reply.appeal_boundary", "interaction", "body", params.AppealBoundary,
         Text("Граница с обращениями граждан соблюдена.", "The boundary with citizens' appeals is kept.")),
    Kind("reply.escalation", "interaction", "body", params.ReplyEscalation,
         Text("О важном доложено руководителю.", "Important messages are reported to a superior.")),
    Kind("subscription.upstream", "graph", "account", params.SubscriptionUpstream,
         Text("Аккаунт подписан на вышестоящие аккаунты.", "The account is subscribed to upstream accounts."),
         {"upstream": _UPSTREAM,
          "accept": frozenset({"subscription", "link", "owner_profile_subscription", "attestation"})}),
)  # fmt: skip

_CONTROL = (
    Kind("reporting.periodic", "control", "municipality", params.PeriodicReporting,
         Text("Отчёты сдаются в срок.", "Reports are made in time.")),
    Kind("attested", "control", "body", params.Attested,
         Text("Исполнение подтверждено ответственным лицом.", "A responsible person attests it.")),
)  # fmt: skip

_ALL = (*_ACCOUNTS, *_PEOPLE, *_PROFILE, *_CONTENT, *_INTERACTION, *_CONTROL)

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _ALL}
