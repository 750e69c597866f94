// An account and its keys: password, double verification, devices, card; a telephone lies beside it.
// A password that someone makes up is never told: only whether it is strong.

import { Simulator, define, h } from "./simulateur.js";
import { account, card, codes, devices, door, double, phone, register, security, section, waiting } from "./code_secret/ecrans.js";
import { strength } from "./code_secret/force.js";
import { known } from "./donnees/code_secret.js";

const SCREENS = { connexion: door, compte: account, creation: register, attente: waiting, securite: security, double, appareils: devices, codes, carte: card, rubrique: section };
const SECRET = ["nouveau", "encore", "mot_de_passe"];
const PROPOSED = "Tambour-8-Mangue-Bleue";

class Account extends Simulator {
  begin(start) {
    return Object.assign(start, {
      textes: {}, visible: false, avis: "", moyenCode: start.moyen, lu: null, rubrique: null, ejectes: [], bloquee: false, question: null,
      codeEnvoye: false, sorti: start.ecran === "connexion", appelFini: false, choix: null, enregistre: false,
    });
  }

  title(state) {
    return `${state.ecran}/${state.rubrique || ""}`;
  }

  view(state) {
    return [
      h("p", { class: "app-title" }, state.service),
      h("div", { class: "screen-body compte" },
        SCREENS[state.ecran](this, state),
        state.avis && h("p", { class: "compte-said", role: "status" }, state.avis)),
      phone(this, state),
    ];
  }

  // A made-up password stays here. What the button tells is what it is worth.
  typed(input, again) {
    const name = (input.getAttribute("data-gesture") || "").split(":")[1];
    if (this.state.ecran === "creation" && SECRET.indexOf(name) >= 0) return;
    super.typed(input, again);
  }

  worth() {
    const { nouveau, encore } = this.state.textes;
    if ((nouveau || "") !== (encore || "")) return "different";
    return strength(nouveau || "", this.state.a_eviter);
  }

  onInput(event) {
    super.onInput(event);
    const button = this.screen.querySelector("[data-gesture^='valider:']");
    if (button) button.setAttribute("data-gesture", `valider:${this.worth()}`);
    const meter = this.screen.querySelector(".compte-force");
    if (meter && event.target.getAttribute("data-gesture") === "ecrire:nouveau") {
      const worth = strength(event.target.value, this.state.a_eviter);
      meter.className = `compte-force ${worth}`;
      meter.textContent = { faible: "Faible", moyen: "Moyen", solide: "Solide" }[worth];
    }
  }

  apply(state, verb, target) {
    if (verb !== "memoriser") state.avis = "";
    const act = ACTIONS[verb];
    if (act) act(this, state, target);
  }

  enter() {
    const { state } = this;
    Object.assign(state, { ecran: "compte", sorti: false, codeEnvoye: false, lu: null });
    this.happens("ouvert");
  }
}

const go = (screen) => (account, state) => { state.ecran = screen; };

const ACTIONS = {
  oeil: (account, state) => { state.visible = !state.visible; },
  connecter: (account, state) => {
    const { textes } = state;
    const right = (textes.identifiant || "").trim().toLowerCase() === state.identifiant && textes.mot_de_passe === state.mot_de_passe;
    if (!right) { state.avis = "L’adresse ou le mot de passe ne va pas. Relisez."; return; }
    if (!state.double) { account.enter(); return; }
    state.ecran = "attente"; state.codeEnvoye = true;
  },
  oublie: (account, state) => { state.avis = "Un message part vers votre adresse mail."; },
  creer: go("creation"),
  proposer: (account, state) => { state.textes = Object.assign({}, state.textes, { nouveau: PROPOSED, encore: PROPOSED }); state.visible = true; },
  valider: (account, state, worth) => {
    const says = {
      faible: "Ce mot de passe se devine. Cherchez plus long et plus varié.", moyen: "C’est mieux. Ajoutez des mots, un chiffre ou un signe.",
      different: "Les deux mots de passe diffèrent. Relisez-les avec l’œil.",
    };
    if (worth !== "solide") { state.avis = says[worth]; return; }
    state.mot_de_passe = state.textes.nouveau;
    state.textes = Object.assign({}, state.textes, { nouveau: "", encore: "" });
    state.visible = false;
    state.question = "ranger";
  },
  ranger: (account, state) => { state.question = null; state.ecran = "compte"; state.sorti = false; state.avis = "Le nouveau mot de passe est gardé."; },
  valider_code: (account, state) => {
    if ((state.textes.code || "").replace(/\s/g, "") !== state.code) { state.avis = "Ce code ne va pas. Regardez le dernier message."; return; }
    state.textes = Object.assign({}, state.textes, { code: "" });
    if (state.choix === "numero") { Object.assign(state, { double: true, choix: null, ecran: "double", codeEnvoye: false, avis: "La double vérification est allumée." }); account.happens("double"); return; }
    account.enter();
  },
  renvoyer: (account, state) => { state.codeEnvoye = true; state.avis = "Un autre code est parti."; },
  autre_moyen: (account, state) => { state.question = state.question === "moyens" ? null : "moyens"; },
  moyen: (account, state, name) => {
    state.question = null;
    if (state.ecran === "double") { state.choix = name === "sms" ? "sms" : null; state.avis = name === "sms" ? "" : "Ce moyen s’installe avec votre conseiller."; return; }
    state.moyenCode = name; state.codeEnvoye = name === "sms";
  },
  valider_secours: (account, state) => {
    const given = (state.textes.code_secours || "").replace(/\s/g, "");
    if (state.codes_secours.indexOf(given) >= 0) account.enter();
    else state.avis = "Ce code de secours ne va pas. Relisez votre feuille.";
  },
  memoriser: (account, state) => { state.memorise = !state.memorise; },
  lire: (account, state, name) => { state.lu = state.lu === name ? null : name; },
  lien: (account, state) => { state.avis = "Une page inconnue demande votre carte."; },
  repondre: (account, state) => { state.avis = "Votre réponse est partie."; },
  bloquer: (account, state, name) => { state.telephone = state.telephone.filter((one) => one.id !== name); state.avis = "Ce numéro est bloqué."; },
  raccrocher: (account, state) => { state.appelFini = true; },
  dire_code: (account, state) => { state.appelFini = true; },
  deconnecter: (account, state) => { Object.assign(state, { ecran: "connexion", sorti: true, textes: {} }); },
  rubrique: (account, state, name) => {
    state.rubrique = name;
    state.ecran = name === "securite" ? "securite" : name === "carte" ? "carte" : "rubrique";
  },
  securite: (account, state, name) => {
    const screens = { mot_de_passe: "creation", double: "double", appareils: "appareils", codes: "codes" };
    if (screens[name]) state.ecran = screens[name];
    else state.avis = name === "secours" ? "Votre adresse de secours est la bonne." : "Aucune question n’est posée.";
  },
  allumer_double: (account, state) => { state.question = "moyens"; },
  eteindre_double: (account, state) => { state.double = false; state.avis = "La double vérification est éteinte."; },
  valider_numero: (account, state) => { state.choix = "numero"; state.codeEnvoye = true; },
  ejecter: (account, state, name) => { state.ejectes.push(name); state.avis = "Cet appareil n’a plus accès au compte."; },
  tout_deconnecter: (account, state) => { state.ejectes = state.appareils_connectes.map((one) => one.id); state.avis = "Plus aucun appareil n’a accès."; },
  bloquer_carte: (account, state) => { state.question = "bloquer"; },
  confirmer_blocage: (account, state) => { state.question = null; state.bloquee = true; state.avis = "La carte est bloquée."; },
  annuler: (account, state) => { state.question = null; state.choix = null; },
  fermer: (account, state) => { state.question = null; },
  imprimer_codes: (account, state) => { state.avis = "Les codes sortent sur du papier."; },
  copier_codes: (account, state) => { state.avis = "Les codes sont copiés."; },
  envoyer_codes: (account, state) => { state.avis = "Les codes sont partis par message."; },
  nouveaux_codes: (account, state) => { state.codes_secours = ["7712-0046", "3385-9021", "6190-4478"]; state.avis = "Les anciens codes ne marchent plus."; },
  retour: (account, state) => {
    const inside = ["double", "appareils", "codes"];
    state.question = null; state.choix = null;
    if (state.ecran === "creation") state.ecran = state.sorti ? "connexion" : "securite";
    else if (inside.indexOf(state.ecran) >= 0) state.ecran = "securite";
    else if (state.ecran === "attente") state.ecran = "connexion";
    else state.ecran = state.sorti ? "connexion" : "compte";
  },
};

define("jalons-code-secret", Account, known);
