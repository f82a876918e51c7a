// Saves as one types: keeps the text here, asks htmx to send it, and drops it when the server says that it is durable.
// What cannot be sent stays, is said to be kept, and goes out when the network is back or the page is left.
import { body, forget, keep, kept, waiting } from "./kept.js";
import { announce } from "./toasts.js";

const exam = document.getElementById("exam");
const attempt = exam.dataset.attempt;
const forms = [...document.querySelectorAll("form[data-answer]")];
const writer = [...crypto.getRandomValues(new Uint8Array(9))].map((b) => b.toString(36)).join("").slice(0, 16);
const PAUSE = 800;
const RETRY = 5000;
const OURS = ["base", "revision", "writer", "go"];

const timers = new WeakMap();
const sent = new WeakMap();
let offlineSince = 0;
let owed = false; // something could not be sent and is still to be
let retry = 0;

const answerOf = (form) => form.dataset.answer;
const fieldsOf = (form) => [...new FormData(form)].filter(([name]) => !OURS.includes(name));
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

export const unsent = () => waiting(attempt).length;
export const isOffline = () => offlineSince > 0;

function state(kind) {
  const template = document.getElementById(`state-${kind}`);
  document.getElementById("save-state").replaceChildren(template.content.cloneNode(true));
}

function touch(form) {
  const before = kept(attempt, answerOf(form));
  const base = Number(form.elements.base.value);
  const record = { fields: fieldsOf(form), base, revision: Math.max(base, before?.revision ?? 0) + 1, writer };
  if (before && before.base === base) record.writer = before.writer;
  keep(attempt, answerOf(form), record);
  if (!isOffline()) state("saving");
}

function send(form) {
  clearTimeout(timers.get(form));
  if (kept(attempt, answerOf(form))) htmx.trigger(form, "assay:save");
}

// Sends everything and tells whether all of it arrived.
export function flush() {
  forms.forEach(send);
  return new Promise((resolve) => {
    const began = Date.now();
    const look = () => {
      if (unsent() === 0) resolve(true);
      else if (isOffline() || Date.now() - began > 8000) resolve(false);
      else setTimeout(look, 60);
    };
    look();
  });
}

export function connection(works) {
  const band = document.getElementById("offline");
  if (works) {
    if (!offlineSince) return;
    offlineSince = 0;
    if (band) band.hidden = true;
    forms.forEach(send);
    return;
  }
  offlineSince ||= Date.now();
  if (unsent() > 0) {
    owed = true;
    state("kept");
  }
  if (band) {
    band.hidden = false;
    const minutes = Math.floor((Date.now() - offlineSince) / 60000);
    const words = minutes ? exam.dataset.sayOfflineFor.replace("{n}", minutes) : exam.dataset.sayOffline;
    band.querySelector("strong").textContent = words;
  }
  clearTimeout(retry);
  retry = setTimeout(() => forms.forEach(send), RETRY);
}

function acknowledged(form, revision) {
  const record = kept(attempt, answerOf(form));
  if (!record) return;
  if (same(record.fields, sent.get(form))) {
    forget(attempt, answerOf(form));
  } else {
    keep(attempt, answerOf(form), { ...record, base: revision, revision: Math.max(record.revision, revision) + 1 });
    timers.set(form, setTimeout(() => send(form), PAUSE));
  }
  if (unsent() > 0) state("saving");
}

function answered(form, xhr) {
  const revision = Number(xhr.getResponseHeader("Assay-Revision"));
  if (revision) {
    acknowledged(form, revision);
    connection(true);
    if (owed && unsent() === 0) {
      owed = false;
      state("again");
      announce(document.getElementById("save-state").textContent);
    }
    return;
  }
  connection(xhr.status > 0 && xhr.status < 500);
  if (xhr.status === 401) {
    state("kept");
    announce(exam.dataset.saySignedOut);
    const band = document.getElementById("offline");
    band.hidden = false;
    band.querySelector("p").textContent = exam.dataset.saySignedOut;
  } else if (xhr.status >= 400 && xhr.status < 500) {
    state("refused");
  }
}

function countWords(form) {
  const text = form.querySelector("[data-words]");
  if (!text) return;
  const n = text.value.split(/\s+/).filter(Boolean).length;
  document.getElementById(text.dataset.words).textContent = n === 1 ? exam.dataset.sayWord : exam.dataset.sayWords.replace("{n}", n);
}

function wire(form) {
  form.addEventListener("input", () => {
    touch(form);
    countWords(form);
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => send(form), PAUSE));
  });
  form.addEventListener("htmx:configRequest", (event) => {
    const record = kept(attempt, answerOf(form));
    if (!record) return;
    sent.set(form, record.fields);
    event.detail.parameters.base = record.base;
    event.detail.parameters.revision = record.revision;
    event.detail.parameters.writer = record.writer;
  });
  form.addEventListener("htmx:beforeRequest", (event) => {
    clearTimeout(timers.get(form));
    // A change that was sent already asks for nothing.
    if (!kept(attempt, answerOf(form))) event.preventDefault();
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt === form) answered(form, event.detail.xhr);
  });
  // The saved line and the band say what happened; no toast does.
  ["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach((name) => form.addEventListener(name, (event) => event.stopPropagation()));
  const record = kept(attempt, answerOf(form));
  if (record) restore(form, record);
  else if (isAhead(form)) {
    touch(form);
    setTimeout(() => send(form), 0);
  }
}

// Tells whether somebody answered before this script was here: the fields are not as the server sent them.
function isAhead(form) {
  return [...form.elements].some((field) => {
    if (!field.name || OURS.includes(field.name) || field.type === "hidden") return false;
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.options) return field.selectedIndex !== Math.max(0, [...field.options].findIndex((o) => o.defaultSelected));
    return field.value !== field.defaultValue;
  });
}

// Puts unsent text back into its fields after a reload.
function restore(form, record) {
  if (same(record.fields, fieldsOf(form))) record.base = Math.max(record.base, Number(form.elements.base.value));
  for (const field of form.elements) {
    if (!field.name || OURS.includes(field.name) || field.type === "hidden") continue;
    const values = record.fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
  countWords(form);
  keep(attempt, answerOf(form), record);
  state("saving");
  setTimeout(() => send(form), 0);
}

function leave() {
  for (const form of forms) {
    const record = kept(attempt, answerOf(form));
    if (!record) continue;
    const data = body(record);
    data.set("beacon", "1");
    navigator.sendBeacon(form.action, data);
  }
}

forms.forEach(wire);
window.addEventListener("online", () => forms.forEach(send));
window.addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") leave();
});

// Choosing between two versions settles it: what was kept here has been shown, and is sent or dropped.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-settle]");
  if (link) forget(attempt, link.dataset.settle);
});
document.addEventListener("submit", (event) => {
  if (event.target.dataset.settle) forget(attempt, event.target.dataset.settle);
});
