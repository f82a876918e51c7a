// Ctrl or ⌘ K: find, arrows to choose, Enter to go.
import { open } from "./disclosure.js";
import { moveIn } from "./listbox.js";

const mac = /Mac|iPhone|iPad/.test(navigator.platform);
if (mac) document.querySelectorAll("[data-mod-key]").forEach((key) => (key.textContent = "⌘K"));

const palette = document.querySelector("[data-palette]");
if (palette) {
  const input = palette.querySelector("input");
  const list = palette.querySelector("[role=listbox]");

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open(palette, document.activeElement);
    }
  });
  palette.addEventListener("assay:open", () => {
    input.select();
    window.htmx?.trigger(input, "palette-open");
  });
  input.addEventListener("keydown", (event) => {
    if (moveIn(list, input, event.key)) event.preventDefault();
    if (event.key === "Enter") {
      event.preventDefault();
      (list.querySelector("[aria-selected=true]") ?? list.querySelector("[role=option]"))?.click();
    }
  });
  list.addEventListener("htmx:afterSwap", () => moveIn(list, input, "ArrowDown"));
}
