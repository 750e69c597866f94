// The keyboard that a touch screen draws: letters, capitals, figures and signs, and accents under a key held.

import { h } from "./simulateur.js";

const LETTERS = ["azertyuiop", "qsdfghjklm", "wxcvbn"];
const FIGURES = ["1234567890", "@.,:;!?'-_", "()/&+*"];
const NAMES = {
  "@": "arobase", ".": "point", ",": "virgule", ":": "deux_points", ";": "point_virgule", "!": "exclamation", "?": "interrogation",
  "'": "apostrophe", "-": "tiret", _: "tiret_bas", "(": "parenthese", ")": "parenthese_fin", "/": "barre", "&": "et", "+": "plus", "*": "etoile",
};
const SPOKEN = { "deux_points": "deux points", "point_virgule": "point virgule", "tiret_bas": "tiret bas", "parenthese_fin": "fin de parenthèse" };
// The letters that wait under a key held.
export const HELD = {
  a: ["à", "â"], c: ["ç"], e: ["é", "è", "ê", "ë"], i: ["î", "ï"], o: ["ô"], u: ["ù", "û"],
};
const ACCENTS = {
  à: "a_grave", â: "a_circonflexe", ç: "c_cedille", é: "e_aigu", è: "e_grave", ê: "e_circonflexe", ë: "e_trema",
  î: "i_circonflexe", ï: "i_trema", ô: "o_circonflexe", ù: "u_grave", û: "u_circonflexe",
};
const SIGNS = {};
[NAMES, ACCENTS].forEach((names) => Object.keys(names).forEach((sign) => { SIGNS[names[sign]] = sign; }));

// What is written once this key is touched, with where the cursor goes; `keys` remembers capitals, figures and the key held.
export function typeKey(text, at, key, keys) {
  const put = (sign) => {
    const written = keys.capitales ? sign.toUpperCase() : sign;
    keys.tenue = null;
    keys.capitales = false;
    return { text: text.slice(0, at) + written + text.slice(at), at: at + written.length };
  };
  if (key === "majuscule") { keys.capitales = !keys.capitales; return { text, at }; }
  if (key === "chiffres") { keys.chiffres = !keys.chiffres; keys.tenue = null; return { text, at }; }
  if (key === "effacer") { keys.tenue = null; return { text: text.slice(0, Math.max(0, at - 1)) + text.slice(at), at: Math.max(0, at - 1) }; }
  return put(key === "espace" ? " " : SIGNS[key] || key);
}

// The keys as they are now, for a simulator that shows them.
export function keyboard(simulator, keys) {
  const rows = keys.chiffres ? FIGURES : LETTERS;
  const shown = (sign) => (keys.capitales ? sign.toUpperCase() : sign);
  // Not a template in a template: what makes scripts small takes the space at its beginning for layout.
  const heldToo = (id) => (HELD[id] && !keys.chiffres ? " appui_long:touche_" + id : "");
  const key = (id, content, css, name) => h("button", {
    type: "button", class: `zone key ${css || ""}`, "aria-label": name, "aria-pressed": id === "majuscule" ? String(Boolean(keys.capitales)) : null,
    "data-gestures": `pointer:touche_${id}${heldToo(id)}`,
  }, content);
  const sign = (one) => { const id = NAMES[one] || one; return key(id, shown(one), "", NAMES[one] ? SPOKEN[id] || id : null); };
  const held = keys.tenue && HELD[keys.tenue];
  return h("div", { class: "keyboard azerty clavier", role: "group", "aria-label": "Clavier" },
    held && h("div", { class: "keys gestes-accents" }, held.map((one) => key(ACCENTS[one], shown(one), "w6"))),
    h("div", { class: "keys" }, [...rows[0]].map(sign)),
    h("div", { class: "keys" }, [...rows[1]].map(sign)),
    h("div", { class: "keys" }, key("majuscule", simulator.icon("arrow-big-up"), "w6", "Majuscule"), [...rows[2]].map(sign), key("effacer", simulator.icon("backspace"), "w6", "Effacer")),
    h("div", { class: "keys" }, key("chiffres", keys.chiffres ? "abc" : "123", "w8", keys.chiffres ? "Lettres" : "Chiffres et signes"), key("espace", "espace", "w20", "Espace"), sign(keys.chiffres ? "." : "'")));
}
