// Texts and marks on their way to the server: in order, one at a time, until each has arrived.
//
// An entry is kept sealed on this computer as long as the server has not got it. Two people at
// once: the server keeps both texts, and the field is torn until somebody chooses.
"use strict";

import { Offline, Refused, post } from "./sending.js";

const PAUSE = 900; // after the last letter
const AT_MOST = 1800; // after the first
const AGAIN = 3000; // without a connection

export class Outbox {
  constructor(drafts, says) {
    Object.assign(this, { drafts, says, waiting: new Map(), keeping: new Map(), timer: 0, running: null, lost: false });
    window.addEventListener("online", () => this.soon(0));
  }

  // fields() gives what to post; arrived(data, entry) and refused(error, entry) are told of the answer.
  put(key, entry) {
    const known = this.waiting.get(key);
    const now = performance.now();
    const first = known && !known.held ? known.first : now;
    this.waiting.set(key, { ...known, ...entry, key, first, due: Math.min(now + (entry.pause ?? PAUSE), first + AT_MOST), held: false });
    this.keepSoon(key);
    this.says("saving");
    this.soon();
  }

  has(key) {
    return this.waiting.has(key);
  }

  get size() {
    return this.waiting.size;
  }

  // Somebody has to choose first.
  hold(key) {
    const entry = this.waiting.get(key);
    if (entry) entry.held = true;
  }

  async drop(key) {
    this.waiting.delete(key);
    clearTimeout(this.keeping.get(key));
    this.keeping.delete(key);
    await this.drafts.drop(key).catch(() => {});
  }

  // Everything that can be sent, now; whether all of it arrived.
  async flush() {
    for (const entry of this.waiting.values()) entry.due = 0;
    while (this.running) await this.running;
    await this.run();
    return this.waiting.size === 0;
  }

  soon(delay) {
    clearTimeout(this.timer);
    const next = [...this.waiting.values()].filter((one) => !one.held);
    if (next.length === 0) return;
    const due = Math.min(...next.map((one) => one.due)) - performance.now();
    this.timer = setTimeout(() => this.run(), delay ?? Math.max(this.lost ? AGAIN : 0, due));
  }

  run() {
    this.running ??= this.sendAll().finally(() => {
      this.running = null;
      this.soon();
    });
    return this.running;
  }

  async sendAll() {
    for (;;) {
      const entry = [...this.waiting.values()].find((one) => !one.held && one.due <= performance.now());
      if (!entry) return this.settled();
      if (!(await this.send(entry))) return undefined;
    }
  }

  async send(entry) {
    const sent = entry.fields;
    try {
      const data = await post(entry.address, sent);
      this.lost = false;
      if (this.waiting.get(entry.key)?.fields === sent) await this.drop(entry.key);
      entry.arrived(data, sent);
      return true;
    } catch (error) {
      if (error instanceof Refused) {
        this.lost = false;
        this.hold(entry.key);
        entry.refused(error, sent);
        return true;
      }
      if (!(error instanceof Offline)) throw error;
      this.lost = true;
      await this.keepAll(); // what is said to be kept is kept, all of it
      this.says("held", this.waiting.size);
      return false;
    }
  }

  settled() {
    const held = [...this.waiting.values()].some((one) => one.held);
    if (!held && this.waiting.size === 0) this.says("saved");
  }

  // ---- on this computer ------------------------------------------------------------------------

  keepSoon(key) {
    if (this.keeping.has(key)) return;
    this.keeping.set(key, setTimeout(() => this.keep(key), 200));
  }

  async keep(key) {
    clearTimeout(this.keeping.get(key));
    this.keeping.delete(key);
    const entry = this.waiting.get(key);
    if (!entry) return;
    try {
      await this.drafts.keep(key, { fields: entry.fields, at: Date.now() });
      if (!this.waiting.has(key)) await this.drafts.drop(key); // it arrived meanwhile
    } catch {
      this.says("unkept");
    }
  }

  async keepAll() {
    await Promise.all([...this.waiting.keys()].map((key) => this.keep(key)));
  }
}
