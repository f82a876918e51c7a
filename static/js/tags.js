// Names separated by commas, shown as chips with suggestions. The text field underneath stays what is sent.
const known = new WeakSet();

function start(box) {
  if (known.has(box)) return;
  known.add(box);
  const field = box.querySelector("input");
  const entry = document.createElement("input");
  const chips = document.createElement("span");
  entry.className = "input tags-entry";
  entry.type = "text";
  entry.autocomplete = "off";
  entry.id = field.id;
  field.removeAttribute("id");
  entry.setAttribute("list", box.querySelector("datalist").id);
  entry.setAttribute("aria-describedby", field.getAttribute("aria-describedby"));
  chips.className = "row row-wrap tags-chips";
  field.type = "hidden";
  box.prepend(chips, entry);

  const names = () => field.value.split(",").map((name) => name.trim()).filter(Boolean);
  function set(list) {
    field.value = [...new Set(list)].join(", ");
    field.dispatchEvent(new Event("change", { bubbles: true }));
    draw();
  }
  function draw() {
    chips.replaceChildren(...names().map((name) => {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.className = "chip";
      chip.textContent = `${name} ×`;
      chip.setAttribute("aria-label", `Take ${name} away`);
      chip.addEventListener("click", () => {
        set(names().filter((other) => other !== name));
        entry.focus();
      });
      return chip;
    }));
  }
  function take() {
    const typed = entry.value.split(",").map((name) => name.trim()).filter(Boolean);
    entry.value = "";
    if (typed.length) set([...names(), ...typed]);
  }
  entry.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && entry.value.trim()) {
      event.preventDefault();
      take();
    }
    if (event.key === "Backspace" && !entry.value) set(names().slice(0, -1));
  });
  entry.addEventListener("input", (event) => {
    // A suggestion that was chosen comes as a replacement, not as a typed letter.
    if (entry.value.includes(",") || event.inputType === "insertReplacementText" || !event.inputType) take();
  });
  entry.addEventListener("blur", take);
  draw();
}

const startIn = (root) => root.querySelectorAll?.("[data-tags]").forEach(start);
startIn(document);
document.addEventListener("htmx:load", (event) => startIn(event.detail.elt));
