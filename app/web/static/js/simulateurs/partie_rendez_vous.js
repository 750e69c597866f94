// Appointments: whom where there is a choice, what for, when; those taken are read again, moved or cancelled.

import { h } from "./simulateur.js";
import { plainWords, sharesWord } from "./web.js";

const wanted = (sim) => sim.state.rdv || {};
const want = (sim, more) => { sim.state.rdv = Object.assign({}, wanted(sim), more); };

function taken(sim, part) {
  return part.pris.concat(sim.state.pris || []).filter((one) => (sim.state.annules || []).indexOf(one.id) < 0);
}

function drawList(sim, part) {
  const all = taken(sim, part);
  return [
    sim.buttons(sim.act("nouveau_rdv", "calendar-plus", "Nouveau rendez-vous", "main")),
    all.length > 0 ? h("div", { class: "rows" }, all.map((one) => sim.row(`voir_rdv:${one.id}`, "calendar", one.quand, one.nom))) : sim.text("Aucun rendez-vous pour le moment."),
  ];
}

function drawProfessionals(sim, part) {
  const words = plainWords(sim.state.cherche);
  const found = words.length ? part.professionnels.filter((one) => words.every((word) => sharesWord(plainWords(`${one.nom} ${one.metier} ${one.lieu}`), word))) : part.professionnels;
  return [
    h("div", { class: "portal-secret" }, sim.field("ecrire:professionnel", "Nom, métier ou ville", { enter: "chercher_professionnel" }), sim.tool("chercher_professionnel", "search", "Chercher")),
    found.length ? h("div", { class: "rows" }, found.map((one) => sim.row(`professionnel:${one.id}`, "stethoscope", one.nom, `${one.metier}, ${one.lieu}`))) : sim.text("Personne ne porte ce nom ici."),
  ];
}

function drawSlots(sim, part) {
  return [sim.heading("Quel jour, quelle heure ?"), part.jours.map((day) => h("div", { class: "web-choice", role: "group", "aria-label": day.nom },
    h("p", { class: "sim-field-name", "aria-hidden": "true" }, day.nom),
    h("div", { class: "screen-buttons" }, day.heures.map((slot) => (slot.pris
      ? h("span", { class: "slot-taken" }, slot.heure, h("span", { class: "visually-hidden" }, " déjà pris"))
      : sim.button(`creneau:${slot.id}`, { class: "zone web-option", "aria-label": `${day.nom}, ${slot.heure}` }, h("span", {}, slot.heure)))))))];
}

function chosen(sim, part) {
  const { creneau, motif, professionnel } = wanted(sim);
  const day = part.jours.find((one) => one.heures.some((slot) => slot.id === creneau));
  const who = part.professionnels.find((one) => one.id === professionnel);
  const reason = part.motifs.find((one) => one.id === motif);
  return { nom: [reason && reason.nom, who && who.nom].filter(Boolean).join(", "), quand: day ? `${day.nom}, ${day.heures.find((slot) => slot.id === creneau).heure}` : "" };
}

function drawConfirm(sim, part) {
  const { nom, quand } = chosen(sim, part);
  return [sim.heading("Relisez le rendez-vous"), h("p", { class: "screen-text" }, h("strong", {}, quand)), sim.text(nom), sim.buttons(sim.act("confirmer_rdv", "check", "Confirmer", "main"), sim.act("changer_rdv", "clock", "Autre heure"))];
}

function drawOne(sim, part, place) {
  const one = taken(sim, part).find((each) => each.id === place.rdv);
  if (!one) return drawList(sim, part);
  if (place.vue === "annuler") return sim.window("Annuler ce rendez-vous ?", sim.text(`${one.quand} : ${one.nom}`), sim.buttons(sim.act("confirmer_annulation", "calendar-x", "Oui, annuler"), sim.act("garder_rdv", "check", "Non, je le garde")));
  const papers = one.papiers && one.papiers.length ? one.papiers : part.papiers;
  return [
    sim.heading(one.quand), sim.text(one.nom),
    papers.length > 0 && [h("p", { class: "sim-field-name" }, "À apporter"), h("ul", { class: "portal-list" }, papers.map((paper) => h("li", {}, paper)))],
    sim.buttons(sim.act(`deplacer_rdv:${one.id}`, "clock", "Changer l’heure"), sim.act(`annuler_rdv:${one.id}`, "calendar-x", "Annuler")),
  ];
}

export const appointments = {
  draw(sim, part, place) {
    if (place.vue === "professionnels") return drawProfessionals(sim, part);
    if (place.vue === "motifs") return [sim.heading("Pour quoi venez-vous ?"), h("div", { class: "rows" }, part.motifs.map((one) => sim.row(`motif:${one.id}`, one.icone || "calendar", one.nom)))];
    if (place.vue === "creneaux") return drawSlots(sim, part);
    if (place.vue === "confirmer") return drawConfirm(sim, part);
    if (place.vue === "fait") return [sim.notice("circle-check", "Votre rendez-vous est pris. Un message de rappel viendra.", "good"), drawOne(sim, part, { rdv: "nouveau" })];
    if (place.vue === "voir" || place.vue === "annuler") return drawOne(sim, part, place);
    return drawList(sim, part);
  },
  actions: {
    nouveau_rdv(sim, part) {
      sim.state.rdv = {};
      sim.show(part.professionnels.length ? "professionnels" : "motifs");
      if (part.professionnels.length) sim.happens("professionnels");
    },
    chercher_professionnel(sim) { sim.state.cherche = sim.written("professionnel"); },
    professionnel(sim, part, id) { want(sim, { professionnel: id }); sim.show("motifs"); sim.happens(`professionnel_${id}`); },
    motif(sim, part, id) { want(sim, { motif: id }); sim.show("creneaux"); },
    creneau(sim, part, id) { want(sim, { creneau: id }); sim.show("confirmer"); },
    changer_rdv(sim) { sim.show("creneaux"); },
    confirmer_rdv(sim, part) {
      const { creneau, remplace } = wanted(sim);
      sim.state.annules = (sim.state.annules || []).filter((id) => id !== "nouveau").concat(remplace && remplace !== "nouveau" ? [remplace] : []);
      sim.state.pris = [Object.assign({ id: "nouveau", papiers: part.papiers }, chosen(sim, part))];
      sim.show("fait");
      sim.happens("rdv_pris");
      sim.happens(`rdv_${creneau}`);
    },
    voir_rdv(sim, part, id) { sim.show("voir", { rdv: id }); sim.happens(`papiers_${id}`); },
    deplacer_rdv(sim, part, id) { want(sim, { remplace: id }); sim.show("creneaux"); },
    annuler_rdv(sim, part, id) { sim.show("annuler", { rdv: id }); },
    garder_rdv(sim) { sim.show("liste"); },
    confirmer_annulation(sim) {
      const id = sim.place.rdv;
      sim.state.annules = (sim.state.annules || []).concat([id]);
      sim.show("liste");
      sim.warn("Le rendez-vous est annulé.");
      sim.happens(`rdv_${id}_annule`);
    },
  },
};
