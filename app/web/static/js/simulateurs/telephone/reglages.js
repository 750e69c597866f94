// The settings: pages that the scene describes line by line, and those that show what the telephone holds.

import { h } from "../simulateur.js";
import { came, go } from "./appareil.js";

const RIGHTS = { position: ["map-pin", "Position"], micro: ["microphone", "Micro"], camera: ["camera", "Appareil photo"], contacts: ["address-book", "Contacts"], photos: ["photo", "Photos"] };
const pageOf = (state, id) => state.rubriques.find((one) => one.id === id);

export function name(page, state, phone) {
  const id = page.id || "reglages";
  const app = /^(app|droits)_/.test(id) && phone.app(id.replace(/^(app|droits)_/, "")).nom;
  return app || (pageOf(state, id) || {}).nom || "Réglages";
}

export function view(phone, state, page) {
  if (page.nom === "reseau") return joining(phone, state, page.id);
  const id = page.id || "reglages";
  if (id.slice(0, 4) === "app_") return ofApp(phone, state, phone.app(id.slice(4)));
  const given = pageOf(state, id);
  const own = { reglages: search, wifi: networks, applications, temps_ecran: screenTime, stockage: storage, mise_a_jour: system, batterie: battery };
  const extra = own[id] ? own[id](phone, state) : id.slice(0, 6) === "droit_" ? rightOf(phone, state, id.slice(6)) : null;
  const lines = id === "reglages" ? matching(state, given.lignes) : given.lignes;
  const shown = h("div", { class: "rows" }, lines.map((line) => settingLine(phone, state, line)));
  return [phone.bar(given.nom), id === "reglages" ? [extra, shown] : [lines.length > 0 && shown, extra]];
}

function search(phone) {
  return phone.text("ecrire:reglage", "Chercher un réglage");
}

function matching(state, lines) {
  const wanted = (state.textes.reglage || "").toLowerCase();
  if (wanted.length < 2) return lines;
  const inside = (line) => { const page = pageOf(state, line.id); return page ? page.lignes.map((one) => one.nom).join(" ") : ""; };
  return lines.filter((line) => `${line.nom} ${line.texte || ""} ${inside(line)}`.toLowerCase().indexOf(wanted) >= 0);
}

function settingLine(phone, state, line) {
  const value = state.valeurs[line.id];
  if (line.genre === "page") return phone.row(`rubrique:${line.id}`, line.icone, line.nom, { texte: line.texte });
  if (line.genre === "interrupteur") return phone.switch((to) => `regler:${line.id}=${to}`, value === "oui", line.icone, line.nom, line.texte, `regler_${line.id}`);
  if (line.genre === "niveau") return phone.level(line.id, line.nom, line.icone);
  if (line.genre === "texte") return h("p", { class: "setting-text" }, h("strong", {}, line.nom), h("span", {}, line.texte));
  return h("div", { class: "setting-choice", role: "group", "aria-label": line.nom },
    h("p", { class: "setting-name" }, line.icone && phone.icon(line.icone), h("span", {}, line.nom)),
    h("div", { class: "chips" }, line.choix.map((one) => phone.button(`regler:${line.id}=${one.id}`, { class: "zone chip", "aria-pressed": String(value === one.id) }, one.nom))));
}

function networks(phone, state) {
  if (state.valeurs.wifi !== "oui") return h("p", { class: "screen-text" }, "Le Wi-Fi est éteint.");
  return [
    h("p", { class: "setting-name" }, "Réseaux proches"),
    h("div", { class: "rows" }, state.reseaux.map((one) => phone.row(`wifi:${one.id}`, "wifi", one.nom, { texte: state.reseau === one.id ? "Connecté" : one.mot_de_passe ? "Protégé" : "Ouvert à tous", detail: "▮".repeat(one.force), gras: state.reseau === one.id }))),
  ];
}

function joining(phone, state, id) {
  const one = state.reseaux.find((other) => other.id === id);
  if (state.reseau === id) return [phone.bar(one.nom), h("p", { class: "screen-text" }, "Vous êtes connecté."), h("div", { class: "screen-buttons" }, phone.act("oublier_wifi", "trash", "Oublier ce réseau"))];
  return [
    phone.bar(one.nom),
    one.mot_de_passe ? phone.text("ecrire:mot_de_passe_wifi", "Mot de passe") : h("p", { class: "screen-text" }, "Ce réseau est ouvert à tous."),
    h("div", { class: "screen-buttons" }, phone.act("se_connecter_wifi", "check", "Se connecter", true)),
  ];
}

function applications(phone, state) {
  return h("div", { class: "rows" }, state.applications.map((one) => phone.row(`rubrique:app_${one.id}`, one.icone, one.nom, { detail: one.taille })));
}

function ofApp(phone, state, one) {
  return [
    phone.bar(one.nom),
    h("div", { class: "rows" },
      phone.switch((to) => `notifications:${one.id}=${to}`, one.notifications, "bell", "Notifications", null, `notifications_${one.id}`),
      Object.keys(RIGHTS).map((right) => rightLine(phone, one, right, RIGHTS[right][0], RIGHTS[right][1]))),
    h("div", { class: "screen-buttons" }, phone.act(`arreter:${one.id}`, "x", "Forcer l’arrêt"), !one.systeme && phone.act(`demander_desinstaller:${one.id}`, "trash", "Désinstaller")),
  ];
}

function rightLine(phone, one, right, icon, text) {
  const on = one.autorisations.indexOf(right) >= 0;
  return phone.switch((to) => `${to === "oui" ? "donner" : "retirer"}:${one.id}=${right}`, on, icon, text, null, `droit_${one.id}_${right}`);
}

function rightOf(phone, state, right) {
  const asking = state.applications.filter((one) => one.autorisations.indexOf(right) >= 0 || (state.touchees || []).indexOf(`${one.id}=${right}`) >= 0);
  if (!asking.length) return h("p", { class: "screen-text" }, "Aucune application.");
  return h("div", { class: "rows" }, asking.map((one) => rightLine(phone, one, right, one.icone, one.nom)));
}

function screenTime(phone, state) {
  const used = state.applications.filter((one) => one.minutes > 0).sort((a, b) => b.minutes - a.minutes);
  const total = used.reduce((sum, one) => sum + one.minutes, 0);
  const most = used.length ? used[0].minutes : 1;
  return [
    h("p", { class: "screen-title" }, `Aujourd’hui : ${Math.floor(total / 60)} h ${total % 60} min`),
    h("ul", { class: "time-list" }, used.slice(0, 8).map((one) => h("li", {},
      h("span", { class: "time-name" }, phone.icon(one.icone), h("span", {}, one.nom), h("span", { class: "time-spent" }, `${one.minutes} min`)),
      h("span", { class: `time-bar time-${Math.max(1, Math.round(one.minutes / most * 10))}`, "aria-hidden": "true" }),
      h("div", { class: "chips", role: "group", "aria-label": `Limite par jour, ${one.nom}` }, [[0, "Sans limite"], [15, "15 min"], [30, "30 min"], [60, "1 h"]].map(([minutes, text]) => phone.button(`limite:${one.id}=${minutes}`, { class: "zone chip", "aria-pressed": String(one.limite === minutes) }, text)))))),
    h("div", { class: "rows" }, phone.row("rubrique:ne_pas_deranger", "moon", "Ne pas déranger"), phone.row("rubrique:applications", "bell", "Notifications des applications")),
  ];
}

function storage(phone, state) {
  const used = 64 - state.place_libre;
  return [
    h("p", { class: "screen-title" }, `${state.place_libre} Go libres sur 64`),
    h("span", { class: `time-bar time-${Math.max(1, Math.round(used / 6.4))}`, "aria-hidden": "true" }),
    h("div", { class: "rows" },
      phone.row("rubrique:applications", "apps", "Applications", { detail: "9 Go" }), phone.row("app:photos", "photo", "Photos et vidéos", { detail: "24 Go" }),
      phone.row("corbeille", "trash", "Corbeille", { detail: `${state.corbeille.length} photos` }), phone.row("app:messages", "message", "Messages", { detail: "2 Go" })),
  ];
}

function system(phone, state) {
  return [
    h("p", { class: "screen-title" }, { ancien: "Une nouvelle version est prête.", neuf: "Votre téléphone est à jour.", installe: "Votre téléphone est à jour." }[state.systeme]),
    h("p", { class: "screen-text" }, state.systeme === "ancien" ? "Elle répare des failles." : "Dernière version installée."),
    h("div", { class: "screen-buttons" }, state.systeme === "ancien" && phone.act("demander_installer_systeme", "download", "Installer", true), phone.act("chercher_systeme", "refresh", "Chercher")),
  ];
}

function battery(phone, state) {
  return h("p", { class: "screen-title" }, `${state.batterie} sur 100${state.en_charge ? ", en charge" : ""}`);
}

export const actions = {
  rubrique: (state, id) => { if (state.app !== "reglages") { state.app = "reglages"; state.lieu = "app"; state.pile = []; } go(state, "rubrique", id); },
  regler: (state, id, value) => {
    state.valeurs[id] = value;
    came(state, `reglage_${id}`);
    if (id === "avion" && value === "oui") state.avis = "Plus d’appels ni d’Internet.";
  },
  wifi: (state, id) => { state.textes = Object.assign({}, state.textes, { mot_de_passe_wifi: "" }); go(state, "reseau", id); },
  se_connecter_wifi: (state) => {
    const id = state.pile[state.pile.length - 1].id;
    const one = state.reseaux.find((other) => other.id === id);
    if (one.mot_de_passe && (state.textes.mot_de_passe_wifi || "").trim() !== one.mot_de_passe) { state.avis = "Ce mot de passe ne va pas."; return; }
    state.reseau = id;
    state.valeurs.wifi = "oui";
    state.pile.pop();
    came(state, `connecte_${id}`);
    state.avis = "Vous êtes connecté.";
  },
  oublier_wifi: (state) => { state.reseau = null; state.pile.pop(); state.avis = "Réseau oublié."; },
  donner: (state, id, right, phone) => { const one = phone.app(id); if (one.autorisations.indexOf(right) < 0) one.autorisations.push(right); touch(state, id, right); },
  retirer: (state, id, right, phone) => { const one = phone.app(id); one.autorisations = one.autorisations.filter((other) => other !== right); touch(state, id, right); },
  notifications: (state, id, value, phone) => { phone.app(id).notifications = value === "oui"; },
  limite: (state, id, minutes, phone) => { phone.app(id).limite = Number(minutes); },
  arreter: (state, id) => { state.ouvertes = state.ouvertes.filter((one) => one !== id); state.avis = "Application arrêtée."; },
  chercher_systeme: (state) => { state.avis = state.systeme === "ancien" ? "Une nouvelle version est prête." : "Rien de nouveau."; },
  installer_systeme: (state) => { state.systeme = "installe"; state.avis = "Le téléphone a redémarré. Il est à jour."; },
};

// A line that was just changed stays in its list, so that it can be changed back.
function touch(state, id, right) {
  state.touchees = (state.touchees || []).concat([`${id}=${right}`]);
}
