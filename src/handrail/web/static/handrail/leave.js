// Leaving at once: "Leave" or Esc throws the answers away, forgets which lessons were read, stops a
// voice that reads aloud, and puts a page about the weather in the place of this one. Going back shows the weather again, and nothing of this site.
// It is read in the head, before anything is drawn, so that a page gone back to is never seen.
"use strict";

(() => {
  const script = document.currentScript;
  const { to, discard } = script.dataset;
  const LEFT = "handrail-left";

  // A browser that keeps nothing at all still leaves; only going back is then not caught.
  const remember = (value) => {
    try {
      if (value === undefined) return sessionStorage.getItem(LEFT) === "yes";
      if (value) sessionStorage.setItem(LEFT, "yes");
      else sessionStorage.removeItem(LEFT);
    } catch {
      // see above
    }
    return false;
  };

  const hide = () => {
    document.documentElement.hidden = true;
    location.replace(to);
  };
  const wentBack = () => performance.getEntriesByType("navigation")[0]?.type === "back_forward";

  if (remember()) {
    if (wentBack()) hide();
    else remember(false); // somebody came on purpose
  }
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && remember()) hide();
  });

  const forget = () => {
    try {
      localStorage.removeItem("handrail-lessons");
    } catch {
      // a browser that keeps nothing has nothing to forget
    }
    window.speechSynthesis?.cancel();
  };

  const leave = () => {
    remember(true);
    forget();
    navigator.sendBeacon(discard);
    hide();
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-leave]")) return;
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) leave();
  });
})();
