// The board: dragging, keys, and keeping one's place when somebody else moves a card. It triggers requests and decides
// nothing; what a card may become is the server's answer.
import { announce, say } from "./toasts.js";

const pipe = document.getElementById("pipe");
const path = (rest) => pipe.dataset.pipeline + rest;
let dragged = null;
let missed = false;

function ask(url) {
  window.htmx.ajax("GET", url, { target: "#dialog-slot", swap: "innerHTML" });
}

// Dragging. The origin is remembered, so that a refused card goes back.
document.addEventListener("dragstart", (event) => {
  const card = event.target.closest?.(".pc");
  if (!card) return;
  dragged = { card, from: card.closest(".col"), next: card.nextElementSibling };
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.dataset.card);
  requestAnimationFrame(() => {
    card.classList.add("is-dragging");
    card.closest(".board")?.classList.add("is-moving");
  });
});

document.addEventListener("dragover", (event) => {
  const column = event.target.closest?.(".col");
  if (!dragged || !column) return;
  event.preventDefault();
  for (const other of document.querySelectorAll(".col.is-over")) if (other !== column) other.classList.remove("is-over");
  if (column !== dragged.from) column.classList.add("is-over");
});

document.addEventListener("drop", (event) => {
  const column = event.target.closest?.(".col");
  if (!dragged || !column) return;
  event.preventDefault();
  onDrop(dragged, column);
});

document.addEventListener("dragend", () => {
  dragged?.card.classList.remove("is-dragging");
  for (const element of document.querySelectorAll(".is-over, .is-moving")) element.classList.remove("is-over", "is-moving");
  dragged = null;
  if (missed) {
    missed = false;
    document.body.dispatchEvent(new Event("assay:changed"));
  }
});

function onDrop({ card, from, next }, column) {
  if (column === from) return;
  const back = () => {
    if (!card.isConnected || card.closest(".col") === from) return;
    from.querySelector(".col-list").insertBefore(card, next?.isConnected ? next : null);
  };
  column.querySelector(".col-list").prepend(card);
  const refused = (answer) => {
    if (answer.detail.elt !== from) return;
    back();
  };
  from.addEventListener("htmx:responseError", refused, { once: true });
  from.addEventListener("htmx:sendError", refused, { once: true });
  window.htmx.ajax("POST", column.dataset.drop, {
    source: from,
    target: from,
    swap: "outerHTML",
    values: { participation: card.dataset.card, status: column.dataset.status },
  });
}

// The board is asked for as far as it was shown, never replaced under a dragged card, and keeps what was chosen.
let chosen = [];
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt.id !== "pipe-live") return;
  const most = Math.max(0, ...[...document.querySelectorAll(".col-list")].map((list) => list.querySelectorAll(".pc").length));
  if (most > 50) event.detail.parameters.set("shown", String(most));
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.requestConfig?.elt?.id !== "pipe-live") return;
  if (dragged) {
    missed = true;
    event.detail.shouldSwap = false;
    return;
  }
  chosen = [...document.querySelectorAll("[data-select]:checked")].map((box) => box.value);
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.requestConfig?.elt?.id !== "pipe-live") return;
  for (const box of document.querySelectorAll("[data-select]")) box.checked = chosen.includes(box.value);
  markCurrent();
});

// What is meant for a few is not sent for more: the choice would be lost on the way.
document.addEventListener("click", (event) => {
  const few = event.target.closest?.("[data-most]");
  if (!few) return;
  const n = document.querySelectorAll("[data-select]:checked").length;
  if (n >= Number(few.dataset.fewest) && n <= Number(few.dataset.most)) return;
  event.preventDefault();
  say(few.dataset.otherwise.replace("{n}", String(n)));
});

// The card whose drawer is open.
const opened = () => document.querySelector("#drawer[data-open] [data-participation]")?.dataset.participation;

let current;
function markCurrent() {
  const id = opened();
  for (const card of document.querySelectorAll("[data-card]")) card.classList.toggle("is-current", card.dataset.card === id);
  if (id === current) return;
  current = id;
  // The drawer takes its place from the board first; then the card is brought back into sight.
  requestAnimationFrame(() => document.querySelector(".pc.is-current")?.scrollIntoView({ block: "nearest", inline: "nearest" }));
}
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id !== "drawer") return;
  markCurrent();
  const name = document.querySelector("#drawer .dr-name")?.textContent;
  if (name) announce(name);
});
new MutationObserver(markCurrent).observe(document.getElementById("drawer"), { attributes: true, attributeFilter: ["data-open"] });
markCurrent();
// A decision changes what the drawer says, too.
document.body.addEventListener("assay:changed", () => {
  const tab = document.querySelector("#drawer[data-open] .tabs [aria-current]");
  if (tab) window.htmx.ajax("GET", tab.getAttribute("href"), { target: "#drawer", swap: "innerHTML" });
});

// Keys.
const busy = (event) =>
  event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") ||
  event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");

function subject() {
  const boxes = [...document.querySelectorAll("[data-select]:checked")].map((box) => box.value);
  if (boxes.length) return boxes;
  const id = document.activeElement?.closest?.("[data-card]")?.dataset.card ?? opened();
  return id ? [id] : [];
}

function decide(status) {
  const people = subject();
  if (!people.length) return announce("Choose a candidate first.");
  const query = new URLSearchParams(people.map((id) => ["ids", id]));
  if (status) query.set("status", status);
  ask(path(`/decisions/new?${query}`));
}

function step(direction) {
  const link = document.querySelector(`#drawer[data-open] [data-step="${direction}"]`);
  if (link) link.click();
  return Boolean(link);
}

function focusCard(card) {
  card?.querySelector(".pc-name")?.focus();
  card?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function walk(key) {
  const here = document.activeElement?.closest?.(".pc");
  if (!here) {
    if (!opened() || !["ArrowUp", "ArrowDown"].includes(key)) focusCard(document.querySelector(".pc"));
    else step(key === "ArrowUp" ? "prev" : "next");
    return;
  }
  const cards = [...here.closest(".col-list").querySelectorAll(".pc")];
  const at = cards.indexOf(here);
  if (key === "ArrowUp" || key === "ArrowDown") {
    focusCard(cards[at + (key === "ArrowDown" ? 1 : -1)]);
    return;
  }
  const columns = [...document.querySelectorAll(".col")].filter((column) => column.querySelector(".pc"));
  const beside = columns[columns.indexOf(here.closest(".col")) + (key === "ArrowRight" ? 1 : -1)];
  const others = [...(beside?.querySelectorAll(".pc") ?? [])];
  focusCard(others[Math.min(at, others.length - 1)]);
}

const decisions = { s: "70", h: "80", r: "90", m: "" };
document.addEventListener("keydown", (event) => {
  if (busy(event)) return;
  const key = event.key.toLowerCase();
  if (key in decisions) {
    event.preventDefault();
    decide(decisions[key]);
  } else if (["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"].includes(event.key)) {
    if (event.target.closest?.(".drawer-body, details, [role=toolbar], .segmented") && !event.target.closest(".pc")) return;
    event.preventDefault();
    walk(event.key);
  }
});
// Ctrl and Enter answer the question without leaving the text.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.closest?.("[data-decision]")?.requestSubmit();
});
