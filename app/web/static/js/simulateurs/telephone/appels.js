// Calls: contacts, journal, keypad, a call that goes on.

import { h } from "../simulateur.js";
import { came, go, openApp } from "./appareil.js";

const TABS = [["journal", "Récents", "history"], ["contacts", "Contacts", "address-book"], ["clavier", "Clavier", "dialpad"]];
const WAYS = { recu: ["phone-incoming", "Reçu"], emis: ["phone", "Passé"], manque: ["phone-off", "Manqué"] };

export function name(page, state) {
  if (page.nom === "contact") return `Contact/${page.id}`;
  return page.nom === "nouveau_contact" ? "Nouveau contact" : `Téléphone/${state.onglet || "journal"}`;
}

export function view(phone, state, page) {
  if (page.nom === "contact") return card(phone, state.contacts.find((one) => one.id === page.id));
  if (page.nom === "nouveau_contact") return blank(phone);
  const tab = state.onglet || "journal";
  return [
    phone.bar("Téléphone"),
    h("div", { class: "phone-tabs" }, TABS.map(([id, text, icon]) => phone.button(`onglet:${id}`, { class: "zone phone-tab", "aria-pressed": String(tab === id) }, phone.icon(icon), h("span", {}, text)))),
    { journal, contacts, clavier: keypad }[tab](phone, state),
  ];
}

function journal(phone, state) {
  return h("div", { class: "rows" }, state.appels.map((one) => {
    const [icon, word] = WAYS[one.sens];
    return h("div", { class: "notice-line" }, phone.row(`rappeler:${one.id}`, icon, one.nom, { texte: `${word}, ${one.quand}`, gras: one.sens === "manque" }),
      phone.tool(`infos_appel:${one.id}`, "info-circle", `Détails : ${one.nom}`));
  }));
}

function contacts(phone, state) {
  const known = state.contacts.slice().sort((a, b) => a.nom.localeCompare(b.nom, "fr"));
  return [
    h("div", { class: "screen-buttons" }, phone.act("nouveau_contact", "user-plus", "Ajouter")),
    h("div", { class: "rows" }, known.map((one) => phone.row(`contact:${one.id}`, one.icone, one.nom))),
  ];
}

function keypad(phone) {
  return [phone.text("ecrire:numero", "Numéro", { "data-keys": "chiffres" }), h("div", { class: "screen-buttons" }, phone.act("appeler_numero", "phone", "Appeler", true))];
}

function card(phone, one) {
  return [
    phone.bar("Contact", phone.tool(`favori:${one.id}`, "star", "Favori"), phone.tool(`modifier_contact:${one.id}`, "edit", "Modifier")),
    h("p", { class: "phone-face" }, phone.icon(one.icone)),
    h("p", { class: "screen-title centre" }, one.nom), h("p", { class: "screen-text centre" }, one.numero),
    h("div", { class: "screen-buttons" }, phone.act(`appeler:${one.id}`, "phone", "Appeler", true), phone.act(`ecrire_a:${one.id}`, "message", "Écrire")),
    h("div", { class: "rows" }, phone.row(`demander_bloquer:${one.id}`, "ban", "Bloquer"), phone.row(`demander_supprimer_contact:${one.id}`, "trash", "Supprimer")),
  ];
}

function blank(phone) {
  return [
    phone.bar("Nouveau contact"),
    phone.text("ecrire:nom_contact", "Nom"), phone.text("ecrire:numero_contact", "Numéro", { "data-keys": "chiffres" }),
    h("div", { class: "screen-buttons" }, phone.act("annuler_contact", "x", "Annuler"), phone.act("enregistrer_contact", "check", "Enregistrer", true)),
  ];
}

export function call(phone, state) {
  const one = state.appel;
  const rings = one.etat === "sonne";
  return h("div", { class: "phone-call" },
    h("p", { class: "phone-face" }, phone.icon(one.icone || "user")),
    h("p", { class: "screen-title centre" }, one.nom),
    h("p", { class: "screen-text centre" }, rings ? one.detail : one.etat === "appelle" ? "Appel en cours…" : "0 min 12"),
    rings
      ? h("div", { class: "call-buttons" },
        phone.button("refuser_appel", { class: "zone call-button red", "aria-label": "Rouge" }, phone.icon("phone-off")),
        phone.button("message_refus", { class: "zone call-button", "aria-label": "Message" }, phone.icon("message")),
        phone.button("repondre_appel", { class: "zone call-button green", "aria-label": "Vert" }, phone.icon("phone")))
      : [h("div", { class: "tiles" }, [["haut_parleur", "volume", "Haut-parleur", state.hautParleur], ["micro_appel", "microphone-off", "Muet", state.muet]].map(([gesture, icon, text, on]) => phone.button(gesture, { class: "zone tile", "aria-pressed": String(Boolean(on)) }, h("span", { class: "tile-icon" }, phone.icon(icon)), h("span", {}, text)))),
        h("div", { class: "call-buttons" }, phone.button("raccrocher", { class: "zone call-button red", "aria-label": "Rouge" }, phone.icon("phone-off")))]);
}

export function ring(state, person) {
  state.appel = Object.assign({ etat: "appelle" }, person);
  state.lieu = "appel";
  state.clavier = null;
  const known = state.contacts.find((one) => one.nom === person.nom || (person.numero && one.numero === person.numero));
  if (known) came(state, `appel_${known.id}`);
}

function over(state) {
  state.appels.unshift({ id: `fait_${state.appels.length}`, nom: state.appel.nom, sens: state.appel.etat === "sonne" ? "manque" : "emis", quand: "à l’instant" });
  state.appel = null;
  state.lieu = state.app ? "app" : "accueil";
}

const someone = (state, id) => state.contacts.find((one) => one.id === id);

export const actions = {
  onglet: (state, id) => { state.onglet = id; state.pile = []; state.clavier = null; if (id === "clavier") state.clavier = "ecrire:numero"; },
  contact: (state, id) => go(state, "contact", id),
  favori: (state) => { state.avis = "Ajouté aux favoris."; },
  modifier_contact: (state, id) => {
    const one = someone(state, id);
    state.textes = Object.assign({}, state.textes, { nom_contact: one.nom, numero_contact: one.numero });
    go(state, "nouveau_contact");
  },
  nouveau_contact: (state) => { state.textes = Object.assign({}, state.textes, { nom_contact: "", numero_contact: "" }); go(state, "nouveau_contact"); },
  annuler_contact: (state) => { state.pile.pop(); },
  enregistrer_contact: (state) => {
    const written = state.textes.nom_contact;
    if (!written) { state.avis = "Écrivez d’abord un nom."; return; }
    state.contacts.push({ id: `nouveau_${state.contacts.length}`, nom: written, numero: state.textes.numero_contact || "", icone: "user" });
    state.pile.pop();
    state.onglet = "contacts";
    state.avis = "Contact enregistré.";
  },
  supprimer_contact: (state, id) => { state.contacts = state.contacts.filter((one) => one.id !== id); state.pile = []; state.avis = "Contact supprimé."; },
  appeler: (state, id) => ring(state, someone(state, id)),
  appeler_numero: (state) => { if (state.textes.numero) ring(state, { nom: state.textes.numero, numero: state.textes.numero }); else state.avis = "Écrivez d’abord le numéro."; },
  rappeler: (state, id) => ring(state, { nom: state.appels.find((one) => one.id === id).nom }),
  infos_appel: (state, id) => {
    const one = state.appels.find((other) => other.id === id);
    state.menu = { titre: one.nom, choix: [[`rappeler:${id}`, "phone", "Appeler"], [`demander_bloquer:${id}`, "ban", "Bloquer"], ["nouveau_contact", "user-plus", "Ajouter aux contacts"]] };
  },
  repondre_appel: (state) => { state.appel.etat = "parle"; },
  refuser_appel: over,
  message_refus: (state) => { over(state); state.avis = "« Je vous rappelle » est envoyé."; },
  raccrocher: over,
  haut_parleur: (state) => { state.hautParleur = !state.hautParleur; },
  micro_appel: (state) => { state.muet = !state.muet; },
  ecrire_a: (state, id) => {
    const one = someone(state, id);
    const talk = state.conversations.find((other) => other.dans === "messages" && other.nom === one.nom);
    openApp(state, "messages");
    if (talk) { go(state, "conversation", talk.id); came(state, `conversation_${talk.id}`); } else { state.destinataire = id; go(state, "nouveau"); }
  },
};
