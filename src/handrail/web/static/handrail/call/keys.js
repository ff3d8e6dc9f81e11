// Single keys of the call: they answer the question that has the focus, never while somebody writes,
// and they can be turned off (WCAG 2.1.4).
"use strict";

import { controls } from "./answers.js";

const SETTING = "handrail-keys";
const isText = (one) => one.matches?.("textarea, select, input:not([type=radio]):not([type=checkbox]):not([type=hidden])") ?? false;

export class Keys {
  constructor(answers, whenDrawn) {
    Object.assign(this, { answers, whenDrawn, moving: null, queue: [], at: "" });
    const dialog = document.getElementById("keys");
    const on = document.getElementById("keys-on");
    const opener = document.getElementById("keys-open");
    opener.hidden = false;
    on.checked = localStorage.getItem(SETTING) !== "off";
    on.addEventListener("change", () => localStorage.setItem(SETTING, on.checked ? "on" : "off"));
    opener.addEventListener("click", () => dialog.showModal());
    document.getElementById("keys-close").addEventListener("click", () => dialog.close());
    document.addEventListener("focusin", ({ target }) => {
      const place = target.closest?.(".q");
      if (place) this.at = place.dataset.q;
    });
    document.addEventListener("keydown", (event) => {
      if (event.isComposing || document.querySelector("dialog[open]")) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (this.moving && event.key.length === 1 && !isText(event.target)) {
        this.queue.push(event.key);
        event.preventDefault();
        return;
      }
      if (this.press(event.key, event.target, { single: on.checked, shift: event.shiftKey })) event.preventDefault();
    });
  }

  place(target) {
    return target.closest?.(".q") ?? null;
  }

  press(key, target, { single, shift = false }) {
    const place = this.place(target);
    const writing = isText(target);
    if (key === "Enter" && place && !shift && target.tagName !== "SUMMARY" && target.tagName !== "BUTTON") return this.on(place);
    if (key === "Escape" && writing && place) return this.focus(place);
    if (!single) return false;
    if (writing && !(target.matches(".num") && /^[rdx]$/u.test(key))) return false;
    if (key === "?") return document.getElementById("keys").showModal() ?? true;
    if (key === "!") return this.wrong() ?? true;
    return place ? this.act(key, place) : this.begin(key);
  }

  // No question has the focus yet: the first open one, or where it was.
  begin(key) {
    if (!/^[jk]$/u.test(key) || (document.activeElement !== document.body && document.activeElement?.id !== "main")) return false;
    const place = document.querySelector(`.q[data-q="${CSS.escape(this.at)}"]`) ?? this.all().find((one) => one.dataset.state === "open");
    return place ? this.focus(place) : false;
  }

  act(key, place) {
    const name = place.dataset.q;
    if (key === "j") return this.step(place, 1);
    if (key === "k") return this.step(place, -1);
    if (key === "w") return this.words(place);
    if (key === "c" && place.dataset.state === "check") {
      this.answers.confirm(name);
      return this.on(place);
    }
    if (key === "x") {
      this.answers.write(name, "");
      for (const one of controls(name)) if (one.matches(".num")) one.value = "";
      this.answers.changed(name, 0);
      return true;
    }
    const one = controls(name).find((each) => each.dataset.key === key && key !== "");
    return one ? this.answer(place, one) : false;
  }

  // One answer, and on; of several, a tick, and on with Enter or "none of these".
  answer(place, one) {
    const several = place.dataset.kind === "several";
    const alone = !several || ["none-of-these", "refused", "unknown"].includes(one.value);
    one.checked = several ? !one.checked || alone : true;
    one.focus({ preventScroll: true });
    settleTicks(one);
    this.answers.changed(one.dataset.field, alone ? 0 : 400);
    return alone ? this.on(place) : true;
  }

  // On to the next open question. After a line of an instrument the server says which come next.
  on(place) {
    const name = place.dataset.q;
    if (name.includes("/") && place.dataset.state !== "open") {
      this.moving = this.whenDrawn().then(() => this.arrive(name));
      return true;
    }
    this.go(name);
    return true;
  }

  arrive(name) {
    this.moving = null;
    this.go(name);
    const keys = this.queue.splice(0);
    for (const key of keys) {
      if (this.moving) this.queue.push(key);
      else this.press(key, document.activeElement, { single: true });
    }
  }

  go(name) {
    const all = this.all();
    const at = all.findIndex((one) => one.dataset.q === name);
    const next = all.slice(at + 1).find((one) => isToAsk(one)) ?? all.find((one) => isToAsk(one));
    if (next) return this.focus(next);
    const end = document.querySelector("#end .btn");
    end?.focus();
    end?.scrollIntoView({ block: "center" });
    return true;
  }

  step(place, by) {
    const all = this.all();
    const next = all[all.indexOf(place) + by];
    return next ? this.focus(next) : true;
  }

  all() {
    return [...document.querySelectorAll(".ask-side .q")].filter((one) => one.checkVisibility());
  }

  focus(place) {
    const all = controls(place.dataset.q);
    const first = all.find((one) => one.matches("textarea, .num")) ?? all.find((one) => one.checked && one.value !== "") ?? all[0];
    first?.focus({ preventScroll: true });
    place.scrollIntoView({ block: "center" });
    return true;
  }

  words(place) {
    const details = place.querySelector("details.words");
    if (!details) return false;
    details.open = true;
    details.querySelector("textarea").focus();
    return true;
  }
}

const isToAsk = (one) => ["open", "check"].includes(one.dataset.state);

// "None of these", "refused" and the rest cannot stand together.
export function settleTicks(one) {
  if (one.type === "radio") {
    const text = controls(one.dataset.field).find((each) => each.matches(".num"));
    if (text && one.value !== "") text.value = "";
  }
  if (one.type !== "checkbox" || !one.checked) return;
  const open = ["none-of-these", "refused", "unknown"];
  for (const other of controls(one.dataset.field)) {
    if (other !== one && (open.includes(one.value) || open.includes(other.value))) other.checked = false;
  }
}
