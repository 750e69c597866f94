// Bills, and their payment by card.

import { h } from "./simulateur.js";
import { cardTroubles, drawBank, drawPayment } from "./paiement.js";

const isPaid = (sim, bill) => bill.payee || (sim.state.payees || []).indexOf(bill.id) >= 0;

function order(part, bill) {
  return { marchand: part.marchand, montant: bill.montant, banque: bill.banque };
}

function drawBill(sim, bill) {
  const paid = isPaid(sim, bill);
  return [
    sim.heading(bill.nom),
    sim.notice(paid ? "circle-check" : "clock", paid ? `Payé : ${bill.montant}` : `À payer : ${bill.montant}`, paid ? "good" : ""),
    h("div", { class: "rows" }, sim.row(`telecharger:${bill.id}`, "download", "La facture", "Télécharger"), paid && sim.row(`telecharger:recu_${bill.id}`, "receipt", "Le reçu du paiement", "Télécharger")),
    !paid && sim.buttons(sim.act(`payer:${bill.id}`, "credit-card", "Payer", "main")),
  ];
}

export const bills = {
  draw(sim, part, place) {
    const bill = part.factures.find((one) => one.id === place.facture);
    if (place.vue === "facture") return drawBill(sim, bill);
    if (place.vue === "payer") return drawPayment(sim, order(part, bill));
    if (place.vue === "banque") return drawBank(sim, order(part, bill));
    return h("div", { class: "rows" }, part.factures.map((one) => sim.row(`facture:${one.id}`, "receipt", one.nom, isPaid(sim, one) ? "Payée" : "À payer", one.montant)));
  },
  actions: {
    facture(sim, part, id) { sim.show("facture", { facture: id }); sim.happens(`facture_${id}`); },
    payer(sim, part, id) { sim.show("payer", { facture: id }); sim.happens("carte"); },
    moyen(sim, part, id) { sim.state.moyen = id; },
    valider_virement(sim) { sim.warn("Ce site attend une carte. Choisissez « Carte bancaire »."); },
    valider_coupon(sim) { sim.warn("Ce site attend une carte. Choisissez « Carte bancaire »."); },
    annuler_paiement(sim, part) { sim.show("facture", { facture: sim.place.facture || part.factures[0].id }); },
    valider_carte(sim) {
      sim.state.alertes = cardTroubles(sim);
      if (Object.keys(sim.state.alertes).length) { sim.announce("Une case est à revoir."); return; }
      sim.show("banque", { facture: sim.place.facture });
      sim.happens("banque");
    },
    banque(sim, part, answer) {
      const id = sim.place.facture;
      sim.show("facture", { facture: id });
      if (answer === "refuser") { sim.warn("Le paiement est refusé. Rien n’est parti."); sim.happens("refuse"); return; }
      sim.state.payees = (sim.state.payees || []).concat([id]);
      sim.happens("paye");
      sim.happens(`payee_${id}`);
    },
  },
};
