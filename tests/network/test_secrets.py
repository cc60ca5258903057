"""Stores of secrets: what they give, what they refuse, and how a renewed key is kept."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import cast

import anyio
import pytest

from munsocial.errors import SecretUnavailable
from munsocial.network.keys import Key
from munsocial.network.revealing import keep as keep_in_store
from munsocial.network.secrets import ChainSecrets, EnvSecrets, FileSecrets, KeyringSecrets, SecretStore, locked


class Ring:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, user: str) -> str | None:
        return self.kept.get((service, user))

    def set_password(self, service: str, user: str, secret: str) -> None:
        self.kept[service, user] = secret


class Locked(Ring):
    def get_password(self, service: str, user: str) -> str | None:
        raise RuntimeError("the collection is locked: hunter2-secret")


class Given:
    """A store of one's own: whatever it is made with is given, or raised."""

    def __init__(self, answer: object) -> None:
        self.answer = answer

    def get(self, reference: str) -> str:
        if isinstance(self.answer, Exception):
            raise self.answer
        return cast("str", self.answer)

    def put(self, reference: str, secret: str) -> None:
        self.get(reference)


def keep(path: Path, text: str, mode: int = 0o600) -> Path:
    path.write_bytes(text.encode())
    path.chmod(mode)
    return path


def chain(folder: Path) -> ChainSecrets:
    ring = Ring()
    ring.set_password("munsocial", "vk", "from-ring")
    keep(folder / "token", "from-file\n")
    return ChainSecrets(EnvSecrets({"GRIV_VK": " from-env "}), FileSecrets(folder), KeyringSecrets(ring, locks=folder))


@pytest.mark.parametrize(
    ("reference", "secret"),
    [("env:GRIV_VK", "from-env"), ("file:token", "from-file"), ("keyring:munsocial:vk", "from-ring")],
)
def test_each_scheme_leads_to_its_store(reference: str, secret: str, tmp_path: Path) -> None:
    assert chain(tmp_path).get(reference) == secret


@pytest.mark.parametrize(
    "reference",
    [
        "env:MISSING",
        "file:missing",
        "file:.",
        "keyring:munsocial:nobody",
        "keyring:munsocial",
        "vault:x",
        "vk1.a.this-is-the-secret-itself",
        "",
    ],
)
def test_a_reference_that_leads_nowhere_is_named_with_a_remedy(reference: str, tmp_path: Path) -> None:
    with pytest.raises(SecretUnavailable) as caught:
        chain(tmp_path).get(reference)
    assert caught.value.remedy
    assert "this-is-the-secret" not in str(caught.value) + caught.value.say("en")


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o602, 0o660])
def test_a_file_open_to_others_is_refused(mode: int, tmp_path: Path) -> None:
    keep(tmp_path / "token", "topsecret", mode)
    with pytest.raises(SecretUnavailable, match="600") as caught:
        FileSecrets(tmp_path).get("file:token")
    assert "topsecret" not in str(caught.value)


@pytest.mark.parametrize("raw", [b"", b" \n", b"\xff\xfe", b"x" * 70_000])
def test_a_file_that_holds_no_secret_is_refused(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "token").write_bytes(raw)
    (tmp_path / "token").chmod(0o600)
    with pytest.raises(SecretUnavailable):
        FileSecrets(tmp_path).get("file:token")


@pytest.mark.parametrize("inside", ["\0", "\u200b", "\ufeff", "\u2028", "\x1b"])
def test_a_key_with_a_foreign_character_is_refused_by_every_store_and_not_shown(inside: str, tmp_path: Path) -> None:
    ring = Ring()
    ring.set_password("a", "b", f"top{inside}secret")
    keep(tmp_path / "token", f"top{inside}secret")
    chained = ChainSecrets(EnvSecrets({"A": f"top{inside}secret"}), FileSecrets(tmp_path), KeyringSecrets(ring))
    for reference in ("env:A", "file:token", "keyring:a:b"):
        with pytest.raises(SecretUnavailable, match="знак 4") as caught:
            chained.get(reference)
        assert "top" not in caught.value.say("ru") + caught.value.say("en")
    with pytest.raises(SecretUnavailable, match="знак 4"):
        Key("a", "group", "any:a", {}, Given(f"top{inside}secret")).reveal()


@pytest.mark.parametrize(
    ("inside", "said"), [("\n", "несколько строк"), ("\r\n", "несколько строк"), ("\t", "посторонний знак")]
)
def test_a_secret_of_several_lines_is_kept_but_is_no_key_of_one_line(inside: str, said: str, tmp_path: Path) -> None:
    """A key in PEM and a service account in JSON have lines; a header and a parameter of a call have not."""
    ring, secret = Ring(), f"top{inside}secret"
    ring.set_password("a", "b", secret)
    keep(tmp_path / "token", f"{secret}\n")
    chained = ChainSecrets(EnvSecrets({"A": secret}), FileSecrets(tmp_path), KeyringSecrets(ring))
    for reference in ("env:A", "file:token", "keyring:a:b"):
        assert chained.get(reference) == secret
        key = Key("a", "group", reference, {}, chained)
        assert key.reveal(lines=True) == secret
        with pytest.raises(SecretUnavailable, match=f"{said}.*знак 4.*одной строкой") as caught:
            key.reveal()
        assert "top" not in caught.value.say("ru") + caught.value.say("en")


@pytest.mark.parametrize("renewed", ["a\nb", "a\0b", " ", ""])
def test_what_would_not_be_revealed_takes_nobodys_place(renewed: str, tmp_path: Path) -> None:
    keep(tmp_path / "token", "old")
    files = FileSecrets(tmp_path)
    with pytest.raises(SecretUnavailable):
        keep_in_store(files, "file:token", renewed)
    assert files.get("file:token") == "old"


@pytest.mark.parametrize("raw", ["\ufeffabc", "\ufeff abc\r\n", " \ufeffabc "])
def test_the_mark_of_an_editor_is_no_part_of_a_key(raw: str, tmp_path: Path) -> None:
    keep(tmp_path / "token", raw)
    assert FileSecrets(tmp_path).get("file:token") == "abc"
    assert EnvSecrets({"A": raw}).get("env:A") == "abc"
    assert Key("a", "group", "any:a", {}, Given(raw)).reveal() == "abc"


def test_a_mark_alone_is_no_key(tmp_path: Path) -> None:
    keep(tmp_path / "token", "\ufeff")
    with pytest.raises(SecretUnavailable):
        FileSecrets(tmp_path).get("file:token")
    with pytest.raises(SecretUnavailable):
        EnvSecrets({"A": "\ufeff"}).get("env:A")


@pytest.mark.parametrize("fault", [ConnectionError("hunter2"), KeyError("hunter2"), RuntimeError("hunter2")])
def test_a_store_of_ones_own_that_fails_is_told_by_kind_only(fault: Exception) -> None:
    with pytest.raises(SecretUnavailable, match=type(fault).__name__) as caught:
        Key("a", "group", "any:a", {}, Given(fault)).reveal()
    assert "hunter2" not in str(caught.value)
    assert caught.value.__context__ is None
    with pytest.raises(SecretUnavailable, match=type(fault).__name__):
        keep_in_store(Given(fault), "any:a", "renewed")


@pytest.mark.parametrize("given", [None, 5, b"abc"])
def test_a_store_of_ones_own_that_gives_no_text_is_told(given: object) -> None:
    with pytest.raises(SecretUnavailable, match="не текст"):
        Key("a", "group", "any:a", {}, Given(given)).reveal()


@pytest.mark.parametrize("reference", ["file:~nosuchuser/key", "file:a\0b", "file:\ud800", "file:loop"])
def test_a_path_that_leads_nowhere_is_told(reference: str, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(SecretUnavailable) as caught:
        FileSecrets(tmp_path).get(reference)
    assert caught.value.remedy


def test_a_key_that_is_kept_through_a_link_is_kept_where_the_link_leads(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    keep(tmp_path / "vault" / "real", "old")
    (tmp_path / "link").symlink_to(Path("vault") / "real")
    files = FileSecrets(tmp_path)
    files.put("file:link", "new")
    assert [files.get(one) for one in ("file:link", "file:vault/real")] == ["new", "new"]
    assert (tmp_path / "link").is_symlink()
    held = files.lock("file:link")
    assert held.take()
    assert not files.lock("file:vault/real").take()
    held.release()


@pytest.mark.parametrize("reference", ["file:fresh", "keyring:munsocial:vk"])
def test_a_renewed_key_is_kept(reference: str, tmp_path: Path) -> None:
    secrets = chain(tmp_path)
    secrets.put(reference, "renewed")
    assert secrets.get(reference) == "renewed"
    assert isinstance(secrets, SecretStore)


def test_a_kept_file_is_for_its_owner_only_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    FileSecrets(tmp_path).put("file:token", "renewed")
    assert [one.name for one in tmp_path.iterdir()] == ["token"]
    if os.name == "posix":
        assert (tmp_path / "token").stat().st_mode & 0o777 == 0o600


def test_the_environment_keeps_nothing(tmp_path: Path) -> None:
    with pytest.raises(SecretUnavailable, match="file:"):
        chain(tmp_path).put("env:GRIV_VK", "renewed")


def test_a_failed_write_leaves_the_old_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path / "token", "old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SecretUnavailable, match="space"):
        FileSecrets(tmp_path).put("file:token", "renewed")
    assert FileSecrets(tmp_path).get("file:token") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["token"]


def test_a_keyring_that_fails_is_told_by_kind_only() -> None:
    with pytest.raises(SecretUnavailable, match="RuntimeError") as caught:
        KeyringSecrets(Locked()).get("keyring:a:b")
    assert "hunter2" not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("scheme", ["file:token", "keyring:munsocial:vk"])
def test_one_at_a_time_renews_a_key(scheme: str, tmp_path: Path) -> None:
    secrets = chain(tmp_path)
    inside, most = 0, 0

    async def renew() -> None:
        nonlocal inside, most
        async with locked(secrets, scheme, sleep=anyio.sleep):
            inside += 1
            most = max(most, inside)
            await anyio.sleep(0.005)
            inside -= 1

    async def many() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(renew)

    threads = [threading.Thread(target=anyio.run, args=(many,)) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert most == 1


@pytest.mark.skipif(os.name != "posix", reason="folders of everybody with links in them are a matter of POSIX")
def test_a_lock_of_the_keyring_is_not_made_through_a_link_that_somebody_put_there(tmp_path: Path) -> None:
    store = KeyringSecrets(object(), locks=tmp_path)
    held = store.lock("keyring:vk:token")
    assert held.take()
    held.release()
    (lock,) = tmp_path.iterdir()
    lock.unlink()
    lock.symlink_to(tmp_path / "file-of-the-user")
    with pytest.raises(SecretUnavailable):
        store.lock("keyring:vk:token").take()
    assert not (tmp_path / "file-of-the-user").exists()


def test_a_lock_that_is_held_too_long_is_told(tmp_path: Path) -> None:
    secrets = chain(tmp_path)
    held = secrets.lock("file:token")
    assert held.take()

    async def no_wait(seconds: float) -> None:
        """Virtual time."""

    async def renew() -> None:
        async with locked(secrets, "file:token", sleep=no_wait, patience=1.0):
            raise AssertionError("taken twice")

    with pytest.raises(SecretUnavailable):
        anyio.run(renew)
    held.release()
    assert secrets.lock("file:token").take()


def test_reprs_show_no_secret(tmp_path: Path) -> None:
    shown = repr(chain(tmp_path)) + repr(EnvSecrets({"A": "topsecret"})) + repr(FileSecrets(tmp_path))
    assert "topsecret" not in shown
