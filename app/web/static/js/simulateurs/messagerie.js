// The mailbox: read, answer, forward, join a file, sort, contacts. It belongs to no brand.

import { Simulator, define, h } from "./simulateur.js";
import { known } from "./donnees/messagerie.js";

const FOLDERS = [
  ["reception", "Boîte de réception", "inbox"], ["envoyes", "Envoyés", "send"], ["archives", "Archives", "archive"],
  ["indesirables", "Indésirables", "alert-octagon"], ["corbeille", "Corbeille", "trash"],
];

class Mailbox extends Simulator {
  begin(start) {
    return Object.assign(start, {
      ecran: start.mot_de_passe ? "connexion" : start.ouvert ? "message" : "liste",
      dossier: "reception", textes: { message: start.brouillon || "" }, joints: [], panneau: null,
    });
  }

  title(state) {
    return `${state.ecran}/${state.dossier}/${state.ouvert || ""}`;
  }

  view(state) {
    return [
      h("p", { class: "app-title" }, "Messagerie"),
      h("div", { class: "screen-body" }, this[{ connexion: "signIn", liste: "list", message: "message", ecrire: "compose", carnet: "book" }[state.ecran]](state)),
    ];
  }

  signIn() {
    return [
      h("p", { class: "screen-title" }, "Ouvrir ma messagerie"),
      this.field("ecrire:identifiant", "Adresse mail", { inputmode: "email" }),
      this.field("ecrire:mot_de_passe", "Mot de passe", { type: "password" }),
      h("div", { class: "screen-buttons" }, this.button("connecter", { class: "zone screen-button main" }, this.icon("lock"), h("span", {}, "Se connecter"))),
    ];
  }

  list(state) {
    const shown = state.messages.filter((message) => (message.dossier || "reception") === state.dossier);
    return [
      h("div", { class: "screen-buttons" },
        this.button("nouveau", { class: "zone screen-button main" }, this.icon("pencil"), h("span", {}, "Nouveau message")),
        this.button("carnet", { class: "zone screen-button" }, this.icon("address-book"), h("span", {}, "Contacts")),
        state.mot_de_passe && this.button("deconnecter", { class: "zone screen-button" }, this.icon("logout"), h("span", {}, "Se déconnecter"))),
      h("div", { class: "mail-folders" }, FOLDERS.map(([id, name, icon]) => this.button(`dossier:${id}`, { class: "zone mail-folder", "aria-pressed": String(id === state.dossier) }, this.icon(icon), h("span", {}, name)))),
      shown.length ? h("div", { class: "rows" }, shown.map((message) => this.row(message))) : h("p", { class: "screen-text" }, "Aucun message ici."),
    ];
  }

  row(message) {
    return this.button(`ouvrir:${message.id}`, { class: `zone row ${message.lu ? "" : "bold"}` },
      h("span", { class: "row-icon" }, this.icon(message.pieces && message.pieces.length ? "paperclip" : "mail")),
      h("span", { class: "row-text" }, h("span", { class: "row-title" }, message.de), h("span", { class: "row-body" }, message.objet)),
      h("span", { class: "row-detail" }, message.date));
  }

  message(state) {
    const message = state.messages.find((one) => one.id === state.ouvert);
    const act = (verb, icon, text) => this.button(`${verb}:${message.id}`, { class: "zone screen-button" }, this.icon(icon), h("span", {}, text));
    return [
      this.back(),
      h("p", { class: "screen-title" }, message.objet),
      h("p", { class: "screen-text" }, h("strong", {}, message.de), message.adresse ? ` ${message.adresse}` : "", h("span", { class: "mail-date" }, message.date)),
      message.texte.map((line) => h("p", { class: "screen-text" }, line)),
      message.lien && h("p", { class: "screen-text" }, this.button(`lien:${message.id}`, { class: "zone screen-link" }, message.lien)),
      message.pieces && message.pieces.length && h("div", { class: "rows" }, message.pieces.map((piece) => this.button(`piece:${piece.id}`, { class: "zone row" },
        h("span", { class: "row-icon" }, this.icon(piece.icone || "file")), h("span", { class: "row-text" }, h("span", { class: "row-title" }, piece.nom))))),
      state.panneau && this.panel(state, message),
      h("div", { class: "screen-buttons" },
        message.dossier === "corbeille" && act("remettre", "arrow-back-up", "Remettre dans la boîte"),
        message.dossier === "indesirables" && act("fiable", "check", "Ce message est fiable"),
        act("repondre", "corner-up-left", "Répondre"), act("transferer", "arrow-forward-up", "Transférer"),
        act("archiver", "archive", "Archiver"), act("indesirable", "alert-octagon", "Indésirable"), act("supprimer", "trash", "Supprimer")),
    ];
  }

  // A file that is open, and may be kept; or what a link has opened.
  panel(state, message) {
    const piece = (message.pieces || []).find((one) => one.id === state.panneau);
    return h("div", { class: "window" },
      h("p", { class: "window-title" }, piece ? piece.nom : state.panneau),
      piece && h("div", { class: "picture" }, this.icon(piece.icone || "file")),
      piece && state.garde === piece.id && h("p", { class: "screen-text", role: "status" }, "Le fichier est gardé sur votre appareil."),
      h("div", { class: "screen-buttons" },
        piece && this.button(`telecharger:${piece.id}`, { class: "zone screen-button" }, this.icon("download"), h("span", {}, "Télécharger")),
        this.button("fermer", { class: "zone screen-button" }, this.icon("x"), h("span", {}, "Fermer"))));
  }

  compose(state) {
    return [
      this.back("annuler", "Annuler"),
      h("div", { class: "mail-to" }, this.field("ecrire:destinataire", "À", { inputmode: "email" }),
        this.button("carnet", { class: "zone screen-button", "aria-label": "Choisir dans les contacts" }, this.icon("address-book"))),
      this.field("ecrire:objet", "Objet"),
      this.field("ecrire:message", "Message", { lines: 4 }),
      state.joints.length && h("div", { class: "rows" }, state.joints.map((id) => this.joined(id))),
      state.panneau === "pieces" && h("div", { class: "window" }, h("p", { class: "window-title" }, "Choisir un fichier"),
        h("div", { class: "tiles" }, (state.fichiers || []).map((file) => this.button(`joindre:${file.id}`, { class: "zone tile" }, h("span", { class: "tile-icon" }, this.icon(file.icone || "file")), h("span", {}, file.nom))))),
      h("div", { class: "screen-buttons" },
        this.button("envoyer", { class: "zone screen-button main" }, this.icon("send"), h("span", {}, "Envoyer")),
        this.button("pieces", { class: "zone screen-button" }, this.icon("paperclip"), h("span", {}, "Joindre un fichier"))),
    ];
  }

  joined(id) {
    const file = this.state.fichiers.find((one) => one.id === id);
    return h("div", { class: "row" }, h("span", { class: "row-icon" }, this.icon("paperclip")), h("span", { class: "row-text" }, file.nom),
      this.button(`retirer:${id}`, { class: "zone bar-entry", "aria-label": `Retirer ${file.nom}` }, this.icon("x")));
  }

  book(state) {
    return [
      this.back(),
      h("p", { class: "screen-title" }, "Contacts"),
      h("div", { class: "rows" }, (state.contacts || []).map((contact) => this.button(`destinataire:${contact.id}`, { class: "zone row" },
        h("span", { class: "row-icon" }, this.icon("user")), h("span", { class: "row-text" }, h("span", { class: "row-title" }, contact.nom), h("span", { class: "row-body" }, contact.adresse))))),
      state.panneau === "nouveau_contact"
        ? [this.field("ecrire:nom_contact", "Nom"), this.field("ecrire:adresse_contact", "Adresse mail", { inputmode: "email" }),
          h("div", { class: "screen-buttons" }, this.button("enregistrer_contact", { class: "zone screen-button main" }, this.icon("check"), h("span", {}, "Enregistrer")))]
        : h("div", { class: "screen-buttons" }, this.button("nouveau_contact", { class: "zone screen-button" }, this.icon("plus"), h("span", {}, "Nouveau contact"))),
    ];
  }

  back(gesture, text) {
    return h("div", { class: "bar" }, this.button(gesture || "retour", { class: "zone bar-entry" }, this.icon("arrow-left"), h("span", {}, text || "Retour")));
  }

  apply(state, verb, target) {
    const message = state.messages.find((one) => one.id === target);
    const contact = (state.contacts || []).find((one) => one.id === target);
    const toList = () => { state.ecran = "liste"; state.panneau = null; };
    const toFolder = (folder) => { message.dossier = folder; toList(); };
    const write = (to, subject) => {
      state.ecran = "ecrire"; state.panneau = null; state.joints = [];
      state.textes = Object.assign({}, state.textes, { destinataire: to, objet: subject, message: state.brouillon || "" });
    };
    const actions = {
      connecter: toList,
      deconnecter: () => { state.ecran = "connexion"; state.textes = {}; },
      dossier: () => { state.dossier = target; toList(); },
      ouvrir: () => { state.ecran = "message"; state.ouvert = target; message.lu = true; state.panneau = null; },
      retour: () => { if (state.ecran === "carnet" && state.ecrivait) state.ecran = "ecrire"; else toList(); state.panneau = null; },
      annuler: toList,
      fermer: () => { state.panneau = null; },
      nouveau: () => write("", ""),
      repondre: () => write(message.de, `Re : ${message.objet}`),
      transferer: () => write("", `Tr : ${message.objet}`),
      supprimer: () => toFolder("corbeille"),
      archiver: () => toFolder("archives"),
      indesirable: () => toFolder("indesirables"),
      remettre: () => toFolder("reception"),
      fiable: () => toFolder("reception"),
      piece: () => { state.panneau = target; },
      telecharger: () => { state.garde = target; },
      lien: () => { state.panneau = "Un site s’est ouvert."; },
      carnet: () => { state.ecrivait = state.ecran === "ecrire"; state.ecran = "carnet"; state.panneau = null; },
      pieces: () => { state.panneau = "pieces"; },
      joindre: () => { if (state.joints.indexOf(target) < 0) state.joints.push(target); state.panneau = null; },
      retirer: () => { state.joints = state.joints.filter((id) => id !== target); },
      destinataire: () => { if (!state.ecrivait) write("", ""); state.ecran = "ecrire"; state.textes = Object.assign({}, state.textes, { destinataire: contact.adresse }); },
      nouveau_contact: () => { state.panneau = "nouveau_contact"; },
      enregistrer_contact: () => {
        state.contacts = (state.contacts || []).concat([{ id: `nouveau${state.contacts.length}`, nom: state.textes.nom_contact || "", adresse: state.textes.adresse_contact || "" }]);
        state.panneau = null;
      },
      envoyer: () => {
        state.messages.push({ id: `envoye${state.messages.length}`, de: state.textes.destinataire || "", objet: state.textes.objet || "", texte: [state.textes.message || ""], date: "À l’instant", dossier: "envoyes", lu: true });
        toList();
      },
    };
    if (actions[verb]) actions[verb]();
  }
}

define("jalons-messagerie", Mailbox, known);
