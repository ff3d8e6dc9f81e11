// Small helps for staff pages; everything works without them.
// 1. Offer to stay before idle sign-out. Asking the server keeps nobody signed in.
// 2. Close the menu behind the name with Escape or a click beside it.
"use strict";

const page = document.body.dataset;
const dialog = document.getElementById("idle");

function leave() {
  window.location.assign(page.signIn);
}

async function look() {
  const answer = await fetch(page.idle, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer === null) return setTimeout(look, 15000); // no connection: ask again
  if (!answer.ok) return leave();
  const { seconds } = await answer.json();
  if (seconds > Number(page.warn)) {
    if (dialog.open) dialog.close();
    return setTimeout(look, (seconds - Number(page.warn)) * 1000);
  }
  if (!dialog.open) dialog.showModal();
  setTimeout(look, Math.min(15, Math.max(1, seconds)) * 1000);
}

async function stay(event) {
  event.preventDefault();
  const form = event.target;
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new FormData(form),
  }).catch(() => null);
  if (answer !== null && !answer.ok) return leave();
  dialog.close();
}

if (dialog) {
  dialog.querySelector("form").addEventListener("submit", stay);
  setTimeout(look, Math.max(1, Number(page.seconds) - Number(page.warn)) * 1000);
}

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
