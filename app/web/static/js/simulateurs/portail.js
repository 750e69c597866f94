// A personal account on a site: signing in, its home, its parts. Each genre of part draws itself and knows its gestures.

import { define, h } from "./simulateur.js";
import { matches } from "./orthographe.js";
import { WebSimulator } from "./web.js";
import { appointments } from "./partie_rendez_vous.js";
import { form } from "./partie_formulaire.js";
import { bills } from "./partie_factures.js";
import { messages, requests } from "./partie_suivi.js";
import { access, documents, payments } from "./partie_sante.js";
import { known } from "./donnees/portail.js";

const page = { draw: (sim, part) => sim.blocks(part.blocs) };
const PARTS = { page, formulaire: form, demandes: requests, messages, rendez_vous: appointments, factures: bills, paiements: payments, documents, acces: access };

// What the fields of forms hold before anything is written.
function filled(start) {
  const textes = {};
  const choix = {};
  start.rubriques.forEach((part) => (part.pages || []).forEach((one) => one.champs.forEach((field) => {
    if (field.valeur) (field.genre === "choix" ? choix : textes)[field.id] = field.valeur;
  })));
  return { textes, choix };
}

class Portal extends WebSimulator {
  begin(start) {
    const signIn = start.connexion;
    const first = signIn ? { ecran: signIn.profils.length ? "profils" : "connexion" } : start.ouvert ? { ecran: "rubrique", rubrique: start.ouvert } : { ecran: "accueil" };
    const { textes, choix } = filled(start);
    return Object.assign(start, {
      pile: [first], textes, choix, cases: {}, joints: {}, alertes: {}, panneau: null, termine: null, entree: !signIn, profil: null, chez: null,
    });
  }

  get place() {
    return this.state.pile[this.state.pile.length - 1];
  }

  get part() {
    return this.state.rubriques.find((one) => one.id === this.place.rubrique);
  }

  title(state) {
    return state.bureau ? "bureau" : JSON.stringify(this.place);
  }

  // --- drawing ---

  view(state) {
    if (state.bureau) return [this.paper(state.papier), this.deviceHome(), this.deviceBar()];
    return [
      this.paper(state.papier),
      this.siteBar(this.address(state)),
      this.header(state),
      h("div", { class: "screen-body web-page" },
        state.panneau === "site" ? this.siteInfo(this.address(state)) : state.panneau === "fichiers" ? this.chooser(state) : this.message(state.panneau),
        state.termine && this.downloaded(state.termine),
        this[{ connexion: "signIn", profils: "profiles", franceconnect: "providers", fournisseur: "providerSignIn", reconnu: "recognised", deconnecte: "signedOut", accueil: "home", rubrique: "partView", profil: "profile", fichier: "fileView" }[this.place.ecran]](state)),
      this.deviceBar(),
    ];
  }

  address(state) {
    const place = this.place;
    if (place.ecran === "franceconnect" || place.ecran === "reconnu") return "app.franceconnect.gouv.fr";
    if (place.vue === "banque") return "www.votre-banque.exemple.fr";
    if (place.ecran === "fournisseur") return `connexion.${state.chez.replace(/_/g, "-")}.exemple.fr`;
    return state.site.adresse;
  }

  header(state) {
    if (this.place.vue === "banque") return null; // the bank's own page
    const elsewhere = { franceconnect: "FranceConnect", reconnu: "FranceConnect", fournisseur: state.chez && this.provider(state.chez).nom }[this.place.ecran];
    return h("div", { class: "portal-header" },
      h("div", { class: "portal-name" }, this.icon(elsewhere ? "shield-check" : state.site.icone || "building-bank"), h("span", {}, elsewhere || state.site.nom)),
      state.entree && !elsewhere && h("div", { class: "portal-tools" },
        this.button("accueil", { class: "zone bar-entry" }, this.icon("home"), h("span", {}, "Accueil du site")),
        this.button("profil", { class: "zone bar-entry" }, this.icon("user"), h("span", {}, state.personne)),
        this.button("deconnecter", { class: "zone bar-entry" }, this.icon("logout"), h("span", {}, "Se déconnecter"))));
  }

  home(state) {
    const tiles = state.rubriques.filter((part) => (part.place || "accueil") === "accueil");
    const foot = state.rubriques.filter((part) => part.place === "bas");
    return [
      this.heading(`Bonjour ${state.personne}`),
      state.accueil && this.text(state.accueil),
      h("div", { class: "portal-tiles" }, tiles.map((part) => this.button(`rubrique:${part.id}`, { class: "zone portal-tile" }, this.icon(part.icone), h("span", { class: "portal-tile-name" }, part.nom), part.detail && h("span", { class: "portal-tile-detail" }, part.detail)))),
      h("div", { class: "web-foot" }, foot.map((part) => this.button(`rubrique:${part.id}`, { class: "zone screen-link" }, part.nom)), this.button("aide", { class: "zone screen-link" }, "Aide")),
    ];
  }

  partView() {
    const part = this.part;
    if (this.place.vue === "banque") return PARTS[part.genre].draw(this, part, this.place);
    return [h("div", { class: "portal-where" }, this.icon(part.icone), this.heading(part.nom)), PARTS[part.genre].draw(this, part, this.place)];
  }

  profile(state) {
    return [this.heading("Mon profil"), this.text(state.personne), this.text("Votre adresse mail et votre téléphone sont à jour.")];
  }

  fileView() {
    return [this.heading(this.fileName(this.place.fichier)), h("div", { class: "picture web-picture" }, this.icon("file-text", "Le document ouvert")), this.text("Le document est ouvert.")];
  }

  // --- signing in ---

  secret(name, label) {
    const shown = this.state.cases[`voir_${name}`];
    return h("div", { class: "portal-secret" }, this.field(`ecrire:${name}`, label, { type: shown ? "text" : "password", enter: name === "mot_de_passe" ? "connecter" : "fournisseur_connecter" }),
      this.tool("voir_mot_de_passe", shown ? "eye-off" : "eye", "Voir le mot de passe", { "aria-pressed": String(Boolean(shown)) }));
  }

  signIn(state) {
    const signIn = state.connexion;
    const profile = state.profil && signIn.profils.find((one) => one.id === state.profil);
    return [
      this.heading(profile ? `Se connecter : ${profile.nom}` : "Se connecter"),
      signIn.fournisseurs.length > 0 && [this.buttons(this.act("franceconnect", "shield-check", "S’identifier avec FranceConnect", "france")), this.text("ou avec le compte de ce site :")],
      this.field("ecrire:identifiant", signIn.nom_identifiant || "Identifiant"),
      this.secret("mot_de_passe", "Mot de passe"),
      this.buttons(this.act("connecter", "login", "Se connecter", "main"), this.act("creer_compte", "user-plus", "Première visite")),
      this.button("oublie", { class: "zone screen-link" }, "Mot de passe oublié ?"),
      h("div", { class: "web-foot" }, this.button("aide", { class: "zone screen-link" }, "Aide")),
    ];
  }

  profiles(state) {
    return [this.heading("Qui êtes-vous ?"), h("div", { class: "rows" }, state.connexion.profils.map((one) => this.row(`profil:${one.id}`, one.icone || "user", one.nom))), h("div", { class: "web-foot" }, this.button("aide", { class: "zone screen-link" }, "Aide"))];
  }

  provider(id) {
    return this.state.connexion.fournisseurs.find((one) => one.id === id);
  }

  providers(state) {
    return [this.heading("Quel compte avez-vous déjà ?"), this.text(`Il vous ouvrira le site ${state.site.nom}.`), h("div", { class: "rows" }, state.connexion.fournisseurs.map((one) => this.row(`fournisseur:${one.id}`, one.icone || "key", one.nom))),
      h("div", { class: "web-foot" }, this.button("aide", { class: "zone screen-link" }, "Aide"))];
  }

  providerSignIn(state) {
    const { nom } = this.provider(state.chez);
    return [this.heading(`Votre compte ${nom}`), this.field("ecrire:fournisseur_identifiant", `Identifiant ${nom}`), this.secret("fournisseur_mot_de_passe", `Mot de passe ${nom}`), this.buttons(this.act("fournisseur_connecter", "login", "Se connecter", "main")), this.button("oublie", { class: "zone screen-link" }, "Mot de passe oublié ?"), this.button("creer_compte", { class: "zone screen-link" }, "Créer un compte")];
  }

  recognised(state) {
    return [this.notice("circle-check", `Vous êtes reconnu : ${state.personne}.`, "good"), this.text(`Le site ${state.site.nom} recevra votre nom et votre date de naissance.`), this.buttons(this.act("continuer", "arrow-right", "Continuer", "main"), this.act("retour", "arrow-left", "Revenir"))];
  }

  signedOut(state) {
    return [this.notice("circle-check", "Vous êtes déconnecté.", "good"), this.buttons(this.act("reconnecter", "login", "Se connecter"), this.act("aide", "info-circle", "Aide")), this.text(`À bientôt sur ${state.site.nom}.`)];
  }

  // Whether what was written opens the account; nothing tells which of the two is wrong, as on real sites.
  isKnown(prefix) {
    const signIn = this.state.connexion;
    return matches(this.written(`${prefix}identifiant`), signIn.identifiant || "", "exacte") && matches(this.written(`${prefix}mot_de_passe`), signIn.mot_de_passe || "", "exacte");
  }

  enter(known) {
    const state = this.state;
    if (!known) { state.panneau = "L’identifiant ou le mot de passe ne correspondent pas. Relisez votre papier."; this.happens("refus"); return; }
    state.entree = true;
    state.pile = [];
    this.happens("connecte");
    this.go({ ecran: "accueil" });
  }

  // --- files ---

  fileName(id) {
    const state = this.state;
    if (id === "photo") return `Photo : ${state.papier_photo}`;
    const known = (state.fichiers || []).find((one) => one.id === id) || this.offered(id);
    if (known) return known.nom;
    return id.indexOf("recu_") === 0 ? "Reçu" : "Document";
  }

  offered(id) {
    for (const part of this.state.rubriques) {
      const bloc = (part.blocs || []).find((one) => one.fichier === id);
      if (bloc) return bloc;
      const message = (part.messages || []).find((one) => one.fichier === id);
      if (message) return { nom: message.nom_fichier || "Document" };
      const named = (part.documents || part.factures || []).find((one) => one.id === id);
      if (named) return named;
    }
    return null;
  }

  downloaded(id) {
    return h("div", { class: "web-downloaded" }, this.notice("circle-check", `Téléchargement fini : ${this.fileName(id)}`), this.buttons(this.act(`ouvrir:${id}`, "file", "Ouvrir"), this.act("fermer", "x", "Fermer")));
  }

  // The window where one chooses among the files of the device.
  chooser(state) {
    return this.window("Choisir un fichier", h("div", { class: "tiles" }, (state.fichiers || []).map((file) => this.tile(`joindre:${file.id}`, file.icone || "file", file.nom))), this.buttons(this.act("fermer", "x", "Fermer")));
  }

  joined(slot) {
    const id = this.state.joints[slot];
    return id && h("div", { class: "row" }, h("span", { class: "row-icon" }, this.icon("paperclip")), h("span", { class: "row-text" }, this.fileName(id)), this.tool(`oter:${slot}`, "x", `Retirer ${this.fileName(id)}`));
  }

  // --- what gestures change ---

  go(place) {
    const state = this.state;
    state.pile.push(place);
    this.clear();
    if (place.ecran === "rubrique" && !place.vue) this.happens(place.rubrique);
    else if (place.ecran === "accueil") this.happens("accueil");
  }

  // To another view of the same part.
  show(vue, more) {
    this.go(Object.assign({ ecran: "rubrique", rubrique: this.place.rubrique, vue }, more));
  }

  clear() {
    this.state.panneau = null;
    this.state.termine = null;
    this.state.alertes = {};
  }

  warn(text) {
    this.state.panneau = text;
    this.announce(text);
  }

  apply(state, verb, target) {
    if (this.leaves(state, verb, target)) return;
    const part = this.part;
    const own = part && PARTS[part.genre].actions;
    if (own && own[verb]) { own[verb](this, part, target); return; }
    const actions = {
      rubrique: () => this.go({ ecran: "rubrique", rubrique: target }),
      lien: () => this.go({ ecran: "rubrique", rubrique: target }),
      accueil: () => { if (state.entree && this.place.ecran !== "accueil") this.go({ ecran: "accueil" }); else this.clear(); },
      retour: () => { if (state.panneau) this.clear(); else if (state.pile.length > 1) { state.pile.pop(); this.clear(); } },
      actualiser: () => this.clear(),
      fermer: () => { state.panneau = null; state.termine = null; },
      regarder: () => { state.panneau = "site"; },
      aide: () => this.warn("L’aide répond au 01 99 00 39 00, du lundi au vendredi."),
      profil: () => {
        if (!target) { this.go({ ecran: "profil" }); return; }
        state.profil = target;
        this.go({ ecran: "connexion" });
        this.happens(`profil_${target}`);
      },
      voir_mot_de_passe: () => {
        const name = this.place.ecran === "fournisseur" ? "voir_fournisseur_mot_de_passe" : "voir_mot_de_passe";
        state.cases = Object.assign({}, state.cases, { [name]: !state.cases[name] });
      },
      connecter: () => this.enter(!state.connexion.fournisseur && (!state.connexion.profil || state.connexion.profil === state.profil) && this.isKnown("")),
      oublie: () => { this.warn("Un message part vers votre adresse mail pour changer le mot de passe."); this.happens("oublie"); },
      creer_compte: () => this.warn("Un nouveau compte demande vos papiers. Vous avez déjà un compte."),
      franceconnect: () => { this.go({ ecran: "franceconnect" }); this.happens("franceconnect"); },
      fournisseur: () => { state.chez = target; this.go({ ecran: "fournisseur" }); this.happens(`chez_${target}`); },
      fournisseur_connecter: () => {
        if (state.chez !== state.connexion.fournisseur || !this.isKnown("fournisseur_")) { this.enter(false); return; }
        this.go({ ecran: "reconnu" });
        this.happens("reconnu");
      },
      continuer: () => this.enter(true),
      deconnecter: () => { state.entree = false; state.textes = {}; state.pile = []; this.go({ ecran: "deconnecte" }); this.happens("deconnecte"); },
      reconnecter: () => { if (state.connexion) this.go({ ecran: state.connexion.profils.length ? "profils" : "connexion" }); else { state.entree = true; this.go({ ecran: "accueil" }); } },
      telecharger: () => { state.termine = target; this.announce(`Téléchargement fini : ${this.fileName(target)}`); this.happens(`telecharge_${target}`); },
      ouvrir: () => { this.go({ ecran: "fichier", fichier: target }); this.happens(`fichier_${target}`); },
      action: () => this.press(part, target),
      choisir: () => { const [name, option] = target.split("="); state.choix = Object.assign({}, state.choix, { [name]: option }); },
      cocher: () => { state.cases = Object.assign({}, state.cases, { [target]: !state.cases[target] }); },
      ajouter: () => { state.pour = target; state.panneau = "fichiers"; },
      joindre: () => { state.joints = Object.assign({}, state.joints, { [state.pour]: target }); state.panneau = null; this.happens(`joint_${target}`); },
      oter: () => { const joints = Object.assign({}, state.joints); delete joints[target]; state.joints = joints; },
    };
    if (actions[verb]) actions[verb]();
  }

  press(part, id) {
    const bloc = part && (part.blocs || []).find((one) => one.action === id);
    if (!bloc) return;
    if ((bloc.demande || []).some((name) => !this.written(name).trim() && !this.state.choix[name])) { this.warn("Une case est encore vide. Remplissez-la."); return; }
    if (bloc.vers) this.go({ ecran: "rubrique", rubrique: bloc.vers });
    if (bloc.message) this.warn(bloc.message);
  }
}

// The account of a public service, a town or a school, with its forms; and the health account.
define("jalons-formulaire", class extends Portal {}, known);
define("jalons-sante", class extends Portal {}, known);
