// A video call: invitation, permission, mirror, call, and what comes after; the doctor's waiting room is one.

import { Simulator, define, h } from "./simulateur.js";
import { after, call, invitations, mirror, permission } from "./visio/ecrans.js";
import { known } from "./donnees/visio.js";

const SCREENS = { invitation: invitations, permission, miroir: mirror, appel: call, fini: after };

class VideoCall extends Simulator {
  begin(start) {
    const inside = start.ecran === "appel" || start.ecran === "miroir";
    return Object.assign(start, {
      textes: { nom: "", discussion: "" }, permis: inside, son: true, main: false, volet: null, partage: null, messages: [], avis: "",
      epingle: null, fond: false, lumiere: false, lu: null, reaction: false, ouvert: null,
    });
  }

  title(state) {
    return `${state.ecran}/${state.ouvert || ""}`;
  }

  view(state) {
    return [
      h("p", { class: "app-title" }, state.titre),
      h("div", { class: `screen-body visio visio-${state.ecran}` },
        SCREENS[state.ecran](this, state),
        state.avis && h("p", { class: "visio-said", role: "status" }, state.avis)),
    ];
  }

  apply(state, verb, target) {
    state.avis = "";
    const act = ACTIONS[verb];
    if (act) act(this, state, target);
  }

  toggle(name, target, on, off) {
    const { state } = this;
    if (target === "ouvrir" && !state.permis && name !== "son") { state.avis = "L’appareil a refusé. Il faut d’abord l’autoriser."; return; }
    state[name] = target === "ouvrir";
    state.avis = state[name] ? on : off;
  }
}

const ACTIONS = {
  lire: (visio, state, id) => { state.lu = state.lu === id ? null : id; },
  lien: (visio, state, id) => {
    if (!state.invitations.find((one) => one.id === id).bon) { state.avis = "Une page inconnue s’ouvre et demande votre carte."; return; }
    state.ecran = state.permis ? "miroir" : "permission";
  },
  supprimer: (visio, state, id) => { state.invitations = state.invitations.filter((one) => one.id !== id); },
  autoriser: (visio, state) => { state.permis = true; state.ecran = "miroir"; visio.happens("salle"); },
  refuser: (visio, state) => { Object.assign(state, { permis: false, micro: false, camera: false, ecran: "miroir", avis: "Sans micro ni caméra, on ne vous voit pas." }); },
  reglages: (visio, state) => { if (state.permis) { state.avis = "Micro et caméra marchent."; return; } state.ecran = "permission"; },
  micro: (visio, state, target) => visio.toggle("micro", target, "On vous entend.", "On ne vous entend plus."),
  camera: (visio, state, target) => visio.toggle("camera", target, "On vous voit.", "On ne vous voit plus."),
  son: (visio, state, target) => visio.toggle("son", target, "Vous entendez les autres.", "Vous n’entendez plus les autres."),
  essayer_son: (visio, state) => { state.avis = "Une petite musique se joue."; },
  retourner: (visio, state) => { state.avis = "La caméra regarde de l’autre côté."; },
  fond: (visio, state) => { state.fond = !state.fond; },
  lumiere: (visio, state) => { state.lumiere = !state.lumiere; },
  // A call that begins with the camera closed does so whatever was tried in the mirror.
  rejoindre: (visio, state) => { state.ecran = "appel"; state.camera = state.camera && visio.scene.depart.camera; visio.happens("appel"); },
  main: (visio, state, target) => { state.main = target === "lever"; },
  partager: (visio, state, what) => {
    if (!what) { state.volet = state.volet === "partage" ? null : "partage"; return; }
    state.partage = what; state.volet = null;
  },
  arreter_partage: (visio, state) => { state.partage = null; },
  discussion: (visio, state) => { state.volet = state.volet === "discussion" ? null : "discussion"; },
  envoyer: (visio, state) => {
    const text = (state.textes.discussion || "").trim();
    if (!text) { state.avis = "Écrivez d’abord un mot."; return; }
    state.messages.push(text);
    state.textes = Object.assign({}, state.textes, { discussion: "" });
  },
  personnes: (visio, state) => { state.volet = state.volet === "personnes" ? null : "personnes"; },
  epingler: (visio, state, id) => { state.epingle = state.epingle === id ? null : id; },
  reactions: (visio, state) => { state.volet = state.volet === "reactions" ? null : "reactions"; },
  reaction: (visio, state) => { state.volet = null; state.avis = "Votre sourire est parti."; },
  plus: (visio, state) => { state.volet = state.volet === "plus" ? null : "plus"; },
  quitter: (visio, state) => { if (state.ecran === "appel") Object.assign(state, { ecran: "fini", partage: null, volet: null }); else state.ecran = "invitation"; },
  revenir: (visio, state) => { state.ecran = "miroir"; },
  avis: (visio, state) => { state.avis = "Merci de votre avis."; },
  payer: (visio, state) => { state.avis = "La visite est déjà réglée."; },
  ouvrir: (visio, state, id) => { state.ouvert = id; },
  fermer: (visio, state) => { state.volet = null; state.ouvert = null; },
  annuler: (visio, state) => { state.volet = null; },
  retour: (visio, state) => { state.volet = null; if (state.ouvert) state.ouvert = null; else if (state.ecran !== "appel") state.ecran = "invitation"; },
};

define("jalons-visio", VideoCall, known);
