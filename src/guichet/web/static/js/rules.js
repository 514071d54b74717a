// The rules of questions/rules/, one function each under the same name: true, false, or null while undetermined.
// A context looks at answers through the form's data (questions/scripting.py), as questions/context.py does.
"use strict";
{
  const { decimal, terms, values } = globalThis.guichet;

  // Text beside a number or a date is read as one.
  const aligned = (a, b) => {
    const like = (text, other) => {
      if (typeof text !== "string" || typeof other !== "object") return text;
      return values.isNumber(other) ? values.number(text) : values.isDate(other) ? values.date(text) : text;
    };
    return [like(a, b), like(b, a)];
  };
  const comparing = (fits) => ([left, right], ctx, row) => {
    let [a, b] = aligned(ctx.value(left, row), ctx.value(right, row));
    if (typeof a === "string" && fits !== equal) [a, b] = [values.figure(a), values.figure(b)];
    const order = a === null || b === null ? undefined : values.compare(a, b);
    return order === undefined ? null : fits(order);
  };
  const equal = (order) => order === 0;
  const same = (a, b) => values.compare(...aligned(a, b)) === 0;

  const rules = {
    equals: comparing(equal),
    less_than: comparing((order) => order < 0),
    at_most: comparing((order) => order <= 0),
    more_than: comparing((order) => order > 0),
    at_least: comparing((order) => order >= 0),
    on_or_before: comparing((order) => order <= 0),
    on_or_after: comparing((order) => order >= 0),
    one_of: ([left, list], ctx, row) => {
      const found = ctx.value(left, row);
      return found === null ? null : list.some((term) => same(found, ctx.value(term, row)));
    },
    found_in: ([left, path], ctx, row) => {
      const [found, column] = [ctx.value(left, row), ctx.column(path)];
      return found === null || !column.length ? null : column.some((value) => same(found, value));
    },
    includes: ([left, option], ctx, row) => {
      const found = ctx.value(left, row);
      return found instanceof Set ? found.has(option) : null;
    },
    answered: (term, ctx, row) => ctx.value(term, row) !== null,
    not: (rule, ctx, row) => {
      const holds = ctx.holds(rule, row);
      return holds === null ? null : !holds;
    },
    all: (list, ctx, row) => {
      const found = list.map((rule) => ctx.holds(rule, row));
      return found.includes(false) ? false : found.includes(null) ? null : true;
    },
    any: (list, ctx, row) => {
      const found = list.map((rule) => ctx.holds(rule, row));
      return found.includes(true) ? true : found.includes(null) ? null : false;
    },
  };

  // An answer as rules compare it, from its stored form.
  const operand = (kind, value) => {
    if (value === null || value === undefined || value === "" || value?.length === 0) return null;
    if (typeof value === "object" && !Array.isArray(value)) return "unreadable" in value ? null : JSON.stringify(value);
    if (kind === "number") return decimal.read(String(value));
    if (kind === "date") return values.date(value);
    if (kind === "keys") return new Set(value);
    return kind === "truth" ? value === true : String(value);
  };

  // What was typed (the texts of the boxes), as rules compare it; what the browser cannot read is undetermined until
  // the save.
  const understood = (question, found) => {
    const [text] = found;
    if (text === undefined) return null;
    if (question.kind === "number") {
      const number = decimal.typed(text, question.comma);
      const fine = number && (question.places === undefined || !decimal.compare(number, decimal.round(number, question.places)));
      return fine ? number : null;
    }
    if (question.kind === "date") {
      const parts = /^(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})$/.exec(text)?.slice(1);
      return parts ? values.date(parts.map((part) => part.padStart(2, "0")).join("-")) : null;
    }
    if (question.kind === "keys") return new Set(found);
    return question.kind === "truth" ? text !== "no" : found.join("/");
  };

  // A calculated value, to read.
  const written = (value, sign, french) => {
    if (!values.isNumber(value)) return "–";
    if (sign === "$") return decimal.money(value, french);
    return sign === "%" ? decimal.percent(value, french, 6) : decimal.number(value, french, 6);
  };

  // ``answers``: {value(path), rows(table), filled(table, row, parts)} of what is stored or typed: an operand; ids in
  // their order; whether something is answered in the row.
  class Context {
    constructor(data, answers) {
      Object.assign(this, { data, answers, memory: new Map() });
    }
    question(path) {
      const parts = path.split(".");
      return this.data.questions[parts.length === 3 ? `${parts[0]}.${parts[2]}` : path];
    }
    once(key, work, meanwhile) {
      if (!this.memory.has(key)) {
        if (meanwhile !== undefined) this.memory.set(key, meanwhile);
        this.memory.set(key, work());
      }
      return this.memory.get(key);
    }
    value(source, row) {
      if (source === null || typeof source !== "object") return terms.literal(source);
      const [[name, written]] = Object.entries(source);
      return terms[name](written, this, row);
    }
    holds(source, row) {
      const [[name, written]] = Object.entries(source);
      return rules[name](written, this, row);
    }
    profile(path) {
      const found = this.data.profile[path];
      return found ? operand(...found) : null;
    }
    // What {row: …} looks into from the rules of the question at a path.
    row(path) {
      const parts = path.split(".");
      return parts.length === 3 ? parts.slice(0, 2) : null;
    }
    stored(path) {
      const question = this.question(path);
      if (question.value === undefined) return this.answers.value(path);
      const found = this.once(`value ${path}`, () => values.figure(this.value(question.value, this.row(path))), null);
      return values.isNumber(found) ? found : null;
    }
    answer(path) {
      if (!this.shows(path)) return null;
      if (!this.question(path).parts) return this.stored(path);
      const count = this.filled(path).length;
      return count ? decimal.make(count) : null;
    }
    filled(table) {
      const { parts } = this.question(table);
      return this.once(`filled ${table}`, () =>
        this.answers.rows(table).filter((row) => this.answers.filled(table, row, parts)),
      );
    }
    column(path) {
      const [table, part] = path.split(".");
      return this.once(`column ${path}`, () =>
        this.filled(table).map((row) => this.answer(`${table}.${row}.${part}`)).filter((value) => value !== null),
      );
    }
    shows(path) {
      return this.once(`shows ${path}`, () => {
        const { visible, section, group } = this.question(path);
        const parts = path.split(".");
        const around = group ? [...parts.slice(0, -1), group].join(".") : parts.length > 1 ? parts[0] : null;
        const outside = around ? this.shows(around) : this.needs(section);
        return outside && (visible === undefined || this.holds(visible, this.row(path)) === true);
      }, true);
    }
    needs(section) {
      const rule = this.data.sections[section];
      return rule === undefined || this.once(`needs ${section}`, () => this.holds(rule, null) === true, true);
    }
    requires(path) {
      const { required } = this.question(path);
      return typeof required === "object" ? this.holds(required, this.row(path)) === true : Boolean(required);
    }
  }

  // Answers from stored values by path, as the server has them.
  const storedAnswers = (data, stored) => {
    const kind = (path) => Context.prototype.question.call({ data }, path).kind;
    const blank = (path) => [undefined, null, ""].includes(stored[path]) || stored[path].length === 0;
    return {
      value: (path) => operand(kind(path), stored[path]),
      filled: (table, row, parts) => parts.some((part) => !blank(`${table}.${row}.${part}`)),
      rows: (table) =>
        Object.keys(stored)
          .filter((path) => path.startsWith(`${table}.`) && Number.isInteger(stored[path]) && path.split(".").length === 2)
          .sort((a, b) => stored[a] - stored[b] || (a < b ? -1 : 1))
          .map((path) => path.slice(table.length + 1)),
    };
  };

  Object.assign(globalThis.guichet, { rules, Context, operand, storedAnswers, understood, written });
}
