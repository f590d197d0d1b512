"""The parts that every page is made of, by keyboard and by their accessible names, on a page of their own."""

import re

from playwright.sync_api import Page, expect

from tests.support.bare import Bare
from tests.support.browser import violations

LONG_LIST = """(n) => {
  const box = window.box = kit.h("div", { id: "scroll", tabindex: "0", "aria-label": "All" });
  box.style.cssText = "height: 400px; overflow: auto; position: relative";
  const list = kit.h("ul", { id: "list" });
  box.append(list);
  app.append(box);
  window.made = 0;
  window.rows = (from, to) => Array.from({ length: to - from }, (_, i) => from + i).map((n) => ({
    key: n, sign: `${n}`, make: () => {
      window.made += 1;
      const row = kit.h("li", { "data-n": n }, kit.h("button", { type: "button" }, `Row ${n}`));
      row.style.height = `${40 + (n % 7) * 9}px`;
      return row;
    },
  }));
  window.long = new kit.WindowList(box, list, { gap: "li", counts: true });
  long.show(rows(0, n));
}"""


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_a_dialog_asks_says_why_it_failed_and_gives_the_focus_back(bare: Bare) -> None:
    page = bare.page("dialog")
    page.evaluate("""() => {
      window.keys = [];
      const field = () => kit.h("label", {}, "Why", kit.h("input", { name: "why" }));
      const onclick = () => kit.ask("Close it?", "Close", field(), act);
      const door = kit.h("button", { type: "button", onclick }, "Open");
      const act = async ({ why }, key) => { keys.push(key); if (!why) throw new Error("Say why."); };
      app.append(door);
    }""")

    page.get_by_role("button", name="Open").click()
    dialog = page.get_by_role("dialog", name="Close it?")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog.get_by_role("alert")).to_have_text("Say why.")
    dialog.get_by_label("Why").fill("Solved")
    page.keyboard.press("Enter")

    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Open")).to_be_focused()
    assert page.evaluate("keys.length === 2 && keys[0] === keys[1]")


def test_the_focus_has_a_place_when_what_opened_a_dialog_is_gone(bare: Bare) -> None:
    page = bare.page("dialog")
    page.evaluate(
        """() => {
          const onclick = () => kit.show("Keys", "Enter", { doors: true });
          app.append(kit.h("button", { id: "door", type: "button", onclick }, "Open"));
        }"""
    )

    page.get_by_role("button", name="Open").click()
    page.evaluate("document.querySelector('#door').remove()")
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#app")).to_be_focused()


def test_a_menu_is_worked_by_arrows_letters_and_escape(bare: Bare) -> None:
    page = bare.page("menu")
    page.evaluate("""() => {
      window.done = [];
      const door = kit.h("button", { type: "button" }, "More");
      app.append(door);
      const one = (text, more) => ({ text, act: () => done.push(text), ...more });
      const close = one("Close", { disabled: true, why: "It is not yours." });
      kit.menu(door, () => [one("Assign"), one("Snooze"), close, one("Tag")]);
    }""")
    door = page.get_by_role("button", name="More")

    door.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Assign")).to_be_focused()
    page.keyboard.press("c")
    expect(page.get_by_role("menuitem", name="Close")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("done.length") == 0
    expect(page.get_by_text("It is not yours.")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(door).to_be_focused()
    expect(door).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

    assert page.evaluate("done") == ["Tag"]
    expect(door).to_be_focused()


def test_a_press_on_the_button_of_an_open_menu_closes_it(bare: Bare) -> None:
    page = bare.page("menu")
    page.evaluate("""() => {
      const door = kit.h("button", { type: "button" }, "More");
      app.append(door);
      kit.menu(door, () => [{ text: "Assign", act: () => {} }]);
    }""")
    door = page.get_by_role("button", name="More")

    door.click()
    expect(page.get_by_role("menu")).to_be_visible()
    door.click()

    expect(page.get_by_role("menu")).to_have_count(0)


COMBOBOX = """() => {
  window.chosen = [];
  window.answers = {};
  const people = [["Kim Minsu", "Customers"], ["Kim Jia", "Customers"], ["Assign", "Commands"]];
  const find = async (text) => {
    if (text === "slow") await new Promise((done) => (answers.slow = done));
    if (text === "broken") throw new Error("Try again in a moment.");
    const fits = ([name]) => text === "slow" || (text && name.toLowerCase().includes(text));
    return people.filter(fits).map(([text, group]) => ({ key: text, text, group }));
  };
  const choose = (one) => chosen.push(one.key);
  window.finder = kit.combobox({ label: "Find", find, choose, wait: 0, empty: "Nobody is called so." });
  app.append(finder.node);
}"""


def test_a_combobox_finds_moves_and_chooses(bare: Bare) -> None:
    page = bare.page("combobox")
    page.evaluate(COMBOBOX)
    field = page.get_by_role("combobox", name="Find")

    field.fill("kim")
    expect(page.get_by_role("option")).to_have_count(2)
    expect(page.get_by_role("status")).to_have_text("2 found")
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    active = page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).textContent"
    )
    page.keyboard.press("Enter")

    assert active == "Kim Jia"
    assert page.evaluate("chosen") == ["Kim Jia"]
    expect(field).to_have_value("")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_another_question_begins_at_its_first_answer(bare: Bare) -> None:
    """Whoever asks on and presses Enter means the best answer, not the one that was left over from before."""
    page = bare.page("combobox")
    page.evaluate(COMBOBOX)
    field = page.get_by_role("combobox", name="Find")
    field.fill("jia")
    expect(page.get_by_role("option")).to_have_count(1)

    field.fill("kim")
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.press("Enter")

    assert page.evaluate("chosen") == ["Kim Minsu"]


def test_a_combobox_says_that_nothing_is_found_or_why_it_failed(bare: Bare) -> None:
    page = bare.page("combobox")
    page.evaluate(COMBOBOX)
    field = page.get_by_role("combobox", name="Find")

    field.fill("nobody")
    expect(page.get_by_role("status")).to_have_text("Nobody is called so.")
    field.fill("broken")

    expect(page.get_by_role("status")).to_have_text("Try again in a moment.")


def test_an_answer_that_a_later_question_overtook_is_dropped(bare: Bare) -> None:
    page = bare.page("combobox")
    page.evaluate(COMBOBOX)
    field = page.get_by_role("combobox", name="Find")

    field.fill("slow")
    expect(field).to_have_attribute("aria-busy", "true")
    field.fill("assign")
    expect(page.get_by_role("option")).to_have_count(1)
    page.evaluate("answers.slow()")
    page.evaluate("new Promise(requestAnimationFrame)")

    expect(page.get_by_role("option")).to_have_text(["Assign"])


def test_a_tooltip_comes_by_focus_stays_under_the_pointer_and_goes_by_escape(bare: Bare) -> None:
    page = bare.page("tooltip")
    page.evaluate(
        """() => {
          const [before, figure] = ["Before", "AHT"].map((text) => kit.h("button", { type: "button" }, text));
          app.append(before, kit.explained(figure, () => "Talk, hold and wrap-up."));
        }"""
    )
    tip = page.get_by_role("tooltip")

    page.get_by_role("button", name="Before").focus()
    page.keyboard.press("Tab")
    expect(tip).to_have_text("Talk, hold and wrap-up.")
    expect(page.get_by_role("button", name="AHT")).to_have_attribute("aria-describedby", "tooltip")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    page.get_by_role("button", name="AHT").hover()
    tip.hover()
    page.wait_for_timeout(300)

    expect(tip).to_be_visible()


def test_a_toast_is_told_offers_one_thing_and_goes(bare: Bare) -> None:
    page = bare.page("toast")
    page.evaluate(
        """() => {
          window.undone = 0;
          const act = { text: "Undo", run: () => (undone += 1) };
          kit.toast("Snoozed until tomorrow.", { act });
        }"""
    )
    told = page.get_by_role("status")

    expect(told).to_contain_text("Snoozed until tomorrow.")
    assert violations(page) == []
    told.get_by_role("button", name="Undo").click()

    assert page.evaluate("undone") == 1
    expect(page.locator(".toast")).to_have_count(0)


def test_a_toast_stays_while_it_is_pointed_at(bare: Bare) -> None:
    page = bare.page("toast")
    page.evaluate("""() => kit.toast("Saved.", { seconds: 2 })""")
    page.locator(".toast").hover()
    page.wait_for_timeout(2500)
    expect(page.locator(".toast")).to_have_count(1)

    page.mouse.move(0, 0)

    expect(page.locator(".toast")).to_have_count(0)


def test_what_fails_stays_until_it_is_closed(bare: Bare) -> None:
    page = bare.page("toast")
    page.evaluate("""() => kit.toast("That did not work.", { tone: "bad" })""")

    page.get_by_role("button", name="Close").click()

    expect(page.locator(".toast")).to_have_count(0)


TABLE = """() => {
  window.opened = [];
  const chosen = window.chosen = new Set();
  const sort = { by: "name", down: false, change: () => show() };
  const people = [["1", "Kim", 5], ["2", "Lee", 3], ["3", "Park", 9]];
  const columns = [
    { key: "name", text: "Name", sort: true, cell: (row) => row[1] },
    { key: "n", text: "Waits", number: true, sort: true, cell: (row) => row[2] },
  ];
  const select = { chosen, change: () => {} };
  const open = (row) => opened.push(row[1]);
  const made = kit.table({ label: "Cases", columns, rows: people, key: (row) => row[0], sort, select, open });
  const order = (a, b) => (sort.by === "n" ? a[2] - b[2] : a[1].localeCompare(b[1])) * (sort.down ? -1 : 1);
  const show = () => made.update([...people].sort(order));
  app.append(made.node);
}"""


def test_the_rows_of_a_table_are_worked_by_the_keyboard(bare: Bare) -> None:
    page = bare.page("table")
    page.evaluate(TABLE)

    page.get_by_role("row", name=re.compile("Kim")).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press(" ")
    page.keyboard.press("Enter")

    assert page.evaluate("opened") == ["Lee"]
    assert page.evaluate("[...chosen]") == ["2"]
    expect(page.get_by_role("row", name=re.compile("Lee"))).to_have_attribute("aria-selected", "true")
    assert violations(page) == []


def test_a_head_sorts_says_so_and_the_current_row_stays(bare: Bare) -> None:
    page = bare.page("table")
    page.evaluate(TABLE)
    page.get_by_role("row", name=re.compile("Park")).focus()

    page.get_by_role("button", name="Waits").click()
    expect(page.get_by_role("columnheader", name="Waits")).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("button", name="Waits").click()

    expect(page.get_by_role("columnheader", name="Waits")).to_have_attribute("aria-sort", "descending")
    assert page.locator("tbody tr").all_inner_texts()[0].split() == ["Park", "9"]
    assert page.locator("tbody tr[tabindex='0']").inner_text().split() == ["Park", "9"]


def test_all_rows_are_selected_and_let_go_at_once(bare: Bare) -> None:
    page = bare.page("table")
    page.evaluate(TABLE)
    every = page.get_by_role("checkbox", name="Select all")

    every.check()
    assert page.evaluate("[...chosen]") == ["1", "2", "3"]
    page.locator("tbody .row-check input").first.uncheck()
    assert every.evaluate("node => node.indeterminate")
    every.check()
    every.uncheck()

    assert page.evaluate("chosen.size") == 0


def test_the_address_keeps_the_query_and_the_open_case(bare: Bare) -> None:
    page = bare.page("address")
    page.evaluate("history.replaceState(null, '', '/?lang=ko&list=open#case.customer')")

    page.evaluate("kit.address({ list: 'waiting', q: '김ㅁ', lang: '' })")

    assert page.evaluate("location.hash") == "#case.customer"
    assert page.evaluate("kit.asked()") == {"list": "waiting", "q": "김ㅁ"}


def test_of_a_long_list_only_what_is_near_the_eye_is_drawn(bare: Bare) -> None:
    page = bare.page("window-list")
    page.evaluate(LONG_LIST, 5000)

    assert page.locator("#list li").count() < 60
    page.evaluate("box.scrollTop = box.scrollHeight / 2")
    expect(page.locator("#list [data-n='2500']")).to_have_count(1)
    page.evaluate("box.scrollTop = box.scrollHeight")

    expect(page.locator("#list [data-n='4999']")).to_be_visible()
    expect(page.locator("#list [data-n='4999']")).to_have_attribute("aria-posinset", "5000")
    assert page.locator("#list li").count() < 60
    assert violations(page) == []


def test_no_part_of_the_view_is_empty_wherever_one_scrolls(bare: Bare) -> None:
    page = bare.page("window-list")
    page.evaluate(LONG_LIST, 2000)
    seen = """async (share) => {
      box.scrollTop = box.scrollHeight * share;
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const at = box.getBoundingClientRect();
      const drawn = (y) => document.elementFromPoint(at.left + 20, at.top + y)?.closest("[data-n]");
      return [5, 200, 395].every(drawn);
    }"""

    assert [share for share in (0, 0.1, 0.5, 0.51, 0.9, 0.3, 1) if not page.evaluate(seen, share)] == []


def test_what_is_read_stays_where_it_is_when_rows_come_above(bare: Bare) -> None:
    page = bare.page("window-list")
    page.evaluate(LONG_LIST, 1000)
    page.evaluate("box.scrollTop = 20000")
    where = """() => {
      const edge = box.getBoundingClientRect().top;
      const inSight = (one) => one.getBoundingClientRect().bottom > edge;
      const read = [...document.querySelectorAll("[data-n]")].find(inSight);
      return [read.dataset.n, Math.round(read.getBoundingClientRect().top)];
    }"""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    before = page.evaluate(where)

    page.evaluate("long.show(rows(-60, 1000))")

    after = page.evaluate(where)
    assert after[0] == before[0]
    assert abs(after[1] - before[1]) <= 1


def test_a_picture_that_comes_while_the_list_scrolls_takes_nobody_away_from_the_end(bare: Bare) -> None:
    page = bare.page("window-list")
    page.evaluate(LONG_LIST, 100)
    grown = """async ([by, up]) => {
      long.sticks = true;
      long.toEnd();
      list.lastElementChild.style.height = `${by}px`;
      box.scrollTop += up;
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return long.atEnd;
    }"""

    assert page.evaluate(grown, [300, 0])
    assert page.evaluate(grown, [600, 1])
    assert not page.evaluate(grown, [900, -200])


def test_a_row_that_is_not_drawn_is_reached(bare: Bare) -> None:
    page = bare.page("window-list")
    page.evaluate(LONG_LIST, 5000)

    page.evaluate("long.reach(3210)")

    expect(page.locator("[data-n='3210']")).to_be_in_viewport()
    top = page.evaluate("long.node(3210).getBoundingClientRect().top - box.getBoundingClientRect().top")
    assert abs(top - 12) <= 2
    assert page.evaluate("long.reach(999999)") is None


def test_what_has_the_focus_stays_drawn_and_keeps_it(bare: Bare) -> None:
    page = bare.page("window-list")
    page.evaluate(LONG_LIST, 5000)
    page.get_by_role("button", name="Row 3", exact=True).focus()

    page.evaluate("box.scrollTop = box.scrollHeight / 2")
    expect(page.locator("[data-n='2500']")).to_have_count(1)

    assert focused(page) == "Row 3"
    page.evaluate("box.scrollTop = 0")
    expect(page.get_by_role("button", name="Row 3", exact=True)).to_be_in_viewport()


def test_what_is_selected_can_be_copied_whole(bare: Bare) -> None:
    page = bare.page("window-list")
    page.evaluate(LONG_LIST, 5000)
    page.evaluate("""() => {
      const [from, to] = ["1", "9"].map((n) => document.querySelector(`[data-n="${n}"] button`).firstChild);
      getSelection().setBaseAndExtent(from, 0, to, 5);
    }""")

    page.evaluate("box.scrollTop = box.scrollHeight / 2")
    expect(page.locator("[data-n='2500']")).to_have_count(1)

    assert page.evaluate("getSelection().toString()").split() == [
        part for n in range(1, 10) for part in ("Row", str(n))
    ]


def test_a_row_that_shows_the_same_is_not_made_anew(bare: Bare) -> None:
    page = bare.page("window-list")
    page.evaluate(LONG_LIST, 500)
    before = page.evaluate("made")

    page.evaluate("long.show(rows(0, 501))")

    assert page.evaluate("made") == before
