// The exam page. The server holds the truth; what runs here keeps unsent work, shows the clock and turns the pages.
import "./autosave.js";
import "./exam-nav.js";
import "./exam-clock.js";
import "./heartbeat.js";
import "./evidence.js";
