// The screening call with its script: saves by itself, hears of colleagues, works without a
// connection. Without it each part is a plain form (templates/staff/screening).
"use strict";

import { openDrafts } from "../board/drafts.js";
import { Outbox } from "../board/outbox.js";
import { Offline, get, post } from "../board/sending.js";
import { Answers } from "./answers.js";
import { Keys, settleTicks } from "./keys.js";
import { Pieces } from "./pieces.js";

const EVERY = 4000;
const facts = JSON.parse(document.getElementById("call-facts").textContent);
const status = document.getElementById("status");
const outbox = new Outbox(await openDrafts(facts.person, facts.session, facts.key), says);
const answers = new Answers(outbox, facts);
const pieces = new Pieces(answers, outbox);
const keys = new Keys(answers, drawnAnew);
let asking = 0;
let wrong = wrongHere();
facts.redraw = (name) => {
  pieces.forget(name);
  facts.version = "";
  listenIn(0);
};

// ---- saying how it stands --------------------------------------------------------------------

function says(kind, more) {
  const words = {
    saving: "Saving…",
    saved: "Everything is saved",
    held: "No connection: kept on this computer, nothing is lost. Go on; it is sent when the connection is back.",
    unkept: "No connection, and this browser keeps nothing: do not close this page.",
    torn: "Two answers at once: both are kept. Choose below the question.",
    refused: more,
    found: more,
  }[kind];
  if (status.dataset.kind === "unkept" && kind === "held") return;
  status.textContent = words;
  status.classList.toggle("held", ["held", "unkept", "torn", "refused"].includes(kind));
  status.dataset.kind = kind;
  if (kind === "saved") listenIn(150);
  const spoken = document.getElementById("spoken");
  if (kind !== "saving" && spoken.dataset.kind !== kind) {
    spoken.textContent = words;
    spoken.dataset.kind = kind;
  }
}

// ---- what comes in ---------------------------------------------------------------------------

function listenIn(pause) {
  clearTimeout(asking);
  asking = setTimeout(listen, pause);
}

async function listen() {
  if (!document.hidden) await hear();
  listenIn(EVERY);
}

async function hear() {
  try {
    const data = await get(`${facts.changes}?since=${facts.version}`);
    if (data) {
      facts.version = data.version;
      pieces.apply(data.html);
      if (wrongHere() !== wrong) openByItself();
      if (data.ended && !facts.ended) window.location.reload();
    }
    if (outbox.lost) outbox.soon(0);
  } catch (error) {
    if (!(error instanceof Offline)) says("refused", error.message);
  }
}

// Everything sent, and the page as it then is; without a connection it goes on as it stands.
async function drawnAnew() {
  if (await outbox.flush()) await hear();
}

// ---- what is answered ------------------------------------------------------------------------

const main = document.getElementById("main");

main.addEventListener("input", ({ target }) => {
  const name = target.dataset.field;
  if (!name) return;
  const isChoice = target.type === "radio" || target.type === "checkbox";
  if (isChoice) settleTicks(target);
  else if (target.matches(".num")) for (const one of document.querySelectorAll(`[type=radio][data-field="${CSS.escape(name)}"]`)) one.checked = false;
  answers.changed(name, isChoice ? 0 : undefined);
});

main.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (form.matches(".part-form")) {
    event.preventDefault();
    if (button?.value === "confirm") await confirmAll(form);
    return outbox.flush();
  }
  if (form.matches(".step-form")) {
    event.preventDefault();
    return writeDown(form, button);
  }
  if (form.id === "settle") {
    event.preventDefault();
    return settle(form, button);
  }
  if (outbox.size === 0) return undefined;
  event.preventDefault();
  if (await outbox.flush()) return form.requestSubmit(button);
  says("refused", "No connection: what was answered is kept on this computer. Try again when the connection is back.");
  return undefined;
});

async function confirmAll(form) {
  for (const place of form.querySelectorAll('.q[data-state="check"]')) answers.confirm(place.dataset.q);
  keys.go(form.querySelector(".q")?.dataset.q ?? "");
}

async function settle(form, button) {
  try {
    const data = await post(form.action, new URLSearchParams([["do", button.value]]));
    facts.version = data.version;
    pieces.forget(button.value.split("|")[1]);
    pieces.apply(data.html);
    says("saved");
  } catch (error) {
    says(error instanceof Offline ? "held" : "refused", error.message);
  }
}

// ---- something is wrong right now ---------------------------------------------------------------

// From anywhere on the page: open the box, with the danger that was spoken of first.
main.addEventListener("click", (event) => {
  if (!event.target.closest("[data-wrong]")) return;
  event.preventDefault();
  openWrong();
});

function openWrong() {
  const kind = openBox(wrong);
  kind.querySelector("summary").focus({ preventScroll: true });
}

// The danger that an answer made an emergency, until it is over.
function wrongHere() {
  return document.getElementById("picture").dataset.wrong ?? "";
}

// An answer made it an emergency: the words stand above, and what is being typed goes on below.
function openByItself() {
  wrong = wrongHere();
  const box = document.getElementById("wrong-box");
  if (wrong === "") { // over, or said otherwise: away with it, unless somebody writes in it
    box.open &&= box.contains(document.activeElement);
    return;
  }
  const kind = openBox(wrong);
  const at = document.activeElement;
  (at.closest(".q") ?? at).scrollIntoView({ block: "nearest" });
  const spoken = document.getElementById("spoken");
  spoken.textContent = `What to say stands above: ${kind.querySelector("b").textContent}. The key ! goes there.`;
}

function openBox(name) {
  const box = document.getElementById("wrong-box");
  box.open = true;
  const wanted = box.querySelector(`details.kind[data-kind="${CSS.escape(name)}"]`);
  const kind = wanted ?? box.querySelector("details.kind[open]") ?? box.querySelector("details.kind");
  if (wanted) wanted.open = true;
  box.scrollTop = kind.offsetTop - box.querySelector(".numbers").offsetHeight - 8;
  return kind;
}
keys.wrong = openWrong;

// Written down with the time it was done, also without a connection.
function writeDown(form, button) {
  const step = button?.value ?? "called";
  const input = form.querySelector("[name=words]");
  const words = input.value.trim();
  if (words === "" && ["address", "told"].includes(step)) {
    says("refused", step === "address" ? "Write the address first." : "Write who was told first.");
    return input.focus();
  }
  send({ kind: form.querySelector("[name=kind]").value, step, words, id: crypto.randomUUID(), done: Date.now() });
  input.value = "";
  const list = document.getElementById("steps");
  const line = document.createElement("p");
  line.textContent = `${button.textContent}${words ? `: ${words}` : ""}`;
  list.append(line);
  if (step === "over") goOn();
  return undefined;
}

function send(step) {
  const fields = { ...step, get ago() { return Math.floor((Date.now() - step.done) / 1000); } };
  outbox.put(`step:${step.id}`, { fields, pause: 0, address: facts.emergency, arrived: () => listenIn(50), refused: (error) => says("refused", error.message) });
}

// The call goes on where it was.
function goOn() {
  document.getElementById("wrong-box").open = false;
  const place = document.querySelector(`.q[data-q="${CSS.escape(keys.at)}"]`);
  if (place) keys.focus(place);
}

// ---- from an earlier page, and leaving -----------------------------------------------------------

async function recover() {
  const kept = await outbox.drafts.all().catch(() => []);
  for (const [key, draft] of kept) {
    if (key.startsWith("step:")) send(draft.fields);
    else answers.restore(key, draft.fields);
  }
  if (kept.length) says("found", `Brought back from this computer: ${kept.length} unsent.`);
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return;
  outbox.keepAll();
  outbox.flush();
});
window.addEventListener("beforeunload", (event) => {
  if (outbox.size && status.dataset.kind === "unkept") event.preventDefault();
});
document.addEventListener("handrail:leaving", (event) => event.detail.push(outbox.flush()));

answers.skip();
await recover();
listenIn(EVERY);
document.documentElement.dataset.call = "ready";
