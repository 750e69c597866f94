// Conversations: SMS and WhatsApp, which differ by what can be joined and by groups.

import { h } from "../simulateur.js";
import { came, go, openApp } from "./appareil.js";
import { ring } from "./appels.js";

const TITLES = { messages: "Messages", whatsapp: "WhatsApp" };
const here = (state, id) => state.conversations.find((one) => one.id === id);
const holds = (state, id) => state.conversations.find((one) => one.bulles.some((bubble) => bubble.id === id));
const bubbleOf = (state, id) => holds(state, id).bulles.find((one) => one.id === id);
const present = (state) => state.pile.length && here(state, state.pile[state.pile.length - 1].id);

export function name(page, state) {
  return `${TITLES[state.app]}/${{ debut: "Conversations", nouveau: "Nouveau message", conversation: page.id && here(state, page.id) ? here(state, page.id).nom : "", membres: "Infos", choisir: "Transférer à", galerie: "Galerie", legende: "Photo", piece: "Joindre" }[page.nom] || page.nom}`;
}

export function view(phone, state, page) {
  const views = { conversation: talk, nouveau: fresh, choisir: choose, galerie: gallery, legende: caption, membres: members };
  return (views[page.nom] || list)(phone, state, page);
}

function last(one) {
  const bubble = one.bulles[one.bulles.length - 1];
  return bubble ? bubble.texte || (bubble.photo ? "Photo" : "Message vocal") : "";
}

function list(phone, state) {
  const shown = state.conversations.filter((one) => one.dans === state.app);
  const wanted = (state.textes.recherche || "").toLowerCase();
  return [
    phone.bar(TITLES[state.app], phone.tool("chercher", "search", "Chercher"), state.app === "whatsapp" && phone.tool("joindre_photo", "camera", "Appareil photo")),
    state.cherche && phone.text("ecrire:recherche", "Chercher"),
    h("div", { class: "screen-buttons" }, phone.act("nouveau_message", "message-plus", "Écrire")),
    h("div", { class: "rows" }, shown.filter((one) => !state.cherche || one.nom.toLowerCase().indexOf(wanted) >= 0).map((one) => phone.row(`conversation:${one.id}`, one.icone, one.nom, {
      texte: last(one), detail: state.bloques.indexOf(one.id) >= 0 ? "Bloqué" : one.sourdine ? "Muet" : one.quand, gras: one.non_lu,
    }))),
  ];
}

function talk(phone, state, page) {
  const one = here(state, page.id);
  const blocked = state.bloques.indexOf(one.id) >= 0;
  return [
    phone.bar(one.nom, one.dans === "whatsapp" && phone.tool(`video:${one.id}`, "video", "Appel vidéo"), phone.tool(`appeler_conversation:${one.id}`, "phone", "Appeler"), phone.tool("menu", "dots-vertical", "Plus de choix")),
    !one.connu && h("p", { class: "screen-text phone-unknown" }, phone.icon("alert-triangle"), " Numéro absent de vos contacts"),
    one.bulles.map((bubble) => said(phone, one, bubble)),
    blocked ? h("p", { class: "screen-text" }, "Ce numéro est bloqué.") : composer(phone, state, one),
  ];
}

function said(phone, one, bubble) {
  const parts = [
    bubble.auteur && h("strong", { class: "bubble-author" }, bubble.auteur),
    bubble.photo && h("span", { class: "bubble-photo" }, phone.icon(bubble.icone), h("span", { class: "bubble-caption" }, bubble.photo)),
    bubble.vocal && h("span", { class: "bubble-voice" }, phone.icon("player-play"), h("span", { class: "bubble-wave", "aria-hidden": "true" }), h("span", {}, `${bubble.ecoute ? "Écouté, " : ""}${bubble.vocal} s`)),
    bubble.texte && h("span", {}, bubble.texte),
    h("span", { class: "bubble-hour" }, bubble.heure, bubble.moi && one.dans === "whatsapp" ? phone.icon("checks", "Arrivé") : ""),
  ];
  const gesture = bubble.photo ? `photo_recue:${bubble.id}` : bubble.vocal ? `ecouter:${bubble.id}` : `options:${bubble.id}`;
  return h("div", { class: `talk ${bubble.moi ? "mine" : ""}` },
    h("div", { class: "talk-part" },
      phone.button(gesture, { class: "zone bubble", "data-gestures": `appui_long:bulle_${bubble.id}` }, parts),
      bubble.lien && phone.button(`lien:${bubble.id}`, { class: "zone screen-link" }, bubble.lien)));
}

function composer(phone, state, one) {
  const whatsapp = one.dans === "whatsapp";
  return [
    state.piece && h("div", { class: "tiles window" }, (whatsapp ? [["joindre_document", "notes", "Document"], ["joindre_photo", "camera", "Appareil"], ["joindre_galerie", "photo", "Galerie"], ["joindre_position", "map-pin", "Position"]] : [["joindre_photo", "camera", "Appareil"], ["joindre_galerie", "photo", "Galerie"]])
      .map(([gesture, icon, text]) => phone.button(gesture, { class: "zone tile" }, h("span", { class: "tile-icon" }, phone.icon(icon)), h("span", {}, text)))),
    state.enregistre
      ? h("div", { class: "window" }, h("p", { class: "window-title" }, "Votre voix : 4 secondes"), h("div", { class: "screen-buttons" }, phone.act("annuler_vocal", "trash", "Jeter"), phone.act("envoyer_vocal", "send", "Envoyer", true)))
      : h("div", { class: "composer" },
        phone.tool("joindre", whatsapp ? "paperclip" : "plus", "Joindre"),
        phone.text("ecrire:message", "Message", { lines: 2 }),
        phone.tool("envoyer", "send", "Envoyer"),
        whatsapp && phone.button("micro", { class: "zone bar-entry", "aria-label": "Micro", "data-gestures": "appui_long:micro" }, phone.icon("microphone"))),
  ];
}

function fresh(phone, state) {
  const known = state.contacts.slice().sort((a, b) => a.nom.localeCompare(b.nom, "fr"));
  const wanted = (state.textes.destinataire || "").toLowerCase();
  if (state.destinataire) {
    const one = state.contacts.find((other) => other.id === state.destinataire);
    return [phone.bar("Nouveau message"), h("p", { class: "screen-text" }, h("strong", {}, "À : "), one ? one.nom : state.destinataire), composer(phone, state, { dans: state.app })];
  }
  return [
    phone.bar("Nouveau message"),
    phone.text("ecrire:destinataire", "À : nom ou numéro"),
    h("div", { class: "screen-buttons" }, phone.act("valider_destinataire", "check", "Valider")),
    h("div", { class: "rows" }, known.filter((one) => one.nom.toLowerCase().indexOf(wanted) >= 0).map((one) => phone.row(`choisir:${one.id}`, one.icone, one.nom, { texte: one.numero }))),
  ];
}

function choose(phone, state) {
  return [
    phone.bar("Transférer à"),
    phone.text("ecrire:destinataire", "Nom ou numéro", { "data-keys": "chiffres" }),
    h("div", { class: "screen-buttons" }, phone.act("envoyer", "send", "Envoyer", true)),
    h("div", { class: "rows" }, state.conversations.filter((one) => one.dans === state.app && state.bloques.indexOf(one.id) < 0).map((one) => phone.row(`vers:${one.id}`, one.icone, one.nom))),
  ];
}

function gallery(phone, state) {
  return [phone.bar("Galerie"), h("div", { class: "photo-grid" }, state.photos.map((one) => phone.button(`galerie:${one.id}`, { class: `zone photo-cell ${one.floue ? "blurred" : ""}`, "aria-label": one.nom }, phone.icon(one.icone))))];
}

function caption(phone, state, page) {
  const one = state.photos.find((other) => other.id === page.id);
  return [
    phone.bar("Photo choisie"), h("div", { class: `phone-picture ${one.floue ? "blurred" : ""}` }, phone.icon(one.icone, one.nom)),
    phone.text("ecrire:legende", "Ajouter un mot"),
    h("div", { class: "screen-buttons" }, phone.act("envoyer", "send", "Envoyer", true)),
  ];
}

function members(phone, state, page) {
  const one = here(state, page.id);
  return [phone.bar("Infos"), h("p", { class: "screen-title" }, one.nom), one.numero && h("p", { class: "screen-text" }, one.numero),
    one.membres.length > 0 && h("ul", { class: "phone-members" }, one.membres.map((member) => h("li", {}, phone.icon("user"), member)))];
}

function send(state, bubble) {
  const one = present(state);
  const target = one || here(state, state.vers);
  if (!target) return;
  came(state, `envoye_${target.id}`);
  target.bulles.push(Object.assign({ id: `envoi_${target.bulles.length}`, moi: true, heure: state.heure }, bubble));
  target.quand = "à l’instant";
  state.conversations = [target].concat(state.conversations.filter((other) => other !== target));
}

function empty(state) {
  state.textes = Object.assign({}, state.textes, { message: "", destinataire: "", legende: "" });
  state.piece = false;
}

function sendNow(state) {
  const page = state.pile[state.pile.length - 1] || {};
  if (page.nom === "choisir") {
    if (!state.textes.destinataire) { state.avis = "Choisissez à qui l’envoyer."; return; }
    state.pile.pop();
    came(state, `transfere_${state.textes.destinataire.replace(/\D/g, "")}`);
    state.avis = `Message transféré au ${state.textes.destinataire}.`;
    empty(state);
  } else if (page.nom === "legende") {
    const one = state.photos.find((other) => other.id === page.id);
    state.pile = state.pile.filter((other) => other.nom !== "legende" && other.nom !== "galerie");
    came(state, `photo_envoyee_${one.id}`);
    send(state, { photo: one.nom, icone: one.icone, texte: state.textes.legende });
    empty(state);
  } else if (!state.textes.message) state.avis = "Écrivez d’abord votre message.";
  else if (page.nom === "nouveau") {
    const one = state.contacts.find((other) => other.id === state.destinataire);
    const talkName = one ? one.nom : state.destinataire;
    let target = state.conversations.find((other) => other.dans === state.app && other.nom === talkName);
    if (!target) {
      target = { id: `nouvelle_${state.conversations.length}`, nom: talkName, dans: state.app, connu: true, icone: one ? one.icone : "user", bulles: [], membres: [], quand: "" };
      state.conversations.unshift(target);
    }
    state.pile = [{ nom: "conversation", id: target.id }];
    send(state, { texte: state.textes.message });
    empty(state);
  } else { send(state, { texte: state.textes.message }); empty(state); }
}

export const longPresses = {
  bulle: (state, id) => options(state, id),
  micro: (state) => { state.enregistre = true; },
};

function options(state, id) {
  const bubble = bubbleOf(state, id);
  state.menu = { titre: "Ce message", choix: [[`repondre_bulle:${id}`, "arrow-left", "Répondre"], [`copier:${id}`, "copy", "Copier"], [`transferer:${id}`, "arrow-forward-up", "Transférer"]]
    .concat(bubble.photo ? [[`enregistrer_photo:${id}`, "download", "Enregistrer"]] : []).concat([[`effacer_bulle:${id}`, "trash", "Effacer"]]) };
}

export const actions = {
  chercher: (state) => { state.cherche = !state.cherche; state.clavier = state.cherche ? "ecrire:recherche" : null; },
  conversation: (state, id) => { go(state, "conversation", id); came(state, `conversation_${id}`); here(state, id).non_lu = false; empty(state); state.enregistre = false; },
  nouveau_message: (state) => { state.destinataire = null; empty(state); go(state, "nouveau"); },
  choisir: (state, id) => { state.destinataire = id; state.clavier = null; },
  valider_destinataire: (state) => { if (state.textes.destinataire) { state.destinataire = state.textes.destinataire; state.clavier = null; } },
  envoyer: (state) => { sendNow(state); state.clavier = null; },
  joindre: (state) => { state.piece = !state.piece; state.clavier = null; },
  joindre_galerie: (state) => { state.piece = false; go(state, "galerie"); },
  joindre_photo: (state) => openApp(state, "camera"),
  joindre_document: (state) => { state.piece = false; state.avis = "Aucun document ici."; },
  joindre_position: (state) => { state.piece = false; state.dialogue = { titre: "Envoyer où vous êtes ?", texte: "La personne verra votre place sur une carte.", choix: [["annuler", "x", "Annuler"]] }; },
  galerie: (state, id) => go(state, "legende", id),
  micro: (state) => { state.avis = "Gardez le doigt sur le micro pour parler."; },
  envoyer_vocal: (state) => { state.enregistre = false; came(state, "vocal_envoye"); send(state, { vocal: 4 }); },
  annuler_vocal: (state) => { state.enregistre = false; },
  menu: (state) => {
    const one = present(state);
    if (!one) return;
    const common = [[`membres:${one.id}`, one.membres.length ? "users" : "info-circle", "Infos"], [`sourdine:${one.id}`, one.sourdine ? "bell" : "bell-off", one.sourdine ? "Remettre le son" : "Mettre en sourdine"]];
    const stranger = one.connu ? [] : [[`ajouter_contact:${one.id}`, "user-plus", "Ajouter aux contacts"]];
    state.menu = { titre: one.nom, choix: common.concat(stranger, [[`demander_bloquer:${one.id}`, "ban", "Bloquer"], [`demander_signaler:${one.id}`, "flag", "Signaler"], [`demander_supprimer_conversation:${one.id}`, "trash", "Supprimer"]]) };
  },
  membres: (state, id) => go(state, "membres", id),
  sourdine: (state, id) => { const one = here(state, id); one.sourdine = !one.sourdine; state.avis = one.sourdine ? "Les alertes sont coupées." : "Les alertes reviennent."; },
  ajouter_contact: (state, id) => { here(state, id).connu = true; state.avis = "Ajouté aux contacts."; },
  bloquer: (state, id) => { state.bloques.push(id); state.avis = "C’est bloqué."; },
  signaler: (state, id) => { state.avis = "C’est signalé. Merci."; state.publications = state.publications.filter((one) => one.id !== id); },
  supprimer_conversation: (state, id) => { state.conversations = state.conversations.filter((one) => one.id !== id); state.pile = []; state.avis = "Conversation supprimée."; },
  appeler_conversation: (state, id) => ring(state, here(state, id)),
  video: (state, id) => ring(state, here(state, id)),
  options: (state, id) => options(state, id),
  transferer: (state, id) => { state.transfert = id; state.textes = Object.assign({}, state.textes, { destinataire: "" }); go(state, "choisir"); },
  vers: (state, id) => {
    const bubble = state.transfert && bubbleOf(state, state.transfert);
    state.pile = [];
    state.vers = id;
    if (state.partage) { came(state, `photo_envoyee_${state.partage}`); const one = state.photos.find((other) => other.id === state.partage); send(state, { photo: one.nom, icone: one.icone }); state.partage = null; } else if (bubble) send(state, { texte: bubble.texte, photo: bubble.photo, icone: bubble.icone });
    go(state, "conversation", id);
    state.vers = null;
  },
  copier: (state) => { state.avis = "Message copié."; },
  repondre_bulle: (state) => { state.clavier = "ecrire:message"; },
  effacer_bulle: (state, id) => { const one = holds(state, id); one.bulles = one.bulles.filter((bubble) => bubble.id !== id); state.avis = "Message effacé."; },
  lien: (state) => { openApp(state, "navigateur"); go(state, "site"); },
  photo_recue: (state, id) => options(state, id),
  ecouter: (state, id) => { bubbleOf(state, id).ecoute = true; state.avis = "Vous écoutez le message."; },
  enregistrer_photo: (state, id) => {
    const bubble = bubbleOf(state, id);
    state.photos.unshift({ id: `recue_${id}`, nom: bubble.photo, icone: bubble.icone, date: "aujourd’hui" });
    state.avis = "Photo enregistrée.";
  },
};
