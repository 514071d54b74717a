// The totals under a table of costs, while one types: what costs.js works out from the answers as live.js has them.
// The server works out the same figures when the page is saved.
"use strict";
{
  const { decimal, costs, values } = globalThis.guichet;
  const WIDTH = 1000; // of the bar, as web/budget.py draws it

  // An answer as it is kept.
  const canonical = (answer) => (values.isNumber(answer) ? decimal.plain(answer) : values.isDate(answer) ? values.iso(answer) : answer);

  const put = (root, name, text) => root.querySelectorAll(name).forEach((place) => (place.textContent = text));
  // One box of totals: a page has one, a file in both languages has two.
  const watch = (box) => {
    const definition = JSON.parse(box.dataset.costs);
    const french = box.closest("[lang]").lang === "fr";
    const money = (amount) => decimal.money(amount, french);
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

    const rows = (ctx) =>
      ctx.filled(definition.table).map((id) => {
        const cells = definition.columns.map((column) => [column, canonical(ctx.answer(`${definition.table}.${id}.${column}`))]);
        return { id, ...Object.fromEntries(cells) };
      });

    document.addEventListener("guichet:evaluated", ({ detail: ctx }) => {
      const others = definition.others.flatMap((path) => ctx.column(path).map(canonical));
      draw(costs.compute(definition, rows(ctx), others, definition.already));
    });
    // Read out only once somebody pauses, and only what counts.
    let pause = 0;
    const others = definition.others.map((path) => path.split(".")).filter(([table]) => table === definition.table);
    const columns = [...definition.columns, ...others.map(([, column]) => column)];
    const names = new RegExp(`^${definition.table}\\.[a-z0-9]+\\.(?:${columns.join("|")})$`);
    const changed = (event) => {
      if (!names.test(event.target.name ?? "")) return;
      clearTimeout(pause);
      pause = setTimeout(() => {
        const said = [...box.querySelectorAll("dl")].map((list) => list.innerText.replace(/\n+/g, " "));
        box.querySelector("[data-say]").textContent = said.join(" ");
      }, 1500);
    };
    document.addEventListener("input", changed);
    document.addEventListener("change", changed);
  };
  document.querySelectorAll("[data-costs]").forEach(watch);
}
