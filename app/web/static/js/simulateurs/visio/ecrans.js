// The screens of a video call.

import { h } from "../simulateur.js";

const button = (visio, gesture, text, icon, main) => visio.button(gesture, { class: `zone screen-button ${main ? "main" : ""}` }, visio.icon(icon), h("span", {}, text));
const back = (visio) => h("div", { class: "bar" }, visio.button("retour", { class: "zone bar-entry" }, visio.icon("arrow-left"), h("span", {}, "Retour")));

export function invitations(visio, state) {
  if (!state.invitations.length) return [h("p", { class: "screen-text" }, "Aucune invitation ne vous attend.")];
  return [
    h("p", { class: "screen-title" }, "Messages"),
    state.invitations.map((one) => h("div", { class: "visio-mail" },
      visio.button(`lire:${one.id}`, { class: "zone row", "aria-expanded": String(state.lu === one.id) }, h("span", { class: "row-icon" }, visio.icon("mail")),
        h("span", { class: "row-text" }, h("span", { class: "row-title" }, one.de), h("span", { class: "row-body" }, one.texte))),
      state.lu === one.id && h("div", { class: "visio-open" },
        visio.button(`lien:${one.id}`, { class: "zone screen-link" }, one.lien),
        h("div", { class: "screen-buttons" }, button(visio, `supprimer:${one.id}`, "Supprimer", "x"))))),
  ];
}

export function permission(visio, state) {
  return [
    back(visio),
    preview(visio, state),
    h("div", { class: "window visio-ask" }, h("p", { class: "screen-text" }, "Ce site veut se servir de votre micro et de votre caméra."),
      h("div", { class: "screen-buttons" }, button(visio, "autoriser", "Autoriser", "check"), button(visio, "refuser", "Bloquer", "x"))),
    tools(visio, state, false),
  ];
}

export function mirror(visio, state) {
  return [
    back(visio),
    h("p", { class: "screen-title" }, state.medical ? "Salle d’attente" : "Avant d’entrer"),
    preview(visio, state),
    state.medical && h("p", { class: "screen-text" }, visio.icon("stethoscope"), ` ${state.personnes[0].nom} vous attend.`),
    tools(visio, state, false),
    h("div", { class: "screen-buttons" }, button(visio, "rejoindre", state.medical ? "Entrer" : "Participer", "video", true), button(visio, "essayer_son", "Essayer le son", "volume"), button(visio, "reglages", "Réglages", "settings")),
  ];
}

// What the others will see of the person.
function preview(visio, state) {
  const seen = state.camera && state.permis;
  return h("div", { class: `visio-self ${seen ? "seen" : ""} ${state.fond ? "soft" : ""} ${state.lumiere ? "light" : ""}` },
    seen ? visio.icon("user") : visio.icon("video-off"), h("p", {}, seen ? "Vous" : "Votre image est coupée"));
}

function toggle(visio, name, on, texts, icons) {
  return visio.button(`${name}:${on ? "couper" : "ouvrir"}`, { class: `zone visio-tool ${on ? "" : "off"}`, "aria-label": `${texts}${on ? ", en marche" : ", coupé"}` }, visio.icon(icons[on ? 0 : 1]), h("span", {}, texts));
}

function tools(visio, state, inCall) {
  const tool = (gesture, text, icon, open) => visio.button(gesture, { class: "zone visio-tool", "aria-expanded": open === undefined ? null : String(open) }, visio.icon(icon), h("span", {}, text));
  const pressed = (gesture, text, icon, on) => visio.button(gesture, { class: `zone visio-tool ${on ? "on" : ""}`, "aria-pressed": String(on) }, visio.icon(icon), h("span", {}, text));
  return h("div", { class: "visio-tools" },
    toggle(visio, "micro", state.micro, "Micro", ["microphone", "microphone-off"]),
    toggle(visio, "camera", state.camera, "Caméra", ["video", "video-off"]),
    toggle(visio, "son", state.son, "Son", ["volume", "volume-off"]),
    inCall ? [
      tool("partager", "Partager", "screen-share", state.volet === "partage"),
      pressed(`main:${state.main ? "baisser" : "lever"}`, "Main", "hand-stop", state.main),
      tool("discussion", "Discuter", "message-circle", state.volet === "discussion"),
      tool("personnes", "Personnes", "users", state.volet === "personnes"),
      tool("reactions", "Réagir", "mood-smile", state.volet === "reactions"),
      visio.button("quitter", { class: "zone visio-tool visio-leave" }, visio.icon("phone-off"), h("span", {}, "Quitter")),
    ] : [
      pressed("fond", "Fond flou", "user", state.fond), pressed("lumiere", "Lumière", "sun", state.lumiere), tool("retourner", "Retourner", "camera-rotate"),
    ]);
}

export function call(visio, state) {
  return [
    state.parole && h("p", { class: "visio-word" }, state.parole),
    state.partage && h("div", { class: "visio-shared", role: "status" }, visio.icon("screen-share"), h("span", {}, `Tous voient : ${nameOf(state, state.partage)}`), button(visio, "arreter_partage", "Arrêter", "x")),
    h("div", { class: "visio-faces" }, state.personnes.map((one) => visio.button(`epingler:${one.id}`, { class: `zone visio-face ${state.epingle === one.id ? "large" : ""}`, "aria-pressed": String(state.epingle === one.id), "aria-label": `Voir ${one.nom} en grand` }, visio.icon("user"), h("span", {}, one.nom))),
      h("div", { class: "visio-face visio-me" }, visio.icon(state.camera ? "user" : "video-off"), h("span", {}, "Vous"), !state.micro && visio.icon("microphone-off", "micro coupé"), state.main && visio.icon("hand-stop", "main levée"))),
    panel(visio, state),
    tools(visio, state, true),
  ];
}

function nameOf(state, id) {
  const paper = (state.documents || []).find((one) => one.id === id);
  return paper ? paper.nom : "tout votre écran";
}

function panel(visio, state) {
  const panels = {
    partage: () => [h("p", { class: "window-title" }, "Que voulez-vous montrer ?"), h("div", { class: "tiles" },
      (state.documents || []).concat([{ id: "ecran", nom: "Tout mon écran", icone: "device-laptop" }]).map((one) => visio.button(`partager:${one.id}`, { class: "zone tile" }, h("span", { class: "tile-icon" }, visio.icon(one.icone)), h("span", {}, one.nom))))],
    discussion: () => [h("p", { class: "window-title" }, "Discussion"), state.messages.map((text) => h("p", { class: "talk mine" }, h("span", { class: "bubble" }, text))),
      visio.field("ecrire:discussion", "Votre mot", { "data-enter": "envoyer" }), h("div", { class: "screen-buttons" }, button(visio, "envoyer", "Envoyer", "send", true), button(visio, "fermer", "Fermer", "x"))],
    personnes: () => [h("p", { class: "window-title" }, "Dans l’appel"), state.personnes.map((one) => h("p", { class: "screen-text" }, one.nom)), h("p", { class: "screen-text" }, "Vous"), h("div", { class: "screen-buttons" }, button(visio, "fermer", "Fermer", "x"))],
    reactions: () => h("div", { class: "screen-buttons visio-reactions" }, button(visio, "reaction:sourire", "Sourire", "mood-smile"), button(visio, "fermer", "Fermer", "x")),
  };
  const made = panels[state.volet];
  return made && h("div", { class: "window" }, made());
}

export function after(visio, state) {
  const paper = state.ouvert && state.apres.find((one) => one.id === state.ouvert);
  if (paper) return [back(visio), h("div", { class: "visio-paper" }, visio.icon(paper.icone), h("p", {}, paper.nom), h("p", {}, "À montrer au pharmacien."))];
  return [
    h("p", { class: "screen-title" }, "L’appel est fini"),
    state.apres.length && h("div", { class: "rows" }, state.apres.map((one) => visio.button(`ouvrir:${one.id}`, { class: "zone row" }, h("span", { class: "row-icon" }, visio.icon(one.icone)), h("span", { class: "row-text" }, one.nom)))),
    h("p", { class: "screen-text" }, "Comment était l’appel ?"),
    h("div", { class: "screen-buttons" }, button(visio, "avis:bien", "Bien", "mood-smile"), button(visio, "avis:moyen", "Moyen", "dots"), button(visio, "revenir", "Revenir dans l’appel", "video"), state.medical && button(visio, "payer", "Régler la visite", "file-text")),
  ];
}
