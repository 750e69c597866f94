// The health account's own parts: reimbursements, documents and who sees them, professionals and their visits.

import { h } from "./simulateur.js";

export const payments = {
  draw(sim, part, place) {
    const line = place.vue === "paiement" && part.lignes.find((one) => one.id === place.paiement);
    if (line) return [sim.heading(line.nom), h("p", { class: "screen-text" }, `${line.date} : `, h("strong", {}, line.montant)), line.detail.map((text) => sim.text(text))];
    return h("div", { class: "rows" }, part.lignes.map((one) => sim.row(`paiement:${one.id}`, part.icone, one.nom, one.date, one.montant)));
  },
  actions: {
    paiement(sim, part, id) { sim.show("paiement", { paiement: id }); sim.happens(`paiement_${id}`); },
  },
};

const changed = (sim) => sim.state.caches || {};
const isHidden = (sim, one) => (one.id in changed(sim) ? changed(sim)[one.id] : Boolean(one.masque));

function allDocuments(sim, part) {
  const gone = sim.state.jetes || [];
  const all = (sim.state.ranges || []).concat(part.documents).filter((one) => gone.indexOf(one.id) < 0);
  return sim.state.tri ? all.slice().sort((a, b) => a.nom.localeCompare(b.nom)) : all;
}

function drawDocument(sim, one) {
  const hidden = isHidden(sim, one);
  return [
    sim.heading(one.nom), sim.text(one.date),
    h("div", { class: "picture web-picture" }, sim.icon(one.icone || "file-text", `Le document ${one.nom}`)),
    sim.notice(hidden ? "eye-off" : "eye", hidden ? "Caché aux autres professionnels." : "Vu par vos professionnels de santé."),
    sim.buttons(sim.act(`masquer:${one.id}`, hidden ? "eye" : "eye-off", hidden ? "Montrer à nouveau" : "Changer qui le voit"), sim.act(`telecharger:${one.id}`, "download", "Télécharger"), sim.act(`partager:${one.id}`, "share", "Envoyer"), sim.act(`supprimer_document:${one.id}`, "trash", "Supprimer")),
  ];
}

function drawAdding(sim, part) {
  return [
    sim.heading("Ajouter un document"),
    h("p", { class: "sim-field-name" }, "Le fichier *"), sim.joined("document"),
    sim.buttons(sim.act("ajouter:document", "paperclip", "Choisir un fichier")),
    sim.choice("type_document", "De quelle sorte ? *", part.types, sim.state.choix.type_document),
    sim.field("ecrire:nom_document", "Son nom *"),
    sim.buttons(sim.act("ranger", "check", "Enregistrer", "main"), sim.act("retour", "arrow-left", "Revenir")),
  ];
}

export const documents = {
  draw(sim, part, place) {
    const one = place.vue === "document" && allDocuments(sim, part).find((each) => each.id === place.document);
    if (one) return drawDocument(sim, one);
    if (place.vue === "ajouter") return drawAdding(sim, part);
    return [
      sim.buttons(sim.act("ajouter_document", "plus", "Ajouter", "main"), sim.act("trier", "sort-descending", "Changer l’ordre")),
      h("div", { class: "rows" }, allDocuments(sim, part).map((each) => sim.row(`document:${each.id}`, each.icone || "file-text", each.nom, each.date, isHidden(sim, each) ? "Caché" : null))),
    ];
  },
  actions: {
    document(sim, part, id) { sim.show("document", { document: id }); sim.happens(`document_${id}`); },
    trier(sim) { sim.state.tri = !sim.state.tri; },
    ajouter_document(sim) { sim.show("ajouter"); },
    partager(sim) { sim.warn("Un document de santé est personnel. Écrivez plutôt dans la messagerie de l’espace."); },
    supprimer_document(sim, part, id) { sim.state.jetes = (sim.state.jetes || []).concat([id]); sim.show("liste"); sim.warn("Le document est supprimé."); },
    masquer(sim, part, id) {
      const one = allDocuments(sim, part).find((each) => each.id === id);
      const hidden = !isHidden(sim, one);
      sim.state.caches = Object.assign({}, changed(sim), { [id]: hidden });
      sim.announce(hidden ? "Le document est caché." : "Le document est visible.");
      sim.happens(`${hidden ? "masque" : "visible"}_${id}`);
    },
    ranger(sim) {
      const missing = !sim.state.joints.document ? "Choisissez d’abord un fichier." : !sim.state.choix.type_document ? "Dites de quelle sorte il est." : !sim.written("nom_document").trim() ? "Donnez-lui un nom." : null;
      if (missing) { sim.warn(missing); return; }
      sim.state.ranges = [{ id: "nouveau", nom: sim.written("nom_document"), date: "Aujourd’hui", icone: "file-text" }];
      sim.show("liste");
      sim.warn("Le document est rangé.");
      sim.happens("document_range");
    },
  },
};

export const access = {
  draw(sim, part) {
    const shown = sim.state.volet || "professionnels";
    const allowed = sim.state.autorises || {};
    const pane = (id, icon, name) => sim.button(`volet:${id}`, { class: "zone web-option", "aria-pressed": String(id === shown) }, sim.icon(icon), h("span", {}, name));
    return [
      h("div", { class: "screen-buttons" }, pane("professionnels", "users", "Qui peut voir"), pane("visites", "history", "Qui a regardé")),
      shown === "visites"
        ? h("div", { class: "rows" }, part.visites.map((one) => h("p", { class: "row" }, h("span", { class: "row-icon" }, sim.icon("history")), h("span", { class: "row-text" }, h("span", { class: "row-title" }, one.qui), h("span", {}, one.quoi)), h("span", { class: "row-detail" }, one.quand))))
        : h("div", { class: "rows" }, part.professionnels.map((one) => sim.switchRow(`autoriser:${one.id}`, "stethoscope", one.nom, one.metier, one.id in allowed ? allowed[one.id] : one.autorise !== false))),
    ];
  },
  actions: {
    volet(sim, part, id) { sim.state.volet = id; if (id === "visites") sim.happens("visites"); },
    autoriser(sim, part, id) {
      const one = part.professionnels.find((each) => each.id === id);
      const before = sim.state.autorises && id in sim.state.autorises ? sim.state.autorises[id] : one.autorise !== false;
      sim.state.autorises = Object.assign({}, sim.state.autorises, { [id]: !before });
      sim.announce(before ? `${one.nom} ne peut plus voir.` : `${one.nom} peut voir.`);
      sim.happens(`${before ? "bloque" : "autorise"}_${id}`);
    },
  },
};
