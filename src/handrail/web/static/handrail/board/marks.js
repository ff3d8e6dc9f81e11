// Who is here: one tap marks an exception with the minutes of now, also without a connection.
"use strict";

export class Marks {
  constructor(outbox, facts, minuteNow, apply) {
    Object.assign(this, { outbox, facts, minuteNow, apply });
  }

  // what: here, absent, late, arrived, early
  mark(client, what) {
    const seen = this.seen(client);
    const minute = this.minuteNow();
    if (what === "here") Object.assign(seen, { absent: "", arrived: 0, left: "" });
    if (what === "absent") seen.absent = "1";
    if (what === "late" || what === "arrived") Object.assign(seen, { absent: "", arrived: Math.min(minute, this.facts.minutes - 1) });
    if (what === "early") Object.assign(seen, { absent: "", left: Math.max(minute, Number(seen.arrived) + 1) });
    this.send(client, seen, 0);
  }

  // Typed, ticked, or moved by five minutes.
  changed(client) {
    this.send(client, this.seen(client), 600);
  }

  seen(client) {
    const waiting = this.outbox.waiting.get(`seen:${client}`);
    const set = document.querySelector(`[data-seen="${client}"]`);
    if (!set) return { ...(waiting?.fields ?? { arrived: 0, left: "", absent: "", excuse: "", client, base: 0 }) };
    const value = (name) => set.querySelector(`[name="${name}|${client}"]`).value;
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
        this.outbox.says("refused", error.message);
        this.outbox.drop(`seen:${fields.client}`);
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

function said(seen, minutes) {
  if (seen.absent === "1") return "Not here";
  const parts = [];
  if (Number(seen.arrived) > 0) parts.push(`Late, ${seen.arrived} min`);
  if (seen.left !== "") parts.push(`Leaves ${minutes - Number(seen.left)} min early`);
  return parts.join("; ") || "Here";
}
