// The observation grid: each tap is sent at once, and every 3 seconds the grid is asked for again to see who has
// joined. Both answers are the same partial as the page's; nothing is drawn here. Without this file, each tap is
// an ordinary form.

const place = document.querySelector("[data-grid]");
const EVERY = 3000;

let version = place?.querySelector("[data-version]")?.dataset.version;
let sending = 0; // taps on their way: an older picture of the grid must not cover them
let shown = 0; // goes up at each new grid, so that a look begun before it is dropped

function problem(there) {
  document.querySelector("[data-grid-problem]").hidden = !there;
}

function show(html, etag) {
  const focused = document.activeElement?.id;
  const counted = place.querySelector("[data-count]")?.textContent;
  place.innerHTML = html;
  version = etag?.replace(/^W\//, "").replace(/"/g, "");
  shown += 1;
  if (place.querySelector("[data-closed]")) return location.reload();
  if (focused && place.querySelector(`[id="${CSS.escape(focused)}"]`)) document.getElementById(focused).focus();
  const count = place.querySelector("[data-count]")?.textContent;
  if (count !== counted) document.querySelector("[data-grid-said]").textContent = count;
}

async function take(response) {
  if (response.redirected) return location.reload(); // signed out since
  if (!response.ok) throw new Error(response.status);
  show(await response.text(), response.headers.get("ETag"));
}

function press(button) {
  const wanted = button.value !== "";
  for (const cell of button.form.querySelectorAll(".cell")) cell.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-pressed", String(wanted));
}

let queue = Promise.resolve();

function send(form, button) {
  const body = new URLSearchParams(new FormData(form));
  body.set(button.name, button.value);
  press(button);
  sending += 1;
  // One after the other: the last tap is the one that stays.
  queue = queue.then(async () => {
    const response = await fetch(form.action, {
      method: "POST",
      body,
      headers: { "X-Requested-With": "fetch" },
    }).catch(() => null);
    sending -= 1;
    if (sending && response?.ok && !response.redirected) return; // a later tap will bring the grid
    try {
      await take(response);
      problem(false);
    } catch {
      version = ""; // what is shown may not be what is kept: the next look brings it
      problem(true);
    }
  });
}

async function look() {
  if (sending || document.hidden) return;
  const before = shown;
  try {
    const response = await fetch(place.dataset.grid, {
      headers: { "If-None-Match": `"${version}"` },
      cache: "no-store",
    });
    if (sending || before !== shown) return;
    if (response.status !== 304) await take(response);
    problem(false);
  } catch {
    problem(true);
  }
}

if (place) {
  place.addEventListener("submit", (event) => {
    if (!event.submitter?.matches(".cell")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
}
