// What was typed and has not reached the server, sealed on this computer.
//
// IndexedDB, one database for each person; every text is sealed with AES-GCM under a key that the
// server hands to that person's signed-in session alone and that is never written down here.
// Nothing readable is stored: no name, no text, only ids and sealed bytes.
"use strict";

const PREFIX = "handrail-drafts-";
const STORE = "drafts";

// Where the browser keeps nothing (a private window, a full disk) the words live in the page alone.
export async function openDrafts(person, session, key) {
  await wipeOthers(person);
  try {
    const raw = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
    const sealing = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    return new Drafts(await openDatabase(PREFIX + person), session, sealing);
  } catch {
    return new Nowhere();
  }
}

// At signing out: everything of everyone.
export async function wipeAll() {
  await wipe(() => true);
}

// When somebody signs in: everything of anyone else.
export async function wipeOthers(person) {
  await wipe((name) => name !== PREFIX + person);
}

async function wipe(isToGo) {
  const known = (await indexedDB.databases?.().catch(() => [])) ?? [];
  const names = known.map((one) => one.name).filter((name) => name.startsWith(PREFIX) && isToGo(name));
  await Promise.all(names.map((name) => asked(indexedDB.deleteDatabase(name)).catch(() => {})));
}

class Drafts {
  constructor(database, session, sealing) {
    Object.assign(this, { database, session, sealing });
    database.onversionchange = () => database.close(); // another tab signs out
  }

  async keep(field, draft) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(draft));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: this.seal(field) }, this.sealing, plain);
    await this.run("readwrite", (store) => store.put({ id: this.id(field), session: this.session, field, iv, sealed }));
  }

  async drop(field) {
    await this.run("readwrite", (store) => store.delete(this.id(field)));
  }

  // Everything unsent of this session, the oldest first: [field, draft].
  async all() {
    const rows = await this.run("readonly", (store) => store.getAll());
    const mine = [];
    for (const row of rows.filter((one) => one.session === this.session)) {
      try {
        const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv, additionalData: this.seal(row.field) }, this.sealing, row.sealed);
        mine.push([row.field, JSON.parse(new TextDecoder().decode(opened))]);
      } catch {
        await this.drop(row.field); // sealed with a key that is no more: nobody can read it
      }
    }
    return mine.sort(([, one], [, other]) => one.at - other.at);
  }

  id(field) {
    return `${this.session} ${field}`;
  }

  seal(field) {
    return new TextEncoder().encode(this.id(field)); // a text cannot be moved into another field
  }

  run(mode, what) {
    return asked(what(this.database.transaction(STORE, mode).objectStore(STORE)));
  }
}

class Nowhere {
  async keep() {
    throw new Error("nothing can be kept on this computer");
  }

  async drop() {}

  async all() {
    return [];
  }
}

function openDatabase(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
  return asked(request);
}

function asked(request) {
  return new Promise((give, fail) => {
    request.onsuccess = () => give(request.result);
    request.onerror = () => fail(request.error);
    request.onblocked = () => fail(new Error("blocked"));
  });
}
