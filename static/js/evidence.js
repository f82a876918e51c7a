// Writes down what the candidate was told is written down: the tab left, another window in front, full screen left, text
// pasted (how much, never what). Events wait here while the network is gone.
import { onDo } from "./on.js";

const exam = document.getElementById("exam");
const url = `${exam.dataset.base}/events`;
const waiting = [];
let sending = false;

function note(kind, seconds = 0, size = 0) {
  if (waiting.length < 1000) waiting.push({ kind, seconds, size, at: performance.now() });
}

function bodyOf(events) {
  const body = new URLSearchParams();
  for (const event of events) {
    body.append("kind", event.kind);
    body.append("seconds", event.seconds.toFixed(1));
    body.append("size", event.size);
    body.append("ago", ((performance.now() - event.at) / 1000).toFixed(1));
  }
  return body;
}

async function send() {
  if (sending || waiting.length === 0) return;
  sending = true;
  const batch = waiting.slice(0, 50);
  try {
    const answer = await fetch(url, { method: "POST", body: bodyOf(batch), headers: { "HX-Request": "true" } });
    if (answer.ok || (answer.status >= 400 && answer.status < 500)) waiting.splice(0, batch.length);
  } catch {
    // The network is gone; they go with the next try.
  }
  sending = false;
}

let left = 0;
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") {
    left = performance.now();
  } else if (left) {
    note("tab-left", (performance.now() - left) / 1000);
    left = 0;
    send();
  }
});

let blurred = 0;
window.addEventListener("blur", () => { blurred = performance.now(); });
window.addEventListener("focus", () => {
  if (blurred && !left) note("focus-lost", (performance.now() - blurred) / 1000);
  blurred = 0;
});

document.addEventListener("paste", (event) => {
  if (event.target.closest?.("form[data-answer]")) note("paste", 0, event.clipboardData?.getData("text").length ?? 0);
});

// Full screen is asked for, never forced. Going on to another page leaves it too, which is not the candidate's doing.
let turning = 0;
window.addEventListener("beforeunload", () => { turning = performance.now(); });
if ("proctored" in exam.dataset) {
  const offer = exam.querySelector("[data-full-screen]");
  const show = () => { offer.hidden = !document.fullscreenEnabled || Boolean(document.fullscreenElement); };
  onDo("full-screen", () => document.documentElement.requestFullscreen().catch(() => { offer.hidden = true; }));
  document.addEventListener("fullscreenchange", () => {
    show();
    if (!document.fullscreenElement && !(turning && performance.now() - turning < 3000)) note("fullscreen-left");
  });
  show();
}

window.addEventListener("pagehide", () => {
  if (waiting.length) navigator.sendBeacon(url, bodyOf(waiting.splice(0, 100)));
});
setInterval(send, 10000);
