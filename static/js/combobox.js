// A field that finds one of many: the list is fetched by htmx, this moves in it and keeps the chosen value.
import { moveIn } from "./listbox.js";

const boxOf = (element) => element.closest?.("[data-combobox]");

function show(box, shown) {
  const list = box.querySelector("[role=listbox]");
  list.hidden = !shown || !list.querySelector("[role=option]");
  box.querySelector("[role=combobox]").setAttribute("aria-expanded", String(!list.hidden));
}

function choose(box, option) {
  box.querySelector("[role=combobox]").value = option.dataset.text;
  const value = box.querySelector("[data-combobox-value]");
  value.value = option.dataset.value;
  value.dispatchEvent(new Event("change", { bubbles: true }));
  show(box, false);
}

for (const name of ["focusin", "click"]) {
  document.addEventListener(name, (event) => {
    if (name === "click" && event.target.closest?.("[role=option]")) return;
    document.querySelectorAll("[data-combobox]").forEach((box) => show(box, box === boxOf(event.target)));
  });
}
document.addEventListener("input", (event) => {
  const box = event.target.matches("[role=combobox]") && boxOf(event.target);
  if (!box) return;
  box.querySelector("[data-combobox-value]").value = "";
  // Without a source the given options are filtered here.
  if (!event.target.hasAttribute("hx-get")) {
    const typed = event.target.value.trim().toLowerCase();
    box.querySelectorAll("[role=option][data-text]").forEach((option) => (option.hidden = !option.dataset.text.toLowerCase().includes(typed)));
  }
  show(box, true);
});
document.addEventListener("htmx:afterSwap", (event) => {
  const box = boxOf(event.target);
  if (box?.contains(document.activeElement)) show(box, true);
});
document.addEventListener("keydown", (event) => {
  const box = event.target.matches?.("[role=combobox]") && boxOf(event.target);
  if (!box) return;
  const list = box.querySelector("[role=listbox]");
  if (["ArrowDown", "ArrowUp"].includes(event.key)) {
    show(box, true);
    if (moveIn(list, event.target, event.key)) event.preventDefault();
  }
  const chosen = list.querySelector("[aria-selected=true]");
  if (event.key === "Enter" && !list.hidden && chosen) {
    event.preventDefault();
    choose(box, chosen);
  }
  if (event.key === "Escape" && !list.hidden) {
    event.stopPropagation();
    event.preventDefault();
    show(box, false);
  }
});
document.addEventListener("pointerdown", (event) => {
  const option = event.target.closest?.("[data-combobox] [role=option][data-value]");
  if (!option) return;
  event.preventDefault();
  choose(boxOf(option), option);
});
