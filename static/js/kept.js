// Unsent work on this device: one entry an answer, from the first key until the server says that it is durable. Where a
// browser refuses storage it is kept as long as the page is open.
const memory = new Map();
const name = (attempt, answer) => `assay:${attempt}:${answer}`;

export function keep(attempt, answer, record) {
  const text = JSON.stringify(record);
  memory.set(name(attempt, answer), text);
  try {
    localStorage.setItem(name(attempt, answer), text);
  } catch {
    // Storage is full or forbidden: the page itself still holds the text.
  }
}

export function kept(attempt, answer) {
  let text = memory.get(name(attempt, answer));
  try {
    text ??= localStorage.getItem(name(attempt, answer)) ?? undefined;
  } catch {
    return text ? JSON.parse(text) : null;
  }
  return text ? JSON.parse(text) : null;
}

export function forget(attempt, answer) {
  memory.delete(name(attempt, answer));
  try {
    localStorage.removeItem(name(attempt, answer));
  } catch {
    // Nothing was stored.
  }
}

// All answers of an attempt that have unsent work, by id.
export function waiting(attempt) {
  const prefix = `assay:${attempt}:`;
  const names = new Set([...memory.keys()].filter((key) => key.startsWith(prefix)));
  try {
    Object.keys(localStorage).filter((key) => key.startsWith(prefix)).forEach((key) => names.add(key));
  } catch {
    // Only what this page holds.
  }
  return [...names].map((key) => key.slice(prefix.length));
}

// The body that sends a record, whichever way it goes.
export function body(record) {
  const form = new URLSearchParams(record.fields);
  form.set("base", record.base);
  form.set("revision", record.revision);
  form.set("writer", record.writer);
  return form;
}
