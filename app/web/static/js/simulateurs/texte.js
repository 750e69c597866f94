// A word processor. Each paragraph is a field of its own: writing, choosing and copying are the browser's, with its keys.

import { Simulator, define, h } from "./simulateur.js";
import { known } from "./donnees/texte.js";

const STYLES = [["gras", "Gras", "bold"], ["italique", "Italique", "italic"], ["souligner", "Souligné", "underline"]];
const WAYS = [["gauche", "Aligner à gauche", "align-left"], ["centrer", "Centrer", "align-center"], ["droite", "Aligner à droite", "align-right"]];
const FOLDERS = [
  ["documents", "Documents", "folder"], ["images", "Images", "photo"], ["telechargements", "Téléchargements", "download"],
  ["bureau", "Bureau", "device-desktop"], ["corbeille", "Corbeille", "trash"],
];
const FORMATS = [["texte", "Texte à modifier", "file-text"], ["pdf", "PDF", "file-type-pdf"], ["image", "Image", "photo"]];
const FORMATTING = ["gras", "italique", "souligner", "centrer", "gauche", "droite", "taille"];

class Writer extends Simulator {
  begin(start) {
    const textes = { nom_fichier: "" };
    start.blocs.forEach((block) => { textes[block.id] = block.texte || ""; Object.assign(block, { taille: 0, cote: "gauche" }); });
    return Object.assign(start, { textes, choix: null, curseur: null, presse: null, question: null, dossier: null, format: "texte", avis: "", avant: [], apres: [], nomme: "" });
  }

  title(state) {
    return state.question || "page";
  }

  view(state) {
    return [
      h("p", { class: "app-title" }, state.nomme || state.titre),
      h("div", { class: "screen-body texte" }, state.question ? this.asking(state) : [
        this.bar(state),
        state.avis && h("p", { class: "texte-said", role: "status" }, state.avis),
        state.papier && state.papier.length ? h("div", { class: "texte-model", role: "group", "aria-label": "Papier à recopier" }, state.papier.map((line) => h("p", {}, this.unbroken(line)))) : null,
        h("div", { class: "texte-page" }, state.blocs.map((block) => this.block(block))),
      ]),
    ];
  }

  tool(gesture, name, icon, pressed) {
    return this.button(gesture, { class: "zone texte-tool", "aria-label": name, "aria-pressed": pressed === undefined ? null : String(pressed) }, this.icon(icon));
  }

  // Buttons act on the paragraph that is chosen; without one they say so.
  bar(state) {
    const chosen = state.blocs.find((one) => one.id === state.choix);
    const on = (verb, value) => (chosen ? `${verb}:${chosen.id}${value ? "=" : ""}${value || ""}` : verb);
    const cursor = state.curseur || "";
    return h("div", { class: "texte-bar", role: "group", "aria-label": "Outils" },
      this.tool("nouveau", "Nouvelle page", "file-plus"), this.tool("enregistrer", "Enregistrer", "device-floppy"), this.tool("imprimer", "Imprimer", "printer"),
      this.tool("annuler", "Annuler", "arrow-back-up"), this.tool("refaire", "Refaire", "arrow-forward-up"),
      this.tool(cursor ? `selectionner:${cursor}` : "selectionner", "Tout choisir", "marquee-2"),
      this.tool(on("couper"), "Couper", "cut"), this.tool(on("copier"), "Copier", "copy"), this.tool(cursor ? `coller:${cursor}` : "coller", "Coller", "clipboard"),
      STYLES.map(([verb, name, icon]) => this.tool(on(verb), name, icon, Boolean(chosen && chosen[verb]))),
      this.tool(on("taille", "plus"), "Lettres plus grandes", "text-increase"), this.tool(on("taille", "moins"), "Lettres plus petites", "text-decrease"),
      WAYS.map(([verb, name, icon]) => this.tool(on(verb), name, icon, Boolean(chosen && chosen.cote === verb))));
  }

  block(block) {
    const css = ["gras", "italique", "souligner"].filter((style) => block[style]).join(" ");
    const field = this.field(`ecrire:${block.id}`, block.nom, {
      lines: block.lignes, class: `input texte-block ${css} size-${block.taille} side-${block.cote} ${this.state.choix === block.id ? "chosen" : ""}`,
    });
    field.firstChild.classList.add("visually-hidden");
    return field;
  }

  asking(state) {
    const pick = (gesture, name, icon, on) => this.button(gesture, { class: "zone screen-button", "aria-pressed": String(on) }, this.icon(icon), h("span", {}, name));
    return h("div", { class: "window" }, h("p", { class: "window-title" }, "Enregistrer la page"),
      this.field("ecrire:nom_fichier", "Nom du fichier", { "data-enter": "valider_nom" }),
      h("p", { class: "sim-field-name" }, "Dans quel dossier ?"),
      h("div", { class: "screen-buttons" }, FOLDERS.map(([id, name, icon]) => pick(`dans:${id}`, name, icon, state.dossier === id))),
      h("p", { class: "sim-field-name" }, "Sous quelle forme ?"),
      h("div", { class: "screen-buttons" }, FORMATS.map(([id, name, icon]) => pick(`format:${id}`, name, icon, state.format === id))),
      state.avis && h("p", { class: "texte-said", role: "status" }, state.avis),
      h("div", { class: "screen-buttons" },
        this.button("valider_nom", { class: "zone screen-button main" }, this.icon("check"), h("span", {}, "Enregistrer")),
        this.button("abandonner", { class: "zone screen-button" }, this.icon("x"), h("span", {}, "Annuler"))));
  }

  render() {
    super.render();
    this.screen.querySelectorAll("textarea").forEach(fit);
  }

  listen() {
    super.listen();
    const look = () => setTimeout(() => this.lookAtChoice(), 30);
    ["select", "keyup", "mouseup", "touchend", "focusin"].forEach((name) => this.screen.addEventListener(name, look));
    this.screen.addEventListener("copy", () => this.byKeys("copier"));
    this.screen.addEventListener("cut", (event) => { event.preventDefault(); this.byKeys("couper"); });
    this.screen.addEventListener("paste", (event) => {
      const block = this.blockOf(event.target);
      if (!block || this.state.presse === null) return;
      event.preventDefault();
      this.do(`coller:${block}`);
    });
  }

  onKey(event) {
    super.onKey(event);
    const key = (event.ctrlKey || event.metaKey) && event.key.toLowerCase();
    const gesture = key === "z" ? "annuler" : key === "y" ? "refaire" : key === "s" ? "enregistrer"
      : key === "b" && this.state.choix ? `gras:${this.state.choix}` : key === "i" && this.state.choix ? `italique:${this.state.choix}` : null;
    if (!gesture) return;
    event.preventDefault();
    this.do(gesture);
  }

  onInput(event) {
    super.onInput(event);
    if (event.target.matches("textarea")) fit(event.target);
  }

  find(gesture) {
    return super.find(gesture) || (/^(pointer|selectionner):/.test(gesture) ? super.find(`ecrire:${gesture.split(":")[1]}`) : null);
  }

  blockOf(target) {
    const id = target && target.matches && target.matches("textarea.texte-block") ? target.getAttribute("data-gesture").split(":")[1] : null;
    return id;
  }

  // What is chosen in the paragraph where the cursor is. All of it: the tools act on it. A part: they wait for more.
  lookAtChoice() {
    const input = document.activeElement;
    const block = this.screen.contains(input) && this.blockOf(input);
    if (!block || this.pressing || this.showing || this.over) return;
    const { state } = this;
    const chosen = input.value.slice(input.selectionStart, input.selectionEnd).trim();
    const all = chosen !== "" && chosen === input.value.trim();
    const moved = state.curseur !== block;
    if (all && state.choix !== block) this.do(`selectionner:${block}`);
    else if (moved) this.do(`pointer:${block}`);
    else if (!all && state.choix) { state.choix = null; this.render(); }
  }

  byKeys(verb) {
    const block = this.blockOf(document.activeElement);
    if (block) this.do(`${verb}:${block}`);
  }

  apply(state, verb, target) {
    const [id, value] = target.split("=");
    const block = state.blocs.find((one) => one.id === id);
    state.avis = "";
    if (FORMATTING.indexOf(verb) >= 0) { this.format(state, verb, block, value); return; }
    const actions = {
      ecrire: () => this.remember(state),
      pointer: () => { state.curseur = id; state.choix = null; },
      selectionner: () => { if (block) Object.assign(state, { choix: id, curseur: id }); else state.avis = "Touchez d’abord une ligne."; },
      copier: () => { if (block) { state.presse = { de: id, texte: this.chosenText(id) }; state.avis = "C’est copié."; } else this.askToChoose(state); },
      couper: () => {
        if (!block) { this.askToChoose(state); return; }
        this.remember(state);
        state.presse = { de: id, texte: this.chosenText(id) };
        this.write(id, "");
      },
      coller: () => this.paste(state, block),
      annuler: () => this.goBack(state, state.avant, state.apres),
      refaire: () => this.goBack(state, state.apres, state.avant),
      enregistrer: () => { state.question = "enregistrer"; },
      dans: () => { state.dossier = id; },
      format: () => { state.format = id; },
      abandonner: () => { state.question = null; },
      valider_nom: () => this.save(state),
      imprimer: () => { state.avis = "La page est prête pour l’imprimante."; },
      nouveau: () => { state.avis = "Enregistrez d’abord cette page."; },
    };
    if (actions[verb]) actions[verb]();
  }

  format(state, verb, block, value) {
    if (!block) { this.askToChoose(state); return; }
    this.remember(state);
    if (verb === "taille") block.taille = Math.max(-1, Math.min(3, block.taille + (value === "plus" ? 1 : -1)));
    else if (WAYS.some((way) => way[0] === verb)) block.cote = verb;
    else block[verb] = !block[verb];
  }

  askToChoose(state) {
    state.avis = "Choisissez d’abord tout le texte à changer.";
  }

  chosenText(id) {
    const input = this.find(`ecrire:${id}`);
    const part = input ? input.value.slice(input.selectionStart, input.selectionEnd) : "";
    return part.trim() || this.written(id);
  }

  paste(state, block) {
    if (!state.presse) { state.avis = "Rien n’est copié pour le moment."; return; }
    if (!block) { state.avis = "Touchez d’abord l’endroit où coller."; return; }
    this.remember(state);
    const input = this.find(`ecrire:${block.id}`);
    const text = this.written(block.id);
    const from = input ? input.selectionStart : text.length;
    const to = input ? input.selectionEnd : text.length;
    this.write(block.id, text.slice(0, from) + state.presse.texte + text.slice(to));
    this.happens(`colle_${state.presse.de}=${block.id}`);
  }

  write(id, text) {
    this.state.textes = Object.assign({}, this.state.textes, { [id]: text });
  }

  // Each change may be taken back, one by one.
  remember(state) {
    state.avant = state.avant.concat([snapshot(state)]).slice(-30);
    state.apres = [];
  }

  goBack(state, from, to) {
    const wanted = from.pop();
    if (!wanted) { state.avis = "Rien à changer."; return; }
    to.push(snapshot(state));
    const back = JSON.parse(wanted);
    state.blocs = back.blocs;
    state.textes = Object.assign({}, state.textes, back.textes);
  }

  save(state) {
    const name = (state.textes.nom_fichier || "").trim();
    if (!name) { state.avis = "Donnez un nom au fichier."; return; }
    if (!state.dossier) { state.avis = "Choisissez un dossier."; return; }
    Object.assign(state, { nomme: name, question: null, avis: `« ${name} » est enregistré.` });
    this.happens("enregistre");
    this.happens(`enregistre=${state.dossier}`);
    if (state.format === "pdf") this.happens("enregistre=pdf");
  }
}

function snapshot(state) {
  return JSON.stringify({ blocs: state.blocs, textes: state.textes });
}

function fit(area) {
  area.style.setProperty("height", "auto");
  area.style.setProperty("height", `${area.scrollHeight + 4}px`);
}

define("jalons-texte", Writer, known);
