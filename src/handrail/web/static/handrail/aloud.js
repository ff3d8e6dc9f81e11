// Reads a lesson aloud with the browser's own voice, when somebody asks for it and never by itself.
// Where the browser has no voice for the language of the page, there is no button.
"use strict";

(() => {
  const button = document.querySelector("[data-read-aloud]");
  const voice = window.speechSynthesis;
  if (!button || !voice || !window.SpeechSynthesisUtterance) return;

  const language = document.documentElement.lang;
  const start = button.textContent;
  let turn = 0; // which press it is: a sentence of an earlier one says nothing more
  let saying = null; // kept, or some browsers drop it before it ends

  const offer = () => {
    button.hidden = !voice.getVoices().some((one) => one.lang.slice(0, 2) === language.slice(0, 2));
  };

  // One sentence at a time: some voices break off in a long text.
  const sentences = () =>
    [...document.querySelectorAll("[data-aloud] :is(h1, h2, h3, p, li, label)")].flatMap((one) => {
      const copy = one.cloneNode(true);
      for (const cited of copy.querySelectorAll(".cite")) cited.remove();
      const text = copy.textContent.replace(/\s+/g, " ").trim();
      return text.match(/[^.!?]+[.!?]*[”"’»)]*\s*/g) ?? [];
    });

  const stop = () => {
    turn += 1;
    saying = null;
    voice.cancel();
    button.textContent = start;
  };

  const say = (all, at, mine) => {
    if (mine !== turn) return;
    if (at >= all.length) {
      stop();
      return;
    }
    saying = new SpeechSynthesisUtterance(all[at]);
    saying.lang = language;
    saying.onend = () => say(all, at + 1, mine);
    saying.onerror = () => mine === turn && stop();
    voice.speak(saying);
  };

  button.addEventListener("click", () => {
    if (saying) {
      stop();
      return;
    }
    turn += 1;
    button.textContent = button.dataset.stop;
    say(sentences(), 0, turn);
  });
  window.addEventListener("pagehide", stop);
  voice.addEventListener?.("voiceschanged", offer);
  offer();
})();
