// A toast goes after 8 s, but never while it is looked at or holds focus. F6 leads to the newest one.
import { onDo } from "./on.js";

const LIFETIME = 8000;

function keepTime(toast) {
  if (toast.dataset.timed) return;
  toast.dataset.timed = "";
  let timer = setTimeout(() => toast.remove(), LIFETIME);
  const hold = () => clearTimeout(timer);
  const release = () => {
    clearTimeout(timer);
    timer = setTimeout(() => toast.remove(), LIFETIME);
  };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("pointerleave", release);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("focusout", release);
}

export function announce(text) {
  const line = document.getElementById("announce");
  if (line) line.textContent = text;
}

// Says something that has no place of its own on the page, such as a lost connection.
export function say(text) {
  const region = document.getElementById("toasts");
  if (!region) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.setAttribute("role", "alert");
  const words = document.createElement("span");
  words.className = "grow";
  words.textContent = text;
  toast.append(words);
  region.append(toast);
  keepTime(toast);
}

const region = document.getElementById("toasts");
if (region) {
  const watch = () => region.querySelectorAll("[data-toast]").forEach(keepTime);
  new MutationObserver(watch).observe(region, { childList: true, subtree: true });
  watch();
}

onDo("dismiss", (element) => element.closest(".toast")?.remove());
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.detail.elt.dataset?.doAfter === "dismiss") event.detail.elt.closest(".toast")?.remove();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "F6") return;
  const newest = document.querySelector("#toasts .toast:last-child button");
  if (newest) {
    event.preventDefault();
    newest.focus();
  }
});

// What failed is said once: by the answer itself, by the part that asked (data-quiet), or else here, in the page's language.
const words = (name) => region?.getAttribute(`data-say-${name}`) ?? region?.getAttribute("data-say-other");
const quiet = (event) => event.detail.elt?.closest?.("[data-quiet]");

document.addEventListener("htmx:sendError", (event) => {
  if (!quiet(event)) say(words("offline"));
});
document.addEventListener("htmx:responseError", (event) => {
  const told = event.detail.xhr.getResponseHeader("HX-Trigger")?.includes("assay:toast");
  if (!told && !quiet(event)) say(words(event.detail.xhr.status));
});
document.addEventListener("assay:toast", (event) => say(event.detail?.value ?? ""));
