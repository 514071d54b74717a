// What stands beside a question because of the answers: whether it is optional, and a check of the package that fails.
// The pages (live.js) and a draft that was taken away as a file (takeaway.js) say it alike.
"use strict";
{
  const describe = (element, id, add) => {
    const ids = new Set((element.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
    ids[add ? "add" : "delete"](id);
    if (ids.size) element.setAttribute("aria-describedby", [...ids].join(" "));
    else element.removeAttribute("aria-describedby");
  };
  const errorsOf = (root) => [...root.querySelectorAll(".error")].filter((error) => error.closest(".question") === root);

  // By its path: ``idOf`` a question's id, ``rootOf`` its element, ``controls`` its inputs. ``left`` has the paths that
  // somebody has left, ``words`` the words of the language; ``say`` reads a message out.
  globalThis.guichet.telling = ({ idOf, rootOf, controls, left, words, say }) => {
    const mark = (path, required) => {
      const label = rootOf(path)?.querySelector(".label, .choice label");
      const there = label?.querySelector(".optional");
      if (!label || Boolean(there) === !required) return;
      if (required) return there.remove();
      const span = Object.assign(document.createElement("span"), { className: "optional", textContent: words.optional });
      label.append(" ", span);
    };
    // A check that fails, told as the server tells it; one that holds again is taken away, whoever told it.
    const tell = (path, number, message, failed) => {
      const root = rootOf(path);
      if (!root) return;
      const there = errorsOf(root).find((error) => error.lastChild.textContent.trim() === message);
      if (Boolean(there) === failed) return;
      const inputs = controls(path);
      const described = root.matches("fieldset") ? [root] : inputs;
      if (there) {
        described.forEach((element) => describe(element, there.id, false));
        there.remove();
        if (errorsOf(root).length) return;
        root.classList.remove("has-error");
        inputs.forEach((input) => input.removeAttribute("aria-invalid"));
        return;
      }
      const error = Object.assign(document.createElement("p"), { className: "error", id: `${idOf(path)}-check${number}` });
      const word = Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: words.error });
      error.append(word, ` ${message}`);
      const before = [...root.children].filter((child) => child.matches(".label, .hint, .error")).at(-1);
      if (before) before.after(error);
      else root.prepend(error);
      root.classList.add("has-error");
      described.forEach((element) => describe(element, error.id, true));
      inputs.forEach((input) => input.setAttribute("aria-invalid", "true"));
      say(message);
    };
    const check = (ctx, paths) => {
      for (const path of paths) {
        const shown = ctx.shows(path);
        ctx.question(path).checks.forEach(([rule, message], number) => {
          const failed = shown && ctx.holds(rule, ctx.row(path)) === false;
          // While one types, an error only goes away; it comes once the question was left.
          if (!failed || left.has(path)) tell(path, number + 1, message, failed);
        });
      }
    };
    return { mark, check };
  };
}
