// A tablet left on a table closes by itself: 3 minutes without a touch, a warning that is shown and spoken, 30 seconds
// more, then it leaves as "Terminer" does. A tablet that wakes up later than that leaves at once.

const WARN_AFTER = 180;
const LEAVE_AFTER = 30;
const RETRY_AFTER = 5;
const PATIENCE = 3; // for answers not sent yet

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
  const idle = (Date.now() - touched) / 1000;
  if (idle >= WARN_AFTER + (silent ? 0 : LEAVE_AFTER)) leave();
  else if (idle >= WARN_AFTER && !warned) warn();
}

function leave() {
  leaving = true;
  const action = form.action;
  const sending = new URLSearchParams(new FormData(form)).toString();
  showNothing();
  emptyQueue().then(() => sendUntilTaken(action, sending));
}

// What the person was doing goes away at once, network or not.
function showNothing() {
  say([]);
  document.title = "Jalons";
  document.body.className = "usager";
  document.body.textContent = "";
}

// Answers not sent yet are sent if the network lets them; none stays on the tablet.
function emptyQueue() {
  const queue = window.jalonsQueue;
  if (!queue) return Promise.resolve();
  const tooLong = new Promise((resolve) => setTimeout(resolve, PATIENCE * 1000));
  return Promise.race([Promise.resolve(queue.flush && queue.flush()), tooLong])
    .catch(() => null)
    .then(() => queue.clear && queue.clear())
    .catch(() => null);
}

function sendUntilTaken(action, sending) {
  fetch(action, {
    method: "POST",
    body: sending,
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    credentials: "same-origin",
    cache: "no-store",
  }).then(
    (answer) => window.location.replace(answer.ok ? answer.url : "/"),
    () => {
      gone.hidden = false;
      document.body.append(gone);
      setTimeout(() => sendUntilTaken(action, sending), RETRY_AFTER * 1000);
    },
  );
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
