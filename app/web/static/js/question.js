// The page holds the next screens and shows each at once, whatever the network does; answers go through a queue.
// Nothing is judged here. Without this file, or in a browser too old for it, each answer is an ordinary form.

import { AnswerQueue, after, newId, seededRandom } from "./answer_queue.js";
import { isTheEnd } from "./endings.js";
import { order } from "./order.js";
import { prepare } from "./simulateurs/charger.js";
import { matches } from "./simulateurs/orthographe.js";

const ARRIVAL = 400; // milliseconds during which a second tap of the finger before does nothing
const KEEPING = 400; // and the most that the next screen waits for the answer to be written down
const BEFORE_WAITING = 600; // before it is said that what comes next is on its way
const DECIDING = 2000; // the most that the next screen waits for the server, where it may be one too many
const LATE = 1500; // a sending that takes longer is told
const ENDING = 1500; // the least that the end is told before the result
const READING = 8000; // and the most, for who hears it
const REFUSALS = 3; // replies in a row that take nothing, before somebody is called
const SENDING = 8000; // the most that leaving waits for what is not sent

const page = document.querySelector("[data-questions]");

function canHold() {
  return page && window.fetch && window.Promise && window.crypto && window.crypto.getRandomValues
    && "content" in document.createElement("template") && window.FormData && FormData.prototype.entries
    && Element.prototype.closest && Element.prototype.append && Element.prototype.replaceWith;
}

function placeOf(one) {
  return `${one.item}/${one.etape}`;
}

class Questions {
  constructor() {
    this.sitting = page.getAttribute("data-diagnostic");
    this.first = this.number = Number(page.getAttribute("data-number"));
    this.held = []; // what comes next, in order
    this.known = {}; // every screen that came, by item/step
    this.answered = {};
    this.given = []; // the items answered on this page, in order
    this.back = null; // the place in it of the one gone back to
    this.hasAnswered = false;
    this.suite = null;
    this.ending = null; // what the server said of the end, for one item
    this.areTheLast = false;
    this.button = null;
    this.arrivedAt = 0;
    this.drawings = {};
    this.readScreen();
    this.current = { item: this.item, step: this.step, number: this.number }; // also while somebody looks at another
    const seed = window.crypto.getRandomValues(new Uint32Array(1))[0];
    this.queue = new AnswerQueue({
      address: page.getAttribute("data-sending"),
      token: document.querySelector("input[name=csrf_token]").value,
      random: seededRandom(seed),
      context: () => this.context(),
      onReply: (reply) => this.onReply(reply),
      onChange: (answers, isLate) => this.sign(answers, isLate),
      onRefused: (address) => this.go(address),
    });
    window.jalonsQueue = this.queue;
  }

  begin() {
    document.addEventListener("click", (event) => this.onClick(event), true);
    document.addEventListener("submit", (event) => this.onSubmit(event));
    document.addEventListener("jalons:gone", () => this.queue.onlySend());
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
    return {
      diagnostic: this.sitting,
      a_l_ecran: this.isWaiting ? null : this.asked().item,
      tient: Object.keys(this.known),
      dessins: Object.keys(this.drawings),
    };
  }

  // What is asked, also while somebody looks again at an answer.
  asked() {
    return this.back === null ? this : this.current;
  }

  // --- what the server says ---

  onReply(reply) {
    Object.assign(this.drawings, reply.icones);
    // What is known already comes without its markup.
    reply.ecrans.forEach((one) => { if (one.html) this.known[placeOf(one)] = one; });
    const came = reply.ecrans.map((one) => this.known[placeOf(one)]).filter(Boolean);
    // What is on the screen goes on to its last step, whatever the server has chosen meanwhile.
    const { item } = this.asked();
    const kept = this.isWaiting ? [] : this.held.filter((one) => one.item === item);
    this.held = came.some((one) => one.item === item) ? came : kept.concat(came);
    this.suite = reply.suite;
    this.isEnded = Boolean(reply.fini);
    this.ending = reply.fin || null;
    this.areTheLast = Boolean(reply.derniers);
    Promise.all(this.held.map((one) => this.prepare(one)))
      .then(() => (this.isWaiting || (this.suite && !this.isEnded) ? this.goOn() : null))
      .then(() => {
        page.setAttribute("data-held", String(this.held.length));
        const contents = this.held.filter((one) => !this.answered[placeOf(one)]).map((one) => one.content);
        document.dispatchEvent(new CustomEvent("jalons:held", { detail: contents }));
      });
  }

  // The server has answered while nothing was asked, or this page is nobody's any more. After it has said that all is
  // over, nothing more is asked; a question that somebody reads already is answered first.
  goOn() {
    return this.queue.all().then((answers) => {
      if (answers.length) return; // what it said is not the last word
      if (this.suite) {
        if (this.isEnded) this.leaveForResult();
        else this.go(this.suite);
        return;
      }
      if (!this.isWaiting) return;
      this.forget();
      this.isOver = false;
      this.next();
    });
  }

  // It has everything and still asks: it knows better than this page what is left.
  forget() {
    this.answered = {};
    this.first = this.number;
  }

  // Brings what a screen needs while there is a network; a simulated scene that could not be brought is not shown.
  prepare(one) {
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
    const following = this.held.find((one) => !this.answered[placeOf(one)] && this.isInTurn(one));
    if (this.isEnded || (!following && this.areTheLast && this.isOutOf())) this.over();
    else if (following) this.show(following);
    else this.wait();
  }

  // All that was held is answered; a scene that could not be brought is still to come.
  isOutOf() {
    return this.held.every((one) => this.answered[placeOf(one)]);
  }

  // A step comes after the one before it.
  isInTurn(one) {
    if (!one.isReady) return false;
    return one.etape === 0 || Boolean(this.answered[`${one.item}/${one.etape - 1}`]) || this.isFirstOf(one);
  }

  isFirstOf(one) {
    return this.held.find((other) => other.item === one.item) === one;
  }

  // `revision`: the answer's id, where it replaces one given before.
  show(one, revision) {
    const screen = document.importNode(one.content, true);
    this.isWaiting = this.isOver = false;
    this.keepNotice(screen, revision ? this.lastFields : this.answered[`${one.item}/${one.etape - 1}`]);
    this.fill(screen);
    this.aside = null;
    this.readScreen();
    if (revision) {
      this.revises = true;
      this.answerId = revision;
    }
    if (this.back === null) {
      this.number = this.first + this.passedItems();
      this.current = { item: this.item, step: this.step, number: this.number };
    } else this.number = this.current.number - (this.given.length - this.back);
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
    const canGoBack = this.revises ? this.back !== null && this.canGoBack() : this.number > 0;
    this.toggle("[data-back]", canGoBack && this.step === 0);
    this.toggle("[data-keep]", this.revises);
    this.toggle("[data-pause]", true);
  }

  toggle(selector, isShown) {
    const element = document.querySelector(selector);
    if (element) element.hidden = !isShown;
  }

  // A new screen: read from its top, and out of reach of the second tap of a double one.
  arrive() {
    const arrivedAt = performance.now();
    this.arrivedAt = arrivedAt;
    page.classList.add("arriving");
    after(ARRIVAL).then(() => { if (this.arrivedAt === arrivedAt) page.classList.remove("arriving"); });
    const heading = page.querySelector("h1, [role=heading]");
    document.title = document.title.replace(/^.* · /, `${heading.textContent.trim()} · `);
    const first = page.querySelector(".message, .situation") || heading;
    first.setAttribute("tabindex", "-1");
    window.scrollTo(0, 0);
    first.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("jalons:screen"));
  }

  // Nothing can be asked before the server has said what.
  wait() {
    const isAgain = this.isWaiting; // nothing of what came can be shown yet: it is not asked for at once
    this.stay();
    if (isAgain) this.queue.sendLater();
    else this.queue.send();
  }

  // The screen stays a moment, then it is said that nothing is lost.
  stay() {
    this.isWaiting = true;
    page.classList.add("arriving");
    after(BEFORE_WAITING).then(() => {
      if (this.isWaiting && !this.isLeaving && !this.aside && !this.isOver) this.showWaiting();
    });
  }

  // The end, as soon as it is known; the result comes when the server has everything.
  over() {
    this.isWaiting = this.isOver = true;
    this.showWaiting();
    after(LATE).then(() => { if (this.isOver && !this.isLeaving) this.queue.tell(); });
  }

  showWaiting() {
    const name = this.waitingPanel();
    this.panel(name);
    page.firstElementChild.setAttribute("data-shown", name);
    this.toggle("[data-back]", false);
    this.toggle("[data-keep]", false);
    this.toggle("[data-pause]", !this.isOver);
  }

  waitingPanel() {
    const isCut = window.navigator.onLine === false || Boolean(this.queue.retry);
    if (this.queue.refusals >= REFUSALS) return "trouble";
    if (this.isOver) return isCut ? "over-later" : "over";
    return "waiting";
  }

  // What was said may have become untrue.
  showWaitingAgain() {
    const shown = page.querySelector("[data-shown]");
    if (this.isWaiting && shown && shown.getAttribute("data-shown") !== this.waitingPanel()) this.showWaiting();
  }

  // Whoever hears the end hears it whole.
  leaveForResult() {
    if (!this.isOver) this.over();
    const isRead = () => !document.documentElement.classList.contains("is-reading");
    const end = performance.now() + READING;
    const leave = () => {
      if (performance.now() < end && !isRead()) after(200).then(leave);
      else this.go(this.suite);
    };
    after(Math.max(0, this.arrivedAt + ENDING - performance.now())).then(leave);
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
      this.showWaiting();
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
    else if (form.matches("[data-back]") && this.canGoBack()) this.goBack();
    else if (form.matches("[data-keep]") && this.back !== null) this.comeBack();
    else this.leaveBy(() => HTMLFormElement.prototype.submit.call(form));
  }

  onAnswer(form, button) {
    if (this.isWaiting || page.classList.contains("arriving")) return;
    const fields = this.fieldsOf(form, button);
    if (!this.isFilled(form, fields)) {
      this.sayWhatToDo(form);
      return;
    }
    const answer = {
      diagnostic: this.sitting, item: this.item, etape: this.step, reponse_id: this.answerId,
      corrige: this.revises, donnee_a: Date.now(), champs: fields,
    };
    if (this.back === null) this.pass(answer);
    this.lastFields = fields;
    this.hasAnswered = true;
    this.arrivedAt = performance.now();
    page.removeAttribute("data-held"); // until the server has said what comes after this answer
    const kept = this.queue.add(answer);
    this.sign(null);
    after(LATE).then(() => this.queue.tell());
    Promise.race([kept, after(KEEPING)]).then(() => this.afterAnswer(), () => this.afterAnswer());
  }

  afterAnswer() {
    if (this.back !== null) {
      this.ending = null; // it depended on the answer that was just changed
      const following = this.known[`${this.item}/${this.step + 1}`];
      if (following) this.show(following, this.answerId);
      else this.comeBack();
      return;
    }
    if (this.given[this.given.length - 1] !== this.item) this.given.push(this.item);
    const isEnd = this.isEnd();
    if (isEnd) this.over();
    else if (isEnd === false || !this.canAsk()) this.next();
    else this.waitForTheServer();
  }

  // Whether the answer just given is the last one; null where only the server can tell.
  isEnd() {
    if (this.known[`${this.item}/${this.step + 1}`]) return false;
    const { ending } = this;
    if (!ending) return null;
    if (ending.item !== this.item) return this.isCertainlyNotTheLast() ? false : null;
    const answers = [];
    for (let step = ending.etape; step <= this.step; step += 1) answers.push(this.answered[`${this.item}/${step}`]);
    if (answers.some((fields) => !fields)) return null;
    const scene = page.querySelector("[data-scene]");
    const steps = scene && JSON.parse(scene.getAttribute("data-scene")).etapes;
    return isTheEnd(ending, answers, steps);
  }

  isCertainlyNotTheLast() {
    const items = this.held.map((one) => one.item).filter((item, n, all) => all.indexOf(item) === n);
    const place = items.indexOf(this.item) - items.indexOf(this.ending.item);
    return !this.areTheLast && place > 0 && place < this.ending.sans_fin;
  }

  // Without a network, what is held goes on: all of it counts.
  canAsk() {
    return window.navigator.onLine !== false && !this.queue.retry;
  }

  waitForTheServer() {
    const asked = this.answerId;
    this.stay();
    after(DECIDING).then(() => {
      if (!this.isWaiting || this.isOver || this.isLeaving || this.answerId !== asked) return;
      if (this.held.some((one) => !this.answered[placeOf(one)] && this.isInTurn(one))) this.next();
    });
  }

  // --- going back to an answer given on this page ---

  placeBefore() {
    return (this.back === null ? this.given.length : this.back) - 1;
  }

  canGoBack() {
    const before = this.known[`${this.given[this.placeBefore()]}/0`];
    return !this.isWaiting && Boolean(before && before.isReady);
  }

  goBack() {
    this.back = this.placeBefore();
    this.show(this.known[`${this.given[this.back]}/0`], newId());
  }

  // To what is asked, as it was when it came.
  comeBack() {
    this.back = null;
    const asked = this.known[placeOf({ item: this.current.item, etape: this.current.step })];
    if (asked && !this.answered[placeOf(asked)]) this.show(asked);
    else this.next();
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
      else this.queue.clear().then(() => this.end(form));
    });
  }

  end(form) {
    document.dispatchEvent(new CustomEvent("jalons:ends"));
    HTMLFormElement.prototype.submit.call(form);
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

  // Never « Enregistré » before the server has said so: what is on its way has no sign. `answers`: what waits; null
  // for an answer that has just been given.
  sign(answers, isLate) {
    if (answers) this.showWaitingAgain();
    const isSent = Boolean(answers) && answers.length === 0;
    if (isSent && !this.hasAnswered) return;
    const isOffline = window.navigator.onLine === false || isLate;
    const isOld = Boolean(answers) && answers.some((answer) => Math.abs(Date.now() - answer.donnee_a) >= LATE);
    if (answers && !isSent) this.lookAgain();
    this.showSign(isSent ? "sent" : (isOffline || isOld) && "waiting");
  }

  showSign(name) {
    const sign = document.querySelector("[data-sign]");
    const shown = sign.getAttribute("data-sign");
    if (!name) { // the place stays as it is
      if (shown === "sent") sign.setAttribute("data-sign", "");
      return;
    }
    if (shown === name) return;
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
