"""What every screen of the staff's pages has to be: open to everybody, nothing cut off, nothing covered.

With PATCHBAY_SCREENS=folder a picture of each screen is kept there, in light and in dark.
"""

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.support.browser import violations

KEPT = os.environ.get("PATCHBAY_SCREENS", "")
LANGUAGES = {"ko": "ko-KR", "en": "en-GB"}
# Names as people have them, and as nobody expects them.
LONG = "Maximiliane Wolkenstein-Trostburg von und zu Hohenschwangau 김수한무거북이와두루미삼천갑자동방삭"
# Only what is made to be moved sideways may be wider than its place.
SIDEWAYS = """() => {
  const wide = (node) => node.scrollWidth > node.clientWidth + 1;
  const moves = (node) => {
    const { overflowX, textOverflow, clipPath } = getComputedStyle(node);
    return overflowX !== "visible" && textOverflow !== "ellipsis" && clipPath === "none";
  };
  const meant = ".table-frame, .wide, nav, textarea, input, select, .unseen, .unseen *, .skip, svg, svg *";
  const all = [...document.querySelectorAll("body *")].filter((node) => node.checkVisibility());
  const pushed = all.filter((node) => moves(node) && wide(node) && !node.matches(meant));
  const page = document.documentElement;
  return [...(page.scrollWidth > page.clientWidth ? [page] : []), ...pushed]
    .map((node) => `${node.tagName.toLowerCase()}.${[...node.classList].join(".")}`);
}"""
# What can be pressed is seen where it is: nothing lies over its middle.
COVERED = """() => {
  const top = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body;
  const seen = (node, { left, right, top, bottom }) => {
    for (let up = node.parentElement; up; up = up.parentElement) {
      const box = up.getBoundingClientRect();
      if (getComputedStyle(up).overflow === "visible") continue;
      if (left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1) return false;
    }
    return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  };
  const controls = [...top.querySelectorAll("button, input, select, textarea, a[href]")].filter((node) => node.checkVisibility({ visibilityProperty: true }));
  return controls.filter((node) => {
    const box = node.getBoundingClientRect();
    if (!box.width || !box.height || node.closest(".unseen, .skip, [inert]") || !seen(node, box)) return false;
    const there = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    // What a page scrolls under what sticks to its top is no longer seen.
    if (there?.closest(".popup, .menu-body")) return false; // opened by somebody, and gone with a press beside it
    for (let up = there; up; up = up.parentElement) if (getComputedStyle(up).position === "sticky" && !up.contains(node)) return false;
    return there && !node.contains(there) && !there.contains(node) && !there.closest("label")?.contains(node);
  }).map((node) => `${node.tagName.toLowerCase()} ${node.getAttribute("aria-label") ?? node.textContent.trim().slice(0, 40)}`);
}"""  # noqa: E501  # a script of a page


def open_to_everybody(page: Page, name: str) -> None:
    """axe finds nothing, in light and in dark; nothing is pushed sideways, nothing lies over a door."""
    found = violations(page)
    assert found == [], found
    whole(page, name)


def whole(page: Page, name: str) -> None:
    keep(page, name)
    pushed, covered = told(page, SIDEWAYS), told(page, COVERED)
    assert (pushed, covered) == ([], []), (pushed, covered)


def told(page: Page, script: str) -> Any:
    return page.evaluate(script)


def keep(page: Page, name: str) -> None:
    for scheme in ("light", "dark") if KEPT else ():
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=Path(KEPT) / f"{name}-{scheme}.png")
