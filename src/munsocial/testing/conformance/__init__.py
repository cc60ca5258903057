"""The conformance kit: one class for each ability, subclassed with one fixture, says when an adapter is done.

    from munsocial.testing.conformance import Stage, sandbox_stage
    from munsocial.testing.conformance.every import *

    @pytest.fixture
    def stage() -> Stage:
        return sandbox_stage(MyNetwork, MyFace)

An undeclared ability is skipped with its declared reason; a declared one that does nothing fails. The score card stands
at the end of the run. Single classes are subclassed by name (``class TestPublish(PublishConformance): ...``).
"""

from __future__ import annotations

from munsocial.network.abilities import Ability
from munsocial.testing.conformance.base import AbilityConformance
from munsocial.testing.conformance.declaration import DeclarationConformance
from munsocial.testing.conformance.facts import (
    CheckKeysConformance,
    ReadLinksConformance,
    ReadManagersConformance,
    ReadProfileConformance,
    ReadStatsConformance,
    ResolveHandleConformance,
)
from munsocial.testing.conformance.lists import (
    ListCommentsConformance,
    ListMessagesConformance,
    ReadBansConformance,
)
from munsocial.testing.conformance.moderation import (
    BanConformance,
    DeleteCommentConformance,
    DeleteMessageConformance,
    HideCommentConformance,
    ReportCommentConformance,
    RestoreCommentConformance,
    SendMessageConformance,
    UnbanConformance,
)
from munsocial.testing.conformance.page import (
    EditLinksConformance,
    EditProfileConformance,
    RemoveManagerConformance,
    SetAvatarConformance,
    SetCoverConformance,
    SubscribeConformance,
)
from munsocial.testing.conformance.posts import (
    CloseCommentsConformance,
    DeletePostConformance,
    EditPostConformance,
    PinPostConformance,
    PublishConformance,
    RestorePostConformance,
    ScheduleConformance,
)
from munsocial.testing.conformance.replies import ReplyConformance
from munsocial.testing.conformance.simple import sandbox_stage
from munsocial.testing.conformance.stage import Bench, Stage
from munsocial.testing.conformance.targets import Target
from munsocial.testing.conformance.walls import ListPostsConformance
from munsocial.testing.conformance.wholesale import CollectManyConformance

CLASSES: dict[Ability, type[AbilityConformance]] = {
    one.ability: one
    for one in (
        ReadProfileConformance,
        ResolveHandleConformance,
        ListPostsConformance,
        ListCommentsConformance,
        ReadLinksConformance,
        ReadManagersConformance,
        ReadBansConformance,
        ReadStatsConformance,
        ListMessagesConformance,
        CheckKeysConformance,
        PublishConformance,
        ScheduleConformance,
        EditPostConformance,
        DeletePostConformance,
        RestorePostConformance,
        PinPostConformance,
        ReplyConformance,
        HideCommentConformance,
        DeleteCommentConformance,
        RestoreCommentConformance,
        ReportCommentConformance,
        CloseCommentsConformance,
        BanConformance,
        UnbanConformance,
        SendMessageConformance,
        DeleteMessageConformance,
        EditLinksConformance,
        EditProfileConformance,
        SetAvatarConformance,
        SetCoverConformance,
        SubscribeConformance,
        RemoveManagerConformance,
    )
}
"""The class of each ability."""

__all__ = [
    "CLASSES",
    "AbilityConformance",
    "BanConformance",
    "Bench",
    "CheckKeysConformance",
    "CloseCommentsConformance",
    "CollectManyConformance",
    "DeclarationConformance",
    "DeleteCommentConformance",
    "DeleteMessageConformance",
    "DeletePostConformance",
    "EditLinksConformance",
    "EditPostConformance",
    "EditProfileConformance",
    "HideCommentConformance",
    "ListCommentsConformance",
    "ListMessagesConformance",
    "ListPostsConformance",
    "PinPostConformance",
    "PublishConformance",
    "ReadBansConformance",
    "ReadLinksConformance",
    "ReadManagersConformance",
    "ReadProfileConformance",
    "ReadStatsConformance",
    "RemoveManagerConformance",
    "ReplyConformance",
    "ReportCommentConformance",
    "ResolveHandleConformance",
    "RestoreCommentConformance",
    "RestorePostConformance",
    "ScheduleConformance",
    "SendMessageConformance",
    "SetAvatarConformance",
    "SetCoverConformance",
    "Stage",
    "SubscribeConformance",
    "Target",
    "UnbanConformance",
    "sandbox_stage",
]
