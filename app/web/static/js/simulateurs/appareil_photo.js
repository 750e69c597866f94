// Photographing a paper: from too near it is cut, without light it can hardly be read.

import { h } from "./simulateur.js";

const PROBLEMS = { coupee: "Le papier est coupé sur la photo.", loin: "Le papier est trop loin pour être lu.", sombre: "La photo est trop sombre." };
const DISTANCES = ["coupee", null, "loin"];
const BOXES = { coupee: [60, -40, 280, 380], loin: [160, 70, 80, 110], bien: [110, 25, 180, 250] };

// What is wrong with the photo that was kept, or null.
export function photoProblem(sim) {
  return PROBLEMS[sim.state.photo] || null;
}

function flaw({ lumiere, distance }) {
  return DISTANCES[distance] || (lumiere ? null : "sombre");
}

function settings(sim) {
  return sim.state.reglage || { lumiere: false, distance: 0 };
}

// The paper as the camera sees it, drawn with attributes only.
function picture(sim) {
  const { lumiere, distance } = settings(sim);
  const [x, y, width, height] = BOXES[DISTANCES[distance] || "bien"];
  const line = (n) => `<rect x="${x + width * 0.12}" y="${y + height * (0.18 + n * 0.1)}" width="${width * (n % 3 ? 0.7 : 0.45)}" height="${height * 0.035}" fill="#3d434f"/>`;
  const lines = [0, 1, 2, 3, 4, 5, 6].map(line).join("");
  const dark = lumiere ? "" : '<rect width="400" height="300" fill="#10131a" opacity="0.72"/>';
  const said = `Le papier vu par l’appareil : ${(PROBLEMS[flaw({ lumiere, distance })] || "entier et net.").toLowerCase()}`;
  const holder = h("div", { class: "camera-picture" });
  holder.innerHTML = `<svg viewBox="0 0 400 300" role="img" aria-label="${said}"><rect width="400" height="300" fill="#7a5c3f"/><rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#ffffff" stroke="#222"/>${lines}${dark}</svg>`;
  return holder;
}

export function camera(sim, place) {
  if (place.prise) {
    return [sim.heading("Voici la photo"), picture(sim), sim.buttons(sim.act("garder", "check", "Garder cette photo", "main"), sim.act("reprendre", "refresh", "Refaire la photo"), sim.act("annuler_photo", "x", "Annuler"))];
  }
  const { lumiere } = settings(sim);
  return [
    sim.heading(`Photographier : ${sim.state.papier_photo}`), picture(sim),
    sim.buttons(sim.act("reculer", "zoom-out", "Reculer"), sim.act("avancer", "zoom-in", "S’approcher"), sim.act("lumiere", "bulb", "Lampe", "", { "aria-pressed": String(lumiere) })),
    sim.buttons(sim.act("declencher", "camera", "Prendre la photo", "main"), sim.act("annuler_photo", "x", "Annuler")),
  ];
}

function move(sim, by) {
  const { lumiere, distance } = settings(sim);
  sim.state.reglage = { lumiere, distance: Math.min(2, Math.max(0, distance + by)) };
}

export const cameraActions = {
  photographier(sim, part, slot) {
    sim.state.pour = slot;
    sim.show("camera", { n: sim.place.n });
  },
  lumiere(sim) {
    const { lumiere, distance } = settings(sim);
    sim.state.reglage = { lumiere: !lumiere, distance };
  },
  reculer(sim) { move(sim, 1); },
  avancer(sim) { move(sim, -1); },
  declencher(sim) { sim.show("camera", { n: sim.place.n, prise: true }); },
  reprendre(sim) { sim.state.pile.pop(); },
  annuler_photo(sim) { sim.show("page", { n: sim.place.n }); },
  garder(sim) {
    const found = flaw(settings(sim));
    sim.state.photo = found;
    sim.state.joints = Object.assign({}, sim.state.joints, { [sim.state.pour]: "photo" });
    sim.show("page", { n: sim.place.n });
    sim.happens(found === "sombre" ? "photo_sombre" : found ? "photo_coupee" : "photo_nette");
  },
};
