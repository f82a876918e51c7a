// Turning pages. Where the section lets a candidate go anywhere all its questions are on the page, so that going on needs
// no network. Everywhere else the server decides what comes next, after everything is saved.
import { flush, isOffline } from "./autosave.js";
import { close } from "./disclosure.js";
import { announce } from "./toasts.js";

const exam = document.getElementById("exam");
const articles = [...exam.querySelectorAll("[data-position]")];
const feet = [...document.querySelectorAll("[data-foot]")];
const isFree = "free" in exam.dataset;

export const current = () => Number(articles.find((article) => !article.hidden)?.dataset.position ?? 0);

function mark() {
  document.querySelectorAll("[data-map] a").forEach((link) => {
    const here = link.pathname.endsWith(`/questions/${current() + 1}`);
    if (here) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
  const answered = document.getElementById("answered");
  const bar = document.querySelector(".exam-bar progress");
  if (answered && bar) {
    bar.value = Number(answered.getAttribute("value"));
    bar.setAttribute("aria-label", answered.dataset.label);
  }
}

function show(position) {
  const article = articles.find((one) => Number(one.dataset.position) === position);
  if (!article) return;
  articles.forEach((one) => { one.hidden = one !== article; });
  feet.forEach((foot) => { foot.hidden = Number(foot.dataset.foot) !== position; });
  history.replaceState(null, "", `${exam.dataset.base}/questions/${position + 1}`);
  mark();
  window.scrollTo(0, 0);
  article.querySelector("h1").focus({ preventScroll: true });
  announce(exam.dataset.sayQuestion.replace("{n}", position + 1));
}

async function leaveFor(path) {
  // Nothing is left behind: without a network the page stays, and the band says why.
  if (await flush()) location.assign(path);
}

function go(where) {
  if (where === "next") show(current() + 1);
  else if (where === "before") show(current() - 1);
  else leaveFor(`${exam.dataset.base}/review`);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset?.answer) return;
  const where = event.submitter?.value;
  if (isFree) {
    event.preventDefault();
    flush();
    if (where) go(where);
    return;
  }
  event.preventDefault();
  flush().then((saved) => {
    if (!saved || isOffline()) return;
    if (where === "next" || where === "before") location.assign(`${exam.dataset.base}/questions/${current() + (where === "next" ? 2 : 0)}`);
    else location.assign(`${exam.dataset.base}/review`);
  });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-map] a");
  if (link && isFree && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    flush();
    close(link.closest("dialog"));
    show(Number(link.pathname.split("/").pop()) - 1);
  }
  const leaving = event.target.closest("a[data-go]");
  if (leaving) {
    event.preventDefault();
    close(leaving.closest("dialog"));
    leaveFor(leaving.pathname);
  }
});
document.addEventListener("htmx:oobAfterSwap", mark);

const typing = (element) => element.closest("textarea, select, input:not([type=radio]):not([type=checkbox])");
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
  const foot = feet.find((one) => !one.hidden);
  const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
    event.preventDefault();
    foot?.querySelector(event.key === forward ? "button:last-of-type" : "button[value=before]")?.click();
    return;
  }
  if (event.altKey || typing(event.target)) return;
  const article = articles.find((one) => !one.hidden);
  const option = article?.querySelectorAll(".option input")["abcdefghij".indexOf(event.key.toLowerCase())];
  if (event.key.toLowerCase() === "m") article?.querySelector("[data-mark] input")?.click();
  else if (option) option.click();
});
["htmx:sendError", "htmx:responseError"].forEach((name) => document.querySelectorAll("[data-mark]").forEach((form) => {
  form.addEventListener(name, (event) => event.stopPropagation());
}));
