// Reads the page aloud with a French voice of the device. Only local voices: nothing leaves the machine.
// Every element with data-say can be heard by itself; "Écouter" reads them all, in order, lit up as it goes.

const synthesis = window.speechSynthesis;
const SPEAKER = '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M15 8a5 5 0 0 1 0 8"/><path d="M17.700 5a9 9 0 0 1 0 14"/><path d="M6 15h-2a1 1 0 0 1 -1 -1v-4a1 1 0 0 1 1 -1h2l3.500 -4.500a.8 .8 0 0 1 1.500 .5v14a.8 .8 0 0 1 -1.500 .5l-3.500 -4.500"/></svg>';

let voice = null;
let queue = [];

function frenchVoice() {
  const voices = synthesis.getVoices().filter((v) => v.localService && v.lang.toLowerCase().startsWith("fr"));
  return voices.find((v) => v.lang.toLowerCase() === "fr-fr") || voices[0] || null;
}

function textOf(element) {
  return element.textContent.replace(/\s+/g, " ").replace(/[«»]/g, "").trim();
}

function stop() {
  queue = [];
  synthesis.cancel();
  document.querySelectorAll(".reading").forEach((e) => e.classList.remove("reading"));
  document.querySelectorAll("[data-listen]").forEach(showListen);
}

function next() {
  const element = queue.shift();
  if (!element) return stop();
  const utterance = new SpeechSynthesisUtterance(textOf(element));
  utterance.voice = voice;
  utterance.lang = voice.lang;
  utterance.rate = 0.9;
  utterance.onstart = () => element.classList.add("reading");
  utterance.onend = () => { element.classList.remove("reading"); next(); };
  utterance.onerror = () => element.classList.remove("reading");
  synthesis.speak(utterance);
}

function say(elements) {
  stop();
  queue = [...elements];
  document.querySelectorAll("[data-listen] span").forEach((e) => { e.textContent = "Arrêter"; });
  next();
}

function showListen(button) {
  button.querySelector("span").textContent = "Écouter";
}

function addSpeaker(element) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "say";
  button.innerHTML = SPEAKER;
  button.setAttribute("aria-label", `Écouter : ${textOf(element)}`);
  button.addEventListener("click", () => say([element]));
  const host = element.closest("button, a, label, summary");
  if (!host) {
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

function start() {
  if (voice) return;
  voice = frenchVoice();
  if (!voice) return;
  const all = [...document.querySelectorAll("[data-say]")];
  // On a path of many stakes one speaker a stake is enough.
  const hosts = new Set();
  for (const element of all) {
    const host = element.closest("button, a");
    if (host && hosts.has(host)) continue;
    if (host) hosts.add(host);
    addSpeaker(element);
  }
  for (const button of document.querySelectorAll("[data-listen]")) {
    button.hidden = false;
    button.addEventListener("click", () => (queue.length || synthesis.speaking ? stop() : say(all)));
  }
  if (document.body.classList.contains("speaks")) say(all);
}

if (synthesis) {
  start();
  synthesis.addEventListener?.("voiceschanged", start);
  window.addEventListener("pagehide", () => synthesis.cancel());
}
