"""Links upwards (clause 10): which accounts lead to those above, and a plan that adds what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from munsocial.model.accounts import Account, AccountKind, Upstream
from munsocial.model.registry import Registry
from munsocial.model.snapshot import Snapshot
from munsocial.network.abilities import Ability, How
from munsocial.network.adapter import Adapter
from munsocial.operate.clauses import clause_of
from munsocial.operate.days import local_day
from munsocial.operate.plans.plan import Plan, PlanProblem, Step, new_plan, step_key
from munsocial.operate.restrictions import acknowledged_in, barred
from munsocial.policy.act import Act
from munsocial.policy.auditing import audit
from munsocial.wording import Lang, Text

__all__ = ["MissingLink", "missing_links", "plan_links"]

_KIND = "subscription.upstream"

_MISSING = Text("{account} не ведёт на «{name}»", "{account} does not lead to {name!r}")
_LINK = Text("добавить ссылку на «{name}»", "add a link to {name!r}")
_FOLLOW = Text("подписать на «{name}»", "subscribe to {name!r}")
_CANNOT = Text("сеть не даёт ни подписаться, ни добавить ссылку на «{name}»: {why}",
               "the network offers neither a subscription nor a link to {name!r}: {why}")  # fmt: skip
_NO_ADDRESS = Text(
    "адрес аккаунта «{name}» не прочитан: добавьте ссылку сами",
    "the address of {name!r} was not read: add the link by hand",
)


@dataclass(frozen=True, slots=True)
class MissingLink:
    """An own account that does not lead to an account above it."""

    account: Account
    to: Upstream

    def say(self, lang: Lang = "ru") -> str:
        """Return one line for a person."""
        return _MISSING.fill(account=self.account.id, name=self.to.name or self.to.id).say(lang)


def missing_links(
    snapshot: Snapshot, registry: Registry, acts: Sequence[Act], *, now: datetime
) -> tuple[MissingLink, ...]:
    """Return what the acts' own rule finds missing; accounts whose links could not be read are left out."""
    asked = [
        act.model_copy(update={"requirements": wanted})
        for act in acts
        if (wanted := tuple(one for one in act.requirements if one.kind == _KIND))
    ]
    found: dict[tuple[str, str], MissingLink] = {}
    day = local_day(now, registry)
    for finding in audit(registry, snapshot, asked, at=now).findings if asked else ():
        account = registry.account_by_id.get(finding.subject)
        if account is None or finding.outcome != "not_met":
            continue
        roles = {str(role).removeprefix("krai_") for role in finding.facts.get("absent", ())}
        for one in registry.upstream:
            same = one.network == account.network and one.covers(day)
            if same and (one.role in finding.facts.get("absent", ()) or one.role.removeprefix("krai_") in roles):
                found[account.id, one.id] = MissingLink(account, _named(one, snapshot))
    return tuple(found.values())


def _named(one: Upstream, snapshot: Snapshot) -> Upstream:
    """Return an account above with a name for people: the register's, else its page's own, else its handle."""
    view = snapshot.upstream_views.get(one.id)
    page = view.profile.value if view else None
    return one.model_copy(update={"name": one.name or (page and page.name) or one.handle})


def plan_links(
    snapshot: Snapshot,
    *,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    now: datetime,
    acts: Sequence[Act] = (),
    made_by: str = "",
    acknowledge: Iterable[str] = (),
) -> Plan:
    """Plan the missing links: a profile subscribes, a community gets a link in its block of links.

    Accounts of networks restricted by law are left out and told, unless ``acknowledge`` names the network.
    """
    known, zone = acknowledged_in(acknowledge), registry.municipality.timezone
    clause = clause_of(acts, _KIND, on=local_day(now, registry), custom="10")
    steps: list[Step] = []
    told: list[PlanProblem] = []
    for one in missing_links(snapshot, registry, acts, now=now):
        adapter = adapters.get(one.account.network)
        view = snapshot.upstream_views.get(one.to.id)
        url = (view.profile.value.url if view and view.profile.value else None) or ""
        made = barred(one.account.network, now, zone, known) or _step(one, adapter, url, len(steps), clause)
        if isinstance(made, Step):
            steps.append(made)
        else:
            told.append(PlanProblem.of(one.account.id, "error", made))
    return new_plan("links", registry, steps, now=now, made_by=made_by, seen_at=snapshot.taken_at, problems=told)


def _step(one: MissingLink, adapter: Adapter | None, url: str, place: int, clause: str) -> Step | Text:
    name = one.to.name or one.to.id
    follows = one.account.kind is AccountKind.PROFILE
    ability = Ability.SUBSCRIBE if follows else Ability.EDIT_LINKS
    declared = adapter.capabilities.of(ability) if adapter else None
    if declared is None or declared.how is How.ABSENT:
        return _CANNOT.fill(name=name, why=(declared and declared.reason) or Text("—", "—"))
    if not follows and not url:
        return _NO_ADDRESS.fill(name=name)
    told = (_FOLLOW if follows else _LINK).fill(name=name)
    # The title stands on the page for all to see: an id of the register says nothing there.
    params = {"under": one.to.id} if follows else {"url": url, "title": one.to.name or url}
    return Step(
        id=f"s{place + 1}",
        key=step_key(),
        account=one.account.id,
        network=one.account.network,
        action="subscribe" if follows else "add_link",
        params=params,
        ru=told.ru,
        en=told.en,
        clause=clause,
        calls=2,
    )
