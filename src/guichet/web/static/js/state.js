// What became of what was typed, said where one looks: at the foot of the window. The words stand in the page
// (applicant/_saving.html). Screen readers are told when the state changes, not at each save.
"use strict";
{
  const bar = document.querySelector("[data-save-state]");
  if (bar) {
    const told = bar.querySelector("[data-told]"); // what is read out
    const shown = bar.querySelector("[data-shown]"); // what is seen
    const words = (state) => bar.querySelector(`template[data-words="${state}"]`)?.content.textContent.trim() ?? "";
    const CALM = 30_000; // "saved" is read out again after this long
    let spoken = "";
    let at = 0;
    document.addEventListener("guichet:state", ({ detail: { state, detail } }) => {
      const text = words(detail === "leaving" ? `${state}-leaving` : state).replace("…at…", detail);
      const sentence = state === "refused" ? `${text} ${detail}` : text;
      bar.dataset.saveState = state;
      bar.hidden = false;
      shown.textContent = sentence;
      const again = state === "saved" ? spoken !== "saved" && Date.now() - at > CALM : state !== "saving" && (spoken !== state || detail === "leaving" || state === "undone");
      if (again || (state === "saved" && !["saved", "", "saving"].includes(spoken))) {
        told.textContent = sentence;
        at = Date.now();
      }
      if (state !== "saving") spoken = state;
    });
  }
}
