// Before and after submitting: sends what is still only on this device, counts the clock down, and says so when something
// could not be sent in time.
import { tick } from "./countdown.js";
import { body, forget, kept, waiting } from "./kept.js";

const review = document.getElementById("exam-review");
const closed = document.getElementById("exam-closed");
const attempt = (review ?? closed).dataset.attempt;

async function sendKept() {
  let sent = 0;
  for (const answer of waiting(attempt)) {
    try {
      const reply = await fetch(`/attend/answers/${answer}`, { method: "POST", body: body(kept(attempt, answer)), headers: { "HX-Request": "true" } });
      if (reply.headers.get("Assay-Revision")) {
        forget(attempt, answer);
        sent += 1;
      }
    } catch {
      break;
    }
  }
  return sent;
}

function notice(id) {
  document.getElementById(id).hidden = waiting(attempt).length === 0;
}

if (review) {
  const again = async () => {
    notice("kept-here");
    if (waiting(attempt).length === 0) return;
    if ((await sendKept()) > 0) location.reload();
    else setTimeout(again, 5000);
  };
  again();
  review.querySelector("[data-submit]").addEventListener("submit", (event) => {
    if (waiting(attempt).length === 0) return;
    event.preventDefault();
    again();
  });
  setInterval(() => {
    if (tick() === 0) location.assign(location.pathname.replace("/review", "/conclusion"));
  }, 500);
  tick();
} else {
  notice("unsent");
}
