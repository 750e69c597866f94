// Is what someone typed what was asked for? The same rule as the server's (app/content/models/spelling.py).

function withoutFullStop(typed, wanted) {
  return /\.\s*$/.test(wanted) ? typed : typed.replace(/\.?\s*$/, "");
}

function toTheLetter(text) {
  return text.normalize("NFC").replace(/’/g, "'").replace(/\s+/g, " ").trim();
}

function plain(text) {
  return text.normalize("NFC").replace(/’/g, "'").toLowerCase().replace(/\s+/g, "");
}

function withoutAccents(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
}

function oneSlipApart(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  const restA = a.slice(start);
  const restB = b.slice(start);
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true;
  return restA.slice(0, 2) === restB.slice(0, 2).split("").reverse().join("") && restA.slice(2) === restB.slice(2);
}

export function matches(written, wanted, tolerance) {
  const typed = withoutFullStop(written, wanted);
  if (tolerance === "stricte") return toTheLetter(typed) === toTheLetter(wanted);
  let a = plain(typed);
  let b = plain(wanted);
  if (tolerance !== "large") return a === b;
  a = withoutAccents(a);
  b = withoutAccents(b);
  return a === b || (b.length >= 4 && oneSlipApart(a, b));
}
