// The buttons of a table without a new page: the server does what the button says and sends the rows that it changed,
// which are put in place; the others stay as they are. It is the one that draws rows. Whatever else it answers, the
// page is sent as without this script. Before a button does anything, all that was typed is saved (saving.js).
"use strict";
{
  const ACTS = ["open", "close", "add", "remove", "undo", "move", "paste"];
  const PATIENCE = 15_000;
  const form = document.querySelector("form[data-save]");
  if (form) {
    const { saving, session } = globalThis.guichet;
    const told = document.querySelector("[data-rows-told]"); // what is read out
    let busy = false;
    let whole = false; // the page itself is sent

    const say = (text) => {
      told.textContent = "";
      setTimeout(() => (told.textContent = text), 100); // a change, also where the words are the same as before
    };
    const state = (name, detail = "") => document.dispatchEvent(new CustomEvent("guichet:state", { detail: { state: name, detail } }));

    // What the form would send of this table, and nothing of other answers: they go on saving themselves meanwhile.
    const body = (button, key) => {
      const { table } = button.closest("[data-table]").dataset;
      const own = new Set([button.name, table, `new-${table}`, `paste-${table}`, "csrfmiddlewaretoken", "seen", "before"]);
      const data = new FormData();
      for (const [name, value] of new FormData(form, button)) {
        if (own.has(name) || name.startsWith(`${table}.`)) data.append(name, value);
      }
      data.set("request_key", key);
      data.set("lists", [...document.querySelectorAll("datalist")].map((list) => list.id).join(" "));
      return data;
    };

    const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

    // False when the page has not the rows that the server thinks it has.
    const put = (table, answer, name) => {
      const fresh = document.importNode(parsed(answer.table).querySelector("[data-table]"), true);
      const same = [...fresh.querySelectorAll("[data-same]")].map((slot) => [slot, document.getElementById(slot.dataset.same)]);
      if (same.some(([, row]) => !row)) return false;
      same.forEach(([slot, row]) => slot.replaceWith(row));
      const [box, slot] = [table, fresh].map((one) => one.querySelector(":scope > details"));
      if (box && slot && name !== "paste") slot.replaceWith(box); // with what was typed in it
      for (const list of parsed(answer.lists).querySelectorAll("datalist")) {
        if (!document.getElementById(list.id)) form.append(document.importNode(list, true));
      }
      table.replaceWith(fresh);
      for (const [path, version] of Object.entries(answer.seen)) saving.came(path, version, answer.before[path]);
      saving.grew(answer.grown);
      return true;
    };

    const post = (button, key) =>
      fetch(form.getAttribute("action"), {
        method: "POST",
        body: body(button, key),
        credentials: "same-origin",
        headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(PATIENCE),
      });
    const asked = async (button) => {
      const key = crypto.randomUUID();
      const answer = await post(button, key);
      const found = await answer.json().catch(() => ({}));
      if (answer.status !== 401 && found.state !== "stale") return [answer.status, found];
      await saving.back(found.state); // once they are logged in again
      const again = await post(button, key);
      return [again.status, await again.json().catch(() => ({}))];
    };

    const press = async (button, table) => {
      const before = document.activeElement;
      busy = true;
      state("saving");
      try {
        const waiting = asked(button);
        table.inert = true; // its rows are about to be drawn anew
        const [status, answer] = await waiting;
        if (status >= 500) throw new Error(String(status));
        if (answer.state !== "drawn" || !put(table, answer, button.name)) {
          whole = true;
          table.inert = false;
          form.requestSubmit(button);
          return;
        }
        session.heard(answer.ends_in);
        history.replaceState(history.state, "", `${answer.address}#${answer.focus}`);
        form.setAttribute("action", answer.address);
        const other = document.querySelector(".language a");
        if (other) other.search = location.search;
        document.getElementById(answer.focus)?.focus();
        document.dispatchEvent(new CustomEvent("guichet:drawn"));
        state("saved", answer.time);
        say(answer.text);
      } catch {
        table.inert = false;
        before?.focus();
        state("undone");
      } finally {
        busy = whole = false;
      }
    };

    form.addEventListener("submit", (event) => {
      const button = event.submitter;
      const table = ACTS.includes(button?.name) ? button.closest("[data-table]") : null;
      const files = [...form.elements].some((input) => input.files?.length); // they go with the page
      if (!table || whole || files) return;
      event.preventDefault();
      if (!busy) press(button, table);
    });
  }
}
