// The small programs of the desktop: a calculator, the weather, the settings.

import { h } from "../simulateur.js";
import { slider } from "./bureau.js";

const SETTINGS = [
  ["ecran", "Écran", "sun"], ["son", "Son", "volume"], ["stockage", "Place qui reste", "device-floppy"], ["souris", "Souris", "mouse"],
  ["reseau", "Réseau", "wifi"], ["comptes", "Comptes", "user"], ["mises_a_jour", "Mises à jour", "refresh"], ["confidentialite", "Vie privée", "lock"],
];
const TEXTS = {
  souris: "La souris est branchée.", reseau: "Vous êtes relié à « Maison ».", comptes: "Un seul compte se sert de cet ordinateur.",
  mises_a_jour: "L’ordinateur est à jour.", confidentialite: "La caméra et le micro sont coupés.",
};
const LETTERS = ["petites", "moyennes", "grandes"];

export function calculator() {
  return [
    h("p", { class: "calculator-display" }, "0"),
    h("div", { class: "calculator" }, [..."789+456-123×0,=÷"].map((key) => h("span", { class: "calculator-key" }, key))),
  ];
}

export function weather(desk) {
  return h("div", { class: "fenetre-photo" }, desk.icon("cloud"), h("p", {}, "Saint-Clair : 24 degrés, un peu de vent."));
}

export function settings(desk, state) {
  return [
    h("div", { class: "fenetre-settings" }, SETTINGS.map(([id, name, icon]) => desk.button(`reglage:${id}`,
      { class: "zone fenetre-place", "aria-pressed": String(state.reglage === id) }, desk.icon(icon), h("span", {}, name)))),
    h("div", { class: "fenetre-setting" }, setting(desk, state)),
  ];
}

function setting(desk, state) {
  if (state.reglage === "ecran") {
    return [slider(desk, "lumiere", "Lumière"), h("p", { class: "sim-field-name" }, "Taille des lettres"),
      h("div", { class: "screen-buttons" }, LETTERS.map((size) => desk.button(`lettres:${size}`, { class: "zone screen-button", "aria-pressed": String(state.lettres === size) }, size[0].toUpperCase() + size.slice(1))))];
  }
  if (state.reglage === "son") return slider(desk, "son", "Son");
  if (state.reglage === "stockage") {
    const heavy = state.elements.filter((one) => one.taille && one.dans !== "corbeille");
    return [h("p", { class: "screen-text" }, state.place_libre), h("meter", { min: 0, max: 100, value: 95, "aria-label": "Place prise" }), heavy.length && h("p", { class: "sim-field-name" }, "Ce qui prend le plus de place"),
      heavy.map((one) => h("p", { class: "screen-text" }, `${one.nom} : ${one.taille}`))];
  }
  return state.reglage && h("p", { class: "screen-text" }, TEXTS[state.reglage]);
}
