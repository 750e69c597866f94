// Noting a sheet from the keyboard: 1 to 5 choose the help, 0 « Pas vu », and the next line is ready.

const linesOfThePage = () => [...document.querySelectorAll("[data-entry]")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !/^[0-5]$/.test(event.key)) return;
  const line = event.target.closest?.("[data-entry]");
  if (!line) return;
  event.preventDefault();
  const choices = line.querySelectorAll("input[type=radio]");
  const chosen = event.key === "0" ? choices[choices.length - 1] : choices[Number(event.key) - 1];
  chosen.checked = true;
  chosen.dispatchEvent(new Event("change", { bubbles: true }));
  const lines = linesOfThePage();
  const next = lines[lines.indexOf(line) + 1];
  const target = next ? next.querySelector("input:checked") : document.querySelector("[data-send]").closest("button");
  target.focus();
});

linesOfThePage()[0]?.querySelector("input:checked")?.focus();
