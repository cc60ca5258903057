"""How each kind of requirement is judged: one file for a family of kinds, pure functions of the case.

The table below is the one place that ties a kind to its rule; a test holds that it names every kind.
"""

from __future__ import annotations

from collections.abc import Mapping

from munsocial.policy.rules import (
    custody,
    existence,
    following,
    frequency,
    moderation,
    people,
    phones,
    posts,
    profile,
    replies,
    sanctions,
    standing,
    statements,
    style,
    upstream,
)
from munsocial.policy.rules.judge import Judge

__all__ = ["RULES"]

RULES: Mapping[str, Judge] = {
    "account.exists": Judge(body=existence.exists),
    "account.bound_phone": Judge(account=phones.bound_phone),
    "account.state_verification": Judge(account=standing.state_verification),
    "account.central_platform": Judge(account=standing.central_platform),
    "account.register": Judge(municipality=standing.register),
    "account.category": Judge(account=standing.category),
    "account.audience_register": Judge(account=standing.audience_register),
    "responsible.appointed": Judge(account=people.appointed, without=people.appointed_for_body),
    "credentials.custody": Judge(account=custody.custody),
    "credentials.hygiene": Judge(account=custody.hygiene),
    "credentials.two_factor": Judge(account=custody.two_factor),
    "coordination": Judge(municipality=statements.coordination),
    "control.officer": Judge(municipality=statements.control_officer),
    "policy.alignment": Judge(body=statements.alignment),
    "profile.fields": Judge(account=profile.fields),
    "profile.design": Judge(account=profile.design),
    "profile.features": Judge(account=profile.features),
    "profile.rules_published": Judge(account=profile.rules_published),
    "profile.naming": Judge(account=profile.naming),
    "comments.enabled": Judge(account=profile.comments_enabled),
    "posting.frequency": Judge(account=frequency.frequency, body=frequency.frequency_together),
    "posting.topics": Judge(account=posts.topics),
    "posting.formats": Judge(account=posts.formats),
    "posting.style": Judge(account=style.style),
    "posting.repost_source": Judge(account=posts.repost_sources),
    "moderation.duty": Judge(account=moderation.duty),
    "moderation.grounds": Judge(account=moderation.grounds),
    "moderation.sanctions": Judge(account=sanctions.sanctions),
    "moderation.protect_criticism": Judge(account=sanctions.protect_criticism),
    "reply.deadline": Judge(body=replies.deadline),
    "reply.routing": Judge(body=replies.routing),
    "reply.content": Judge(body=replies.content),
    "reply.upstream": Judge(account=upstream.replies),
    "reply.appeal_boundary": Judge(body=replies.appeal_boundary),
    "reply.escalation": Judge(body=replies.escalation),
    "subscription.upstream": Judge(account=following.subscriptions),
    "reporting.periodic": Judge(municipality=statements.reporting),
    "attested": Judge(body=statements.attested),
}
