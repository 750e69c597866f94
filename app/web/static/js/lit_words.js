// Lights up a sentence, and in it the word being said. The words are wrapped while it is read and put back after.

const still = window.matchMedia && window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const SPACED = /([ \t\n\r\f\v\u00a0\u2009\u202f]+)/;
const ONLY_MARKS = /^[«»“”".,]*$/;

export function lightUp(element) {
  let words = null;
  let lit = null;
  let on = false;

  return {
    on() {
      on = true;
      element.classList.add("reading");
    },
    word(n) {
      if (still || !on) return;
      if (!words) words = wrap(element);
      if (words[n] === lit || !words[n]) return;
      if (lit) lit.classList.remove("lit");
      lit = words[n];
      lit.classList.add("lit");
    },
    off() {
      element.classList.remove("reading");
      if (words) unwrap(element);
      words = null;
      lit = null;
    },
  };
}

// Each word in a span, in the order in which they are said; marks alone are not words.
function wrap(element) {
  const found = [];
  for (const node of textNodes(element)) {
    const pieces = document.createDocumentFragment();
    for (const part of node.textContent.split(SPACED)) {
      if (!part) continue;
      if (!part.trim() || ONLY_MARKS.test(part)) {
        pieces.append(part);
        continue;
      }
      const span = document.createElement("span");
      span.className = "word";
      span.textContent = part;
      pieces.append(span);
      found.push(span);
    }
    node.replaceWith(pieces);
  }
  return found;
}

function unwrap(element) {
  for (const span of Array.from(element.querySelectorAll(".word"))) span.replaceWith(span.textContent);
  element.normalize();
}

function textNodes(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}
