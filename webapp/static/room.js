// What makes the room quicker with a keyboard and a clipboard. Every page works without any of these files.

import "./basket.js";
import "./copying.js";
import "./filters.js";
import "./hits.js";
import "./keys.js";
import "./suggest.js";
