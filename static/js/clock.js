// Counts down what the server said is left, and asks it again: the server owns the time, this only shows it.
import { announce } from "./toasts.js";

const LOW = 5 * 60;
const ASK_EVERY = 30;
const SAY_AT = [10, 5, 1];

function text(seconds) {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const two = (n) => String(n).padStart(2, "0");
  return hours ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

// Measured against a clock that does not jump when the device's time is set, and reset whenever the server sends the part again.
const seen = new WeakMap();

function left(clock) {
  if (!seen.has(clock)) seen.set(clock, { from: Number(clock.dataset.remaining), since: performance.now(), asked: performance.now() });
  const { from, since } = seen.get(clock);
  return Math.max(0, Math.ceil(from - (performance.now() - since) / 1000));
}

function ask(clock) {
  const state = seen.get(clock);
  if (!clock.dataset.source || performance.now() - state.asked < ASK_EVERY * 1000) return;
  state.asked = performance.now();
  window.htmx?.ajax("GET", clock.dataset.source, { target: clock, swap: "outerHTML", source: clock });
}

let said = Infinity;

setInterval(() => {
  for (const clock of document.querySelectorAll("[data-clock]")) {
    const seconds = left(clock);
    clock.querySelector("[data-clock-text]").textContent = text(seconds);
    clock.toggleAttribute("data-low", seconds <= LOW);
    const due = SAY_AT.find((minutes) => seconds <= minutes * 60 && seconds > minutes * 60 - 5 && minutes < said);
    if (due) {
      said = due;
      announce(clock.dataset.say.replace("{n}", due));
    }
    if (seconds > SAY_AT[0] * 60) said = Infinity;
    const state = seen.get(clock);
    if (seconds === 0 && !state.over) clock.dispatchEvent(new CustomEvent("assay:time-up", { bubbles: true }));
    state.over = seconds === 0;
    ask(clock);
  }
}, 1000);
