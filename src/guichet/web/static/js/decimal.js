// Exact decimal numbers, as kernel/decimals.py has them: whole numbers in BigInt with a scale, no binary fractions.
// A number is {n, s}: n units of 10^-s. Halves are rounded away from zero, as invoices do.
// Everybody's door is globalThis.guichet.decimal; nothing here looks at the page.
"use strict";
{
  const PLACES = 20; // what a division gives: this many decimals, half up (kernel/decimals.py)
  const DIGITS = 24; // more digits than any amount that is typed: a slip of the keyboard
  const NBSP = "\u00a0";

  const make = (n, s = 0) => ({ n: BigInt(n), s });
  const lift = (x, s) => x.n * 10n ** BigInt(s - x.s);
  const both = (a, b, work) => {
    const s = Math.max(a.s, b.s);
    return work(lift(a, s), lift(b, s), s);
  };
  const size = (n) => (n < 0n ? -n : n);
  // A quotient of whole numbers, half up; the divisor is not zero.
  const nearest = (n, d) => {
    const half = (2n * size(n) + size(d)) / (2n * size(d));
    return n < 0n !== d < 0n ? -half : half;
  };

  const add = (a, b) => both(a, b, (x, y, s) => make(x + y, s));
  const subtract = (a, b) => both(a, b, (x, y, s) => make(x - y, s));
  const multiply = (a, b) => make(a.n * b.n, a.s + b.s);
  const compare = (a, b) => both(a, b, (x, y) => (x < y ? -1 : x > y ? 1 : 0));
  const divide = (a, b) => {
    if (!b.n) return null;
    return both(a, b, (x, y) => make(nearest(x * 10n ** BigInt(PLACES), y), PLACES));
  };
  const round = (x, places) => (x.s <= places ? x : make(nearest(x.n, 10n ** BigInt(x.s - places)), places));

  // Canonical text ("-12.50") as a number; null for anything else.
  const read = (text) => {
    const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
    return found && make(found[1] + found[2] + (found[3] ?? ""), (found[3] ?? "").length);
  };
  // With exactly so many decimals, and canonical text without closing zeros.
  const fixed = (x, places) => {
    const digits = size(lift(round(x, places), places)).toString().padStart(places + 1, "0");
    const cut = digits.length - places;
    const sign = x.n < 0n && /[1-9]/.test(digits) ? "-" : "";
    return sign + digits.slice(0, cut) + (places ? "." + digits.slice(cut) : "");
  };
  const plain = (x) => {
    const text = fixed(x, x.s);
    return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  };

  const written = (text, french) => {
    const [whole, rest] = text.split(".");
    const units = whole.replace(/\B(?=(\d{3})+$)/g, french ? NBSP : ",");
    return rest ? units + (french ? "," : ".") + rest : units;
  };
  // "$1,234.50", "1 234,50 $"; cents are shown when there are any.
  const money = (amount, french) => {
    const text = written(fixed(amount, 2).replace(".00", ""), french);
    if (french) return `${text}${NBSP}$`;
    return text.startsWith("-") ? `-$${text.slice(1)}` : `$${text}`;
  };
  // "1,234.5", with at most so many decimals; "12.5%".
  const number = (x, french, places = x.s) => written(plain(round(x, places)), french);
  const percent = (x, french, places = x.s) => number(x, french, places) + (french ? `${NBSP}%` : "%");

  // As people type it: "1 234,56 $", "$1,234.56", "(12)"; null when it is no number. Like fields/_numbers.py.
  const WORDS = /\$|¢|%|\b(?:ca|cad|can|dollars?)\b/gi;
  const GROUPED = /^\d{1,3}(?:([ ,.'’])\d{3})(?:\1\d{3})*(?:([.,])(\d*))?$/;
  const PLAIN = /^(\d*)(?:([.,])(\d*))?$/;
  const ungroup = (text, comma) => {
    const found = GROUPED.exec(text);
    const [, group, mark, rest] = found ?? [];
    const lone = !mark && text.split(group).length === 2 && (group === "." || (group === "," && comma));
    if (found && group !== mark && !lone) {
      const whole = mark ? text.slice(0, text.length - rest.length - 1) : text;
      return `${whole.replace(/\D/g, "")}.${rest || "0"}`;
    }
    const simple = PLAIN.exec(text);
    return simple && (simple[1] || simple[3]) ? `${simple[1] || "0"}.${simple[3] || "0"}` : null;
  };
  const typed = (raw, comma = false) => {
    let text = raw.replace(WORDS, " ").replace(/\s+/g, " ").trim().replaceAll("−", "-");
    let negative = /^\(.*\)$/.test(text);
    if (negative) text = text.slice(1, -1).trim();
    if (/^[-+]/.test(text)) {
      negative ||= text[0] === "-";
      text = text.slice(1).trim();
    }
    const digits = ungroup(text, comma);
    if (digits === null || digits.length > DIGITS) return null;
    const found = read(digits);
    return negative ? make(-found.n, found.s) : found;
  };

  (globalThis.guichet ??= {}).decimal = {
    make, read, typed, add, subtract, multiply, divide, compare, round, fixed, plain, money, number, percent,
  };
}
