"""Two small districts to try whole acts on: in one everything is in order, in the other nothing is."""

from __future__ import annotations

from datetime import date
from typing import Any

from munsocial.model.accounts import AccountKind
from munsocial.model.base import Record
from munsocial.model.content import PostKind, RepostSource
from munsocial.model.credentials import Credential
from munsocial.model.people import ActReference
from munsocial.model.registry import Registry
from munsocial.model.snapshot import AccountView, Snapshot
from munsocial.model.statements import Inquiry, Recommendation, Removal
from munsocial.policy import KINDS
from munsocial.testing.factories import (
    account,
    appointment,
    attestation,
    ban,
    body,
    comment,
    district,
    link,
    moment,
    person,
    phone,
    post,
    profile,
    snapshot,
    upstream,
    view,
    weekly,
)

ADDRESSED = (
    "government", "executive_body", "governor", "head_of_body", "head_of_institution", "department", "body",
    "government_member", "head_of_committee", "head", "state_body",
)  # fmt: skip
"""Words by which acts of regions address bodies: here the administration goes by all of them."""

NETWORKS = ("vk", "ok", "telegram")
PRESS = (
    "В целях обеспечения реализации мероприятий по благоустройству территории администрацией района осуществлено "
    "проведение совещания по вопросу принятия мер, направленных на недопущение нарушения требований действующего "
    "законодательства в сфере осуществления деятельности по вывозу отходов."
)
SWEARING = "Да пошли вы нахуй!"
RIVER = "Администрация Приречного сельского поселения"
FIELDS = ("postal_address", "address", "email", "phone", "site", "activity", "working_hours")
DUTIES = (
    "credential_custody", "credential_handover", "running", "moderation", "curator_detection", "register", "content",
    "creation", "control",
)  # fmt: skip
ABOVE = tuple(
    upstream(role, network)
    for role in ("krai_governor", "krai_administration", "district_administration")
    for network in NETWORKS
)
QUESTION = comment("Когда починят дорогу в селе Приречное?", post_id="up-1", id="q-1")
REPLY = comment("Начнём в марте.", "2026-11-18 18:00", post_id="up-1", reply_to="q-1", by_account="river-vk", id="q-2")


NAMES = {
    "administration": "Администрация Приреченского района",
    "culture": "Отдел культуры Приреченского района",
    "river": RIVER,
}


def bodies(**fields: Any) -> tuple[Record, ...]:
    """The administration, a body that is a legal entity, and a rural settlement."""
    return (
        body(tags=ADDRESSED, name="Администрация Приреченского района", **fields),
        body("culture", "sectoral", name="Отдел культуры Приреченского района"),
        body("river", "settlement", name=RIVER, tags=("rural_settlement_body",), places=("село Приречное",)),
    )


def pages(owner: str, **fields: Any) -> tuple[Record, ...]:
    """A page in each network, with a phone of its own."""
    return tuple(account(f"{owner}-{network}", owner, network, **fields) for network in NETWORKS)


def good() -> tuple[Registry, Snapshot]:
    """A district in which every demand that speaks of something is met."""
    fields: dict[str, Any] = {
        "kind": AccountKind.PROFILE,
        "category": "card",
        "platform": "Госпаблики",
        "two_factor": {"owner": True, "administrator": True},
        "features": ("app",),
        "owner_person": "ivanova",
    }
    records: list[Record] = [*bodies(), *ABOVE, person(position="press service and media department")]
    for number, owner in enumerate(("administration", "culture", "river")):
        own = f"+7861632000{number}"
        records += [*pages(owner, phone=own, **fields), phone(own, owner)]
        by = ActReference(number="1-р", date=date(2024, 1, 1))
        # The acts name the one or the other: a role by the appointment, a position in the body.
        records += [appointment("ivanova", owner, *DUTIES, act=by, role="head of information resources department")]
        records += [
            attestation(kind, f"{owner}-{network}", date=date(2026, 11, 20)) for network in NETWORKS for kind in STATED
        ]
        records += [
            Credential(
                account=f"{owner}-{network}", kind="login", holder="ivanova", complex=True, rotated=date(2026, 11, 1)
            )
            for network in NETWORKS
        ]
    records += [attestation(kind, "prirechensky", date=date(2026, 11, 10)) for kind in KINDS]
    records += [answered(), answered().but(id="in-2", priority="high")]
    views = [_good_view(owner, network) for owner in ("administration", "culture", "river") for network in NETWORKS]
    above = [view(one.id, network=one.network, posts=[post(id="up-1")], comments=_above(one.id)) for one in ABOVE]
    return district(*records), snapshot(*views, above=above)


STATED = ("account.bound_phone", "profile.naming", "moderation.grounds", "posting.style", "posting.topics")


def _key(**fields: Any) -> Credential:
    return Credential(kind="login", holder="ivanova", **fields)


def _above(name: str) -> list[Any]:
    return [QUESTION, REPLY] if name == "krai_governor-vk" else []


def answered() -> Inquiry:
    """An important message, passed on and answered within the hour."""
    return Inquiry(
        id="in-1",
        body="administration",
        asked_at=moment("2026-11-18 10:00"),
        detected_at=moment("2026-11-18 10:10"),
        assigned_at=moment("2026-11-18 10:20"),
        answered_at=moment("2026-11-18 10:50"),
        answer_has=("measures_taken", "stages_and_terms"),
        significant=("socially_significant",),
        escalated_at=moment("2026-11-18 10:30"),
        escalated_to="governor",
    )


def _good_view(owner: str, network: str) -> AccountView:
    seen = profile(
        name=NAMES[owner],
        fields=dict.fromkeys(FIELDS, "есть"),
        seen_fields=frozenset(FIELDS),
        state_mark=True,
        subscribers=500,
        features=frozenset({"widget"}),
    )
    weeks = ("2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16")
    published = [one for week in weeks for one in weekly(10, week=week, topic="activity", formats=("text", "photo"))]
    upwards = [link(one) for one in ABOVE if one.network == network]
    return view(
        f"{owner}-{network}", network=network, profile=seen, posts=published, comments=[], messages=[], bans=[],
        links=upwards, managers=[],
    )  # fmt: skip


def bad() -> tuple[Registry, Snapshot]:
    """A district in which whatever can be broken is broken: a page with everything wrong, a body with no page."""
    records: list[Record] = [*bodies(), *ABOVE, person(until=date(2026, 11, 1)), appointment("ivanova")]
    records += [body("nowhere", "sectoral", tags=ADDRESSED)]
    for owner in ("administration", "culture", "river"):
        page = account(
            f"{owner}-vk",
            owner,
            kind=AccountKind.PROFILE,
            phone="+78616320009",
            platform="Иное",
            audience_over_since=date(2026, 9, 1),
            two_factor={"owner": False, "administrator": False},
        )
        key = Credential(account=page.id, kind="login", holder="ivanova", complex=False, rotated=date(2024, 1, 1))
        records += [page, key]
    records += [phone("+78616320009", None, "private")]
    records += [attestation(kind, "prirechensky", holds=False, date=date(2026, 10, 31)) for kind in KINDS]
    records += [Recommendation(id="r1", from_whom="департамент", date=date(2026, 9, 1), summary="Ставить метку")]
    records += [unanswered(), unanswered(id="in-2", appeal=True, registered_at=moment("2026-09-01 10:00"))]
    records += [unanswered(id="in-3", answered_at=moment("2026-10-02 10:00"), answer_has=("measures_taken",))]
    records += [unanswered(id="in-4", registered_at=moment("2026-10-01 10:00"))]
    records += [unanswered(id="in-5", interim_at=moment("2026-10-03 10:00"), priority="high")]
    records += [removed(f"{owner}-vk") for owner in ("administration", "culture", "river")]
    views = [_bad_view(owner) for owner in ("administration", "culture", "river")]
    above = [view(one.id, network=one.network, comments=_above(one.id)[:1]) for one in ABOVE]
    return district(*records), snapshot(*views, above=above)


def unanswered(**fields: Any) -> Inquiry:
    """A message on which nobody did anything for weeks."""
    known = {"id": "in-1", "body": "administration", "significant": ("socially_significant",)}
    moments = {name: moment("2026-10-01 10:00") for name in ("asked_at", "detected_at", "assigned_at")}
    late = {"assigned_at": moment("2026-10-02 10:00")}
    return Inquiry(**{**known, **moments, **late, **fields})


def removed(account_id: str) -> Removal:
    """A comment taken away for criticism."""
    return Removal(account=account_id, item="c-9", at=moment("2026-11-10 10:00"), ground="criticism", author_id="x")


def _bad_view(owner: str) -> AccountView:
    seen = profile(
        name="Подслушано", description="", avatar=False, cover=False, comments_open=False, state_mark=False,
        seen_fields=frozenset(FIELDS), subscribers=50_000, features=frozenset(),
    )  # fmt: skip
    source = RepostSource(network_id="big", subscribers=50_000, registered=False)
    published = [post(f"2026-11-0{day} 12:00", PRESS, topic="other") for day in (2, 3, 4)]
    published += [post("2026-11-05 12:00", SWEARING), post("2026-11-06 12:00", "", kind=PostKind.REPOST, source=source)]
    said = [comment(SWEARING), comment("Я тебя найду и убью")]
    return view(f"{owner}-vk", profile=seen, posts=published, comments=said, bans=[ban()], links=[], messages=[])


def blind() -> tuple[Registry, Snapshot]:
    """The good register, and nothing seen in any network; nobody attested anything."""
    registry, _ = good()
    return registry.model_copy(update={"attestations": ()}), snapshot()
