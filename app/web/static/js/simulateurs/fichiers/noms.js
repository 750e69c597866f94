// The places, the programs and the kinds of files, with their names and their drawings.

export const PLACES = [
  ["bureau", "Bureau", "device-desktop"], ["documents", "Documents", "file-text"], ["images", "Images", "photo"],
  ["telechargements", "Téléchargements", "download"], ["cle", "", "device-usb"], ["corbeille", "Corbeille", "trash"],
];
export const PROGRAMS = [
  ["documents", "Fichiers", "folder"], ["notes", "Notes", "notes"], ["calculatrice", "Calculatrice", "calculator"],
  ["meteo", "Météo", "cloud"], ["reglages", "Réglages", "settings"],
];
export const ICONS = { dossier: "folder", photo: "photo", texte: "file-text", pdf: "file-type-pdf", video: "movie", musique: "music" };
