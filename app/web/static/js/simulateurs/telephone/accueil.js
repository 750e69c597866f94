// Lock screen, code, home screen, open applications, and the buttons of the telephone.

import { h } from "../simulateur.js";
import { came, go, openApp } from "./appareil.js";

const DOCK = ["telephone", "messages", "camera", "navigateur"];
const ON_A_SCREEN = { telephone: 9, tablette: 12 };

export function locked(phone, state) {
  return h("div", { class: "phone-lock", "data-gestures": "balayer:verrou=haut", tabindex: "0", role: "group", "aria-label": "Écran verrouillé" },
    h("p", { class: "phone-clock" }, state.heure),
    state.notifications.map((one) => h("p", { class: "lock-notice" }, h("strong", {}, one.titre), ` ${one.texte}`)),
    h("p", { class: "lock-hint" }, phone.icon("lock")),
    phone.button("deverrouiller", { class: "for-keys" }, "Déverrouiller"));
}

export function code(phone, state) {
  return [
    h("p", { class: "screen-title" }, "Code"),
    phone.text("ecrire:code", "Votre code", { type: "password", "data-keys": "chiffres" }),
    h("div", { class: "screen-buttons" }, phone.act("valider_code", "check", "Valider", true)),
    state.urgence && h("p", { class: "screen-text" }, "Appel d’urgence : 112."),
  ];
}

export function home(phone, state) {
  const free = state.applications.filter((one) => DOCK.indexOf(one.id) < 0);
  const room = ON_A_SCREEN[phone.scene.appareil] || 9;
  const screens = Math.max(1, Math.ceil(free.length / room));
  const shown = free.slice((state.ecran - 1) * room, state.ecran * room);
  return h("div", { class: "phone-home", "data-gestures": "balayer:pages=gauche balayer:pages=droite", tabindex: "0", role: "group", "aria-label": `Écran d’accueil ${state.ecran} sur ${screens}` },
    h("div", { class: "tiles" }, shown.map((one) => tile(phone, state, one))),
    h("div", { class: "home-dots" }, Array.from({ length: screens }, (_, n) => phone.button(`ecran:${n + 1}`, { class: "zone home-dot", "aria-label": `Écran d’accueil ${n + 1}`, "aria-pressed": String(state.ecran === n + 1) }, h("span", {})))),
    h("div", { class: "home-dock" }, DOCK.map((id) => tile(phone, state, phone.app(id)))));
}

function tile(phone, state, one) {
  const waiting = state.conversations.filter((talk) => talk.dans === one.id && talk.non_lu).length;
  return phone.button(`app:${one.id}`, { class: "zone tile", "data-gestures": `appui_long:app_${one.id}` },
    h("span", { class: "tile-icon" }, phone.icon(one.icone)), h("span", {}, one.nom),
    waiting > 0 && h("span", { class: "tile-badge" }, String(waiting), h("span", { class: "visually-hidden" }, " non lu")));
}

export function recents(phone, state) {
  if (!state.ouvertes.length) return h("p", { class: "screen-text" }, "Aucune application ouverte.");
  return [
    h("div", { class: "recents" }, state.ouvertes.map((id) => h("div", { class: "recent-card" },
      phone.button(`reprendre:${id}`, { class: "zone row", "data-gestures": `balayer:carte_${id}=haut` }, h("span", { class: "row-icon" }, phone.icon(phone.app(id).icone)), h("span", { class: "row-text" }, phone.app(id).nom)),
      phone.tool(`fermer_app:${id}`, "x", `Fermer ${phone.app(id).nom}`)))),
    h("div", { class: "screen-buttons" }, phone.act("tout_fermer", "x", "Tout fermer")),
  ];
}

function unlock(state) {
  if (state.code) { state.lieu = "code"; state.textes = Object.assign({}, state.textes, { code: "" }); state.clavier = "ecrire:code"; } else { state.lieu = "accueil"; came(state, "deverrouille"); }
}

function tryCode(state) {
  const written = (state.textes.code || "").replace(/\s/g, "");
  if (written === state.code) { state.lieu = "accueil"; state.clavier = null; came(state, "deverrouille"); } else if (written.length >= state.code.length) {
    state.avis = "Ce code ne va pas. Essayez encore.";
    state.textes = Object.assign({}, state.textes, { code: "" });
  }
}

function close(state, id) {
  if (state.ouvertes.indexOf(id) >= 0) came(state, `ferme_${id}`);
  state.ouvertes = state.ouvertes.filter((one) => one !== id);
}

export const longPresses = {
  app: (state, id, phone) => {
    const one = phone.app(id);
    state.menu = { titre: one.nom, choix: [[`infos_app:${id}`, "info-circle", "Infos"], ["accueil", "home", "Déplacer"]].concat(one.systeme ? [] : [[`demander_desinstaller:${id}`, "trash", "Désinstaller"]]) };
  },
};

export const actions = {
  allumer: (state) => { state.lieu = "verrouille"; },
  eteindre_ecran: (state) => { state.lieu = "eteint"; state.app = null; },
  deverrouiller: unlock,
  valider_code: (state) => { if (state.lieu === "code") tryCode(state); },
  volet: (state) => { state.volet = true; },
  fermer: () => {},
  annuler: () => {},
  balayer: (state, object, way) => {
    const card = object.indexOf("carte_") === 0 && object.slice(6);
    if (object === "verrou") unlock(state);
    else if (object === "bord") state.volet = true;
    else if (object === "pages") state.ecran = Math.max(1, Math.min(2, state.ecran + (way === "gauche" ? 1 : -1)));
    else if (card) close(state, card);
  },
  ecran: (state, number) => { state.ecran = Number(number); },
  accueil: (state) => { state.lieu = "accueil"; state.app = null; state.clavier = null; },
  recentes: (state) => { state.lieu = "recentes"; state.clavier = null; },
  retour: (state) => {
    if (state.clavier && state.lieu === "app") { state.clavier = null; if (state.pile.length) state.pile.pop(); } else if (state.lieu === "app" && state.pile.length) state.pile.pop();
    else if (state.lieu !== "appel") { state.lieu = "accueil"; state.app = null; }
  },
  reprendre: (state, id) => openApp(state, id),
  fermer_app: (state, id) => close(state, id),
  tout_fermer: (state) => { state.ouvertes.slice().forEach((id) => close(state, id)); },
  infos_app: (state, id) => { openApp(state, "reglages"); go(state, "rubrique", "applications"); go(state, "rubrique", `app_${id}`); },
  desinstaller: (state, id) => {
    state.applications = state.applications.filter((one) => one.id !== id);
    close(state, id);
    state.place_libre += 1;
    state.avis = "Application désinstallée.";
    state.pile = state.pile.filter((page) => page.id !== `app_${id}`);
  },
  notification: (state, id) => {
    const one = state.notifications.find((other) => other.id === id);
    state.notifications = state.notifications.filter((other) => other.id !== id);
    openApp(state, one.app);
    if (!one.ouvre) return;
    if (one.app === "reglages") go(state, "rubrique", one.ouvre);
    else if (one.app === "messages" || one.app === "whatsapp") { go(state, "conversation", one.ouvre); read(state, one.ouvre); } else go(state, one.ouvre);
  },
  effacer: (state, id) => { state.notifications = state.notifications.filter((one) => one.id !== id); },
  lampe: (state) => { state.allume = !state.allume; },
  volume: (state, way) => {
    const level = Number(state.valeurs.volume_sonnerie) + (way === "plus" ? 1 : -1);
    state.valeurs.volume_sonnerie = String(Math.max(0, Math.min(5, level)));
    if (state.lieu !== "eteint") state.avis = `Volume : ${state.valeurs.volume_sonnerie} sur 5`;
  },
  ecrire: (state, field) => { if (field === "code" && state.lieu === "code") tryCode(state); },
};

function read(state, id) {
  const talk = state.conversations.find((one) => one.id === id);
  if (talk) talk.non_lu = false;
  came(state, `conversation_${id}`);
}
