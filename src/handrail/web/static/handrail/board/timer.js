// What runs now, by the server's clock, which may be an evening of the demo's own.
"use strict";

export class Timer {
  constructor(facts) {
    this.set(facts);
    setInterval(() => this.draw(), 1000);
  }

  set(facts) {
    Object.assign(this, { facts, ahead: facts.now - Date.now() });
  }

  now() {
    return Date.now() + this.ahead;
  }

  minute() {
    const gone = Math.floor((this.now() - this.facts.starts) / 60000);
    return Math.max(0, Math.min(this.facts.minutes, gone));
  }

  // Whether the planned start has come: before it nobody is late and nobody leaves.
  begun() {
    return this.now() >= this.facts.starts;
  }

  draw() {
    const { starts, minutes } = this.facts;
    put("evening", (one) => Object.assign(one.dataset, { begun: this.begun() ? "yes" : "no" }));
    const exact = (this.now() - starts) / 60000;
    const hand = Math.max(0, Math.min(1200, (1200 * exact) / minutes));
    put("hand", (one) => one.setAttribute("d", `M${hand.toFixed(1)} 0v20`));
    put("past", (one) => one.setAttribute("width", Math.max(0, hand - 1).toFixed(1)));
    say("clock", this.time(this.now()));
    const [runs, then] = this.words(exact);
    say("runs", runs);
    say("then", then);
  }

  words(exact) {
    const { segments, minutes, starts } = this.facts;
    const minute = Math.floor(exact);
    const end = this.time(starts + minutes * 60000, true);
    if (exact < 0) {
      const left = Math.ceil(-exact);
      if (left > 180) return [document.getElementById("runs").textContent, ""];
      return [`Begins in ${counted(left)}`, `at ${this.time(starts, true)}`];
    }
    const index = segments.findIndex(([, begins, length]) => minute < begins + length);
    if (index < 0) return [`Over since ${end}${this.facts.day}`, ""];
    const [name, begins, length] = segments[index];
    const after = segments[index + 1];
    const then = after ? `then ${after[0].toLowerCase()} at ${this.time(starts + after[1] * 60000, true)}` : `ends ${end}`;
    return [`${name}, ${counted(begins + length - minute)} left`, then];
  }

  time(at, isShort = false) {
    const words = new Intl.DateTimeFormat("en-US", { timeZone: this.facts.zone, hour: "numeric", minute: "2-digit" }).format(at);
    const plain = words.replace(/\s/u, " ").toLowerCase();
    return isShort ? plain.replace(":00 ", " ") : plain;
  }
}

function put(id, change) {
  const one = document.getElementById(id);
  if (one) change(one);
}

function say(id, words) {
  put(id, (one) => {
    if (one.textContent !== words) one.textContent = words;
  });
}

function counted(minutes) {
  return `${minutes} minute${minutes === 1 ? "" : "s"}`;
}
