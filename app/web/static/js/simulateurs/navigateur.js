// The browser: it belongs to no brand. Each tab is a pile of views; the one on top is seen.

import { define, h } from "./simulateur.js";
import { APPLICATIONS, WebSimulator, plainWords, sharesWord } from "./web.js";
import { known } from "./donnees/navigateur.js";

const FOLDERS = [["documents", "Documents", "folder"], ["images", "Images", "photo"], ["musique", "Musique", "music"], ["telechargements", "Téléchargements", "download"]];
const FILTERS = [["tous", "Tous", "search"], ["images", "Images", "photo"], ["videos", "Vidéos", "video"], ["actualites", "Actualités", "news"]];
const MENU = [
  ["nouvel_onglet", "Nouvel onglet", "plus"], ["favoris", "Favoris", "star"], ["historique", "Historique", "history"], ["telechargements", "Téléchargements", "download"],
  ["imprimer", "Imprimer", "printer"], ["agrandir", "Agrandir le texte", "text-size"],
];
const MOST_TABS = 6;

const plainAddress = (text) => text.trim().toLowerCase().replace(/^https?:\/\//, "").replace(/^www\./, "").replace(/\/+$/, "");

class Browser extends WebSimulator {
  begin(start) {
    const tabs = (start.onglets || []).map((page) => [{ genre: "page", page }]);
    this.state = start;
    const adresse = tabs.length ? this.address(start.onglets[0]) : "";
    return Object.assign(start, {
      piles: tabs.length ? tabs : [[{ genre: "vide" }]], actif: 0, lieu: "navigateur", panneau: null, textes: { adresse }, choix: {},
      arrives: [], termine: null, cookies: {}, marques: (start.favoris || []).slice(), lus: (start.onglets || []).slice(), filtre: "tous", grand: false,
    });
  }

  // --- what is where ---

  get seen() {
    const pile = this.state.piles[this.state.actif];
    return pile[pile.length - 1];
  }

  get isPhone() {
    return this.scene.appareil === "telephone";
  }

  page(id) {
    for (const site of this.state.sites) {
      const page = site.pages.find((one) => one.id === id);
      if (page) return { site, page };
    }
    return null;
  }

  address(id) {
    const { site, page } = this.page(id);
    if (page === site.pages[0]) return site.adresse;
    return `${site.adresse}/${page.chemin || page.id.replace(/_/g, "-")}`;
  }

  name(view) {
    const fixed = { vide: "Nouvel onglet", introuvable: "Page introuvable", telechargements: "Téléchargements", historique: "Historique", favoris: "Favoris", onglets: "Onglets" };
    if (view.genre === "page") return this.page(view.page).page.nom;
    if (view.genre === "recherche") return `Recherche : ${view.mots}`;
    if (view.genre === "fichier") return this.file(view.fichier).nom;
    return fixed[view.genre];
  }

  file(id) {
    const there = (this.state.fichiers || []).find((one) => one.id === id);
    if (there) return there;
    for (const site of this.state.sites) {
      for (const page of site.pages) {
        const bloc = page.blocs.find((one) => one.fichier === id);
        if (bloc) return { id, nom: bloc.nom, icone: bloc.icone || "file-text" };
      }
    }
    return null;
  }

  title(state) {
    return `${state.lieu}/${state.actif}/${JSON.stringify(this.seen)}`;
  }

  // --- drawing ---

  view(state) {
    const places = { navigateur: () => this.browser(state), bureau: () => this.deviceHome(), fichiers: () => this.files(state), app: () => this.application(state), fichier: () => this.document(state) };
    return [this.paper(state.papier), places[state.lieu](), this.deviceBar(state.lieu !== "navigateur" && this.button("app:navigateur", { class: "zone bar-entry" }, this.icon("world"), h("span", {}, "Navigateur")))];
  }

  browser(state) {
    return [
      !this.isPhone && this.tabStrip(state),
      this.addressBar(state),
      h("div", { class: `screen-body web-page ${state.grand ? "large" : ""}` },
        state.panneau && this.panel(state),
        state.termine && this.downloaded(state.termine),
        this.cookies(),
        this[{ page: "pageView", recherche: "results", vide: "empty", introuvable: "unknown", telechargements: "downloads", historique: "history", favoris: "favourites", fichier: "opened", onglets: "overview" }[this.seen.genre]](state)),
      this.isPhone && h("div", { class: "browser web-tools", role: "group", "aria-label": "Navigateur" }, this.tools(state)),
    ];
  }

  tabStrip(state) {
    return h("div", { class: "web-tabs", role: "group", "aria-label": "Onglets" }, state.piles.map((pile, n) => h("span", { class: `web-tab ${n === state.actif ? "front" : ""}` },
      this.button(`onglet:${n + 1}`, { class: "zone tab", "aria-pressed": String(n === state.actif) }, h("span", { class: "tab-name" }, this.name(pile[pile.length - 1]))),
      this.tool(`fermer_onglet:${n + 1}`, "x", `Fermer l’onglet ${this.name(pile[pile.length - 1])}`))),
    this.tool("nouvel_onglet", "plus", "Nouvel onglet"));
  }

  addressBar(state) {
    const site = this.seen.genre === "page" && this.page(this.seen.page).site;
    const unsafe = site && site.securise === false;
    return h("div", { class: "browser" },
      !this.isPhone && this.tool("retour", "arrow-left", "Page précédente"),
      site && this.tool("regarder:site", unsafe ? "lock-off" : "lock", unsafe ? "Site non sécurisé" : "Ce site"),
      h("div", { class: "web-address-field" }, this.field("ecrire:adresse", "Adresse ou recherche", { inputmode: "url", enter: "aller" })),
      this.tool("aller", "arrow-right", "Aller"),
      !this.isPhone && this.tools(state));
  }

  tools(state) {
    const page = this.seen.genre === "page" && this.seen.page;
    const marked = state.marques.indexOf(page) >= 0;
    return [
      this.isPhone && this.tool("retour", "arrow-left", "Page précédente"),
      this.tool("actualiser", "refresh", "Actualiser la page"),
      this.tool("favori", "star", "Mettre en favori", { "aria-pressed": String(marked) }),
      this.isPhone && this.button("onglets", { class: "zone bar-entry", "aria-label": `Onglets ouverts : ${state.piles.length}` }, h("span", { class: "tab-count", "aria-hidden": "true" }, String(state.piles.length))),
      this.tool("menu", "dots-vertical", "Menu du navigateur", { "aria-expanded": String(state.panneau === "menu") }),
    ];
  }

  panel(state) {
    if (state.panneau === "menu") {
      return this.window("Menu", h("div", { class: "rows" }, MENU.map(([gesture, name, icon]) => this.row(gesture, icon, name))), this.buttons(this.act("fermer", "x", "Fermer")));
    }
    if (state.panneau === "site") {
      const { site } = this.page(this.seen.page);
      return this.siteInfo(this.address(this.seen.page), site.securise);
    }
    return this.message(state.panneau);
  }

  downloaded(id) {
    const file = this.file(id);
    return h("div", { class: "web-downloaded" }, this.notice("circle-check", `Téléchargement fini : ${file.nom}`), this.buttons(this.act(`ouvrir:${id}`, "file", "Ouvrir"), this.act("fermer", "x", "Fermer")));
  }

  cookies() {
    if (this.seen.genre !== "page") return null;
    const { site } = this.page(this.seen.page);
    if (!site.cookies || this.state.cookies[site.adresse]) return null;
    return this.window("Vos choix sur les cookies", this.text("Ce site voudrait suivre vos visites pour vous montrer des publicités."),
      this.buttons(this.act("cookies:accepter", "cookie", "Tout accepter"), this.act("cookies:refuser", "x", "Tout refuser")));
  }

  pageView() {
    const { site, page } = this.page(this.seen.page);
    const links = (place) => site.pages.filter((one) => one.place === place);
    return [
      h("div", { class: "web-site" }, this.icon(site.icone || "world"), h("span", {}, site.nom)),
      links("menu").length > 1 && h("div", { class: "web-menu", role: "navigation", "aria-label": site.nom }, links("menu").map((one) => this.button(`lien:${one.id}`, { class: "zone web-menu-entry", "aria-current": one === page ? "page" : null }, one.nom))),
      this.blocks(page.blocs),
      links("bas").length > 0 && h("div", { class: "web-foot" }, links("bas").map((one) => this.button(`lien:${one.id}`, { class: "zone screen-link" }, one.nom))),
    ];
  }

  results(state) {
    const found = this.seen.groupe && state.recherches.find((one) => one.id === this.seen.groupe);
    return [
      h("div", { class: "web-filters", role: "group", "aria-label": "Sortes de résultats" }, FILTERS.map(([id, name, icon]) => this.button(`filtre:${id}`, { class: "zone web-filter", "aria-pressed": String(id === state.filtre) }, this.icon(icon), h("span", {}, name)))),
      this.found(state, found),
    ];
  }

  found(state, found) {
    if (!found) return [this.heading("Aucun résultat"), this.text("Essayez avec d’autres mots, ou moins de mots.")];
    if (state.filtre !== "tous") return [this.text("Voici d’autres résultats pour ces mots."), h("div", { class: "tiles" }, found.resultats.map((one, n) => this.button("filtre:tous", { class: "zone tile" }, h("span", { class: "tile-icon" }, this.icon(FILTERS.find((kind) => kind[0] === state.filtre)[2])), h("span", {}, `${n + 1}. ${one.titre}`))))];
    return found.resultats.map((one) => this.button(`lien:${one.vers}`, { class: "zone web-result" },
      h("span", { class: "web-result-address" }, one.annonce && h("span", { class: "ad-mark" }, "Annonce"), this.address(one.vers)),
      h("span", { class: "web-result-title" }, one.titre), one.texte && h("span", {}, one.texte)));
  }

  empty(state) {
    return [this.heading("Nouvel onglet"), this.text("Écrivez une adresse ou des mots en haut."),
      state.marques.length > 0 && h("div", { class: "tiles" }, state.marques.map((id) => this.tile(`lien:${id}`, this.page(id).site.icone || "world", this.page(id).page.nom)))];
  }

  unknown() {
    return [h("div", { class: "picture web-picture" }, this.icon("file-off", "Une page vide")), this.heading("Cette adresse n’existe pas"), h("p", { class: "screen-text web-address" }, this.seen.adresse), this.text("Relisez chaque signe de l’adresse.")];
  }

  list(title, rows, none) {
    return [this.heading(title), rows.length ? h("div", { class: "rows" }, rows) : this.text(none)];
  }

  downloads(state) {
    return this.list("Téléchargements", this.inDownloads(state).map((file) => this.row(`ouvrir:${file.id}`, file.icone || "file", file.nom, null, file.detail)), "Aucun fichier pour le moment.");
  }

  inDownloads(state) {
    return state.arrives.map((id) => Object.assign({}, this.file(id), { detail: "à l’instant" })).concat(state.fichiers || []);
  }

  history(state) {
    return this.list("Historique", state.lus.map((id) => this.row(`lien:${id}`, "history", this.page(id).page.nom, this.address(id))), "Aucune page pour le moment.");
  }

  favourites(state) {
    return this.list("Favoris", state.marques.map((id) => this.row(`lien:${id}`, "star", this.page(id).page.nom, this.address(id))), "Aucun favori pour le moment.");
  }

  opened() {
    return this.paperView(this.file(this.seen.fichier));
  }

  paperView(file) {
    return [this.heading(file.nom), h("div", { class: "picture web-picture" }, this.icon(file.icone || "file", `Le fichier ${file.nom}`)), this.text("Le fichier est ouvert.")];
  }

  overview(state) {
    return [this.heading("Onglets ouverts"), h("div", { class: "rows" }, state.piles.map((pile, n) => {
      const view = pile.filter((one) => one.genre !== "onglets").pop();
      return h("div", { class: "web-tab-line" }, this.row(`onglet:${n + 1}`, "files", this.name(view), view.genre === "page" ? this.address(view.page) : null), this.tool(`fermer_onglet:${n + 1}`, "x", `Fermer l’onglet ${this.name(view)}`));
    })), this.buttons(this.act("nouvel_onglet", "plus", "Nouvel onglet"))];
  }

  // --- the device itself ---

  application(state) {
    const [, name, icon] = APPLICATIONS.find((one) => one[0] === state.application);
    return [h("p", { class: "app-title" }, name), h("div", { class: "screen-body" }, this.back(), h("div", { class: "picture web-picture" }, this.icon(icon, name)), this.text("Rien de nouveau ici."))];
  }

  back() {
    return h("div", { class: "bar" }, this.button("retour", { class: "zone bar-entry" }, this.icon("arrow-left"), h("span", {}, "Retour")));
  }

  files(state) {
    const folder = FOLDERS.find((one) => one[0] === state.dossier);
    const others = { documents: ["Assurance de la maison", "Lettre à la mairie"], images: ["Le jardin", "Noël"], musique: ["Biguine", "Valse"] };
    return [h("p", { class: "app-title" }, "Fichiers"), h("div", { class: "screen-body" },
      folder && this.back(),
      this.heading(folder ? folder[1] : "Mes dossiers"),
      folder
        ? h("div", { class: "rows" }, folder[0] === "telechargements" ? this.inDownloads(state).map((file) => this.row(`ouvrir:${file.id}`, file.icone || "file", file.nom, null, file.detail))
          : others[folder[0]].map((name) => h("p", { class: "row" }, h("span", { class: "row-icon" }, this.icon("file")), name)))
        : h("div", { class: "tiles" }, FOLDERS.map(([id, name, icon]) => this.tile(`dossier:${id}`, icon, name))))];
  }

  document(state) {
    return [h("p", { class: "app-title" }, "Fichiers"), h("div", { class: "screen-body" }, this.back(), this.paperView(this.file(state.fichier)))];
  }

  // --- what gestures change ---

  go(view) {
    const state = this.state;
    const pile = state.piles[state.actif];
    if (pile[pile.length - 1].genre === "onglets") pile.pop();
    pile.push(view);
    this.arrived(view);
  }

  arrived(view) {
    const state = this.state;
    state.lieu = "navigateur";
    state.panneau = null;
    state.termine = null;
    state.filtre = "tous";
    state.textes = Object.assign({}, state.textes, { adresse: view.genre === "page" ? this.address(view.page) : view.genre === "recherche" ? view.mots : view.adresse || "" });
    if (view.genre === "page") state.lus = [view.page].concat(state.lus.filter((id) => id !== view.page)).slice(0, 12);
    this.announce(this.name(view));
    this.happens({ page: view.page, recherche: view.groupe || "introuvable", fichier: `fichier_${view.fichier}` }[view.genre] || view.genre);
  }

  openAddress() {
    const written = (this.state.textes.adresse || "").trim();
    if (!written) return;
    const isAddress = written.indexOf(".") > 0 && !/\s/.test(written);
    if (!isAddress) { this.go({ genre: "recherche", mots: written, groupe: this.search(written) }); return; }
    const ids = [];
    this.state.sites.forEach((site) => site.pages.forEach((page) => ids.push(page.id)));
    const id = ids.find((one) => plainAddress(this.address(one)) === plainAddress(written));
    this.go(id ? { genre: "page", page: id } : { genre: "introuvable", adresse: written });
  }

  // The search that shares most words with what was written; none where no word is shared.
  search(written) {
    const words = plainWords(written);
    let best = null;
    let most = 0;
    (this.state.recherches || []).forEach((one) => {
      const count = one.mots.filter((wanted) => sharesWord(words, wanted)).length;
      if (count > most) { best = one.id; most = count; }
    });
    return best;
  }

  goBack() {
    const state = this.state;
    if (state.lieu === "fichier") { state.lieu = "fichiers"; return; }
    if (state.lieu === "fichiers" && state.dossier) { state.dossier = null; return; }
    if (state.lieu !== "navigateur") { state.lieu = "bureau"; return; }
    const pile = state.piles[state.actif];
    if (state.panneau) { state.panneau = null; return; }
    if (pile.length < 2) return;
    pile.pop();
    this.arrived(pile[pile.length - 1]);
  }

  toTab(n) {
    const state = this.state;
    if (!state.piles[n]) return;
    this.leaveOverview();
    state.actif = n;
    this.arrived(this.seen);
  }

  leaveOverview() {
    const pile = this.state.piles[this.state.actif];
    if (pile[pile.length - 1].genre === "onglets" && pile.length > 1) pile.pop();
  }

  closeTab(n) {
    const state = this.state;
    if (!state.piles[n]) return;
    this.leaveOverview();
    const [closed] = state.piles.splice(n, 1);
    if (!state.piles.length) state.piles.push([{ genre: "vide" }]);
    if (state.actif > n || state.actif >= state.piles.length) state.actif = Math.max(0, state.actif - 1);
    const view = closed[closed.length - 1];
    if (view.genre === "page") this.happens(`ferme_${view.page}`);
    this.arrived(this.seen);
  }

  press(id) {
    const state = this.state;
    const { page } = this.page(this.seen.page);
    const bloc = page.blocs.find((one) => one.action === id);
    if (!bloc) return;
    const missing = (bloc.demande || []).some((name) => !(state.textes[name] || "").trim());
    if (missing) { state.panneau = "Une case est encore vide. Remplissez-la."; return; }
    if (bloc.vers) this.go({ genre: "page", page: bloc.vers });
    if (bloc.message) state.panneau = bloc.message;
  }

  apply(state, verb, target) {
    const actions = {
      aller: () => this.openAddress(),
      lien: () => { this.leaveOverview(); this.go({ genre: "page", page: target }); },
      retour: () => this.goBack(),
      actualiser: () => { state.panneau = null; state.termine = null; },
      fermer: () => { state.panneau = null; state.termine = null; },
      menu: () => { state.panneau = state.panneau === "menu" ? null : "menu"; },
      regarder: () => { state.panneau = "site"; },
      imprimer: () => { state.panneau = "Aucune imprimante n’est allumée."; },
      agrandir: () => { state.grand = !state.grand; state.panneau = null; },
      favori: () => this.mark(),
      favoris: () => this.go({ genre: "favoris" }),
      historique: () => this.go({ genre: "historique" }),
      telechargements: () => this.go({ genre: "telechargements" }),
      onglets: () => this.go({ genre: "onglets" }),
      nouvel_onglet: () => {
        if (state.piles.length >= MOST_TABS) { state.panneau = "Beaucoup d’onglets sont ouverts. Fermez-en un."; return; }
        this.leaveOverview();
        state.piles.push([{ genre: "vide" }]);
        state.actif = state.piles.length - 1;
        this.arrived(this.seen);
      },
      onglet: () => this.toTab(Number(target) - 1),
      fermer_onglet: () => this.closeTab(Number(target) - 1),
      filtre: () => { state.filtre = target; },
      cookies: () => {
        state.cookies = Object.assign({}, state.cookies, { [this.page(this.seen.page).site.adresse]: target });
        if (target === "refuser") this.happens("cookies_refuses");
      },
      telecharger: () => {
        if (state.arrives.indexOf(target) < 0) state.arrives.unshift(target);
        state.termine = target;
        this.announce(`Téléchargement fini : ${this.file(target).nom}`);
        this.happens(`telecharge_${target}`);
      },
      ouvrir: () => {
        if (state.lieu === "fichiers") { state.lieu = "fichier"; state.fichier = target; this.happens(`fichier_${target}`); } else this.go({ genre: "fichier", fichier: target });
      },
      action: () => this.press(target),
      choisir: () => { const [name, option] = target.split("="); state.choix = Object.assign({}, state.choix, { [name]: option }); },
      bureau: () => { state.lieu = "bureau"; },
      app: () => {
        state.lieu = { navigateur: "navigateur", fichiers: "fichiers" }[target] || "app";
        state.application = target;
        state.dossier = null;
      },
      dossier: () => { state.dossier = target; },
    };
    if (actions[verb]) actions[verb]();
  }

  mark() {
    const state = this.state;
    if (this.seen.genre !== "page") return;
    const id = this.seen.page;
    const marked = state.marques.indexOf(id) >= 0;
    state.marques = marked ? state.marques.filter((one) => one !== id) : state.marques.concat([id]);
    state.panneau = marked ? "La page n’est plus dans vos favoris." : "La page est dans vos favoris.";
    if (!marked) this.happens(`favori_${id}`);
  }
}

define("jalons-navigateur", Browser, known);
