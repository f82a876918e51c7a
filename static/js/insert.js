// Puts a tag into the text where the cursor is.
import { onDo, targetOf } from "./on.js";

onDo("insert", (button) => {
  const field = targetOf(button);
  field.setRangeText(button.dataset.text, field.selectionStart, field.selectionEnd, "end");
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
