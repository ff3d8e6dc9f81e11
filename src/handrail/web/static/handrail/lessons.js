// Which lessons are done is kept in this browser and nowhere else. "Forget it" wipes it, and so does
// leaving (leave.js). A browser that keeps nothing shows neither the button nor the count.
"use strict";

(() => {
  const KEPT = "handrail-lessons";

  const read = () => {
    try {
      const found = JSON.parse(localStorage.getItem(KEPT));
      return Array.isArray(found) ? found : [];
    } catch {
      return [];
    }
  };
  const keep = (done) => {
    try {
      if (done.length) localStorage.setItem(KEPT, JSON.stringify(done));
      else localStorage.removeItem(KEPT);
      return true;
    } catch {
      return false;
    }
  };

  const button = document.querySelector("[data-done]");
  const count = document.querySelector("[data-progress]");
  const words = document.querySelector("[data-progress-words]");
  const mark = button?.textContent;

  const show = () => {
    const done = read();
    const known = new Set();
    for (const one of document.querySelectorAll("[data-lesson]")) {
      const is = done.includes(one.dataset.lesson);
      one.classList.toggle("done", is);
      for (const word of one.querySelectorAll(".lesson-done")) word.hidden = !is;
      if (is) known.add(one.dataset.lesson);
    }
    count.hidden = known.size === 0;
    words.textContent = words.dataset.progressWords.replace("{count}", known.size);
    if (button) button.textContent = done.includes(button.dataset.done) ? button.dataset.undo : mark;
  };

  if (!keep(read())) return;
  button?.addEventListener("click", () => {
    const slug = button.dataset.done;
    const done = read();
    keep(done.includes(slug) ? done.filter((one) => one !== slug) : [...done, slug]);
    show();
  });
  document.querySelector("[data-forget]").addEventListener("click", () => {
    keep([]);
    show();
    (button ?? document.getElementById("main")).focus();
  });
  // Gone back to, or changed in another tab: shown as it is now.
  window.addEventListener("pageshow", show);
  window.addEventListener("storage", show);
  if (button) button.hidden = false;
  show();
})();
