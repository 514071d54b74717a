// How many characters are left in a text with a limit, while one types; the server counts the same (values.length).
// Without this script the limit stands under the label, and the page says after saving by how much a text is too long.
"use strict";
{
  const own = document.currentScript.dataset;

  // A character is one code point of the composed text (NFC), a line end one; neither what cannot be kept nor the
  // spaces at the ends count. values.py says the same.
  const count = (box) => {
    const text = box.value.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]/g, "").normalize("NFC");
    const kept = box.matches("textarea") ? text.trimEnd().replace(/^\n+/, "") : text.trim();
    return [...kept].length;
  };
  // In the language of the box: a page has one, a file that was taken away has two, each form with its words.
  const sentence = (box, left) => {
    const { lang } = box.closest("[lang]");
    const words = box.form?.dataset.leftOne ? box.form.dataset : own;
    const kind = left < 0 ? "over" : "left";
    const pattern = words[kind + (new Intl.PluralRules(lang).select(Math.abs(left)) === "one" ? "One" : "Many")];
    return pattern.replace("{n}", new Intl.NumberFormat(`${lang}-CA`).format(Math.abs(left)));
  };

  const place = (box) => {
    let shown = box.nextElementSibling;
    if (!shown?.matches(".count")) {
      shown = Object.assign(document.createElement("p"), { className: "count" });
      shown.append(document.createElement("span"), Object.assign(document.createElement("span"), { role: "status", className: "visually-hidden" }));
      shown.firstChild.ariaHidden = "true"; // read out by the status beside it, once somebody pauses
      box.after(shown);
    }
    return shown;
  };
  const refresh = (box) => {
    const left = Number(box.dataset.limit) - count(box);
    const shown = place(box);
    shown.firstChild.textContent = sentence(box, left);
    shown.classList.toggle("over", left < 0);
    return [shown.lastChild, sentence(box, left)];
  };

  let pause = 0;
  document.addEventListener("input", (event) => {
    if (!event.target.dataset.limit) return;
    const [status, text] = refresh(event.target);
    clearTimeout(pause);
    pause = setTimeout(() => (status.textContent = text), 1000);
  });
  const all = () => document.querySelectorAll("[data-limit]").forEach(refresh);
  all();
  document.addEventListener("guichet:drawn", all); // questions that came in later (together.js, takeaway.js)
}
