// One listener for all buttons that say with data-do what they do, so that swapped-in parts work without being wired.
const acts = new Map();

export function onDo(name, act) {
  acts.set(name, act);
}

export function targetOf(element) {
  return element.dataset.target ? document.getElementById(element.dataset.target) : null;
}

document.addEventListener("click", (event) => {
  const element = event.target.closest("[data-do], [aria-disabled=true]");
  if (!element) return;
  if (element.getAttribute("aria-disabled") === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  acts.get(element.dataset.do)?.(element, event);
}, true);
