// Two texts for one answer: a box beside the field shows both, word by word, and the person chooses. Nothing is
// overwritten and nothing is dropped before that. Without scripts the same choice is a page (_conflicts.html).
"use strict";
{
  const mold = document.getElementById("merge-box");
  const form = document.querySelector("form[data-save]");

  const pieces = (place, parts) =>
    parts.forEach(([text, differs]) => {
      const piece = document.createElement(differs ? "mark" : "span");
      piece.textContent = text;
      place.append(piece);
    });
  const whole = (parts) => parts.map(([text]) => text).join("");
  const inputs = (path) => [...form.elements].filter((input) => input.name && globalThis.guichet.saving.path(input) === path);

  document.addEventListener("guichet:conflict", ({ detail: conflict }) => {
    const { saving } = globalThis.guichet;
    const field = inputs(conflict.path).find((input) => input.type !== "hidden");
    const asked = field?.closest(".question");
    document.querySelector(`[data-merge="${conflict.path}"]`)?.remove();
    const box = mold.content.firstElementChild.cloneNode(true);
    box.dataset.merge = conflict.path;
    const put = (name, text) => box.querySelectorAll(`[data-${name}]`).forEach((place) => (place.textContent = text));
    put("label", conflict.label);
    put("by", conflict.by);
    put("time", conflict.time);
    pieces(box.querySelector("[data-mine]"), conflict.mine);
    pieces(box.querySelector("[data-theirs]"), conflict.theirs);
    box.querySelector("[value=both]").hidden = !conflict.joins || !field;
    box.addEventListener("click", async (event) => {
      const choice = event.target.value;
      if (!choice) return;
      box.remove();
      if (choice === "both") field.value = `${whole(conflict.theirs)}\n\n${field.value}`;
      await saving.chosen(conflict.path, conflict.version, choice !== "theirs");
      if (choice === "theirs") document.dispatchEvent(new CustomEvent("guichet:look", { detail: conflict.path }));
      (document.getElementById(field?.id) ?? form).focus();
    });
    if (asked) asked.after(box);
    else form.prepend(box);
  });
}
