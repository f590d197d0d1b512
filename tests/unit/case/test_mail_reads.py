"""How often the table is asked for one more mail."""

from typing import Any, TypeVar

from infra.twins.store import MemoryStore
from infra.twins.world import World
from shared.domain.change import Ref
from shared.domain.channel.receipt import Outcome
from tests.support.mails import ANA, COLLEAGUE, MailScene

T = TypeVar("T")


class Counted(MemoryStore):
    """Remembers what was asked for, once `asked` is emptied."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def get(self, ref: Ref[T]) -> T | None:
        self.asked.append(ref.kind.__name__)
        return super().get(ref)

    def get_all(self, *refs: Ref[Any], strong: bool = True) -> tuple[Any, ...]:
        self.asked.append("batch")
        return super().get_all(*refs, strong=strong)

    def find(self, kind: type[T], *partition: object, **how: Any) -> tuple[T, ...]:
        self.asked.append("query")
        return super().find(kind, *partition, **how)


def reads(scene: MailScene, sender: str = ANA, **told: Any) -> list[str]:
    """The requests for reading that one more mail takes."""
    store = scene.world.store
    assert isinstance(store, Counted)
    store.asked.clear()
    assert scene.mail("One more", sender, **told) is Outcome.HANDLED
    return list(store.asked)


def test_a_mail_reads_as_often_as_an_sms_and_one_with_our_token_once_less() -> None:
    scene = MailScene(World(store=Counted()))
    scene.works()

    names: dict[str, Any] = {"message_id": "b@b", "references": ["Hello@mail.example.test"]}
    assert reads(scene) == reads(scene, **names) == ["batch", "Head"]
    assert reads(scene, conversation=scene.token(), sender=COLLEAGUE, message_id="a@b") == ["batch"]
