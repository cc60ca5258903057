"""What the parameters of a step must be, by its action: a step written by hand is told apart from a refusal."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from munsocial.model.base import Moment
from munsocial.network.drafts import Draft, Media
from munsocial.operate.plans.plan import Step
from munsocial.wording import Text

__all__ = ["fault_of"]

_NEEDED: dict[str, tuple[str, ...]] = {
    "publish": ("draft",),
    "edit_post": ("post", "draft"),
    "reply": ("text", "post"),
    "send_message": ("peer", "text"),
    "delete_message": ("message",),
    "ban": ("user",),
    "unban": ("user",),
    "remove_manager": ("user",),
    "add_link": ("url",),
    "subscribe": ("under",),
    "edit_profile": ("fields",),
    "set_avatar": ("picture",),
    "set_cover": ("picture",),
    **dict.fromkeys(("delete_post", "restore_post", "pin_post", "close_comments"), ("post",)),
    **dict.fromkeys(
        ("hide_comment", "show_comment", "delete_comment", "restore_comment", "report_comment", "refer"), ("comment",)
    ),
}

_BROKEN = Text("шаг записан неверно: {what}", "the step is written wrongly: {what}")
_MISSING = Text("нет поля {name}", "the field {name} is missing")
_WRONG = Text("поле {name} не того вида", "the field {name} is of a wrong kind")
_CRITICISM = Text("критика не бывает основанием", "criticism is never a ground")


class _Params(BaseModel):
    """Every parameter that a deed reads; others are notes to whoever reads the plan."""

    model_config = ConfigDict(extra="allow", frozen=True)

    draft: Draft | None = None
    picture: Media | None = None
    fields: dict[str, str] | None = None
    files: dict[str, str] | None = None
    post: str | None = None
    comment: str | None = None
    message: str | None = None
    text: str | None = None
    to: str | None = None
    under: str | None = None
    peer: str | None = None
    user: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    ground: str | None = None
    until: Moment | None = None
    ban_at: Moment | None = None
    seen_at: Moment | None = None
    note: str | None = None
    show_note: bool | None = None
    how_ru: str | None = None
    how_en: str | None = None


def fault_of(step: Step) -> Text | None:
    """Return what is wrong with a step as it is written; None when its deed can be tried."""
    try:
        _Params.model_validate(_spelled(step.params))
    except ValidationError as error:
        name = ".".join(str(part) for part in error.errors()[0]["loc"])
        return _BROKEN.fill(what=_WRONG.fill(name=name))
    for name in _NEEDED.get(step.action, ()):
        if step.params.get(name) in (None, ""):
            return _BROKEN.fill(what=_MISSING.fill(name=name))
    if step.action == "ban" and not (step.ground or step.params.get("ground")):
        return _BROKEN.fill(what=_MISSING.fill(name="ground"))
    if "criticism" in (step.ground, step.params.get("ground")):
        return _BROKEN.fill(what=_CRITICISM)
    return None


def _spelled(params: dict[str, Any]) -> dict[str, Any]:
    """A ban without a term may be written with an empty one."""
    return {**params, "until": params.get("until") or None}
