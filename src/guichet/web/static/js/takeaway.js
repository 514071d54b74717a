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
  const { Context, operand, understood, written } = globalThis.guichet;
  const root = document.documentElement;
  const kept = JSON.parse(part.textContent);
  const forms = new Map([...document.querySelectorAll("form[data-version]")].map((form) => [form.dataset.version, form]));
  const rules = new Map([...forms].map(([language, form]) => [language, JSON.parse(form.querySelector("[id$=page-rules]")?.textContent ?? "null")]));
  const removed = new Set(kept.removed);
  const touched = new Map(); // paths that were typed into, each with the language in which they last were
  let dirty = false; // something is not in a copy yet

  const bare = (name) => name.replace(/-(start|end|match)$/, "");
  const rowOf = (path) => (path.split(".").length === 3 ? path.split(".").slice(0, 2).join(".") : "");
  const picked = (input) => /^(radio|checkbox)$/.test(input.type);
  const answers = (input) => input.name && !/^(new|paste)-/.test(input.name) && !["button", "submit", "file"].includes(input.type);
  const inputs = (form, path) => [...form.elements].filter((input) => answers(input) && bare(input.name) === path);
  const controls = (form, path) => inputs(form, path).filter((input) => input.type !== "hidden");
  const texts = (found) => found.filter((input) => !picked(input) || input.checked).map((input) => input.value.trim()).filter(Boolean);
  const same = (name) => `[data-row="${name}"]`;
  const lines = (row) => [...forms.values()].flatMap((form) => [...form.querySelectorAll(`[data-table="${row.split(".")[0]}"] ${same(row.split(".")[1])}`)]);

  for (const [language, fields] of Object.entries(kept.fields)) {
    for (const [name] of fields) if (bare(name).split(".").length !== 2) touched.set(bare(name), language);
  }

  // -- one language is shown ------------------------------------------------------------------------------------------
  const shown = () => root.lang;
  const show = (language, focus) => {
    const at = document.activeElement;
    root.lang = language;
    document.title = root.dataset[`title${language === "fr" ? "Fr" : "En"}`];
    for (const link of document.querySelectorAll("[data-to]")) {
      if (link.dataset.to === language) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    refresh();
    if (!focus) return;
    // The same field in the other language, or else the heading.
    const twin = at?.name ? [...forms.get(language).elements].find((input) => input.name === at.name && (!picked(input) || input.value === at.value)) : null;
    (twin ?? document.querySelector("h1")).focus();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-to]");
    if (!link) return;
    event.preventDefault();
    show(link.dataset.to, true);
  });

  // -- what is typed --------------------------------------------------------------------------------------------------
  const mirror = (path, from) => {
    for (const form of forms.values()) {
      if (form === from) continue;
      for (const name of new Set(inputs(from, path).map((input) => input.name))) {
        const [own, others] = [form, from].map((one) => [...one.elements].filter((input) => input.name === name && input.type !== "hidden"));
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
  const changed = () => {
    if (!dirty) say("typed");
    dirty = true;
    refresh();
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

  // -- rows -----------------------------------------------------------------------------------------------------------
  const number = (table) => {
    for (const form of forms.values()) {
      const rows = form.querySelectorAll(`[data-table="${table}"] .row-list > [data-row]:not([data-removed])`);
      const { most } = form.querySelector(`[data-new-row="${table}"]`).dataset;
      form.querySelector(`button[name=add][value="${table}"]`)?.closest("p").toggleAttribute("hidden", rows.length >= Number(most));
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
    }
    number(table);
    const first = forms.get(shown()).querySelector(`[data-table="${table}"] ${same(row)}`);
    refresh();
    first.focus();
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
    if (button.name === "copy") copy();
  });

  // -- the rules of the form ------------------------------------------------------------------------------------------
  const refresh = () => {
    const form = forms.get(shown());
    const data = rules.get(shown());
    if (!data) return;
    const question = (path) => Context.prototype.question.call({ data }, path);
    const rowsOf = (table) => [...form.querySelectorAll(`[data-table="${table}"] .row-list > [data-row]:not([data-removed])`)].map((line) => line.dataset.row);
    const ctx = new Context(data, {
      value(path) {
        const asked = question(path);
        const [table, id, column] = path.split(".");
        const line = column && form.querySelector(`[data-table="${table}"] ${same(id)}`);
        const given = line ? JSON.parse(line.dataset.values || "{}")[column] : data.values[path];
        if (!touched.has(path)) return operand(asked.kind, given);
        const boxes = controls(form, path);
        // A box in which labels are typed: which key another one stands for is known once it is brought back.
        if (asked.labels && boxes.some((input) => input.type === "text")) return asked.labels[texts(boxes)[0]] ?? null;
        return understood(asked, texts(boxes));
      },
      rows: rowsOf,
      filled: (table, row, parts) => parts.some((name) => texts(controls(form, `${table}.${row}.${name}`)).length),
    });
    const places = (path) => {
      const [table, column] = path.split(".");
      return column ? rowsOf(table).map((row) => `${table}.${row}.${column}`) : [path];
    };
    const conceal = (element, asked) => {
      if (!element || element.hidden === !asked) return;
      element.hidden = !asked;
      element.toggleAttribute("data-not-asked", !asked);
    };
    const element = (path) =>
      form.querySelector(`[data-path="${path}"]`) ?? document.getElementById(`${shown()}-q-${path.replaceAll(".", "-")}`)?.closest(".question");
    for (const [path, asked] of Object.entries(data.questions)) {
      if (asked.visible !== undefined) places(path).forEach((place) => conceal(element(place), ctx.shows(place)));
    }
    for (const key of Object.keys(data.sections)) conceal(form.querySelector(`[data-section="${key}"]`), ctx.needs(key));
    for (const place of form.querySelectorAll("[data-calculated]")) {
      const path = place.dataset.calculated;
      if (question(path)?.value !== undefined) place.textContent = written(ctx.stored(path), question(path).sign, shown() === "fr");
    }
    document.dispatchEvent(new CustomEvent("guichet:evaluated", { detail: ctx })); // totals.js
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
    twin.querySelectorAll("[data-put-back]").forEach((element) => element.remove());
    const name = `${root.dataset.file}-${kept.copies.length}.html`;
    const file = new Blob([`<!DOCTYPE html>\n${twin.outerHTML}`], { type: "text/html;charset=utf-8" });
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    dirty = false;
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
