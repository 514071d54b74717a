// Rows of a table are added at once, without a trip to the server; a row that was never saved is removed at once.
// Without this script the same buttons send the form, which saves everything and comes back with or without the row.
"use strict";
{
  const LETTERS = "abcdefghjkmnpqrstvwxyz23456789";
  const fresh = () =>
    [...crypto.getRandomValues(new Uint32Array(12))].map((number) => LETTERS[number % LETTERS.length]).join("");

  const rows = (table) => [...table.querySelectorAll(":scope > [data-row]")];

  const renumber = (table) => {
    rows(table).forEach((row, place) => (row.querySelector("[data-row-number]").textContent = place + 1));
    const add = table.querySelector(":scope > [data-add-row]");
    if (add) add.hidden = rows(table).length >= Number(table.dataset.rowsMax);
    document.dispatchEvent(new Event("guichet:rows"));
  };

  // The empty row, its ids and names filled in with the row's own id.
  const copy = (table, id) => {
    const row = table.querySelector(":scope > template[data-blank-row]").content.firstElementChild.cloneNode(true);
    for (const element of [row, ...row.querySelectorAll("*")]) {
      for (const attribute of element.attributes) attribute.value = attribute.value.replaceAll("__row__", id);
    }
    return row;
  };

  const add = (table) => {
    const ready = table.querySelector(`:scope > input[name="new-${table.dataset.table}"]`);
    const positions = rows(table).map((row) => Number(row.querySelector("[data-row-position]").value));
    const row = copy(table, ready.value);
    row.querySelector("[data-row-position]").value = Math.max(-1, ...positions) + 1;
    ready.before(row);
    ready.value = fresh();
    renumber(table);
    row.focus();
  };

  const saved = (form, table, row) => {
    try {
      return `${table.dataset.table}.${row.dataset.row}` in JSON.parse(form.elements.seen.value);
    } catch {
      return true;
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add-row], [data-remove-row]");
    const table = button?.closest("[data-table]");
    if (!table) return;
    if (button.matches("[data-add-row]")) {
      event.preventDefault();
      add(table);
      return;
    }
    const row = button.closest("[data-row]");
    if (saved(button.form, table, row)) return; // the server removes it, and keeps its history
    event.preventDefault();
    const next = row.previousElementSibling?.matches("[data-row]") ? row.previousElementSibling : table;
    row.remove();
    renumber(table);
    next.focus();
  });
}
