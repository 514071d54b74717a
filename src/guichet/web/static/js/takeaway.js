// A draft that was taken away as one file. Both languages stand in the document; one is shown. What is typed goes into
// the other language too, is held against the rules of the form, and is kept in one way only: by a copy of this very
// document with the answers in it. The browser keeps nothing.
//
// What is brought back is the JSON of #guichet-typed: the keys of the copies, the fields by the language in which they
// were typed, the rows that were taken out (web/applicant/offline.py reads it).
"use strict";
takeaway: {
  const part = document.getElementById("guichet-typed");
  if (!part) break takeaway;
  const { Context, operand, understood, written, telling } = globalThis.guichet;
  const LATE = 10 * 60_000; // after so long without a copy it is said again
  const root = document.documentElement;
  const kept = JSON.parse(part.textContent);
  const forms = new Map([...document.querySelectorAll("form[data-version]")].map((form) => [form.dataset.version, form]));
  const rules = new Map([...forms].map(([language, form]) => [language, JSON.parse(form.querySelector("[id$=page-rules]")?.textContent ?? "null")]));
  const removed = new Set(kept.removed);
  const touched = new Map(); // paths that were typed into, each with the language in which they last were
  const left = new Set(); // paths of the questions that somebody has left
  let dirty = false; // something is not in a copy yet

  const bare = (name) => name.replace(/-(start|end|match)$/, "");
  const rowOf = (path) => (path.split(".").length === 3 ? path.split(".").slice(0, 2).join(".") : "");
  const picked = (input) => /^(radio|checkbox)$/.test(input.type);
  const answers = (input) => input.name && !/^(new|paste)-/.test(input.name) && !["button", "submit", "file"].includes(input.type);
  // The inputs of a form by their paths, gathered once, and again when rows come.
  const gathered = new Map();
  const gather = (form) => {
    const found = new Map();
    for (const input of form.elements) {
      if (!answers(input)) continue;
      const path = bare(input.name);
      if (found.has(path)) found.get(path).push(input);
      else found.set(path, [input]);
    }
    gathered.set(form, found);
    return found;
  };
  const inputs = (form, path) => (gathered.get(form) ?? gather(form)).get(path) ?? [];
  const controls = (form, path) => inputs(form, path).filter((input) => input.type !== "hidden");
  const texts = (found) => found.filter((input) => !picked(input) || input.checked).map((input) => input.value.trim()).filter(Boolean);
  const same = (name) => `[data-row="${name}"]`;
  const lines = (row) => [...forms.values()].flatMap((form) => [...form.querySelectorAll(`[data-table="${row.split(".")[0]}"] ${same(row.split(".")[1])}`)]);

  for (const [language, fields] of Object.entries(kept.fields)) {
    for (const [name] of fields) if (bare(name).split(".").length !== 2) touched.set(bare(name), language);
  }

  // -- one language is shown ------------------------------------------------------------------------------------------
  const shown = () => root.lang;
  const show = (language) => {
    root.lang = language;
    document.title = root.dataset[`title${language === "fr" ? "Fr" : "En"}`];
    for (const link of document.querySelectorAll("[data-to]")) {
      if (link.dataset.to === language) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    refresh();
  };
  // What stands at the top of the window, and what has the focus, stay where they are.
  const turn = (language) => {
    const from = forms.get(shown());
    const inside = from.contains(document.activeElement);
    const seen = (element) => element.getClientRects().length && element.getBoundingClientRect().top >= 0;
    const place = [...from.querySelectorAll("[id]")].find(seen);
    const top = place?.getBoundingClientRect().top;
    show(language);
    const twin = place && document.getElementById(place.id.replace(/^../, language));
    document.dispatchEvent(new CustomEvent("guichet:drawn")); // count.js
    if (twin) scrollBy(0, twin.getBoundingClientRect().top - top);
    if (inside) forms.get(language).querySelector("button[name=turn]").focus({ preventScroll: true });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-to]");
    if (!link) return;
    event.preventDefault();
    turn(link.dataset.to);
  });

  // -- what is typed --------------------------------------------------------------------------------------------------
  const mirror = (path, from) => {
    for (const form of forms.values()) {
      if (form === from) continue;
      for (const name of new Set(inputs(from, path).map((input) => input.name))) {
        const [own, others] = [form, from].map((one) => controls(one, path).filter((input) => input.name === name));
        own.forEach((input, place) => {
          if (picked(input)) input.checked = others.some((other) => other.value === input.value && other.checked);
          else if (others[place]) input.value = others[place].value;
        });
      }
    }
  };
  const say = (state, name = "") => {
    for (const bar of document.querySelectorAll("[data-state]")) {
      const words = bar.querySelector(`template[data-words="${state}"]`).content.textContent.trim();
      bar.dataset.state = state;
      bar.querySelector("[data-told]").textContent = words.replace("…name…", name);
    }
  };
  let late = 0;
  const changed = () => {
    if (!dirty) {
      say("typed");
      late = setInterval(() => say("late"), LATE);
    }
    dirty = true;
    soon();
  };
  const heard = ({ target }) => {
    const form = target.form;
    if (!form?.dataset.version || !answers(target)) return;
    touched.set(bare(target.name), form.dataset.version);
    mirror(bare(target.name), form);
    changed();
  };
  document.addEventListener("input", heard);
  document.addEventListener("change", heard);
  document.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("focusout", ({ target }) => {
    if (!target.form?.dataset.version || !answers(target)) return;
    left.add(bare(target.name));
    left.add(target.name.split(".")[0]);
    soon();
  });
  // The keys by which anybody keeps a file: what the browser would write is the file as it came.
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    copy();
  });

  // -- rows -----------------------------------------------------------------------------------------------------------
  const number = (table) => {
    for (const form of forms.values()) {
      const rows = form.querySelectorAll(`[data-table="${table}"] .row-list > [data-row]:not([data-removed])`);
      const { most, full } = form.querySelector(`[data-new-row="${table}"]`).dataset;
      const place = form.querySelector(`button[name=add][value="${table}"]`).closest("p");
      place.hidden = rows.length >= Number(most);
      place.parentElement.querySelector("[data-full]")?.remove();
      if (!place.hidden) continue;
      const hint = Object.assign(document.createElement("p"), { className: "hint", textContent: full });
      hint.dataset.full = "";
      place.after(hint);
    }
  };
  const add = (table) => {
    const signs = "abcdefghjkmnpqrstvwxyz23456789";
    const row = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => signs[byte % signs.length]).join("");
    for (const form of forms.values()) {
      const field = form.querySelector(`[data-table="${table}"]`);
      const mold = form.querySelector(`[data-new-row="${table}"]`);
      const places = [...field.querySelectorAll(".row-list > [data-row] input[type=hidden]")].filter((input) => /^[^.]+\.[^.]+$/.test(input.name)).map((input) => Number(input.value));
      const line = document.createElement("template");
      line.innerHTML = mold.innerHTML.replaceAll(mold.dataset.row, row).replaceAll("{n}", places.length + 1);
      const place = line.content.querySelector(`input[name="${table}.${row}"]`);
      place.setAttribute("value", Math.max(-1, ...places) + 1);
      field.querySelector(".row-list").append(line.content);
      plain(form);
      gathered.delete(form);
      document.dispatchEvent(new CustomEvent("guichet:drawn")); // count.js
    }
    number(table);
    refresh();
    forms.get(shown()).querySelector(`[data-table="${table}"] ${same(row)}`).focus();
  };
  // A removed row stands there as a line with a button that brings it back.
  const takeOut = (path) => {
    removed.add(path);
    for (const line of lines(path)) {
      const form = line.closest("form");
      line.dataset.removed = line.hidden = true;
      const back = form.querySelector("template[data-back]").content.firstElementChild.cloneNode(true);
      back.querySelector("[data-title]").textContent = line.querySelector("legend").firstChild.textContent.trim();
      back.querySelector("button").value = path;
      line.after(back);
    }
    number(path.split(".")[0]);
  };
  const putBack = (path) => {
    removed.delete(path);
    for (const line of lines(path)) {
      line.nextElementSibling.remove();
      line.hidden = false;
      delete line.dataset.removed;
    }
    number(path.split(".")[0]);
  };
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    const form = button?.form;
    if (!form?.dataset.version) return;
    if (button.name === "add") add(button.value);
    if (button.name === "remove") {
      const line = button.closest("[data-row]");
      takeOut(`${line.closest("[data-table]").dataset.table}.${button.value}`);
      changed();
      line.nextElementSibling.querySelector("button").focus();
    }
    if (button.name === "back") {
      const path = button.value;
      putBack(path);
      changed();
      lines(path).find((line) => line.closest("form") === form).focus();
    }
    if (button.name === "turn") turn(button.value);
    if (button.name === "copy") copy();
  });

  // -- the rules of the form ------------------------------------------------------------------------------------------
  const read = new WeakMap(); // by row: what is stored of it
  const storedOf = (line) => {
    if (!read.has(line)) read.set(line, JSON.parse(line.dataset.values || "{}"));
    return read.get(line);
  };
  const questionOf = (language, path) => Context.prototype.question.call({ data: rules.get(language) }, path);
  const tell = new Map(
    [...forms].filter(([language]) => rules.get(language)).map(([language, form]) => {
      const idOf = (path) => `${language}-q-${path.replaceAll(".", "-")}`;
      const rootOf = (path) => document.getElementById(idOf(path))?.closest(".question, .notice");
      const status = form.querySelector("[data-check]");
      const { words } = rules.get(language);
      const say = (message) => (status.textContent = message);
      return [language, { rootOf, ...telling({ idOf, rootOf, controls: (path) => controls(form, path), left, words, say }) }];
    }),
  );
  const refresh = () => {
    const language = shown();
    const form = forms.get(language);
    const data = rules.get(language);
    if (!data) return;
    // The rows of a table by their ids, found once for each look.
    const found = new Map();
    const linesOf = (table) => {
      if (!found.has(table)) {
        const rows = form.querySelectorAll(`[data-table="${table}"] .row-list > [data-row]:not([data-removed])`);
        found.set(table, new Map([...rows].map((row) => [row.dataset.row, row])));
      }
      return found.get(table);
    };
    const rowsOf = (table) => [...linesOf(table).keys()];
    const ctx = new Context(data, {
      value(path) {
        const [table, id, column] = path.split(".");
        const line = column && linesOf(table).get(id);
        if (!touched.has(path)) return operand(questionOf(language, path).kind, line ? storedOf(line)[column] : data.values[path]);
        // It is read as it was typed: 1,5 is something else in the other language.
        const asked = questionOf(touched.get(path), path);
        const boxes = controls(form, path);
        // A box in which labels are typed: which key another one stands for is known once it is brought back.
        if (asked.labels && boxes.some((input) => input.type === "text")) return asked.labels[texts(boxes)[0]] ?? null;
        return understood(asked, texts(boxes));
      },
      rows: rowsOf,
      filled: (table, row, parts) => parts.some((name) => texts(controls(form, `${table}.${row}.${name}`)).length),
    });
    const { rootOf, mark, check } = tell.get(language);
    // The paths of the questions of which ``wanted`` holds: of a column, in every row.
    const paths = (wanted) =>
      Object.entries(data.questions).filter(([, asked]) => wanted(asked)).flatMap(([path]) => {
        const [table, column] = path.split(".");
        return column ? rowsOf(table).map((row) => `${table}.${row}.${column}`) : [path];
      });
    const conceal = (element, asked) => {
      if (!element || element.hidden === !asked) return;
      element.hidden = !asked;
      element.toggleAttribute("data-not-asked", !asked);
    };
    for (const path of paths(({ visible }) => visible)) conceal(rootOf(path), ctx.shows(path));
    for (const key of Object.keys(data.sections)) {
      conceal(form.querySelector(`[data-section="${key}"]`), ctx.needs(key));
      conceal(form.querySelector(`[data-to-section="${key}"]`), ctx.needs(key));
    }
    for (const place of form.querySelectorAll("[data-calculated]")) {
      const path = place.dataset.calculated;
      const asked = questionOf(language, path);
      if (asked?.value !== undefined) place.textContent = written(ctx.stored(path), asked.sign, language === "fr");
    }
    for (const path of paths(({ required }) => required)) mark(path, ctx.requires(path));
    check(ctx, paths(({ checks }) => checks));
    document.dispatchEvent(new CustomEvent("guichet:evaluated", { detail: ctx })); // totals.js
  };
  let waiting = 0;
  const soon = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(refresh);
  };

  // -- a copy of this file ----------------------------------------------------------------------------------------------
  // The fields by language, as the form of a page would send them; a cell brings the place of its row along.
  const fields = () => {
    const found = {};
    for (const [path, language] of touched) {
      const row = rowOf(path);
      if (removed.has(row)) continue;
      const list = (found[language] ??= []);
      const form = forms.get(language);
      if (row && !list.some(([name]) => name === row)) list.push([row, form.elements[row].value]);
      for (const input of inputs(form, path)) if (!picked(input) || input.checked) list.push([input.name, input.value]);
    }
    return found;
  };
  // What was typed becomes what is written in the document: it can be read in the copy with scripts switched off too.
  const engrave = () => {
    for (const form of forms.values()) {
      for (const input of form.elements) {
        if (picked(input)) input.toggleAttribute("checked", input.checked);
        else if (input.options) [...input.options].forEach((option) => option.toggleAttribute("selected", option.selected));
        else if (input.matches("textarea")) input.textContent = input.value;
        else if (input.matches("input")) input.setAttribute("value", input.value);
      }
    }
  };
  const copy = () => {
    kept.copies.push([...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
    const typed = JSON.stringify({ copies: kept.copies, fields: fields(), removed: [...removed] });
    part.textContent = typed.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
    engrave();
    const twin = root.cloneNode(true);
    twin.classList.remove("scripted");
    twin.querySelectorAll("[data-not-asked]").forEach((element) => element.toggleAttribute("hidden", false) || element.removeAttribute("data-not-asked"));
    // What a browser or an add-on had put on elements: the policy of the file refuses it.
    twin.querySelectorAll("[style]").forEach((element) => element.removeAttribute("style"));
    twin.querySelectorAll("[data-put-back], p[data-full]").forEach((element) => element.remove());
    const name = `${root.dataset.file}-${kept.copies.length}.html`;
    const file = new Blob([`<!DOCTYPE html>\n${twin.outerHTML}`], { type: "text/html;charset=utf-8" });
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    dirty = false;
    clearInterval(late);
    say("copied", name);
  };
  addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });

  // Enter never presses the first button of a form: these are no buttons that send it.
  const plain = (form) => form.querySelectorAll("button").forEach((button) => (button.type = "button"));
  root.classList.add("scripted");
  forms.forEach(plain);
  kept.removed.forEach(takeOut);
  for (const table of document.querySelectorAll("[data-new-row]")) number(table.dataset.newRow);
  say(kept.copies.length ? "opened" : "new");
  show(shown());
}
