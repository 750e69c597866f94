// Forms marked data-draft are kept in this browser until the server has them: the page closed by mistake, the
// battery, the network. A draft is offered back on the same page, to the same account, and forgotten after a week,
// once saved, or at sign-out. Without this file, the forms are sent as ordinary ones.

const account = document.getElementById("drafts")?.dataset.account ?? "";
const PREFIX = "jalons-brouillon:";
const WEEK = 7 * 24 * 3600 * 1000;
const OWN = new Set(["csrf_token", "change_id", "seen"]); // those of the page that is sent, never of an older one
const NOT_ASKED = new Set([...OWN, "seance_id", "appointment_id"]);

let asOpened = ""; // what the page held before anything was typed

// --- keeping ---

const storage = (() => {
  try {
    localStorage.getItem(PREFIX);
    return localStorage;
  } catch {
    return null; // refused by the browser: nothing is kept, all the rest works
  }
})();

const keyOf = (path) => `${PREFIX}${account}:${path}`;

function read(key) {
  try {
    return JSON.parse(storage.getItem(key));
  } catch {
    return null;
  }
}

function keys() {
  return storage ? Object.keys(storage).filter((key) => key.startsWith(PREFIX)) : [];
}

function forget(key) {
  storage?.removeItem(key);
}

function forgetOldOnes() {
  for (const key of keys()) {
    const draft = read(key);
    if (!draft || Date.now() - draft.at > WEEK) forget(key);
  }
}

function valuesOf(form) {
  return [...new FormData(form)].filter(([name, value]) => !OWN.has(name) && typeof value === "string");
}

function asked(values) {
  return JSON.stringify(values.filter(([name, value]) => !NOT_ASKED.has(name) && value !== ""));
}

function keep(form, address) {
  const values = valuesOf(form);
  if (asked(values) === asOpened) return forget(keyOf(location.pathname));
  try {
    storage?.setItem(keyOf(location.pathname), JSON.stringify({ at: Date.now(), address, values }));
  } catch {
    // full: the page itself still holds what was typed
  }
}

// --- offering back ---

function when(at) {
  const moment = new Date(at);
  const day = moment.toLocaleDateString("fr-FR", { weekday: "long", day: "numeric", month: "long" });
  return `${day} à ${moment.getHours()}\u00a0h\u00a0${String(moment.getMinutes()).padStart(2, "0")}`;
}

function fill(form, values) {
  const given = new Map();
  for (const [name, value] of values) given.set(name, [...(given.get(name) ?? []), value]);
  addMissingModules(form, given);
  for (const field of form.elements) {
    if (!field.name || OWN.has(field.name) || field.name === "module") continue;
    const wanted = given.get(field.name);
    if (field.type === "radio" || field.type === "checkbox") field.checked = wanted?.includes(field.value) ?? false;
    else if (wanted) field.value = wanted[0];
  }
  for (const details of form.querySelectorAll("details")) {
    if (details.querySelector("input:checked:not([value=''])")) details.open = true;
  }
}

// A module that was added by hand: its line is made from another one's.
function addMissingModules(form, given) {
  const there = new Set([...form.querySelectorAll("input[name=module]")].map((input) => input.value));
  const pattern = form.querySelector(".help-line:not([data-entry])");
  for (const id of given.get("module") ?? []) {
    const title = form.querySelector(`#other_module option[value="${CSS.escape(id)}"]`)?.textContent;
    if (there.has(id) || !title) continue;
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: "module", value: id });
    const add = form.querySelector(".add-module");
    add.before(input);
    if (!pattern) continue;
    const line = pattern.cloneNode(true);
    line.id = `module-${id}`;
    line.querySelector("legend").textContent = title;
    for (const radio of line.querySelectorAll("input")) Object.assign(radio, { name: `aide-${id}`, checked: radio.value === "" });
    add.before(line);
  }
}

function offer(form) {
  const draft = storage && read(keyOf(location.pathname));
  const place = form.querySelector("[data-draft-offer]");
  if (!draft || !place || asked(draft.values) === asked(valuesOf(form))) return;
  place.querySelector("[data-draft-when]").textContent = ` depuis ${when(draft.at)}`;
  place.hidden = false;
  place.scrollIntoView({ block: "center" });
  place.querySelector("[data-draft-take]").addEventListener("click", () => {
    fill(form, draft.values);
    place.hidden = true;
    form.querySelector("[data-send]").closest("button").focus();
  });
  place.querySelector("[data-draft-drop]").addEventListener("click", () => {
    forget(keyOf(location.pathname));
    place.hidden = true;
  });
}

// --- sending ---

const FAILED = "Jalons ne répond pas. Votre saisie est gardée sur cet appareil. Vérifiez le réseau.";
const SIGNED_OUT = "Votre connexion a pris fin. Votre saisie est gardée : connectez-vous dans un autre onglet.";

function unsent(form, why) {
  const place = form.querySelector("[data-unsent]");
  place.querySelector("[data-unsent-why]").textContent = why;
  place.hidden = false;
  form.querySelector("[data-send]").textContent = "Réessayer";
  place.scrollIntoView({ block: "center" });
}

async function renewToken(form) {
  const page = await fetch(location.href, { cache: "no-store" });
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
  const token = fresh.querySelector("form[data-draft] input[name=csrf_token]")?.value;
  if (!token) return false;
  form.querySelector("input[name=csrf_token]").value = token;
  return true;
}

async function post(form, submitter) {
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  return fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
}

const isSignIn = (response) => new URL(response.url).pathname.startsWith("/connexion/");

async function send(form, submitter) {
  const button = form.querySelector("[data-send]").closest("button");
  button.disabled = true;
  try {
    let response = await post(form, submitter);
    if (response.status === 400 && (await renewToken(form))) response = await post(form, submitter);
    if (isSignIn(response) || response.status === 400) return unsent(form, SIGNED_OUT);
    if (response.status === 204) {
      forget(keyOf(location.pathname));
      return location.assign(response.headers.get("Location"));
    }
    if (response.status !== 422 && !submitter?.name) return unsent(form, FAILED);
    show(await response.text(), submitter?.getAttribute("formaction"));
  } catch {
    unsent(form, FAILED);
  } finally {
    button.disabled = false;
  }
}

// The page as the server gives it back: with what is left to complete, or with another module.
function show(html, address) {
  const page = new DOMParser().parseFromString(html, "text/html");
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  const form = document.querySelector("form[data-draft]");
  watch(form);
  keep(form, location.pathname + location.search);
  const anchor = address?.split("#")[1];
  if (anchor) return document.querySelector(`#${CSS.escape(anchor)} select`)?.focus();
  const problem = document.querySelector("main [role=alert]:not([hidden])");
  problem?.setAttribute("tabindex", "-1");
  problem?.focus();
  window.scrollTo(0, 0);
}

function watch(form) {
  const address = location.pathname + location.search;
  form.addEventListener("input", () => keep(form, address));
  form.addEventListener("change", () => keep(form, address));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep(form, address);
    send(form, event.submitter);
  });
}

// --- the pages ---

function start(form) {
  asOpened = asked(valuesOf(form));
  offer(form);
  watch(form);
}

function list(place) {
  const own = keys().filter((key) => key.startsWith(`${PREFIX}${account}:`)).map(read);
  if (!own.length) return;
  const lines = document.createElement("ul");
  for (const draft of own) {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = draft.address;
    link.textContent = `Reprendre la saisie de ${when(draft.at)}`;
    line.append(link);
    lines.append(line);
  }
  place.querySelector("div").append(lines);
  place.hidden = false;
}

if (storage) forgetOldOnes();
for (const saved of document.querySelectorAll("[data-draft-saved]")) forget(keyOf(saved.dataset.draftSaved));
for (const form of document.querySelectorAll("form[data-draft]")) start(form);
for (const place of document.querySelectorAll("[data-drafts]")) list(place);
for (const form of document.querySelectorAll("[data-sign-out]")) {
  form.addEventListener("submit", () => keys().forEach(forget));
}
