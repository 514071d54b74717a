"""A person without a mouse: everything by the Tab, Enter, Space and arrow keys, from where the focus stands."""

from typing import Any

from playwright.sync_api import Locator

from tests.journeys.visitor import Visitor

MOST_STOPS = 400

# What the browser is asked at each stop: is the focus seen, on the screen, and after the stop before it?
STOP = """before => {
  const now = document.activeElement;
  if (!now || now === document.body) return {at: "body"};
  const rings = [now, now.parentElement, now.closest("label"), now.nextElementSibling].filter(Boolean);
  const seen = rings.some(one => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  });
  const box = now.getBoundingClientRect();
  const onScreen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  const backwards = before && before.isConnected && !now.matches(".skip") &&
    Boolean(before.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_PRECEDING);
  return {at: now.outerHTML.slice(0, 120), seen, onScreen, backwards};
}"""


class Typist(Visitor):
    """Goes about like a ``Visitor``, with the keyboard alone; every stop of the Tab key is looked at."""

    def go_to(self, target: Locator) -> None:
        """Press Tab until the focus is on ``target``; the first Tab of a page is the link past its menu."""
        wanted = target.element_handle()
        for _ in range(MOST_STOPS):
            if self.page.evaluate("wanted => document.activeElement === wanted", wanted):
                return
            self._tab(past_the_menu=target.evaluate("e => Boolean(e.closest('main'))"))
        raise AssertionError(f"the Tab key does not lead to {target}")

    def _tab(self, *, past_the_menu: bool) -> None:
        before = self.page.evaluate_handle("document.activeElement")
        fresh = self.page.evaluate("document.activeElement === document.body")
        self.page.keyboard.press("Tab")
        stop = self.page.evaluate(STOP, None if fresh else before)
        assert fresh or not stop.get("backwards"), f"the focus goes back: {stop}"
        assert stop.get("seen", True), f"the focus is not seen: {stop}"
        assert stop.get("onScreen", True), f"the focus is off the screen: {stop}"
        if past_the_menu and self.page.evaluate("document.activeElement.matches('.skip')"):
            self.page.keyboard.press("Enter")

    def _send(self, target: Locator, key: str = "Enter") -> None:
        self.go_to(target)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.arrived()

    # The visitor's ways, by keys -----------------------------------------------------------------------------------
    def follow(self, english: str, french: str, *, within: Locator | None = None) -> None:
        scope = within or self.page.locator("body")
        self._send(scope.get_by_role("link", name=self.say(english, french), exact=True).first)

    def press(self, english: str, french: str, *, within: Locator | None = None) -> None:
        scope = within or self.page.get_by_role("main")
        self._send(scope.get_by_role("button", name=self.say(english, french), exact=True).first, "Space")

    def tap(self, button: Locator) -> None:
        self._send(button)

    def tick(self, box: Locator) -> None:
        self.go_to(box)
        self.page.keyboard.press("Space")
        assert box.is_checked()

    def answer(self, path: str, value: Any) -> None:
        field = self.page.locator(f'[name="{path}"]:not([type=hidden])')
        tag = field.first.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()")
        if tag == "checkbox" and value is True:
            self.tick(field.first)
        elif tag == "radio":
            self._choose(path, {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value)
        elif tag == "select":
            self._select(field, value)
        else:
            self.go_to(field)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(str(value))
            assert field.input_value() == str(value)

    def _choose(self, path: str, value: str) -> None:
        """The Tab key stops once at a group of buttons, on the one that is chosen or the first; arrows move within."""
        group = self.page.locator(f'[name="{path}"]:not([type=hidden])')
        chosen = self.page.locator(f'[name="{path}"]:checked')
        self.go_to(chosen.first if chosen.count() else group.first)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if chosen.first.get_attribute("value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrow keys do not lead to {value} of {path}")

    def _select(self, field: Locator, value: str) -> None:
        place = "(e, value) => [...e.options].findIndex(option => option.value === value) - e.selectedIndex"
        steps = field.evaluate(place, value)
        self.go_to(field)
        for _ in range(abs(steps)):
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        assert field.input_value() == value
