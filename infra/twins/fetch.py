"""Other people's files, in memory: `found` by address; what is not there is not there."""

from shared.domain.channel.fetching import Fetched, NotFetched, NotThere, Unfetchable, Wanted

Answer = Fetched | Unfetchable | NotThere | NotFetched


class MemoryFetch:
    def __init__(self) -> None:
        self.found: dict[str, Answer] = {}
        self.asked: list[Wanted] = []

    def __call__(self, wanted: Wanted) -> Answer:
        self.asked.append(wanted)
        return self.found.get(wanted.url, NotThere(for_good=True))
