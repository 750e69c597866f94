// Recording a sentence from the laptop: record, listen, keep or drop. The browser allows a microphone on
// http://localhost and on https only; elsewhere the page says so, and a file can be sent.

const LONGEST = 30;
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const ALLOWED = window.isSecureContext && navigator.mediaDevices && window.MediaRecorder;

let recording = null; // one at a time: the line, its recorder, its timers
let sounding = null; // what is being listened to
let context = null;

function audio() {
  context = context || new AudioContext();
  return context;
}

function tell(line, text) {
  line.querySelector("[data-now]").textContent = text;
}

function show(line, what, shown) {
  line.querySelector(what).hidden = !shown;
}

// While a new one is tried, what was kept before is out of the way.
function trying(line, isTrying) {
  show(line, "[data-try]", isTrying);
  line.classList.toggle("is-trying", isTrying);
}

function label(line, text) {
  line.querySelector("[data-record] span").textContent = text;
}

function silence() {
  if (sounding) sounding.stop();
  sounding = null;
}

function start(line) {
  silence();
  if (recording) stop();
  tell(line, "");
  navigator.mediaDevices.getUserMedia({ audio: true }).then(
    (stream) => listenTo(line, stream),
    () => tell(line, "Le micro est fermé. Autorisez-le dans le navigateur, puis recommencez."),
  );
}

function listenTo(line, stream) {
  const type = TYPES.find((t) => MediaRecorder.isTypeSupported(t));
  const recorder = new MediaRecorder(stream, type ? { mimeType: type, audioBitsPerSecond: 64000 } : {});
  const parts = [];
  const began = Date.now();
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.onstop = () => {
    stream.getTracks().forEach((track) => track.stop());
    taken(line, new Blob(parts, { type: recorder.mimeType }));
  };
  const clock = setInterval(() => {
    const seconds = Math.floor((Date.now() - began) / 1000);
    if (seconds >= LONGEST) stop();
    else label(line, `Arrêter (${seconds} s)`);
  }, 200);
  recording = { line, recorder, clock };
  line.classList.add("is-recording");
  label(line, "Arrêter (0 s)");
  trying(line, false);
  recorder.start();
}

function stop() {
  const { line, recorder, clock } = recording;
  recording = null;
  clearInterval(clock);
  line.classList.remove("is-recording");
  label(line, "Recommencer");
  recorder.stop();
}

function taken(line, sound) {
  sound.arrayBuffer()
    .then((bytes) => audio().decodeAudioData(bytes))
    .then((decoded) => {
      line.tried = { sound, decoded };
      trying(line, true);
      line.querySelector("[data-again]").focus();
      play(decoded);
    })
    .catch(() => tell(line, "Rien n'a été entendu. Vérifiez le micro, puis recommencez."));
}

function play(decoded) {
  silence();
  sounding = audio().createBufferSource();
  sounding.buffer = decoded;
  sounding.connect(audio().destination);
  sounding.start();
}

function keep(line) {
  silence();
  const form = line.querySelector("[data-remove]");
  const sending = new FormData();
  sending.append("csrf_token", form.elements.csrf_token.value);
  sending.append("son", line.tried.sound, "phrase");
  sending.append("secondes", String(line.tried.decoded.duration));
  const button = line.querySelector("[data-keep]");
  button.disabled = true;
  fetch(line.dataset.sentence, { method: "POST", body: sending, headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok || answer.status === 422 ? answer.json() : Promise.reject(new Error(answer.status))))
    .then((told) => (told.problem ? tell(line, told.problem) : kept(line, told)))
    .catch(() => tell(line, "L'enregistrement n'est pas parti. Réessayez dans un instant."))
    .then(() => { button.disabled = false; });
}

function kept(line, told) {
  line.querySelector("[data-said]").innerHTML = told.line;
  line.querySelector("[data-play]").href = told.url;
  show(line, "[data-play]", true);
  show(line, "[data-remove]", true);
  drop(line);
  tell(line, "");
  line.querySelector("[data-play]").focus();
}

function drop(line) {
  silence();
  line.tried = null;
  trying(line, false);
  label(line, "Enregistrer");
  line.querySelector("[data-record]").focus();
}

const player = new Audio();

for (const line of document.querySelectorAll("[data-sentence]")) {
  const listen = line.querySelector("[data-play]");
  listen.addEventListener("click", (event) => {
    event.preventDefault();
    silence();
    player.src = listen.href;
    player.play().catch(() => tell(line, "Ce navigateur ne lit pas cet enregistrement."));
  });
  line.querySelector("[data-again]").addEventListener("click", () => play(line.tried.decoded));
  line.querySelector("[data-keep]").addEventListener("click", () => keep(line));
  line.querySelector("[data-drop]").addEventListener("click", () => drop(line));
  const record = line.querySelector("[data-record]");
  record.hidden = !ALLOWED;
  record.addEventListener("click", () => (recording && recording.line === line ? stop() : start(line)));
}
for (const message of document.querySelectorAll("[data-elsewhere]")) message.hidden = Boolean(ALLOWED);
