"""Settings put into force in a world of twins, as `patchbay configure` does it."""

from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.settings.document import Document
from shared.use_cases.configure import Configure


def configure_of(world: World) -> Configure:
    return Configure(world.store, world.clock, world.channels)


def configured(world: World, told: Centre | Document) -> int:
    """The version that holds now."""
    return configure_of(world)(Document(told) if isinstance(told, Centre) else told)
