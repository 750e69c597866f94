// A tablet left on a table closes by itself: 3 minutes without a touch, a warning that is shown and spoken, 30 seconds
// more, then it leaves as "Terminer" does. A tablet that wakes up later than that leaves at once.

const WARN_AFTER = 180;
const LEAVE_AFTER = 30;
const JUMP = 4 * 3600; // so long at once is a long sleep, or a clock that was put right: the server knows which
const RETRY_AFTER = 5;
const PATIENCE = 3; // for answers not sent yet
const MOST_REFUSALS = 20; // replies that take nothing, before the tablet is given back without them
const MARKED = 86400; // seconds that the mark of leaving lasts, far longer than the session that it ends

const page = document.documentElement;
const form = document.querySelector("[data-idle]");
const part = (selector) => form && form.querySelector(selector);
const warning = part("[data-idle-warning]");
const gone = part("[data-idle-gone]");
const stay = part("[data-idle-warning] [data-here]");
const end = part("[data-idle-warning] [type=submit]");
const silent = form && form.dataset.idle === "silencieux"; // nobody has begun: there is nobody to warn

let touched = Date.now();
let warned = false;
let leaving = false;
let focusedBefore = null;

// voice.js says it, or nobody does.
function say(elements) {
  document.dispatchEvent(new CustomEvent("jalons:say", { detail: elements }));
}

// Touching the screen anywhere is an answer, and so is any key but those that go from button to button.
function here() {
  touched = Date.now();
  if (warned) stopWarning();
}

function warn() {
  warned = true;
  focusedBefore = document.activeElement;
  form.hidden = false;
  stay.focus({ preventScroll: true });
  if (!page.classList.contains("silent")) say(Array.from(warning.querySelectorAll("p[data-say]")));
}

function stopWarning() {
  warned = false;
  form.hidden = true;
  say([]);
  if (focusedBefore && focusedBefore.focus) focusedBefore.focus();
}

function watch() {
  if (leaving) return;
  if (page.classList.contains("is-reading") && !warned) touched = Date.now(); // whoever listens is there
  if (Date.now() < touched) touched = Date.now(); // the clock was set back
  const idle = (Date.now() - touched) / 1000;
  if (idle >= JUMP && window.navigator.onLine !== false) askServer();
  else if (idle >= WARN_AFTER + (silent ? 0 : LEAVE_AFTER)) leave();
  else if (idle >= WARN_AFTER && !warned) warn();
}

// Whoever is still there finds the same question; whoever has left is found by nobody.
function askServer() {
  leaving = true;
  document.body.hidden = true;
  window.location.reload();
}

function leave() {
  leaving = true;
  mark();
  const action = form.action;
  const sending = new URLSearchParams(new FormData(form)).toString();
  showNothing();
  leaveOnceSent(action, sending);
}

// Whoever opens a page of ours next on this tablet, even after a reload without a network, finds nobody: the first
// request carries this, and the server ends the session before it shows anything.
function mark() {
  const { entered } = form.dataset;
  if (entered) document.cookie = `jalons_fini=${entered}; path=/; max-age=${MARKED}; SameSite=Lax`;
}

// What the person was doing goes away at once, network or not.
function showNothing() {
  say([]);
  document.dispatchEvent(new CustomEvent("jalons:gone"));
  document.title = "Jalons";
  document.body.className = "usager";
  document.body.textContent = "";
}

// Answers not sent yet wait for the network, and nobody sees them; nothing is left when the session ends.
function leaveOnceSent(action, sending) {
  const queue = window.jalonsQueue;
  const later = () => {
    gone.hidden = false;
    document.body.append(gone);
    setTimeout(() => leaveOnceSent(action, sending), RETRY_AFTER * 1000);
  };
  emptyQueue(queue)
    .then(() => post(action, sending))
    .then((answer) => window.location.replace(answer.ok ? answer.url : "/"))
    .catch(later);
}

function emptyQueue(queue) {
  if (!queue) return Promise.resolve();
  return queue.flush(PATIENCE * 1000).then((left) => {
    if (left && queue.refusals < MOST_REFUSALS) throw new Error("not sent yet");
    return queue.clear();
  });
}

function post(action, sending) {
  return fetch(action, {
    method: "POST",
    body: sending,
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    credentials: "same-origin",
    cache: "no-store",
  });
}

function begin() {
  // While the warning covers the screen a finger must have been lifted: else what is beneath would be touched too.
  for (const sign of ["pointerdown", "touchstart", "mousedown", "mousemove", "wheel"]) {
    window.addEventListener(sign, () => { if (!warned) here(); }, { capture: true, passive: true });
  }
  window.addEventListener("keydown", (event) => {
    const inWarning = warned && warning.contains(document.activeElement);
    if (inWarning && event.key === "Tab") {
      event.preventDefault();
      const other = document.activeElement === stay ? end : stay;
      other.focus();
    } else if (!inWarning || (event.key !== "Enter" && event.key !== " ")) here();
  }, true);
  warning.addEventListener("click", (event) => { if (!event.target.closest("[type=submit]")) here(); });
  document.addEventListener("visibilitychange", watch);
  document.addEventListener("jalons:leave", leave);
  document.addEventListener("jalons:ends", mark);
  window.addEventListener("submit", (event) => {
    if (!event.defaultPrevented && event.target.action === form.action) mark();
  });
  window.addEventListener("pageshow", (event) => {
    // A page that the browser kept whole: it may be the one of somebody who has left.
    if (event.persisted) {
      document.body.hidden = true;
      window.location.reload();
    }
  });
  setInterval(watch, 1000);
}

if (form) begin();
