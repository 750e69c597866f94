// What a password is worth: length first, then variety; what others know of the person, or try first, is worth nothing.

const COMMON = ["123456", "azerty", "motdepasse", "password", "bonjour", "soleil", "doudou", "qwerty", "abcdef", "jetaime"];

export function strength(password, known) {
  const plain = password.toLowerCase();
  const given = [...COMMON, ...(known || []).map((one) => one.toLowerCase())];
  const kinds = [/[a-zà-ÿ]/, /[A-ZÀ-Þ]/, /\d/, /[^A-Za-zÀ-ÿ\d]/].filter((kind) => kind.test(password)).length;
  if (password.length < 8 || kinds < 2 || /^(.)\1+$/.test(password) || given.some((one) => plain.indexOf(one) >= 0)) return "faible";
  return password.length >= 12 && kinds >= 3 ? "solide" : "moyen";
}
