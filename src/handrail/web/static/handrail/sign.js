// Drawing a signature with a finger, a pen or a mouse. The typed name signs without it.
"use strict";

const form = document.querySelector("[data-signing]");
const part = form.querySelector("[data-drawing]");
const canvas = part.querySelector("canvas");
const kept = form.elements.namedItem("strokes");
const pen = canvas.getContext("2d");
const MOST = 1500; // points; the server takes more
let strokes = read();
let drawing = false;

function read() {
  try {
    const found = JSON.parse(kept.value || "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

function place(event) {
  const box = canvas.getBoundingClientRect();
  const scale = canvas.width / box.width;
  const inside = (value, most) => Math.min(most, Math.max(0, Math.round(value * scale)));
  return [inside(event.clientX - box.left, canvas.width), inside(event.clientY - box.top, canvas.height)];
}

function draw() {
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.strokeStyle = getComputedStyle(canvas).color;
  pen.lineWidth = 3;
  pen.lineCap = pen.lineJoin = "round";
  for (const stroke of strokes) {
    pen.beginPath();
    stroke.forEach(([across, down], i) => (i ? pen.lineTo(across, down) : pen.moveTo(across, down)));
    pen.stroke();
  }
}

function keep() {
  kept.value = strokes.length ? JSON.stringify(strokes) : "";
  draw();
}

canvas.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  canvas.setPointerCapture(event.pointerId);
  drawing = true;
  strokes.push([place(event)]);
  keep();
});

canvas.addEventListener("pointermove", (event) => {
  if (!drawing || strokes.flat().length >= MOST) return;
  const [across, down] = place(event);
  const [before, above] = strokes.at(-1).at(-1);
  if (Math.hypot(across - before, down - above) < 4) return;
  strokes.at(-1).push([across, down]);
  keep();
});

for (const over of ["pointerup", "pointercancel"]) canvas.addEventListener(over, () => { drawing = false; });

part.querySelector("[data-clear]").addEventListener("click", () => {
  strokes = [];
  keep();
});

part.hidden = false;
draw();
