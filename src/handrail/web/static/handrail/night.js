// At night, on a weekend: what to do until morning comes first. The clock is the browser's own; it is
// looked at here and told to nobody.
"use strict";

(() => {
  const OPENS = 8, CLOSES = 17;
  const now = new Date();
  const closed = now.getHours() < OPENS || now.getHours() >= CLOSES || now.getDay() % 6 === 0;
  const night = document.querySelector("[data-night]");
  if (!night || !closed) return;
  const heading = night.querySelector("[data-at-night]");
  const time = now.toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
  heading.textContent = `${heading.dataset.atNight} (${time})`;
  document.querySelector("[data-night-place]")?.prepend(night);
})();
