// Keyboard shortcuts of the desk. Never in a field, never with Ctrl, Alt or Meta, and they can be turned off here.

const KEY = "jalons-raccourcis";
const WAIT = 1200; // milliseconds between « g » and the letter after it

const list = document.getElementById("shortcuts");
const addresses = {};
list.content.querySelectorAll("a").forEach((link) => { addresses[link.dataset.keys] = link.getAttribute("href"); });

let first = "";
let timer = null;

function isOff() {
  try { return localStorage.getItem(KEY) === "non"; } catch (error) { return false; }
}

function inField(target) {
  return target.closest("input, select, textarea, [contenteditable], .sim-screen");
}

document.addEventListener("keydown", (event) => {
  if (isOff() || event.ctrlKey || event.altKey || event.metaKey || event.repeat || inField(event.target)) return;
  const keys = first ? `${first} ${event.key}` : event.key;
  clearTimeout(timer);
  first = "";
  if (keys === "g") {
    first = "g";
    timer = setTimeout(() => { first = ""; }, WAIT);
    return;
  }
  const address = addresses[keys];
  if (!address) return;
  event.preventDefault();
  const field = keys === "/" && document.querySelector("input[type=search][name=q]");
  if (field) field.focus();
  else window.location.assign(address);
});

const holder = document.querySelector("[data-keys]");
if (holder) {
  const button = holder.querySelector("button");
  const show = () => {
    button.setAttribute("aria-pressed", String(!isOff()));
    button.querySelector("span").textContent = isOff() ? "Raccourcis désactivés sur cet appareil" : "Raccourcis activés sur cet appareil";
  };
  button.addEventListener("click", () => {
    try { localStorage.setItem(KEY, isOff() ? "oui" : "non"); } catch (error) { /* private browsing: nothing is kept */ }
    show();
  });
  show();
  holder.hidden = false;
}
