// The terms of questions/terms/, one function each under the same name: value(arguments, ctx, row), null when unknown.
// Values: numbers {n, s} (decimal.js), dates {d: days since 1970}, texts, true and false, sets of keys.
"use strict";
{
  const { decimal } = globalThis.guichet;
  const DAY = 864e5;
  const FIRST = -719162; // 0001-01-01
  const LAST = 2932896; // 9999-12-31
  const CENTURY = 36525;

  const iso = (date) => new Date(date.d * DAY).toISOString().slice(0, 10);
  // "2026-04-01" as a date; null for what is none.
  const date = (text) => {
    const d = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) / DAY : NaN;
    return d >= FIRST && iso({ d }) === text ? { d } : null;
  };
  const number = (text) => (/^-?\d{1,40}(\.\d{1,40})?$/.test(text) ? decimal.read(text) : null);

  const isNumber = (value) => typeof value?.n === "bigint";
  const isDate = (value) => typeof value?.d === "number";
  const asNumber = (value) => (typeof value === "string" ? number(value) : isNumber(value) ? value : null);
  const asDate = (value) => (typeof value === "string" ? date(value) : isDate(value) ? value : null);
  // A number or a date, a plain text that is written as one included.
  const figure = (value) => asNumber(value) ?? asDate(value);
  // -1, 0, 1; undefined for values of different kinds.
  const compare = (a, b) => {
    if (isNumber(a) && isNumber(b)) return decimal.compare(a, b);
    if (isDate(a) && isDate(b)) return Math.sign(a.d - b.d);
    return typeof a === typeof b && typeof a !== "object" ? (a === b ? 0 : a < b ? -1 : 1) : undefined;
  };

  const there = (values) => values.filter((value) => value !== null);
  const numbers = (terms, ctx, row) => {
    const found = terms.map((term) => asNumber(ctx.value(term, row)));
    return found.includes(null) ? null : found;
  };
  // The rows of a table that satisfy a rule, each as what {row: …} looks into; {outer: …} into the row around, third.
  const chosen = ({ over, where }, ctx, outer) =>
    (ctx.shows(over) ? ctx.filled(over) : [])
      .map((id) => [over, id, outer])
      .filter((row) => where === undefined || ctx.holds(where, row) === true);
  const gathered = (of, ctx, row) => {
    const found = typeof of === "string" ? ctx.column(of)
      : Array.isArray(of) ? of.map((term) => ctx.value(term, row))
      : chosen(of, ctx, row).map((inside) => ctx.value(of.of, inside));
    return there(found.map(figure));
  };
  const extreme = (sign) => (of, ctx, row) =>
    gathered(of, ctx, row).reduce((best, value) => (best === null || compare(value, best) === sign ? value : best), null);
  const divided = (terms, ctx, row) => {
    const found = numbers(terms, ctx, row);
    return found && decimal.divide(...found);
  };
  const dates = (terms, ctx, row) => {
    const found = terms.map((term) => asDate(ctx.value(term, row)));
    return found.includes(null) ? null : found.map((each) => each.d);
  };
  const after = ([from, days], ctx, row) => {
    const start = asDate(ctx.value(from, row));
    const count = asNumber(ctx.value(days, row));
    if (!start || !count || decimal.compare(count, decimal.round(count, 0))) return null;
    const whole = Number(decimal.plain(count));
    return Math.abs(whole) > CENTURY ? null : [start.d, whole];
  };

  // Business days: {first, last, rest: [5, 6] (Monday is 0), holidays: [iso]}.
  const calendarOf = (ctx) => (ctx.calendar ??= ctx.data.calendar && {
    ...ctx.data.calendar,
    days: new Set(ctx.data.calendar.holidays.map((day) => date(day).d)),
  });
  const knows = (calendar, d) => {
    const year = Number(iso({ d }).slice(0, 4));
    return calendar.first <= year && year <= calendar.last;
  };
  const works = (calendar, d) => !calendar.rest.includes((((d + 3) % 7) + 7) % 7) && !calendar.days.has(d);
  const between = (calendar, from, to) => {
    if (to < from) return -between(calendar, to, from);
    let count = 0;
    for (let d = from + 1; d <= to; d++) count += works(calendar, d);
    return count;
  };

  const terms = {
    literal: (written) => (typeof written === "number" ? decimal.make(written) : written),
    answer: (path, ctx) => ctx.answer(path),
    row: (column, ctx, row) => (row ? ctx.answer(`${row[0]}.${row[1]}.${column}`) : null),
    outer: (column, ctx, row) => terms.row(column, ctx, row?.[2]),
    profile: (path, ctx) => ctx.profile(path),
    number: (name, ctx) => (name in ctx.data.numbers ? decimal.read(ctx.data.numbers[name]) : null),
    today: (_, ctx) => date(ctx.data.dates.today ?? ""),
    earliest_start: (_, ctx) => date(ctx.data.dates.earliest_start ?? ""),
    count: (of, ctx, row) => decimal.make(chosen(typeof of === "string" ? { over: of } : of, ctx, row).length),
    sum: (of, ctx, row) => {
      const found = gathered(of, ctx, row).filter(isNumber);
      const rows = !found.length && !Array.isArray(of) && typeof of === "object" && chosen({ over: of.over }, ctx);
      return found.length || rows?.length ? found.reduce(decimal.add, decimal.make(0)) : null;
    },
    minimum: extreme(-1),
    maximum: extreme(1),
    product: (of, ctx, row) => numbers(of, ctx, row)?.reduce(decimal.multiply) ?? null,
    difference: (of, ctx, row) => numbers(of, ctx, row)?.reduce(decimal.subtract) ?? null,
    quotient: divided,
    share: divided,
    round: ([of, places], ctx, row) => {
      const found = asNumber(ctx.value(of, row));
      return found && decimal.round(found, places);
    },
    otherwise: (of, ctx, row) => there(of.map((term) => ctx.value(term, row)))[0] ?? null,
    if: ([rule, yes, no], ctx, row) => {
      const holds = ctx.holds(rule, row);
      return holds === null ? null : ctx.value(holds ? yes : no, row);
    },
    days: (of, ctx, row) => {
      const found = dates(of, ctx, row);
      return found && decimal.make(found[1] - found[0]);
    },
    days_after: (of, ctx, row) => {
      const found = after(of, ctx, row);
      const d = found && found[0] + found[1];
      return found && d >= FIRST && d <= LAST ? { d } : null;
    },
    business_days: (of, ctx, row) => {
      const [found, calendar] = [dates(of, ctx, row), calendarOf(ctx)];
      if (!found || !calendar || !found.every((d) => knows(calendar, d))) return null;
      return decimal.make(between(calendar, ...found));
    },
    business_days_after: (of, ctx, row) => {
      const [found, calendar] = [after(of, ctx, row), calendarOf(ctx)];
      if (!found || !calendar || found[1] < 0) return null;
      let [d, left] = found;
      if (!knows(calendar, d)) return null;
      while (left > 0) {
        d += 1;
        if (!knows(calendar, d)) return null;
        left -= works(calendar, d);
      }
      return { d };
    },
    fiscal_year: (of, ctx, row) => {
      const found = asDate(ctx.value(of, row));
      const [year, month] = found ? iso(found).split("-").map(Number) : [];
      return found && decimal.make(year - (month < ctx.data.year_begins));
    },
  };
  Object.assign(globalThis.guichet, { terms, values: { date, iso, number, figure, isNumber, isDate, compare } });
}
