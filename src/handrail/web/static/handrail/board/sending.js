// Speaks with the server: one thing at a time, in order, until it has arrived.
"use strict";

import { signInAgain } from "../again.js";

export class Offline extends Error {}

export class Refused extends Error {
  constructor(status, data) {
    super(data?.refused ?? `The server answered ${status}.`);
    Object.assign(this, { status, data });
  }
}

// POST fields; the token is read when sending, since it changes when somebody signs in again.
export async function post(address, fields) {
  const answer = await ask(address, () => {
    const body = new URLSearchParams(fields);
    body.set("csrfmiddlewaretoken", document.querySelector("main [name=csrfmiddlewaretoken]").value);
    return { method: "POST", body };
  });
  return read(answer);
}

// GET what is new; null when nothing is.
export async function get(address) {
  const answer = await ask(address, () => ({}));
  return answer.status === 204 ? null : read(answer);
}

async function ask(address, options) {
  for (let tries = 0; ; tries += 1) {
    let answer;
    try {
      answer = await fetch(address, { ...options(), headers: { Accept: "application/json" }, redirect: "error" });
    } catch {
      throw new Offline();
    }
    const ended = answer.status === 401 || (answer.status === 403 && isTokenOld(answer));
    if (!ended || tries > 1) {
      if (answer.status >= 500 || ended) throw new Offline(); // it is kept, and tried again later
      return answer;
    }
    const token = await signInAgain().catch(() => {
      throw new Offline();
    });
    if (token === "") throw new Offline();
  }
}

// A form's token that has grown old is answered with a page, anything else with data.
function isTokenOld(answer) {
  return !(answer.headers.get("Content-Type") ?? "").includes("json");
}

async function read(answer) {
  const isData = (answer.headers.get("Content-Type") ?? "").includes("json");
  const data = isData ? await answer.json() : null;
  if (!answer.ok) throw new Refused(answer.status, data);
  return data;
}
