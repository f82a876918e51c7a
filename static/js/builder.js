// The builder: dragging and Alt with arrows move a row. Both only post the new place; the server decides and answers.
const rowOf = (element) => element?.closest?.("[data-move-url]");
const listOf = (row) => row?.closest("[data-sortable]");

// What is being typed is never overwritten by an answer.
if (window.Idiomorph) window.Idiomorph.defaults.ignoreActiveValue = true;

function move(row, place) {
  if (place < 1 || place > listOf(row).querySelectorAll(":scope > [data-move-url]").length) return;
  window.htmx.ajax("POST", row.dataset.moveUrl, { source: row, swap: "none", values: { to: place } });
}

document.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const row = rowOf(event.target);
  if (!row || event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  move(row, Number(row.dataset.place) + (event.key === "ArrowUp" ? -1 : 1));
});

// A row can be dragged while its grip is held, or wherever it has none.
let dragged = null;
document.addEventListener("pointerdown", (event) => {
  const row = rowOf(event.target);
  if (!row) return;
  const grip = row.querySelector("[data-grip]");
  row.draggable = event.pointerType === "mouse" && (grip ? grip.contains(event.target) : !event.target.closest("button"));
});
document.addEventListener("dragstart", (event) => {
  const row = rowOf(event.target);
  if (!row?.draggable) return;
  dragged = row;
  row.classList.add("is-dragged");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
});

function target(event) {
  const row = rowOf(event.target);
  return dragged && row && row !== dragged && listOf(row) === listOf(dragged) ? row : null;
}

function unmark() {
  document.querySelectorAll(".drop-before, .drop-after").forEach((row) => row.classList.remove("drop-before", "drop-after"));
}

function isBelow(event, row) {
  const box = row.getBoundingClientRect();
  return event.clientY > box.top + box.height / 2;
}

document.addEventListener("dragover", (event) => {
  unmark();
  const row = target(event);
  if (!row) return;
  event.preventDefault();
  row.classList.add(isBelow(event, row) ? "drop-after" : "drop-before");
});
document.addEventListener("drop", (event) => {
  const row = target(event);
  if (!row) return;
  event.preventDefault();
  const from = Number(dragged.dataset.place);
  const at = Number(row.dataset.place) + (isBelow(event, row) ? 1 : 0);
  const to = at > from ? at - 1 : at;
  if (to !== from) move(dragged, to);
});
document.addEventListener("dragend", () => {
  unmark();
  dragged?.classList.remove("is-dragged");
  if (dragged) dragged.draggable = false;
  dragged = null;
});

// A row that moved under the focus keeps it.
let focused = "";
document.addEventListener("htmx:oobBeforeSwap", () => (focused = document.activeElement?.id ?? ""));
document.addEventListener("htmx:oobAfterSwap", () => {
  const lost = !document.activeElement || document.activeElement === document.body;
  if (lost && focused) document.getElementById(focused)?.focus({ preventScroll: true });
});

// A blocker leads to its field: the field takes the focus, not only the view.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#blockers a");
  if (!link || link.pathname + link.search !== location.pathname + location.search) return;
  const field = document.getElementById(link.hash.slice(1));
  if (!field) return;
  if (field.tagName === "DETAILS") field.open = true;
  (field.matches("input, select, textarea, [tabindex]") ? field : field.querySelector("input:not([type=hidden]), select, textarea, summary"))?.focus();
});
