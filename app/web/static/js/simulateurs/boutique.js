// Shops, sound or not: what they say of themselves is drawn as they would; telling them apart is what is measured.

import { define, h } from "./simulateur.js";
import { cardOnPaper, cardTroubles, drawBank, drawPayment } from "./paiement.js";
import { WebSimulator } from "./web.js";
import { known } from "./donnees/boutique.js";

const FOOT = { mentions: "Mentions légales", conditions: "Conditions de vente", retours: "Retours", avis: "Avis des clients", contact: "Nous écrire" };
const euros = (amount) => `${amount} €`;
const spoken = (amount) => `${amount} euros`;

class Shops extends WebSimulator {
  begin(start) {
    const paniers = {};
    const coches = {};
    start.boutiques.forEach((shop) => { paniers[shop.id] = shop.panier; shop.extras.forEach((extra) => { coches[extra.id] = extra.cochee; }); });
    const first = start.ouvert ? [{ ecran: "resultats" }, { ecran: "boutique", boutique: start.ouvert }] : [{ ecran: "resultats" }];
    return Object.assign(start, { pile: first, paniers, coches, livraison: null, choix: {}, cases: {}, textes: {}, alertes: {}, panneau: null, termine: null });
  }

  get place() {
    return this.state.pile[this.state.pile.length - 1];
  }

  get shop() {
    return this.state.boutiques.find((one) => one.id === this.place.boutique);
  }

  title(state) {
    return state.bureau ? "bureau" : JSON.stringify(this.place);
  }

  // --- what is in the basket ---

  get basket() {
    return this.state.paniers[this.shop.id];
  }

  lines(shop) {
    return shop.articles.filter((article) => this.state.paniers[shop.id][article.id]);
  }

  total(shop) {
    const articles = this.lines(shop).reduce((sum, article) => sum + article.prix * this.state.paniers[shop.id][article.id], 0);
    const extras = shop.extras.filter((extra) => this.state.coches[extra.id]).reduce((sum, extra) => sum + extra.prix, 0);
    const delivery = shop.livraisons.find((one) => one.id === this.state.livraison);
    return articles + extras + (delivery ? delivery.prix : 0);
  }

  order(shop) {
    return { marchand: shop.nom, montant: spoken(this.total(shop)), banque: shop.banque, faux: shop.faux };
  }

  // --- drawing ---

  view(state) {
    if (state.bureau) return [this.deviceHome(), this.deviceBar()];
    const atBank = this.place.ecran === "banque";
    const shop = this.shop;
    const address = atBank ? "www.votre-banque.exemple.fr" : shop ? shop.adresse : "recherche.exemple.fr";
    return [
      this.paper((state.papier || []).concat(cardOnPaper(state))),
      this.siteBar(address, atBank || !shop || shop.securise),
      shop && !atBank && this.header(shop),
      h("div", { class: "screen-body web-page" },
        state.panneau === "site" ? this.siteInfo(address, atBank || !shop || shop.securise) : this.message(state.panneau),
        state.termine && h("div", { class: "web-downloaded" }, this.notice("circle-check", "Téléchargement fini : Facture"), this.buttons(this.act("fermer", "x", "Fermer"))),
        this[{ resultats: "results", boutique: "home", article: "article", panier: "basketView", livraison: "delivery", payer: "payment", banque: "bank", fait: "done", page: "footPage" }[this.place.ecran]](shop),
        shop && !atBank && this.foot(shop)),
      this.deviceBar(this.button("resultats", { class: "zone bar-entry" }, this.icon("search"), h("span", {}, "Autres magasins"))),
    ];
  }

  header(shop) {
    const count = Object.keys(this.basket).reduce((sum, id) => sum + this.basket[id], 0);
    return [
      h("div", { class: `shop-header ${shop.faux ? "loud" : ""}` },
        this.button("boutique_accueil", { class: "zone bar-entry" }, this.icon(shop.icone || "building-store"), h("strong", {}, shop.nom)),
        this.button("panier", { class: "zone bar-entry", "aria-label": `Panier : ${count}` }, this.icon("shopping-cart"), h("span", {}, `Panier (${count})`))),
      shop.presse && h("p", { class: "shop-hurry" }, this.icon("clock"), h("span", {}, shop.presse)),
    ];
  }

  foot(shop) {
    return h("div", { class: "web-foot" }, shop.pages.map((page) => this.button(`page:${page.id}`, { class: "zone screen-link" }, FOOT[page.id])));
  }

  results() {
    return [h("p", { class: "screen-text" }, "Recherche : ", h("strong", {}, this.state.recherche)), this.state.boutiques.map((shop) => this.button(`boutique:${shop.id}`, { class: "zone web-result" },
      h("span", { class: "web-result-address" }, shop.annonce && h("span", { class: "ad-mark" }, "Annonce"), shop.adresse),
      h("span", { class: "web-result-title" }, shop.nom), h("span", {}, shop.resultat)))];
  }

  price(article) {
    return h("span", { class: "shop-price" }, article.avant && h("s", {}, h("span", { class: "visually-hidden" }, "avant "), euros(article.avant)), " ", h("strong", {}, euros(article.prix)));
  }

  home(shop) {
    return h("div", { class: "portal-tiles" }, shop.articles.map((article) => this.button(`article:${article.id}`, { class: "zone portal-tile shop-tile" }, this.icon(article.icone), h("span", { class: "portal-tile-name" }, article.nom), this.price(article))));
  }

  article(shop) {
    const article = shop.articles.find((one) => one.id === this.place.article);
    const size = `taille_${article.id}`;
    return [
      this.heading(article.nom),
      h("div", { class: "picture web-picture" }, this.icon(article.icone, article.nom)),
      h("p", { class: "screen-text" }, this.price(article)), this.text(article.texte),
      article.tailles.length > 0 && this.choice(size, "Taille", article.tailles, this.state.choix[size]),
      this.buttons(this.act(`panier_ajouter:${article.id}`, "shopping-cart", "Ajouter au panier", "main"), this.act("retour", "arrow-left", "Revenir")),
    ];
  }

  basketView(shop) {
    const lines = this.lines(shop);
    if (!lines.length) return [this.heading("Votre panier"), this.text("Le panier est vide."), this.buttons(this.act("boutique_accueil", "shopping-bag", "Voir les articles"))];
    return [
      this.heading("Votre panier"),
      lines.map((article) => h("div", { class: "shop-line" }, h("span", { class: "row-text" }, h("span", { class: "row-title" }, article.nom), h("span", {}, `${this.basket[article.id]} × ${euros(article.prix)}`)),
        this.tool(`moins:${article.id}`, "minus", `Un de moins : ${article.nom}`), this.tool(`plus:${article.id}`, "plus", `Un de plus : ${article.nom}`), this.tool(`oter:${article.id}`, "trash", `Retirer ${article.nom}`))),
      shop.extras.map((extra) => this.box(`cocher:${extra.id}`, `${extra.nom} : ${extra.prix ? euros(extra.prix) : "gratuit"}`, Boolean(this.state.coches[extra.id]))),
      h("p", { class: "screen-text shop-total" }, `Total : ${euros(this.total(shop))}`),
      this.buttons(this.act("commander", "arrow-right", "Commander", "main"), this.act("boutique_accueil", "shopping-bag", "Continuer mes achats")),
    ];
  }

  delivery(shop) {
    return [this.heading("Comment le recevoir ?"),
      h("div", { class: "rows" }, shop.livraisons.map((one) => this.row(`livraison:${one.id}`, "truck-delivery", one.nom, one.delai, one.prix ? euros(one.prix) : "gratuit", { "aria-pressed": String(one.id === this.state.livraison) }))),
      h("p", { class: "screen-text shop-total" }, `Total : ${euros(this.total(shop))}`),
      this.buttons(this.act("continuer", "credit-card", "Aller au paiement", "main"), this.act("panier", "shopping-cart", "Revoir le panier"))];
  }

  payment(shop) {
    return drawPayment(this, this.order(shop));
  }

  bank(shop) {
    return drawBank(this, this.order(shop));
  }

  done(shop) {
    return [this.notice("circle-check", "Votre commande est enregistrée.", "good"), h("p", { class: "screen-text" }, "Numéro : ", h("strong", {}, shop.numero)), h("div", { class: "rows" }, this.row("telecharger:recu", "receipt", "La facture", "Télécharger"))];
  }

  footPage(shop) {
    const page = shop.pages.find((one) => one.id === this.place.page);
    return [this.heading(FOOT[page.id]), page.texte.map((line) => this.text(line))];
  }

  // --- what gestures change ---

  go(place) {
    const state = this.state;
    state.pile.push(Object.assign({ boutique: place.ecran === "resultats" ? undefined : this.place.boutique }, place));
    state.panneau = null;
    state.termine = null;
    state.alertes = {};
  }

  warn(text) {
    this.state.panneau = text;
    this.announce(text);
  }

  put(id, count) {
    const basket = Object.assign({}, this.basket);
    if (count > 0) basket[id] = count; else delete basket[id];
    this.state.paniers = Object.assign({}, this.state.paniers, { [this.shop.id]: basket });
    if (count === 1) this.happens(`un_${id}`);
    if (count < 1) this.happens(`ote_${id}`);
  }

  add(id) {
    const article = this.shop.articles.find((one) => one.id === id);
    if (article.tailles.length && !this.state.choix[`taille_${id}`]) { this.warn("Choisissez d’abord une taille."); return; }
    this.put(id, (this.basket[id] || 0) + 1);
    this.warn(`${article.nom} : dans le panier.`);
    this.happens(`ajoute_${id}`);
  }

  apply(state, verb, target) {
    if (this.leaves(state, verb, target)) return;
    const shop = this.shop;
    const actions = {
      resultats: () => { this.go({ ecran: "resultats" }); this.happens("resultats"); },
      boutique: () => { this.go({ ecran: "boutique", boutique: target }); this.happens(target); },
      boutique_accueil: () => { this.go({ ecran: "boutique" }); this.happens(shop.id); },
      retour: () => { if (state.panneau) state.panneau = null; else if (state.pile.length > 1) { state.pile.pop(); state.termine = null; if (!this.shop) this.happens("resultats"); } },
      actualiser: () => { state.panneau = null; state.termine = null; },
      fermer: () => { state.panneau = null; state.termine = null; },
      regarder: () => { state.panneau = "site"; },
      article: () => { this.go({ ecran: "article", article: target }); this.happens(`article_${target}`); },
      choisir: () => { const [name, option] = target.split("="); state.choix = Object.assign({}, state.choix, { [name]: option }); },
      panier_ajouter: () => this.add(target),
      panier: () => { this.go({ ecran: "panier" }); this.happens("panier"); },
      plus: () => this.put(target, this.basket[target] + 1),
      moins: () => this.put(target, this.basket[target] - 1),
      oter: () => this.put(target, 0),
      cocher: () => {
        if (target === "garder_carte") { state.cases = Object.assign({}, state.cases, { garder_carte: !state.cases.garder_carte }); return; }
        state.coches = Object.assign({}, state.coches, { [target]: !state.coches[target] });
        this.happens(`${state.coches[target] ? "avec" : "sans"}_${target}`);
      },
      commander: () => { this.go({ ecran: "livraison" }); this.happens("livraison"); },
      livraison: () => { state.livraison = target; this.happens(`livraison_${target}`); },
      continuer: () => { if (!state.livraison) { this.warn("Choisissez comment le recevoir."); return; } this.go({ ecran: "payer" }); this.happens("carte"); },
      moyen: () => { state.moyen = target; },
      annuler_paiement: () => { this.go({ ecran: "panier" }); this.happens("panier"); },
      valider_virement: () => this.warn("Un virement part tout de suite. Personne ne peut le reprendre."),
      valider_coupon: () => this.warn("Un coupon se donne comme un billet. Personne ne peut le reprendre."),
      valider_carte: () => {
        state.alertes = cardTroubles(this);
        if (Object.keys(state.alertes).length) { this.announce("Une case est à revoir."); return; }
        this.go({ ecran: "banque" });
        this.happens("banque");
      },
      banque: () => {
        if (target === "refuser") { this.go({ ecran: "panier" }); this.warn("Le paiement est refusé. Rien n’est parti."); this.happens("refuse"); return; }
        state.paniers = Object.assign({}, state.paniers, { [shop.id]: {} });
        this.go({ ecran: "fait" });
        this.happens("paye");
        this.happens(`commande_${shop.id}`);
      },
      page: () => { this.go({ ecran: "page", page: target }); this.happens(target); this.happens(`${target}_${shop.id}`); },
      telecharger: () => { state.termine = target; this.happens(`telecharge_${target}`); },
    };
    if (actions[verb]) actions[verb]();
  }
}

define("jalons-boutique", Shops, known);
