// Signs the same person in again over the page, so that nothing on it is lost.
//
//   import { signInAgain } from "./again.js";
//   const token = await signInAgain();              after an answer of 401
//   const token = await signInAgain(form.action);   before a POST, which may ask who this is
//
// Gives the CSRF token to send now; it is in every form of the page as well (scripts cannot read
// the cookie). Gives "" when the person closed the dialog: send nothing then. Throws when there is
// no connection. When somebody else signs in, the page is emptied and Today opens for them;
// nothing is given then. The dialog holds the form of the real sign-in page, so that every rule of
// that page is kept; a passkey works on the page itself, in a new tab.
"use strict";

const dialog = document.getElementById("again");
const { again, signIn, confirm, place, today, person, organization, email } = dialog.dataset;
const part = (name) => dialog.querySelector(`[data-part=${name}]`);
let earlier = Promise.resolve();

export function signInAgain(to = "") {
  const mine = earlier.catch(() => "").then(() => begin(to));
  earlier = mine;
  return mine;
}

async function begin(to) {
  const now = await look(to);
  return now.step ? ask(now.step, to) : now.token;
}

// ---- who is signed in now ------------------------------------------------------------------

async function look(to) {
  let now = await fetchNow(to);
  if (now?.person === person && now.organization === "") {
    // Whoever works in several places has chosen none since: go back to the page's own.
    await send(place, { csrfmiddlewaretoken: now.csrf, organization });
    now = await fetchNow(to);
  }
  if (now === null) return { step: signIn };
  if (now.person !== person || now.organization !== organization) return clear();
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = now.csrf;
  return now.confirm ? { step: confirm } : { token: now.csrf };
}

async function fetchNow(to) {
  const path = to ? new URL(to, document.baseURI).pathname : "";
  const answer = await fetch(`${again}?to=${encodeURIComponent(path)}`, { headers: { Accept: "application/json" } });
  if (answer.status === 401) return null;
  if (!answer.ok) throw new Error(`${again}: ${answer.status}`);
  return answer.json();
}

function clear() {
  document.body.replaceChildren();
  window.location.replace(today); // not this address: it may have been posted to
  return new Promise(() => {});
}

// ---- the dialog ----------------------------------------------------------------------------

function ask(step, to) {
  const closing = new AbortController();
  const whileOpen = { signal: closing.signal };
  return new Promise((give, fail) => {
    function end(token) {
      closing.abort();
      document.documentElement.classList.remove("away");
      part("form").replaceChildren();
      if (dialog.open) dialog.close();
      give(token);
    }

    async function goOn() {
      const now = await look(to);
      if (!now.step) end(now.token);
      else if (now.step !== step) await show((step = now.step));
    }

    dialog.addEventListener("submit", async (event) => {
      event.preventDefault();
      const form = event.target;
      if (form.ariaBusy) return; // a second click
      form.ariaBusy = "true";
      try {
        const answer = await send(form.action, new FormData(form));
        if (new URL(answer.url).pathname === again) await goOn();
        else draw(await answer.text());
      } catch {
        say("There is no connection. Nothing was sent; try again.");
      }
      form.ariaBusy = null;
    }, whileOpen);
    // Escape leaves what is not urgent. Signed out there is nothing to go back to: it does nothing.
    dialog.addEventListener("cancel", (event) => step === signIn && event.preventDefault(), whileOpen);
    dialog.addEventListener("close", () => (step === signIn ? dialog.showModal() : end("")), whileOpen);
    part("later").addEventListener("click", () => dialog.close(), whileOpen);
    // Back from the new tab, where they may have signed in.
    window.addEventListener("focus", () => goOn().catch(() => {}), whileOpen);
    document.addEventListener("visibilitychange", () => document.hidden || goOn().catch(() => {}), whileOpen);
    show(step).catch((error) => {
      end("");
      fail(error);
    });
  });
}

async function show(step) {
  const address = `${step}?next=${encodeURIComponent(again)}`;
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  // What is on the page is hidden while nobody is signed in; it stays where it is.
  document.documentElement.classList.toggle("away", step === signIn);
  part("signed-out").hidden = part("leave").hidden = step !== signIn;
  part("later").hidden = step === signIn;
  part("tab").href = address;
  part("form").replaceChildren();
  if (!dialog.open) dialog.showModal();
  draw(await answer.text());
}

// Put the first form of a sign-in page into the dialog, with what that page says.
function draw(html) {
  const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
  const form = main.querySelector("form[method=post]");
  const lead = main.querySelector(".lead")?.textContent ?? "";
  if (form === null) return say(`${main.querySelector("h1").textContent}. ${lead}`);
  for (const other of form.querySelectorAll("button[form], noscript, script")) other.remove();
  for (const link of form.querySelectorAll("a")) link.target = "_blank";
  const name = form.querySelector("[name=login]");
  if (name && !name.value) name.value = email;
  document.getElementById("again-title").textContent = main.querySelector("h1").textContent;
  part("lead").textContent = lead;
  part("form").replaceChildren(form);
  const fields = [...form.querySelectorAll("input:not([type=hidden])")];
  form.hidden = fields.length === 0; // a passkey alone: on the page in the new tab
  (fields.find((one) => !one.value) ?? fields[0] ?? part("tab")).focus();
}

function say(words) {
  const problem = document.createElement("p");
  problem.className = "problem";
  problem.role = "alert";
  problem.textContent = words;
  part("form").querySelector(".problem")?.remove();
  part("form").prepend(problem);
}

function send(address, fields) {
  return fetch(address, { method: "POST", headers: { Accept: "text/html" }, body: new URLSearchParams(fields) });
}
