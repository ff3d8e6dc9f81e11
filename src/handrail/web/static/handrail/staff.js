// Small helps for staff pages; everything works without them.
// 1. Offer to stay before idle sign-out. Asking the server keeps nobody signed in.
// 2. Sign in again over the page before a form is sent in vain.
// 3. A page the browser kept in memory shows nothing until the server says that it still may.
// 4. Close the menu behind the name with Escape or a click beside it.
// 5. On a narrow screen the tab that is open is in sight.
"use strict";

import { signInAgain } from "./again.js";

const page = document.body.dataset;
const dialog = document.getElementById("idle");
let timer = 0;

// ---- 1. idle ---------------------------------------------------------------------------------

function lookIn(seconds) {
  clearTimeout(timer);
  timer = setTimeout(look, Math.max(1, seconds) * 1000);
}

async function look() {
  const answer = await fetch(page.idle, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.status === 401) return ended();
  if (!answer?.ok) return lookIn(15); // no connection, or the server is not well: ask again
  const { seconds } = await answer.json();
  const early = seconds - Number(page.warn);
  if (early > 0 && dialog.open) dialog.close();
  if (early <= 0 && !dialog.open) dialog.showModal();
  lookIn(early > 0 ? early : Math.min(15, seconds));
}

async function ended() {
  clearTimeout(timer);
  if (dialog.open) dialog.close();
  if (!isSomethingTyped()) return window.location.assign(page.signIn);
  await signInAgain().catch(() => "");
  lookIn(1);
}

async function stay(event) {
  event.preventDefault();
  const form = event.target;
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new FormData(form),
  }).catch(() => null);
  if (answer?.status === 401) return ended();
  dialog.close();
  lookIn(1);
}

// A page that keeps words of its own says so with data-keep.
function isSomethingTyped() {
  const fields = document.querySelectorAll("main input, main textarea, main select");
  return document.querySelector("main [data-keep]") !== null || [...fields].some(isChanged);
}

function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") {
    const options = [...field.options];
    const chosen = options.filter((one) => one.defaultSelected);
    return options.some((one, place) => one.selected !== (chosen.length ? one.defaultSelected : place === 0));
  }
  return field.type !== "hidden" && field.value !== field.defaultValue;
}

if (dialog) {
  dialog.querySelector("form").addEventListener("submit", stay);
  lookIn(Number(page.seconds) - Number(page.warn));
  // Back at this tab or this machine: the session may have ended elsewhere.
  document.addEventListener("visibilitychange", () => document.hidden || look());
}

// ---- 2. forms --------------------------------------------------------------------------------

const asking = new WeakSet();
const ready = new WeakSet();

// Last of all listeners: a script that sends a form itself has said so by then.
window.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (ready.delete(form) || event.defaultPrevented || isPlain(form, button)) return;
  event.preventDefault();
  if (asking.has(form)) return; // a second click
  asking.add(form);
  form.querySelector(":scope > .problem.unsent")?.remove();
  try {
    if ((await signInAgain(button?.getAttribute("formaction") ?? form.action)) !== "") {
      ready.add(form);
      form.requestSubmit(button);
      await new Promise((later) => setTimeout(later, 5000)); // the next page is on its way
    }
  } catch {
    form.append(unsent());
  }
  asking.delete(form);
});

function isPlain(form, button) {
  const method = button?.getAttribute("formmethod") ?? form.method;
  return method.toLowerCase() !== "post" || "plain" in form.dataset || form.closest("dialog") !== null;
}

function unsent() {
  const words = document.createElement("p");
  words.className = "problem unsent";
  words.role = "alert";
  words.textContent = "There is no connection. Nothing was sent, and nothing is lost; try again.";
  return words;
}

// ---- 3. kept in memory -----------------------------------------------------------------------

window.addEventListener("pageshow", async (event) => {
  if (!event.persisted) return;
  document.body.hidden = true;
  const answer = await fetch(page.idle, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) document.body.hidden = false;
  else window.location.reload();
});

// ---- 4. menu ---------------------------------------------------------------------------------

const menu = document.querySelector(".me");
if (menu) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

// ---- 5. tabs ---------------------------------------------------------------------------------

const strip = document.querySelector(".tabs");
const here = strip?.querySelector("[aria-current]");
if (here) strip.scrollLeft = here.offsetLeft - strip.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
