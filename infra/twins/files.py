"""A bucket in memory."""

from collections.abc import Iterator, Sequence

from shared.domain.channel.fetching import Upload


class MemoryFiles:
    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}
        self.types: dict[str, str] = {}

    def put(self, key: str, body: bytes, content_type: str = "application/octet-stream") -> None:
        self.bodies[key], self.types[key] = body, content_type

    def get(self, key: str) -> bytes | None:
        return self.bodies.get(key)

    def each(self, keys: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        return ((key, self.get(key)) for key in keys)

    def remove(self, keys: Sequence[str]) -> None:
        for key in keys:
            self.bodies.pop(key, None)
            self.types.pop(key, None)

    def names(self, prefix: str) -> tuple[str, ...]:
        return tuple(sorted(key for key in self.bodies if key.startswith(prefix)))

    def sizes(self, prefix: str) -> dict[str, int]:
        return {key: len(self.bodies[key]) for key in MemoryFiles.names(self, prefix)}

    def uri(self, key: str) -> str:
        return f"s3://memory/{key}"

    def link(self, key: str, seconds: int = 3600, name: str = "", shown: bool = False) -> str:
        return f"memory:///{key}"

    def place(self, key: str, longest: int, seconds: int) -> Upload:
        return Upload("memory:///", {"key": key})
