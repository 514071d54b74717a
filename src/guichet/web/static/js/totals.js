// The totals under a table of costs, while one types. The server works out the same figures when the page is saved.
// Exact amounts by decimal.js, which comes before this script.
"use strict";
{
  const box = document.querySelector("[data-totals]");
  const french = document.documentElement.lang === "fr";
  const { decimal } = globalThis.guichet;
  const ZERO = decimal.make(0);

  // What was typed as an amount, 0 when blank, null for what cannot be read.
  const amountOf = (typed) => {
    if (!typed.trim()) return ZERO;
    const amount = decimal.typed(typed);
    return amount && decimal.compare(amount, ZERO) >= 0 && !decimal.compare(amount, decimal.round(amount, 2)) ? amount : null;
  };
  const share = decimal.read(box.dataset.share);
  const part = (amount) => decimal.round(decimal.multiply(amount, share), 2);
  const money = (amount) => decimal.money(amount, french);
  const limit = (name) => (box.dataset[name] ? decimal.read(box.dataset[name]) : null);
  const more = (amount, than) => than !== null && decimal.compare(amount, than) > 0;
  const ceiling = limit("ceiling");
  const floor = limit("floor");

  const name = new RegExp(`^${box.dataset.table}\\.[a-z0-9]+\\.${box.dataset.amount}$`);
  const inputs = () => [...document.querySelectorAll("input[name]")].filter((input) => name.test(input.name));
  // What closed rows hold, canonical: they have no inputs.
  const closed = () => [...document.querySelectorAll("data[data-cell]")].filter((cell) => name.test(cell.dataset.cell));
  const put = (key, amount) =>
    box.querySelectorAll(`[data-total="${key}"]`).forEach((place) => (place.textContent = money(amount)));

  const refresh = () => {
    let cost = ZERO;
    let contribution = ZERO;
    for (const input of inputs()) {
      const amount = amountOf(input.value) ?? ZERO;
      const paid = part(amount);
      cost = decimal.add(cost, amount);
      contribution = decimal.add(contribution, paid);
      const places = input.closest("[data-row]")?.querySelectorAll("[data-calculated]") ?? [];
      if (places.length === 1) places[0].textContent = amount.n ? money(paid) : "–";
    }
    for (const cell of closed()) {
      const amount = amountOf(cell.value) ?? ZERO;
      cost = decimal.add(cost, amount);
      contribution = decimal.add(contribution, part(amount));
    }
    const over = more(contribution, ceiling);
    const requested = over ? ceiling : contribution;
    put("cost", cost);
    put("contribution", contribution);
    put("requested", requested);
    put("own_share", decimal.subtract(cost, requested));
    const meter = box.querySelector("[data-meter]");
    if (meter) meter.value = Number(decimal.fixed(requested, 2));
    const above = box.querySelector("[data-over]");
    if (above) above.hidden = !over;
    const under = box.querySelector("[data-under]");
    if (under) under.hidden = !(floor !== null && contribution.n && more(floor, contribution));
  };

  // Read out only once somebody pauses, and only what counts.
  let pause = 0;
  document.addEventListener("input", (event) => {
    if (!name.test(event.target.name ?? "")) return;
    refresh();
    clearTimeout(pause);
    pause = setTimeout(() => {
      box.querySelector("[data-say]").textContent = box.querySelector("dl").innerText.replace(/\n+/g, " ");
    }, 1500);
  });
}
