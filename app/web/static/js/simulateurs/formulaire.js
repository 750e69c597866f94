// The account of a public service, a town or a school, with its forms.

import { define } from "./simulateur.js";
import { Portal } from "./portail.js";

define("jalons-formulaire", class extends Portal {});
