// The camera and the gallery.

import { h } from "../simulateur.js";
import { came, go, openApp } from "./appareil.js";

const MODES = [["photo", "Photo"], ["portrait", "Portrait"], ["video", "Vidéo"]];

export function name(page, state) {
  if (state.app === "camera") return `Appareil photo/${state.camera.mode}`;
  return { photo: `Photo/${page.id}`, corbeille: "Corbeille", partager: "Partager" }[page.nom] || "Photos";
}

export function view(phone, state, page) {
  if (page.nom === "photo") return picture(phone, state, state.photos.find((one) => one.id === page.id));
  if (page.nom === "partager") return sharing(phone);
  if (page.nom === "corbeille") return bin(phone, state);
  return state.app === "camera" ? camera(phone, state) : gallery(phone, state);
}

function camera(phone, state) {
  const seen = state.camera.soi ? { nom: "Vous", icone: "cliche-visage" } : state.sujet;
  const newest = state.photos[0];
  return h("div", { class: "camera" },
    h("div", { class: "bar camera-tools" },
      phone.button("flash", { class: "zone bar-entry", "aria-label": "Flash", "aria-pressed": String(Boolean(state.camera.flash)) }, phone.icon("bolt")),
      phone.tool("reglages_camera", "settings", "Réglages de l’appareil photo"), phone.tool("retourner_camera", "camera-rotate", "Retourner")),
    h("div", { class: "camera-view" }, phone.icon(seen.icone, seen.nom)),
    h("div", { class: "camera-modes" }, MODES.map(([id, text]) => phone.button(`mode:${id}`, { class: "zone camera-mode", "aria-pressed": String(state.camera.mode === id) }, text))),
    h("div", { class: "camera-buttons" },
      phone.button("voir_derniere", { class: "zone camera-last", "aria-label": `Dernière photo : ${newest.nom}` }, phone.icon(newest.icone)),
      phone.button("declencher", { class: "zone camera-shutter", "aria-label": "Rond blanc" }),
      phone.tool("zoomer_camera", "zoom-in", "Zoom")));
}

function gallery(phone, state) {
  return [
    phone.bar("Photos", phone.tool("corbeille", "trash", "Corbeille"), phone.tool("chercher", "search", "Chercher")),
    state.cherche && phone.text("ecrire:recherche", "Chercher"),
    h("div", { class: "photo-grid" }, state.photos.map((one) => phone.button(`photo:${one.id}`, { class: `zone photo-cell ${one.floue ? "blurred" : ""}`, "aria-label": `${one.nom}, ${one.date}${one.floue ? ", floue" : ""}` }, phone.icon(one.icone)))),
  ];
}

function picture(phone, state, one) {
  return [
    phone.bar(`${one.nom}, ${one.date}`),
    h("div", { class: `phone-picture ${one.floue ? "blurred" : ""} ${state.agrandie ? "large" : ""}` }, phone.icon(one.icone, `${one.nom}${one.floue ? ", floue" : ""}`)),
    h("div", { class: "picture-tools" }, [["share", `partager:${one.id}`, "Partager"], ["edit", "retoucher", "Retoucher"], ["zoom-in", `agrandir:${one.id}`, "Loupe"], ["trash", `demander_supprimer_photo:${one.id}`, "Corbeille"]]
      .map(([icon, gesture, label]) => phone.tool(gesture, icon, label))),
  ];
}

function sharing(phone) {
  return [phone.bar("Partager avec"), h("div", { class: "tiles" }, [["messages", "message", "Messages"], ["whatsapp", "message-circle", "WhatsApp"], ["courrier", "mail", "Messagerie"]]
    .map(([id, icon, text]) => phone.button(`partager_dans:${id}`, { class: "zone tile" }, h("span", { class: "tile-icon" }, phone.icon(icon)), h("span", {}, text))))];
}

function bin(phone, state) {
  return [
    phone.bar("Corbeille"),
    state.corbeille.length ? h("div", { class: "rows" }, state.corbeille.map((one) => phone.row(`restaurer:${one.id}`, one.icone, one.nom, { texte: "Toucher pour la remettre" }))) : h("p", { class: "screen-text" }, "La corbeille est vide."),
    state.corbeille.length > 0 && h("div", { class: "screen-buttons" }, phone.act("demander_vider_corbeille", "trash", "Vider la corbeille")),
  ];
}

export const actions = {
  mode: (state, id) => { state.camera.mode = id; },
  flash: (state) => { state.camera.flash = !state.camera.flash; },
  reglages_camera: (state) => { state.avis = "Photos en grande taille, son allumé."; },
  zoomer_camera: (state) => { state.avis = "Zoom : 2 fois."; },
  retourner_camera: (state) => { state.camera.soi = !state.camera.soi; },
  declencher: (state) => {
    if (state.camera.mode === "video") { state.avis = "Vidéo arrêtée : 2 secondes."; return; }
    const seen = state.camera.soi ? { nom: "Vous", icone: "cliche-visage" } : state.sujet;
    state.prises += 1;
    state.photos.unshift({ id: `prise_${state.prises}`, nom: seen.nom, icone: seen.icone, date: "aujourd’hui" });
    came(state, state.camera.soi ? "portrait_pris" : "photo_prise");
    state.avis = "Photo prise.";
  },
  voir_derniere: (state) => { const id = state.photos[0].id; openApp(state, "photos"); go(state, "photo", id); came(state, `photo_${id}`); },
  photo: (state, id) => { state.agrandie = false; go(state, "photo", id); came(state, `photo_${id}`); },
  agrandir: (state) => { state.agrandie = !state.agrandie; },
  retoucher: (state) => { state.avis = "La photo n’a pas changé."; },
  supprimer_photo: (state, id) => {
    const one = state.photos.find((other) => other.id === id);
    state.photos = state.photos.filter((other) => other !== one);
    state.corbeille.push(one);
    state.pile = state.pile.filter((page) => page.id !== id);
    state.avis = "La photo est dans la corbeille.";
  },
  corbeille: (state) => { openApp(state, "photos"); go(state, "corbeille"); },
  vider_corbeille: (state) => { if (state.corbeille.length) state.place_libre += 2; state.corbeille = []; state.avis = "La corbeille est vide."; },
  restaurer: (state, id) => { const one = state.corbeille.find((other) => other.id === id); state.corbeille = state.corbeille.filter((other) => other !== one); state.photos.push(one); },
  partager: (state, id) => { state.partage = id; go(state, "partager"); },
  partager_dans: (state, id) => { openApp(state, id); if (id !== "courrier") go(state, "choisir"); else state.avis = "La photo est jointe à un message."; },
};
