// The page holds the next screens and shows each at once, whatever the network does; answers go through a queue.
// Nothing is judged here. Without this file, or in a browser too old for it, each answer is an ordinary form.

import { AnswerQueue, after, newId, seededRandom } from "./answer_queue.js";
import { order } from "./order.js";
import { prepare } from "./simulateurs/charger.js";
import { matches } from "./simulateurs/orthographe.js";

const ARRIVAL = 400; // milliseconds during which a second tap of the finger before does nothing
const KEEPING = 400; // and the most that the next screen waits for the answer to be written down
const BEFORE_WAITING = 600; // before it is said that what comes next is on its way
const GLANCE = 1000; // a screen that has been there for less can still give way to the result
const LATE = 1500; // a sending that takes longer is told
const SENDING = 8000; // the most that leaving waits for what is not sent

const page = document.querySelector("[data-questions]");

function canHold() {
  return page && window.fetch && window.Promise && window.crypto && window.crypto.getRandomValues
    && "content" in document.createElement("template") && window.FormData && FormData.prototype.entries
    && Element.prototype.closest && Element.prototype.append && Element.prototype.replaceWith;
}

class Questions {
  constructor() {
    this.sitting = page.getAttribute("data-diagnostic");
    this.first = this.number = Number(page.getAttribute("data-number"));
    this.held = [];
    this.answered = {};
    this.hasAnswered = false;
    this.suite = null;
    this.button = null;
    this.arrivedAt = 0;
    this.drawings = {};
    this.readScreen();
    const seed = window.crypto.getRandomValues(new Uint32Array(1))[0];
    this.queue = new AnswerQueue({
      address: page.getAttribute("data-sending"),
      token: document.querySelector("input[name=csrf_token]").value,
      random: seededRandom(seed),
      context: () => this.context(),
      onReply: (reply) => this.onReply(reply),
      onChange: (answers, isLate) => this.sign(answers, isLate),
      onRefused: () => this.go("/usager/"),
    });
    window.jalonsQueue = this.queue;
  }

  begin() {
    document.addEventListener("click", (event) => this.onClick(event), true);
    document.addEventListener("submit", (event) => this.onSubmit(event));
    // Answers of before a reload or a closed tab: their screens are passed, even if the server does not know it yet.
    this.queue.all().then((answers) => {
      const own = answers.filter((answer) => answer.diagnostic === this.sitting);
      own.forEach((answer) => this.pass(answer));
      if (this.answered[`${this.item}/${this.step}`]) this.next();
      this.queue.tell();
      this.queue.send();
    });
  }

  context() {
    const held = this.held.filter((one) => one.content).map((one) => `${one.item}/${one.etape}`);
    if (!this.isWaiting) held.push(`${this.item}/${this.step}`); // it is on the screen
    return {
      diagnostic: this.sitting, a_l_ecran: this.isWaiting ? null : this.item, tient: held, dessins: Object.keys(this.drawings),
    };
  }

  // --- what the server says ---

  onReply(reply) {
    Object.assign(this.drawings, reply.icones);
    // What is held already comes without its markup.
    reply.ecrans = reply.ecrans.map((one) => (one.html ? one : this.find(one) || one));
    // What is on the screen goes on to its last step, whatever the server has chosen meanwhile.
    const kept = this.isWaiting ? [] : this.held.filter((one) => one.item === this.item);
    const isKnown = reply.ecrans.some((one) => one.item === this.item);
    this.held = isKnown ? reply.ecrans : kept.concat(reply.ecrans);
    this.suite = reply.suite;
    Promise.all(this.held.map((one) => this.prepare(one))).then(() => {
      const isFresh = Date.now() - this.arrivedAt < GLANCE && !this.aside;
      return this.isWaiting || (this.suite && isFresh) ? this.goOn() : null;
    }).then(() => page.setAttribute("data-held", String(this.held.length)));
  }

  find(one) {
    return this.held.find((other) => other.item === one.item && other.etape === one.etape);
  }

  goOn() {
    return this.queue.all().then((answers) => {
      // The server has everything and still asks: it knows better than this page what is left.
      if (!answers.length && this.suite) {
        this.go(this.suite);
        return;
      }
      if (!answers.length) this.forget();
      if (this.isWaiting) this.next();
    });
  }

  forget() {
    this.answered = {};
    this.first = this.number;
  }

  // Brings what a screen needs while there is a network; a simulated scene that could not be brought is not shown.
  prepare(one) {
    if (!one.content && !one.html) return Promise.resolve(); // not held after all: the next reply brings it
    if (!one.content) {
      const holder = document.createElement("template");
      holder.innerHTML = one.html;
      one.content = holder.content;
      this.giveDrawings(one.content);
      one.isReady = !one.content.querySelector("[data-simulateur]");
    }
    return one.isReady ? Promise.resolve() : this.bringSimulator(one);
  }

  // Scenes of a reply name their drawings, which come once for all of them.
  giveDrawings(content) {
    content.querySelectorAll("[data-scene]").forEach((node) => {
      const scene = JSON.parse(node.getAttribute("data-scene"));
      const own = {};
      scene.icones.forEach((name) => { own[name] = this.drawings[name]; });
      scene.icones = own;
      node.setAttribute("data-scene", JSON.stringify(scene));
    });
  }

  bringSimulator(one) {
    return prepare(one.content).then(() => { one.isReady = true; }, () => null); // tried again with the next reply
  }

  // --- what is shown ---

  readScreen() {
    const form = page.querySelector("form.answer");
    const field = (name) => { const one = form.querySelector(`input[name=${name}]`); return one ? one.value : ""; };
    this.isWaiting = false;
    this.item = field("item");
    this.step = Number(field("etape"));
    this.revises = field("corrige") === "oui";
    // The steps of a screen share an answer; those after the first go on with the one begun.
    if (this.step === 0 || !this.answerId) this.answerId = this.step === 0 ? newId() : field("reponse_id");
  }

  next() {
    const following = this.held.find((one) => !this.answered[`${one.item}/${one.etape}`] && this.isInTurn(one));
    if (following && !this.suite) this.show(following);
    else this.wait();
  }

  // A step comes after the one before it.
  isInTurn(one) {
    if (!one.isReady) return false;
    return one.etape === 0 || Boolean(this.answered[`${one.item}/${one.etape - 1}`]) || this.isFirstOf(one);
  }

  isFirstOf(one) {
    return this.held.find((other) => other.item === one.item) === one;
  }

  show(one) {
    const screen = document.importNode(one.content, true);
    this.keepNotice(screen, this.answered[`${one.item}/${one.etape - 1}`]);
    this.fill(screen);
    this.aside = null;
    this.readScreen();
    this.number = this.first + this.passedItems();
    this.showPlace();
    order(page);
    this.arrive();
  }

  // Of all that may be told of the step before, what fits the answer given.
  keepNotice(screen, fields) {
    const notices = Array.from(screen.querySelectorAll("[data-when], [data-otherwise]"));
    if (!notices.length) return;
    const fits = notices.find((notice) => fields && !fields.sans && this.fits(notice, fields));
    const kept = fits || notices[notices.length - 1];
    notices.forEach((notice) => { if (notice !== kept) notice.remove(); });
  }

  fits(notice, fields) {
    const places = (notice.getAttribute("data-when") || "").split(" ");
    if (fields.reponse) return places.indexOf(fields.reponse) >= 0;
    if (!notice.hasAttribute("data-accepted")) return false;
    const tolerance = notice.getAttribute("data-tolerance");
    return JSON.parse(notice.getAttribute("data-accepted")).some((text) => matches(fields.texte || "", text, tolerance));
  }

  fill(content) {
    page.textContent = "";
    page.append(content);
  }

  passedItems() {
    const items = Object.keys(this.answered).map((place) => place.slice(0, place.lastIndexOf("/")));
    return items.filter((item, n) => item !== this.item && items.indexOf(item) === n).length;
  }

  showPlace() {
    const dots = page.querySelector("[data-progress]");
    if (dots) {
      dots.textContent = "";
      for (let n = 0; n <= Math.min(this.number, 14); n += 1) {
        const dot = document.createElement("span");
        dot.className = n === Math.min(this.number, 14) ? "dot here" : "dot passed";
        dots.append(dot, " ");
      }
    }
    const said = page.querySelector("[data-progress-number]");
    if (said) said.textContent = String(this.number + 1);
    this.toggle("[data-back]", this.number > 0 && this.step === 0 && !this.revises);
    this.toggle("[data-keep]", this.revises);
  }

  toggle(selector, isShown) {
    const element = document.querySelector(selector);
    if (element) element.hidden = !isShown;
  }

  // A new screen: read from its top, and out of reach of the second tap of a double one.
  arrive() {
    this.arrivedAt = Date.now();
    page.classList.add("arriving");
    after(ARRIVAL).then(() => page.classList.remove("arriving"));
    const heading = page.querySelector("h1, [role=heading]");
    document.title = document.title.replace(/^.* · /, `${heading.textContent.trim()} · `);
    const first = page.querySelector(".message, .situation") || heading;
    first.setAttribute("tabindex", "-1");
    window.scrollTo(0, 0);
    first.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("jalons:screen"));
  }

  // All that was held is answered: the screen stays a moment, then it is said that nothing is lost.
  wait() {
    const isAgain = this.isWaiting; // nothing of what came can be shown yet: it is not asked for at once
    this.isWaiting = true;
    page.classList.add("arriving");
    after(BEFORE_WAITING).then(() => {
      if (!this.isWaiting || this.isLeaving || this.aside) return;
      this.panel("waiting");
      this.toggle("[data-back]", false);
      this.toggle("[data-keep]", false);
    });
    if (isAgain) this.queue.sendLater();
    else this.queue.send();
  }

  // A calm screen in the place of the question, which comes back as it was.
  panel(name) {
    if (!this.aside) {
      this.aside = document.createDocumentFragment();
      this.aside.append(...page.childNodes);
    }
    this.fill(document.importNode(document.querySelector(`template[data-panel=${name}]`).content, true));
    this.arrive();
  }

  closePanel() {
    if (!this.aside) return;
    if (this.isWaiting) {
      this.panel("waiting");
      return;
    }
    this.fill(this.aside);
    this.aside = null;
    this.arrive();
  }

  // Only when nothing waits any more: what is in the queue goes with it.
  go(address) {
    if (this.isLeaving) return;
    this.isLeaving = true;
    this.queue.clear().then(() => window.location.assign(address));
  }

  // --- answers ---

  onClick(event) {
    const button = event.target.closest("button, input[type=submit]");
    if (button && button.type === "submit") this.button = button;
    const link = event.target.closest("a[href]");
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (link && isPlain && !link.target && link.origin === window.location.origin && !link.hash) {
      event.preventDefault();
      this.leaveBy(() => window.location.assign(link.href));
    }
    if (event.target.closest("[data-stay]")) this.closePanel();
    if (event.target.closest("[data-finish-anyway]")) this.finishAnyway();
  }

  onSubmit(event) {
    const form = event.target;
    const button = event.submitter || (this.button && this.button.form === form ? this.button : null);
    this.button = null;
    if (form.method !== "post" || event.defaultPrevented) return;
    event.preventDefault();
    if (form.matches("form.answer")) this.onAnswer(form, button);
    else if (form.action.indexOf("/usager/terminer") >= 0) this.finish(form);
    else this.leaveBy(() => HTMLFormElement.prototype.submit.call(form));
  }

  onAnswer(form, button) {
    if (this.isWaiting || Date.now() - this.arrivedAt < ARRIVAL) return;
    const fields = this.fieldsOf(form, button);
    if (!this.isFilled(form, fields)) {
      this.sayWhatToDo(form);
      return;
    }
    const answer = {
      diagnostic: this.sitting, item: this.item, etape: this.step, reponse_id: this.answerId,
      corrige: this.revises, donnee_a: Date.now(), champs: fields,
    };
    this.pass(answer);
    this.arrivedAt = Date.now();
    page.removeAttribute("data-held"); // until the server has said what comes after this answer
    const kept = this.queue.add(answer);
    after(LATE).then(() => this.queue.tell());
    Promise.race([kept, after(KEEPING)]).then(() => this.next(), () => this.next());
  }

  // What is asked no more: this step, and all of a simulated scene.
  pass(answer) {
    this.answered[`${answer.item}/${answer.etape}`] = answer.champs;
    this.hasAnswered = true;
  }

  fieldsOf(form, button) {
    const fields = {};
    Array.from(new FormData(form).entries()).forEach(([name, value]) => {
      if (["csrf_token", "item", "etape", "reponse_id", "corrige"].indexOf(name) < 0 && value) fields[name] = value;
    });
    if (button && button.name) fields[button.name] = button.value;
    return fields;
  }

  isFilled(form, fields) {
    if (fields.sans || form.querySelector("[data-simulateur]")) return true;
    if (form.querySelector("input[name=texte]")) return Boolean((fields.texte || "").trim());
    const lists = Array.from(form.querySelectorAll("select[name^=rang_]"));
    if (lists.length) return lists.map((list) => Number(list.value)).sort().every((rank, n) => rank === n + 1);
    const lines = form.querySelectorAll("fieldset.match-line");
    if (lines.length) return Array.from(lines).every((line) => line.querySelector("input:checked"));
    return Boolean(fields.reponse);
  }

  sayWhatToDo(form) {
    const before = page.querySelector(".message.problem");
    if (before) before.remove();
    const message = document.importNode(document.querySelector("template[data-problem-message]").content, true).firstElementChild;
    message.querySelector("p").textContent = form.getAttribute("data-problem");
    form.parentNode.insertBefore(message, form);
    message.setAttribute("tabindex", "-1");
    message.focus();
    document.dispatchEvent(new CustomEvent("jalons:screen"));
  }

  // --- leaving, with nothing lost ---

  leaveBy(leave) {
    this.sendAll().then((left) => {
      if (!left && window.navigator.onLine !== false) this.queue.clear().then(leave);
      else this.panel("no-network");
    });
  }

  finish(form) {
    this.sendAll().then((left) => {
      if (left) this.askBeforeErasing(left);
      else if (window.navigator.onLine === false) this.finishAnyway();
      else this.queue.clear().then(() => HTMLFormElement.prototype.submit.call(form));
    });
  }

  // Resolves with how many answers are left after a while; never while somebody is leaving already.
  sendAll() {
    if (this.isLeaving) return new Promise(() => null);
    this.isLeaving = true;
    after(BEFORE_WAITING).then(() => { if (this.isLeaving) this.panel("leaving"); });
    return this.queue.flush(SENDING).then((left) => {
      this.isLeaving = false;
      return left;
    });
  }

  askBeforeErasing(left) {
    this.panel("not-sent");
    page.querySelector(left === 1 ? "[data-many]" : "[data-one]").remove();
    const count = page.querySelector("[data-count]");
    if (count) count.textContent = String(left);
    document.title = document.title.replace(/^.* · /, `${page.querySelector("[role=heading]").textContent.trim()} · `);
  }

  // idle.js empties the screen and tells the server as soon as there is a network.
  finishAnyway() {
    this.queue.clear().then(() => document.dispatchEvent(new CustomEvent("jalons:leave")));
  }

  // --- a small steady sign ---

  sign(answers, isLate) {
    const sign = document.querySelector("[data-sign]");
    const isSent = answers.length === 0;
    if (isSent && !this.hasAnswered) return;
    const isOffline = window.navigator.onLine === false || isLate;
    const isOld = answers.some((answer) => Date.now() - answer.donnee_a >= LATE);
    if (!isSent && !isOffline && !isOld) return; // on its way: what was said before stays true
    const name = isSent ? "sent" : "waiting";
    if (!isSent) this.lookAgain();
    if (sign.getAttribute("data-sign") === name) return;
    sign.setAttribute("data-sign", name);
    sign.hidden = false;
    sign.textContent = "";
    sign.append(document.importNode(document.querySelector(`template[data-sign-${name}]`).content, true));
  }

  // What waits may be sent by another tab.
  lookAgain() {
    clearTimeout(this.look);
    this.look = setTimeout(() => this.queue.tell(), LATE);
  }
}

if (canHold()) new Questions().begin();
