// A document in the chart with its script: saves by itself as one types, keeps what has not
// arrived sealed on this computer, and shows two texts at once. Without it it is a plain form.
"use strict";

import { openDrafts } from "./board/drafts.js";
import { Fields } from "./board/fields.js";
import { Outbox } from "./board/outbox.js";
import { Offline, post } from "./board/sending.js";

const form = document.getElementById("writing");
const facts = JSON.parse(document.getElementById("writing-facts").textContent);
const clock = new Intl.DateTimeFormat("en-US", { timeStyle: "short", timeZone: facts.zone });
const outbox = new Outbox(await openDrafts(facts.person, facts.session, facts.key), says);
const fields = new Fields(outbox, facts);
let lastAt = "";
let leaving = false;

function says(kind, more) {
  const words = {
    saving: "Saving…",
    saved: lastAt ? `Saved ${lastAt}` : "Saved",
    held: "No connection: kept on this computer. It is sent when the connection is back.",
    unkept: "No connection, and this browser keeps nothing: do not close this page.",
    torn: "Two texts at once: both are kept. Choose below the field.",
    refused: more,
    found: more,
  }[kind];
  const status = document.getElementById("status");
  if (status.dataset.kind === "unkept" && kind === "held") return;
  status.textContent = words;
  status.classList.toggle("held", ["held", "unkept", "torn", "refused"].includes(kind));
  status.dataset.kind = kind;
  const spoken = document.getElementById("spoken");
  // Read out when it changes, not with every word that is saved.
  if (kind !== "saving" && spoken.dataset.kind !== kind) {
    spoken.textContent = words;
    spoken.dataset.kind = kind;
  }
}

// The plain form goes by the same versions as the script.
const arrived = fields.arrived.bind(fields);
fields.arrived = (data, sent) => {
  lastAt = data.at;
  arrived(data, sent);
  const holder = form.querySelector(`[data-field="${CSS.escape(data.key)}"]`);
  const base = holder?.querySelector("input[type=hidden]");
  if (base) base.value = `${data.version}.`;
};

form.addEventListener("input", typed);
form.addEventListener("change", typed);

function typed({ target }) {
  const key = target.closest("[data-field]")?.dataset.field;
  if (key) fields.typed(key);
}

form.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (button?.value.startsWith("settle|")) {
    event.preventDefault();
    return settle(button);
  }
  if (leaving) return undefined;
  // Everything typed first; then the button does what it says, as in the plain form.
  event.preventDefault();
  const sent = await outbox.flush();
  if (!sent) {
    if (form.querySelector(".torn")) return says("torn");
    return says("refused", "No connection: what you typed is kept on this computer. Try again when the connection is back.");
  }
  leaving = true; // the session is asked for once more on the way (staff.js)
  setTimeout(() => { leaving = false; }, 6000);
  form.requestSubmit(button);
  return undefined;
});

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

async function recover() {
  const kept = await outbox.drafts.all().catch(() => []);
  for (const [key, draft] of kept) fields.restore(key, draft.fields);
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

fields.remember();
await recover();
document.documentElement.dataset.writing = "ready";
