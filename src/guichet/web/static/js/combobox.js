// Offers answers while one types in a box whose list is long: an editable combobox with a list box, as the ARIA
// authoring practices have it. Without this script the server understands what was typed, and offers what it may mean.
"use strict";
{
  const { address, found, none } = document.currentScript.dataset;
  const MOST = 12;
  const fold = (text) =>
    ` ${text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/œ/gi, "oe").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")} `;

  // Those that begin with the text come first, then those in which every word begins a word.
  const local = (options, text) => {
    const [wanted, words] = [fold(text).trimEnd(), fold(text).trim().split(" ")];
    const fits = options.filter((option) => words.every((word) => fold(option).includes(` ${word}`)));
    const first = fits.filter((option) => fold(option).startsWith(wanted));
    return [...first, ...fits.filter((option) => !first.includes(option))].slice(0, MOST);
  };
  // A list that the server searches is asked for once a person pauses.
  const remote = (query) => async (text, current) => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    if (!current()) return [];
    const answer = await fetch(`${address}?${query}&q=${encodeURIComponent(text)}`);
    return answer.ok ? answer.json() : [];
  };

  const enhance = (box) => {
    if (box.role) return;
    const list = document.createElement("ul");
    const says = document.createElement("span");
    const shared = [...(box.list?.options ?? [])].map((option) => option.value);
    const search = shared.length ? (text) => local(shared, text) : remote(box.dataset.query);
    let at = -1;
    let asked = 0;
    Object.assign(list, { id: `${box.id}-options`, role: "listbox", className: "options", hidden: true });
    list.setAttribute("aria-labelledby", box.labels[0].id ||= `${box.id}-label`);
    Object.assign(says, { role: "status", className: "visually-hidden" });
    box.removeAttribute("list");
    Object.assign(box, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false" });
    box.setAttribute("aria-controls", list.id);
    box.after(list, says);

    const close = () => {
      list.hidden = true;
      box.ariaExpanded = "false";
      box.removeAttribute("aria-activedescendant");
      at = -1;
    };
    const move = (to) => {
      const { children } = list;
      at = (to + children.length) % children.length;
      [...children].forEach((option, place) => (option.ariaSelected = String(place === at)));
      children[at].scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", children[at].id);
    };
    const open = async () => {
      const mine = ++asked;
      const text = box.value.trim();
      const fits = text ? await search(text, () => mine === asked) : shared.slice(0, MOST);
      if (mine !== asked || document.activeElement !== box) return;
      close();
      list.replaceChildren(
        ...fits.map((text, place) =>
          Object.assign(document.createElement("li"), { id: `${list.id}-${place}`, role: "option", ariaSelected: "false", textContent: text }),
        ),
      );
      says.textContent = fits.length ? found.replace("{n}", fits.length) : text && none;
      list.hidden = !fits.length;
      box.ariaExpanded = String(fits.length > 0);
    };
    const pick = (option) => {
      close();
      asked++;
      box.value = option.textContent;
      if ("several" in box.dataset) add(box);
      box.dispatchEvent(new Event("change", { bubbles: true }));
    };

    box.addEventListener("input", () => {
      box.closest(".question").querySelectorAll(".matches input").forEach((radio) => (radio.checked = false));
      open();
    });
    box.addEventListener("keydown", async (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        if (list.hidden) await open();
        if (!list.hidden) move(at < 0 && step < 0 ? -1 : at + step);
      } else if (!list.hidden && event.key === "Enter" && at >= 0) {
        event.preventDefault();
        pick(list.children[at]);
      } else if (!list.hidden && event.key === "Escape") {
        event.preventDefault();
        close();
      }
    });
    box.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    list.addEventListener("click", (event) => pick(event.target.closest("li")));
  };

  // One more answer of several: a checked box above; the server knows labels as well as keys.
  const add = (box) => {
    const line = Object.assign(document.createElement("div"), { className: "choice" });
    const check = Object.assign(document.createElement("input"), { type: "checkbox", checked: true, name: box.name, value: box.value });
    const label = Object.assign(document.createElement("label"), { textContent: box.value });
    label.htmlFor = check.id = `${box.id}-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
    line.append(check, label);
    box.closest(".question").querySelector("[data-chosen]").append(line);
    box.value = "";
  };

  const all = () => document.querySelectorAll("[data-combobox]").forEach(enhance);
  all();
  document.addEventListener("guichet:drawn", all); // questions that came in later (together.js)
}
