// The computer around the windows: the case when it is off, the session, the desktop and its bar, its menu, its panels.

import { h } from "../simulateur.js";
import { PLACES, PROGRAMS } from "./noms.js";
import { fileTile, windowView } from "./fenetres.js";

const CASE = [
  ["allumer", "Bouton avec un trait dans un rond", "power"], ["bouton:son", "Bouton du son", "volume"],
  ["prise:casque", "Prise du casque", "headphones"], ["prise:usb", "Prise longue et plate", "device-usb"],
  ["prise:secteur", "Prise du câble", "plug"], ["bouton:camera", "Caméra", "camera"],
];
const POWER = [
  ["veille", "Veille", "moon"], ["redemarrer", "Redémarrer", "rotate-clockwise"], ["deconnecter", "Se déconnecter", "logout"],
  ["eteindre", "Éteindre", "power"],
];

const said = (text) => text && h("p", { class: "bureau-said", role: "status" }, text);

// The computer is off: only what is on its case can be touched.
export function powerOff(desk) {
  return [
    h("div", { class: "bureau-off" }, h("p", { class: "visually-hidden" }, "L’écran est noir.")),
    h("div", { class: "bureau-case" }, CASE.map(([gesture, name, icon]) => desk.button(gesture, { class: "zone bureau-knob", "aria-label": name }, desk.icon(icon)))),
    said(desk.state.annonce),
  ];
}

export function signIn(desk) {
  const { state } = desk;
  return h("div", { class: "bureau-session" },
    h("p", { class: "bureau-clock" }, "9 h 30"),
    desk.button("session", { class: "zone bureau-user", "aria-expanded": String(state.volet === "session") }, desk.icon("user"), h("span", {}, state.nom)),
    state.volet === "session" && h("div", { class: "bureau-password" },
      desk.field("ecrire:mot_de_passe", "Mot de passe", { type: "password", "data-enter": "ouvrir_session" }),
      desk.button("ouvrir_session", { class: "zone screen-button main" }, desk.icon("check"), h("span", {}, "Ouvrir"))),
    said(state.annonce),
    h("div", { class: "bureau-corner" },
      desk.button("eteindre", { class: "zone bureau-knob", "aria-label": "Éteindre" }, desk.icon("power")),
      desk.button("veille", { class: "zone bureau-knob", "aria-label": "Veille" }, desk.icon("moon")),
      desk.button("son", { class: "zone bureau-knob", "aria-label": "Son" }, desk.icon("volume"))));
}

export function desktop(desk, state) {
  const shown = state.fenetres.filter((one) => !one.reduite);
  const front = shown[shown.length - 1];
  const windows = front && front.grande ? [front] : shown.slice(-2);
  const bright = { 0: "dark", 25: "dim" }[state.lumiere] || "";
  return h("div", { class: `bureau letters-${state.lettres} ${bright}` },
    h("div", { class: "bureau-area" },
      !(front && front.grande) && h("div", { class: "bureau-icons", "data-place": "bureau", role: "group", "aria-label": "Bureau" }, icons(desk, state)),
      h("div", { class: "bureau-windows" }, windows.map((one) => windowView(desk, one)))),
    said(state.annonce),
    panel(desk, state),
    bar(desk, state));
}

function icons(desk, state) {
  return [
    h("button", { type: "button", class: "zone tile", "data-gestures": "double:documents", "data-place": "documents" }, h("span", { class: "tile-icon" }, desk.icon("folder")), h("span", {}, "Documents")),
    state.elements.filter((one) => one.dans === "bureau").map((file) => fileTile(desk, file)),
    state.cle && !state.cleRetiree && h("button", { type: "button", class: "zone tile", "data-gestures": "double:cle", "data-place": "cle" }, h("span", { class: "tile-icon" }, desk.icon("device-usb")), h("span", {}, state.cle)),
    h("button", { type: "button", class: "zone tile", "data-gestures": "double:corbeille", "data-place": "corbeille" }, h("span", { class: "tile-icon" }, desk.icon("trash")), h("span", {}, "Corbeille")),
  ];
}

function bar(desk, state) {
  const icon = (id) => { const known = [...PROGRAMS, ...PLACES].find((one) => one[0] === id); return known ? known[2] : "file"; };
  return h("div", { class: "bureau-bar" },
    desk.button("menu", { class: "zone bureau-task", "aria-label": "Menu", "aria-expanded": String(state.volet === "menu" || state.volet === "marche") }, desk.icon("layout-grid")),
    state.fenetres.map((one) => desk.button(`tache:${one.id}`, { class: "zone bureau-task bureau-open", "aria-label": `Fenêtre ${desk.nameOf(one.id)}` },
      desk.icon(icon(one.id)), h("span", { class: "bureau-task-name" }, desk.nameOf(one.id)))),
    h("span", { class: "bureau-fill" }),
    state.cle && !state.cleRetiree && desk.button("cle", { class: "zone bureau-task", "aria-label": "Clé USB branchée", "aria-expanded": String(state.volet === "cle") }, desk.icon("device-usb")),
    desk.button("son", { class: "zone bureau-task", "aria-label": state.muet ? "Son coupé" : "Son", "aria-expanded": String(state.volet === "son") }, desk.icon(state.muet ? "volume-off" : "volume")),
    h("span", { class: "bureau-time" }, "9 h 30"));
}

function panel(desk, state) {
  const entry = (gesture, text, icon) => desk.button(gesture, { class: "zone bar-entry bureau-entry" }, desk.icon(icon), h("span", {}, text));
  const panels = {
    menu: () => [PROGRAMS.map(([id, name, icon]) => entry(`programme:${id}`, name, icon)), entry("marche", "Marche ou arrêt", "power")],
    marche: () => POWER.map(([gesture, name, icon]) => entry(gesture, name, icon)),
    son: () => [
      slider(desk, "son", "Son"),
      desk.button("muet", { class: "zone screen-button", "aria-pressed": String(state.muet) }, desk.icon("volume-off"), h("span", {}, "Muet")),
    ],
    cle: () => [h("p", { class: "window-title" }, state.cle), entry("aller:cle", "Voir les fichiers", "folder"), entry("ejecter", "Retirer sans risque", "check")],
  };
  const made = panels[state.volet];
  return made && h("div", { class: `window bureau-panel bureau-panel-${state.volet}` }, made());
}

export function slider(desk, name, label) {
  return h("label", { class: "bureau-slider" }, h("span", { class: "sim-field-name" }, label),
    h("input", { type: "range", name, min: 0, max: 100, step: 25, value: desk.state[name], "data-gesture": `glissiere:${name}` }));
}
