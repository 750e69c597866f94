// Saying one sentence: by a voice recorded here, else by a French voice of the device, else by the MP3 made for
// it. Nothing is asked of any other machine. content/spoken.py cuts sentences and makes keys the same way.

const SPACES = /[ \t\n\r\f\v\u00a0\u2009\u202f]+/g;
const QUOTES = /[«»“”"]/g;
const LOOSE = / ([.,])/g;
const ENDS = /[.!?…]\)?$/;
const INITIAL = /^[A-ZÀ-Ý]\.$/;
const SLOW = { device: 0.65, sound: 0.75 };
const USUAL = { device: 0.9, sound: 1 };

export function normalised(text) {
  return text.replace(QUOTES, " ").replace(/’/g, "'").replace(SPACES, " ").replace(LOOSE, "$1").replace(/^ | $/g, "");
}

export function sentencesOf(text) {
  const words = normalised(text).split(" ");
  const found = [[]];
  words.forEach((word, n) => {
    found[found.length - 1].push(word);
    if (n + 1 < words.length && ENDS.test(word) && !INITIAL.test(word) && starts(words[n + 1])) found.push([]);
  });
  return found.map((sentence) => sentence.join(" ")).filter((sentence) => sentence !== "");
}

function starts(word) {
  return word[0].toLowerCase() !== word[0] || (word[0] >= "0" && word[0] <= "9");
}

export function keyOf(sentence) {
  let high = 0x811c9dc5;
  let low = 0x9747b28c;
  for (let n = 0; n < sentence.length; n += 1) {
    const unit = sentence.charCodeAt(n);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x5bd1e995);
    low ^= low >>> 15;
  }
  return hex(high) + hex(low);
}

function hex(number) {
  return ("0000000" + (number >>> 0).toString(16)).slice(-8);
}

const MOST_KEYS = 200; // in one address

const synthesis = window.speechSynthesis || null;
const clips = new Map(); // key -> {url, recorded, words} or null where the server has none
let player = null; // one element for the whole page: a tablet lets it play once somebody has touched the screen
let current = null; // what is being said; a browser forgets an utterance that nothing holds

export function deviceVoice() {
  if (!synthesis) return null;
  const french = synthesis.getVoices().filter((v) => v.localService && v.lang.toLowerCase().startsWith("fr"));
  return french.find((v) => /^fr[-_]fr$/i.test(v.lang)) || french[0] || null;
}

export function whenVoicesChange(then) {
  if (synthesis && synthesis.addEventListener) synthesis.addEventListener("voiceschanged", then);
}

// Learn in one request which of these sentences have a sound on the server.
export function learn(address, sentences) {
  const unknown = Array.from(new Set(sentences.map(keyOf))).filter((key) => !clips.has(key));
  if (!address || !unknown.length) return Promise.resolve();
  return fetch(address + "?cles=" + unknown.join(","), { credentials: "same-origin" })
    .then((response) => (response.ok ? response.json() : Promise.reject(new Error("no answer"))))
    .then((known) => unknown.forEach((key) => clips.set(key, known[key] || null)))
    .catch(() => {}); // without network the device's own voice still speaks
}

// Bring the sounds of these sentences in one request, as many as it holds, so that they are heard without a network; those
// of other sentences are let go. Nothing is written on the device: they are in the page, and end with it.
export function bring(address, sentences) {
  const keys = Array.from(new Set(sentences.map(keyOf)));
  clips.forEach((clip, key) => { if (clip && clip.isHeld && keys.indexOf(key) < 0) letGo(key); });
  const missing = keys.filter((key) => !clips.has(key) || (clips.get(key) && !clips.get(key).isHeld)).slice(0, MOST_KEYS);
  if (!missing.length) return Promise.resolve();
  const own = deviceVoice() ? "&enregistrees=oui" : ""; // a voice of the device says the rest
  return fetch(`${address}?cles=${missing.join(",")}${own}`, { credentials: "same-origin" })
    .then((response) => (response.ok ? response.arrayBuffer() : Promise.reject(new Error("no answer"))))
    .then(unpack)
    .catch(() => {}); // without network, those that came before are still there
}

// A line that tells what follows, then the sounds one after the other.
function unpack(buffer) {
  const bytes = new Uint8Array(buffer);
  const end = bytes.indexOf(10);
  const told = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
  let place = end + 1;
  told.forEach(({ cle, taille, type, recorded, words }) => {
    const sound = new Blob([bytes.subarray(place, place + taille)], { type });
    place += taille;
    if (place <= bytes.length) clips.set(cle, { url: URL.createObjectURL(sound), recorded, words, isHeld: true });
  });
}

function letGo(key) {
  URL.revokeObjectURL(clips.get(key).url);
  clips.delete(key);
}

// Nobody is there any more.
export function forget() {
  clips.forEach((clip, key) => { if (clip && clip.isHeld) letGo(key); });
}

export function canSay(sentence) {
  return Boolean(deviceVoice() || clips.get(keyOf(sentence)));
}

// Says it; resolves to true when it was said to the end, to false where it could not be.
export function say(sentence, { slow, onStart, onWord }) {
  stop();
  const clip = clips.get(keyOf(sentence));
  const voice = deviceVoice();
  return new Promise((resolve) => {
    const mine = { over: false };
    mine.end = (heard) => {
      if (mine.over) return;
      mine.over = true;
      clearInterval(mine.watch);
      resolve(heard);
    };
    current = mine;
    const byDevice = () => sayByDevice(mine, sentence, voice, slow, onStart, onWord);
    const byClip = () => sayByClip(mine, sentence, clip, slow, onStart, onWord, voice ? byDevice : () => mine.end(false));
    if (clip && (clip.recorded || !voice)) byClip();
    else if (voice) byDevice();
    else mine.end(false);
  });
}

export function stop() {
  const mine = current;
  current = null;
  if (player) player.pause();
  if (synthesis) synthesis.cancel();
  if (mine) mine.end(false);
}

function sayByDevice(mine, sentence, voice, slow, onStart, onWord) {
  const utterance = new SpeechSynthesisUtterance(sentence);
  mine.utterance = utterance;
  utterance.voice = voice;
  utterance.lang = voice.lang;
  utterance.rate = (slow ? SLOW : USUAL).device;
  utterance.onstart = () => { if (!mine.over) onStart(); };
  utterance.onboundary = (event) => { if (!mine.over && event.name !== "sentence") onWord(wordAt(sentence, event.charIndex)); };
  utterance.onend = () => mine.end(true);
  utterance.onerror = () => mine.end(false);
  // Some tablets never tell that they have finished.
  const longest = Date.now() + 4000 + sentence.length * 250;
  mine.watch = setInterval(() => { if (Date.now() > longest && !synthesis.speaking) mine.end(true); }, 1000);
  synthesis.speak(utterance);
}

function wordAt(sentence, place) {
  return sentence.slice(0, place).split(" ").length - 1;
}

function sayByClip(mine, sentence, clip, slow, onStart, onWord, otherwise) {
  player = player || new Audio();
  let failed = false; // a sound that cannot be had is told twice: by the element and by play()
  const cannot = () => {
    if (mine.over || failed) return;
    failed = true;
    clearInterval(mine.watch);
    otherwise();
  };
  player.onplaying = () => { if (!mine.over) onStart(); };
  player.onended = () => mine.end(true);
  player.onerror = cannot;
  player.src = clip.url;
  player.playbackRate = (slow ? SLOW : USUAL).sound;
  mine.watch = setInterval(() => {
    if (!player.paused && !mine.over) onWord(wordHeard(sentence, clip, player.currentTime * 1000, player.duration * 1000));
  }, 60);
  const playing = player.play();
  if (playing) playing.catch(cannot);
}

// The word being heard: as the synthesiser said where each begins; in a recording, by its share of the letters.
function wordHeard(sentence, clip, now, duration) {
  const words = sentence.split(" ");
  if (clip.words && clip.words.length === words.length) {
    let word = 0;
    while (word + 1 < words.length && clip.words[word + 1] <= now) word += 1;
    return word;
  }
  if (!(duration > 0 && duration < Infinity)) return 0;
  return Math.min(words.length - 1, wordAt(sentence, Math.ceil((now / duration) * sentence.length)));
}
