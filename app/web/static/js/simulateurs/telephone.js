// The telephone, from its lock screen or its home screen.

import { define } from "./simulateur.js";
import { Phone } from "./telephone/appareil.js";
import { known } from "./donnees/telephone.js";

define("jalons-telephone", class extends Phone {}, known);
