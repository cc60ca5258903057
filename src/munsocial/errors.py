"""Everything that munsocial raises.

    MunsocialError
    ├── InputError                    what you gave cannot be used (exit code 2)
    │   ├── FileRefused               missing, unreadable, not UTF-8, broken TOML or JSON
    │   ├── RegistryRefused           a registry with its whole list of problems
    │   ├── ActRefused                an act that is itself broken, with its list of problems
    │   ├── SnapshotRefused           another version, another district, cut
    │   ├── NaiveTime                 a moment without a time zone
    │   ├── UnknownNetwork            no adapter of that name
    │   ├── DraftRefused              a publication that breaks a limit known beforehand
    │   └── OutputRefused             a target that cannot be written; nothing half-written is left
    ├── SecretUnavailable             a reference that leads to no secret
    ├── PackageDamaged                a file of the installed package is missing, cut or changed
    ├── PluginBroken                  a plugin that failed to load or broke its promise
    ├── AbilityAbsent                 the network or the adapter cannot do it at all
    │   └── CapabilityMissing         it could, with another kind of key or right
    ├── RestrictedNetwork             a legal restriction not acknowledged by name
    ├── NetworkError                  something happened on the way; knows whether the call was executed
    │   ├── Unreachable               no connection, no answer of the network's own
    │   ├── DeadlineExceeded          the total time for the call is over
    │   ├── UnreadableAnswer          not what the network promises: HTML, cut, wrong shape, too big
    │   ├── ServerFault               the network says that it failed
    │   ├── RateLimited               refused for now; not executed
    │   ├── QuotaSpent                refused until a later day; not executed
    │   ├── FloodRefused              the same action too often; not executed
    │   ├── KeyInvalid                expired, revoked, bound to another address
    │   ├── KeyKindRefused            this method does not take this kind of key
    │   ├── PermissionDenied          no right, closed or private
    │   ├── NotFound                  nothing there, in the network's own words
    │   ├── AccountBlocked            the page or its content is blocked by the network
    │   ├── HumanCheckNeeded          captcha, validation, confirmation: a person is needed; resumable
    │   ├── RequestRefused            a parameter, a limit or an unknown refusal
    │   ├── UploadRefused             a file that the network did not take
    │   ├── CannotMessage             this person cannot be written to
    │   └── UnsafeAddress             an address that may not be followed
    ├── PlanRefused                   a plan that may not be applied: foreign, changed, expired
    └── JournalError                  the journal cannot be opened, written or trusted

"You did wrong" (InputError) stands apart from "they did wrong" (NetworkError).
Each class has a stable ``code`` and a page in the reference; ``say(lang)`` is for people, attributes are for code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from munsocial.wording import Lang, Text

__all__ = [
    "AbilityAbsent", "AccountBlocked", "ActRefused", "CannotMessage", "CapabilityMissing", "DeadlineExceeded",
    "DraftRefused", "FileRefused", "FloodRefused", "HumanCheckNeeded", "InputError", "JournalError",
    "KeyInvalid", "KeyKindRefused", "MunsocialError", "NaiveTime", "NetworkError", "NotFound", "OutputRefused",
    "PackageDamaged", "PermissionDenied", "PlanRefused", "PluginBroken", "Problem", "QuotaSpent", "RateLimited",
    "RegistryRefused", "RequestRefused", "RestrictedNetwork", "SecretUnavailable", "ServerFault",
    "SnapshotRefused", "UnknownNetwork", "Unreachable", "UnreadableAnswer", "UnsafeAddress", "UploadRefused",
]  # fmt: skip


class MunsocialError(Exception):
    """The root: what happened (``what``), where (``where``) and what to do (``remedy``)."""

    code: ClassVar[str] = "munsocial"
    where: str = ""

    def __init__(self, what: Text, *, where: str = "", remedy: Text | None = None) -> None:
        super().__init__(what.ru)
        self.what = what
        if where:
            self.where = where
        self.remedy = remedy

    def say(self, lang: Lang = "ru") -> str:
        """Return one message for a person: place, event, remedy."""
        place = f"{self.where}: " if self.where else ""
        return place + " ".join(part.say(lang) for part in (self.what, self.remedy) if part)

    def kept(self) -> Text:
        """Return the message as it may be kept in snapshots, journals and reports."""
        return Text(self.say("ru"), self.say("en"))

    def __str__(self) -> str:
        return self.say("ru")

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (type(self), self.__dict__))


def _rebuild(kind: type[MunsocialError], state: dict[str, Any]) -> MunsocialError:
    """Rebuild a pickled error: keyword-only facts do not fit the default of `Exception`."""
    error = kind.__new__(kind)
    error.__dict__.update(state)
    error.args = (state["what"].ru,)
    return error


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: its table, record and field, what is wrong and what to do."""

    table: str
    record: str
    field: str
    what: Text
    remedy: Text
    row: int | None = None  # which record of its table, from 0, until its place is told: two may share a name

    def say(self, lang: Lang = "ru") -> str:
        """Return one line for a person."""
        place = " / ".join(part for part in (self.table, self.record, self.field) if part)
        return f"{place}: {self.what.say(lang)} {self.remedy.say(lang)}".strip()


class InputError(MunsocialError):
    """What the caller gave cannot be used."""

    code = "input"


class FileRefused(InputError):
    """A file is missing, unreadable, not UTF-8, or not the format that its suffix names."""

    code = "file.refused"


_MOST_SAID = 1000
"""Problems that a message lists; a file of another kind may have a hundred thousand."""
_MORE = Text("  …и ещё {rest}: исправьте эти и проверьте снова.", "  …and {rest} more: correct these and check again.")


class _Refused(InputError):
    def __init__(
        self, what: Text, problems: tuple[Problem, ...] = (), *, where: str = "", remedy: Text | None = None
    ) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.problems = problems

    def say(self, lang: Lang = "ru") -> str:
        lines = [super().say(lang), *(f"  - {problem.say(lang)}" for problem in self.problems[:_MOST_SAID])]
        if (rest := len(self.problems) - _MOST_SAID) > 0:
            lines.append(_MORE.fill(rest=rest).say(lang))
        return "\n".join(lines)


class RegistryRefused(_Refused):
    """A registry is wrong; ``problems`` lists everything at once."""

    code = "registry.refused"


class ActRefused(_Refused):
    """An act is broken as a document: unknown kind, parameter or clause, or a binding clause with no requirement."""

    code = "act.refused"


class SnapshotRefused(_Refused):
    """A snapshot is of another version or district, or is cut."""

    code = "snapshot.refused"


class NaiveTime(InputError):
    """A moment was given without a time zone."""

    code = "time.naive"


class UnknownNetwork(InputError):
    """No adapter is installed for a network that is named."""

    code = "network.unknown"


class DraftRefused(_Refused):
    """A publication breaks limits that are known before sending, or holds values that do not fit."""

    code = "draft.refused"


class OutputRefused(InputError):
    """A target file cannot be written; nothing half-written is left behind."""

    code = "output.refused"


class SecretUnavailable(MunsocialError):
    """A reference to a secret leads nowhere; the message names the reference, never a value."""

    code = "secret.unavailable"


class PackageDamaged(MunsocialError):
    """A file that was installed with the package is missing, cut or changed; installing again mends it."""

    code = "package.damaged"


class PluginBroken(MunsocialError):
    """A plugin failed to load, or broke what its hook promises."""

    code = "plugin.broken"


class AbilityAbsent(MunsocialError):
    """The adapter declares that it cannot do this; nothing was sent."""

    code = "ability.absent"


class CapabilityMissing(AbilityAbsent):
    """It could be done with another kind of key or right, which ``remedy`` names."""

    code = "capability.missing"


class RestrictedNetwork(MunsocialError):
    """The network is restricted by law on that date and the caller did not acknowledge it by name."""

    code = "network.restricted"


class NetworkError(MunsocialError):
    """Something went wrong between us and a network.

    ``executed`` says whether the call took effect there: True, False, or None when nobody can know.
    ``method`` is the network's own name of the call, ``account`` our id of the account,
    ``attempt`` counts from 1, ``retry_after`` is in seconds when the network named a wait.
    ``network_code`` is the network's own code of the error, as text, if it gave one.
    ``lasting`` means that a repetition at once cannot help: a certificate, an answer too big, a redirect.
    """

    code = "network"
    lasting: bool = False
    default_executed: ClassVar[bool | None] = None

    def __init__(
        self,
        what: Text,
        *,
        network: str = "",
        method: str = "",
        account: str = "",
        attempt: int = 1,
        executed: bool | None = None,
        network_code: str = "",
        retry_after: float | None = None,
        remedy: Text | None = None,
    ) -> None:
        super().__init__(what, remedy=remedy)
        self.network = network
        self.method = method
        self.account = account
        self.attempt = attempt
        self.executed = executed if executed is not None else self.default_executed
        self.network_code = network_code
        self.retry_after = retry_after

    @property
    def where(self) -> str:  # type: ignore[override]  # told anew as the account becomes known
        """The network, its call and the account, as far as they are known."""
        return " / ".join(part for part in (self.network, self.method, self.account) if part)


class Unreachable(NetworkError):
    """No connection, or no answer of the network's own; ``executed`` is False only when it cannot have got the call."""

    code = "network.unreachable"


class DeadlineExceeded(NetworkError):
    """The total time allowed for the call is over."""

    code = "network.deadline"


class UnreadableAnswer(NetworkError):
    """The answer is not what the network promises: HTML, cut, of a wrong shape or too big."""

    code = "network.unreadable"


class ServerFault(NetworkError):
    """The network says that it failed by itself."""

    code = "network.fault"


class _NotExecuted(NetworkError):
    default_executed = False


class RateLimited(_NotExecuted):
    """Refused by rate: may be repeated after a pause."""

    code = "network.rate"


class QuotaSpent(_NotExecuted):
    """The quota of this method and key is spent until a later day."""

    code = "network.quota"


class FloodRefused(_NotExecuted):
    """The same action too often: must not be repeated as it is. With ``retry_after`` the key rests for that time.

    ``everywhere``: the network has stopped this computer, so that no key of it is used; ``writes``: only what writes.
    """

    code = "network.flood"
    everywhere: bool = False
    writes: bool = False


class KeyInvalid(_NotExecuted):
    """The key is expired, revoked, or bound to another address."""

    code = "key.invalid"


class KeyKindRefused(_NotExecuted):
    """This method does not take this kind of key; another kind may serve."""

    code = "key.kind"


class PermissionDenied(_NotExecuted):
    """No right to it, or it is closed or private."""

    code = "network.permission"


class NotFound(_NotExecuted):
    """The network says that there is nothing at that id, handle or address."""

    code = "network.not_found"


class AccountBlocked(_NotExecuted):
    """The network has blocked the account or its content."""

    code = "network.blocked"


class HumanCheckNeeded(_NotExecuted):
    """A person must pass a check; ``link`` leads to it, ``resume`` names the parameters to repeat the call with."""

    code = "network.human_check"

    def __init__(self, what: Text, *, link: str = "", resume: tuple[str, ...] = (), **facts: Any) -> None:
        super().__init__(what, **facts)
        self.link = link
        self.resume = resume

    def say(self, lang: Lang = "ru") -> str:
        """Say it with the address where the check waits."""
        return f"{super().say(lang)} {self.link}".rstrip()

    def kept(self) -> Text:
        """Leave the address out: there is a token in it."""
        return Text(super().say("ru"), super().say("en"))


class RequestRefused(_NotExecuted):
    """The network refused the call as it is: a parameter, a limit, or a code that we do not know."""

    code = "network.refused"


class UploadRefused(_NotExecuted):
    """A file was not taken by the network."""

    code = "network.upload"


class CannotMessage(_NotExecuted):
    """This person cannot be written to; expected, not a fault."""

    code = "network.cannot_message"


class UnsafeAddress(_NotExecuted):
    """An address handed to us by the network may not be followed."""

    code = "network.address"


class PlanRefused(MunsocialError):
    """A plan may not be applied: made for another registry, changed by hand, or expired."""

    code = "plan.refused"


class JournalError(MunsocialError):
    """The journal cannot be opened, written or trusted."""

    code = "journal"
