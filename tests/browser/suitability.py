"""What suits eyes and hands on every usager screen, simulators included: each script gives what does not."""

from __future__ import annotations

from playwright.sync_api import Page

# What is drawn for a question keeps its own sizes. A row of ten keys is as wide as a small screen at most.
SMALL_TARGETS = """(within) => {
  const TARGETS = "a[href], button, input:not([type=hidden]), select, summary, [data-gestures], [data-drag]";
  const box = (e) => ((e.matches("input") && e.closest("label")) || e).getBoundingClientRect();
  const isSeen = (r) => r.width > 1 && r.height > 1;
  const least = (e) => (e.matches(".keyboard .key") ? Math.min(47.5, window.innerWidth / 10 - 4) : 47.5);
  return [...document.querySelector(within).querySelectorAll(TARGETS)]
    .filter((e) => !e.closest(".screen:not(.sim-screen), .skip-link, .for-keys"))
    .filter((e) => isSeen(box(e)) && (box(e).width < least(e) || box(e).height < 47.5))
    .map((e) => `${e.outerHTML.slice(0, 120)} ${Math.round(box(e).width)}×${Math.round(box(e).height)}`);
}"""
# The letters of a page to write and of a device's settings are made smaller on purpose.
SMALL_LETTERS = """(within) => {
  const unseen = ".visually-hidden, .skip-link, .for-keys, svg, template, noscript, [hidden]";
  const apart = `${unseen}, .screen:not(.sim-screen), .size--1, .letters-petit, .letters-petites`;
  const walker = document.createTreeWalker(document.querySelector(within), NodeFilter.SHOW_TEXT);
  const small = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const around = walker.currentNode.parentElement;
    const size = parseFloat(getComputedStyle(around).fontSize);
    if (text && !around.closest(apart) && size < 19.9) small.push(`${text.slice(0, 60)} ${size}`);
  }
  return small;
}"""
SIDEWAYS = """(within) => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelector(within).querySelectorAll("*")]
    .filter((e) => e.getBoundingClientRect().right > width + 1)
    .map((e) => e.outerHTML.slice(0, 120)).slice(0, 4);
}"""
CUT_TEXT = """(within) => [...document.querySelectorAll(".picture-choice, .choice, .button, .screen-button")]
  .filter((e) => e.closest(within))
  .filter((e) => e.scrollWidth > e.clientWidth + 1 && !e.closest("[hidden]"))
  .map((e) => e.textContent.trim())"""
CHECKS = {
    "targets under 48 px": SMALL_TARGETS,
    "letters under 20 px": SMALL_LETTERS,
    "wider than the screen": SIDEWAYS,
    "text cut": CUT_TEXT,
}


def unsuitable(page: Page, within: str = "body") -> list[str]:
    """All that does not suit in a part of the page as it is, told in words."""
    found = {name: page.evaluate(script, within) for name, script in CHECKS.items()}
    return [f"{page.url} {name}: {places}" for name, places in found.items() if places]
