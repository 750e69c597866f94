// The telephone itself: its buttons, bars, drawer, open applications. Each application is a file beside this one
// that exports `view(phone, state, page)`, `name(page, state)` and `actions`; a page is {nom, id}, the last of state.pile.

import { Simulator, h } from "../simulateur.js";
import { Keyboard } from "./clavier.js";
import * as appels from "./appels.js";
import * as messages from "./messages.js";
import * as photos from "./photos.js";
import * as magasin from "./magasin.js";
import * as reglages from "./reglages.js";
import * as reseau from "./reseau_social.js";
import * as petites from "./petites.js";
import * as accueil from "./accueil.js";

const APPS = { telephone: appels, messages, whatsapp: messages, photos, camera: photos, magasin, reglages, reseau_social: reseau };
const ACTIONS = Object.assign({}, accueil.actions, appels.actions, messages.actions, photos.actions, magasin.actions, reglages.actions, reseau.actions, petites.actions);
const LONG_PRESSES = Object.assign({}, accueil.longPresses, messages.longPresses);
const QUICK = [
  ["wifi", "Wi-Fi", "wifi"], ["bluetooth", "Bluetooth", "bluetooth"], ["avion", "Avion", "plane"], ["donnees", "Données", "antenna-bars-5"],
  ["ne_pas_deranger", "Ne pas déranger", "moon"], ["rotation", "Rotation", "rotate"], ["economie", "Économie", "battery-eco"],
];
const SOUND = { sonne: ["bell", "Sonnerie"], vibre: ["device-mobile-vibration", "Vibreur"], muet: ["bell-off", "Silencieux"] };

export class Phone extends Simulator {
  begin(start) {
    const values = {};
    start.rubriques.forEach((page) => page.lignes.forEach((line) => { if (line.genre !== "page") values[line.id] = line.valeur; }));
    Object.assign(start, {
      valeurs: Object.assign(values, start.valeurs), textes: {}, pile: [], ecran: 1, app: null, lieu: start.ouvert,
      ouvertes: start.en_cours.slice(), volet: false, dialogue: null, menu: null, avis: "", allume: false, bloques: [], brouillons: {},
      supprimees: [], prises: 0, camera: { mode: "photo" }, visible: "public", systeme: start.a_mettre_a_jour ? "ancien" : "neuf",
    });
    if (["eteint", "verrouille", "appel", "accueil"].indexOf(start.ouvert) < 0) {
      openApp(start, start.ouvert);
      if (start.conversation) go(start, "conversation", start.conversation);
      if (start.rubrique) go(start, "rubrique", start.rubrique);
    }
    if (start.lieu === "appel") start.appel = Object.assign({ etat: "sonne" }, start.appel_entrant);
    return start;
  }

  build() {
    super.build();
    this.keyboard = new Keyboard(() => this.find(this.state.clavier), (name) => this.icon(name));
    this.screen.classList.add("phone");
    this.screen.addEventListener("focusin", (event) => this.onFocus(event));
  }

  // --- what is drawn ---

  page() {
    return this.state.pile[this.state.pile.length - 1] || { nom: "debut" };
  }

  module() {
    return APPS[this.state.app] || petites;
  }

  title(state) {
    if (state.volet) return "Raccourcis et notifications";
    if (state.lieu !== "app") return { eteint: "Écran éteint", verrouille: "Écran verrouillé", code: "Code", accueil: "Accueil", recentes: "Applications ouvertes", appel: "Appel" }[state.lieu];
    return this.module().name(this.page(), state, this);
  }

  drawnTitle() {
    return this.state.lieu === "app" && !this.state.volet ? super.drawnTitle() : this.title(this.state);
  }

  view(state) {
    const off = state.lieu === "eteint";
    const look = ["phone-glass", `letters-${state.valeurs.lettres}`, `light-${state.valeurs.lumiere}`, state.valeurs.gras === "oui" ? "heavy" : "", state.valeurs.sombre === "oui" ? "night" : "", off ? "off" : "", `at-${state.lieu}`];
    return [
      h("div", { class: look.join(" ") }, off ? h("p", { class: "phone-black" }, h("span", { class: "visually-hidden" }, "L’écran est noir.")) : this.lit(state)),
      h("div", { class: "phone-sides", role: "group", "aria-label": "Boutons du côté" },
        this.side("volume:moins", "minus", "Bouton du côté, moins"), this.side("volume:plus", "plus", "Bouton du côté, plus"),
        this.side(off ? "allumer" : "eteindre_ecran", "power", "Bouton du côté, marche", "bouton_marche")),
    ];
  }

  side(gesture, icon, label, focus) {
    return this.button(gesture, { class: "phone-side", "aria-label": label, "data-focus": focus }, this.icon(icon));
  }

  lit(state) {
    const covered = Boolean(state.volet || state.dialogue || state.menu);
    return [
      this.statusBar(state),
      h("div", { class: "phone-body" }, covered && state.volet ? this.drawer(state) : h("div", { class: "phone-content" }, this.place(state)),
        state.dialogue && this.dialog(state.dialogue), state.menu && this.contextMenu(state.menu),
        state.avis && h("p", { class: "phone-toast" }, state.avis)),
      h("div", { class: "phone-keys" }),
      ["verrouille", "code", "appel"].indexOf(state.lieu) < 0 && this.navigation(),
    ];
  }

  statusBar(state) {
    const network = state.reseaux.find((one) => one.id === state.reseau);
    const wifi = state.valeurs.wifi === "oui" && state.valeurs.avion !== "oui" && network;
    const [bell, mode] = SOUND[state.valeurs.sonnerie];
    return h("div", { class: "screen-status phone-status", "data-gestures": "balayer:bord=bas", tabindex: "0", role: "group", "aria-label": `Barre du haut, ${state.heure}` },
      h("span", {}, state.heure),
      this.button("volet", { class: "for-keys" }, "Raccourcis et notifications"),
      h("span", { class: "phone-signs" },
        state.valeurs.sonnerie !== "sonne" && this.icon(bell, mode), state.valeurs.ne_pas_deranger === "oui" && this.icon("moon", "Ne pas déranger"),
        state.valeurs.avion === "oui" && this.icon("plane", "Mode avion"), wifi && this.icon("wifi", "Wi-Fi"), this.icon("antenna-bars-5", "Réseau"),
        this.icon(state.en_charge ? "battery-charging" : "battery-2", "Batterie"), h("span", {}, ` ${state.batterie}`)));
  }

  navigation() {
    return h("div", { class: "phone-navigation" },
      this.button("retour", { class: "zone", "aria-label": "Retour" }, this.icon("chevron-left")),
      this.button("accueil", { class: "zone", "aria-label": "Accueil" }, this.icon("circle")),
      this.button("recentes", { class: "zone", "aria-label": "Applications ouvertes" }, this.icon("square")));
  }

  place(state) {
    const places = { verrouille: accueil.locked, code: accueil.code, accueil: accueil.home, recentes: accueil.recents, appel: appels.call };
    return places[state.lieu] ? places[state.lieu](this, state) : this.module().view(this, state, this.page());
  }

  drawer(state) {
    const values = state.valeurs;
    const [bell, mode] = SOUND[values.sonnerie];
    const after = { sonne: "vibre", vibre: "muet", muet: "sonne" }[values.sonnerie];
    return h("div", { class: "phone-content phone-drawer" },
      h("div", { class: "quick" },
        this.button(`regler:sonnerie=${after}`, { class: "zone quick-tile", "data-focus": "rapide_son", "aria-pressed": String(values.sonnerie !== "sonne") }, this.icon(bell), h("span", {}, mode)),
        QUICK.map(([id, name, icon]) => this.button(`regler:${id}=${values[id] === "oui" ? "non" : "oui"}`, { class: "zone quick-tile", "data-focus": `rapide_${id}`, "aria-pressed": String(values[id] === "oui") }, this.icon(icon), h("span", {}, name))),
        this.button("lampe", { class: "zone quick-tile", "aria-pressed": String(state.allume) }, this.icon("bulb"), h("span", {}, "Lampe"))),
      this.level("lumiere", "Luminosité", "sun"),
      state.notifications.length
        ? h("div", { class: "rows" }, state.notifications.map((one) => h("div", { class: "notice-line" },
          this.button(`notification:${one.id}`, { class: "zone row bold" }, h("span", { class: "row-icon" }, this.icon(this.app(one.app).icone)), h("span", { class: "row-text" }, h("span", { class: "row-title" }, one.titre), h("span", { class: "row-body" }, one.texte))),
          this.button(`effacer:${one.id}`, { class: "zone bar-entry", "aria-label": `Effacer ${one.titre}` }, this.icon("x")))))
        : h("p", { class: "screen-text" }, "Aucune notification."),
      h("div", { class: "screen-buttons" }, this.act("fermer", "chevron-up", "Fermer"), this.act("app:reglages", "settings", "Réglages")));
  }

  dialog(one) {
    return h("div", { class: "phone-veil" }, h("div", { class: "window", role: "group", "aria-label": one.titre },
      h("p", { class: "window-title" }, one.titre), one.texte && h("p", { class: "screen-text" }, one.texte),
      h("div", { class: "screen-buttons" }, one.choix.map(([gesture, icon, text, main]) => this.act(gesture, icon, text, main)))));
  }

  contextMenu(one) {
    return h("div", { class: "phone-veil" }, h("div", { class: "window", role: "group", "aria-label": one.titre },
      h("p", { class: "window-title" }, one.titre),
      h("div", { class: "rows" }, one.choix.map(([gesture, icon, text]) => this.row(gesture, icon, text))),
      h("div", { class: "screen-buttons" }, this.act("fermer", "x", "Fermer"))));
  }

  // --- pieces that all applications use ---

  act(gesture, icon, text, main) {
    return this.button(gesture, { class: `zone screen-button ${main ? "main" : ""}` }, icon && this.icon(icon), h("span", {}, text));
  }

  row(gesture, icon, title, more) {
    const given = Object.assign({}, more);
    return this.button(gesture, { class: `zone row ${given.gras ? "bold" : ""}`, "data-gestures": given.gestes, "data-focus": given.focus, role: given.role, "aria-checked": given.coche },
      icon && h("span", { class: "row-icon" }, this.icon(icon)),
      h("span", { class: "row-text" }, h("span", { class: "row-title" }, title), given.texte && h("span", { class: "row-body" }, given.texte)),
      given.detail && h("span", { class: "row-detail" }, given.detail),
      given.coche && h("span", { class: `switch ${given.coche === "true" ? "on" : ""}` }));
  }

  switch(gestureOf, on, icon, title, text, focus) {
    return this.row(gestureOf(on ? "non" : "oui"), icon, title, { texte: text, role: "switch", coche: String(on), focus });
  }

  level(id, name, icon) {
    const value = Number(this.state.valeurs[id]);
    const step = (sign, by, word) => this.button(`regler:${id}=${Math.max(0, Math.min(5, value + by))}`, { class: "zone bar-entry", "data-focus": `${id}_${word}`, "aria-label": `${name}, ${word}` }, this.icon(sign));
    return h("div", { class: "level", role: "group", "aria-label": `${name}, ${value} sur 5` },
      h("span", { class: "level-name" }, this.icon(icon), h("span", {}, name)),
      step("minus", -1, "moins"), h("span", { class: `level-bar level-${value}`, "aria-hidden": "true" }), step("plus", 1, "plus"));
  }

  bar(title, ...buttons) {
    return h("div", { class: "bar phone-bar" }, this.state.pile.length > 0 && this.button("retour", { class: "zone bar-entry", "aria-label": "Page d’avant" }, this.icon("arrow-left")),
      h("span", { class: "phone-bar-title" }, title), h("span", { class: "phone-bar-tools" }, buttons));
  }

  tool(gesture, icon, label) {
    return this.button(gesture, { class: "zone bar-entry", "aria-label": label }, this.icon(icon));
  }

  text(gesture, label, options) {
    return this.field(gesture, label, Object.assign({ inputmode: "none" }, options));
  }

  app(id) {
    return this.state.applications.find((one) => one.id === id) || { id, nom: id, icone: "apps", lignes: [] };
  }

  // --- keeping the place of eyes and fingers ---

  render() {
    const name = this.screenName;
    const box = this.screen.querySelector(".phone-content");
    const top = box ? box.scrollTop : 0;
    super.render();
    const now = this.screen.querySelector(".phone-content");
    this.fitKeyboard();
    if (now && this.screenName === name) now.scrollTop = top;
    this.showLastBubble(now);
    this.showField(now);
    if (this.state.avis) this.announce([this.state.avis, this.screenName === name ? "" : this.drawnTitle()].filter(Boolean).join(" "));
  }

  // A conversation is seen from its end, when it opens and when something is said.
  showLastBubble(box) {
    const count = box && this.state.lieu === "app" && this.page().nom === "conversation" && !this.state.volet
      ? `${this.page().id}/${box.querySelectorAll(".talk, .window").length}` : null;
    if (count && count !== this.bubbles) box.scrollTop = box.scrollHeight;
    this.bubbles = count;
  }

  // The keys of the screen change no field in the browser's eyes: what they wrote is looked at before the next gesture.
  onInput(event) {
    super.onInput(event);
    this.unsaid = event.target;
  }

  typed(input, again) {
    this.unsaid = null;
    super.typed(input, again);
  }

  startStep(notice) {
    this.unsaid = null;
    super.startStep(notice);
    this.showTop(); // the bar that one pulls down must not be under the instruction
  }

  onClick(event) {
    const target = event.target.closest("button[data-gesture]");
    if (!target || !this.screen.contains(target)) return;
    const gesture = target.getAttribute("data-gesture");
    this.leftInput = null;
    this.pressing = false;
    if (this.unsaid) this.typed(this.unsaid);
    this.do(gesture);
  }

  onFocus(event) {
    const field = event.target.closest("input[data-gesture], textarea[data-gesture]");
    if (!field || this.showing) return;
    const gesture = field.getAttribute("data-gesture");
    if (this.state.clavier === gesture) return;
    this.state.clavier = gesture;
    this.fitKeyboard();
    this.showField(this.screen.querySelector(".phone-content"));
  }

  // The field that one writes in stands above the keys.
  showField(box) {
    const field = box && this.state.clavier && this.find(this.state.clavier);
    const hidden = field ? field.getBoundingClientRect().bottom + 8 - box.getBoundingClientRect().bottom : 0;
    if (hidden > 0) box.scrollTop += hidden;
  }

  fitKeyboard() {
    const place = this.screen.querySelector(".phone-keys");
    const field = this.state.clavier && this.find(this.state.clavier);
    if (!place) return;
    if (!field) { this.state.clavier = null; place.textContent = ""; return; }
    const kind = field.getAttribute("data-keys") || "lettres";
    if (!place.firstChild) place.append(this.keyboard.open(kind));
  }

  // --- what gestures do ---

  apply(state, verb, target, detail) {
    const said = state.avis;
    state.avis = "";
    state.venu = [];
    const [object, value] = target.split("=");
    if (verb.slice(0, 9) === "demander_") ask(state, verb.slice(9), target, this);
    else if (verb === "appui_long") this.longPress(state, object);
    else if (ACTIONS[verb]) {
      if (verb !== "ecrire") { state.dialogue = null; if (verb !== "volet" && verb !== "regler" && verb !== "lampe" && verb !== "effacer" && verb !== "volume") state.volet = false; }
      if (verb !== "menu" && verb !== "menu_post" && verb !== "ecrire") state.menu = null;
      ACTIONS[verb](state, object, value, this, detail);
    }
    if (verb === "ecrire" && !state.avis) state.avis = said;
    state.venu.forEach((name) => this.happens(name));
  }

  // "app_meteo" held: what is held, and which.
  longPress(state, object) {
    const at = object.indexOf("_");
    const kind = at < 0 ? object : object.slice(0, at);
    if (LONG_PRESSES[kind]) LONG_PRESSES[kind](state, object.slice(at + 1), this);
  }
}

// Another page of the application in front.
export function go(state, nom, id) {
  state.pile.push({ nom, id: id || null });
  state.clavier = null;
}

// Something came of the gesture, whatever the way there.
export function came(state, name) {
  if (state.venu) state.venu.push(name);
}

export function openApp(state, id) {
  came(state, `app_${id}`);
  state.lieu = "app";
  state.app = id;
  state.pile = [];
  state.clavier = null;
  state.ouvertes = [id].concat(state.ouvertes.filter((one) => one !== id));
  if (id === "messages" || id === "whatsapp") state.canal = id;
}

const QUESTIONS = {
  desinstaller: ["Désinstaller cette application ?", "Ses données seront effacées.", "Désinstaller", "trash"],
  supprimer_conversation: ["Supprimer cette conversation ?", "Tous ses messages seront effacés.", "Supprimer", "trash"],
  bloquer: ["Bloquer ce numéro ?", "Il ne pourra plus vous joindre.", "Bloquer", "ban"],
  signaler: ["Signaler ?", "Une équipe regardera ce message.", "Signaler", "flag"],
  supprimer_photo: ["Mettre à la corbeille ?", "La photo y reste 30 jours.", "Mettre à la corbeille", "trash"],
  vider_corbeille: ["Vider la corbeille ?", "Les photos seront effacées pour toujours.", "Vider", "trash"],
  supprimer_contact: ["Supprimer ce contact ?", "Le nom et le numéro seront effacés.", "Supprimer", "trash"],
  installer_systeme: ["Installer maintenant ?", "Le téléphone redémarre. Comptez 10 minutes.", "Installer", "download"],
};

function ask(state, verb, target, phone) {
  const [titre, texte, oui, icone] = QUESTIONS[verb];
  if (verb === "installer_systeme" && !online(state)) { state.avis = "Il faut le Wi-Fi pour télécharger."; return; }
  if (verb === "installer_systeme" && state.batterie < 30 && !state.en_charge) { state.avis = "Batterie trop basse. Branchez le chargeur."; return; }
  state.menu = null;
  state.dialogue = { titre, texte, choix: [["annuler", "x", "Annuler"], [target ? `${verb}:${target}` : verb, icone, oui, true]] };
  if (phone) phone.asked = verb;
}

export function online(state) {
  return state.valeurs.wifi === "oui" && state.valeurs.avion !== "oui" && Boolean(state.reseau);
}
