"""The centre's settings, fixed."""

from shared.domain.centre import Centre


class FixedSettings:
    def __init__(self, centre: Centre | None = None) -> None:
        self._centre = centre or Centre()

    def centre(self) -> Centre:
        return self._centre
