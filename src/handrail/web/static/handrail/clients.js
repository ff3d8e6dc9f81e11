// Finds clients while typing. Without it the same form is sent with Enter or the button.
"use strict";

const find = document.getElementById("find");
const typed = document.getElementById("q");
let asked = 0;
let timer;

async function look() {
  const mine = ++asked;
  const answer = await fetch(find.action, { method: "POST", body: new FormData(find) }).catch(() => null);
  if (answer === null || mine !== asked) return; // no connection, or something newer was asked
  if (!answer.ok || answer.redirected) return find.submit(); // let the server say why
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("found");
  if (mine === asked && fresh) document.getElementById("found").replaceWith(fresh);
}

typed.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(look, 120);
});
