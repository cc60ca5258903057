"""Where secrets are kept: the environment, files, the keyring of the system; each by the scheme of its references.

``env:NAME``, ``file:PATH``, ``keyring:SERVICE:USER``. A store that can also `put` keeps what a network renews (refresh
tokens): the new one is stored before it is used, since the old one is dead by then.
"""

from __future__ import annotations

import contextlib
import os
import stat
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Protocol, runtime_checkable

from munsocial.errors import SecretUnavailable
from munsocial.network.revealing import sound
from munsocial.wording import Text

__all__ = ["ChainSecrets", "EnvSecrets", "FileSecrets", "KeyringSecrets", "Lock", "SecretStore", "locked"]

_LARGEST = 64 * 1024
"""A larger file is no secret but a wrong path."""


class Lock(Protocol):
    """A lock that never waits: whoever fails to take it sleeps through its own port and tries again."""

    def take(self) -> bool: ...

    def release(self) -> None: ...


@runtime_checkable
class SecretStore(Protocol):
    """A place that keeps secrets and takes new ones."""

    def get(self, reference: str) -> str:
        """Return the secret behind a reference.

        Raises:
            SecretUnavailable: nothing is kept there.
        """
        ...

    def put(self, reference: str, secret: str) -> None:
        """Keep a secret, whole or not at all.

        Raises:
            SecretUnavailable: it cannot be kept there; the old one is untouched.
        """
        ...

    def lock(self, reference: str) -> Lock:
        """Return the lock under which a secret is renewed."""
        ...


@contextlib.asynccontextmanager
async def locked(
    store: SecretStore, reference: str, *, sleep: Callable[[float], Awaitable[None]], patience: float = 60.0
) -> AsyncIterator[None]:
    """Hold the lock of a secret while it is renewed; ``sleep`` is the session's, so both faces wait in their own way.

    Raises:
        SecretUnavailable: somebody else held it for ``patience`` seconds.
    """
    lock, waited, step = store.lock(reference), 0.0, 0.02
    while not lock.take():
        if waited >= patience:
            raise _unavailable(
                reference,
                Text("Секрет обновляется другим процессом.", "The secret is being renewed by another process."),
                Text("Дождитесь его окончания и повторите.", "Wait for its end and repeat."),
            )
        await sleep(step)
        waited, step = waited + step, min(0.5, step * 1.5)
    try:
        yield
    finally:
        lock.release()


def _unavailable(reference: str, what: Text, remedy: Text) -> SecretUnavailable:
    return SecretUnavailable(what, where=_named(reference), remedy=remedy)


def _named(reference: str) -> str:
    """Return a reference fit to be shown: what has no known scheme may be the secret itself."""
    scheme, colon, _ = reference.partition(":")
    return reference if colon and scheme in ("env", "file", "keyring") else "?"


def _rest(reference: str, scheme: str) -> str:
    head, _, rest = reference.partition(":")
    if head != scheme or not rest:
        raise _unavailable(
            reference,
            Text("Это не ссылка на секрет вида {scheme}:….", "It is not a reference of the form {scheme}:….").fill(
                scheme=scheme
            ),
            Text(
                "Пишите env:ИМЯ, file:ПУТЬ или keyring:СЛУЖБА:ИМЯ.",
                "Use env:NAME, file:PATH, keyring:SERVICE:USER.",
            ),
        )
    return rest


class _NoLock:
    """The lock of a place where nothing is ever renewed."""

    def take(self) -> bool:
        return True

    def release(self) -> None:
        """Nothing is held."""


class EnvSecrets:
    """Secrets of the environment: ``env:NAME``. Read at each call, so that a change is seen; cannot keep new ones."""

    scheme: ClassVar[str] = "env"

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._environment = environment

    def __repr__(self) -> str:
        return "EnvSecrets()"

    def get(self, reference: str) -> str:
        """Return the value of a variable without the blanks around it."""
        name = _rest(reference, self.scheme)
        environment = os.environ if self._environment is None else self._environment
        secret = environment.get(name, "").strip()
        if not secret:
            raise _unavailable(
                reference,
                Text(f"Переменная окружения {name} не задана или пуста.", f"The variable {name} is not set or empty."),
                Text("Задайте её перед запуском.", "Set it before the start."),
            )
        return sound(secret, _named(reference), lines=True)

    def put(self, reference: str, secret: str) -> None:
        """Refuse: what is put into the environment is lost with the process."""
        raise _unavailable(
            reference,
            Text("Обновлённый ключ нельзя сохранить в окружении.", "A renewed key cannot be kept in the environment."),
            Text("Перенесите ссылку в file: или keyring:.", "Move the reference to file: or keyring:."),
        )

    def lock(self, reference: str) -> Lock:
        """Return a lock that holds nothing."""
        return _NoLock()


class FileSecrets:
    """Secrets in files: ``file:PATH``, one in each, readable by their owner only (0600); relative to ``root``."""

    scheme: ClassVar[str] = "file"

    def __init__(self, root: Path | str = ".") -> None:
        self._root = Path(root)

    def __repr__(self) -> str:
        return f"FileSecrets({str(self._root)!r})"

    def get(self, reference: str) -> str:
        """Return the text of a file without the blanks and the mark of an editor around it."""
        path = self._path(reference)
        try:
            with path.open("rb") as file:
                _check_owner_only(reference, os.fstat(file.fileno()))
                raw = file.read(_LARGEST + 1)
            secret = raw.decode("utf-8-sig").strip()
        except OSError as error:
            raise self._unreadable(reference, error.strerror or type(error).__name__) from None
        except UnicodeDecodeError:
            raise self._unreadable(reference, "UTF-8") from None
        if not secret or len(raw) > _LARGEST:
            raise self._unreadable(reference, "0 / 64 KiB")
        return sound(secret, _named(reference), lines=True)

    def put(self, reference: str, secret: str) -> None:
        """Replace the file in one step; a crash leaves the old secret or the new one, never a part.

        A link stays one: the file to which it leads is replaced.
        """
        path = self._path(reference)
        fresh = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.new")
        try:
            _write_whole(fresh, secret)
            fresh.replace(path)
            _settle(path.parent)
        except OSError as error:
            raise self._unreadable(reference, error.strerror or type(error).__name__) from None
        finally:
            fresh.unlink(missing_ok=True)

    def lock(self, reference: str) -> Lock:
        """Return the lock of a file, against threads, tasks and other processes."""
        path = self._path(reference)
        return _FileLock(path.with_name(f".{path.name}.lock"))

    def _path(self, reference: str) -> Path:
        """Return where the file itself lies: whoever comes by a link and whoever comes straight have one lock."""
        rest = _rest(reference, self.scheme)
        try:
            return Path(os.path.realpath(self._root / Path(rest).expanduser()))
        except (OSError, RuntimeError, ValueError) as error:  # no such home, a NUL, half a character
            raise self._unreadable(reference, type(error).__name__) from None

    def _unreadable(self, reference: str, reason: str) -> SecretUnavailable:
        return _unavailable(
            reference,
            Text(f"Файл секрета не прочитан или не записан: {reason}.", f"The secret's file is not usable: {reason}."),
            Text("Проверьте путь, права (0600) и содержимое.", "Check its path, mode (0600) and content."),
        )


def _check_owner_only(reference: str, found: os.stat_result) -> None:
    if os.name != "posix":
        return  # Windows keeps rights in lists that the mode does not show
    if not stat.S_ISREG(found.st_mode) or stat.S_IMODE(found.st_mode) & 0o077:
        raise _unavailable(
            reference,
            Text("Файл секрета доступен не только владельцу.", "The secret's file is open to more than its owner."),
            Text("Выполните chmod 600 и смените секрет.", "Run chmod 600 and rotate the secret."),
        )


def _write_whole(path: Path, secret: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret.encode())
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Have the renaming itself on disk; Windows has no such call."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _FileLock:
    """An advisory lock that the system drops when the process dies, so that none is left behind by a crash."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> bool:
        try:
            # Not through a link: the locks of a keyring lie in a folder of everybody.
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except OSError as error:
            raise _unavailable(
                "file:",
                Text(f"Замок секрета не создан: {error.strerror}.", f"The lock was not made: {error.strerror}."),
                Text("Проверьте права на папку.", "Check the rights of its folder."),
            ) from None
        if _try_lock(descriptor):
            self._descriptor = descriptor
            return True
        os.close(descriptor)
        return False

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)  # closing drops the lock
            self._descriptor = None


def _try_lock(descriptor: int) -> bool:
    try:
        if os.name == "posix":
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            windows: Any = msvcrt
            windows.locking(descriptor, windows.LK_NBLCK, 1)
    except OSError:
        return False
    return True


class KeyringSecrets:
    """Secrets in the keyring of the system: ``keyring:SERVICE:USER``. Needs the extra ``keyring``.

    ``backend`` has ``get_password(service, user)`` and ``set_password(service, user, secret)``; None is the system's.
    """

    scheme: ClassVar[str] = "keyring"

    def __init__(self, backend: Any = None, *, locks: Path | str | None = None) -> None:
        self._backend = backend
        self._folder = Path(locks) if locks is not None else None

    def __repr__(self) -> str:
        return "KeyringSecrets()"

    def get(self, reference: str) -> str:
        """Return the password of a user of a service."""
        service, user = self._place(reference)
        secret = self._ask(reference, lambda ring: ring.get_password(service, user))
        if not secret:
            raise _unavailable(
                reference,
                Text("В хранилище ключей такой записи нет.", "The keyring holds no such entry."),
                Text(f"Выполните: keyring set {service} {user}", f"Run: keyring set {service} {user}"),
            )
        return sound(secret, _named(reference), lines=True)

    def put(self, reference: str, secret: str) -> None:
        """Keep the password of a user of a service."""
        service, user = self._place(reference)
        self._ask(reference, lambda ring: ring.set_password(service, user, secret))

    def lock(self, reference: str) -> Lock:
        """Return a lock against threads, tasks and other processes of this user."""
        import hashlib
        import tempfile

        name = hashlib.sha256(reference.encode()).hexdigest()[:16]
        owner = str(os.getuid()) if os.name == "posix" else "user"
        folder = self._folder or Path(tempfile.gettempdir())
        return _FileLock(folder / f"munsocial-{owner}-{name}.lock")

    def _place(self, reference: str) -> tuple[str, str]:
        service, colon, user = _rest(reference, self.scheme).partition(":")
        if not colon or not service or not user:
            _rest("", self.scheme)
        return service, user

    def _ask(self, reference: str, question: Callable[[Any], Any]) -> Any:
        """Ask the keyring; whatever it raises is told by kind only, since its text may hold what was kept."""
        try:
            if self._backend is None:
                from importlib import import_module

                self._backend = import_module("keyring")
            return question(self._backend)
        except Exception as error:  # noqa: BLE001  # backends raise errors of their own libraries
            kind = type(error).__name__
        raise _unavailable(
            reference,
            Text(f"Хранилище ключей недоступно: {kind}.", f"The keyring is not available: {kind}."),
            Text("Установите munsocial[keyring] и откройте хранилище.", "Install munsocial[keyring] and unlock it."),
        )


class ChainSecrets:
    """Several stores behind one face, chosen by the scheme of a reference."""

    def __init__(self, *stores: Any) -> None:
        self._stores: dict[str, SecretStore] = {one.scheme: one for one in stores}

    @classmethod
    def usual(cls, root: Path | str = ".") -> ChainSecrets:
        """Return the three stores of this page; files are looked for beside ``root``."""
        return cls(EnvSecrets(), FileSecrets(root), KeyringSecrets())

    def __repr__(self) -> str:
        return f"ChainSecrets({', '.join(self._stores)})"

    def get(self, reference: str) -> str:
        """Return the secret behind a reference."""
        return self._store(reference).get(reference)

    def put(self, reference: str, secret: str) -> None:
        """Keep a secret where its reference leads."""
        self._store(reference).put(reference, secret)

    def lock(self, reference: str) -> Lock:
        """Return the lock of a secret."""
        return self._store(reference).lock(reference)

    def _store(self, reference: str) -> SecretStore:
        scheme = reference.partition(":")[0]
        if scheme not in self._stores:
            raise _unavailable(
                reference,
                Text("Для такой ссылки нет хранилища.", "There is no store for such a reference."),
                Text(f"Известны: {', '.join(self._stores)}.", f"Known: {', '.join(self._stores)}."),
            )
        return self._stores[scheme]
