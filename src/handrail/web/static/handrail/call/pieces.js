// Exchanges what the server drew anew: questions one by one, and the picture; nothing being written.
"use strict";

import { controls } from "./answers.js";

const WRITING = 3000; // nobody pauses longer than this in the middle of a sentence

export class Pieces {
  constructor(answers, outbox) {
    Object.assign(this, { answers, outbox, drawn: new Map() });
    for (const one of document.querySelectorAll("[data-piece], li[data-item]")) this.drawn.set(nameOf(one), one.outerHTML);
  }

  apply(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    for (const one of fresh.querySelectorAll("[data-piece]")) this.piece(one);
    for (const form of fresh.querySelectorAll("form.part-form")) {
      const list = document.querySelector(`#${CSS.escape(form.id)} .asks`);
      this.list(list, [...form.querySelectorAll("li[data-item]")]);
    }
    this.answers.skip();
  }

  piece(one) {
    const name = nameOf(one);
    if (this.drawn.get(name) === one.outerHTML) return;
    const here = document.querySelector(`[data-piece="${CSS.escape(one.dataset.piece)}"]`);
    if (!here) return;
    this.drawn.set(name, one.outerHTML);
    const opened = [...here.querySelectorAll("details")].map((each) => each.open);
    const back = focusIn(here);
    const made = document.importNode(one, true);
    here.replaceWith(made);
    if (name === "piece picture") made.querySelectorAll("details").forEach((each, at) => (each.open = opened[at] ?? false));
    back(made);
  }

  list(list, wanted) {
    const here = new Map([...list.children].map((one) => [one.dataset.item, one]));
    let before = null;
    for (const line of wanted) {
      const old = here.get(line.dataset.item);
      here.delete(line.dataset.item);
      const now = old ? this.line(old, line) : this.add(line);
      if (!old) list.insertBefore(now, before ? before.nextSibling : list.firstChild);
      before = now;
    }
    for (const old of here.values()) {
      if (this.isBusy(old)) continue;
      this.drawn.delete(nameOf(old));
      old.remove();
    }
  }

  add(line) {
    this.drawn.set(nameOf(line), line.outerHTML);
    return document.importNode(line, true);
  }

  line(old, fresh) {
    const name = nameOf(fresh);
    if (this.drawn.get(name) === fresh.outerHTML || this.isBusy(old)) return old;
    this.drawn.set(name, fresh.outerHTML);
    const made = document.importNode(fresh, true);
    const opened = new Set([...old.querySelectorAll("details[open]")].map((one) => one.querySelector("[data-field]")?.dataset.field));
    for (const one of made.querySelectorAll("details")) one.open ||= opened.has(one.querySelector("[data-field]")?.dataset.field);
    const back = focusIn(old);
    old.replaceWith(made);
    back(made);
    return made;
  }

  // Something of it is on its way, or is being written.
  isBusy(line) {
    const names = new Set([...line.querySelectorAll("[data-field]")].map((one) => one.dataset.field));
    if ([...names].some((name) => this.outbox.has(name))) return true;
    const at = document.activeElement;
    const writes = line.contains(at) && at.matches("textarea, .num");
    return writes && performance.now() - this.answers.lastTyped < WRITING;
  }

  forget(name) {
    const line = controls(name)[0]?.closest("li[data-item]");
    if (line) this.drawn.delete(nameOf(line));
  }
}

function nameOf(one) {
  return one.dataset.piece ? `piece ${one.dataset.piece}` : `line ${one.dataset.item}`;
}

// Remembers what has the focus, and gives a way to put it back into its successor.
function focusIn(here) {
  const at = document.activeElement;
  if (!here.contains(at)) return () => {};
  const { field } = at.dataset;
  const { value, selectionStart: start } = at;
  const places = "a[href], button, summary, input, textarea";
  const place = [...here.querySelectorAll(places)].indexOf(at);
  return (made) => {
    const same = field && [...made.querySelectorAll("[data-field]")].find((one) => one.dataset.field === field && (isText(one) ? isText(at) : one.value === value));
    const next = same || (here.contains(at) && made.querySelectorAll(places)[place]);
    next?.focus({ preventScroll: true });
    if (same && isText(same)) same.setSelectionRange(start, start);
  };
}

const isText = (one) => one.matches("textarea, .num");
