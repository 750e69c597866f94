// Nobody is using this tablet: answers that someone left unsent, without "Terminer", are nobody's business any more.

try {
  window.indexedDB.deleteDatabase("jalons");
} catch (error) {
  // There is no IndexedDB, so nothing was left in it.
}
