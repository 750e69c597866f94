// Whether an answer ends the diagnostic: the server tells, for what is asked now, after which signs it ends
// (app/services/endings.py). Here an answer is given its sign: "+", "-", "0" je ne sais pas, "." nothing to tell.

const WITHOUT = { je_ne_sais_pas: "0", montre: "-", non_compris: "." };

// True or false; null where only the server can tell. `answers`: the fields given to each step from `ending.etape` on.
// `tools`: the modules that read spellings and traces, where they were brought; `steps`: those of a simulated scene.
export function isTheEnd(ending, answers, tools, steps) {
  const signs = steps ? signsOfScene(answers[0], steps, tools) : answers.map((fields, n) => sign(fields, ending.bonnes[n], tools)).join("");
  if (signs === null || signs.indexOf("?") >= 0 || (signs.length > 1 && signs.indexOf(".") >= 0)) return null;
  return ending.signes.indexOf(signs) >= 0;
}

function sign(fields, rights, tools) {
  if (fields.sans) return WITHOUT[fields.sans];
  const spelling = tools["simulateurs/orthographe"];
  if (rights.some((right) => right.texte !== undefined)) {
    if (!spelling) return "?";
    return rights.some((right) => spelling.matches(fields.texte || "", right.texte, right.tolerance)) ? "+" : "-";
  }
  return rights.some((right) => Object.keys(right).every((name) => fields[name] === right[name])) ? "+" : "-";
}

function signsOfScene(fields, steps, tools) {
  const progress = tools["simulateurs/avancee"];
  const trace = JSON.parse(fields.trace || "[]");
  if (!trace.length) return ""; // passed over at once: it counts as not asked
  return progress ? progress.signsOf(steps, trace) : null;
}
