// The arithmetic of costs, as questions/costs/arithmetic.py has it: the same caps in the same order, the same cents.
// Everybody's door is globalThis.guichet.costs; nothing here looks at the page. Amounts are those of decimal.js.
//
// definition: what data-costs of the totals says (web/budget.py); rows: [{id, column: canonical text, …}] in the order
// of the table; other: amounts (text) of other governments; already: {fiscal year: text}.
"use strict";
{
  const { decimal } = globalThis.guichet;
  const ZERO = decimal.make(0);
  const { add, subtract, multiply } = decimal;
  const more = (a, b) => decimal.compare(a, b) > 0;
  const least = (a, b) => (more(a, b) ? b : a);
  const positive = (x) => (more(x, ZERO) ? x : ZERO);
  const cents = (x) => decimal.round(x, 2);
  const share = (amount, fraction) => cents(multiply(amount, fraction));
  const sum = (amounts) => amounts.reduce(add, ZERO);
  // Canonical text as a number that counts: 0 for nothing, for what cannot be read, and below zero.
  const number = (text) => positive((text && decimal.read(text)) || ZERO);

  // 2026 for April 1, 2026 to March 31, 2027, where the year begins in the fourth month; null without a date.
  const fiscalYear = (day, begins) => {
    const found = /^(\d{4})-(\d\d)-\d\d$/.exec(day ?? "");
    return found && Number(found[1]) - (Number(found[2]) < begins ? 1 : 0);
  };

  // What each of the rows has beyond a common limit, from amounts by row; the first rows are served first.
  const beyond = (amounts, rows, limit) => {
    let left = limit;
    return new Map(
      rows.map((row) => {
        const kept = least(amounts.get(row), left);
        left = subtract(left, kept);
        return [row, subtract(amounts.get(row), kept)];
      }),
    );
  };

  const compute = (definition, given, other, already) => {
    const rows = given.filter((row) => more(number(row[definition.amount]), ZERO));
    const cost = new Map(rows.map((row) => [row, cents(number(row[definition.amount]))]));
    const eligible = new Map(cost);
    const reductions = [];
    const take = (key, amounts, taken, limit) => {
      const reduced = [...taken].filter(([, amount]) => amount.n);
      for (const [row, amount] of reduced) amounts.set(row, subtract(amounts.get(row), amount));
      if (reduced.length) reductions.push({ key, amount: sum([...taken.values()]), limit });
    };
    const having = (column, options) => rows.filter((row) => options.includes(row[column]));

    for (const cap of definition.unit_caps) {
      let left = cap.in_all === null ? null : decimal.read(cap.in_all);
      let limit = ZERO;
      const taken = new Map();
      for (const row of rows) {
        let units = decimal.make(1);
        for (const unit of cap.units) {
          const entered = number(row[unit.column]);
          units = multiply(units, unit.limit === null ? entered : least(entered, decimal.read(unit.limit)));
        }
        if (left !== null) units = least(units, left);
        const amount = cents(number(row[cap.amount]));
        if (left !== null && more(amount, ZERO)) left = subtract(left, units);
        const most = share(decimal.read(cap.rate), units);
        limit = add(limit, least(most, amount));
        taken.set(row, least(eligible.get(row), positive(subtract(amount, most))));
      }
      take(cap.key, eligible, taken, limit);
    }
    for (const cap of definition.category_caps) {
      const limits = [];
      if (cap.limit !== null) limits.push(cents(decimal.read(cap.limit)));
      if (cap.share !== null) {
        const whole = cap.of.length ? having(cap.column, cap.of) : rows;
        limits.push(share(sum(whole.map((row) => eligible.get(row))), decimal.read(cap.share)));
      }
      const limit = limits.reduce(least);
      take(cap.key, eligible, beyond(eligible, having(cap.column, cap.options), limit), limit);
    }

    const fraction = decimal.read(definition.share);
    const contribution = new Map([...eligible].map(([row, amount]) => [row, share(amount, fraction)]));
    const requested = new Map(contribution);
    const counted = sum([...eligible.values()]);
    const others = definition.stacking ? cents(sum(other.map(number))) : ZERO;
    if (definition.stacking) {
      const most = positive(subtract(share(counted, decimal.read(definition.stacking.limit)), others));
      take("stacking", requested, beyond(requested, rows, most), most);
    }
    const ceiling = definition.ceiling === null ? null : cents(decimal.read(definition.ceiling));
    if (ceiling) take("ceiling", requested, beyond(requested, rows, ceiling), ceiling);
    if (definition.yearly_limit) {
      const { limit: yearly, date } = definition.yearly_limit;
      const years = new Map(rows.map((row) => [row, fiscalYear(row[date], definition.year_begins)]));
      const taken = new Map();
      let limit = ZERO;
      for (const year of [...new Set(years.values())].filter((found) => found !== null).sort()) {
        const before = already[year] ? decimal.read(already[year]) : ZERO;
        const most = positive(cents(subtract(decimal.read(yearly), before)));
        const over = beyond(requested, rows.filter((row) => years.get(row) === year), most);
        if ([...over.values()].some((amount) => amount.n)) limit = add(limit, most);
        for (const [row, amount] of over) taken.set(row, amount);
      }
      take("yearly", requested, taken, limit);
    }

    const whole = sum([...cost.values()]);
    const paid = sum([...requested.values()]);
    return {
      rows: rows.map((row) => ({
        id: row.id,
        cost: cost.get(row),
        eligible: eligible.get(row),
        contribution: contribution.get(row),
        requested: requested.get(row),
      })),
      cost: whole,
      eligible: counted,
      contribution: sum([...contribution.values()]),
      requested: paid,
      other: others,
      own_share: positive(subtract(subtract(whole, paid), others)),
      below_floor: definition.floor !== null && more(decimal.read(definition.floor), paid),
      reductions,
    };
  };

  globalThis.guichet.costs = { compute };
}
