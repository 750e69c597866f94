// Where someone stands in a step: the same rule as the server's (app/content/models/gestures.py), which alone judges.

import { matches } from "./orthographe.js";

const NEUTRAL = ["retour", "fermer", "accueil", "defiler", "regarder", "pointer", "arriver"];

function isMadeBy(expected, gesture, text) {
  if (gesture !== expected.g) return false;
  return !expected.textes.length || expected.textes.some((wanted) => matches(text || "", wanted, expected.tolerance));
}

export class StepProgress {
  constructor(step) {
    this.step = step;
    this.done = new Set();
    this.detours = 0;
  }

  // What came of the step ("reached" or "forbidden"), or null while it goes on; `advanced` tells a right gesture.
  take(gesture, text) {
    this.advanced = false;
    if (this.step.interdit[gesture]) return "forbidden";
    for (let n = 0; n < this.step.but.length; n += 1) {
      if (!this.done.has(n) && this.step.but[n].some((expected) => isMadeBy(expected, gesture, text))) {
        this.done.add(n);
        this.advanced = true;
        return this.done.size === this.step.but.length ? "reached" : null;
      }
    }
    const onTheWay = this.step.chemin.filter((expected) => expected.g === gesture);
    if (onTheWay.length) this.advanced = onTheWay.some((expected) => isMadeBy(expected, gesture, text));
    else if (NEUTRAL.indexOf(gesture.split(":")[0]) < 0) this.detours += 1;
    return null;
  }

  get wandering() {
    return this.detours > this.step.detours;
  }
}

// What the whole trace makes of each step: "+" done, "-" done otherwise or shown, "." nothing to tell.
export function signsOf(steps, trace) {
  const signs = [];
  let progress = null;
  trace.forEach((event) => {
    if (signs.length === steps.length) return;
    progress = progress || new StepProgress(steps[signs.length]);
    const sign = signOf(progress, event);
    if (!sign) return;
    signs.push(sign);
    progress = null;
  });
  while (signs.length < steps.length) signs.push(".");
  return signs.join("");
}

function signOf(progress, event) {
  if (event.e !== "geste") return event.e === "montrer" ? "-" : ".";
  const { moyens } = progress.step;
  const before = progress.done.size;
  const came = progress.take(event.g, event.texte);
  if (progress.done.size > before && moyens.length && moyens.indexOf(event.par) < 0) progress.byOtherMeans = true;
  if (came === "forbidden") return "-";
  if (came !== "reached") return "";
  if (progress.byOtherMeans) return "."; // it tells nothing of the way that the step is about
  return progress.wandering ? "-" : "+";
}
