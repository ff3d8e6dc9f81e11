// Single keys of the board; only outside of fields, and they can be turned off (WCAG 2.1.4).
"use strict";

const SETTING = "handrail-keys";
const MARKS = { a: "absent", l: "late", e: "early", h: "here" };

export function listenToKeys({ people, marks, fields, mayMark }) {
  const dialog = document.getElementById("keys");
  const on = document.getElementById("keys-on");
  const opener = document.getElementById("keys-open");
  opener.hidden = false;
  on.checked = localStorage.getItem(SETTING) !== "off";
  on.addEventListener("change", () => localStorage.setItem(SETTING, on.checked ? "on" : "off"));
  opener.addEventListener("click", () => dialog.showModal());
  document.getElementById("keys-close").addEventListener("click", () => dialog.close());

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    const { target, key } = event;
    if (key === "F8" || (key === "Enter" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      return people.next(target);
    }
    if (key === "Escape") return leave(target);
    if (event.ctrlKey || event.metaKey || event.altKey || isText(target) || !on.checked) return undefined;
    if (act(key, target)) event.preventDefault();
    return undefined;
  });

  function leave(target) {
    if (isText(target) || target.type === "radio") {
      const id = target.closest("[data-panel]")?.dataset.panel;
      target.blur();
      return document.querySelector(`[data-tile="${id}"] h3 a`)?.focus();
    }
    return people.close();
  }

  function act(key, target) {
    const id = target.closest?.("[data-tile]")?.dataset.tile ?? target.closest?.("[data-panel]")?.dataset.panel ?? people.at;
    if (key === "?") return dialog.showModal() ?? true;
    if (key === "j" || (key === "ArrowDown" && target.closest?.("[data-tile]"))) return people.step(1) ?? true;
    if (key === "k" || (key === "ArrowUp" && target.closest?.("[data-tile]"))) return people.step(-1) ?? true;
    if (key === "n") return go('[data-field^="shared:"] textarea');
    if (key === "s") return go("#main-step");
    if (key === "w") return people.open(id || document.querySelector("[data-tile]")?.dataset.tile) ?? true;
    if (!id) return false;
    if (key in MARKS && mayMark(MARKS[key])) return marks.mark(id, MARKS[key]) ?? true;
    if (key === "c") return people.log(id);
    if (key === "g" || /^[1-9]$/u.test(key)) return goal(id, key);
    return false;
  }

  // The next goal, or the one with that number; then on to the words.
  function goal(id, key) {
    const all = [...document.querySelectorAll(`[data-field="${id}:goal"] input[type=radio]:not([disabled])`)];
    if (all.length === 0) return false;
    const chosen = key === "g" ? (all.findIndex((one) => one.checked) + 1) % all.length : Number(key) - 1;
    if (!all[chosen]) return false;
    all[chosen].checked = true;
    fields.typed(`${id}:goal`);
    people.open(id, key === "g" ? "goal" : "words");
    return true;
  }

  function go(place) {
    const found = document.querySelector(place);
    found?.focus();
    found?.scrollIntoView({ block: "nearest" });
    return Boolean(found);
  }
}

function isText(target) {
  return target.matches?.("textarea, select, input:not([type=radio]):not([type=checkbox]):not([type=hidden])") ?? false;
}
