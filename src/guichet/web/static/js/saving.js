// Every answer saves itself while one types: at least once in a while even if one never pauses, on leaving a field, a
// page, a tab. What is not acknowledged waits (waiting.js) and is sent again with the same key. The page never says
// "saved" before the server has said so. Without this script the buttons of the form do all of it.
"use strict";
{
  const OFTEN = 700; // milliseconds between saves while one types
  const PATIENCE = 15_000; // a request that is not answered by then is sent again: it is written once all the same
  const RETRIES = [1000, 2000, 4000, 8000, 15_000];
  const LEAVING = 60_000; // bytes that a page may still send while it is left (browsers allow 64 KiB)

  const form = document.querySelector("form[data-save]");
  if (form) {
    const { waiting, session } = globalThis.guichet;
    const read = (name) => JSON.parse(form.elements[name].value || "{}");
    const seen = read("seen");
    const before = read("before");
    const store = waiting(form.dataset.account, form.dataset.sheet, "shared" in form.dataset);
    const dirty = new Set(); // paths typed into since they were last taken into a record
    const held = new Map(); // paths with two texts, each with its record: nothing is saved before the person has chosen
    const queue = []; // records to be acknowledged, oldest first; the first may be on its way
    const say = (state, detail = "") => document.dispatchEvent(new CustomEvent("guichet:state", { detail: { state, detail } }));
    let sending = null;
    let timer = 0;
    let failures = 0;
    let stopped = false; // nothing may be saved any more, or the session has ended
    let grown = 0; // how many values this page has written: what others wrote is the rest (together.js)
    let onward = null; // where the person wants to go once all is saved

    // -- what is on the page ------------------------------------------------------------------------------------
    // The path of an input: its name without what one question with two boxes adds ("period-start").
    const path = (input) => (input.name.startsWith("person-") ? "person" : input.name.split("-")[0]);
    const own = new Set(["csrfmiddlewaretoken", "seen", "before", "request_key", "edition", "new", "paste", ""]);
    const typed = (input) => input.form === form && !["file", "submit", "button"].includes(input.type) && !own.has(path(input)) && !input.name.startsWith("keep.");
    const rowOf = (name) => name.split(".").slice(0, 2).join(".");

    // The fields of some paths as the form would send them; a cell brings its row's place along.
    const collect = (paths) => {
      const rows = new Set([...paths].filter((name) => name.split(".").length > 2).map(rowOf));
      const wanted = (input) => paths.has(path(input)) || rows.has(input.name);
      const on = (input) => !["checkbox", "radio"].includes(input.type) || input.checked;
      return [...form.elements].filter((input) => input.name && typed(input) && wanted(input) && on(input) && !input.disabled).map((input) => [input.name, input.value]);
    };

    // The other way: what was typed, put back into the page.
    const fill = (record) => {
      for (const input of form.elements) {
        if (!input.name || !typed(input) || input.type === "hidden" || !record.paths.includes(path(input))) continue;
        const values = record.fields.filter(([name]) => name === input.name).map(([, value]) => value);
        if (["checkbox", "radio"].includes(input.type)) input.checked = values.includes(input.value);
        else if (values.length) input.value = values.at(-1);
      }
    };

    // -- records ------------------------------------------------------------------------------------------------
    const busy = () => dirty.size > 0 || queue.length > 0;

    // Take what was typed into a record. One that has not been sent yet is replaced: it grows, the queue does not.
    const take = () => {
      const paths = new Set(dirty);
      if (!paths.size) return null;
      const last = queue.at(-1);
      const open = last && !last.sent ? queue.pop() : null;
      open?.paths.forEach((name) => paths.add(name));
      paths.forEach((name) => dirty.delete(name));
      const record = {
        key: open?.key ?? crypto.randomUUID(),
        at: open?.at ?? Date.now(),
        paths: [...paths],
        fields: collect(paths),
        seen: { ...open?.seen, ...Object.fromEntries(Object.entries(seen).filter(([name]) => paths.has(name) || [...paths].some((one) => rowOf(one) === name))) },
        edition: form.dataset.edition,
        language: document.documentElement.lang,
      };
      queue.push(record);
      return store.put(record);
    };

    const body = (record) => {
      const data = new URLSearchParams(record.fields);
      data.set("seen", JSON.stringify(record.seen));
      data.set("request_key", record.key);
      data.set("edition", record.edition);
      data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      return data;
    };
    const address = (record) => (record.language === document.documentElement.lang ? form.dataset.save : form.dataset.saveOther);
    const post = (record, more = {}) => fetch(address(record), { method: "POST", body: body(record), credentials: "same-origin", headers: { Accept: "application/json" }, ...more });

    // -- sending ------------------------------------------------------------------------------------------------
    const flush = async () => {
      clearTimeout(timer);
      timer = 0;
      const put = take();
      if (!sending && !queue.length) proceed();
      if (sending || stopped || !queue.length) return put;
      const record = queue[0];
      record.sent = true;
      say("saving");
      sending = (async () => {
        await put; // written down before it leaves
        try {
          const answer = await post(record, { signal: AbortSignal.timeout(PATIENCE) });
          await answered(record, answer.status, await answer.json().catch(() => ({})));
        } catch {
          failed(navigator.onLine ? "unreachable" : "offline");
        }
        sending = null;
        proceed();
      })();
      return sending;
    };

    const proceed = () => {
      if (failures || stopped) return;
      if (busy()) schedule(queue.length ? 0 : OFTEN);
      else if (onward) go();
    };
    const schedule = (delay = OFTEN) => (timer ||= setTimeout(flush, delay));

    const failed = (state) => {
      const delay = RETRIES[Math.min(failures++, RETRIES.length - 1)];
      say(store.works ? state : "unkept", onward && store.works ? "leaving" : "");
      clearTimeout(timer);
      timer = setTimeout(flush, delay);
    };

    const answered = async (record, status, answer) => {
      if (status === 200) return acknowledged(record, answer);
      if (status === 401 || answer.state === "stale") return signedOut(answer.state);
      if (status >= 500 || status === 429 || (status === 403 && !answer.state)) return failed("unreachable");
      stopped = true;
      say("refused", answer.text ?? "");
    };

    const acknowledged = async (record, answer) => {
      failures = 0;
      queue.shift();
      session.heard(answer.ends_in);
      for (const [name, version] of Object.entries(answer.versions)) {
        grown += version - (seen[name] ?? 0);
        seen[name] = version;
        before[name] = ""; // equals no digest: the form then sends whatever stands there
        queue.forEach((later) => later.paths.includes(name) || name in later.seen ? (later.seen[name] = version) : null);
      }
      form.elements.seen.value = JSON.stringify(seen);
      form.elements.before.value = JSON.stringify(before);
      for (const conflict of answer.conflicts) {
        held.set(conflict.path, record);
        document.dispatchEvent(new CustomEvent("guichet:conflict", { detail: conflict }));
      }
      const open = answer.conflicts.length || answer.refused.length;
      // A text that must be chosen about, or was refused, goes on waiting here.
      if (!open) await store.remove(record.key);
      record.done?.(open);
      if (answer.refused.length) say("refused", answer.refused.map((one) => one.text).join(" "));
      else if (held.size) say("conflict");
      else if (!queue.length) say("saved", answer.time);
    };

    // The session is over, or another one has begun: the page locks until the same person is back.
    const signedOut = async (state) => {
      stopped = true;
      const token = await session.back(form.dataset.account, state === "stale");
      document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => (input.value = token));
      stopped = false;
      failures = 0;
    };

    // -- when to save -------------------------------------------------------------------------------------------
    const touched = (event) => {
      if (!event.target.name || !typed(event.target)) return;
      const name = path(event.target);
      const record = held.get(name);
      if (record) {
        store.put({ ...record, key: `${record.key}:${name}`, paths: [name], fields: collect(new Set([name])) });
        return;
      }
      dirty.add(name);
      if (!failures) schedule(event.type === "change" ? 0 : OFTEN);
      else take(); // no connection: written down at once, sent when it is back
      if (event.type === "change" && !failures) {
        clearTimeout(timer);
        timer = 0;
        flush();
      }
    };
    form.addEventListener("input", touched);
    form.addEventListener("change", touched);
    document.addEventListener("visibilitychange", () => document.hidden && flush());
    addEventListener("online", () => {
      failures = 0;
      flush();
    });
    addEventListener("offline", () => busy() && say(store.works ? "offline" : "unkept"));
    addEventListener("pagehide", () => {
      take();
      for (const record of queue) {
        const data = body(record);
        if (data.toString().length < LEAVING) post(record, { keepalive: true }).catch(() => {});
      }
    });
    // Asked only where something would truly be lost.
    addEventListener("beforeunload", (event) => {
      if (busy() && !store.works) event.preventDefault();
    });

    // -- going elsewhere: a link, a button and the other language wait for the save ----------------------------------
    const go = () => {
      const leave = onward;
      onward = null;
      leave();
    };
    const wait = (event, leave) => {
      if (!busy() || onward || stopped) return; // a second press goes at once: the text waits on this device
      event.preventDefault();
      event.stopImmediatePropagation();
      onward = leave;
      if (failures && store.works) say(navigator.onLine ? "unreachable" : "offline", "leaving");
      flush();
    };
    document.addEventListener(
      "click",
      (event) => {
        const link = event.target.closest("a[href]");
        if (!link || link.target || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        if (link.origin !== location.origin || (link.pathname === location.pathname && link.hash)) return;
        if (link.closest(".language")) globalThis.guichet.place?.keep();
        wait(event, () => (location.href = link.href));
      },
      true,
    );
    form.addEventListener("submit", (event) => wait(event, () => form.requestSubmit(event.submitter)), true);

    // -- what waited from before -----------------------------------------------------------------------------------
    (async () => {
      const records = await store.all();
      if (!records.length) return;
      const done = records.map((record) => new Promise((resolve) => (record.done = resolve)));
      for (const record of records) {
        record.sent = true; // never mixed with what is typed now
        fill(record);
      }
      queue.unshift(...records);
      await flush();
      await Promise.all(done);
      document.dispatchEvent(new Event("guichet:look")); // the page was drawn before these were on the server
    })();

    globalThis.guichet.saving = {
      seen,
      busy,
      flush,
      path,
      grown: () => grown,
      // Whether the text of an answer is still only here.
      open: (name) => dirty.has(name) || held.has(name) || queue.some((record) => record.paths.includes(name)),
      // The person has chosen: `version` is the other text's, which they have now seen.
      chosen: async (name, version, mine) => {
        const record = held.get(name);
        held.delete(name);
        seen[name] = version;
        if (record && ![...held.values()].includes(record)) await store.remove(record.key);
        await store.remove(`${record?.key}:${name}`);
        if (mine) dirty.add(name);
        else dirty.delete(name);
        flush();
      },
      // Answers that came from the server with a page.
      came: (name, version, digest) => {
        seen[name] = version;
        before[name] = digest ?? "";
        form.elements.seen.value = JSON.stringify(seen);
        form.elements.before.value = JSON.stringify(before);
      },
    };
  }
}
