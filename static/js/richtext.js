// Formatted text: a toolbar and an editing area over a text area, which stays what is sent. The server sanitizes it.
const tools = [
  ["bold", "Bold"], ["italic", "Italic"], ["subscript", "Sub"], ["superscript", "Super"],
  ["insertUnorderedList", "List"], ["insertOrderedList", "Numbers"], ["code", "Code"],
];
const small = ["bold", "italic", "subscript", "superscript", "code"];

const hasTags = (text) => /<\/[a-z][a-z0-9]*>|<(br|img|hr)\b/i.test(text);

function toHTML(text) {
  if (hasTags(text)) return text;
  const holder = document.createElement("div");
  holder.textContent = text;
  return holder.innerHTML.replaceAll("\n", "<br>");
}

// Plain text goes as plain text, anything else as HTML that the server recognizes by its tags.
function fromArea(area) {
  if (!area.querySelector("*") && !hasTags(area.textContent)) return area.textContent;
  const html = area.innerHTML;
  return hasTags(html) ? html : `<span>${html}</span>`;
}

function code() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const element = document.createElement("code");
  element.append(range.extractContents());
  range.insertNode(element);
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-quiet btn-sm";
  made.tabIndex = -1;
  made.textContent = words;
  made.addEventListener("mousedown", (event) => event.preventDefault());
  made.addEventListener("click", act);
  return made;
}

function pictureButton(box, area, sync) {
  const chooser = document.createElement("input");
  chooser.type = "file";
  chooser.accept = "image/png,image/jpeg,image/gif,image/webp,image/avif";
  chooser.hidden = true;
  chooser.addEventListener("change", async () => {
    const form = new FormData();
    form.append("image", chooser.files[0]);
    const answer = await fetch(box.dataset.upload, { method: "POST", body: form });
    const text = await answer.text();
    chooser.value = "";
    if (!answer.ok) {
      document.dispatchEvent(new CustomEvent("assay:toast", { detail: { value: text } }));
      return;
    }
    area.focus();
    document.execCommand("insertHTML", false, text);
    sync();
  });
  box.append(chooser);
  return button("Picture", () => chooser.click());
}

function start(box) {
  if (box.querySelector(":scope > .rich")) return;
  const field = box.querySelector("textarea");
  const area = document.createElement("div");
  area.className = `${field.className} rich`;
  const locked = field.matches(":disabled");
  area.contentEditable = String(!locked);
  if (locked) area.setAttribute("aria-disabled", "true");
  area.setAttribute("role", "textbox");
  area.setAttribute("aria-multiline", String(box.dataset.richtext !== "small"));
  for (const name of ["aria-label", "aria-invalid", "aria-describedby", "dir"]) {
    if (field.hasAttribute(name)) area.setAttribute(name, field.getAttribute(name));
  }
  // Parsed apart, where nothing loads or runs: what is typed in HTML is the writer's own, but may be pasted from elsewhere.
  const parsed = new DOMParser().parseFromString(toHTML(field.value), "text/html");
  parsed.querySelectorAll("script, style, iframe, object").forEach((element) => element.remove());
  area.append(...parsed.body.childNodes);
  const sync = () => {
    field.value = fromArea(area);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const bar = document.createElement("div");
  bar.className = "rich-tools";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", `Format ${field.getAttribute("aria-label")}`);
  for (const [name, words] of tools) {
    if (box.dataset.richtext === "small" && !small.includes(name)) continue;
    bar.append(button(words, () => {
      area.focus();
      if (name === "code") code();
      else document.execCommand(name);
      sync();
    }));
  }
  if (box.dataset.upload) bar.append(pictureButton(box, area, sync));
  bar.firstChild.tabIndex = 0;
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...bar.children];
    all.at((all.indexOf(document.activeElement) + step) % all.length).focus();
  });
  document.execCommand("styleWithCSS", false, false);
  area.addEventListener("input", sync);
  // Forms that save themselves wait for a change, which an editing area does not tell by itself.
  let before = field.value;
  area.addEventListener("focusin", () => { before = field.value; });
  area.addEventListener("focusout", () => {
    if (field.value !== before) field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  area.addEventListener("paste", (event) => {
    event.preventDefault();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
  });
  if (box.dataset.richtext === "small") {
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) event.preventDefault();
    });
  }
  const id = field.id;
  field.removeAttribute("id");
  if (id) area.id = id;
  field.hidden = true;
  if (!locked) box.append(bar);
  box.append(area);
  box.classList.add("is-rich");
}

const startIn = (root) => root.querySelectorAll?.("[data-richtext]").forEach(start);
startIn(document);
document.addEventListener("htmx:load", (event) => startIn(event.detail.elt));
// A page that was merged with its new form may have lost an editing area.
document.addEventListener("htmx:afterSettle", () => startIn(document));
