// Moving through the options of a list while the caret stays in its field.
let made = 0;

export function moveIn(list, input, key) {
  const options = [...list.querySelectorAll("[role=option]:not([aria-disabled])")];
  if (!options.length || !["ArrowDown", "ArrowUp"].includes(key)) return false;
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const next = key === "ArrowDown" ? (at + 1) % options.length : (at <= 0 ? options.length : at) - 1;
  select(options, options[next], input);
  return true;
}

export function select(options, chosen, input) {
  for (const option of options) option.setAttribute("aria-selected", String(option === chosen));
  if (!chosen.id) chosen.id = `option-${++made}`;
  input.setAttribute("aria-activedescendant", chosen.id);
  chosen.scrollIntoView({ block: "nearest" });
}
