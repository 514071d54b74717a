// The totals under a table of costs, while one types. The server works out the same figures when the page is saved.
// Amounts are whole cents in BigInt: no binary fractions; halves are rounded up, as kernel/money.py does.
"use strict";
{
  const box = document.querySelector("[data-totals]");
  const french = document.documentElement.lang === "fr";
  const NBSP = "\u00a0";

  // "1 234,56 $", "$1,234.56": cents, or null for what cannot be read. Blank is 0.
  const cents = (typed) => {
    let text = typed.replace(/[\s\u00a0\u202f'’$]/g, "").replace(/^CAD|CAD$/i, "");
    if (!text) return 0n;
    const last = Math.max(text.lastIndexOf(","), text.lastIndexOf("."));
    const decimals = last < 0 ? "" : text.slice(last + 1);
    // One mark before exactly three digits separates thousands; anything else is the decimal mark.
    const isDecimal = last >= 0 && decimals.length <= 2;
    text = isDecimal ? text.slice(0, last).replace(/[.,]/g, "") + "." + decimals : text.replace(/[.,]/g, "");
    const match = /^(\d{0,13})(?:\.(\d{0,2}))?$/.exec(text);
    return match ? BigInt((match[1] || "0") + (match[2] || "").padEnd(2, "0")) : null;
  };

  // A share such as "0.50" of an amount, rounded half up to the cent.
  const [whole, fraction = ""] = box.dataset.share.split(".");
  const scale = 10n ** BigInt(fraction.length);
  const share = BigInt(whole + fraction);
  const part = (amount) => (2n * amount * share + scale) / (2n * scale);

  const money = (amount) => {
    const units = (amount / 100n).toString().replace(/\B(?=(\d{3})+$)/g, french ? NBSP : ",");
    const rest = amount % 100n;
    const end = rest ? (french ? "," : ".") + rest.toString().padStart(2, "0") : "";
    return french ? `${units}${end}${NBSP}$` : `$${units}${end}`;
  };
  const limit = (name) => (box.dataset[name] ? cents(box.dataset[name].replace(/^(\d+)$/, "$1.00")) : null);
  const ceiling = limit("ceiling");
  const floor = limit("floor");

  const name = new RegExp(`^${box.dataset.table}\\.[a-z0-9]+\\.${box.dataset.amount}$`);
  const inputs = () => [...document.querySelectorAll("input[name]")].filter((input) => name.test(input.name));
  const put = (key, amount) =>
    box.querySelectorAll(`[data-total="${key}"]`).forEach((place) => (place.textContent = money(amount)));

  const refresh = () => {
    let cost = 0n;
    let contribution = 0n;
    for (const input of inputs()) {
      const amount = cents(input.value) ?? 0n;
      const paid = part(amount);
      cost += amount;
      contribution += paid;
      const places = input.closest("[data-row]")?.querySelectorAll("[data-calculated]") ?? [];
      if (places.length === 1) places[0].textContent = amount ? money(paid) : "–";
    }
    const requested = ceiling !== null && contribution > ceiling ? ceiling : contribution;
    put("cost", cost);
    put("contribution", contribution);
    put("requested", requested);
    put("own_share", cost - requested);
    const meter = box.querySelector("[data-meter]");
    if (meter) meter.value = Number(requested) / 100;
    const over = box.querySelector("[data-over]");
    if (over) over.hidden = !(ceiling !== null && contribution > ceiling);
    const under = box.querySelector("[data-under]");
    if (under) under.hidden = !(floor !== null && contribution > 0n && contribution < floor);
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
  document.addEventListener("guichet:rows", refresh);
}
