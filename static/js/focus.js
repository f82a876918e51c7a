// After a swap focus stays where it was, or goes to the new heading; it is never lost to the top of the page.
import { announce } from "./toasts.js";

document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt;
  if (!part?.isConnected) return;
  const invalid = part.querySelector?.("[aria-invalid=true]");
  const marked = part.matches?.("[data-focus]") ? part : part.querySelector?.("[data-focus]");
  const lost = !document.activeElement || document.activeElement === document.body;
  if (marked) {
    marked.focus({ preventScroll: marked.matches("h1, h2") });
  } else if (invalid) {
    invalid.focus();
  } else if (lost) {
    const heading = part.querySelector?.("h1, h2");
    if (heading) {
      heading.setAttribute("tabindex", "-1");
      heading.focus({ preventScroll: true });
    }
  }
  const said = part.matches?.("[data-announce]") ? part : part.querySelector?.("[data-announce]");
  if (said) announce(said.dataset.announce);
});
