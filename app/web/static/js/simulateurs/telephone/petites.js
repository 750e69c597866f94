// The applications that one only looks at, the calculator, and a page behind a link.

import { h } from "../simulateur.js";

const KEYS = ["7", "8", "9", "+", "4", "5", "6", "-", "1", "2", "3", "x", "0", "=", "C"];
const NAMES = { "+": "plus", "-": "moins", x: "fois", "=": "egal", C: "tout" };

export function name(page, state, phone) {
  return page.nom === "site" ? "Navigateur/Site" : phone.app(state.app).nom;
}

export function view(phone, state, page) {
  const one = phone.app(state.app);
  if (page.nom === "site") return [phone.bar("Navigateur"), h("p", { class: "screen-title" }, "Ce site demande votre carte."), h("p", { class: "screen-text" }, "Revenez en arrière : rien n’est perdu.")];
  if (one.id === "calculatrice") return calculator(phone, state);
  if (one.id === "notes") return [phone.bar("Notes"), one.lignes.map((line) => h("p", { class: "screen-text" }, line)), phone.text("ecrire:note", "Nouvelle note", { lines: 3 }), h("div", { class: "screen-buttons" }, phone.act("garder_note", "check", "Garder"))];
  if (one.id === "lampe") return [phone.bar(one.nom), h("p", { class: "screen-text" }, state.allume ? "La lampe est allumée." : "La lampe est éteinte."), h("div", { class: "screen-buttons" }, phone.act("lampe", "bulb", "Lampe"))];
  return [phone.bar(one.nom), one.lignes.map((line) => h("p", { class: "screen-text" }, line)), h("p", { class: "phone-face" }, phone.icon(one.icone))];
}

function calculator(phone, state) {
  return [
    phone.bar("Calculatrice"),
    h("p", { class: "calculator-shown", "aria-live": "polite" }, state.calcul || "0"),
    h("div", { class: "calculator-keys" }, KEYS.map((key) => phone.button(`calculer:${NAMES[key] || key}`, { class: "zone key", "aria-label": { "+": "Plus", "-": "Moins", x: "Fois", "=": "Égal", C: "Effacer tout" }[key] }, key))),
  ];
}

function worth(text) {
  const parts = text.match(/\d+|[+\-x]/g) || [];
  let total = Number(parts[0] || 0);
  for (let n = 1; n + 1 < parts.length; n += 2) {
    const next = Number(parts[n + 1]);
    total = parts[n] === "+" ? total + next : parts[n] === "-" ? total - next : total * next;
  }
  return String(total);
}

export const actions = {
  calculer: (state, key) => {
    const sign = { plus: "+", moins: "-", fois: "x" }[key] || key;
    if (key === "tout") state.calcul = "";
    else if (key === "egal") state.calcul = worth(state.calcul || "");
    else state.calcul = ((state.calcul || "") + sign).slice(0, 12);
  },
  garder_note: (state, _, value, phone) => {
    if (!state.textes.note) return;
    phone.app("notes").lignes.push(state.textes.note);
    state.textes = Object.assign({}, state.textes, { note: "" });
    state.clavier = null;
    state.avis = "Note gardée.";
  },
};
