// What was sent and what comes back: requests to follow, with the paper that one of them waits for; messages.

import { h } from "./simulateur.js";

function drawRequest(sim, one) {
  const sent = sim.state.envoyes && sim.state.envoyes[one.id];
  return [
    sim.heading(one.nom),
    h("p", { class: "screen-text" }, `Numéro ${one.numero}`),
    sim.notice(sent ? "circle-check" : one.attend ? "alert-triangle" : "clock", sent ? "Votre papier est arrivé. La demande repart." : one.etat, sent ? "good" : ""),
    !sent && one.texte.map((line) => sim.text(line)),
    sim.joined(one.id),
    sim.buttons(!sent && sim.act(`ajouter:${one.id}`, "paperclip", "Ajouter un papier"), !sent && sim.state.joints[one.id] && sim.act("envoyer_papier", "send", "Envoyer le papier", "main"),
      sim.act(`relancer:${one.id}`, "mail", "Poser une question"), sim.act(`annuler_demande:${one.id}`, "trash", "Annuler la demande")),
  ];
}

export const requests = {
  draw(sim, part, place) {
    const one = place.vue === "demande" && part.demandes.find((request) => request.id === place.demande);
    if (one) return drawRequest(sim, one);
    return h("div", { class: "rows" }, part.demandes.map((request) => sim.row(`demande:${request.id}`, "clipboard-list", request.nom, `Numéro ${request.numero}`, sim.state.envoyes && sim.state.envoyes[request.id] ? "En cours" : request.etat)));
  },
  actions: {
    demande(sim, part, id) { sim.show("demande", { demande: id }); sim.happens(`demande_${id}`); },
    envoyer_papier(sim, part) {
      const one = part.demandes.find((request) => request.id === sim.place.demande);
      if (one.attend && sim.state.joints[one.id] !== one.attend) { sim.warn(one.alerte || "Ce n’est pas le papier demandé. Relisez la demande."); return; }
      sim.state.envoyes = Object.assign({}, sim.state.envoyes, { [one.id]: true });
      sim.announce("Votre papier est envoyé.");
      sim.happens(`papier_${one.id}`);
    },
    relancer(sim) { sim.warn("Votre question est notée. Une réponse viendra dans vos messages."); },
    annuler_demande(sim) { sim.warn("Une demande annulée serait perdue. Nous la gardons pour l’exercice."); },
  },
};

function drawMessage(sim, message) {
  return [
    sim.heading(message.objet),
    h("p", { class: "screen-text" }, h("strong", {}, message.de), ` ${message.date}`),
    message.texte.map((line) => sim.text(line)),
    message.fichier && h("div", { class: "rows" }, sim.row(`telecharger:${message.fichier}`, "paperclip", message.nom_fichier || "Document", "Télécharger")),
    sim.buttons(sim.act(`repondre:${message.id}`, "corner-up-left", "Répondre"), sim.act(`supprimer_message:${message.id}`, "trash", "Supprimer")),
  ];
}

function drawWriting(sim, part, place) {
  const to = place.reponse ? part.messages.find((one) => one.id === place.reponse).de : null;
  return [
    sim.heading(to ? `Répondre à ${to}` : "Nouveau message"),
    !to && h("div", { class: "web-choice", role: "group", "aria-label": "À qui ?" }, h("p", { class: "sim-field-name", "aria-hidden": "true" }, "À qui ?"),
      h("div", { class: "screen-buttons" }, part.destinataires.map((one) => sim.button(`destinataire:${one.id}`, { class: "zone web-option", "aria-pressed": String(sim.state.destinataire === one.id) }, h("span", {}, one.nom))))),
    sim.field("ecrire:message", "Message", { lines: 3 }),
    sim.buttons(sim.act("envoyer_message", "send", "Envoyer", "main"), sim.act("retour", "arrow-left", "Revenir")),
  ];
}

export const messages = {
  draw(sim, part, place) {
    if (place.vue === "message") return drawMessage(sim, part.messages.find((one) => one.id === place.message));
    if (place.vue === "ecrire") return drawWriting(sim, part, place);
    const gone = sim.state.supprimes || [];
    return [
      part.destinataires.length > 0 && sim.buttons(sim.act("nouveau_message", "pencil", "Nouveau message", "main")),
      h("div", { class: "rows" }, part.messages.filter((one) => gone.indexOf(one.id) < 0).map((one) => sim.row(`message:${one.id}`, "mail", one.de, one.objet, one.date))),
    ];
  },
  actions: {
    message(sim, part, id) { sim.show("message", { message: id }); sim.happens(`message_${id}`); },
    nouveau_message(sim) { sim.state.destinataire = null; sim.show("ecrire"); },
    repondre(sim, part, id) { sim.show("ecrire", { reponse: id }); },
    destinataire(sim, part, id) { sim.state.destinataire = id; },
    supprimer_message(sim, part, id) { sim.state.supprimes = (sim.state.supprimes || []).concat([id]); sim.show("liste"); },
    envoyer_message(sim) {
      const to = sim.place.reponse || sim.state.destinataire;
      if (!to) { sim.warn("Choisissez à qui vous écrivez."); return; }
      if (!sim.written("message").trim()) { sim.warn("Le message est encore vide."); return; }
      const answered = Boolean(sim.place.reponse);
      sim.show("liste");
      sim.warn("Votre message est parti.");
      sim.state.textes = Object.assign({}, sim.state.textes, { message: "" });
      sim.happens("message_envoye");
      if (!answered) sim.happens(`message_pour_${to}`);
    },
  },
};
