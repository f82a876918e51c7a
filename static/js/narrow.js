// A drop-down that depends on another shows only the group of what is chosen there. All groups stand in the page, so that
// it can be used without this script too.
const groups = new WeakMap();

function narrow(select) {
  const parent = document.getElementById(select.dataset.dependsOn);
  if (!parent) return;
  if (!groups.has(select)) groups.set(select, [...select.querySelectorAll("optgroup")]);
  const before = select.value;
  for (const group of groups.get(select)) {
    if (group.label === parent.value) select.append(group);
    else group.remove();
  }
  if (select.value !== before) {
    select.value = "";
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

const narrowIn = (root) => root.querySelectorAll?.("select[data-depends-on]").forEach(narrow);
narrowIn(document);
document.addEventListener("htmx:load", (event) => narrowIn(event.detail.elt));
document.addEventListener("change", (event) => {
  if (event.target.id) document.querySelectorAll(`select[data-depends-on="${CSS.escape(event.target.id)}"]`).forEach(narrow);
});
