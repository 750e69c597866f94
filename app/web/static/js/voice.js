// Everything marked data-say can be heard by one tap; "Écouter" reads the screen in order, each sentence lit up and
// each word as it is said. How a sentence is said is in speaking.js.
// A part of the page that changes without a reload says so: document.dispatchEvent(new Event("jalons:screen")).

import { bring, canSay, deviceVoice, forget, learn, say as speak, sentencesOf, stop as silence, whenVoicesChange } from "./speaking.js";
import { lightUp } from "./lit_words.js";

const SPEAKER = '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="M15 8a5 5 0 0 1 0 8"/><path d="M17.700 5a9 9 0 0 1 0 14"/><path d="M6 15h-2a1 1 0 0 1 -1 -1v-4a1 1 0 0 1 1 -1h2l3.500 -4.500a.8 .8 0 0 1 1.500 .5v14a.8 .8 0 0 1 -1.500 .5l-3.500 -4.500"/></svg>';

const SILENT = 1500; // a device may take as long to find its voices
const BUSY = 1500; // milliseconds after which a screen that came is being read
const FRAME = ["Montrez-moi", "Je n’ai pas compris la consigne", "Passer à la suite", "Continuer", "C’est fait."];

const BLOCKS = "h1, h2, h3, p, [role=heading]"; // what has a line to itself, its speaker beside it

const listen = document.querySelector("[data-listen]");
const slow = document.documentElement.classList.contains("voice-slow");
const equipped = new WeakSet();
const hosts = new WeakSet();
let reading = 0; // which reading is going on: another one, or stopping, ends it
let changed = null; // the part of the page that is new; null is all of it
let greeted = false; // whether it has read itself
let wanted = false; // whether somebody wants to hear: nothing is brought ahead for who does not
let ahead = []; // the screens that the page holds for later
let bringing = null;

function sayable(root) {
  return Array.from((root || document).querySelectorAll("[data-say]")).filter((element) => !element.closest("[hidden]"));
}

// What is folded is heard once it is unfolded.
function isSeen(element) {
  const folded = element.closest("details:not([open])");
  return !folded || Boolean(element.closest("summary")) && !folded.parentNode.closest("details:not([open])");
}

function textOf(element) {
  return element.textContent;
}

function canHear(element) {
  return sentencesOf(textOf(element)).some(canSay);
}

function stop() {
  reading += 1;
  silence();
  showListen(false);
}

function isReading() {
  return document.documentElement.classList.contains("is-reading");
}

// Reads elements one after the other; resolves when all is said, or something else is read, or it is stopped.
function read(elements) {
  stop();
  const mine = reading;
  showListen(true);
  want();
  return elements
    .reduce((before, element) => before.then(() => (mine === reading ? readOne(element, mine) : null)), Promise.resolve())
    .then(() => { if (mine === reading) showListen(false); });
}

function readOne(element, mine) {
  const light = lightUp(element);
  let first = 0;
  return sentencesOf(textOf(element))
    .reduce((before, sentence) => before.then(() => {
      if (mine !== reading) return null;
      const place = first;
      first += sentence.split(" ").length;
      return speak(sentence, {
        slow,
        onStart: light.on,
        onWord: (n) => light.word(place + n),
      });
    }), Promise.resolve())
    .then(light.off);
}

function showListen(isReadingNow) {
  document.documentElement.classList.toggle("is-reading", isReadingNow);
  if (listen) listen.querySelector("span").textContent = isReadingNow ? "Arrêter" : "Écouter";
}

function addSpeaker(element) {
  const host = element.closest("button, a");
  // On a path of many stakes one speaker a stake is enough: it says all that the stake tells.
  if (host && hosts.has(host)) return;
  if (host) hosts.add(host);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "say";
  button.innerHTML = SPEAKER;
  button.setAttribute("aria-label", "Écouter : " + textOf(element).replace(/\s+/g, " ").trim());
  button.addEventListener("click", () => read(host ? Array.from(host.querySelectorAll("[data-say]")) : [element]));
  place(button, element, host || element.closest("label, summary"));
}

function place(button, element, host) {
  if (!host && element.matches("li")) {
    element.append(button);
  } else if (!host && element.matches(BLOCKS)) {
    const line = document.createElement("div");
    line.className = "said-line";
    element.replaceWith(line);
    line.append(element, button);
  } else if (!host) {
    element.after(button);
    element.classList.add("said");
  } else if (host.matches("label, summary")) {
    host.after(button);
  } else {
    const line = document.createElement("div");
    line.className = "with-voice";
    host.replaceWith(line);
    line.append(host, button);
  }
}

function equip() {
  let heard = false;
  for (const element of sayable()) {
    if (!equipped.has(element) && canHear(element)) {
      equipped.add(element);
      addSpeaker(element);
    }
    heard = heard || equipped.has(element);
  }
  if (listen) listen.hidden = !heard;
  if (heard) tellSilence(false);
  return heard;
}

// Whoever asks for the sound where there is none would wait for it in vain.
function tellSilence(isSilent) {
  const message = document.querySelector("[data-silent]");
  if (message) message.hidden = !isSilent;
}

function whereSoundsAre() {
  return listen && !(listen.dataset.onlyMade && deviceVoice()) && listen.dataset.voices;
}

function sentencesIn(roots) {
  const texts = roots.map((root) => Array.from(root.querySelectorAll("[data-say]")).map(textOf));
  return [].concat(...[].concat(...texts).map(sentencesOf));
}

function learnScreen() {
  return learn(whereSoundsAre(), sentencesIn([document]));
}

// While somebody is busy with this screen, the sounds of the next ones come, and what is said when the network is away.
function bringAhead() {
  clearTimeout(bringing);
  if (!wanted || !whereSoundsAre() || !ahead.length) return;
  bringing = setTimeout(() => {
    const panels = Array.from(document.querySelectorAll("template[data-panel]")).map((panel) => panel.content);
    const told = [].concat(...[].concat(...ahead.map(textsOfScenes)).map(sentencesOf));
    bring(listen.dataset.ahead, [].concat(sentencesIn([document].concat(panels, ahead)), told));
  }, BUSY);
}

// What simulated scenes say comes with them as data, and their frame is always the same.
function textsOfScenes(root) {
  return [].concat(...Array.from(root.querySelectorAll("[data-scene]")).map((node) => {
    const scene = JSON.parse(node.getAttribute("data-scene"));
    const steps = scene.etapes.map((one) => [one.consigne, one.bravo, one.montrer].concat(Object.keys(one.interdit).map((key) => one.interdit[key])));
    return [scene.situation].concat(...steps, scene.fin, FRAME).filter(Boolean);
  }));
}

// A new screen, or the part of one that has changed: it reads itself where the person wants that.
function arrive(root) {
  stop();
  changed = root;
  greeted = false;
  learnScreen().then(greet);
}

function greet() {
  if (!equip() || greeted) return;
  greeted = true;
  if (speaksByItself()) read(sayable(changed).filter(isSeen));
}

function want() {
  if (wanted) return;
  wanted = true;
  bringAhead();
}

function speaksByItself() {
  return document.body.classList.contains("speaks") || document.documentElement.classList.contains("speaks");
}

if (listen) listen.addEventListener("click", () => (isReading() ? stop() : read(sayable().filter(isSeen))));
document.addEventListener("jalons:screen", (event) => arrive((event.detail && event.detail.root) || null));
document.addEventListener("jalons:say", (event) => (event.detail.length ? read(event.detail) : stop()));
document.addEventListener("jalons:held", (event) => {
  ahead = event.detail;
  bringAhead();
});
document.addEventListener("jalons:gone", () => {
  clearTimeout(bringing);
  wanted = false;
  forget();
});
window.addEventListener("pagehide", stop);
whenVoicesChange(greet);
setTimeout(() => tellSilence(!equip()), SILENT);
arrive(null);
