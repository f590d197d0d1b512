"""One centre for all journeys: the embedded AWS with the deployed template, front door and provider."""

from collections.abc import Iterator

import pytest

from infra.local.centre import Centre


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory, _closed_network: None) -> Iterator[Centre]:
    with Centre(tmp_path_factory.mktemp("centre")) as running:
        yield running
