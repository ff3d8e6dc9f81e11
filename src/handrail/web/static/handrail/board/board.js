// The session board with its script: saves by itself, hears of others, works without a connection.
// Without it the board is a plain form (templates/staff/board).
"use strict";

import { openDrafts } from "./drafts.js";
import { Fields } from "./fields.js";
import { listenToKeys } from "./keys.js";
import { Marks } from "./marks.js";
import { Outbox } from "./outbox.js";
import { Parts } from "./parts.js";
import { People } from "./people.js";
import { Offline, get, post } from "./sending.js";
import { Timer } from "./timer.js";

const EVERY = 5000;
const form = document.getElementById("evening");
const facts = JSON.parse(document.getElementById("board-facts").textContent);
const timer = new Timer(facts);
const people = new People();
const outbox = new Outbox(await openDrafts(facts.person, facts.session, facts.key), says);
const fields = new Fields(outbox, facts);
const parts = new Parts(fields);
const marks = new Marks(outbox, facts, timer, apply, redraw);
let busy = false;
let asking = 0;

// ---- saying how it stands ------------------------------------------------------------------------

function says(asked, more) {
  // Nothing is said to be saved while minutes stand there that cannot be.
  const kind = asked === "saved" && form.querySelector("[aria-invalid]") ? "wrong" : asked;
  const words = {
    saving: "Saving…",
    saved: `Saved ${timer.time(timer.now())}`,
    held: "No connection: kept on this computer. It is sent when the connection is back.",
    unkept: "No connection, and this browser keeps nothing: do not close this page.",
    torn: "Two texts at once: both are kept. Choose below the field.",
    refused: more,
    wrong: "Not saved: minutes that cannot be. What is wrong is said beside them.",
    waiting: "One moment…",
    found: more,
  }[kind];
  const status = document.getElementById("status");
  if (status.dataset.kind === "unkept" && kind === "held") return;
  status.textContent = words;
  status.classList.toggle("held", ["held", "unkept", "torn", "refused", "wrong"].includes(kind));
  status.dataset.kind = kind;
  if (asked === "saved") listenIn(600);
  const spoken = document.getElementById("spoken");
  // Read out when it changes, not with every word that is saved.
  if (!["saving", "waiting"].includes(kind) && spoken.dataset.kind !== kind) {
    spoken.textContent = words;
    spoken.dataset.kind = kind;
  }
}

// ---- what comes in -------------------------------------------------------------------------------

// Somebody else's news leave a question standing that was asked here, as long as it stands.
function apply(data, { asking = null } = {}) {
  facts.version = data.facts.version;
  facts.state = data.facts.state;
  timer.set(data.facts);
  parts.apply(data.html, asking && data.facts.state === "in progress" ? "sign" : "");
  people.decorate();
  fields.remember();
  if (data.notices.length) tell(data.notices);
}

function tell(notices) {
  const place = document.getElementById("notices");
  place.replaceChildren(
    ...notices.map((words) => {
      const one = document.createElement("p");
      one.className = "notice";
      one.textContent = words;
      return one;
    }),
  );
}

// What was saved changes the checklist: ask soon, and then again in a while.
function listenIn(pause) {
  clearTimeout(asking);
  asking = setTimeout(listen, pause);
}

async function listen() {
  if (!document.hidden && !busy) {
    try {
      const data = await get(`${facts.changes}?since=${facts.version}`);
      if (data && !busy) apply(data, { asking: form.querySelector(".asks") });
      fields.takeWaiting();
      if (outbox.lost) outbox.soon(0);
    } catch (error) {
      if (!(error instanceof Offline)) says("refused", error.message);
    }
  }
  listenIn(EVERY);
}

// A mark that was not taken: the person as the server has them.
async function redraw(id) {
  parts.forget(id);
  try {
    apply(await get(`${facts.changes}?since=`));
  } catch (error) {
    if (!(error instanceof Offline)) throw error;
  }
}

// ---- what is pressed -----------------------------------------------------------------------------

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = event.submitter;
  const mark = button?.dataset.mark;
  if (mark) return marks.mark(button.value.split("|")[1], mark);
  if (button?.value.startsWith("settle|")) return settle(button);
  if (!button || button.value === "save") {
    // Enter in the name field finds; anywhere else it saves.
    if (document.activeElement?.id === "who") return command(form.querySelector("[value=find]"));
    return outbox.flush();
  }
  return command(button);
});

// Everything typed first; then what the button says; then the board as it is.
async function command(button) {
  if (busy) return; // a second click
  const wrong = form.querySelector("[aria-invalid]");
  if (wrong && /^(close|sign)/u.test(button.value)) {
    says("wrong");
    people.open(wrong.closest("[data-panel]").dataset.panel, "");
    return wrong.focus();
  }
  busy = true;
  says("waiting");
  try {
    const sent = await outbox.flush();
    if (!sent) {
      if (document.querySelector("#evening .torn")) says("torn");
      else says("refused", "No connection: what you typed is kept on this computer. Try again when the connection is back.");
      return;
    }
    const address = button.getAttribute("formaction") ?? facts.save;
    const more = new URLSearchParams([["do", button.value], ["q", document.getElementById("who")?.value ?? ""]]);
    for (const one of form.querySelectorAll("[name=ack]:checked")) more.append("ack", one.value);
    const isMain = button.id === "main-step";
    const data = await post(address, more);
    tell([]);
    apply(data);
    document.getElementById("status").textContent = "";
    if (isMain || button.value === "keep") document.getElementById("main-step")?.focus();
    if (button.value.startsWith("add|")) people.open(button.value.slice(4), "");
  } catch (error) {
    if (!(error instanceof Offline)) return says("refused", error.message);
    says("refused", "No connection: nothing was done. Try again when the connection is back.");
  } finally {
    busy = false;
  }
}

async function settle(button) {
  const [, key, how, other] = button.value.split("|");
  const { seen, ...chosen } = fields.chosen(key, how, other);
  const body = new URLSearchParams(chosen);
  for (const one of seen) body.append("seen", one);
  try {
    await fields.settled(await post(facts.settle, body), chosen.text);
    says("saved");
  } catch (error) {
    if (error instanceof Offline) return says("held");
    if (error.data?.theirs) fields.refused(key, error);
    else says("refused", error.message);
  }
}

// ---- what is typed and tapped --------------------------------------------------------------------

form.addEventListener("input", ({ target }) => {
  const key = target.closest("[data-field]")?.dataset.field;
  if (key) return fields.typed(key);
  const seen = target.closest("[data-seen]")?.dataset.seen;
  if (seen) marks.changed(seen);
  if (target.name === "ack") document.getElementById("main-step")?.removeAttribute("aria-disabled");
});

form.addEventListener("focusout", ({ target }) => {
  const key = target.closest("[data-field]")?.dataset.field;
  if (key) setTimeout(() => fields.left(key));
});

form.addEventListener("click", (event) => {
  const { target } = event;
  const step = target.closest("[data-step]");
  if (step) return stepBy(step);
  const jump = target.closest("[data-jump]");
  if (jump) {
    event.preventDefault();
    return people.jump(jump.dataset.jump);
  }
  const close = target.closest("[data-close]");
  if (close) {
    event.preventDefault();
    people.close();
    return document.querySelector(`[data-tile="${close.dataset.close}"] h3 a`).focus();
  }
  const opener = target.closest("[data-open]");
  const tile = target.closest("[data-tile]");
  if (!opener && (!tile || target.closest("button, a, details"))) return;
  event.preventDefault();
  if (event.detail > 1) return; // the second of a double click
  const id = opener?.dataset.open ?? tile.dataset.tile;
  if (people.id === id && opener?.dataset.to !== "minutes") return people.close();
  const isTouch = matchMedia("(pointer: coarse)").matches;
  people.open(id, opener?.dataset.to ?? (isTouch ? "" : "words"));
});

// A link that acts as a button is pressed with the space bar as well.
form.addEventListener("keydown", (event) => {
  if (event.key !== " " || event.target.getAttribute("role") !== "button") return;
  event.preventDefault();
  event.target.click();
});

function stepBy(button) {
  const input = button.parentElement.querySelector("input");
  const now = Number(input.value || input.placeholder);
  input.value = Math.max(Number(input.min), Math.min(Number(input.max), now + Number(button.dataset.step)));
  marks.changed(button.closest("[data-seen]").dataset.seen);
}

// ---- from an earlier page, and leaving -----------------------------------------------------------

async function recover() {
  const kept = await outbox.drafts.all().catch(() => []);
  for (const [key, draft] of kept) {
    if (key.startsWith("seen:")) {
      marks.show(draft.fields.client, draft.fields);
      outbox.put(key, marks.entry(draft.fields, 0));
    } else fields.restore(key, draft.fields);
  }
  if (kept.length) says("found", `Brought back from this computer: ${kept.length} unsent.`);
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return;
  outbox.keepAll();
  outbox.flush();
});
window.addEventListener("beforeunload", (event) => {
  if (outbox.size && document.getElementById("status").dataset.kind === "unkept") event.preventDefault();
});
// Signing out deletes what is kept here: the page gets to send it first.
document.addEventListener("handrail:leaving", (event) => event.detail.push(outbox.flush()));

listenToKeys({ people, marks, fields, mayMark: (what) => marks.may(what) });
fields.remember();
await recover();
people.begin(form.dataset.opens);
listenIn(EVERY);
document.documentElement.dataset.board = "ready";
