// Shows what something gives up while it is being chosen. Without it a button does the same.
"use strict";

const form = document.querySelector("form[data-judge]");
let asked = 0;
let timer;

async function judge() {
  const mine = ++asked;
  const body = new FormData(form);
  body.set("do", "look");
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
  if (!answer?.ok || answer.redirected || mine !== asked) return; // the button still says it
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("judged");
  const shown = document.getElementById("judged");
  if (mine !== asked || !fresh || !shown) return;
  const typing = shown.contains(document.activeElement) ? document.activeElement : null;
  shown.replaceWith(fresh);
  if (typing) document.getElementById(typing.id)?.focus();
}

if (form) {
  form.classList.add("is-live");
  form.addEventListener("change", (event) => {
    if (event.target.closest("#judged")) return; // words that stand in for a need change nothing
    clearTimeout(timer);
    timer = setTimeout(judge, 150);
  });
}
