"""What a network lets nobody but a person do: an exact instruction now, a check by reading later."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from pathlib import PurePath

from munsocial.model.accounts import AccountKind, NetworkAccount
from munsocial.network.abilities import Declared
from munsocial.network.drafts import Draft
from munsocial.operate.grounds import ground_name
from munsocial.operate.plans.plan import Plan, Step
from munsocial.wording import Lang, Text

__all__ = ["instruction_for"]

_LANGS: tuple[Lang, Lang] = ("ru", "en")
_NO_WORDS = Text("Сделайте это на сайте сети: {link}", "Do it on the network's site: {link}")
_FOR_EVER = Text("навсегда", "for ever")
_NOBODY = Text("имя не записано", "no name on record")
_NO_TEXT = Text("(без слов)", "(no words)")
_NO_GROUND = Text("не указано", "not given")
_ON_PAGE = frozenset({"ban", "unban", "remove_manager", "edit_profile", "set_avatar", "set_cover", "add_link",
                      "send_message", "delete_message"})  # fmt: skip
"""Actions that begin at the page itself, whatever post their evidence stands under."""
_FIELDS = {
    "name": Text("название", "name"),
    "description": Text("описание", "description"),
    "site": Text("сайт", "site"),
    "phone": Text("телефон", "phone"),
    "postal_address": Text("адрес", "address"),
}


def instruction_for(
    plan: Plan, step: Step, declared: Declared, account: NetworkAccount, under: NetworkAccount | None = None
) -> Text:
    """Return the declared instruction with the facts of the step in it; what is not known says so.

    ``under`` is the page under whose post an answer stands, or to which an account subscribes.
    """
    told = declared.instruction or _NO_WORDS
    link = _link(step, declared, account, under)
    facts = {
        "link": Text(link, link),
        "text": _text(step),
        "author": _author(step, declared.author_page),
        "ground": _ground(step),
        "until": _until(plan, step),
    }
    # An adapter may be anybody's: a placeholder that nobody fills stays empty.
    said = [defaultdict(str, {name: fact.say(lang) for name, fact in facts.items()}) for lang in _LANGS]
    return Text(told.ru.format_map(said[0]), told.en.format_map(said[1]))


def _link(step: Step, declared: Declared, account: NetworkAccount, under: NetworkAccount | None) -> str:
    home = under or account
    if step.action in _ON_PAGE or step.action == "subscribe":
        return _page(declared, home if step.action == "subscribe" else account)
    known = step.params.get("url") or next((one.url for one in step.evidence if one.url), "")
    post = str(step.params.get("post") or "")
    if known or not (post and declared.post_page and home.network_id):
        return str(known) or _page(declared, home)
    return declared.post_page.replace("{page}", home.network_id).replace("{id}", post)


def _page(declared: Declared, account: NetworkAccount) -> str:
    address = declared.author_page if account.kind is AccountKind.PROFILE else declared.page
    return address.replace("{id}", account.network_id) if address and account.network_id else account.handle


def _text(step: Step) -> Text:
    """Return what is to be written, or what the comment says."""
    params = step.params
    if "fields" in params:
        said = [(_FIELDS.get(name, Text(name, name)), value) for name, value in params["fields"].items()]
        return Text(*("; ".join(f"{name.say(lang)}: «{value}»" for name, value in said) for lang in _LANGS))
    if step.action == "add_link":
        words = " — ".join(part for part in (params.get("url"), params.get("title")) if part)
    elif "draft" in params:
        words = Draft.model_validate(params["draft"]).text_for(step.network)
    elif "picture" in params:
        words = PurePath(str(params["picture"].get("path", ""))).name
    else:
        words = params.get("text") or next((one.text for one in step.evidence if one.text), "")
    return Text(words, words) if words else _NO_TEXT


def _author(step: Step, page: str) -> Text:
    """Return the author's name with the address of the page: names recur, ids do not."""
    name = next((one.author for one in step.evidence if one.author), "")
    id = str(step.params.get("user") or step.params.get("author") or step.params.get("peer") or "")
    told = ", ".join(part for part in (name or id, page.replace("{id}", id) if id else "") if part)
    return Text(told, told) if told else _NOBODY


def _ground(step: Step) -> Text:
    word = step.ground or str(step.params.get("ground") or "")
    ground = ground_name(word) if word else _NO_GROUND
    if not (word and step.clause):
        return ground
    return Text(f"{ground.ru} (п. {step.clause})", f"{ground.en} (clause {step.clause})")


def _until(plan: Plan, step: Step) -> Text:
    until = step.params.get("until")
    if not until:
        return _FOR_EVER
    moment = plan.local(datetime.fromisoformat(str(until)))
    return Text(f"до {moment}", f"until {moment}")
