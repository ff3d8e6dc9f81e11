// Nothing typed on a shared computer outlives a sign-out, and nobody finds another person's drafts.
// An idle sign-out deletes nothing: it is the same person who comes back to their words.
"use strict";

import { wipeAll, wipeOthers } from "./board/drafts.js";

const person = document.getElementById("again")?.dataset.person;
if (person) wipeOthers(person);

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!("signOut" in form.dataset) || form.dataset.signOut === "now") return;
  event.preventDefault();
  const sending = [];
  document.dispatchEvent(new CustomEvent("handrail:leaving", { detail: sending }));
  const sent = await Promise.all(sending);
  const words = "Something you typed has not reached the server. Signing out deletes it. Sign out all the same?";
  if (!sent.every(Boolean) && !window.confirm(words)) return;
  await wipeAll();
  form.dataset.signOut = "now";
  form.requestSubmit(event.submitter);
});
