// Paying by card, then saying yes or no to what one's bank asks. An order is {marchand, montant, banque, faux}.

import { h } from "./simulateur.js";

const MEANS = [["carte", "Carte bancaire", "credit-card"], ["virement", "Virement", "transfer"], ["coupon", "Coupon acheté au tabac", "gift-card"]];
const digits = (text) => (text || "").replace(/\D/g, "");

export function drawPayment(sim, order) {
  const means = sim.state.moyen || "carte";
  return [
    sim.heading(`Payer ${order.montant}`), sim.text(`À : ${order.marchand}`),
    h("div", { class: "screen-buttons", role: "group", "aria-label": "Comment payer" }, MEANS.map(([id, name, icon]) => sim.button(`moyen:${id}`, { class: "zone web-option", "aria-pressed": String(id === means) }, sim.icon(icon), h("span", {}, name)))),
    means === "carte" && cardFields(sim, order),
    means === "virement" && [sim.text("Le vendeur donne un IBAN. L’argent part tout de suite, sans retour."), sim.buttons(sim.act("valider_virement", "transfer", "Faire le virement", "main"))],
    means === "coupon" && [sim.text("Achetez un coupon, grattez-le, écrivez son code."), sim.buttons(sim.act("valider_coupon", "gift-card", "Donner le code", "main"))],
    sim.buttons(sim.act("annuler_paiement", "x", "Annuler")),
  ];
}

function cardFields(sim, order) {
  const wrong = sim.state.alertes || {};
  const field = (name, label) => h("div", { class: `form-field ${wrong[name] ? "wrong" : ""}` }, sim.field(`ecrire:${name}`, label, { inputmode: "numeric", "aria-invalid": wrong[name] ? "true" : null }), wrong[name] && sim.notice("alert-triangle", wrong[name], "bad"));
  return [
    field("carte_numero", "Numéro de la carte"),
    h("div", { class: "card-line" }, field("carte_fin", "Date de fin"), field("carte_code", "Les 3 chiffres du dos")),
    order.faux && field("code_bancaire", "Code à 4 chiffres de votre carte"),
    sim.box("cocher:garder_carte", "Garder ma carte sur ce site", Boolean(sim.state.cases.garder_carte)),
    sim.buttons(sim.act("valider_carte", "check", "Payer", "main")),
  ];
}

// The bank's own page: only what it says is to be believed.
export function drawBank(sim, order) {
  const asked = order.banque || order;
  const { numero } = sim.state.carte || { numero: "0000" };
  return h("div", { class: "bank" },
    h("p", { class: "bank-name" }, sim.icon("building-bank"), h("span", {}, "Votre banque")),
    sim.heading("Un paiement attend votre accord"),
    h("div", { class: "rows" }, [["À qui", asked.marchand], ["Montant", asked.montant], ["Carte", `finit par ${digits(numero).slice(-2)}`]].map(([name, value]) => h("p", { class: "row" }, h("span", { class: "row-text" }, name), h("strong", { class: "row-detail" }, value)))),
    sim.buttons(sim.act("banque:refuser", "x", "Refuser"), sim.act("banque:confirmer", "check", "Confirmer")));
}

// What is to be mended in the card's fields, against the card on the paper.
export function cardTroubles(sim) {
  const card = sim.state.carte || { numero: "", fin: "", code: "" };
  const wrong = {};
  [["carte_numero", card.numero], ["carte_fin", card.fin], ["carte_code", card.code]].forEach(([name, wanted]) => {
    const given = digits(sim.written(name));
    if (!given) wrong[name] = "Cette case est obligatoire.";
    else if (given !== digits(wanted)) wrong[name] = "Relisez la carte : les chiffres sont autres.";
  });
  return wrong;
}

export function cardOnPaper(state) {
  return state.carte ? [`Carte : ${state.carte.numero}`, `Date de fin : ${state.carte.fin}. Au dos : ${state.carte.code}.`] : [];
}
