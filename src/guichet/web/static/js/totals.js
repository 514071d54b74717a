// The totals under a table of costs, while one types: what costs.js works out from the rows as they stand on the page.
// The server works out the same figures when the page is saved. Rows that are not open here count as they are saved.
"use strict";
{
  const { decimal, costs } = globalThis.guichet;
  const box = document.querySelector("[data-costs]");
  const definition = box && JSON.parse(box.dataset.costs);
  const french = document.documentElement.lang === "fr";
  const money = (amount) => decimal.money(amount, french);
  const WIDTH = 1000; // of the bar, as web/budget.py draws it

  // What was typed, as the answer would be kept: an option or a date as it is, a number as canonical text.
  const DAY = /^\d{4}-\d\d-\d\d$/;
  const amounts = new Set([definition?.amount, ...(definition?.inside ?? []), ...(definition?.unit_caps ?? []).map((cap) => cap.amount)]);
  const options = new Set((definition?.category_caps ?? []).map((cap) => cap.column));
  const canonical = (column, typed) => {
    const text = typed.trim();
    if (!text || options.has(column) || DAY.test(text)) return text || null;
    const number = decimal.typed(text, french && !amounts.has(column));
    const exact = number && (!amounts.has(column) || !decimal.compare(number, decimal.round(number, 2)));
    return exact ? decimal.plain(number) : null;
  };

  const columns = definition ? [...new Set([...definition.columns, ...definition.inside])] : [];
  const shown = (input) => !input.closest("[hidden]");
  const entered = (row, path, column) => {
    const inputs = [...row.querySelectorAll(`[name="${path}.${column}"]`)];
    if (!inputs.length) return undefined;
    const input = inputs[0].type === "radio" ? inputs.find((one) => one.checked) : inputs[0];
    return input && shown(input) ? canonical(column, input.value) : null;
  };

  // The rows of the page in their order, each over what is saved of it; rows that went from the page do not count.
  const byId = (rows) => new Map((rows ?? []).map((row) => [row.id, row]));
  let saved = byId(definition?.rows);
  const current = () => {
    const table = document.querySelector(`[data-table="${definition.table}"]`);
    return [...table.querySelectorAll("[data-row]")].map((element) => {
      const id = element.dataset.row;
      const row = { id, ...saved.get(id) };
      for (const column of columns) {
        const value = entered(element, `${definition.table}.${id}`, column);
        if (value !== undefined) row[column] = value;
      }
      return row;
    });
  };

  const put = (root, name, text) => root.querySelectorAll(name).forEach((place) => (place.textContent = text));
  const draw = (found) => {
    for (const key of ["cost", "eligible", "contribution", "requested", "other", "own_share"]) {
      put(box, `[data-total="${key}"]`, money(found[key]));
    }
    const list = box.querySelector("[data-reductions]");
    if (list) list.hidden = !found.reductions.length;
    for (const line of box.querySelectorAll("[data-reduction]")) {
      const reduction = found.reductions.find((one) => one.key === line.dataset.reduction);
      line.hidden = !reduction;
      if (!reduction) continue;
      put(line, '[data-figure="amount"]', money(reduction.amount));
      put(line, '[data-figure="limit"]', money(reduction.limit));
    }
    const under = box.querySelector("[data-under]");
    if (under) under.hidden = !(found.cost.n && found.below_floor);
    let start = 0;
    const whole = Number(decimal.fixed(found.cost, 2)) || 1;
    const parts = { program: found.requested, others: found.other, own: found.own_share };
    for (const [key, amount] of Object.entries(parts)) {
      const piece = box.querySelector(`[data-piece="${key}"]`);
      const width = Math.min(Math.round((Number(decimal.fixed(amount, 2)) * WIDTH) / whole), WIDTH - start);
      piece.setAttribute("x", start);
      piece.setAttribute("width", width);
      start += width;
    }
  };

  const refresh = () => {
    const rows = current();
    const others = [...definition.elsewhere, ...rows.flatMap((row) => definition.inside.map((column) => row[column]))];
    const found = costs.compute(definition, rows, others, definition.already);
    draw(found);
    if (document.getElementById("page-rules")) return; // live.js shows what is calculated in a row
    for (const row of found.rows) {
      const element = document.querySelector(`[data-table="${definition.table}"] [data-row="${row.id}"]`);
      const places = element.querySelectorAll("[data-calculated]");
      if (places.length === 1) places[0].textContent = money(row.contribution);
    }
  };

  // Read out only once somebody pauses, and only what counts.
  if (definition) {
    let pause = 0;
    const names = new RegExp(`^${definition.table}\\.[a-z0-9]+\\.(?:${columns.join("|")})$`);
    const changed = (event) => {
      if (!names.test(event.target.name ?? "")) return;
      requestAnimationFrame(() => setTimeout(refresh)); // once live.js has shown and hidden what it must
      clearTimeout(pause);
      pause = setTimeout(() => {
        const said = [...box.querySelectorAll("dl")].map((list) => list.innerText.replace(/\n+/g, " "));
        box.querySelector("[data-say]").textContent = said.join(" ");
      }, 1500);
    };
    document.addEventListener("input", changed);
    document.addEventListener("change", changed);
    // What others have saved (together.js): the page as it is now.
    document.addEventListener("guichet:drawn", ({ detail: page }) => {
      saved = byId(JSON.parse(page.querySelector("[data-costs]").dataset.costs).rows);
      refresh();
    });
  }
}
