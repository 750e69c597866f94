// The screens of an account, and the telephone that lies beside it.

import { h } from "../simulateur.js";

const SECTIONS = [
  ["profil", "Mon profil", "user"], ["securite", "Sécurité", "shield-lock"], ["messages", "Mes messages", "mail"], ["paiements", "Mes paiements", "credit-card"],
  ["documents", "Mes documents", "file-text"], ["alertes", "Mes alertes", "bell"], ["aide", "Aide", "help-circle"],
];
const SECURITY = [
  ["mot_de_passe", "Mot de passe", "key"], ["double", "Double vérification", "shield-check"], ["appareils", "Appareils connectés", "device-laptop"],
  ["codes", "Codes de secours", "list-numbers"], ["secours", "Adresse de secours", "mail"], ["questions", "Question secrète", "help-circle"],
];
const METHODS = [["sms", "Un code par SMS", "message-2"], ["application", "Une application de codes", "device-mobile"], ["secours", "Un code de secours", "list-numbers"], ["mail", "Un code par message", "mail"]];
const PLACES = [["carnet", "Un carnet caché chez moi", "notebook"], ["coffre", "Un coffre à mots de passe", "lock-access"], ["ecran", "Un papier collé à l’écran", "note"], ["message", "Un message à mon neveu", "send"]];

const button = (account, gesture, text, icon, main) => account.button(gesture, { class: `zone screen-button ${main ? "main" : ""}` }, icon && account.icon(icon), h("span", {}, text));
const row = (account, gesture, text, icon, detail) => account.button(gesture, { class: "zone row" },
  h("span", { class: "row-icon" }, account.icon(icon)), h("span", { class: "row-text" }, h("span", { class: "row-title" }, text), detail && h("span", { class: "row-body" }, detail)));
const back = (account) => h("div", { class: "bar" }, account.button("retour", { class: "zone bar-entry" }, account.icon("arrow-left"), h("span", {}, "Retour")));

function secret(account, state, gesture, label, enter) {
  return account.field(gesture, label, { type: state.visible ? "text" : "password", "data-enter": enter });
}

function eye(account, state) {
  return account.button("oeil", { class: "zone bar-entry", "aria-pressed": String(state.visible) }, account.icon(state.visible ? "eye-off" : "eye"), h("span", {}, state.visible ? "Cacher" : "Voir ce que j’écris"));
}

export function door(account, state) {
  return [
    h("p", { class: "screen-title" }, "Se connecter"),
    account.field("ecrire:identifiant", "Adresse mail", { inputmode: "email" }),
    secret(account, state, "ecrire:mot_de_passe", "Mot de passe", "connecter"),
    eye(account, state),
    h("div", { class: "screen-buttons" }, button(account, "connecter", "Se connecter", "login", true), button(account, "oublie", "Mot de passe oublié", "help-circle"), button(account, "creer", "Créer un compte", "user")),
  ];
}

export function register(account, state) {
  if (state.question === "ranger") {
    return [
      h("p", { class: "screen-title" }, "Où noter ce mot de passe ?"),
      h("div", { class: "rows" }, PLACES.map(([id, text, icon]) => row(account, `ranger:${id}`, text, icon))),
    ];
  }
  return [
    back(account),
    h("p", { class: "screen-title" }, "Nouveau mot de passe"),
    h("p", { class: "screen-text" }, "Inventez-le pour cet exercice."),
    secret(account, state, "ecrire:nouveau", "Nouveau mot de passe"),
    h("p", { class: "compte-force", role: "status" }, ""),
    secret(account, state, "ecrire:encore", "Le même, une seconde fois"),
    eye(account, state),
    h("div", { class: "screen-buttons" }, button(account, `valider:${account.worth()}`, "Valider", "check", true), button(account, "proposer", "Proposer un mot de passe", "dice-5")),
  ];
}

export function waiting(account, state) {
  const means = {
    sms: () => [
      h("p", { class: "screen-text" }, "Un code est parti par SMS au 06 39 98 •• 12."),
      account.field("ecrire:code", "Code reçu", { inputmode: "numeric", "data-enter": "valider_code" }),
      h("div", { class: "screen-buttons" }, button(account, "valider_code", "Valider", "check", true), button(account, "renvoyer", "Renvoyer le code", "refresh"))],
    application: () => [
      h("p", { class: "screen-text" }, "Ouvrez l’application de codes sur votre téléphone."),
      account.field("ecrire:code", "Code de l’application", { inputmode: "numeric", "data-enter": "valider_code" }),
      h("div", { class: "screen-buttons" }, button(account, "valider_code", "Valider", "check", true))],
    secours: () => [
      h("p", { class: "screen-text" }, "Prenez votre feuille de codes de secours."),
      account.field("ecrire:code_secours", "Code de secours", { "data-enter": "valider_secours" }),
      h("div", { class: "screen-buttons" }, button(account, "valider_secours", "Valider", "check", true))],
    mail: () => h("p", { class: "screen-text" }, "Un code part vers votre adresse mail."),
  };
  return [
    back(account),
    h("p", { class: "screen-title" }, "Vérification"),
    means[state.moyenCode](),
    h("label", { class: "box-line" }, h("input", { type: "checkbox", class: "compte-box" }), h("span", {}, "Ne plus demander sur cet appareil")),
    h("div", { class: "screen-buttons" }, button(account, "autre_moyen", "Choisir un autre moyen", "key"), button(account, "annuler", "Annuler", "x")),
    state.question === "moyens" && methods(account),
  ];
}

function methods(account) {
  return h("div", { class: "window" }, h("p", { class: "window-title" }, "Comment recevoir le code ?"),
    h("div", { class: "rows" }, METHODS.map(([id, text, icon]) => row(account, `moyen:${id}`, text, icon))));
}

export function account(account_, state) {
  const sections = state.carte ? SECTIONS.concat([["carte", "Ma carte", "credit-card"]]) : SECTIONS;
  return [
    h("p", { class: "screen-title" }, "Mon compte"),
    h("div", { class: "rows" }, sections.map(([id, text, icon]) => row(account_, `rubrique:${id}`, text, icon))),
    h("div", { class: "screen-buttons" }, button(account_, "deconnecter", "Se déconnecter", "logout")),
  ];
}

export function section(account_, state) {
  const texts = {
    profil: "Votre adresse mail, votre numéro et votre ville.", messages: "Aucun message ce matin.", paiements: "Aucun paiement ce mois.",
    documents: "Aucun document.", alertes: "Les alertes sont allumées.", aide: "Une question ? Appelez le 01 99 00 12 34.",
  };
  return [back(account_), h("p", { class: "screen-text" }, texts[state.rubrique])];
}

export function security(account_) {
  return [back(account_), h("p", { class: "screen-title" }, "Sécurité"), h("div", { class: "rows" }, SECURITY.map(([id, text, icon]) => row(account_, `securite:${id}`, text, icon)))];
}

export function double(account_, state) {
  const on = state.double;
  return [
    back(account_),
    h("p", { class: "screen-title" }, "Double vérification"),
    h("p", { class: "screen-text" }, on ? "Un code est demandé à chaque connexion." : "Le mot de passe ouvre seul le compte."),
    account_.button(on ? "eteindre_double" : "allumer_double", { class: "zone row", role: "switch", "aria-checked": String(on) },
      h("span", { class: "row-text" }, h("span", { class: "row-title" }, "Demander un code")), h("span", { class: `switch ${on ? "on" : ""}`, "aria-hidden": "true" })),
    state.question === "moyens" && methods(account_),
    state.choix === "sms" && [account_.field("ecrire:numero", "Votre numéro de téléphone", { inputmode: "tel", "data-enter": "valider_numero" }), h("div", { class: "screen-buttons" }, button(account_, "valider_numero", "Recevoir le code", "message-2", true), button(account_, "annuler", "Annuler", "x"))],
    state.choix === "numero" && [account_.field("ecrire:code", "Code reçu", { inputmode: "numeric", "data-enter": "valider_code" }), h("div", { class: "screen-buttons" }, button(account_, "valider_code", "Valider", "check", true), button(account_, "renvoyer", "Renvoyer le code", "refresh"))],
  ];
}

export function devices(account_, state) {
  const left = state.appareils_connectes.filter((one) => state.ejectes.indexOf(one.id) < 0);
  return [
    back(account_),
    h("p", { class: "screen-title" }, "Appareils connectés"),
    left.map((one) => h("div", { class: "row compte-device" }, h("span", { class: "row-icon" }, account_.icon("device-laptop")),
      h("span", { class: "row-text" }, h("span", { class: "row-title" }, one.nom), h("span", { class: "row-body" }, one.detail)),
      account_.button(`ejecter:${one.id}`, { class: "zone screen-button", "aria-label": `Déconnecter ${one.nom}` }, account_.icon("ban"), h("span", {}, "Déconnecter")))),
    h("div", { class: "screen-buttons" }, button(account_, "tout_deconnecter", "Tout déconnecter", "logout")),
  ];
}

export function codes(account_, state) {
  return [
    back(account_),
    h("p", { class: "screen-title" }, "Codes de secours"),
    h("p", { class: "screen-text" }, "Chaque code ouvre le compte une fois, sans téléphone."),
    h("ul", { class: "compte-codes" }, state.codes_secours.map((code) => h("li", {}, code))),
    h("div", { class: "screen-buttons" }, button(account_, "imprimer_codes", "Imprimer", "printer"), button(account_, "copier_codes", "Copier", "file-text"),
      button(account_, "envoyer_codes", "Envoyer à un ami", "send"), button(account_, "nouveaux_codes", "Nouveaux codes", "refresh")),
  ];
}

export function card(account_, state) {
  return [
    back(account_),
    h("p", { class: "screen-title" }, "Ma carte"),
    h("p", { class: "screen-text" }, state.bloquee ? "Carte bloquée. Plus personne ne peut payer avec." : "Carte en service. Fin du numéro : 42."),
    h("div", { class: "rows" }, row(account_, "rubrique:paiements", "Voir les paiements", "file-text"), row(account_, "rubrique:alertes", "Alertes de paiement", "bell"), row(account_, "bloquer_carte", "Carte perdue ou volée", "ban")),
    state.question === "bloquer" && h("div", { class: "window" }, h("p", { class: "screen-text compte-ask" }, "Bloquer la carte dès maintenant ?"),
      h("div", { class: "screen-buttons" }, button(account_, "confirmer_blocage", "Bloquer", "ban", true), button(account_, "annuler", "Annuler", "x"))),
  ];
}

// The telephone: its messages, the code that has come, and who calls.
export function phone(account_, state) {
  const sent = state.codeEnvoye ? [{ id: "code", de: state.service, texte: `${state.code} est votre code. Gardez-le pour vous.` }] : [];
  const app = state.ecran === "attente" && state.moyenCode === "application" ? [{ id: "application", de: "Application de codes", texte: state.code }] : [];
  const messages = [...sent, ...app, ...(state.telephone || [])];
  const calls = state.appel && sent.length > 0 && !state.appelFini;
  if (!messages.length && !calls) return null;
  return h("section", { class: "compte-phone", "aria-label": "Votre téléphone" },
    h("p", { class: "compte-phone-title" }, account_.icon("device-mobile"), h("span", {}, "Votre téléphone")),
    calls && h("div", { class: "compte-call", role: "status" }, h("p", {}, state.appel),
      h("div", { class: "screen-buttons" }, button(account_, "dire_code", "Dire le code", "phone"), button(account_, "raccrocher", "Raccrocher", "phone-off"))),
    messages.map((one) => message(account_, state, one)));
}

function message(account_, state, one) {
  const open = state.lu === one.id;
  const own = one.id !== "code" && one.id !== "application";
  return h("div", { class: "compte-sms" },
    account_.button(`lire:${one.id}`, { class: "zone row", "aria-expanded": String(open) }, h("span", { class: "row-icon" }, account_.icon("message")),
      h("span", { class: "row-text" }, h("span", { class: "row-title" }, one.de), !open && h("span", { class: "row-body" }, "Nouveau message"))),
    open && h("p", { class: "bubble" }, one.texte),
    open && own && h("div", { class: "screen-buttons" }, button(account_, `repondre:${one.id}`, "Répondre", "send"), button(account_, `lien:${one.id}`, "Ouvrir le lien", "file-text"), button(account_, `bloquer:${one.id}`, "Bloquer", "ban")));
}
