// Keys of lists and of the page. A key never acts while someone is typing or a dialog is open.
import { open } from "./disclosure.js";

const typing = (element) => element.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

function move(step) {
  const rows = [...document.querySelectorAll("[data-table] tbody tr, table[data-rows] tbody tr")];
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + step))];
  (next.querySelector("th a, td a") ?? next.querySelector("input, button"))?.focus();
  next.scrollIntoView({ block: "nearest" });
}

const acts = {
  "?": () => open(document.getElementById("keys"), document.activeElement),
  "/": () => document.querySelector("[data-find]")?.focus(),
  j: () => move(1),
  k: () => move(-1),
  x: (event) => event.target.closest?.("tr, .pc")?.querySelector("[data-select]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  const element = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!act && !element) return;
  event.preventDefault();
  if (act) act(event);
  else element.click();
});
