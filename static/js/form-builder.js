// The form builder: Alt with arrows presses a field's own buttons, dragging moves its row. The order of the rows in the
// page is the order that is sent; saving is the form's own request.
const rowOf = (element) => element?.closest?.("[data-field]");

document.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const row = rowOf(event.target);
  if (!row) return;
  event.preventDefault();
  row.querySelector(`[data-move=${event.key === "ArrowUp" ? "up" : "down"}]`)?.click();
});

let dragged = null;
document.addEventListener("pointerdown", (event) => {
  const row = rowOf(event.target);
  if (row) row.draggable = event.pointerType === "mouse" && Boolean(event.target.closest("[data-grip]"));
});
document.addEventListener("dragstart", (event) => {
  const row = rowOf(event.target);
  if (!row?.draggable) return;
  dragged = row;
  row.classList.add("is-dragged");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
});

// The rows make room while one is dragged, so that it lies where it will be dropped.
document.addEventListener("dragover", (event) => {
  if (!dragged) return;
  const row = rowOf(event.target);
  const list = event.target.closest?.("[data-part]")?.querySelector("[data-fields]");
  if (!list) return;
  event.preventDefault();
  if (!row) {
    if (!list.contains(dragged)) list.append(dragged);
    return;
  }
  if (row === dragged) return;
  const box = row.getBoundingClientRect();
  if (event.clientY > box.top + box.height / 2) row.after(dragged);
  else row.before(dragged);
});
document.addEventListener("drop", (event) => {
  if (dragged) event.preventDefault();
});
document.addEventListener("dragend", () => {
  if (!dragged) return;
  dragged.classList.remove("is-dragged");
  dragged.draggable = false;
  dragged.dispatchEvent(new Event("change", { bubbles: true }));
  dragged = null;
});
