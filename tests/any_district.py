"""Strategies for districts of any shape: what hypothesis makes of registers, pages and what was seen of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from munsocial.model.accounts import Account, AccountKind, HandlePeriod
from munsocial.model.content import (
    Ban,
    Comment,
    Link,
    Manager,
    Message,
    Post,
    PostKind,
    PostState,
    Profile,
    RepostSource,
)
from munsocial.model.credentials import Credential, Handover
from munsocial.model.people import Absence, ActReference, Appointment, Person
from munsocial.model.phones import Phone, PhoneKind
from munsocial.model.registry import Registry
from munsocial.model.snapshot import AccountView, Missing, Snapshot, Why
from munsocial.model.statements import Attestation, ExemptPeriod, Inquiry, Recommendation, Removal, Waiver
from munsocial.policy import KINDS, Report, audit
from munsocial.testing.factories import MOMENT, act, body, district, requirement, status, upstream

SETTINGS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

IDS = ["one", "two", "three"]
PEOPLE = ["ivanova", "petrov", "nobody"]
TEXTS = [
    "", " ", "Спасибо!", "Вы просто пиздец", "Когда в хуторе Лебединый починят дорогу?", "{0} {x} %s", "\ud800", "<b>",
    "Друзья, завтра приедем убирать парк. Приходите с детьми!",
    "В целях обеспечения благоустройства администрацией осуществляется проведение работ.",
]  # fmt: skip

days = st.one_of(
    st.none(), st.none(), st.dates(date(2026, 9, 1), date(2027, 1, 31)), st.sampled_from([date.min, date.max])
)
sure_days = st.dates(date(2025, 1, 1), date(2027, 1, 31))
moments = st.integers(0, 42 * 24).map(lambda hours: datetime(2026, 10, 20, tzinfo=UTC) + timedelta(hours=hours))
maybe = st.one_of(st.none(), moments)
flags = st.sampled_from([None, True, False])
texts = st.one_of(st.sampled_from(TEXTS), st.sampled_from(TEXTS), st.text(max_size=20))
ids = st.sampled_from(IDS)
people = st.sampled_from(PEOPLE)
numbers = st.sampled_from(["+78616320000", "+78616320001", None])


def observed(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Something seen whole, seen in part, or not seen for any reason."""
    reasons = st.builds(Missing, why=st.sampled_from(list(Why)))
    seen = values.map(lambda value: {"value": value, "at": MOMENT, "through": "test"})
    part = st.tuples(values, reasons).map(lambda pair: {"value": pair[0], "at": MOMENT, "gaps": (pair[1],)})
    return st.one_of(seen, seen, seen, part, reasons.map(lambda why: {"missing": why}))


def several(one: st.SearchStrategy[Any], most: int = 4) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, max_size=most).map(tuple)


posts = st.builds(
    Post,
    id=st.sampled_from(["p1", "p2", "p3", "p4"]),
    at=moments,
    text=texts,
    by_owner=st.sampled_from([True, True, True, False]),
    kind=st.sampled_from([PostKind.OWN, PostKind.OWN, *PostKind]),
    state=st.sampled_from([PostState.PUBLISHED] * 4 + list(PostState)),
    pinned=st.booleans(),
    formats=st.sampled_from([("text",), ("photo", "text"), ("hologram",), ()]),
    topic=st.sampled_from([None, "activity", "other", "weather"]),
    style_exempt=st.sampled_from([None, "предупреждение"]),
    thread_of=st.sampled_from([None, "p1"]),
    source=st.one_of(
        st.none(),
        st.builds(
            RepostSource, network_id=st.just("5"), subscribers=st.sampled_from([None, 5, 50_000]), registered=flags
        ),
    ),
    comments_open=flags,
)
comments = st.builds(
    Comment,
    id=st.sampled_from(["c1", "c2", "c3"]),
    post_id=st.just("p1"),
    at=moments,
    text=texts,
    author_id=st.sampled_from([None, "u1", "u2"]),
    by_owner=st.booleans(),
    by_account=st.sampled_from([None, None, None, *IDS]),
    deleted=st.sampled_from([False, False, False, True]),
    reply_to=st.sampled_from([None, "c1"]),
    thread=st.sampled_from([None, "c1"]),
)
profiles = st.builds(
    Profile,
    network_id=st.just("1"),
    name=st.one_of(st.none(), texts),
    description=st.one_of(st.none(), texts),
    blocked=st.sampled_from([None, "deleted"]),
    avatar=flags,
    cover=flags,
    subscribers=st.sampled_from([None, 0, 10_000, 10_001]),
    state_mark=flags,
    audience_mark=flags,
    seen_fields=st.sampled_from([frozenset(), frozenset({"phone"})]),
    features=st.sampled_from([None, frozenset(), frozenset({"app"})]),
    comments_open=flags,
    messages_open=flags,
)
bans = st.builds(Ban, user_id=st.sampled_from(["u1", "u2"]), since=maybe, until=maybe, forever=st.booleans())
links = st.builds(
    Link,
    kind=st.sampled_from(["link", "subscription", "other"]),
    network_id=st.sampled_from([None, "up-krai_governor"]),
    handle=st.sampled_from([None, "", "krai_governor_vk"]),
    url=st.sampled_from([None, "", "https://vk.com/krai_governor_vk"]),
)
managers = st.builds(Manager, network_id=st.sampled_from(["m1", "m2"]), role=st.just("administrator"))
messages = st.builds(Message, id=st.just("m1"), peer_id=st.just("u1"), at=moments, text=texts)


@cache  # hypothesis looks through a strategy when it is made: there are few accounts and many examples
def views(account: str) -> st.SearchStrategy[AccountView]:
    return st.fixed_dictionaries(
        {
            "profile": observed(profiles),
            "handle_now": observed(st.sampled_from(["1", "2"])),
            "posts": observed(st.one_of(several(posts), st.lists(posts, min_size=3, max_size=5).map(tuple))),
            "comments": observed(several(comments)),
            "links": observed(several(links, 2)),
            "managers": observed(several(managers, 2)),
            "bans": observed(several(bans, 2)),
            "messages": observed(several(messages, 2)),
            "can": st.dictionaries(
                st.sampled_from(["cover", "poll", "features", "subscribe"]), st.booleans(), max_size=2
            ),
        }
    ).map(lambda seen: AccountView(account=account, network="vk", **seen))


accounts = st.builds(
    Account,
    id=ids,
    body=st.sampled_from(["administration", "administration", "schools", "village"]),
    network=st.sampled_from(["vk", "vk", "vk", "ok", "mynet", "facebook"]),
    kind=st.sampled_from(list(AccountKind)),
    handle=st.sampled_from(["", "page"]),
    network_id=st.sampled_from(["", "1"]),
    category=st.sampled_from(["", "card"]),
    owner_profile=st.one_of(st.none(), ids),
    phone=numbers,
    phone_until=days,
    login_by=st.sampled_from(["phone", "email"]),
    handles=st.just((HandlePeriod(handle="page"),)),
    opened=st.sampled_from([None, date(2024, 1, 1), date(2025, 1, 1), date(2026, 11, 10), date.max]),
    closed=st.sampled_from([None, None, None, None, date(2026, 11, 12)]),
    mothballed=st.sampled_from([None, None, None, None, date(2026, 1, 1)]),
    state_mark=flags,
    audience_register_number=st.sampled_from(["", "777"]),
    audience_over_since=days,
    two_factor=st.dictionaries(st.sampled_from(["owner"]), st.booleans()),
)

records = st.tuples(
    st.lists(accounts, min_size=1, max_size=3, unique_by=lambda one: one.id),
    several(
        st.builds(
            Person,
            id=people,
            name=st.just("Имя"),
            until=days,
            contractor=st.booleans(),
            absences=st.just((Absence(since=date(2026, 11, 1), until=date(2026, 12, 31)),)),
        ),
        2,
    ),
    several(
        st.builds(
            Appointment,
            person=people,
            body=st.just("administration"),
            since=days,
            until=days,
            duties=st.sampled_from([("running",), ("moderation", "credential_custody"), ()]),
            act=st.sampled_from([None, ActReference(date=date(2026, 1, 1))]),
            role=st.sampled_from(["", "head"]),
        )
    ),
    several(
        st.builds(
            Phone,
            number=st.just("+78616320000"),
            body=st.sampled_from([None, "administration"]),
            kind=st.sampled_from([None, *PhoneKind]),
            until=days,
            lost=st.booleans(),
        ),
        2,
    ),
    several(
        st.builds(
            Credential,
            account=ids,
            kind=st.just("login"),
            holder=st.one_of(st.none(), people),
            since=days,
            until=days,
            rotated=days,
            expires=days,
            complex=flags,
        )
    ),
    several(st.builds(Handover, account=ids, taker=people, date=sure_days, rotated=flags), 2),
    several(
        st.builds(
            Attestation,
            statement=st.sampled_from([*KINDS, "drill"]),
            by=people,
            date=sure_days,
            subject=st.sampled_from([*IDS, "administration", "prirechensky"]),
            valid_until=days,
            holds=st.booleans(),
        ),
        6,
    ),
    several(
        st.builds(
            Waiver,
            requirement=st.sampled_from(sorted(KINDS)),
            subject=ids,
            reason=st.just("{x}"),
            approver=people,
            last_day=sure_days,
        ),
        2,
    ),
    several(st.builds(ExemptPeriod, subject=ids, since=sure_days, until=sure_days, reason=st.just("ремонт")), 2),
    several(
        st.builds(
            Removal,
            account=ids,
            item=st.just("c1"),
            at=moments,
            ground=st.sampled_from(["spam", "criticism", "критика", "не понравилось"]),
            kind=st.sampled_from([None, "comment", "message"]),
            author_id=st.sampled_from(["", "u1"]),
            restored_at=maybe,
        ),
        2,
    ),
    several(
        st.builds(
            Recommendation,
            id=st.just("r1"),
            from_whom=st.just("край"),
            date=sure_days,
            summary=st.just("да"),
            done=days,
            refused=days,
        ),
        2,
    ),
    several(
        st.builds(
            Inquiry,
            id=st.sampled_from(["i1", "i2"]),
            body=st.sampled_from([None, "administration"]),
            account=st.one_of(st.none(), ids),
            item=st.sampled_from(["", "c1"]),
            asked_at=maybe,
            detected_at=maybe,
            assigned_at=maybe,
            registered_at=maybe,
            interim_at=maybe,
            answered_at=maybe,
            priority=st.sampled_from(["normal", "high"]),
            appeal=st.booleans(),
            within_competence=flags,
            answer_has=st.sampled_from([(), ("measures_taken",)]),
            significant=st.sampled_from([(), ("important",)]),
        ),
        3,
    ),
)

EVERYTHING = act(
    requirement("account.exists", networks=["vk", "ok", "facebook"], mode="all"),
    requirement("account.bound_phone", shared_allowed=False),
    requirement("account.state_verification"),
    requirement("account.central_platform", platform="Госпаблики"),
    requirement("account.register", publish=True),
    requirement("account.category", categories=["card"]),
    requirement("account.audience_register", apply_within={"value": 10, "unit": "working_days"}, show_entry_link=True),
    requirement("responsible.appointed", duties=["running"], act_required=True, roles=["head"]),
    requirement("credentials.custody", handover_record=True),
    requirement("credentials.hygiene", complex=True, rotate_every="90d"),
    requirement("credentials.two_factor", roles=["owner"]),
    requirement("coordination"),
    requirement("control.officer", officer="head"),
    requirement("policy.alignment", "should", deadline_=date(2026, 12, 31)),
    requirement("profile.fields", required=["description", "name", "phone", "mood"]),
    requirement("profile.design", required=["design", "uniform_style"]),
    requirement("profile.features", any_of=["app"]),
    requirement("profile.rules_published"),
    requirement("profile.naming", match="official_name"),
    requirement("comments.enabled"),
    requirement("posting.frequency", min=2, topics=["activity"]),
    requirement("posting.frequency", min=2, scope="per_network", id_="together"),
    requirement("posting.frequency", min=2, window="rolling", id_="rolling"),
    requirement("posting.topics", topics=["activity"]),
    requirement("posting.formats", allowed=["text", "multimedia"], min_distinct=2),
    requirement(
        "posting.style", style="written_colloquial", avoid=["press_release", "bureaucratese", "obscenity", "slang"]
    ),
    requirement("posting.repost_source"),
    requirement("moderation.duty", by="page_owner"),
    requirement(
        "moderation.grounds", grounds=["law_violation", "spam", "insult", "obscenity"], objects=["comments", "messages"]
    ),
    requirement("moderation.sanctions", "may", ladder=["ban"], terms=["1d"]),
    requirement("moderation.protect_criticism", exceptions=["spam"]),
    requirement("reply.deadline", limit=9, unit="working_hours", start="assigned"),
    requirement("reply.deadline", interim_allowed=True, final_limit=7, final_unit="working_days", id_="final"),
    requirement("reply.routing", limit=60, unit="minutes"),
    requirement("reply.content", must_have=["measures_taken"]),
    requirement("reply.upstream", upstream=["krai_governor"]),
    requirement("reply.appeal_boundary", appeals_law_applies=True),
    requirement("reply.escalation", to="governor", when=["important"]),
    requirement("subscription.upstream", upstream=["krai_governor"]),
    requirement("reporting.periodic", period="week"),
    requirement("attested", statement="drill", by="head"),
    network_status=(status("facebook"),),
)


@st.composite
def districts(draw: st.DrawFn) -> tuple[Registry, Snapshot]:
    own = [one for group in draw(records) for one in group]
    bodies = (
        body(),
        body("schools", "sectoral"),
        body("village", "settlement", places=("хутор Лебединый",), until=draw(days)),
    )
    registry = district(*bodies, upstream(), *own)
    seen = tuple(draw(views(one.id)) for one in registry.accounts if draw(st.integers(0, 5)))
    taken = draw(moments)
    since = taken - timedelta(days=draw(st.integers(0, 40)))
    above = (draw(views("krai_governor-vk")),)
    return registry, Snapshot(
        municipality="prirechensky", since=since, until=taken, taken_at=taken, accounts=seen, upstream=above
    )


def judged(registry: Registry, snapshot: Snapshot) -> Report:
    return audit(registry, snapshot, [EVERYTHING], MOMENT)
