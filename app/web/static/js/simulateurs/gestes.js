// A table where hands are the point: double click, right click, drag, scroll; on a touch screen swipe, pinch, hold.

import { Simulator, define, h } from "./simulateur.js";
import { keyboard, typeKey } from "./clavier.js";
import { known } from "./donnees/gestes.js";

const MENU = [
  ["ouvrir", "Ouvrir", "folder-open"], ["favori", "Mettre en favori", "heart"], ["partager", "Partager", "share"],
  ["infos", "Informations", "info-circle"], ["supprimer", "Supprimer", "trash"],
];

class Table extends Simulator {
  begin(start) {
    const textes = {};
    start.objets.forEach((thing) => { textes[thing.id] = thing.texte || ""; thing.dans = null; });
    return Object.assign(start, { textes, choisi: null, menu: null, panneau: null, zoom: 1, touches: {} });
  }

  get touchScreen() {
    return this.scene.appareil !== "ordinateur";
  }

  title(state) {
    return state.ouvert || "table";
  }

  view(state) {
    return [
      h("p", { class: "app-title" }, state.ouvert ? this.thing(state.ouvert).nom : state.titre),
      h("div", { class: "screen-body" }, state.ouvert ? this.opened(this.thing(state.ouvert)) : this.table(state)),
    ];
  }

  thing(id) {
    return this.state.objets.find((one) => one.id === id);
  }

  table(state) {
    const shown = state.objets.filter((thing) => thing.dans === null);
    const bin = h("div", { class: "tile gestes-bin", "data-place": "corbeille", role: "group", "aria-label": "Corbeille" },
      h("span", { class: "tile-icon" }, this.icon("trash")), h("span", {}, "Corbeille"));
    return [
      h("div", { class: "tiles gestes-table" }, shown.map((thing) => [this.tile(thing), state.menu === thing.id && this.menu(thing)]), bin),
      this.panel(state),
    ];
  }

  tile(thing) {
    const verbs = this.touchScreen ? ["appui_long", "pointer"] : ["double", "clic_droit"];
    return h("button", {
      type: "button", class: "zone tile gestes-thing", "data-gestures": verbs.map((verb) => `${verb}:${thing.id}`).join(" "),
      "data-drag": !this.touchScreen && thing.id, "data-place": thing.genre === "dossier" && thing.id,
      "aria-pressed": String(this.state.choisi === thing.id), "aria-haspopup": "menu",
    }, h("span", { class: "tile-icon" }, this.icon(thing.icone)), h("span", {}, thing.nom), thing.aime && this.icon("heart", "favori"));
  }

  menu(thing) {
    return h("div", { class: "window gestes-menu", role: "group", "aria-label": `Menu de ${thing.nom}` },
      h("p", { class: "window-title" }, thing.nom),
      MENU.map(([verb, text, icon]) => this.button(`${verb}:${thing.id}`, { class: "zone bar-entry gestes-entry" }, this.icon(icon), h("span", {}, text))));
  }

  panel(state) {
    return state.panneau && h("div", { class: "window" },
      h("p", { class: "screen-text gestes-panel" }, state.panneau),
      h("div", { class: "screen-buttons" }, this.button("fermer", { class: "zone screen-button" }, this.icon("x"), h("span", {}, "Fermer"))));
  }

  opened(thing) {
    const views = { photo: "picture", plan: "picture", lecture: "letter", note: "note", dossier: "folder" };
    return [
      h("div", { class: "bar" }, this.button("retour", { class: "zone bar-entry" }, this.icon("arrow-left"), h("span", {}, "Retour"))),
      this[views[thing.genre]](thing),
      this.panel(this.state),
    ];
  }

  picture(thing) {
    const verbs = [`zoomer:${thing.id}=plus`, `zoomer:${thing.id}=moins`];
    if (thing.genre === "photo") verbs.push(`balayer:${thing.id}=gauche`, `balayer:${thing.id}=droite`);
    const large = this.state.zoom > 1;
    const shown = h("div", {
      class: `gestes-picture ${large ? "large" : ""}`, "data-gestures": verbs.join(" "), tabindex: "0", role: "group",
      "aria-label": `${thing.nom}${large ? ", en grand" : ""}. Touches : flèches, plus et moins.`,
    }, h("div", { class: "gestes-drawing" }, this.icon(thing.icone)),
    thing.detail && (large ? h("span", { class: "gestes-detail" }, thing.detail) : h("span", { class: "gestes-far", "aria-hidden": "true" })));
    const photos = this.photos();
    const dots = thing.genre === "photo" && h("p", { class: "gestes-count" }, `${photos.indexOf(thing) + 1} sur ${photos.length}`);
    return [shown, dots];
  }

  photos() {
    return this.state.objets.filter((one) => one.genre === "photo" && one.dans === null);
  }

  letter(thing) {
    return h("div", { class: "gestes-letter", "data-scroll": thing.id, tabindex: "0", role: "region", "aria-label": thing.nom },
      thing.lignes.map((line) => h("p", {}, line)));
  }

  folder(thing) {
    const inside = this.state.objets.filter((one) => one.dans === thing.id);
    if (!inside.length) return h("p", { class: "screen-text" }, "Ce dossier est vide.");
    return h("div", { class: "tiles" }, inside.map((one) => h("div", { class: "tile" }, h("span", { class: "tile-icon" }, this.icon(one.icone)), h("span", {}, one.nom))));
  }

  note(thing) {
    return [
      thing.modele && h("p", { class: "gestes-model" }, h("span", { class: "visually-hidden" }, "À recopier : "), thing.modele),
      this.field(`ecrire:${thing.id}`, thing.nom, this.touchScreen ? { inputmode: "none", lines: 2 } : { lines: 3 }),
      this.touchScreen && keyboard(this, this.state.touches),
    ];
  }

  // Keys are not gestures to follow: what is written is. Only a key held for its accents is one.
  do(gesture, detail) {
    const [verb, name] = gesture.split(":");
    if (verb === "pointer" && name.startsWith("touche_")) { this.press(name.slice(7)); return; }
    super.do(gesture, detail);
  }

  press(key) {
    if (this.over || this.showing) return;
    const id = this.state.ouvert;
    const before = this.find(`ecrire:${id}`);
    const at = before && before.selectionStart !== null ? before.selectionStart : this.written(id).length;
    const done = typeKey(this.written(id), at, key, this.state.touches);
    this.state.textes = Object.assign({}, this.state.textes, { [id]: done.text });
    this.render();
    const input = this.find(`ecrire:${id}`);
    if (input) input.setSelectionRange(done.at, done.at);
    clearTimeout(this.typing);
    if (input && this.isWanted(input)) this.typed(input);
  }

  apply(state, verb, target) {
    const [name, place] = target.split("=");
    const thing = this.thing(name);
    const open = (id) => { Object.assign(state, { ouvert: id, menu: null, choisi: null, panneau: null, zoom: 1, touches: {} }); this.happens(`ouvert=${id}`); };
    const moveTo = (where) => { thing.dans = where; state.menu = null; this.happens(`${name}=${where}`); };
    const actions = {
      pointer: () => {
        if (!thing) return;
        if (this.touchScreen && state.ouvert === null) open(name);
        else { state.choisi = name; state.menu = null; }
      },
      double: () => open(name),
      ouvrir: () => open(name),
      clic_droit: () => { state.menu = name; state.choisi = name; state.panneau = null; },
      appui_long: () => {
        if (name.startsWith("touche_")) state.touches = Object.assign({}, state.touches, { tenue: name.slice(7) });
        else { state.menu = name; state.panneau = null; }
      },
      deposer: () => moveTo(place),
      supprimer: () => moveTo("corbeille"),
      favori: () => { thing.aime = !thing.aime; state.menu = null; },
      partager: () => { state.menu = null; state.panneau = `À qui envoyer « ${thing.nom} » ?`; },
      infos: () => { state.menu = null; state.panneau = `« ${thing.nom} » date de dimanche.`; },
      zoomer: () => { state.zoom = place === "plus" ? 2 : 1; },
      balayer: () => this.turn(state, name, place === "gauche" ? 1 : -1, open),
      retour: () => { Object.assign(state, { ouvert: null, menu: null, panneau: null }); },
      fermer: () => { state.panneau = null; },
    };
    if (actions[verb]) actions[verb]();
  }

  // A finger to the left brings the next photo; after the last one, nothing comes.
  turn(state, name, step, open) {
    const photos = this.photos();
    const next = photos[photos.findIndex((one) => one.id === name) + step];
    if (next) open(next.id);
  }
}

define("jalons-gestes", Table, known);
