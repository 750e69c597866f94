// Tells the server, before the first question, that this browser can show simulated scenes.

if (window.customElements && window.Promise && [].flat) {
  document.querySelectorAll("input[name=simule]").forEach((field) => { field.value = "oui"; });
}
