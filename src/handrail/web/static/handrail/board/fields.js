// The fields of the board: what was typed goes to the outbox, what others wrote comes in.
"use strict";

const WRITING = 4000; // nobody pauses longer than this in the middle of a sentence
const holder = (key) => document.querySelector(`[data-field="${CSS.escape(key)}"]`);
const control = (key) => holder(key)?.querySelector("textarea, select, input:not([type=hidden])") ?? null;

export class Fields {
  constructor(outbox, facts) {
    Object.assign(this, { outbox, facts, known: new Map(), waiting: new Map() });
  }

  // What the server has: its version and its text.
  stand(key) {
    if (!this.known.has(key)) {
      const base = Number((holder(key)?.dataset.base ?? "0").split(".")[0]);
      // A version of nothing: what stands there was chosen by itself and is not saved yet.
      this.known.set(key, { base, saved: base === 0 ? "" : this.value(key), torn: false });
    }
    return this.known.get(key);
  }

  remember() {
    for (const one of document.querySelectorAll("[data-field]")) this.stand(one.dataset.field);
  }

  value(key) {
    const first = control(key);
    if (first?.type !== "radio") return first?.value ?? "";
    return holder(key).querySelector("input:checked")?.value ?? "";
  }

  write(key, text) {
    const first = control(key);
    if (first === null) return;
    if (first.type === "radio") {
      for (const one of holder(key).querySelectorAll("input[type=radio]")) one.checked = one.value === text;
    } else if (first.value !== text) {
      const { selectionStart: at } = first;
      first.value = text;
      if (first === document.activeElement) first.setSelectionRange?.(at, at);
    }
  }

  typed(key) {
    const stand = this.stand(key);
    const text = this.value(key);
    stand.typedAt = performance.now();
    const fields = { key, text, base: stand.base };
    if (text === stand.saved && !stand.torn) return this.outbox.drop(key);
    this.outbox.put(key, this.entry(fields, control(key)?.type === "radio" ? 0 : undefined));
    if (stand.torn) this.outbox.hold(key); // kept here until somebody chooses
    return this.guessed(key);
  }

  // Whoever writes about a person with one goal means that one.
  guessed(key) {
    const [whose, field] = key.split(":");
    const goal = `${whose}:goal`;
    if (field !== "words" || !holder(goal)) return;
    const { base, saved } = this.stand(goal);
    if (base === 0 && saved === "" && this.value(goal) !== "" && !this.outbox.has(goal)) this.typed(goal);
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
    const stand = this.stand(sent.key);
    Object.assign(stand, { base: data.version, saved: sent.text, torn: false, at: data.at });
    const rest = this.outbox.waiting.get(sent.key);
    if (rest) rest.fields = { ...rest.fields, base: data.version };
    const place = holder(sent.key);
    if (place) place.dataset.base = `${data.version}.`;
  }

  refused(key, error) {
    const stand = this.stand(key);
    const { data } = error;
    if (data?.theirs) {
      Object.assign(stand, { torn: true, base: data.version, theirs: data.theirs, seen: data.seen });
      this.outbox.says("torn");
      this.drawTorn(key);
    } else {
      this.outbox.says("refused", error.message);
      if (data?.refused) this.outbox.drop(key); // the server keeps it beside the field
    }
  }

  // ---- two texts at once -----------------------------------------------------------------------

  drawTorn(key) {
    const { theirs } = this.stand(key);
    const place = holder(key);
    const box = place?.querySelector(".torn-box");
    if (!box) return;
    const other = document.getElementById("two-texts").content.firstElementChild.cloneNode(true);
    const { text, by } = this.said(key, theirs);
    other.querySelector("[data-by]").textContent = `${by} wrote this too, ${theirs.at}. Both are kept until you choose.`;
    other.querySelector("blockquote").textContent = text || "(emptied the field)";
    for (const [index, how] of ["mine", "theirs", "both"].entries()) {
      other.querySelectorAll("button")[index].value = `settle|${key}|${how}|`;
    }
    place.classList.add("torn");
    box.replaceChildren(other);
  }

  // A choice is said in its words, not by its id.
  said(key, theirs) {
    const choice = [...(holder(key)?.querySelectorAll("input[type=radio]") ?? [])].find((one) => one.value === theirs.text);
    return { ...theirs, text: choice ? choice.parentElement.textContent.trim() : theirs.text };
  }

  // What to post when somebody has chosen: the text, and which texts it replaces.
  chosen(key, how, other) {
    const stand = this.stand(key);
    const mine = this.value(key);
    const theirs = stand.torn ? stand.theirs.text : (this.other(key, other) ?? "");
    const isChoice = control(key)?.type === "radio";
    const both = isChoice ? [...new Set([mine, theirs])].filter(Boolean).join(" ") : together(mine, theirs);
    const seen = stand.torn ? stand.seen : [other];
    return { key, text: { mine, theirs, both }[how], base: stand.base, seen };
  }

  other(key, id) {
    const button = [...(holder(key)?.querySelectorAll("button[value]") ?? [])].find((one) => one.value.endsWith(`|${id}`));
    return button?.closest(".other").querySelector("blockquote").dataset.text;
  }

  async settled(data, text) {
    const stand = this.stand(data.key);
    Object.assign(stand, { base: data.version, saved: text, torn: false });
    await this.outbox.drop(data.key);
    this.write(data.key, text);
    const place = holder(data.key);
    place.classList.remove("torn");
    place.querySelector(".torn-box").replaceChildren();
    control(data.key)?.focus();
  }

  // ---- what comes in ---------------------------------------------------------------------------

  // A field as the server has it now. What is being typed is never touched: it waits.
  take(key, fresh) {
    const place = holder(key);
    const stand = this.stand(key);
    const version = Number(fresh.dataset.base.split(".")[0]);
    if (this.outbox.has(key) || stand.torn || version < stand.base) return;
    const isHere = place.contains(document.activeElement);
    if (isHere && version > stand.base && performance.now() - (stand.typedAt ?? -WRITING) < WRITING) {
      this.waiting.set(key, fresh);
      return;
    }
    this.waiting.delete(key);
    this.known.delete(key);
    if (isHere) this.takeInPlace(key, place, fresh);
    else place.replaceWith(fresh);
    this.stand(key);
  }

  // Under the cursor: the text changes, the cursor stays.
  takeInPlace(key, place, fresh) {
    const texts = fresh.querySelector("textarea, input:not([type=hidden]):not([type=radio])");
    const chosen = fresh.querySelector("input:checked");
    place.dataset.base = fresh.dataset.base;
    place.className = fresh.className;
    this.write(key, texts?.value ?? chosen?.value ?? "");
    place.querySelector(".torn-box")?.replaceWith(fresh.querySelector(".torn-box") ?? "");
  }

  takeWaiting() {
    for (const [key, fresh] of this.waiting) this.take(key, fresh);
  }

  left(key) {
    const fresh = this.waiting.get(key);
    if (!fresh) return;
    this.stand(key).typedAt = undefined;
    this.take(key, fresh);
  }

  // A text from an earlier page that never arrived: back into its field, and on its way.
  restore(key, fields) {
    const stand = this.stand(key);
    if (control(key) && this.value(key) === fields.text && stand.base > 0) return this.outbox.drop(key);
    stand.base = Math.min(fields.base, stand.base || fields.base);
    this.write(key, fields.text);
    return this.outbox.put(key, this.entry({ ...fields, base: stand.base }, 0));
  }
}

// Two texts as one, without saying again what the first says already (as put_together does).
function together(mine, theirs) {
  const said = new Set(sentences(mine).map(plain));
  const every = sentences(theirs);
  const rest = every.filter((one) => !said.has(plain(one)));
  const added = rest.length === every.length ? theirs.trim() : rest.join(" ");
  return [mine.trim(), added].filter(Boolean).join("\n\n");
}

function sentences(text) {
  return text.split(/(?<=[.!?…])\s+|\n+/u).map((one) => one.trim()).filter(Boolean);
}

function plain(sentence) {
  return sentence.toLowerCase().split(/\s+/u).join(" ").replace(/[.!?…]+$/u, "");
}
