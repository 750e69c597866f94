// Loads a simulator's module when a page holds one: data-simulateur names it, data-module gives its address, data-style those of its style sheets.

const loading = {};

// Makes a simulator ready before its screen is shown, so that it works when the network has gone.
export function prepare(root) {
  return Promise.all([...root.querySelectorAll("[data-simulateur]")].map((node) => {
    const name = node.getAttribute("data-simulateur");
    if (!loading[name]) {
      loading[name] = load(node).catch((error) => {
        loading[name] = null; // the network was away: it is tried again
        throw error;
      });
    }
    return loading[name];
  }));
}

function load(node) {
  (node.getAttribute("data-style") || "").split(" ").filter(Boolean).forEach(addStyle);
  return import(node.getAttribute("data-module"));
}

// Simulators share style sheets: each is added once.
function addStyle(address) {
  if ([...document.head.querySelectorAll("link")].some((link) => link.getAttribute("href") === address)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  document.head.append(link);
}

prepare(document);
document.addEventListener("jalons:screen", () => prepare(document));
