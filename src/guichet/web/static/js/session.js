// Warns ten and two minutes before the session ends for want of activity; one key keeps it.
// Without this script the session ends all the same, and the sign-in page says so.
"use strict";
{
  const box = document.getElementById("session");
  const MINUTE = 60;
  const WARN_AT = [10 * MINUTE, 2 * MINUTE];
  const SLACK = MINUTE; // the server may have noted the last activity up to a minute early
  const TYPING_EVERY = 5 * MINUTE; // while somebody types, the server hears of it this often at most
  const stay = box.querySelector("[data-stay-button]");
  const left = box.querySelector("[data-left]");
  const idle = Number(box.dataset.idle) - SLACK;
  const key = "guichet-session-until";
  const over = box.querySelector("[data-over]"); // what to read once the session has ended
  let warned = [];
  let before = null;
  let heard = Date.now();

  const until = () => Number(localStorage.getItem(key)) || 0; // shared by the tabs of one session
  const close = () => {
    if (box.hidden) return;
    box.hidden = true;
    before?.focus();
  };
  const restart = () => {
    localStorage.setItem(key, String(Date.now() + idle * 1000));
    warned = [];
    heard = Date.now();
    over.hidden = true;
    close();
  };
  const open = () => {
    if (!box.hidden) return;
    before = document.activeElement;
    box.hidden = false;
    stay.focus();
  };

  const keep = async () => {
    if (!over.hidden) return close();
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    try {
      const answer = await fetch(box.dataset.stay, {
        method: "POST",
        headers: { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" },
        credentials: "same-origin",
      });
      if (answer.ok) restart();
      else over.hidden = false;
    } catch {
      // Offline: the warning stays and the person may try again.
    }
  };

  const tick = () => {
    const seconds = Math.round((until() - Date.now()) / 1000);
    left.textContent = String(Math.max(0, Math.ceil(seconds / MINUTE)));
    const due = WARN_AT.filter((moment) => seconds <= moment && moment < idle);
    if (due.length > warned.length && seconds > 0) {
      warned = due;
      open();
    } else if (due.length === 0) {
      close(); // kept in another tab
    }
  };

  stay.addEventListener("click", keep);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") keep();
    if (event.key === "Tab") event.preventDefault(); // the dialog holds one control
  });
  document.addEventListener("input", () => {
    if (Date.now() - heard > TYPING_EVERY * 1000) {
      heard = Date.now();
      keep();
    }
  });
  restart();
  setInterval(tick, 1000);
}
