// What all simulators share. A simulator is an application that works, drawn from its state alone:
//
//   class Mailbox extends Simulator {
//     view(state) { return [nodes] }              what is on the screen, made with h(), this.button(), this.field()
//     apply(state, verb, target, detail) {…}      what a gesture changes in the state (a plain object)
//   }
//   define("jalons-messagerie", Mailbox, known);
//
// `known` is what the simulator knows before a scene says anything (app/web/simulator_defaults.py): its drawings, and
// what the application holds where the scene does not say otherwise.
// Gestures are named "ouvrir:lea". What comes of them may be told too, with this.happens("page_horaires"): a step that
// waits for "arriver:page_horaires" is done whatever the way there.
// Those that are more than a click (double click, drag, swipe…) are told by pointeur.js.
// The element tells the instructions, follows the steps, keeps the trace and hands
// it in with the form around it; the server judges the trace. Modes: "diagnostic"; and for practice "montrer"
// (everything is shown), "indices" (the next place is pointed at), "seul".

import { StepProgress } from "./avancee.js";
import { howTo, placeOf, watch } from "./pointeur.js";
import { known as frame } from "./donnees/simulateur.js";

const TYPING_PAUSE = 1200; // milliseconds without a key, after which what is written is looked at
// What stands for a photo fills its place; an icon is a line drawing.
const PHOTO = 'class="photograph" viewBox="0 0 80 60" preserveAspectRatio="xMidYMid slice"';
const ICON = 'class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';
const DEMONSTRATION = { before: 1100, after: 900 };

export function define(name, element, known) {
  element.known = known;
  if (window.customElements && !customElements.get(name)) customElements.define(name, element);
}

export function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  const given = attributes || {};
  Object.keys(given).forEach((name) => {
    const value = given[name];
    if (value === null || value === undefined || value === false) return;
    if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  });
  append(node, children);
  return node;
}

function append(node, children) {
  children.forEach((child) => {
    if (Array.isArray(child)) append(node, child);
    else if (child || child === "") { // so that `list.length && …` may be written
      node.append(child.nodeType ? child : document.createTextNode(String(child)));
    }
  });
}

const copy = (thing) => JSON.parse(JSON.stringify(thing));
const reducedMotion = () => window.matchMedia && window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const wait = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

export class Simulator extends HTMLElement {
  connectedCallback() {
    if (this.scene) return;
    this.scene = completed(JSON.parse(this.getAttribute("data-scene")), this.constructor.known);
    this.mode = this.getAttribute("data-mode") || "diagnostic";
    this.trace = [];
    this.number = 0;
    this.startedAt = Date.now();
    this.state = this.begin(copy(this.scene.depart));
    this.means = "";
    this.build();
    this.listen();
    this.startStep(null);
  }

  // What the application remembers besides what the file gives; each simulator adds its own.
  begin(start) {
    return start;
  }

  // --- the frame: instruction, screen, help ---

  build() {
    this.classList.add(`on-${this.scene.appareil}`);
    this.instruction = h("div", { class: "sim-instruction", "aria-live": "polite" });
    this.screen = h("div", { class: `screen sim-screen screen-${this.scene.appareil}`, role: "group", "aria-label": this.scene.titre });
    this.help = h("div", { class: "other-answers sim-help" });
    this.status = h("p", { class: "visually-hidden", role: "status" });
    this.caption = h("p", { class: "sim-caption", "aria-live": "polite", hidden: true });
    this.append(this.instruction, this.caption, this.screen, this.status, this.help);
  }

  // A drawing known to the scene: the server sends those that the simulator and the file name.
  icon(name, label) {
    const holder = h("span", { class: "sim-icon" });
    const naming = label ? `role="img" aria-label="${label.replace(/"/g, "&quot;")}"` : 'aria-hidden="true"';
    const frame = String(name).startsWith("cliche-") ? PHOTO : ICON;
    holder.innerHTML = `<svg ${frame} focusable="false" ${naming}>${this.scene.icones[name] || ""}</svg>`;
    return holder.firstChild;
  }

  button(gesture, attributes, ...children) {
    return h("button", Object.assign({ type: "button", "data-gesture": gesture }, attributes), ...children);
  }

  // A field to write in; `gesture` is "ecrire:something". The state keeps what is written under state.textes[something].
  // With `enter`, the key Entrée does that gesture after writing.
  field(gesture, label, attributes) {
    const name = gesture.split(":")[1];
    const options = Object.assign({}, attributes);
    const tag = options.lines ? "textarea" : "input";
    if (options.enter) { options["data-enter"] = options.enter; delete options.enter; }
    if (options.lines) { options.rows = options.lines; delete options.lines; } else options.type = options.type || "text";
    const input = h(tag, Object.assign({
      class: "input", "data-gesture": gesture, autocomplete: "off", autocapitalize: "none", spellcheck: "false",
      maxlength: 200, value: this.written(name),
    }, options));
    return h("label", { class: "sim-field" }, h("span", { class: "sim-field-name" }, label), input);
  }

  written(name) {
    return (this.state.textes && this.state.textes[name]) || "";
  }

  render() {
    const active = document.activeElement;
    const key = active && this.screen.contains(active) ? identity(active) : null;
    const before = this.screenName;
    const selected = active && key && "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : null;
    const scrolled = {};
    this.screen.querySelectorAll("[data-scroll]").forEach((box) => { scrolled[box.getAttribute("data-scroll")] = box.scrollTop; });
    this.screen.textContent = "";
    append(this.screen, [this.view(this.state)]);
    this.screen.querySelectorAll(TITLES).forEach(makeHeading);
    this.screenName = this.title ? this.title(this.state) : "";
    this.screen.querySelectorAll("[data-scroll]").forEach((box) => {
      const name = box.getAttribute("data-scroll");
      if (name in scrolled) box.scrollTop = scrolled[name];
      else this.hands.appears(name);
    });
    const same = key && [...this.screen.querySelectorAll(IDENTIFIED)].find((node) => identity(node) === key);
    if (same) {
      same.focus({ preventScroll: true });
      if (selected && selected[0] !== null && same.setSelectionRange) same.setSelectionRange(selected[0], selected[1]);
    } else if (key || before !== this.screenName) this.focusFirst(Boolean(key));
    if (before !== undefined && before !== this.screenName) {
      this.showTop();
      this.sayTitle();
    }
    this.point();
  }

  // Those who do not see the screen hear that another one came, where the gesture itself told nothing.
  sayTitle() {
    const title = this.drawnTitle();
    if (title && !this.hasSaid) this.announce(title);
  }

  drawnTitle() {
    const title = this.screen.querySelector(".screen-title") || this.screen.querySelector(TITLES);
    return title ? title.textContent : "";
  }

  // A new screen is seen from its top, below the instruction that stays.
  showTop() {
    const top = this.screen.getBoundingClientRect().top;
    const seen = Math.max(0, this.instruction.getBoundingClientRect().bottom);
    if (top < seen) window.scrollBy(0, top - seen - 8);
  }

  // Says something to those who do not see the screen: what came, what is open now.
  announce(text) {
    this.hasSaid = true;
    this.status.textContent = text;
  }

  // A screen that changed under someone's finger: the keyboard goes on from its top.
  focusFirst(wanted) {
    if (!wanted) return;
    this.screen.setAttribute("tabindex", "-1");
    this.screen.focus({ preventScroll: true });
  }

  find(gesture) {
    return [...this.screen.querySelectorAll("[data-gesture]")].find((node) => node.getAttribute("data-gesture") === gesture) || placeOf(this.screen, gesture);
  }

  // --- what is done ---

  listen() {
    this.screen.addEventListener("pointerdown", (event) => { this.means = event.pointerType; }, true);
    this.screen.addEventListener("mousedown", () => { this.pressing = true; }, true);
    document.addEventListener("mouseup", () => setTimeout(() => this.released()), true);
    window.addEventListener("resize", () => this.makeRoom());
    this.screen.addEventListener("keydown", (event) => this.onKey(event), true);
    this.screen.addEventListener("click", (event) => this.onClick(event));
    this.screen.addEventListener("input", (event) => this.onInput(event));
    this.screen.addEventListener("change", (event) => this.onChange(event));
    this.hands = watch(this.screen, (gesture, means, mesures) => { this.means = means; this.do(gesture, { mesures }); });
  }

  onKey(event) {
    this.means = "keyboard";
    if (event.key === "Enter" && event.target.matches("input[data-gesture]")) {
      event.preventDefault(); // the form around must not be sent
      const next = event.target.getAttribute("data-enter");
      this.typed(event.target, true);
      if (next) this.do(next);
    }
  }

  onClick(event) {
    const target = event.target.closest("button[data-gesture]");
    const inside = target && this.screen.contains(target);
    this.released();
    if (inside) this.do(target.getAttribute("data-gesture"));
  }

  // What was written counts before the button that was touched right after.
  released() {
    this.pressing = false;
    const input = this.leftInput;
    this.leftInput = null;
    if (input) this.typed(input);
  }

  onInput(event) {
    const input = event.target;
    const name = (input.getAttribute("data-gesture") || "").split(":")[1];
    if (!name) return;
    this.state.textes = Object.assign({}, this.state.textes, { [name]: input.value });
    clearTimeout(this.typing);
    this.typing = setTimeout(() => { if (this.isWanted(input)) this.typed(input); }, TYPING_PAUSE);
  }

  onChange(event) {
    if (!event.target.matches("[data-gesture^='ecrire:']")) return;
    // Drawing the screen again while a button is being pressed would take it from under the finger.
    if (this.pressing) this.leftInput = event.target;
    else this.typed(event.target);
  }

  isWanted(input) {
    const trial = new StepProgress(this.step);
    trial.done = new Set(this.progress.done);
    trial.take(input.getAttribute("data-gesture"), input.value);
    return trial.advanced;
  }

  typed(input, again) {
    clearTimeout(this.typing);
    const gesture = input.getAttribute("data-gesture");
    if (!again && this.lastTyped && this.lastTyped[gesture] === input.value) return;
    this.lastTyped = Object.assign({}, this.lastTyped, { [gesture]: input.value });
    this.do(gesture, { texte: input.value });
  }

  // A gesture made by the person: the state follows, the trace keeps it, the step may be over.
  do(gesture, detail) {
    if (this.over || this.showing) return;
    const [verb, target] = split(gesture);
    let last = gesture;
    let outcome = this.record(gesture, detail);
    this.came = [];
    this.hasSaid = false;
    this.apply(this.state, verb, target, detail || {});
    const came = this.came;
    this.came = null;
    for (let n = 0; n < came.length && !outcome; n += 1) {
      last = `arriver:${came[n]}`;
      outcome = this.record(last);
    }
    this.render();
    this.dispatchEvent(new CustomEvent("jalons:geste", { bubbles: true, detail: { gesture, outcome } }));
    if (outcome === "reached") this.endStep("success");
    else if (outcome === "forbidden") this.endStep("forbidden", this.step.interdit[last]);
    else this.encourage();
  }

  record(gesture, detail) {
    this.trace.push(Object.assign({ e: "geste", g: gesture, t: Date.now() - this.startedAt, par: this.meansWord() }, detail));
    return this.progress.take(gesture, detail && detail.texte);
  }

  // Called by apply(): something came of the gesture, whatever the way there. A gesture that ended the step tells no more.
  happens(name) {
    if (this.came) this.came.push(name);
  }

  meansWord() {
    return { mouse: "souris", touch: "doigt", pen: "doigt", keyboard: "clavier" }[this.means] || "";
  }

  apply() {}

  // --- steps ---

  startStep(notice) {
    this.step = this.scene.etapes[this.number];
    this.progress = new StepProgress(this.step);
    this.lastTyped = {};
    this.atStart = copy(this.state);
    this.suggested = false;
    this.tell(notice);
    this.render();
    if (this.mode === "montrer") this.demonstrate();
  }

  tell(notice) {
    this.instruction.textContent = "";
    append(this.instruction, [
      notice && h("p", { class: "sim-notice", "data-say": "" }, this.icon(notice.right ? "check" : "bulb"), h("span", {}, this.unbroken(notice.text))),
      this.number === 0 && !notice && h("p", { class: "situation", "data-say": "" }, this.unbroken(this.scene.situation)),
      h("p", { class: "sim-count", "aria-hidden": "true" }, `${this.number + 1} / ${this.scene.etapes.length}`),
      h("h2", { class: "consigne", "data-say": "" }, this.unbroken(this.step.consigne)),
    ]);
    this.help.textContent = "";
    append(this.help, [this.helpButtons()]);
    document.dispatchEvent(new CustomEvent("jalons:screen", { detail: { root: this.instruction } }));
    this.makeRoom();
    this.showInstruction();
  }

  // What is to be typed stays on one line: `entiers` are the runs of the scene's texts that hold it, from space to space.
  unbroken(text) {
    if (!this.runs) this.runs = runsOf(this.scene.entiers);
    // Of three parts, the last is a run.
    return this.runs ? text.split(this.runs).map((part, n) => (n % 3 === 2 ? h("span", { class: "unbroken" }, part) : part)) : text;
  }

  // What is to be done next is seen, also where the instruction does not stay above.
  showInstruction() {
    const { top } = this.instruction.getBoundingClientRect();
    if (top < 0) window.scrollBy(0, top - 8);
  }

  // On a small screen, or with large letters, an instruction that stayed above would cover what is to be touched.
  makeRoom() {
    this.instruction.classList.remove("tall");
    this.instruction.classList.toggle("tall", this.instruction.offsetHeight > window.innerHeight / 3);
  }

  helpButtons() {
    if (this.mode === "montrer") return [];
    const show = this.wish("eye", "Montrez-moi", () => this.showMe("montrer"));
    if (this.mode !== "diagnostic") return [show];
    return [
      show,
      this.wish("help-circle", "Je n’ai pas compris la consigne", () => this.showMe("non_compris"), "quiet"),
      this.wish("player-skip-forward", "Passer à la suite", () => this.finish(), "quiet"),
    ];
  }

  wish(icon, text, act, css) {
    const button = h("button", { type: "button", class: `button ${css || ""}` }, this.icon(icon), h("span", { "data-say": "" }, text));
    button.addEventListener("click", () => { if (!this.showing && !this.over) act(); });
    return button;
  }

  // After many detours the way out is said again, once; nothing stops.
  encourage() {
    if (!this.progress.wandering || this.suggested || this.mode === "indices") return;
    this.suggested = true;
    append(this.instruction, [h("p", { class: "sim-notice", "data-say": "" }, this.icon("bulb"), h("span", {}, "Vous pouvez toucher « Montrez-moi »."))]);
    this.makeRoom();
  }

  async showMe(wish) {
    this.trace.push({ e: wish, t: Date.now() - this.startedAt });
    await this.demonstrate();
  }

  async endStep(outcome, feedback) {
    if (outcome === "success") {
      this.next({ right: true, text: this.step.bravo || "C’est fait." });
      return;
    }
    this.instruction.textContent = "";
    append(this.instruction, [h("p", { class: "sim-notice", "data-say": "" }, this.icon("bulb"), h("span", {}, this.unbroken(feedback)))]);
    document.dispatchEvent(new CustomEvent("jalons:screen", { detail: { root: this.instruction } }));
    await wait(reducedMotion() ? 600 : 1600);
    await this.demonstrate();
  }

  next(notice) {
    this.number += 1;
    if (this.number === this.scene.etapes.length) this.finish(notice);
    else this.startStep(notice);
  }

  // Puts the application back where the step began, then does the gestures one by one, each pointed at.
  async demonstrate() {
    this.showing = true;
    this.classList.add("showing");
    this.state = copy(this.atStart);
    this.render();
    for (const expected of this.step.chemin) {
      await this.demonstrateGesture(expected);
      if (!this.isConnected) return;
    }
    this.classList.remove("showing");
    this.showing = false;
    this.captionFor(null);
    this.next({ right: false, text: this.step.montrer });
  }

  async demonstrateGesture(expected) {
    const target = this.find(expected.g);
    if (target) {
      if (target.scrollIntoView) target.scrollIntoView({ block: "nearest", behavior: reducedMotion() ? "auto" : "smooth" });
      target.classList.add("pointed");
    }
    this.captionFor(expected.g);
    await wait(DEMONSTRATION.before);
    const [verb, object] = split(expected.g);
    const text = expected.textes[0];
    if (verb === "defiler" && target) target.scrollTop = object.endsWith("=fin") ? target.scrollHeight : 0;
    if (text !== undefined) this.state.textes = Object.assign({}, this.state.textes, { [object]: text });
    this.apply(this.state, verb, object, text === undefined ? {} : { texte: text });
    this.render();
    await wait(DEMONSTRATION.after);
  }

  // A place that is pointed at does not say what hands do there.
  captionFor(gesture) {
    const text = gesture ? howTo(gesture) : "";
    if (this.caption.textContent !== text) this.caption.textContent = text;
    this.caption.hidden = !text;
    const place = gesture && gesture.startsWith("deposer:") && this.screen.querySelector(`[data-place="${gesture.split("=")[1]}"]`);
    if (place) place.classList.add("pointed");
  }

  // Practice with hints: the next place is pointed at.
  point() {
    if (this.mode !== "indices" || this.showing || !this.step) return;
    const next = this.step.chemin.find((expected) => this.find(expected.g) && !this.isDone(expected));
    const target = next && this.find(next.g);
    if (target) target.classList.add("pointed");
    this.captionFor(target ? next.g : null);
  }

  isDone(expected) {
    return this.step.but.some((alternatives, n) => this.progress.done.has(n) && alternatives.some((one) => one.g === expected.g));
  }

  // --- the end ---

  finish(notice) {
    if (this.over) return;
    this.over = true;
    this.help.textContent = "";
    this.instruction.textContent = "";
    const complete = this.number >= this.scene.etapes.length;
    append(this.instruction, [
      notice && h("p", { class: "sim-notice", "data-say": "" }, this.icon(notice.right ? "check" : "bulb"), h("span", {}, this.unbroken(notice.text))),
      complete && h("h2", { class: "situation", "data-say": "" }, this.unbroken(this.scene.fin)),
    ]);
    this.dispatchEvent(new CustomEvent("jalons:fini", { bubbles: true, detail: { trace: this.trace, complete } }));
    const form = this.closest("form");
    const field = form && form.querySelector("input[name=trace]");
    if (!field) return;
    field.value = JSON.stringify(this.trace.slice(0, 600));
    if (!complete) { send(form); return; }
    const on = h("button", { type: "submit", class: "button primary wide" }, this.icon("arrow-right"), h("span", { "data-say": "" }, "Continuer"));
    // Under what is said of the end: below a screen that does nothing any more, nobody would look for it.
    this.help.append(on);
    this.instruction.append(this.help);
    document.dispatchEvent(new CustomEvent("jalons:screen", { detail: { root: this } }));
    this.makeRoom();
    this.showInstruction();
    on.focus({ preventScroll: true });
  }
}

// What is drawn as a title is one for those who hear the page.
const TITLES = ".app-title, .phone-bar-title, .screen-title, .fenetre-name, p.window-title";

function makeHeading(node) {
  if (!node.textContent) return;
  node.setAttribute("role", "heading");
  node.setAttribute("aria-level", "3");
}

function completed(scene, known) {
  return Object.assign(scene, {
    depart: Object.assign(copy(known.depart), scene.depart),
    icones: Object.assign({}, frame.icones, known.icones, scene.icones),
  });
}

function runsOf(texts) {
  const exact = texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  return exact && new RegExp(`(^|[ \\n])(${exact})(?=[ \\n]|$)`);
}

const IDENTIFIED = "[data-gesture], [data-gestures], [data-drag], [data-scroll]";

// What tells a node from the others on a screen that is drawn again; a switch, whose gesture changes, has a data-focus.
function identity(node) {
  return ["data-focus", "data-gesture", "data-drag", "data-gestures", "data-scroll"].map((name) => node.getAttribute(name)).find(Boolean) || null;
}

function split(gesture) {
  const at = gesture.indexOf(":");
  return at < 0 ? [gesture, ""] : [gesture.slice(0, at), gesture.slice(at + 1)];
}

function send(form) {
  if (form.requestSubmit) { form.requestSubmit(); return; }
  const button = h("button", { type: "submit", hidden: true });
  form.append(button);
  button.click();
}
