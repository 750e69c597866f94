// Loads a simulator's module when a page holds one: data-simulateur names it, data-module gives its address.

const loading = {};

// Makes a simulator ready before its screen is shown, so that it works when the network has gone.
export function prepare(root) {
  return Promise.all([...root.querySelectorAll("[data-simulateur]")].map((node) => {
    const name = node.getAttribute("data-simulateur");
    if (!loading[name]) {
      loading[name] = import(node.getAttribute("data-module")).catch((error) => {
        loading[name] = null; // the network was away: it is tried again
        throw error;
      });
    }
    return loading[name];
  }));
}

prepare(document);
document.addEventListener("jalons:screen", () => prepare(document));
