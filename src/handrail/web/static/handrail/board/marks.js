// Who is here: one tap marks an exception with the minutes of now, also without a connection.
"use strict";

export class Marks {
  constructor(outbox, facts, timer, apply, redraw) {
    Object.assign(this, { outbox, facts, timer, apply, redraw });
  }

  // Nobody is late, and nobody leaves, before it has begun.
  may(what) {
    return this.facts.state === "in progress" && (this.timer.begun() || !["late", "early"].includes(what));
  }

  // what: here, absent, late, arrived, early
  mark(client, what) {
    if (!this.may(what)) return;
    const seen = this.seen(client, "defaultValue");
    const minute = this.timer.minute();
    this.sayWrong(client, {});
    if (what === "here") Object.assign(seen, { absent: "", arrived: 0, left: "" });
    if (what === "absent") seen.absent = "1";
    if (what === "late" || what === "arrived") Object.assign(seen, { absent: "", arrived: Math.min(minute, this.facts.minutes - 1) });
    if (what === "early") Object.assign(seen, { absent: "", left: Math.max(minute, Number(seen.arrived) + 1) });
    this.send(client, seen, 0);
  }

  // Typed, ticked, or moved by five minutes.
  changed(client) {
    const seen = this.seen(client);
    const wrong = wrongMinutes(seen, this.facts.minutes);
    this.sayWrong(client, wrong);
    if (!wrong.arrived && !wrong.left) return this.send(client, seen, 600);
    this.outbox.drop(`seen:${client}`);
    return this.outbox.says("wrong");
  }

  // What cannot be stays as it was typed, with the reason beside it; nothing of it is sent.
  sayWrong(client, wrong) {
    const set = document.querySelector(`[data-seen="${client}"]`);
    for (const name of set ? ["arrived", "left"] : []) {
      const input = set.querySelector(`[name="${name}|${client}"]`);
      if (wrong[name]) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      set.querySelector(`[data-wrong="${name}"]`).textContent = wrong[name] ?? "";
    }
  }

  seen(client, from = "value") {
    const waiting = this.outbox.waiting.get(`seen:${client}`);
    const set = document.querySelector(`[data-seen="${client}"]`);
    if (!set) return { ...(waiting?.fields ?? { arrived: 0, left: "", absent: "", excuse: "", client, base: 0 }) };
    const value = (name) => {
      const input = set.querySelector(`[name="${name}|${client}"]`);
      return input[input.getAttribute("aria-invalid") ? from : "value"].trim();
    };
    return {
      client,
      absent: set.querySelector(`[name="absent|${client}"]`).checked ? "1" : "",
      arrived: value("arrived"),
      left: value("left"),
      excuse: value("excuse"),
      base: set.dataset.base.split(".")[0],
    };
  }

  send(client, seen, pause) {
    this.show(client, seen);
    this.outbox.put(`seen:${client}`, this.entry(seen, pause));
  }

  entry(fields, pause) {
    return {
      fields,
      pause,
      address: this.facts.mark,
      arrived: (data) => this.apply(data),
      refused: (error) => {
        this.outbox.drop(`seen:${fields.client}`);
        this.outbox.says("refused", `Not saved. ${error.message}`);
        const { wrong } = error.data ?? {};
        if (wrong?.arrived || wrong?.left) this.sayWrong(fields.client, wrong);
        else this.redraw(fields.client);
      },
    };
  }

  // What the server will say in a moment; with no connection, until it is back.
  show(client, seen) {
    const set = document.querySelector(`[data-seen="${client}"]`);
    if (set) {
      set.querySelector(`[name="absent|${client}"]`).checked = seen.absent === "1";
      set.querySelector(`[name="arrived|${client}"]`).value = seen.arrived;
      set.querySelector(`[name="left|${client}"]`).value = seen.left;
    }
    const words = document.querySelector(`[data-tile="${client}"] .st .mk span`);
    if (words) words.textContent = said(seen, this.facts.minutes);
  }
}

// The same words as the server's (forms.wrong_minutes).
function wrongMinutes({ absent, arrived, left }, length) {
  if (absent) return {};
  const range = (text, least, most) => {
    if (text === "") return "";
    if (!/^\d+$/u.test(text)) return "A whole number of minutes.";
    return least <= Number(text) && Number(text) <= most ? "" : `The session has ${length} minutes: ${least} to ${most}.`;
  };
  const wrong = { arrived: range(arrived, 0, length - 1), left: range(left, 1, length) };
  if (!wrong.arrived && !wrong.left && left !== "" && Number(arrived) >= Number(left)) {
    wrong.left = `They came after minute ${Number(arrived)}: they cannot have left before.`;
  }
  return wrong;
}

function said(seen, minutes) {
  if (seen.absent === "1") return "Not here";
  const parts = [];
  if (Number(seen.arrived) > 0) parts.push(`Late, ${seen.arrived} min`);
  if (seen.left !== "") parts.push(`Leaves ${minutes - Number(seen.left)} min early`);
  return parts.join("; ") || "Here";
}
