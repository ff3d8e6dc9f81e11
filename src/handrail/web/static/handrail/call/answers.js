// The fields of a call: what is answered goes to the outbox, and what applies follows at once.
"use strict";

const LATER = "later";
const OPEN = ["unknown", "refused", LATER];

export const controls = (name) => [...document.querySelectorAll(`[data-field="${CSS.escape(name)}"]`)];
const hidden = (kind, name) => document.querySelector(`input[name="${CSS.escape(`${kind}:${name}`)}"]`);

export class Answers {
  constructor(outbox, facts) {
    Object.assign(this, { outbox, facts, lastTyped: 0 });
  }

  value(name) {
    const all = controls(name);
    const chosen = all.filter((one) => one.checked).map((one) => one.value);
    const text = all.find((one) => one.type !== "radio" && one.type !== "checkbox");
    return (chosen.join(" ") || text?.value || "").trim();
  }

  // Put a text into its controls: answers are chosen, words are written.
  write(name, text) {
    const keys = text.split(" ");
    for (const one of controls(name)) {
      if (one.type === "radio") one.checked = one.value === text;
      else if (one.type === "checkbox") one.checked = keys.includes(one.value);
      else if (!["refused", "unknown"].includes(text)) one.value = text;
    }
    this.mark(name);
  }

  changed(name, pause) {
    this.lastTyped = performance.now();
    this.mark(name);
    this.skip();
    const text = this.value(name);
    if (text === hidden("was", name)?.value && hidden("base", name)?.value !== "0") return this.outbox.drop(name);
    return this.outbox.put(name, this.entry({ key: name, text, base: hidden("base", name)?.value ?? "0", who: document.getElementById("who").value }, pause));
  }

  // The same answer once more: it was said in the self-check, and somebody has said it now.
  confirm(name) {
    this.outbox.put(name, this.entry({ key: name, text: this.value(name), base: hidden("base", name).value, who: document.getElementById("who").value }, 0));
    const place = document.getElementById(`q-${name}`);
    if (place) place.dataset.state = "done";
  }

  entry(fields, pause) {
    return {
      fields,
      pause,
      address: this.facts.save,
      arrived: (data, sent) => this.arrived(data, sent),
      refused: (error) => this.refused(fields.key, error),
    };
  }

  arrived(data, sent) {
    const rest = this.outbox.waiting.get(sent.key);
    if (rest) rest.fields = { ...rest.fields, base: String(data.version) };
    const base = hidden("base", sent.key);
    if (base) base.value = data.version;
    const was = hidden("was", sent.key);
    if (was) was.value = sent.text;
  }

  // The server keeps a text that met another; what it cannot take stays in the field, marked.
  refused(name, error) {
    const { data } = error;
    if (data?.theirs || data?.kept) this.outbox.drop(name);
    this.outbox.says(data?.theirs ? "torn" : "refused", error.message);
    if (data?.theirs || data?.kept) return this.facts.redraw(name);
    this.outbox.drop(name);
    for (const one of controls(name)) if (one.type !== "radio") one.setAttribute("aria-invalid", "true");
    return undefined;
  }

  mark(name) {
    const place = document.querySelector(`.q[data-q="${CSS.escape(name)}"]`);
    if (!place) return;
    const text = this.value(name);
    place.dataset.state = text === "" ? "open" : ["refused", "unknown"].includes(text) ? text : "done";
    for (const one of controls(name)) one.removeAttribute("aria-invalid");
  }

  // ---- what applies ------------------------------------------------------------------------------

  // The rules of the script (core.check): a question is skipped only when answers say so.
  skip() {
    const asked = new Set();
    for (const line of document.querySelectorAll("li[data-item]")) {
      const slug = line.dataset.item;
      const rule = this.facts.gates[slug];
      const opens = (rule?.gates ?? []).map(([question, keys]) => asked.has(question) && this.isOpen(question, keys));
      const applies = !rule || (rule.all ? opens.every(Boolean) : opens.some(Boolean));
      line.hidden = !applies;
      if (applies) asked.add(slug);
    }
  }

  isOpen(question, keys) {
    const said = this.value(question).split(" ").filter(Boolean);
    return (said.length ? said : [LATER]).some((key) => keys.includes(key) || OPEN.includes(key));
  }

  // A text from an earlier page that never arrived: back into its field, and on its way.
  restore(name, fields) {
    const base = hidden("base", name);
    if (!base) return this.outbox.drop(name);
    if (this.value(name) === fields.text && base.value !== "0") return this.outbox.drop(name);
    this.write(name, fields.text);
    return this.outbox.put(name, this.entry({ ...fields, base: String(Math.min(Number(fields.base), Number(base.value))) }, 0));
  }
}
