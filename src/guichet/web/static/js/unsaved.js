// Answers that were typed and not saved: leaving the page asks first, and the language toggle saves them on its way.
// Without this script nothing is asked; a button at the foot of the page saves and changes the language.
"use strict";
for (const form of new Set([...document.querySelectorAll("input[name=seen]")].map((seen) => seen.form))) {
  const ask = (event) => {
    event.preventDefault();
    event.returnValue = true; // browsers of before 2024
  };
  let typed = false;
  const start = () => {
    typed = true;
    addEventListener("beforeunload", ask);
  };
  form.addEventListener("input", start);
  form.addEventListener("submit", () => {
    typed = false;
    removeEventListener("beforeunload", ask);
  });
  if (form.querySelector(".conflicts")) start(); // one's own text is on this page only
  document.querySelector(".language a")?.addEventListener("click", (event) => {
    if (!typed || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    form.querySelector("button[value=language]").click();
  });
}
