// A form: its screens one after the other, what is empty or wrong told beside each field, all read again, then sent.

import { h } from "./simulateur.js";
import { matches } from "./orthographe.js";
import { camera, cameraActions, photoProblem } from "./appareil_photo.js";

const EMPTY = "Cette case est obligatoire.";
const OTHER = "Relisez : ce n’est pas ce que dit votre papier.";
const FORMATS = {
  date: [/^\d{1,2}\/\d{1,2}\/\d{4}$/, "Écrivez la date ainsi : 05/03/1950."],
  nombre: [/^[\d\s.,]+$/, "Écrivez cette case avec des chiffres seulement."],
  mail: [/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "Une adresse mail a un signe @ et un point."],
};

const plainDate = (text) => text.replace(/(^|\/)0/g, "$1");

function value(sim, field) {
  const state = sim.state;
  if (field.genre === "choix") return state.choix[field.id] || "";
  if (field.genre === "case") return state.cases[field.id] ? "oui" : "";
  if (field.genre === "fichier") return state.joints[field.id] || "";
  return sim.written(field.id).trim();
}

// What a person reads again before sending.
function said(sim, field) {
  const given = value(sim, field);
  if (field.genre === "choix") return given && field.options.find((one) => one.id === given).nom;
  if (field.genre === "fichier") return given && sim.fileName(given);
  if (field.genre === "mot_de_passe") return given && "••••••••";
  return given;
}

// What is to be mended in a field, or null.
function trouble(sim, field) {
  const given = value(sim, field);
  if (!given) return field.obligatoire === false ? null : EMPTY;
  const format = FORMATS[field.genre];
  if (format && !format[0].test(given)) return format[1];
  if (field.genre === "fichier" && given === "photo" && photoProblem(sim)) return photoProblem(sim);
  if (!field.attendu.length) return null;
  const written = ["choix", "fichier", "case"].indexOf(field.genre) < 0;
  const fits = (wanted) => {
    if (!written) return given === wanted;
    if (field.genre === "date") return plainDate(given) === plainDate(wanted);
    return matches(given, wanted, field.genre === "texte" ? "large" : "exacte");
  };
  return field.attendu.some(fits) ? null : field.alerte || OTHER;
}

function drawField(sim, field) {
  const state = sim.state;
  const wrong = state.alertes[field.id];
  const label = field.obligatoire === false ? field.nom : `${field.nom} *`;
  const parts = {
    choix: () => sim.choice(field.id, label, field.options, state.choix[field.id]),
    case: () => sim.box(`cocher:${field.id}`, label, Boolean(state.cases[field.id])),
    fichier: () => [h("p", { class: "sim-field-name" }, label), sim.joined(field.id), sim.buttons(sim.act(`ajouter:${field.id}`, "paperclip", "Ajouter un fichier"), sim.act(`photographier:${field.id}`, "camera", "Prendre une photo"))],
  };
  const typed = () => sim.field(`ecrire:${field.id}`, label, Object.assign({ "aria-required": field.obligatoire === false ? null : "true", "aria-invalid": wrong ? "true" : null }, INPUTS[field.genre]));
  return h("div", { class: `form-field ${wrong ? "wrong" : ""}` }, (parts[field.genre] || typed)(), field.aide && h("p", { class: "screen-text form-help" }, field.aide), wrong && sim.notice("alert-triangle", wrong, "bad"));
}

const INPUTS = { date: { inputmode: "numeric" }, nombre: { inputmode: "numeric" }, mail: { inputmode: "email" }, mot_de_passe: { type: "password" } };

function drawPage(sim, part, place) {
  const n = place.n || 1;
  const one = part.pages[n - 1];
  const wrong = Object.keys(sim.state.alertes).length;
  return [
    h("p", { class: "screen-text" }, `Page ${n} sur ${part.pages.length}`),
    sim.heading(one.titre), one.texte && sim.text(one.texte),
    sim.text("L’étoile * veut dire obligatoire."),
    wrong > 0 && sim.notice("alert-triangle", wrong === 1 ? "Une case est à revoir." : `${wrong} cases sont à revoir.`, "bad"),
    one.champs.map((field) => drawField(sim, field)),
    sim.buttons(n > 1 && sim.act("precedent", "arrow-left", "Page d’avant"), sim.act("suivant", "arrow-right", "Continuer", "main")),
  ];
}

function drawAgain(sim, part) {
  return [
    sim.heading("Relisez avant d’envoyer"),
    part.pages.map((one, n) => h("div", { class: "form-again" },
      h("p", { class: "sim-field-name" }, one.titre),
      one.champs.filter((field) => field.genre !== "case").map((field) => h("p", { class: "screen-text" }, `${field.nom} : ${said(sim, field) || "rien"}`)),
      sim.act(`modifier:${n + 1}`, "pencil", "Modifier", "", { "aria-label": `Modifier : ${one.titre}` }))),
    sim.buttons(sim.act("envoyer", "send", "Envoyer", "main"), sim.act("precedent", "arrow-left", "Page d’avant")),
  ];
}

function drawSent(sim, part) {
  return [
    sim.notice("circle-check", part.envoye || "Votre demande est envoyée.", "good"),
    h("p", { class: "screen-text" }, "Numéro de la demande : ", h("strong", {}, part.numero)),
    sim.text("Gardez ce numéro : il sert à suivre la demande."),
    h("div", { class: "rows" }, sim.row(`telecharger:recu_${part.id}`, "download", "Le reçu", "Télécharger")),
  ];
}

function check(sim, part, n) {
  const alertes = {};
  part.pages[n - 1].champs.forEach((field) => { const wrong = trouble(sim, field); if (wrong) alertes[field.id] = wrong; });
  sim.state.alertes = alertes;
  const found = Object.keys(alertes).map((id) => alertes[id]);
  if (!found.length) return true;
  sim.announce(found.length === 1 ? `Une case est à revoir. ${found[0]}` : `${found.length} cases sont à revoir.`);
  sim.happens(found.indexOf(EMPTY) >= 0 ? "case_vide" : "a_revoir");
  return false;
}

// A request sent is among those to follow, where the account has such a part.
function follow(sim, part) {
  const requests = sim.state.rubriques.find((one) => one.genre === "demandes");
  if (!part.suivi || !requests) return;
  requests.demandes = requests.demandes.concat([{ id: "nouvelle", nom: part.suivi, numero: part.numero, etat: "Reçue", texte: ["Votre demande est arrivée. Elle sera lue bientôt."] }]);
}

export const form = {
  draw(sim, part, place) {
    if (place.vue === "camera") return camera(sim, place);
    if (place.vue === "relire") return drawAgain(sim, part);
    if (place.vue === "envoye") return drawSent(sim, part);
    return drawPage(sim, part, place);
  },
  actions: Object.assign({
    suivant(sim, part) {
      const n = sim.place.n || 1;
      if (!check(sim, part, n)) return;
      if (n < part.pages.length) { sim.show("page", { n: n + 1 }); sim.happens(`${part.id}_page_${n + 1}`); } else { sim.show("relire"); sim.happens("relire"); }
    },
    precedent(sim, part) {
      const n = sim.place.vue === "relire" ? part.pages.length + 1 : sim.place.n || 1;
      if (n > 1) sim.show("page", { n: n - 1 });
    },
    modifier(sim, part, target) { sim.show("page", { n: Number(target) }); },
    envoyer(sim, part) {
      const wrong = part.pages.findIndex((one, n) => !check(sim, part, n + 1));
      if (wrong >= 0) { const kept = sim.state.alertes; sim.show("page", { n: wrong + 1 }); sim.state.alertes = kept; return; }
      follow(sim, part);
      sim.show("envoye");
      sim.happens("envoye");
    },
  }, cameraActions),
};
