"""The world of a sandbox: networks with their pages, people, publications and conversations, held in memory.

Methods speak the words of the subject and know no wire format; faces translate. What a network would refuse
for a reason that lies in the world (comments are closed, the person never wrote) raises `Refusal`; what it
refuses for a reason that lies in the call (key, rights, limits) is the business of its face.

Every public method is atomic: threads may share one world.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from munsocial.sandbox.memory import Memory, atomic
from munsocial.sandbox.things import (
    Application,
    Ban,
    Comment,
    HandleSpan,
    Key,
    Link,
    Manager,
    Media,
    Message,
    Page,
    Post,
    Refusal,
    Source,
    Upload,
    User,
)
from munsocial.transport.port import FilePart

__all__ = ["World"]


class World(Memory):
    """Everything that exists in the networks, made empty at the moment ``now``; here is what can be done to it."""

    # --- people, pages, keys

    @atomic
    def add_user(self, network: str, first_name: str, last_name: str = "", *, id: str = "", handle: str = "") -> User:
        """Add a person."""
        user = User(network, id or self.ids.user(network), first_name, last_name, handle)
        self.users[network, user.id] = user
        self._claim(network, handle, user.id)
        return user

    @atomic
    def add_page(self, page: Page) -> Page:
        """Add a page; an empty id is filled in, its handle is taken from whoever had it."""
        page.id = page.id or self.ids.page(page.network)
        self.pages[page.network, page.id] = page
        self._claim(page.network, page.handle, page.id)
        return page

    def _claim(self, network: str, handle: str, id: str) -> None:
        if handle:
            self.handles[network, handle.lower()] = id

    @atomic
    def rename(self, network: str, page: str, handle: str) -> None:
        """Give a page another handle; the former one falls free for anybody."""
        one = self.page(network, page)
        if one.handle:
            one.former_handles.append(HandleSpan(one.handle, self.now()))
            self.handles.pop((network, one.handle.lower()), None)
        one.handle = handle
        self._claim(network, handle, page)

    @atomic
    def appoint(self, network: str, page: str, user: str, role: str, *, since: datetime | None = None) -> None:
        """Give a person power over a page; ``role`` is the network's word."""
        self.page(network, page).managers[user] = Manager(user, role, since or self.now())

    @atomic
    def add_link(self, network: str, page: str, url: str, name: str = "", *, to: str | None = None) -> Link:
        """Add an entry to the block of links of a page; ``to`` is the id of the page it leads to."""
        link = Link(str(self.ids.other("link", network)), url, name, page=to)
        self.page(network, page).links.append(link)
        return link

    @atomic
    def subscribe(self, network: str, user: str, page: str) -> None:
        """Let a person follow a page."""
        one = self.user(network, user)
        if page not in one.subscriptions:
            one.subscriptions.append(page)

    @atomic
    def add_application(self, application: Application) -> Application:
        """Register an application."""
        self.applications[application.public] = application
        return application

    @atomic
    def add_key(self, key: Key) -> Key:
        """Issue a key."""
        self.keys[key.value] = key
        return key

    # --- publishing

    @atomic
    def publish(
        self,
        network: str,
        page: str,
        text: str = "",
        *,
        at: datetime | None = None,
        author: str | None = None,
        kind: str = "own",
        state: str = "",
        place: str = "wall",
        attachments: Sequence[Media] = (),
        source: Source | None = None,
        comments_open: bool = True,
        key: str = "",
    ) -> Post:
        """Put a publication on a page; the same non-empty ``key`` never publishes twice.

        A moment in the future makes it scheduled, unless ``state`` says otherwise.
        """
        one = self.page(network, page)
        if key and (made := self.done.get((network, page, key))):
            return self.post(network, page, one.republished.get(made, made))
        at = at or self.now()
        state = state or ("scheduled" if at > self.now() else "published")
        post = Post(self.ids.post(one), page, at, text, author, kind=kind, state=state, place=place, source=source)
        post.attachments, post.comments_open = list(attachments), comments_open
        self._put(one, post)
        if key:
            self.done[network, page, key] = post.id
        self._note("post" if state == "published" else state, network, page, post.id, author)
        return post

    @atomic
    def edit_post(self, network: str, page: str, id: str, *, text: str, attachments: Sequence[Media] = ()) -> Post:
        """Replace text and attachments of a publication as a whole."""
        post = self.post(network, page, id)
        post.text, post.attachments, post.edited = text, list(attachments), self.now()
        self._note("edit", network, page, id)
        return post

    @atomic
    def delete_post(self, network: str, page: str, id: str, *, at: datetime | None = None) -> None:
        """Remove a publication; it can be restored."""
        post = self.post(network, page, id)
        post.state, post.removed, post.pinned = "deleted", at or self.now(), False
        self._note("delete_post", network, page, id)

    @atomic
    def restore_post(self, network: str, page: str, id: str) -> None:
        """Put a removed publication back."""
        post = self.post(network, page, id)
        if post.state != "deleted":
            raise Refusal("not_deleted", id)
        post.state, post.removed = "published", None
        self._note("restore_post", network, page, id)

    @atomic
    def pin(self, network: str, page: str, id: str | None) -> None:
        """Pin a publication in place of any other; None unpins."""
        if id is not None:
            self.post(network, page, id)
        for post in self.page(network, page).posts.values():
            post.pinned = post.id == id

    @atomic
    def add_media(self, network: str, media: Media) -> Media:
        """Keep an attachment, giving it an id if it has none, so that a publication can name it."""
        media.id = media.id or self.ids.media(network, media.owner)
        self.media[network, media.kind, media.owner, media.id] = media
        return media

    @atomic
    def expect_upload(self, network: str, page: str, kind: str) -> Upload:
        """Give out an upload address; its token is a part of the address."""
        token = f"{network}-{kind}-{self.ids.other('upload'):06d}"
        self.uploads[token] = Upload(token, network, kind, page, self.now())
        return self.uploads[token]

    @atomic
    def take_file(self, token: str, part: FilePart) -> Upload:
        """Take a file at an upload address: its name, size and digest are kept, its bytes are not."""
        upload, digest, size = self.upload(token), hashlib.sha256(), 0
        with part.open() as stream:
            while piece := stream.read(1 << 16):
                digest.update(piece)
                size += len(piece)
        upload.name, upload.media_type = part.name, part.media_type
        upload.size, upload.digest = size, digest.hexdigest()
        return upload

    # --- conversation

    @atomic
    def comment(
        self,
        network: str,
        page: str,
        post: str,
        text: str,
        *,
        author: str,
        as_page: bool = False,
        reply_to: str | None = None,
        at: datetime | None = None,
        attachments: Sequence[Media] = (),
        key: str = "",
    ) -> Comment:
        """Write a comment under a publication; the same non-empty ``key`` never writes twice."""
        one, under = self.page(network, page), self.post(network, page, post)
        if key and (made := self.done.get((network, page, f"comment:{key}"))):
            return self.find_comment(network, page, made)
        if under.state != "published" or not (under.comments_open and one.comments_open):
            raise Refusal("comments_closed", post)
        if author in one.bans:
            raise Refusal("is_closed", "black list")
        above = self.find_comment(network, page, reply_to) if reply_to else None
        at = at or self.now()
        made = self.ids.comment(one, post, at)
        comment = Comment(made, post, at, text, author, as_page=as_page, reply_to=reply_to)
        comment.thread = (above.thread or above.id) if above else None
        comment.attachments = list(attachments)
        under.comments.append(comment)
        if key:
            self.done[network, page, f"comment:{key}"] = made
        self._note("comment", network, page, made, author)
        return comment

    @atomic
    def edit_comment(self, network: str, page: str, id: str, text: str) -> None:
        """Replace the text of a comment."""
        self.find_comment(network, page, id).text = text
        self._note("edit_comment", network, page, id)

    @atomic
    def delete_comment(
        self, network: str, page: str, id: str, *, by: str | None = None, at: datetime | None = None
    ) -> None:
        """Remove a comment; its answers stay, and it can be restored. Removing twice changes nothing."""
        comment = self.find_comment(network, page, id)
        if not comment.deleted:
            comment.deleted, comment.deleted_by, comment.deleted_at = True, by, at or self.now()
            self._note("delete_comment", network, page, id, by)

    @atomic
    def restore_comment(self, network: str, page: str, id: str) -> None:
        """Put a removed comment back."""
        comment = self.find_comment(network, page, id)
        if not comment.deleted:
            raise Refusal("not_deleted", id)
        comment.deleted, comment.deleted_by, comment.deleted_at = False, None, None
        self._note("restore_comment", network, page, id)

    @atomic
    def ban(self, network: str, page: str, ban: Ban) -> None:
        """Put somebody into the black list; a second ban replaces the first. What was written stays."""
        one = self.page(network, page)
        if ban.user in one.managers:
            raise Refusal("is_manager", ban.user)
        one.bans[ban.user] = ban
        self._note("ban", network, page, ban.user, ban.by)

    @atomic
    def unban(self, network: str, page: str, user: str) -> None:
        """Take somebody out of the black list."""
        if self.page(network, page).bans.pop(user, None) is None:
            raise Refusal("not_banned", user)
        self._note("unban", network, page, user)

    @atomic
    def receive(self, network: str, page: str, peer: str, text: str, *, at: datetime | None = None) -> Message:
        """Let a person write to a page, which thereby may answer."""
        one = self.page(network, page)
        if not one.messages_open:
            raise Refusal("cannot_message", peer)
        one.may_write_to.add(peer)
        return self._message(one, Message("", page, peer, at or self.now(), text, author=peer))

    @atomic
    def send_message(
        self, network: str, page: str, peer: str, text: str, *, attachments: Sequence[Media] = (), key: str = ""
    ) -> Message:
        """Write in the name of a page to a person who wrote first or allowed it; a ``key`` never sends twice."""
        one = self.page(network, page)
        if key and (made := self.done.get((network, page, f"message:{peer}:{key}"))):
            return self.find_message(network, page, made)
        if peer not in one.may_write_to:
            raise Refusal("cannot_message", peer)
        message = Message("", page, peer, self.now(), text, outgoing=True, attachments=list(attachments))
        self._message(one, message)
        if key:
            self.done[network, page, f"message:{peer}:{key}"] = message.id
        return message

    def _message(self, page: Page, message: Message) -> Message:
        message.id = self.ids.message(page.network, page.id)
        page.dialogs.setdefault(message.peer, []).append(message)
        self._note("message", page.network, page.id, message.id, message.author)
        return message

    @atomic
    def delete_message(self, network: str, page: str, id: str) -> None:
        """Remove a message on both sides."""
        self.find_message(network, page, id).deleted = True
        self._note("delete_message", network, page, id)
