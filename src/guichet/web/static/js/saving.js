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
    const store = waiting(form.dataset);
    const dirty = new Set(); // paths typed into since they were last taken into a record
    const held = new Map(); // paths with two texts, each with its record: nothing is saved before the person has chosen
    const left = new Map(); // records that wait on this device for a choice or a correction, by key
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
    const bare = (name) => (name.startsWith("person-") ? "person" : name.split("-")[0]);
    const path = (input) => bare(input.name);
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
        if (!input.name || !typed(input) || input.type === "hidden" || !record.paths.includes(path(input)) || record.apart.includes(path(input))) continue;
        const values = record.fields.filter(([name]) => name === input.name).map(([, value]) => value);
        if (["checkbox", "radio"].includes(input.type)) input.checked = values.includes(input.value);
        else if (values.length) input.value = values.at(-1);
      }
    };

    // -- records ------------------------------------------------------------------------------------------------
    const busy = () => dirty.size > 0 || queue.length > 0;
    const uploading = () => globalThis.guichet.uploading?.();

    // A record with some of its paths alone.
    const narrow = (record, paths) => {
      const wanted = (name) => paths.includes(bare(name)) || paths.some((one) => one.split(".").length > 2 && rowOf(one) === name);
      return { ...record, paths, fields: record.fields.filter(([name]) => wanted(name)) };
    };
    const keep = (record) => {
      left.set(record.key, record);
      return store.put(record);
    };
    // An answer is saved, or chosen: no older text of it waits any more.
    const settle = async (name) => {
      for (const [key, record] of left) {
        if (!record.paths.includes(name)) continue;
        left.delete(key);
        const paths = record.paths.filter((one) => one !== name);
        if (paths.length) await keep(narrow(record, paths));
        else await store.remove(key);
      }
    };

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
        at: open?.at ?? store.moment(),
        paths: [...paths],
        apart: [],
        // What this text grew from, and may be written over: the server may know those records though we were not told.
        after: [...new Set([...(open?.after ?? []), ...queue.filter((one) => one.paths.some((name) => paths.has(name))).map((one) => one.key)])],
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
      data.set("after", record.after.join(" "));
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
      else if (onward && !uploading()) go();
    };
    const schedule = (delay = OFTEN) => (timer ||= setTimeout(flush, delay));

    const failed = (state) => {
      const delay = RETRIES[Math.min(failures++, RETRIES.length - 1)];
      say(store.works ? state : "unkept", onward && store.works ? "leaving" : "");
      clearTimeout(timer);
      timer = setTimeout(flush, delay);
    };

    const answered = async (record, status, answer) => {
      // A body that was cut, or a page that something on the way put in its place, acknowledges nothing.
      if (status === 200 && answer.state === "saved") return acknowledged(record, answer);
      if (status === 401 || answer.state === "stale") return signedOut(answer.state);
      if (answer.state !== "refused" && ![404, 413].includes(status)) return failed("unreachable");
      stopped = true;
      say("refused", answer.text ?? "");
    };

    const acknowledged = async (record, answer) => {
      failures = 0;
      queue.splice(queue.indexOf(record), 1);
      session.heard(answer.ends_in);
      for (const [name, version] of Object.entries(answer.versions)) {
        await settle(name);
        if (record.apart.includes(name)) continue; // what is on the page did not grow from it: two texts
        grown += version - (seen[name] ?? 0);
        seen[name] = version;
        before[name] = ""; // equals no digest: the form then sends whatever stands there
        queue.forEach((later) => later.paths.includes(name) || name in later.seen ? (later.seen[name] = version) : null);
      }
      form.elements.seen.value = JSON.stringify(seen);
      form.elements.before.value = JSON.stringify(before);
      for (const conflict of answer.conflicts) {
        held.set(conflict.path, { record, key: crypto.randomUUID() });
        document.dispatchEvent(new CustomEvent("guichet:conflict", { detail: conflict }));
      }
      // A text that must be chosen about, or was refused, goes on waiting here.
      const open = [...answer.conflicts, ...answer.refused].map((one) => one.path).filter((name) => record.paths.includes(name));
      if (open.length) await keep(narrow(record, open));
      else await store.remove(record.key);
      resent.get(record.key)?.();
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
      const two = held.get(name);
      if (two) {
        keep({ ...two.record, key: two.key, at: store.moment(), paths: [name], fields: collect(new Set([name])) });
        return;
      }
      dirty.add(name);
      if (!failures && !stopped) schedule(event.type === "change" ? 0 : OFTEN);
      else take(); // nothing can be sent now: written down at once
      if (event.type === "change" && !failures && !stopped) {
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
        record.sent = true; // a page may come back: what left does not grow
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
      if (!(busy() || uploading()) || onward || stopped) return; // a second press goes at once: all waits on this device
      event.preventDefault();
      event.stopImmediatePropagation();
      onward = leave;
      if (uploading()) say("uploading");
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
    // Logging out waits as well: it erases what waits on this device.
    const leaves = ({ target }) => target === form || (target.method === "post" && !target.closest("dialog"));
    document.addEventListener("submit", (event) => leaves(event) && wait(event, () => event.target.requestSubmit(event.submitter)), true);

    // -- what waited from before -----------------------------------------------------------------------------------
    const resent = new Map(); // whom to tell, by key
    const again = async (found) => {
      const records = [];
      for (const [place, record] of found.entries()) {
        // The later text of one page grew from the earlier one.
        const paths = record.paths.filter((name) => !found.slice(place + 1).some((later) => later.paths.includes(name)));
        if (paths.length) records.push({ ...narrow(record, paths), sent: true, apart: paths.filter((name) => dirty.has(name)), edition: form.dataset.edition });
        else store.remove(record.key);
      }
      const done = records.map((record) => new Promise((resolve) => resent.set(record.key, resolve)));
      records.forEach(fill);
      queue.splice(sending ? 1 : 0, 0, ...records);
      await Promise.all(records.map((record) => store.put(record))); // this page's from now on
      flush();
      Promise.all(done).then(() => document.dispatchEvent(new Event("guichet:look"))); // drawn before these were saved
    };
    store.left(again);

    globalThis.guichet.saving = {
      seen,
      busy,
      flush,
      path,
      grown: () => grown,
      grew: (values) => (grown += values),
      back: signedOut,
      // Whether the text of an answer is still only here.
      open: (name) => dirty.has(name) || held.has(name) || queue.some((record) => record.paths.includes(name)),
      // The person has chosen: `version` is the other text's, which they have now seen.
      chosen: async (name, version, mine) => {
        const text = [...left.values()].findLast((record) => record.paths.includes(name));
        held.delete(name);
        seen[name] = version;
        if (!mine) dirty.delete(name);
        else if (collect(new Set([name])).length) dirty.add(name);
        else if (text) {
          // Its question is in another section.
          const record = { ...narrow(text, [name]), key: crypto.randomUUID(), at: store.moment(), seen: { ...text.seen, [name]: version }, sent: true };
          queue.push(record);
          await store.put(record);
        }
        await take();
        await settle(name);
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
