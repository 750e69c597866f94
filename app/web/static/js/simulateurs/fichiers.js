// A desktop that works: session, windows, folders and files, USB key, bin, sound, light, power. It belongs to no brand.
// On a touch screen it is the application "Fichiers" alone: one folder at a time, a tap opens, a held finger shows the menu.

import { Simulator, define, h } from "./simulateur.js";
import { desktop, powerOff, signIn } from "./fichiers/bureau.js";
import { PLACES, PROGRAMS } from "./fichiers/noms.js";
import { windowView } from "./fichiers/fenetres.js";
import { known } from "./donnees/fichiers.js";

const SHORTCUTS = { c: "copier", x: "couper" };

class Desktop extends Simulator {
  begin(start) {
    const windows = start.fenetres.map((id) => ({ id, grande: false, reduite: false }));
    if (this.scene.appareil !== "ordinateur" && !windows.length) windows.push({ id: "documents", grande: true, reduite: false });
    return Object.assign(start, {
      ecran: start.eteint ? "eteint" : start.mot_de_passe ? "session" : "bureau", fenetres: windows, textes: {},
      choisi: null, menu: null, volet: null, presse: null, question: null, muet: false, lettres: "moyennes", reglage: null, calcul: "", annonce: "",
    });
  }

  get touchScreen() {
    return this.scene.appareil !== "ordinateur";
  }

  title(state) {
    return `${state.ecran}/${state.fenetres.filter((one) => !one.reduite).map((one) => one.id).join("/")}`;
  }

  view(state) {
    if (state.ecran === "eteint") return powerOff(this);
    if (state.ecran === "session") return signIn(this);
    if (this.touchScreen) return [h("p", { class: "app-title" }, "Fichiers"), h("div", { class: "screen-body" }, state.fenetres.slice(-1).map((one) => windowView(this, one)))];
    return desktop(this, state);
  }

  file(id) {
    return this.state.elements.find((one) => one.id === id);
  }

  nameOf(id) {
    const file = this.file(id);
    if (file) return file.nom;
    if (id === "cle") return this.state.cle || "Clé USB";
    const known = PLACES.find((one) => one[0] === id) || PROGRAMS.find((one) => one[0] === id);
    return known ? known[1] : id;
  }

  isFolder(id) {
    const file = this.file(id);
    return file ? file.genre === "dossier" : PLACES.some((one) => one[0] === id);
  }

  // Sliders tell where they were left; shortcuts of the keyboard do what the menu does.
  onChange(event) {
    if (!event.target.matches("input[type=range]")) { super.onChange(event); return; }
    this.do(`glissiere:${event.target.name}=${event.target.value}`);
  }

  find(gesture) {
    return super.find(gesture) || (gesture.startsWith("glissiere:") ? super.find(gesture.split("=")[0]) : null);
  }

  onKey(event) {
    super.onKey(event);
    const chosen = this.state.choisi;
    if (event.target.matches("input, textarea") || !event.target.closest("[data-gestures]")) return;
    const verb = (event.ctrlKey || event.metaKey) && SHORTCUTS[event.key.toLowerCase()];
    const paste = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "v" && this.state.presse;
    const open = this.state.fenetres.filter((one) => !one.reduite && this.isFolder(one.id)).pop();
    const gesture = paste ? `coller:${open ? open.id : "bureau"}`
      : !chosen ? null : verb ? `${verb}:${chosen}` : { Delete: `supprimer:${chosen}`, F2: `renommer:${chosen}` }[event.key];
    if (!gesture) return;
    event.preventDefault();
    this.do(gesture);
  }

  apply(state, verb, target, detail) {
    const [name, place] = target.split("=");
    const act = ACTIONS[verb];
    if (act) act(this, state, name, place, detail);
  }

  // --- what gestures do; the state is already that of the step ---

  open(id) {
    const { state } = this;
    const there = state.fenetres.filter((one) => one.id !== id);
    const window = state.fenetres.find((one) => one.id === id) || { id, grande: this.touchScreen };
    window.reduite = false;
    state.fenetres = there.concat([window]);
    this.quiet();
    this.happens(`ouvert=${id}`);
  }

  quiet() {
    Object.assign(this.state, { menu: null, volet: null, choisi: null, question: null });
  }

  move(id, place) {
    const file = this.file(id);
    if (!file || id === place) return;
    file.avant = file.dans;
    file.dans = place;
    this.quiet();
    this.happens(`${id}=${place}`);
  }

  paste(place) {
    const { state } = this;
    if (!state.presse) return;
    const { id, mode } = state.presse;
    if (mode === "couper") { state.presse = null; this.move(id, place); return; }
    const file = this.file(id);
    state.elements.push(Object.assign({}, file, { id: `${id}_copie${state.elements.length}`, dans: place, nom: file.dans === place ? `${file.nom}, copie` : file.nom }));
    this.quiet();
    this.happens(`copie_${id}=${place}`);
  }

  // Asks for a name: of a file, or of the folder to be made in a place.
  askName(question, text) {
    this.quiet();
    this.state.question = question;
    this.state.textes = Object.assign({}, this.state.textes, { nom: text });
  }

  named() {
    const { state } = this;
    const { question } = state;
    const name = (state.textes.nom || "").trim();
    if (!question || !name) { state.annonce = "Écrivez un nom."; return; }
    state.question = null;
    state.annonce = "";
    if (question.id) {
      this.file(question.id).nom = name;
      this.happens(`nom=${question.id}`);
      return;
    }
    const id = this.file("nouveau") ? `nouveau${state.elements.length}` : "nouveau";
    state.elements.push({ id, nom: name, genre: "dossier", dans: question.dans, lignes: [] });
    this.happens(`nom=${id}`);
  }

  restart() {
    Object.assign(this.state, { fenetres: [], ecran: this.state.mot_de_passe ? "session" : "bureau", textes: {} });
    this.quiet();
  }
}

const ACTIONS = {
  allumer: (desk, state) => { state.ecran = state.mot_de_passe ? "session" : "bureau"; state.eteint = false; },
  bouton: (desk, state, name) => { state.annonce = name === "son" ? "L’ordinateur est éteint. Le son ne change rien." : "La caméra dort."; },
  prise: (desk, state) => { state.annonce = "C’est une prise. Un câble s’y branche."; },
  session: (desk, state) => { state.volet = "session"; },
  ouvrir_session: (desk, state) => {
    const right = (state.textes.mot_de_passe || "").trim() === state.mot_de_passe;
    state.annonce = right ? "" : "Ce mot de passe ne va pas. Relisez le papier.";
    if (right) { state.ecran = "bureau"; state.volet = null; desk.happens("ouvert=bureau"); }
  },
  menu: (desk, state) => { const open = state.volet === "menu"; desk.quiet(); state.volet = open ? null : "menu"; },
  marche: (desk, state) => { state.volet = "marche"; },
  eteindre: (desk, state) => { desk.restart(); state.ecran = "eteint"; },
  redemarrer: (desk) => desk.restart(),
  veille: (desk, state) => { desk.quiet(); state.ecran = "eteint"; },
  deconnecter: (desk) => desk.restart(),
  son: (desk, state) => { const open = state.volet === "son"; desk.quiet(); state.volet = open ? null : "son"; },
  muet: (desk, state) => { state.muet = !state.muet; },
  glissiere: (desk, state, name, value) => { state[name] = Number(value); if (name === "son") state.muet = false; },
  lettres: (desk, state, name) => { state.lettres = name; },
  reglage: (desk, state, name) => { state.reglage = name; },
  cle: (desk, state) => { const open = state.volet === "cle"; desk.quiet(); state.volet = open ? null : "cle"; },
  ejecter: (desk, state) => {
    state.volet = null; state.cleRetiree = true; state.annonce = "Vous pouvez retirer la clé.";
    state.fenetres = state.fenetres.filter((one) => one.id !== "cle");
  },
  programme: (desk, state, name) => desk.open(name),
  tache: (desk, state, name) => desk.open(name),
  double: (desk, state, name) => desk.open(name),
  ouvrir: (desk, state, name) => desk.open(name),
  aller: (desk, state, name) => {
    const front = state.fenetres.filter((one) => !one.reduite && desk.isFolder(one.id)).pop();
    if (front) state.fenetres = state.fenetres.filter((one) => one === front || one.id !== name);
    if (front) front.id = name;
    desk.open(name);
  },
  pointer: (desk, state, name) => {
    if (desk.touchScreen) { desk.open(name); return; }
    state.menu = null; state.volet = null;
    state.choisi = name;
  },
  clic_droit: (desk, state, name) => { desk.quiet(); state.menu = name; state.choisi = name; },
  appui_long: (desk, state, name) => { desk.quiet(); state.menu = name; state.choisi = name; },
  deposer: (desk, state, name, place) => desk.move(name, place),
  copier: (desk, state, name) => { state.presse = { id: name, mode: "copier" }; state.menu = null; },
  couper: (desk, state, name) => { state.presse = { id: name, mode: "couper" }; state.menu = null; },
  coller: (desk, state, place) => desk.paste(place),
  supprimer: (desk, state, name) => desk.move(name, "corbeille"),
  restaurer: (desk, state, name) => desk.move(name, desk.file(name).avant || "documents"),
  renommer: (desk, state, name) => desk.askName({ id: name }, desk.file(name).nom),
  infos: (desk, state, name) => { desk.quiet(); state.question = { infos: name }; },
  nouveau_dossier: (desk, state) => {
    const front = state.fenetres.filter((one) => !one.reduite && desk.isFolder(one.id)).pop();
    desk.askName({ dans: front ? front.id : "bureau" }, "");
  },
  valider_nom: (desk) => desk.named(),
  annuler: (desk, state) => { state.question = null; state.annonce = ""; },
  vider: (desk, state) => { desk.quiet(); state.question = { vider: true }; },
  confirmer_vider: (desk, state) => { desk.quiet(); state.elements = state.elements.filter((one) => one.dans !== "corbeille"); state.annonce = "La corbeille est vide."; },
  chercher: (desk, state) => { state.cherche = (state.textes.chercher || "").trim(); },
  reduire: (desk, state, name) => { state.fenetres.forEach((one) => { if (one.id === name) one.reduite = true; }); },
  agrandir: (desk, state, name) => { state.fenetres.forEach((one) => { if (one.id === name) one.grande = !one.grande; }); },
  fermer: (desk, state, name) => { if (name) state.fenetres = state.fenetres.filter((one) => one.id !== name); else desk.quiet(); state.question = null; },
  retour: (desk, state) => {
    if (state.fenetres.length > 1) state.fenetres.pop();
    else state.fenetres = [{ id: "documents", grande: true }];
    desk.quiet();
  },
};

define("jalons-fichiers", Desktop, known);
