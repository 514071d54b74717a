// The page keeps right while one types: questions shown and hidden, calculated values, marks, and checks told beside
// the answer when one leaves it. What is said here, the server says again with the save; without scripts it says it alone.
"use strict";
live: {
  const { Context, operand, understood, written, telling } = globalThis.guichet;
  const place = document.getElementById("page-rules");
  if (!place) break live; // a page whose questions have no rules
  const data = JSON.parse(place.textContent);
  const french = document.documentElement.lang === "fr";
  const left = new Set(); // paths of the questions that somebody has left

  const idOf = (path) => `q-${path.replaceAll(".", "-")}`;
  const rootOf = (path) => {
    const first = document.getElementById(idOf(path));
    return first?.closest(".question, .notice") ?? first; // a notice may stand inside a group
  };
  const named = (path) => [path, `${path}-start`, `${path}-end`].flatMap((name) => [...document.getElementsByName(name)]);
  const controls = (path) => named(path).filter((input) => input.type !== "hidden");
  const picked = (input) => /^(radio|checkbox)$/.test(input.type);
  const untouched = (input) =>
    input.options
      ? [...input.options].every((option) => option.selected === option.defaultSelected) || input.selectedIndex === 0 &&
        ![...input.options].some((option) => option.defaultSelected)
      : picked(input) ? input.checked === input.defaultChecked : input.value === input.defaultValue;
  const texts = (inputs) =>
    inputs.filter((input) => !picked(input) || input.checked).map((input) => input.value.trim()).filter(Boolean);

  // The rows of a table on the page by their ids, found once for each look. A row carries what is stored of it.
  let found = new Map();
  const rowsOf = (table) => {
    if (!found.has(table)) {
      const rows = document.querySelectorAll(`[data-table="${table}"] [data-row]`);
      found.set(table, new Map([...rows].map((row) => [row.dataset.row, row])));
    }
    return found.get(table);
  };
  const isOpen = (row) => row.classList.contains("is-open");
  const read = new WeakMap();
  const stored = (row) => {
    const text = row.dataset.values ?? "";
    if (read.get(row)?.text !== text) read.set(row, { text, values: text ? JSON.parse(text) : null });
    return read.get(row).values;
  };

  const answers = {
    value(path) {
      const question = Context.prototype.question.call({ data }, path);
      const [table, id, column] = path.split(".");
      const row = column && rowsOf(table).get(id);
      const kept = row ? stored(row)?.[column] : data.values[path];
      const inputs = row && !isOpen(row) ? [] : controls(path);
      if (inputs.every(untouched)) return operand(question.kind, kept);
      // A box in which labels are typed: which key another one stands for is known with the save.
      if (question.labels && inputs.some((input) => input.type === "text")) return question.labels[texts(inputs)[0]] ?? null;
      return understood(question, texts(inputs));
    },
    rows(table) {
      return data.rows[table] ?? [...rowsOf(table).keys()];
    },
    filled(table, row, parts) {
      const here = rowsOf(table).get(row);
      if (!here || !isOpen(here)) return !here || stored(here) !== null;
      return parts.some((part) => texts(controls(`${table}.${row}.${part}`)).length);
    },
  };

  // The paths on the page of the questions of which ``wanted`` holds: of a column, in every open row.
  const paths = (wanted) =>
    Object.entries(data.questions).filter(([, question]) => wanted(question)).flatMap(([path]) => {
      const [table, column] = path.split(".");
      if (!column) return [path];
      return [...rowsOf(table)].filter(([, row]) => isOpen(row)).map(([id]) => `${table}.${id}.${column}`);
    });

  // Whether something changed. A question that was hidden when the page came waits in a template.
  const reveal = (path, shown) => {
    const waiting = document.querySelector(`template[data-hidden="${path}"]`);
    if (waiting) {
      if (shown) waiting.replaceWith(waiting.content.cloneNode(true));
      return shown;
    }
    const root = rootOf(path);
    if (!root || root.hidden === !shown) return false;
    root.hidden = !shown;
    return true;
  };

  const status = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  status.setAttribute("role", "status");
  place.after(status);
  const say = (message) => (status.textContent = message);
  const { mark, check } = telling({ idOf, rootOf, controls, left, say, words: data.words });

  const refresh = () => {
    found = new Map();
    let ctx = new Context(data, answers);
    for (let round = 0; round < 9; round++) {
      const changed = paths((question) => question.visible).map((path) => reveal(path, ctx.shows(path)));
      if (!changed.includes(true)) break;
      ctx = new Context(data, answers); // what has come in has answers of its own
    }
    for (const element of document.querySelectorAll("[data-calculated]")) {
      const question = ctx.question(element.dataset.calculated);
      if (question?.value === undefined) continue;
      const text = written(ctx.stored(element.dataset.calculated), question.sign, french);
      if (element.textContent !== text) element.textContent = text;
    }
    for (const path of paths((question) => question.required)) mark(path, ctx.requires(path));
    check(ctx, paths((question) => question.checks));
    document.dispatchEvent(new CustomEvent("guichet:evaluated", { detail: ctx }));
  };

  let waiting = 0;
  const soon = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(refresh);
  };
  document.addEventListener("input", soon);
  document.addEventListener("change", soon);
  document.addEventListener("focusout", ({ target }) => {
    const path = (target.name ?? "").replace(/-(start|end)$/, "");
    if (!path || !place.closest("form")?.contains(target)) return;
    left.add(path);
    left.add(path.split(".")[0]);
    soon();
  });
  addEventListener("pageshow", soon); // what the browser put back into the fields counts
  // What others have saved (together.js): the page as it is now.
  document.addEventListener("guichet:drawn", ({ detail: page }) => {
    if (page) {
      const { values: now, rows } = JSON.parse(page.getElementById("page-rules").textContent);
      Object.assign(data, { values: now, rows });
    }
    soon(); // rows that have come carry their answers (rows.js)
  });
}
