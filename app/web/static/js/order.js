// Putting gestures in order by touching them one after the other. Without this file, numbers are chosen in lists.

for (const list of document.querySelectorAll("[data-order]")) {
  const cards = [...list.querySelectorAll(".order-card")];
  const chosen = [];

  const hint = list.previousElementSibling;
  if (hint?.classList.contains("hint")) hint.textContent = "Touchez les gestes dans l'ordre.";

  const show = () => {
    for (const card of cards) {
      const rank = chosen.indexOf(card) + 1;
      const select = card.querySelector("select");
      select.value = rank || "";
      const button = card.querySelector(".order-button");
      button.setAttribute("aria-pressed", String(rank > 0));
      button.querySelector(".rank").textContent = rank || "";
      button.querySelector(".rank-said").textContent = rank ? `, numéro ${rank}` : "";
    }
  };

  for (const card of cards) {
    const label = card.querySelector("label");
    const select = card.querySelector("select");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "choice order-button";
    const rank = document.createElement("span");
    rank.className = "rank";
    rank.setAttribute("aria-hidden", "true");
    const said = document.createElement("span");
    said.className = "visually-hidden rank-said";
    button.append(rank, ...label.childNodes, said);
    button.addEventListener("click", () => {
      const at = chosen.indexOf(card);
      if (at >= 0) chosen.splice(at); // touching it again takes back this one and those after it
      else chosen.push(card);
      show();
    });
    select.hidden = true;
    label.replaceWith(button);
    card.classList.add("enhanced");
  }
  show();
}
