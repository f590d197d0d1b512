"""A browser for a bench: pages are measured where there is one."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import FLAGS, NONE_HERE, path_of_chromium


@contextmanager
def a_browser() -> Iterator[Browser]:
    if not (path := path_of_chromium()):
        pytest.skip(NONE_HERE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
