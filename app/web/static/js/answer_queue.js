// Answers wait here until the server has said that it has them: in the page, and in IndexedDB where there is one, so that
// a closed tab loses nothing. They are sent in order; what fails is tried again, later and later. The server takes each once.

const NAME = "jalons";
const STORE = "reponses";
const AT_ONCE = 20; // answers in one sending
const HEAVIEST = 300000; // letters in one sending: the server refuses a million bytes
const PATIENCE = 15000; // milliseconds for the server to reply, to the last byte
const OPENING = 2000; // and for IndexedDB to open: some browsers never say that they cannot
const FIRST_DELAY = 1000;
const LONGEST_DELAY = 20000;

// What tells an answer from the others, wherever it is kept.
function keyOf(answer) {
  return answer.cle || String(answer.numero);
}

// --- where answers wait when the page is closed ---

class Disk {
  constructor(database) {
    this.database = database;
    // Another tab erases all: it must not have to wait for this one.
    database.onversionchange = () => database.close();
  }

  add(answer) {
    return this.change((store) => store.add(answer));
  }

  // Nothing where it is closed, because another tab erased all.
  all() {
    return new Promise((resolve) => {
      try {
        const request = this.database.transaction(STORE, "readonly").objectStore(STORE).getAll();
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => resolve([]);
      } catch (error) {
        resolve([]);
      }
    });
  }

  remove(answers) {
    const keys = answers.map(keyOf);
    return this.change((store) => {
      store.getAll().onsuccess = (event) => {
        event.target.result.filter((kept) => keys.indexOf(keyOf(kept)) >= 0).forEach((kept) => store.delete(kept.numero));
      };
    }).catch(() => null);
  }

  erase() {
    this.database.close();
    return eraseDisk();
  }

  change(what) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(STORE, "readwrite");
      transaction.oncomplete = () => resolve();
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
      what(transaction.objectStore(STORE));
    });
  }
}

const NO_DISK = {
  add: () => Promise.reject(new Error("no IndexedDB")),
  all: () => Promise.resolve([]),
  remove: () => Promise.resolve(),
  erase: () => Promise.resolve(),
};

function openStore() {
  const disk = new Promise((resolve, reject) => {
    const request = window.indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "numero", autoIncrement: true });
    request.onsuccess = () => resolve(new Disk(request.result));
    request.onerror = request.onblocked = () => reject(request.error);
  });
  return Promise.race([disk, after(OPENING).then(() => NO_DISK)]).catch(() => NO_DISK);
}

// Leaves nothing in IndexedDB.
function eraseDisk() {
  return new Promise((resolve) => {
    after(OPENING).then(resolve);
    try {
      const request = window.indexedDB.deleteDatabase(NAME);
      request.onsuccess = request.onerror = request.onblocked = () => resolve();
    } catch (error) {
      resolve(); // there is no IndexedDB
    }
  });
}

// --- chance, and time ---

export function after(milliseconds) {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}

// Numbers from 0 to 1, always the same for a seed.
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

// Milliseconds before trying again: twice as long each time, and never the same for all the tablets of a room.
export function delayBefore(attempt, random) {
  const longest = Math.min(FIRST_DELAY * Math.pow(2, attempt), LONGEST_DELAY);
  return longest / 2 + (random() * longest) / 2;
}

export function newId() {
  const bytes = window.crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const figures = Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join("");
  return figures.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// --- sending ---

// A reply of ours: a Wi-Fi that asks for a password, or a proxy, may answer in its place.
function isOurs(reply) {
  return Boolean(reply) && Array.isArray(reply.ecrans) && "suite" in reply;
}

// `options`: address, token, context() (what goes with the answers), onReply(reply), onChange(answers, isLate),
// onRefused(address) (the page is not this person's any more), random.
export class AnswerQueue {
  constructor(options) {
    this.options = options;
    this.store = openStore();
    this.mine = []; // given on this page, and the server has not said yet that it has them
    this.safe = {}; // those of them that a closed page would not lose, by key
    this.taken = {}; // what the server has, by key
    this.atOnce = AT_ONCE;
    this.attempt = 0;
    this.refusals = 0; // replies in a row that say that the answers were not taken, from the server or what is before it
    this.isClosed = false;
    window.addEventListener("online", () => this.retryNow());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.retryNow(); });
    window.addEventListener("beforeunload", (event) => this.warn(event));
  }

  // What the server is not known to have, oldest first.
  all() {
    return this.store.then((store) => store.all()).then((kept) => {
      const own = this.mine.map(keyOf);
      return kept.filter((one) => own.indexOf(keyOf(one)) < 0 && !this.taken[keyOf(one)]).concat(this.mine);
    });
  }

  add(answer) {
    if (this.isClosed) return Promise.resolve();
    const one = Object.assign({ cle: newId() }, answer);
    this.mine.push(one);
    return this.store
      .then((store) => store.add(one))
      .then(() => { this.safe[one.cle] = true; }, () => null) // no room: the page alone has it
      .then(() => {
        this.tell();
        this.send();
      });
  }

  // Sends what waits, even nothing: the reply says what comes next. While a later try is due, waits for it.
  send() {
    if (this.isClosed || this.retry) return;
    if (this.sending) {
      this.again = true;
      return;
    }
    this.again = false;
    this.sending = this.sendOnce().then((isDone) => {
      this.sending = null;
      if (!isDone) this.sendLater();
      else if (this.again) this.send();
      this.tell();
      return isDone;
    });
  }

  retryNow() {
    if (!this.retry) return;
    clearTimeout(this.retry);
    this.retry = null;
    this.send();
  }

  sendLater() {
    if (this.isClosed || this.retry) return;
    this.retry = setTimeout(() => this.retryNow(), delayBefore(this.attempt, this.options.random));
    this.attempt += 1;
  }

  // Whether the server has said that it took them; only then do they leave the queue.
  sendOnce() {
    return this.all().then((answers) => {
      const sent = this.batch(answers);
      if (answers.length > sent.length) this.again = true;
      return this.post(sent).then(({ status, reply }) => this.onAnswered(sent, status, reply));
    }).catch(() => false);
  }

  batch(answers) {
    let weight = 0;
    return answers.slice(0, this.atOnce).filter((answer, n) => {
      weight += JSON.stringify(answer.champs).length;
      return n === 0 || weight < HEAVIEST;
    });
  }

  onAnswered(sent, status, reply) {
    if (this.isClosed) return true;
    if (!isOurs(reply)) {
      this.refusals += 1;
      if (status === 413) this.atOnce = Math.max(1, Math.floor(sent.length / 2));
      return false;
    }
    this.refusals = 0;
    if (status !== 200) {
      this.options.onRefused(reply.suite);
      return true;
    }
    this.attempt = 0;
    this.atOnce = AT_ONCE;
    sent.forEach((answer) => { this.taken[keyOf(answer)] = true; });
    this.mine = this.mine.filter((answer) => !this.taken[keyOf(answer)]);
    return this.store
      .then((store) => store.remove(sent))
      .then(() => { if (!this.isClosed) this.options.onReply(reply); })
      .then(() => true);
  }

  post(answers) {
    const present = Date.now();
    const body = this.options.context();
    body.reponses = answers.map((answer) => {
      const sent = Object.assign({}, answer, { age: present - answer.donnee_a });
      ["cle", "numero", "donnee_a"].forEach((name) => delete sent[name]);
      return sent;
    });
    this.abort = window.AbortController ? new AbortController() : null;
    const reply = fetch(this.options.address, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.options.token },
      credentials: "same-origin",
      cache: "no-store",
      signal: this.abort ? this.abort.signal : undefined,
    }).then((response) => response.json().then(
      (value) => ({ status: response.status, reply: value }),
      () => ({ status: response.status, reply: null }), // a page, or a reply cut in the middle
    ));
    const tooLong = after(PATIENCE).then(() => { throw new Error("too long"); });
    const { abort } = this;
    return Promise.race([reply, tooLong]).catch((error) => {
      if (abort) abort.abort();
      throw error;
    });
  }

  tell() {
    if (this.isClosed) return Promise.resolve();
    return this.all().then((answers) => { if (!this.isClosed) this.options.onChange(answers, Boolean(this.retry)); });
  }

  // The browser asks before a page is left that has answers which nothing else has.
  warn(event) {
    if (this.isClosed || this.mine.every((answer) => this.safe[answer.cle])) return;
    event.preventDefault();
    event.returnValue = "";
  }

  // Tries to send all within a time; resolves with how many answers still wait.
  flush(patience) {
    const end = performance.now() + (patience || 4000);
    const attempt = () => this.all().then((answers) => {
      if (!answers.length || performance.now() >= end || window.navigator.onLine === false) return answers.length;
      this.retryNow();
      this.send();
      return Promise.race([Promise.resolve(this.sending), after(end - performance.now())])
        .then(() => (this.retry ? this.all().then((left) => left.length) : attempt()));
    });
    return attempt();
  }

  // Nobody is there any more: what waits is sent, and nothing is shown of it.
  onlySend() {
    Object.assign(this.options, { onReply: () => null, onChange: () => null, onRefused: () => this.clear() });
  }

  // Forgets everything and stops: nothing of the person is left in the browser.
  clear() {
    this.isClosed = true;
    this.mine = [];
    clearTimeout(this.retry);
    if (this.abort) this.abort.abort();
    return this.store.then((store) => store.erase());
  }
}
