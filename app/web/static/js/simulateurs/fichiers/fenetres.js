// Windows: a folder and its files, a document that is read, small programs, and the questions they ask.

import { h } from "../simulateur.js";
import { ICONS, PLACES } from "./noms.js";
import { calculator, settings, weather } from "./programmes.js";

const MENU = [
  ["ouvrir", "Ouvrir", "folder"], ["couper", "Couper", "cut"], ["copier", "Copier", "copy"], ["renommer", "Renommer", "pencil"],
  ["infos", "Informations", "info-circle"], ["supprimer", "Supprimer", "trash"],
];

export function windowView(desk, window) {
  const { id } = window;
  const control = (verb, text, icon) => desk.button(`${verb}:${id}`, { class: "zone window-control", "aria-label": text }, desk.icon(icon));
  return h("section", { class: "window fenetre", "aria-label": `Fenêtre ${desk.nameOf(id)}` },
    h("div", { class: "window-title fenetre-title" },
      desk.touchScreen && desk.button("retour", { class: "zone window-control", "aria-label": "Retour" }, desk.icon("arrow-left")),
      h("span", { class: "fenetre-name" }, desk.nameOf(id)),
      !desk.touchScreen && [control("reduire", "Réduire", "minus"), control("agrandir", window.grande ? "Taille normale" : "Agrandir", "square"), control("fermer", "Fermer", "x")]),
    h("div", { class: "fenetre-body" }, body(desk, id)));
}

function body(desk, id) {
  const programs = { calculatrice: calculator, meteo: weather, reglages: settings, notes: () => h("p", { class: "screen-text" }, "Une page blanche attend vos mots.") };
  if (programs[id]) return programs[id](desk, desk.state);
  return desk.isFolder(id) ? folder(desk, desk.state, id) : document_(desk, desk.file(id));
}

// A photo shows what it is of; the other files show their kind.
function drawingOf(file) {
  return file.icone || ICONS[file.genre];
}

function document_(desk, file) {
  if (!file) return h("p", { class: "screen-text" }, "Ce fichier n’est plus là.");
  if (file.genre === "photo") return h("div", { class: "fenetre-photo" }, desk.icon(drawingOf(file), file.nom), h("p", { "aria-hidden": "true" }, file.nom));
  return h("div", { class: "fenetre-page" }, (file.lignes && file.lignes.length ? file.lignes : [file.nom]).map((line) => h("p", {}, line)));
}

function folder(desk, state, id) {
  const found = state.cherche && state.elements.filter((one) => one.dans !== "corbeille" && matchesName(one.nom, state.cherche));
  const files = found || state.elements.filter((one) => one.dans === id);
  return [
    h("div", { class: "fenetre-search" }, desk.field("ecrire:chercher", "Chercher un nom", { "data-enter": "chercher" }),
      desk.button("chercher", { class: "zone screen-button", "aria-label": "Lancer la recherche" }, desk.icon("search"))),
    h("div", { class: "fenetre-places" }, places(desk, state).map(([place, name, icon]) => desk.button(`aller:${place}`,
      { class: "zone fenetre-place", "aria-pressed": String(place === id && !found), "data-place": place }, desk.icon(icon), h("span", {}, name || state.cle)))),
    tools(desk, state, id),
    question(desk, state),
    found && h("p", { class: "screen-text", role: "status" }, found.length ? `${found.length} trouvé${found.length > 1 ? "s" : ""}` : "Aucun fichier ne porte ce nom."),
    files.length ? h("div", { class: "tiles fenetre-files", "data-place": id, role: "group", "aria-label": desk.nameOf(id) }, files.map((file) => fileTile(desk, file)))
      : !found && h("div", { class: "fenetre-files fenetre-empty", "data-place": id, role: "group", "aria-label": desk.nameOf(id) }, h("p", {}, "Ce dossier est vide.")),
  ];
}

function places(desk, state) {
  const key = state.cle && !state.cleRetiree;
  return PLACES.filter(([id]) => (id === "cle" ? key : id !== "bureau" || !desk.touchScreen));
}

function matchesName(name, wanted) {
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  return plain(name).indexOf(plain(wanted)) >= 0;
}

function tools(desk, state, id) {
  const tool = (gesture, text, icon) => desk.button(gesture, { class: "zone fenetre-tool" }, desk.icon(icon), h("span", {}, text));
  if (id === "corbeille") return h("div", { class: "fenetre-tools" }, tool("vider", "Vider la corbeille", "trash-x"));
  return h("div", { class: "fenetre-tools" },
    tool("nouveau_dossier", "Nouveau dossier", "folder-plus"),
    state.presse && tool(`coller:${id}`, "Coller", "clipboard"));
}

export function fileTile(desk, file) {
  const { state } = desk;
  const verbs = desk.touchScreen ? ["pointer", "appui_long"] : ["double", "clic_droit"];
  const cut = state.presse && state.presse.mode === "couper" && state.presse.id === file.id;
  return [
    h("button", {
      type: "button", class: `zone tile ${cut ? "cut" : ""}`, "data-gestures": verbs.map((verb) => `${verb}:${file.id}`).join(" "),
      "data-drag": !desk.touchScreen && file.id, "data-place": file.genre === "dossier" && file.id, "aria-pressed": String(state.choisi === file.id),
    }, h("span", { class: "tile-icon" }, desk.icon(drawingOf(file))), h("span", {}, file.nom), file.taille && h("span", { class: "fenetre-size" }, file.taille)),
    state.menu === file.id && fileMenu(desk, file),
  ];
}

function fileMenu(desk, file) {
  const entries = file.dans === "corbeille" ? [["restaurer", "Remettre à sa place", "restore"], ["infos", "Informations", "info-circle"]] : MENU;
  return h("div", { class: "window file-menu", role: "group", "aria-label": `Menu de ${file.nom}` },
    entries.map(([verb, text, icon]) => desk.button(`${verb}:${file.id}`, { class: "zone bar-entry bureau-entry" }, desk.icon(icon), h("span", {}, text))));
}

function question(desk, state) {
  const asked = state.question;
  if (!asked) return null;
  const answer = (gesture, text, icon, main) => desk.button(gesture, { class: `zone screen-button ${main ? "main" : ""}` }, desk.icon(icon), h("span", {}, text));
  if (asked.vider) {
    return h("div", { class: "window" }, h("p", { class: "screen-text fenetre-ask" }, "Effacer pour toujours ces fichiers ?"),
      h("div", { class: "screen-buttons" }, answer("confirmer_vider", "Effacer", "trash-x", true), answer("annuler", "Annuler", "x")));
  }
  if (asked.infos) {
    const file = desk.file(asked.infos);
    return h("div", { class: "window" }, h("p", { class: "screen-text fenetre-ask" }, `${file.nom}. ${file.taille || "2 Mo"}. ${file.date || "Hier"}.`),
      h("div", { class: "screen-buttons" }, answer("annuler", "Fermer", "x")));
  }
  return h("div", { class: "window" }, h("p", { class: "window-title" }, asked.id ? "Changer le nom" : "Nouveau dossier"),
    desk.field("ecrire:nom", "Nom", { "data-enter": "valider_nom" }),
    h("div", { class: "screen-buttons" }, answer("valider_nom", "Valider", "check", true), answer("annuler", "Annuler", "x")));
}
