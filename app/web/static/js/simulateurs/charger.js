// Loads a simulator's module when a page holds one: data-simulateur names it, data-module and data-style give addresses.

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
  const style = node.getAttribute("data-style");
  if (style) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = style;
    document.head.append(link);
  }
  return import(node.getAttribute("data-module"));
}

prepare(document);
document.addEventListener("jalons:screen", () => prepare(document));
