// What the simulators of sites share: the paper beside the screen, a browser's bar, pages made of blocs, small windows.

import { Simulator, h } from "./simulateur.js";
import { matches } from "./orthographe.js";

export const plainWords = (text) => (text || "").toLowerCase().split(/[^a-z0-9àâäçéèêëîïôöùûüÿœæ]+/).filter(Boolean);

// An address that may be cut after its dots and hyphens only.
export function breakable(address) {
  return (address.match(/[^.\-/]*[.\-/]?/g) || []).filter(Boolean).map((part) => [part, h("wbr")]);
}

export function sharesWord(words, wanted) {
  return words.some((word) => matches(word, wanted, "large"));
}

export const APPLICATIONS = [
  ["navigateur", "Navigateur", "world"], ["fichiers", "Fichiers", "folder"], ["photos", "Photos", "photo"], ["messages", "Messages", "message-circle"],
  ["agenda", "Agenda", "calendar"], ["meteo", "Météo", "sun"], ["reglages", "Réglages", "settings"], ["jeux", "Jeux", "device-gamepad-2"],
];

export class WebSimulator extends Simulator {
  // What opens at the top of a page is shown, even to someone who had scrolled down.
  render() {
    super.render();
    const told = JSON.stringify([this.state.panneau, this.state.termine, this.state.alertes]);
    const node = this.told !== undefined && told !== this.told && this.screen.querySelector(".window, .web-downloaded, .web-notice.bad");
    this.told = told;
    if (!node) return;
    const top = node.getBoundingClientRect().top;
    const seen = Math.max(0, this.instruction.getBoundingClientRect().bottom);
    if (top < seen || top > window.innerHeight - 80) window.scrollBy(0, top - seen - 12);
  }

  // A button with its drawing; `css` may add "main".
  act(gesture, icon, text, css, attributes) {
    return this.button(gesture, Object.assign({ class: `zone screen-button ${css || ""}` }, attributes), icon && this.icon(icon), h("span", {}, text));
  }

  // An icon alone, named for those who do not see it.
  tool(gesture, icon, name, attributes) {
    return this.button(gesture, Object.assign({ class: "zone bar-entry", "aria-label": name, title: name }, attributes), this.icon(icon));
  }

  row(gesture, icon, title, text, detail, attributes) {
    return this.button(gesture, Object.assign({ class: "zone row" }, attributes),
      icon && h("span", { class: "row-icon" }, this.icon(icon)),
      h("span", { class: "row-text" }, h("span", { class: "row-title" }, title), text && h("span", { class: "row-body" }, text)),
      detail && h("span", { class: "row-detail" }, detail));
  }

  tile(gesture, icon, name) {
    return this.button(gesture, { class: "zone tile" }, h("span", { class: "tile-icon" }, this.icon(icon)), h("span", {}, name));
  }

  buttons(...buttons) {
    return h("div", { class: "screen-buttons" }, buttons);
  }

  heading(text) {
    return h("p", { class: "screen-title" }, text);
  }

  text(text, css) {
    return h("p", { class: `screen-text ${css || ""}` }, text);
  }

  // A line that tells what went well, what to look at, or what is wrong: the icon and the words say it, not the colour.
  notice(icon, text, css) {
    return h("p", { class: `web-notice ${css || ""}` }, this.icon(icon), h("span", {}, text));
  }

  // What someone has on paper beside the screen, to copy from.
  paper(lines) {
    if (!lines || !lines.length) return null;
    return h("div", { class: "paper-note" }, this.icon("note"), h("div", {}, h("p", { class: "paper-title" }, "Votre papier"), lines.map((line) => h("p", {}, this.unbroken(line)))));
  }

  // One answer among several, as buttons that stay pressed.
  choice(name, label, options, chosen, attributes) {
    return h("div", Object.assign({ class: "web-choice", role: "group", "aria-label": label }, attributes),
      h("p", { class: "sim-field-name", "aria-hidden": "true" }, label),
      h("div", { class: "screen-buttons" }, options.map((option) => this.button(`choisir:${name}=${option.id}`, { class: "zone web-option", "aria-pressed": String(option.id === chosen) },
        option.icone ? this.icon(option.icone) : option.id === chosen && this.icon("check"), h("span", {}, option.nom)))));
  }

  box(gesture, label, on) {
    return this.button(gesture, { class: "zone box-line", role: "checkbox", "aria-checked": String(on) },
      h("span", { class: `box ${on ? "on" : ""}`, "aria-hidden": "true" }, on && this.icon("check")), h("span", {}, label));
  }

  switchRow(gesture, icon, title, text, on) {
    return this.button(gesture, { class: "zone row", role: "switch", "aria-checked": String(on) },
      icon && h("span", { class: "row-icon" }, this.icon(icon)),
      h("span", { class: "row-text" }, h("span", { class: "row-title" }, title), text && h("span", { class: "row-body" }, text)),
      h("span", { class: `switch ${on ? "on" : ""}`, "aria-hidden": "true" }));
  }

  window(title, ...content) {
    return h("div", { class: "window", role: "group", "aria-label": title }, h("p", { class: "window-title" }, title), content);
  }

  // A message of the page itself, with its way out.
  message(text) {
    return text && h("div", { class: "window web-message" }, h("p", { class: "screen-text" }, text), this.buttons(this.act("fermer", "x", "Fermer")));
  }

  // The bar of a browser whose address is only read: for sites where the way does not go through the address.
  siteBar(address, secure) {
    return h("div", { class: "browser" },
      this.tool("retour", "arrow-left", "Page précédente"),
      this.button("regarder:site", { class: "zone address", "aria-label": `Adresse du site : ${address}` }, this.icon(secure === false ? "lock-off" : "lock"), h("span", {}, breakable(address))),
      this.tool("actualiser", "refresh", "Actualiser la page"));
  }

  siteInfo(address, secure) {
    return this.window("Ce site", h("p", { class: "screen-text web-address" }, address),
      secure === false
        ? this.notice("alert-triangle", "Non sécurisé : ce que vous écrivez peut être lu en route.")
        : this.text("Le trajet est protégé. Cela ne dit pas qui est derrière le site."),
      this.buttons(this.act("fermer", "x", "Fermer")));
  }

  blocks(blocs) {
    const drawn = [];
    let rows = null;
    (blocs || []).forEach((bloc) => {
      const isRow = (bloc.lien || bloc.fichier) && (bloc.icone || bloc.fichier);
      if (isRow && !rows) { rows = h("div", { class: "rows" }); drawn.push(rows); }
      if (!isRow) rows = null;
      const node = this.bloc(bloc);
      if (isRow) rows.append(node); else drawn.push(node);
    });
    return drawn;
  }

  bloc(bloc) {
    if (bloc.titre) return this.heading(bloc.titre);
    if (bloc.lien && bloc.icone) return this.row(`lien:${bloc.lien}`, bloc.icone, bloc.texte, bloc.annonce ? "Annonce" : null, bloc.detail);
    if (bloc.lien) return h("div", { class: bloc.annonce ? "web-ad" : null }, bloc.annonce && h("span", { class: "ad-mark" }, "Annonce"), this.button(`lien:${bloc.lien}`, { class: "zone screen-link" }, bloc.texte));
    if (bloc.bouton) return this.buttons(this.act(`lien:${bloc.bouton}`, bloc.icone, bloc.texte, "main"));
    if (bloc.fichier) return this.row(`telecharger:${bloc.fichier}`, "download", bloc.nom, bloc.texte || "Télécharger", bloc.detail);
    if (bloc.action) return this.buttons(this.act(`action:${bloc.action}`, bloc.icone, bloc.texte));
    if (bloc.image) return h("div", { class: "picture web-picture" }, this.icon(bloc.icone, bloc.image));
    if (bloc.champ) return this.field(`ecrire:${bloc.champ}`, bloc.nom);
    if (bloc.choix) return this.choice(bloc.choix, bloc.nom, bloc.options, (this.state.choix || {})[bloc.choix] || bloc.valeur);
    return this.text(bloc.texte);
  }

  // The device's own screen, behind the site.
  deviceHome() {
    return h("div", { class: "screen-body device-home" }, h("div", { class: "tiles" }, APPLICATIONS.map(([id, name, icon]) => this.tile(`app:${id}`, icon, name))));
  }

  // Leaving a site for the device's screen, and coming back to it; true where the gesture was one of those.
  leaves(state, verb, target) {
    if (verb === "bureau") { state.bureau = true; return true; }
    if (verb !== "app") return false;
    state.bureau = target !== "navigateur";
    if (state.bureau) this.announce("Rien de nouveau ici.");
    return true;
  }

  // The bottom of the device: the button that every one has.
  deviceBar(...others) {
    const name = this.scene.appareil === "ordinateur" ? "Bureau" : "Accueil";
    return h("div", { class: "device-bar", role: "group", "aria-label": "Bas de l’écran" }, others, this.button("bureau", { class: "zone bar-entry" }, this.icon("home"), h("span", {}, name)));
  }
}
