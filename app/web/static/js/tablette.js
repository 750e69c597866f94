// What every screen of usagers does: it can be heard, and it closes when nobody is there.

import "./voice.js";
import "./idle.js";
