// Exchanges the parts of the board that the server drew anew, and leaves everything else alone.
"use strict";

const PLACES = "a[href], button, input:not([type=hidden]), textarea, summary";

export class Parts {
  constructor(fields) {
    Object.assign(this, { fields, drawn: new Map() });
    for (const one of document.querySelectorAll("#evening [data-part]")) this.drawn.set(one.dataset.part, one.outerHTML);
  }

  // `stays` is the name of a part that is left as it is.
  apply(html, stays = "") {
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("evening");
    const form = document.getElementById("evening");
    form.dataset.state = fresh.dataset.state;
    form.dataset.begun = fresh.dataset.begun;
    this.people(form, fresh);
    this.wholes(form, fresh);
    for (const part of fresh.querySelectorAll("[data-part]")) {
      if (part.dataset.part !== stays) this.exchange(part);
    }
  }

  // Who came and who was taken off; nobody moves while the board is open.
  people(form, fresh) {
    const tiles = form.querySelector(".tiles");
    const wanted = [...fresh.querySelectorAll("[data-tile]")];
    if (!tiles || wanted.length === 0) {
      if (Boolean(tiles) !== wanted.length > 0) window.location.reload();
      return;
    }
    const ids = new Set(wanted.map((one) => one.dataset.tile));
    for (const tile of tiles.querySelectorAll("[data-tile]")) {
      if (ids.has(tile.dataset.tile)) continue;
      document.getElementById(`p-${tile.dataset.tile}`)?.remove();
      tile.remove();
    }
    for (const tile of wanted) {
      const id = tile.dataset.tile;
      const panel = fresh.querySelector(`[data-panel="${id}"]`);
      if (form.querySelector(`[data-panel="${id}"]`)) continue;
      tiles.append(this.known(tile.cloneNode(true)), this.known(panel.cloneNode(true)));
    }
  }

  // Somebody is not here after all, a note is signed, the shared note opens: other fields than before.
  wholes(form, fresh) {
    for (const made of fresh.querySelectorAll("[data-whole]")) {
      const here = form.querySelector(`[data-whole="${made.dataset.whole}"]`);
      if (here && shape(here) !== shape(made)) this.replaceWhole(here, made.cloneNode(true));
    }
  }

  // Show somebody anew, whatever was shown in the meantime.
  forget(id) {
    for (const name of [`tile:${id}`, `seen:${id}`]) this.drawn.delete(name);
  }

  known(added) {
    for (const one of [added, ...added.querySelectorAll("[data-part]")]) {
      if (one.dataset.part) this.drawn.set(one.dataset.part, one.outerHTML);
    }
    return added;
  }

  replaceWhole(here, panel) {
    panel.classList.toggle("open", here.classList.contains("open"));
    const typed = [...here.querySelectorAll("[data-field]")].map((one) => [one.dataset.field, this.fields.value(one.dataset.field)]);
    const back = focusIn(here);
    here.replaceWith(this.known(panel));
    for (const [key, text] of typed) {
      if (this.fields.outbox.has(key)) this.fields.write(key, text);
      else this.fields.known.delete(key);
    }
    back(panel);
  }

  exchange(part) {
    const name = part.dataset.part;
    const html = part.outerHTML;
    if (this.drawn.get(name) === html) return;
    const here = document.querySelector(`#evening [data-part="${CSS.escape(name)}"]`);
    if (!here || here.querySelector("[data-part]")) return;
    if (here.querySelector("[aria-invalid]")) return; // what was typed stays until it is mended
    this.drawn.set(name, html);
    if (part.dataset.field) return this.fields.take(name, part.cloneNode(true));
    const made = part.cloneNode(true);
    if (here.tagName === "DETAILS") made.open = here.open || made.open;
    for (const one of made.querySelectorAll("[name=ack]")) {
      one.checked = [...here.querySelectorAll("[name=ack]")].some((old) => old.value === one.value && old.checked);
    }
    for (const one of made.querySelectorAll("details[id]")) {
      one.open ||= here.querySelector(`#${CSS.escape(one.id)}`)?.open ?? false;
    }
    for (const name of ["open", "at"]) made.classList.toggle(name, here.classList.contains(name));
    const back = focusIn(here);
    here.replaceWith(made);
    back(made);
  }
}

function shape(panel) {
  return [...panel.querySelectorAll("[data-part]")].map((one) => `${one.dataset.part}${one.querySelector("textarea, input:not([type=hidden]):not([disabled])") ? "+" : ""}`).join();
}

// Remembers where the focus is inside a part, and gives a way to put it back into its successor.
function focusIn(here) {
  const at = document.activeElement;
  if (!here.contains(at)) return () => {};
  const place = [...here.querySelectorAll(PLACES)].indexOf(at);
  const id = at.id;
  return (made) => {
    const places = [...made.querySelectorAll(PLACES)];
    const same = (id && places.find((one) => one.id === id)) || places[Math.min(place, places.length - 1)];
    same?.focus({ preventScroll: true });
  };
}
