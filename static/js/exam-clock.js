// The clock of the exam: announced at 10, 5 and 1 minutes; at zero what is unsent goes out and the section is closed.
import { flush, isOffline } from "./autosave.js";
import { tick } from "./countdown.js";
import { announce } from "./toasts.js";

const exam = document.getElementById("exam");
const said = new Set();
let closing = false;

function say(left) {
  for (const minutes of [10, 5, 1]) {
    if (left <= minutes * 60 && left > minutes * 60 - 20 && !said.has(minutes)) {
      said.add(minutes);
      announce(exam.getAttribute(`data-say-low-${minutes}`));
    }
  }
}

async function timeUp() {
  if (closing) return;
  closing = true;
  const saved = await flush();
  if (isOffline()) {
    // Only the server knows how much of the silence it gives back. Typing goes on until it has said so.
    const band = document.getElementById("offline");
    if (band) band.querySelector("strong").textContent = exam.dataset.sayTime;
    closing = false;
    return;
  }
  if (saved) location.assign(`${exam.dataset.base}/conclusion`);
  else setTimeout(() => location.assign(`${exam.dataset.base}/conclusion`), 5000);
}

setInterval(() => {
  const left = tick();
  if (left === null) return;
  say(left);
  if (left === 0) timeUp();
}, 500);
tick();
