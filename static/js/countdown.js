// Counts down from what the server said. The clock element is replaced whenever the server says it anew.
let ends = 0;
let element = null;

const two = (n) => String(n).padStart(2, "0");

function words(left) {
  const hours = Math.floor(left / 3600);
  const rest = `${two(Math.floor((left % 3600) / 60))}:${two(left % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

// Seconds left, null without a clock. Each call brings the clock on the page up to date.
export function tick() {
  const clock = document.getElementById("exam-clock");
  if (!clock) return null;
  if (clock !== element) {
    element = clock;
    ends = performance.now() + Number(clock.dataset.remaining) * 1000;
  }
  const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
  clock.querySelector("[data-clock-text]").textContent = words(left);
  clock.toggleAttribute("data-low", left <= 300);
  return left;
}
