// Warns ten and two minutes before the session ends; one key keeps it. When it has ended, a page that holds text locks
// with the text in it, and the person logs in on the spot. Without this script the session ends all the same; a form
// sent afterwards is held on a page of its own.
"use strict";
{
  const box = document.getElementById("session");
  const door = document.getElementById("sign-in");
  const MINUTE = 60;
  const WARN_AT = [10 * MINUTE, 2 * MINUTE];
  const TYPING_EVERY = 5 * MINUTE; // while somebody types, the server hears of it this often at most
  const KNOCK = 2000; // milliseconds between attempts to show the form for logging in
  const stay = box.querySelector("[data-stay-button]");
  const left = box.querySelector("[data-left]");
  const over = box.querySelector("[data-over]"); // what to read once the session has ended
  const key = "guichet-session-until"; // shared by the tabs of one session
  let warned = [];
  let before = null;
  let spoken = Date.now();

  const until = () => Number(localStorage.getItem(key)) || 0;
  const close = () => {
    if (box.hidden) return;
    box.hidden = true;
    before?.focus();
  };
  // The server has said how many seconds are left.
  const heard = (seconds) => {
    localStorage.setItem(key, String(Date.now() + seconds * 1000));
    warned = WARN_AT.filter((moment) => seconds <= moment); // near the end of its whole life, once is enough
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
    spoken = Date.now();
    try {
      const answer = await fetch(box.dataset.stay, { method: "POST", headers: { "X-CSRFToken": token, Accept: "application/json" }, credentials: "same-origin" });
      if (answer.ok) heard((await answer.json()).ends_in);
      else over.hidden = false;
    } catch {
      // No connection: the warning stays and the person may try again.
    }
  };

  // -- logging in on the spot -----------------------------------------------------------------------------------
  const who = async () => (await fetch(box.dataset.who, { credentials: "same-origin", headers: { Accept: "application/json" } })).json();

  // The forms of a sign-in page (address and password, then the second factor), shown in the dialog.
  const show = (page, address) => {
    const place = door.querySelector("[data-forms]");
    const main = new DOMParser().parseFromString(page, "text/html").querySelector("main");
    const parts = [...main.querySelectorAll(".error-summary, form[method=post]")];
    place.replaceChildren(...parts.map((part) => document.importNode(part, true)));
    place.querySelectorAll("form").forEach((form) => form.setAttribute("action", new URL(form.getAttribute("action") ?? "", address)));
    place.querySelectorAll("a[href]").forEach((link) => (link.target = "_blank"));
    (place.querySelector("[aria-invalid]") ?? place.querySelector("input:not([type=hidden])"))?.focus();
  };
  const load = async () => {
    const answer = await fetch(door.dataset.login, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.text(), answer.url);
  };

  let waiting = null; // one lock for all who ask
  const locked = (account) =>
    (waiting ??= new Promise((resolve) => {
      close();
      const here = new AbortController(); // ends what listens when they are back
      const again = async () => {
        const person = await who();
        if (!person.person) return false;
        if (person.person !== account) {
          location.replace(door.dataset.home); // somebody else: they never see this page's text
          return true;
        }
        if (here.signal.aborted) return true;
        here.abort();
        door.close();
        before?.focus();
        waiting = null;
        heard(person.ends_in);
        resolve(person.token);
        return true;
      };
      before = document.activeElement;
      door.showModal();
      // Without a connection the dialog has no form yet, or an old one: until there is an answer.
      const knock = async () => {
        if (here.signal.aborted) return;
        try {
          if (!(await again())) await load();
        } catch {
          setTimeout(knock, KNOCK);
        }
      };
      knock();
      door.addEventListener("cancel", (event) => event.preventDefault(), here);
      door.addEventListener(
        "submit",
        async (event) => {
          event.preventDefault();
          const form = event.target;
          const data = new FormData(form, event.submitter);
          try {
            const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
            const page = await answer.text();
            if (!(await again())) show(page, answer.url);
          } catch {
            knock();
          }
        },
        here,
      );
      addEventListener("focus", () => again().catch(() => {}), here); // they may have logged in in another tab
    }));

  // The token of a session of the same person: at once if there is one, else when they are back.
  const back = async (account) => {
    const person = await who().catch(() => ({ person: "" }));
    if (person.person === account) {
      heard(person.ends_in);
      return person.token;
    }
    return locked(account);
  };
  const ended = async (account) => {
    const token = await back(account);
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => (input.value = token));
    globalThis.guichet.saving?.flush();
  };

  const tick = () => {
    const seconds = Math.round((until() - Date.now()) / 1000);
    left.textContent = String(Math.max(0, Math.ceil(seconds / MINUTE)));
    const due = WARN_AT.filter((moment) => seconds <= moment);
    const form = document.querySelector("form[data-save]");
    if (seconds <= 0 && form && !waiting) {
      ended(form.dataset.account);
    } else if (seconds > 0 && due.length > warned.length) {
      warned = due;
      open();
    } else if (due.length === 0) {
      warned = [];
      close(); // kept in another tab
    }
  };

  // Logging out erases whatever waits on this device (the server says so as well, with Clear-Site-Data).
  document.querySelector("form[data-log-out]")?.addEventListener("submit", () => ["guichet", "guichet-files"].forEach((name) => indexedDB.deleteDatabase(name)));

  stay.addEventListener("click", keep);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") keep();
    if (event.key === "Tab") event.preventDefault(); // the dialog holds one control
  });
  document.addEventListener("input", () => {
    if (Date.now() - spoken > TYPING_EVERY * 1000 && !waiting) keep();
  });
  heard(Number(box.dataset.endsIn));
  setInterval(tick, 1000);
  globalThis.guichet = { ...globalThis.guichet, session: { heard, back, ended } };
}
