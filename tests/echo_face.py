"""A face of an invented network, small enough to read: enough to try ports, faults and the server."""

from __future__ import annotations

from munsocial.sandbox.faces import fields_of, json_answer, path_of
from munsocial.sandbox.things import Refusal
from munsocial.sandbox.world import World
from munsocial.transport.port import Answer, Request


class EchoFace:
    """``/posts`` lists, ``/publish`` writes with a key, ``/upload/TOKEN`` takes files, everything else echoes."""

    hosts = frozenset({"api.echo.example", "files.echo.example"})

    def __init__(self, world: World) -> None:
        self.world = world

    def handle(self, request: Request) -> Answer:
        fields, path = fields_of(request), path_of(request)
        try:
            return json_answer(self._do(path, fields, request))
        except Refusal as no:
            return json_answer({"error": no.why})

    def refuse(self, fault: str, request: Request) -> Answer | None:
        return json_answer({"error": fault}) if fault != "quota" else None

    def _do(self, path: str, fields: dict[str, str], request: Request) -> object:
        if path == "/posts":
            return [post.text for post in self.world.wall("echo", fields["gid"])]
        if path == "/publish":
            post = self.world.publish("echo", fields["gid"], fields["text"], key=fields.get("key", ""))
            return {"id": post.id}
        if path == "/address":
            return {"url": f"https://files.echo.example/upload/{self.world.expect_upload('echo', 'g', 'doc').token}"}
        if path.startswith("/upload/"):
            taken = [self.world.take_file(path.rpartition("/")[2], part) for part in request.files]
            return {"digests": [one.digest for one in taken], "names": [one.name for one in taken], **fields}
        return {"path": path, "method": request.method, **fields}
