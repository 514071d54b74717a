// A form is sent once: a second press within a few seconds is ignored (the server is idempotent anyway).
// The error summary takes the focus when the page opens with one, unless its address leads to a place on it.
"use strict";
{
  const PAUSE = 5000;
  const sent = new WeakMap();
  document.addEventListener("submit", (event) => {
    const last = sent.get(event.target);
    if (last && Date.now() - last < PAUSE) {
      event.preventDefault();
    } else if (!event.defaultPrevented) {
      sent.set(event.target, Date.now());
    }
  });
  // Back to this page: its forms may be sent again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form").forEach((form) => sent.delete(form));
  });
  if (!location.hash) document.getElementById("error-summary")?.focus();
}
