// The scorecard: keys for ratings and recommendation, and how many are rated. Saving is the form's own request.
const form = document.querySelector("[data-scorecard]");
const ratings = () => [...form.querySelectorAll("[data-rating]:not(:disabled)")];
const rated = (set) => Boolean(set.querySelector("input:checked"));

function showProgress() {
  const line = form.querySelector("[data-progress]");
  const sets = [...form.querySelectorAll("[data-rating]")];
  if (!line || !sets.length || form.querySelector("[name^=text-], input[type=number]")) return;
  line.textContent = `${sets.filter(rated).length} of ${sets.length} rated`;
}

function choose(input) {
  if (!input || input.disabled) return;
  input.checked = true;
  input.focus({ preventScroll: true });
  input.scrollIntoView({ block: "nearest" });
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

// A rating goes to the parameter in focus the first time, then on to the next one that is open.
let last = null;
function rate(step) {
  const sets = ratings();
  const focused = sets.find((set) => set.contains(document.activeElement));
  const set = focused && focused !== last ? focused : sets.find((other) => !rated(other)) ?? focused ?? sets[0];
  choose(set?.querySelector(`input[value="${step}"]`));
  last = set;
}

const verdicts = { s: "select", h: "hold", r: "reject" };
const typing = (element) => element.closest?.("textarea, select, input:not([type=radio]):not([type=checkbox])");

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.querySelector("[type=submit]")?.click();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  if (/^[1-5]$/.test(key)) rate(key);
  else if (verdicts[key]) choose(form.querySelector(`[name=recommendation][value=${verdicts[key]}]`));
  else if (key === "c") form.querySelector("[name=comment]")?.focus();
  else if (["arrowleft", "arrowright"].includes(key) && !event.target.closest?.("input")) {
    document.querySelectorAll(".ev-queue a").forEach((link) => {
      if (link.getAttribute("aria-label")?.startsWith(key === "arrowleft" ? "Previous" : "Next")) link.click();
    });
  } else return;
  event.preventDefault();
});
form.addEventListener("change", showProgress);
showProgress();
// Comments on answers stand outside the form's own element, so their typing does not reach it by itself.
document.addEventListener("input", (event) => {
  if (event.target.form === form && !form.contains(event.target)) form.dispatchEvent(new Event("assay:note"));
});
