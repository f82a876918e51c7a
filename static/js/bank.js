// The bank: where there is room for the pane, a question opens beside the list; elsewhere its link leads to its page.
const pane = () => document.getElementById("question-pane");
const hasRoom = () => pane() && getComputedStyle(pane()).display !== "none";

document.addEventListener("click", (event) => {
  const row = event.target.closest?.("#questions-rows tr");
  if (!row || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest("input, button")) return;
  const link = row.querySelector("[data-preview]");
  if (!hasRoom()) return;
  event.preventDefault();
  for (const other of document.querySelectorAll("#questions-rows tr")) other.classList.toggle("is-current", other === row);
  htmx.ajax("GET", link.dataset.preview, { target: pane(), swap: "innerHTML" });
});
