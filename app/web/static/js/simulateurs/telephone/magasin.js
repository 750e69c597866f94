// The shop of applications: search, page of an application, installing, updates, and what an application asks for.

import { h } from "../simulateur.js";
import { came, go, online, openApp } from "./appareil.js";

const WANTS = { position: "savoir où vous êtes", micro: "utiliser le micro", camera: "utiliser l’appareil photo", contacts: "lire vos contacts", photos: "voir vos photos" };

export function name(page) {
  return `Magasin/${{ debut: "Accueil", fiche: page.id, mes_applications: "Mes applications" }[page.nom] || page.nom}`;
}

export function view(phone, state, page) {
  if (page.nom === "fiche") return sheet(phone, state, state.magasin.find((one) => one.id === page.id));
  if (page.nom === "mes_applications") return mine(phone, state);
  return front(phone, state);
}

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");

function front(phone, state) {
  const wanted = plain(state.cherche_magasin || "");
  const fits = (one) => !wanted || wanted.split(/\s+/).some((word) => word.length > 2 && plain(`${one.nom} ${one.editeur} ${one.mots.join(" ")}`).indexOf(word.replace(/s$/, "")) >= 0);
  const found = state.magasin.filter(fits);
  return [
    phone.bar("Magasin", phone.tool("mes_applications", "apps", "Mes applications")),
    h("div", { class: "composer" }, phone.text("ecrire:recherche", "Chercher une application"), phone.tool("chercher_magasin", "search", "Chercher")),
    h("p", { class: "screen-text" }, wanted ? `${found.length} réponses` : "À découvrir"),
    h("div", { class: "rows" }, found.map((one) => phone.row(`fiche_app:${one.id}`, one.icone, one.nom, { texte: one.editeur, detail: one.prix }))),
    wanted && !found.length && h("p", { class: "screen-text" }, "Rien trouvé. Essayez un autre mot."),
  ];
}

function sheet(phone, state, one) {
  const there = state.applications.some((other) => other.id === one.id);
  const paid = one.prix !== "Gratuit";
  return [
    phone.bar(one.nom),
    h("p", { class: "phone-face" }, phone.icon(one.icone)),
    h("dl", { class: "store-facts" }, [["Créateur", one.editeur], ["Avis", `${one.note} sur 5`], ["Prix", one.prix]].map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value)))),
    h("p", { class: "screen-text" }, one.texte),
    h("div", { class: "screen-buttons" }, there ? [phone.act(`ouvrir_app:${one.id}`, "player-play", "Ouvrir", true), phone.act(`demander_desinstaller:${one.id}`, "trash", "Désinstaller")]
      : paid ? phone.act(`acheter:${one.id}`, "shopping-cart", "Acheter") : phone.act(`installer:${one.id}`, "download", "Installer", true)),
  ];
}

function mine(phone, state) {
  const old = state.applications.filter((one) => one.ancienne);
  return [
    phone.bar("Mes applications"),
    old.length ? h("div", { class: "screen-buttons" }, phone.act("maj_tout", "refresh", "Tout mettre à jour")) : h("p", { class: "screen-text" }, "Tout est à jour."),
    h("div", { class: "rows" }, state.applications.map((one) => h("div", { class: "notice-line" },
      phone.row(`infos_app:${one.id}`, one.icone, one.nom, { texte: one.ancienne ? "Ancienne version" : "À jour" }),
      one.ancienne && phone.tool(`maj_app:${one.id}`, "refresh", `Mettre à jour ${one.nom}`)))),
  ];
}

function askRight(state, phone) {
  const wish = state.demande;
  if (!wish || !wish.droits.length) { state.demande = null; return; }
  const right = wish.droits[0];
  state.dialogue = { titre: phone.app(wish.id).nom, texte: `Cette application veut ${WANTS[right]}.`, choix: [["refuser", "x", "Refuser"], ["autoriser", "check", "Autoriser"]] };
}

function answer(state, phone, yes) {
  if (!state.demande) return;
  const right = state.demande.droits.shift();
  const one = phone.app(state.demande.id);
  if (yes) one.autorisations = one.autorisations.concat([right]);
  askRight(state, phone);
}

// An application from the shop asks for its rights when it is first opened.
function open(state, id, _, phone) {
  openApp(state, id);
  const one = phone.app(id);
  const sheetOf = state.magasin.find((other) => other.id === id);
  if (!sheetOf || !sheetOf.demande.length || one.demandee) return;
  one.demandee = true;
  state.demande = { id, droits: sheetOf.demande.slice() };
  askRight(state, phone);
}

function update(state, chosen) {
  if (!online(state)) { state.avis = "Il faut le Wi-Fi pour télécharger."; return; }
  chosen.forEach((one) => { if (one.ancienne) came(state, `a_jour_${one.id}`); one.ancienne = false; });
  state.avis = "C’est à jour.";
}

export const actions = {
  chercher_magasin: (state) => { state.cherche_magasin = state.textes.recherche || ""; state.clavier = null; },
  fiche_app: (state, id) => go(state, "fiche", id),
  mes_applications: (state) => go(state, "mes_applications"),
  installer: (state, id) => {
    const one = state.magasin.find((other) => other.id === id);
    if (!online(state)) { state.avis = "Il faut le Wi-Fi pour télécharger."; return; }
    state.applications.push({ id, nom: one.nom, icone: one.icone, systeme: false, autorisations: [], notifications: true, taille: "30 Mo", minutes: 0, limite: 0, lignes: one.lignes.length ? one.lignes : ["Bienvenue."] });
    state.avis = "L’application est installée.";
  },
  acheter: (state) => { state.dialogue = { titre: "Payer avec votre carte ?", texte: "La carte enregistrée sera débitée.", choix: [["annuler", "x", "Annuler"]] }; },
  app: open,
  ouvrir_app: open,
  autoriser: (state, _, value, phone) => answer(state, phone, true),
  refuser: (state, _, value, phone) => answer(state, phone, false),
  maj_app: (state, id, _, phone) => update(state, [phone.app(id)]),
  maj_tout: (state) => update(state, state.applications),
};
