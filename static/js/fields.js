// Small help at fields: showing a password, naming dropped files, saying the word of a rating.
import { onDo, targetOf } from "./on.js";

onDo("reveal", (button) => {
  const field = targetOf(button);
  const shown = field.type === "text";
  field.type = shown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!shown));
});

document.addEventListener("change", (event) => {
  const drop = event.target.closest?.("[data-file-drop]");
  if (drop) drop.querySelector("[data-file-names]").textContent = [...event.target.files].map((file) => file.name).join(", ");
  const rating = event.target.closest?.("[data-rating]");
  if (rating && event.target.dataset.word) rating.querySelector("[data-rating-word]").textContent = event.target.dataset.word;
});

for (const [name, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(name, (event) => {
    const drop = event.target.closest?.("[data-file-drop]");
    if (!drop) return;
    event.preventDefault();
    drop.classList.toggle("is-over", over);
    if (name !== "drop") return;
    const field = drop.querySelector("input[type=file]");
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

document.addEventListener("keydown", (event) => {
  const rating = event.target.closest?.("[data-rating]");
  if (rating && /^[1-5]$/.test(event.key)) rating.querySelector(`input[value="${event.key}"]`)?.click();
});
