// Dialogs, drawers and menus: opening, closing, and giving focus back to where it came from.
import { onDo, targetOf } from "./on.js";

const openers = new WeakMap();

export function open(target, opener) {
  if (!target) return;
  if (opener) openers.set(target, opener);
  if (target.showModal) {
    if (!target.open) target.showModal();
    first(target)?.focus();
  } else {
    target.setAttribute("data-open", "");
    if (!target.contains(document.activeElement)) target.focus({ preventScroll: true });
  }
  target.dispatchEvent(new CustomEvent("assay:open", { bubbles: true }));
}

// The field to begin with. Of radios it is the chosen one, as with Tab: on another, Space would change the answer.
function first(dialog) {
  const field = dialog.querySelector("[autofocus], input:not([type=hidden]), select, textarea");
  if (field?.type !== "radio") return field;
  return [...dialog.querySelectorAll("input[type=radio]:checked")].find((radio) => radio.name === field.name) ?? field;
}

export function close(target) {
  if (!target) return;
  if (target.close) target.close();
  else target.removeAttribute("data-open");
  const opener = openers.get(target);
  if (opener?.isConnected) opener.focus();
}

onDo("open", (element, event) => {
  const target = targetOf(element);
  // A link keeps its meaning for a new tab, and when what it opens is not on this page.
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  element.closest("details[data-menu]")?.removeAttribute("open");
  open(target, element);
});
onDo("close", (element) => close(targetOf(element) ?? element.closest("dialog, [data-drawer]")));

function openArrivals(root) {
  root.querySelectorAll?.("dialog[data-open-now]").forEach((dialog) => open(dialog));
  if (root.matches?.("dialog[data-open-now]")) open(root);
}
openArrivals(document);
document.addEventListener("htmx:load", (event) => openArrivals(event.detail.elt));

// The server closes a dialog after a form went through: HX-Trigger: {"assay:close": "dialog-id"}.
document.addEventListener("assay:close", (event) => close(document.getElementById(event.detail?.value)));

document.addEventListener("click", (event) => {
  if (event.target.matches("dialog")) close(event.target);
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    const chosen = menu.contains(event.target) && event.target.closest(".menu a, .menu button");
    if (!menu.contains(event.target) || chosen) menu.removeAttribute("open");
  });
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details[data-menu]");
  if (menu && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    menu.open = true;
    const entries = [...menu.querySelectorAll(".menu a, .menu button")];
    const at = entries.indexOf(document.activeElement);
    entries.at((at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1)) % entries.length)?.focus();
    return;
  }
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  const opened = menu?.open ? menu : document.querySelector("details[data-menu][open]");
  if (opened) {
    opened.open = false;
    opened.querySelector("summary").focus();
    return;
  }
  close(document.querySelector("[data-drawer][data-open]"));
});
