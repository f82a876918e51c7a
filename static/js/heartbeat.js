// Says every few seconds that the page is open, and takes the clock that comes back. Putting the page away is said too,
// so that an absence by choice is not taken for a broken connection.
import { connection } from "./autosave.js";
import { current } from "./exam-nav.js";

const exam = document.getElementById("exam");
const url = `${exam.dataset.base}/heartbeats`;
const isFree = "free" in exam.dataset;
let timer = 0;

function values() {
  return isFree ? { position: current() } : {};
}

async function beat() {
  clearTimeout(timer);
  if (document.visibilityState === "visible") {
    const clock = document.getElementById("exam-clock");
    await htmx.ajax("POST", url, { source: exam, target: clock ?? exam, swap: clock ? "outerHTML" : "none", values: values() }).catch(() => {});
  }
  timer = setTimeout(beat, Number(exam.dataset.beat) * 1000);
}

function goodbye() {
  clearTimeout(timer);
  navigator.sendBeacon(url, new URLSearchParams({ leaving: "1" }));
}

exam.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.pathInfo?.requestPath === url) connection(event.detail.xhr.status > 0 && event.detail.xhr.status < 500);
});
["htmx:sendError", "htmx:responseError"].forEach((name) => exam.addEventListener(name, (event) => event.stopPropagation()));
window.addEventListener("online", beat);
window.addEventListener("offline", () => connection(false));
window.addEventListener("pagehide", goodbye);
document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? goodbye() : beat()));
// The server tells at once when it gave time back; should the stream break, the next sign of life brings the clock.
const pushed = new EventSource(`${exam.dataset.base}/events`);
pushed.addEventListener("changed", beat);
window.addEventListener("pagehide", () => pushed.close());
beat();
