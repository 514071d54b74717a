// Documents are sent as soon as they are chosen or dropped, piece by piece (docs/nothing-lost.md): what arrived is never
// sent again. The file waits on this device until the portal has it, so that a reload, a closed tab or a cut cost nothing;
// where the browser cannot give it back the person is told, and when they choose the same one the rest is sent. Without
// this script files go with the buttons of the form.
"use strict";
{
  const PIECE = 512 * 1024; // bytes in memory at a time
  const PATIENCE = 30_000; // milliseconds for a piece, doubled each time it was too short
  const MOST_PATIENCE = 240_000;
  const RETRIES = [1000, 2000, 4000, 8000, 15_000];
  const TELL = 10_000; // milliseconds between two figures that are read out

  const form = document.querySelector("form[data-uploads]");
  const mold = document.getElementById("upload-box");
  if (form?.dataset.uploads && mold && crypto.subtle) {
    const { waiting, session, saving } = globalThis.guichet;
    const store = waiting(form.dataset, "guichet-files");
    const told = document.querySelector("[data-upload-told]");
    const percent = new Intl.NumberFormat(`${document.documentElement.lang}-CA`, { style: "percent" });
    const items = new Map(); // files on their way, by key
    let line = Promise.resolve(); // one after the other
    let wake = () => {};
    let refocus = "";

    // -- what is said ---------------------------------------------------------------------------------------------
    const words = (state) => mold.content.querySelector(`[data-words="${state}"]`)?.textContent ?? "";
    const colon = document.documentElement.lang === "fr" ? "\u00a0: " : ": ";
    const tell = (item, text) => (told.textContent = item.name + colon + text);
    const inputOf = (path) => [...form.elements].find((input) => input.type === "file" && input.name === path);
    const place = (path) => {
      const there = form.querySelector(`[data-uploads-of="${path}"]`);
      if (there) return there;
      const made = Object.assign(document.createElement("div"), { className: "uploads" });
      made.dataset.uploadsOf = path;
      const question = inputOf(path)?.closest(".question");
      if (question) question.after(made);
      else [...form.querySelectorAll(".buttons")].at(-1).before(made);
      return made;
    };
    const active = (item) => ["queued", "sending", "ending", "offline", "unreachable", "full"].includes(item.state);
    const show = (item, state, detail = "") => {
      if (!item.box) {
        item.box = mold.content.firstElementChild.cloneNode(true);
        item.box.querySelectorAll("[data-name]").forEach((at) => (at.textContent = item.name));
        item.box.querySelector("progress").setAttribute("aria-label", item.name);
        item.box.addEventListener("click", ({ target }) => acts[target.closest("button")?.value]?.(item));
        place(item.path).append(item.box);
      }
      const done = percent.format(item.size ? item.offset / item.size : 0);
      const kept = ["offline", "unreachable"].includes(state) && !item.kept ? `${state}-unkept` : state;
      const text = `${detail} ${words(kept)}`.trim().replace("…n…", done);
      const changed = item.state !== state;
      item.state = state;
      item.box.dataset.upload = state;
      item.box.querySelector("[data-said]").textContent = text;
      item.box.querySelector("progress").value = item.size ? item.offset / item.size : 0;
      item.box.querySelector("progress").hidden = ["refused", "attached"].includes(state);
      item.box.querySelector("[value=cancel]").hidden = ["refused", "ending", "attached"].includes(state);
      item.box.querySelector("[value=close]").hidden = state !== "refused";
      item.box.querySelector("[value=again]").hidden = state !== "again" || !inputOf(item.path);
      if (!changed && Date.now() - (item.told ?? 0) < TELL) return;
      if (state === "ending") return;
      item.told = Date.now();
      tell(item, text);
    };
    const drop = (item) => {
      items.delete(item.key);
      item.box?.remove();
    };

    // -- digests --------------------------------------------------------------------------------------------------
    const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    // What the server would say of the first bytes of this file.
    const chain = async (file, end) => {
      let found = "";
      for (let start = 0; start < end; start += PIECE) {
        const piece = hex(await sha256(await file.slice(start, start + PIECE).arrayBuffer()));
        found = hex(await sha256(new TextEncoder().encode(found + piece)));
      }
      return found;
    };

    // -- sending --------------------------------------------------------------------------------------------------
    // Why an attempt failed, as the page says it.
    const failure = (state, text = "") => Object.assign(new Error(state), { state, text });
    const ask = async (item, method, address, body, headers) => {
      const timer = setTimeout(() => {
        item.patience = Math.min(2 * item.patience, MOST_PATIENCE);
        item.stop.abort();
      }, item.patience);
      item.stop = new AbortController();
      const token = form.elements.csrfmiddlewaretoken.value;
      try {
        const answer = await fetch(address, { method, body, signal: item.stop.signal, credentials: "same-origin", headers: { Accept: "application/json", "X-CSRFToken": token, ...headers } });
        const said = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
        return { ...said, status: answer.status, at: answer.headers.get("Upload-Offset") };
      } catch {
        throw failure(navigator.onLine ? "unreachable" : "offline");
      } finally {
        clearTimeout(timer);
      }
    };

    const begin = async (item) => {
      const body = new URLSearchParams({ path: item.path, name: item.name, request_key: item.key });
      const answer = await ask(item, "POST", form.dataset.uploads, body, { "Upload-Length": item.size });
      if (answer.status !== 201 || answer.state !== "begun") return judge(item, answer);
      session.heard(answer.ends_in);
      item.address = answer.address;
      item.offset = answer.offset;
      return false;
    };

    const piece = async (item) => {
      let bytes;
      try {
        bytes = await item.file.slice(item.offset, item.offset + PIECE).arrayBuffer();
      } catch {
        throw failure("again"); // it was moved or changed since it was chosen
      }
      const last = item.offset + bytes.byteLength === item.size;
      if (last) show(item, "ending");
      const digest = btoa(String.fromCharCode(...(await sha256(bytes))));
      const answer = await ask(item, "PATCH", item.address, bytes, {
        "Content-Type": "application/partial-upload",
        "Upload-Offset": item.offset,
        "Upload-Complete": last ? "?1" : "?0",
        "Content-Digest": `sha-256=:${digest}:`,
      });
      // Only a whole answer of our own counts.
      if (answer.status === 200 && answer.state === "attached") {
        session.heard(answer.ends_in);
        await attached(item);
        return true;
      }
      if (answer.status !== 204 || answer.at === null) return judge(item, answer);
      item.offset = Number(answer.at);
      return false;
    };

    // An answer that is no success. True when this file is at its end.
    const judge = async (item, answer) => {
      if (answer.status === 401 || answer.state === "stale") {
        const token = await session.back(form.dataset.account);
        document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => (input.value = token));
        return false;
      }
      if (answer.state === "offset" && answer.at !== null && Number(answer.at) !== item.offset) {
        item.offset = Number(answer.at);
        return false;
      }
      if (answer.state === "refused" || (answer.status === 404 && !item.address)) {
        await store.remove(item.key);
        items.delete(item.key);
        show(item, "refused", answer.text);
        saving.flush();
        return true;
      }
      item.address = null; // whatever it was: ask where it stands, before the next piece
      throw failure(answer.state === "full" ? "full" : "unreachable", answer.text);
    };

    const attached = async (item) => {
      item.offset = item.size;
      await store.remove(item.key);
      items.delete(item.key);
      show(item, "attached");
      const question = inputOf(item.path)?.closest(".question");
      refocus = question?.contains(document.activeElement) ? document.activeElement.id : "";
      document.dispatchEvent(new CustomEvent("guichet:look", { detail: item.path }));
      saving.flush(); // a link may wait for it
    };

    const pause = (milliseconds) =>
      new Promise((resolve) => {
        wake = resolve;
        setTimeout(resolve, milliseconds);
      });
    const run = async (item) => {
      let failures = 0;
      while (items.get(item.key) === item && item.file) {
        try {
          if (!failures) show(item, "sending");
          if (await (item.address ? piece(item) : begin(item))) return;
          failures = 0;
        } catch (error) {
          if (items.get(item.key) !== item) return;
          if (error.state === "again") item.file = null;
          show(item, error.state ?? "unreachable", error.text);
          if (item.file) await pause(RETRIES[Math.min(failures++, RETRIES.length - 1)]);
        }
      }
    };
    // A tab that sends holds a lock, so that another one does not ask for the file.
    const { locks } = navigator;
    const locked = (item, options, work) => (locks ? locks.request(`guichet-upload-${item.key}`, options, work) : work(true));
    const queue = (item) => {
      show(item, "queued");
      line = line.then(() => locked(item, {}, () => run(item))).catch(() => {});
    };

    const made = (known) => {
      const item = { offset: 0, address: null, file: null, kept: false, patience: PATIENCE, stop: new AbortController(), ...known };
      items.set(item.key, item);
      return item;
    };
    const keep = async (item) => {
      const { key, path, name, size, file } = item;
      await store.put({ key, at: item.at ?? store.moment(), path, name, size, file });
      item.kept = store.works;
    };

    // -- choosing -------------------------------------------------------------------------------------------------
    // The upload of which this file is the rest, if it is the same one: its length, and the digest of what arrived.
    const rest = async (path, file) => {
      for (const item of items.values()) {
        if (item.state !== "again" || item.path !== path || item.size !== file.size) continue;
        if ((await chain(file, item.offset)) === item.chain) return item;
      }
      return null;
    };
    const take = async (input, files) => {
      const path = input.name;
      if (!input.multiple) [...items.values()].filter((item) => item.path === path && item.state !== "again").forEach((item) => acts.cancel(item));
      for (const file of input.multiple ? files : files.slice(0, 1)) {
        const found = await rest(path, file).catch(() => null);
        const item = found ?? made({ key: crypto.randomUUID(), path, name: file.name, size: file.size });
        item.file = file;
        queue(item); // shown at once
        await keep(item);
      }
    };
    document.addEventListener("change", ({ target }) => {
      if (target.type !== "file" || target.form !== form || !target.files.length) return;
      const files = [...target.files];
      target.value = ""; // it is on its way: the buttons need not send it as well
      take(target, files);
    });

    const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
    const goal = (event) => event.target.closest?.(".question")?.querySelector("input[type=file]");
    const mark = (event) => document.querySelectorAll(".is-over").forEach((one) => one.classList.toggle("is-over", one === event));
    document.addEventListener("dragover", (event) => {
      if (!carries(event)) return;
      event.preventDefault(); // beside the place, the browser would open the file instead of the page
      const input = goal(event);
      mark(input?.closest(".question"));
      input?.closest(".question").classList.add("is-over");
      event.dataTransfer.dropEffect = input ? "copy" : "none";
    });
    document.addEventListener("dragleave", (event) => event.relatedTarget || mark(null));
    document.addEventListener("drop", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      mark(null);
      const input = goal(event);
      if (input?.form === form) take(input, [...event.dataTransfer.files]);
    });

    const acts = {
      cancel(item) {
        drop(item);
        item.stop.abort();
        store.remove(item.key);
        tell(item, words("cancelled"));
        const headers = { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
        if (item.address) fetch(item.address, { method: "DELETE", credentials: "same-origin", keepalive: true, headers }).catch(() => {});
        wake();
        inputOf(item.path)?.focus();
        saving.flush();
      },
      close(item) {
        drop(item);
        inputOf(item.path)?.focus();
      },
      again: (item) => inputOf(item.path)?.click(),
    };

    // -- what waited from before ------------------------------------------------------------------------------------
    const again = async (records) => {
      for (const record of records) {
        const item = items.get(record.key) ?? made(record);
        item.file = record.file;
        await keep({ ...item, at: record.at }); // this page's from now on
        item.kept = store.works;
        queue(item);
      }
    };
    const list = async () => {
      if (!form.querySelector("input[type=file]")) return;
      const answer = await fetch(form.dataset.uploads, { credentials: "same-origin", headers: { Accept: "application/json", "Guichet-Quiet": "1" } });
      if (!answer.ok) return;
      for (const known of (await answer.json()).uploads) {
        const { key } = known;
        if (items.has(key) || !inputOf(known.path)) continue;
        await locked(known, { ifAvailable: true }, (lock) => lock && !items.has(key) && show(made({ ...known, state: "" }), "again"));
      }
    };
    store.left(again).finally(() => list().catch(() => {}));

    addEventListener("online", () => wake());
    document.addEventListener("guichet:drawn", () => {
      document.querySelectorAll("[data-upload=attached]").forEach((box) => box.remove());
      if (refocus && document.activeElement === document.body) document.getElementById(refocus)?.focus();
      refocus = "";
    });
    // Asked only where the file would have to be chosen again.
    addEventListener("beforeunload", (event) => {
      if ([...items.values()].some((item) => active(item) && !item.kept)) event.preventDefault();
    });

    globalThis.guichet.uploading = () => [...items.values()].some(active);
  }
}
