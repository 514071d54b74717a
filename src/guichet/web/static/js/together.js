// Others at work on the same file: who is here, and what they have saved, without a reload. The page itself is the
// source: when something is new it is asked for again, and the questions that differ are put in place, except where
// somebody is typing. Looking is no activity: it does not keep the session alive.
"use strict";
{
  const EVERY = 10_000;
  const form = document.querySelector("form[data-save]");
  if (form) {
    const { saving, session } = globalThis.guichet;
    const people = document.querySelector("[data-others]");
    const quiet = { "Guichet-Quiet": "1" };
    let state = Number(form.dataset.state);
    let wanted = null; // an answer to show whatever stands in its field: the other text was chosen

    // The question that holds each answer of a form.
    const places = (of) => {
      const found = new Map();
      for (const input of of.elements) {
        const place = input.name && !["submit", "button"].includes(input.type) ? input.closest(".question") : null;
        if (place && !place.dataset.table) found.set(saving.path(input), place);
      }
      return found;
    };

    // The closed rows of the tables, as they are now: changed, new and gone ones. The open row is not touched.
    const lines = (fresh) => {
      for (const table of fresh.querySelectorAll("[data-table]")) {
        const list = document.getElementById(table.id)?.querySelector(".row-list");
        if (!list) continue;
        const rows = [...table.querySelectorAll(".row[data-row]")];
        const ids = new Set(rows.map((row) => row.id));
        list.querySelectorAll(".row.is-closed").forEach((row) => ids.has(row.id) || row.remove());
        let before = null;
        for (const row of rows) {
          const here = document.getElementById(row.id);
          if (!here && row.matches(".is-closed")) before ? before.after(document.importNode(row, true)) : list.prepend(document.importNode(row, true));
          else if (here?.matches(".is-closed") && row.matches(".is-closed") && here.outerHTML !== row.outerHTML && !here.contains(document.activeElement)) here.replaceWith(document.importNode(row, true));
          else if (here?.matches(".is-open") && row.matches(".is-open") && row.dataset.values) here.dataset.values = row.dataset.values;
          before = document.getElementById(row.id) ?? before;
        }
      }
    };

    // Put in place what others have saved. False while something had to be left alone.
    const put = (fresh) => {
      const versions = JSON.parse(fresh.elements.seen.value);
      const digests = JSON.parse(fresh.elements.before.value || "{}");
      const there = places(fresh);
      let all = true;
      lines(fresh);
      for (const [path, place] of places(form)) {
        const chosen = path === wanted;
        // A page that was drawn before our last save was acknowledged is older than what stands here.
        if (!place.isConnected || !there.has(path) || (!chosen && (versions[path] ?? 0) <= (saving.seen[path] ?? 0))) continue;
        if (saving.open(path) || (place.contains(document.activeElement) && !chosen)) {
          all = false;
          continue;
        }
        place.replaceWith(document.importNode(there.get(path), true));
        saving.came(path, versions[path] ?? 0, digests[path]);
      }
      const page = fresh.getRootNode();
      const said = page.querySelector(".saved");
      if (said) document.querySelector(".saved")?.replaceWith(document.importNode(said, true));
      document.dispatchEvent(new CustomEvent("guichet:drawn", { detail: page }));
      return all;
    };

    const look = async () => {
      const answer = await fetch(location.href, { credentials: "same-origin", headers: quiet });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("form[data-save]");
      if (!fresh || fresh.dataset.edition !== form.dataset.edition) return;
      if (put(fresh)) state = Number(fresh.dataset.state) - saving.grown();
      wanted = null;
    };

    const ask = async () => {
      if (document.hidden || !navigator.onLine) return;
      const data = new URLSearchParams({ edition: form.dataset.edition, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
      try {
        const answer = await fetch(form.dataset.save, { method: "POST", body: data, credentials: "same-origin", headers: { ...quiet, Accept: "application/json" } });
        if (answer.status === 401) return session.ended(form.dataset.account);
        if (answer.status === 409 || answer.status === 403) return saving.flush();
        if (!answer.ok) return;
        const told = await answer.json();
        session.heard(told.ends_in);
        const names = (told.others ?? []).join(", ");
        if (people.querySelector("[data-names]").textContent !== names) people.querySelector("[data-names]").textContent = names;
        people.hidden = !names;
        if (names) people.parentElement.hidden = false;
        if (told.sheet !== undefined && told.sheet !== state + saving.grown() && !saving.busy()) await look();
      } catch {
        // No connection: saving.js says so when it matters.
      }
    };

    document.addEventListener("guichet:look", (event) => {
      wanted = event.detail ?? null;
      look().catch(() => {});
    });
    addEventListener("focus", ask);
    setInterval(ask, EVERY);
    ask();
  }
}
