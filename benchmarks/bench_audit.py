"""How long an audit takes: 1,000 accounts x 4 weeks (20,000 posts, 60,000 comments), every shipped clause; then more.

Texts are read beforehand and measured apart: they are read once and kept beside the snapshot.
Run: python benchmarks/bench_audit.py [accounts ...]
"""

from __future__ import annotations

import gc
import sys
import time
from datetime import UTC, date, datetime, timedelta

from munsocial.model.accounts import Account
from munsocial.model.bodies import Body, BodyKind, Municipality
from munsocial.model.content import Comment, Post, Profile
from munsocial.model.credentials import Credential
from munsocial.model.people import Appointment, Person
from munsocial.model.phones import Phone, PhoneKind
from munsocial.model.registry import Registry
from munsocial.model.snapshot import AccountView, Observed, Snapshot
from munsocial.policy import Act, Readings, audit, load_acts

AT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
SINCE = datetime(2026, 10, 25, 21, 0, tzinfo=UTC)
POSTS, COMMENTS = 20, 3
DUTIES = ("credential_custody", "credential_handover", "running", "moderation")


def main() -> None:
    """Print the time for each size, reading and judging apart."""
    for accounts in [int(one) for one in sys.argv[1:]] or [1_000, 2_000, 4_000]:
        registry, snapshot = _district(accounts), _snapshot(accounts)
        started = time.perf_counter()
        readings = Readings.of(registry, snapshot)
        reading = time.perf_counter() - started
        print(f"{accounts} accounts, {accounts * POSTS} posts, {accounts * POSTS * COMMENTS} comments")
        print(f"  texts, each read once, apart: {reading:.1f} s")
        for names in (["kalininsky"], ["kalininsky", "federal"]):
            acts = load_acts(names)
            wall, own, findings = min(_judged(registry, snapshot, acts, readings) for _ in range(3))
            print(
                f"  {' + '.join(names)}: {findings} findings in {wall:.2f} s ({own:.2f} s of the processor), "
                f"{own / accounts * 1e3:.3f} ms an account"
            )


def _judged(
    registry: Registry, snapshot: Snapshot, acts: tuple[Act, ...], readings: Readings
) -> tuple[float, float, int]:
    """Judge once; the clock's seconds, those of the processor (others may use it too), and the count of findings."""
    gc.collect()
    started, own = time.perf_counter(), time.process_time()
    report = audit(registry, snapshot, acts, AT, readings=readings)
    return time.perf_counter() - started, time.process_time() - own, len(report.findings)


def _district(accounts: int) -> Registry:
    bodies = max(accounts // 2, 1)
    names = [f"body-{n}" for n in range(bodies)]
    return Registry(
        municipality=Municipality(id="bench", name="Приреченский район"),
        bodies=tuple(
            Body(id=name, kind=BodyKind.SECTORAL if n else BodyKind.ADMINISTRATION, name=name, legal_entity=True)
            for n, name in enumerate(names)
        ),
        phones=tuple(Phone(number=_number(n), body=name, kind=PhoneKind.SERVICE) for n, name in enumerate(names)),
        people=tuple(Person(id=f"person-{n}", name=f"Сотрудник {n}", body=name) for n, name in enumerate(names)),
        appointments=tuple(
            Appointment(person=f"person-{n}", body=name, duties=DUTIES, since=date(2025, 1, 1))
            for n, name in enumerate(names)
        ),
        accounts=tuple(
            Account(
                id=f"account-{n}",
                body=names[n % bodies],
                network="vk" if n < bodies else "ok",
                handle=f"account_{n}",
                network_id=str(n),
                phone=_number(n % bodies),
                opened=date(2025, 1, 1),
            )
            for n in range(accounts)
        ),
        credentials=tuple(
            Credential(account=f"account-{n}", kind="login", holder=f"person-{n % bodies}") for n in range(accounts)
        ),
    )


def _number(n: int) -> str:
    return f"+78616{n % 1_000_000:06d}"


def _snapshot(accounts: int) -> Snapshot:
    views = tuple(_view(n, "vk" if n < max(accounts // 2, 1) else "ok") for n in range(accounts))
    return Snapshot(municipality="bench", since=SINCE, until=AT, taken_at=AT, accounts=views)


def _view(n: int, network: str) -> AccountView:
    posts, comments = [], []
    for p in range(POSTS):
        at = SINCE + timedelta(days=28) / POSTS * p
        text = f"Друзья, завтра в {p} часов приходите убирать парк номер {n % 50}, чай дадим!"
        posts.append(Post(id=f"p{p}", at=at, text=text, formats=("text", "photo")))
        for c in range(COMMENTS):
            said = "Вы просто пиздец" if (n + p + c) % 500 == 0 else f"Спасибо, придём с соседями, нас {c + n % 40}"
            comments.append(Comment(id=f"c{p}-{c}", post_id=f"p{p}", at=at + timedelta(hours=1), text=said))
    profile = Profile(
        network_id=str(n), name=f"body-{n}", description="Страница администрации: новости и ответы.",
        avatar=True, cover=n % 7 != 0, subscribers=500, comments_open=True,
    )  # fmt: skip
    return AccountView(
        account=f"account-{n}",
        network=network,
        profile=Observed[Profile](value=profile, at=AT, through="bench"),
        posts=Observed[tuple[Post, ...]](value=tuple(posts), at=AT, through="bench"),
        comments=Observed[tuple[Comment, ...]](value=tuple(comments), at=AT, through="bench"),
    )


if __name__ == "__main__":
    main()
