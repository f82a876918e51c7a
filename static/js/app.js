// What every page has. Each island is one module and leaves the page usable when it is missing.
import "./theme.js";
import "./disclosure.js";
import "./toasts.js";
import "./focus.js";
import "./palette.js";
import "./combobox.js";
import "./selection.js";
import "./keys.js";
import "./fields.js";
import "./tabs.js";
