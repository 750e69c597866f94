// A social network: publications, friends who ask, who sees what.

import { h } from "../simulateur.js";
import { go } from "./appareil.js";

const AUDIENCES = [["public", "Tout le monde", "world"], ["amis", "Amis", "users"], ["moi", "Moi seul", "lock"]];
const named = (state, id) => state.demandes.find((one) => one.id === id);

export function name(page) {
  return `La Place/${{ amis: "Amis", profil: "Profil", publier: "Publier", personne: "Personne" }[page.nom] || "Fil"}`;
}

export function view(phone, state, page) {
  return [
    phone.bar("La Place"),
    h("div", { class: "phone-tabs" }, [["fil", "Fil", "home"], ["amis", "Amis", "users"], ["profil", "Profil", "user"]].map(([id, text, icon]) => phone.button(id, { class: "zone phone-tab", "aria-pressed": String((page.nom === "debut" ? "fil" : page.nom) === id) }, phone.icon(icon), h("span", {}, text)))),
    ({ amis: friends, profil: profile, publier: publish, personne: person }[page.nom] || feed)(phone, state, page),
  ];
}

function feed(phone, state) {
  return [
    h("div", { class: "screen-buttons" }, phone.act("publier", "pencil", "Publier")),
    state.publications.map((one) => h("div", { class: "post", role: "group", "aria-label": `Publication de ${one.auteur}` },
      h("div", { class: "bar" }, h("strong", { class: "grow-text" }, one.auteur), phone.tool(`menu_post:${one.id}`, "dots-vertical", `Plus de choix : ${one.auteur}`)),
      h("p", { class: "screen-text" }, one.texte), one.icone && h("div", { class: "post-picture" }, phone.icon(one.icone)),
      h("div", { class: "bar" }, phone.button(`aimer:${one.id}`, { class: "zone bar-entry", "aria-label": `J’aime : ${one.auteur}`, "aria-pressed": String(Boolean(one.aime)) }, phone.icon("thumb-up")), phone.tool(`commenter:${one.id}`, "message", `Commenter : ${one.auteur}`), phone.tool(`relayer:${one.id}`, "share", `Partager : ${one.auteur}`)))),
  ];
}

function friends(phone, state) {
  return state.demandes.length ? state.demandes.map((one) => h("div", { class: "post", role: "group", "aria-label": one.nom },
    phone.row(`voir_profil:${one.id}`, one.icone, one.nom, { texte: one.texte }),
    h("div", { class: "screen-buttons" }, phone.button(`accepter:${one.id}`, { class: "zone screen-button", "aria-label": `Accepter ${one.nom}` }, phone.icon("check"), h("span", {}, "Accepter")), phone.button(`refuser_ami:${one.id}`, { class: "zone screen-button", "aria-label": `Refuser ${one.nom}` }, phone.icon("x"), h("span", {}, "Refuser")))))
    : h("p", { class: "screen-text" }, "Aucune demande.");
}

function person(phone, state, page) {
  const one = named(state, page.id);
  if (!one) return h("p", { class: "screen-text" }, "Profil fermé.");
  return [h("p", { class: "phone-face" }, phone.icon(one.icone)), h("p", { class: "screen-title centre" }, one.nom), h("p", { class: "screen-text" }, one.texte),
    h("div", { class: "rows" }, phone.row(`demander_signaler:${one.id}`, "flag", "Signaler"), phone.row(`demander_bloquer:${one.id}`, "ban", "Bloquer"))];
}

function profile(phone, state) {
  return [
    h("p", { class: "phone-face" }, phone.icon("user")), h("p", { class: "screen-title centre" }, "Votre profil"),
    h("div", { class: "setting-choice", role: "group", "aria-label": "Qui voit vos publications" }, h("p", { class: "setting-name" }, phone.icon("eye"), h("span", {}, "Qui voit vos publications")),
      h("div", { class: "chips" }, AUDIENCES.map(([id, text, icon]) => phone.button(`visible:${id}`, { class: "zone chip", "aria-pressed": String(state.visible === id) }, phone.icon(icon), ` ${text}`)))),
  ];
}

function publish(phone) {
  return [phone.text("ecrire:publication", "Quoi de neuf ?", { lines: 2 }), h("div", { class: "screen-buttons" }, phone.act("publier_maintenant", "send", "Publier", true))];
}

function tab(nom) {
  return (state) => { state.pile = []; if (nom !== "fil") go(state, nom); };
}

function without(list, id) {
  return list.filter((one) => one.id !== id);
}

export const actions = {
  fil: tab("fil"), amis: tab("amis"), profil: tab("profil"),
  publier: (state) => { state.textes = Object.assign({}, state.textes, { publication: "" }); go(state, "publier"); },
  publier_maintenant: (state) => {
    if (!state.textes.publication) return;
    state.publications.unshift({ id: `mienne_${state.publications.length}`, auteur: "Vous", texte: state.textes.publication });
    state.pile = [];
  },
  visible: (state, id) => { state.visible = id; state.avis = "C’est enregistré."; },
  aimer: (state, id) => { const one = state.publications.find((other) => other.id === id); one.aime = !one.aime; },
  commenter: (state) => { state.avis = "Les commentaires sont fermés."; },
  relayer: (state) => { state.avis = "Partagé avec vos amis."; },
  menu_post: (state, id) => {
    const one = state.publications.find((other) => other.id === id);
    state.menu = { titre: one.auteur, choix: [[`masquer:${id}`, "eye", "Masquer"], [`demander_signaler:${id}`, "flag", "Signaler"]] };
  },
  masquer: (state, id) => { state.publications = without(state.publications, id); },
  voir_profil: (state, id) => go(state, "personne", id),
  accepter: (state, id) => { state.demandes = without(state.demandes, id); state.avis = "Vous êtes amis."; },
  refuser_ami: (state, id) => { state.demandes = without(state.demandes, id); state.avis = "Demande refusée."; },
};
