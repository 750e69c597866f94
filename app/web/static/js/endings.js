// Whether an answer ends the diagnostic: the server tells, for what is asked now, after which signs it ends
// (app/services/endings.py). Here an answer is given its sign: "+", "-", "0" je ne sais pas, "." nothing to tell.

import { signsOf } from "./simulateurs/avancee.js";
import { matches } from "./simulateurs/orthographe.js";

const WITHOUT = { je_ne_sais_pas: "0", montre: "-", non_compris: "." };

// True or false; null where only the server can tell. `answers`: the fields given to each step from `ending.etape` on.
// `steps`: those of a simulated scene.
export function isTheEnd(ending, answers, steps) {
  const signs = steps ? signsOfScene(answers[0], steps) : answers.map((fields, n) => sign(fields, ending.bonnes[n])).join("");
  if (signs.length > 1 && signs.indexOf(".") >= 0) return null;
  return ending.signes.indexOf(signs) >= 0;
}

function sign(fields, rights) {
  if (fields.sans) return WITHOUT[fields.sans];
  if (rights.some((right) => right.texte !== undefined)) {
    return rights.some((right) => matches(fields.texte || "", right.texte, right.tolerance)) ? "+" : "-";
  }
  return rights.some((right) => Object.keys(right).every((name) => fields[name] === right[name])) ? "+" : "-";
}

function signsOfScene(fields, steps) {
  const trace = JSON.parse(fields.trace || "[]");
  if (!trace.length) return ""; // passed over at once: it counts as not asked
  return signsOf(steps, trace);
}
