// Choosing rows or cards: one box each, one for all, Shift for a run; the bulk bar counts along.
import { onDo } from "./on.js";

let last = null;

const boxes = () => [...document.querySelectorAll("[data-select]")];

function refresh() {
  const all = boxes();
  const chosen = all.filter((box) => box.checked);
  for (const box of all) box.closest("tr, .pc")?.classList.toggle("is-selected", box.checked);
  for (const head of document.querySelectorAll("[data-select-all]")) {
    const own = [...(head.closest("[data-table]")?.querySelectorAll("[data-select]") ?? [])];
    const checked = own.filter((box) => box.checked).length;
    head.checked = checked > 0 && checked === own.length;
    head.indeterminate = checked > 0 && checked < own.length;
  }
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    bar.hidden = chosen.length === 0;
    bar.querySelector("[data-bulk-count]").textContent = `${chosen.length} ${chosen.length === 1 ? bar.dataset.one : bar.dataset.many}`;
  }
}

document.addEventListener("click", (event) => {
  const box = event.target;
  if (box.matches?.("[data-select-all]")) {
    box.closest("[data-table]")?.querySelectorAll("[data-select]").forEach((own) => (own.checked = box.checked));
    refresh();
    return;
  }
  if (!box.matches?.("[data-select]")) return;
  const all = boxes();
  if (event.shiftKey && last?.isConnected) {
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    for (const between of all.slice(from, to + 1)) between.checked = box.checked;
  }
  last = box;
  refresh();
});

export function clear() {
  for (const box of boxes()) box.checked = false;
  refresh();
}

onDo("clear-selection", clear);
document.addEventListener("htmx:afterSettle", refresh);
document.addEventListener("assay:clear-selection", clear);
document.addEventListener("keydown", (event) => {
  const bar = event.target.closest?.("[data-bulk]");
  if (bar && event.key === "Escape") clear();
  if (bar && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
    const acts = [...bar.querySelectorAll("button, a, summary")];
    acts[acts.indexOf(document.activeElement) + (event.key === "ArrowRight" ? 1 : -1)]?.focus();
  }
});
refresh();
