// Putting gestures in order by touching them one after the other. Without this file, numbers are chosen in lists.

function equip(list) {
  const cards = Array.from(list.querySelectorAll(".order-card"));
  const chosen = [];

  const hint = list.previousElementSibling;
  if (hint && hint.classList.contains("hint")) hint.textContent = "Touchez les gestes dans l’ordre.";

  const show = () => {
    for (const card of cards) {
      const rank = chosen.indexOf(card) + 1;
      card.querySelector("select").value = rank || "";
      const button = card.querySelector(".order-button");
      button.setAttribute("aria-pressed", String(rank > 0));
      button.querySelector(".rank").textContent = rank || "";
      button.querySelector(".rank-said").textContent = rank ? `, numéro ${rank}` : "";
    }
  };

  const touch = (card) => {
    const at = chosen.indexOf(card);
    if (at >= 0) chosen.splice(at); // touching it again takes back this one and those after it
    else chosen.push(card);
    show();
  };

  cards.forEach((card) => makeButton(card).addEventListener("click", () => touch(card)));
  show();
}

function makeButton(card) {
  const label = card.querySelector("label");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "choice order-button";
  const rank = document.createElement("span");
  rank.className = "rank";
  rank.setAttribute("aria-hidden", "true");
  const said = document.createElement("span");
  said.className = "visually-hidden rank-said";
  button.append(rank, ...label.childNodes, said);
  card.querySelector("select").hidden = true;
  label.replaceWith(button);
  card.classList.add("enhanced");
  return button;
}

// Makes buttons of the lists of a screen.
export function order(root) {
  root.querySelectorAll("[data-order]").forEach(equip);
}

order(document);
