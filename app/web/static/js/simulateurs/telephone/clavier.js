// The keyboard of the screen. Its keys write in a field; they are no gestures: what counts is what is written.

import { h } from "../simulateur.js";

const LONG_PRESS = 450; // milliseconds that a key is held before its accents come, as on most telephones
const LETTERS = ["azertyuiop", "qsdfghjklm", "wxcvbn'"];
const SIGNS = ["1234567890", "@.,?!:;-_/", "éèêàçùô€"];
const DIGITS = ["123", "456", "789", "*0#"];
const ACCENTS = { e: "éèêë", a: "àâ", u: "ùûü", i: "îï", o: "ôö", c: "ç" };
const NAMES = { "'": "Apostrophe", "@": "Arobase", ".": "Point", ",": "Virgule", "-": "Tiret", _: "Tiret bas", "/": "Barre", ":": "Deux points", ";": "Point-virgule", "*": "Étoile", "#": "Dièse" };

export class Keyboard {
  // `find` gives the field to write in; `icon` draws; `redraw` is called when the keys themselves change.
  constructor(find, icon) {
    this.find = find;
    this.icon = icon;
    this.place = h("div", { class: "keyboard phone-keyboard", role: "group", "aria-label": "Clavier" });
    this.place.addEventListener("pointerdown", (event) => this.onDown(event));
    this.place.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.place.addEventListener("click", (event) => this.onClick(event));
    ["pointerup", "pointercancel"].forEach((name) => this.place.addEventListener(name, () => clearTimeout(this.holding)));
    this.page = "lettres";
  }

  open(kind) {
    if (this.kind !== kind) { this.kind = kind; this.page = kind === "chiffres" ? "chiffres" : "lettres"; }
    this.upper = false;
    this.accents = "";
    this.draw();
    return this.place;
  }

  draw() {
    this.place.textContent = "";
    const rows = { lettres: LETTERS, signes: SIGNS, chiffres: DIGITS }[this.page];
    if (this.accents) this.place.append(h("div", { class: "keys phone-accents" }, [...this.accents].map((letter) => this.key(letter))));
    rows.forEach((row, n) => this.place.append(h("div", { class: "keys" },
      this.page === "lettres" && n === 2 && this.command("maj", this.icon("arrow-big-up"), "Majuscule", this.upper),
      [...row].map((letter) => this.key(letter)),
      n === 2 && this.page !== "chiffres" && this.command("effacer", this.icon("backspace"), "Effacer"))));
    this.place.append(h("div", { class: "keys" }, this.page === "chiffres"
      ? [this.command("effacer", this.icon("backspace"), "Effacer")]
      : [this.command("page", this.page === "lettres" ? "123" : "abc", this.page === "lettres" ? "Chiffres et signes" : "Lettres"),
        this.key(",", "w5"), h("button", { type: "button", class: "zone key w20", tabindex: "-1", "data-key": " " }, "Espace"), this.key(".", "w5")]));
  }

  key(letter, width) {
    const shown = this.upper ? letter.toUpperCase() : letter;
    return h("button", { type: "button", class: `zone key ${width || ""}`, tabindex: "-1", "data-key": shown, "aria-label": NAMES[letter] }, shown);
  }

  command(name, face, label, pressed) {
    return h("button", { type: "button", class: "zone key w6", tabindex: "-1", "data-command": name, "aria-label": label, "aria-pressed": pressed === undefined ? null : String(pressed) }, face);
  }

  onDown(event) {
    const button = event.target.closest("[data-key]");
    clearTimeout(this.holding);
    this.held = false;
    const accents = button && ACCENTS[button.getAttribute("data-key").toLowerCase()];
    if (!accents) return;
    this.holding = setTimeout(() => { this.held = true; this.accents = accents; this.draw(); }, LONG_PRESS);
  }

  onClick(event) {
    clearTimeout(this.holding);
    event.stopPropagation();
    const button = event.target.closest("button");
    if (!button) return;
    if (this.held) { this.held = false; return; }
    const command = button.getAttribute("data-command");
    if (command === "maj") this.upper = !this.upper;
    else if (command === "page") this.page = this.page === "lettres" ? "signes" : "lettres";
    else if (command === "effacer") this.write((text) => text.slice(0, -1));
    else this.write((text) => text + button.getAttribute("data-key"));
    if (!command && (this.upper || this.accents)) { this.upper = false; this.accents = ""; this.draw(); }
    if (command === "maj" || command === "page") this.draw();
  }

  write(change) {
    const field = this.find();
    if (!field) return;
    field.value = change(field.value).slice(0, 200);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
