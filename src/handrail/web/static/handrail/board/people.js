// Opening one person at a time, and going on to what is missing next.
"use strict";

const tiles = () => [...document.querySelectorAll("[data-tile]")];
const panelOf = (id) => document.querySelector(`[data-panel="${id}"]`);
const tileOf = (id) => document.querySelector(`[data-tile="${id}"]`);

export class People {
  constructor() {
    this.id = "";
    this.at = "";
    document.querySelector(".tiles")?.classList.add("live");
    this.decorate();
  }

  open(id, to = "words") {
    if (this.id && this.id !== id) this.close();
    this.id = this.at = id;
    this.decorate();
    this.focus(id, to);
  }

  close() {
    this.id = "";
    this.decorate();
  }

  // What the script adds to the tiles, also to those that were drawn anew.
  decorate() {
    document.querySelector(".tiles")?.classList.add("live");
    for (const tile of tiles()) {
      const id = tile.dataset.tile;
      const isOpen = id === this.id;
      tile.classList.toggle("open", isOpen);
      tile.classList.toggle("at", id === this.at && !isOpen);
      panelOf(id)?.classList.toggle("open", isOpen);
      const link = tile.querySelector("h3 a");
      link.setAttribute("aria-expanded", String(isOpen));
      link.setAttribute("role", "button");
    }
  }

  step(by) {
    const all = tiles().map((one) => one.dataset.tile);
    const place = all.indexOf(this.at);
    const next = all[Math.max(0, Math.min(all.length - 1, place < 0 ? 0 : place + by))];
    if (!next) return;
    this.at = next;
    if (this.id && this.id !== next) this.id = next;
    this.decorate();
    tileOf(next).querySelector("h3 a").focus();
  }

  focus(id, to) {
    const panel = panelOf(id);
    const places = {
      words: `[name="text|${id}:words"]`,
      goal: `[name="text|${id}:goal"]`,
      minutes: `[name="arrived|${id}"]`,
    };
    const times = panel?.querySelector(".times");
    if (to === "minutes" && times) times.open = true;
    const place = panel?.querySelector(places[to]) ?? panel?.querySelector("textarea, input:not([type=hidden])") ?? panel?.querySelector(".ph a");
    if (to !== "" && place) place.focus({ preventScroll: true });
    panel?.scrollIntoView({ block: "nearest" });
    (to === "" ? panel : place)?.scrollIntoView({ block: "nearest" });
  }

  // From where somebody writes to what is missing next: this person, the others, the shared note,
  // and then the step that ends the evening.
  next(from) {
    const field = from?.closest("[data-field]")?.dataset.field ?? "";
    const whose = field.split(":")[0];
    if (whose !== "shared") {
      const all = tiles().map((one) => one.dataset.tile);
      const place = all.indexOf(whose || this.at);
      const rest = missing(whose).filter(({ key }) => isAfter(key, field));
      const others = [...all.slice(place + 1), ...all.slice(0, Math.max(0, place))].flatMap((id) => missing(id));
      const next = rest[0] ?? others[0];
      if (next) return this.goTo(next);
    }
    const shared = [...document.querySelectorAll('[data-field^="shared:"] textarea')];
    const after = shared.slice(shared.indexOf(from) + 1).find((one) => one.value.trim() === "");
    if (this.id && !after) this.close();
    const last = after ?? document.getElementById("main-step");
    last?.focus();
    return last?.scrollIntoView({ block: "nearest" });
  }

  // To the field that something is said of: "<client>:words", "<client>:minutes", "shared:segment:0".
  jump(key) {
    const [id, field] = key.split(":");
    if (id !== "shared") this.open(id, field === "minutes" ? "minutes" : "");
    if (field === "minutes") return;
    if (field === "reach" && this.log(id)) return;
    const holder = document.querySelector(`[data-field="${CSS.escape(key)}"]`) ?? panelOf(id);
    const place = holder?.querySelector("input:checked, textarea, input:not([type=hidden])");
    place?.focus({ preventScroll: true });
    (place ?? holder)?.scrollIntoView({ block: "nearest" });
  }

  // Opens what a call to somebody is written down with; whether there is one to write down.
  log(id) {
    const log = tileOf(id)?.querySelector(".log");
    if (!log) return false;
    log.open = true;
    this.at = id;
    this.decorate();
    log.querySelector("button").focus();
    return true;
  }

  // Somebody the address asks for: open, at what is missing first.
  begin(id) {
    if (!id || !panelOf(id)) return;
    const first = missing(id)[0];
    if (first) this.goTo(first);
    else this.open(id);
  }

  goTo({ id, place }) {
    if (this.id !== id) this.open(id, "");
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest" });
  }
}

const ORDER = ["goal", "words", "risk", "modality", "place"];

function isAfter(key, field) {
  return key !== field && ORDER.indexOf(key.split(":")[1]) > ORDER.indexOf(field.split(":")[1]);
}

// The fields of a person that are empty and have to be written, in the order they are asked.
function missing(id) {
  const panel = id && panelOf(id);
  if (!panel) return [];
  return ORDER.map((name) => ({ id, key: `${id}:${name}`, holder: panel.querySelector(`[data-field="${id}:${name}"]`) }))
    .filter(({ holder }) => holder?.querySelector("textarea, input:not([type=hidden]):not([disabled])"))
    .map((one) => ({ ...one, place: one.holder.querySelector("textarea, input:not([type=hidden])") }))
    .filter(({ holder, place }) => (place.type === "radio" ? !holder.querySelector("input:checked") : place.value.trim() === ""));
}
