// The other language opens where one was: the same field, the same caret, the same part of the page. Only the place is
// kept, in this tab, and only on the way; never a text.
"use strict";
{
  const KEY = "guichet-place";
  let last = null; // the field that one was in before the link took the focus
  document.addEventListener("focusout", (event) => (last = event.target));
  const keep = () => {
    const now = document.activeElement;
    const field = now?.matches("a, button, body") ? last : now;
    const caret = typeof field?.selectionStart === "number" ? [field.selectionStart, field.selectionEnd] : null;
    // How far the field, or else the page, is from the top of the window: texts of the two languages differ in length.
    const top = field?.id ? field.getBoundingClientRect().top : null;
    sessionStorage.setItem(KEY, JSON.stringify({ id: field?.id ?? "", caret, top, scroll: scrollY / document.body.scrollHeight }));
  };
  const kept = sessionStorage.getItem(KEY);
  if (kept) {
    sessionStorage.removeItem(KEY);
    const { id, caret, top, scroll } = JSON.parse(kept);
    const field = id ? document.getElementById(id) : null;
    if (field) {
      field.focus({ preventScroll: true });
      if (caret && field.setSelectionRange) field.setSelectionRange(...caret);
      scrollBy({ top: field.getBoundingClientRect().top - top, behavior: "instant" });
    } else {
      scrollTo({ top: scroll * document.body.scrollHeight, behavior: "instant" });
    }
  }
  globalThis.guichet = { ...globalThis.guichet, place: { keep } };
}
