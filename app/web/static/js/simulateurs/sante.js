// The health account.

import { define } from "./simulateur.js";
import { Portal } from "./portail.js";

define("jalons-sante", class extends Portal {});
