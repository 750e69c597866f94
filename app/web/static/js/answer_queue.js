// Answers wait here until the server has them: in IndexedDB where there is one, so that a closed tab loses nothing, in
// memory otherwise. They are sent in order; what fails is tried again, later and later. The server takes each once.

const NAME = "jalons";
const STORE = "reponses";
const AT_ONCE = 20; // answers in one sending
const PATIENCE = 15000; // milliseconds for the server to reply
const OPENING = 2000; // and for IndexedDB to open: some browsers never say that they cannot
const FIRST_DELAY = 1000;
const LONGEST_DELAY = 20000;

// --- where answers wait ---

class Memory {
  constructor() {
    this.list = [];
    this.last = 0;
  }

  add(answer) {
    this.last += 1;
    this.list.push(Object.assign({}, answer, { numero: `m${this.last}` }));
    return Promise.resolve();
  }

  all() {
    return Promise.resolve(this.list.slice());
  }

  remove(numbers) {
    this.list = this.list.filter((answer) => numbers.indexOf(answer.numero) < 0);
    return Promise.resolve();
  }

  erase() {
    this.list = [];
    return Promise.resolve();
  }
}

// IndexedDB, and memory for what it would not take.
class Disk {
  constructor(database) {
    this.database = database;
    this.memory = new Memory();
    // Another tab erases all: it must not have to wait for this one.
    database.onversionchange = () => database.close();
  }

  add(answer) {
    return this.change((store) => store.add(answer)).catch(() => this.memory.add(answer));
  }

  all() {
    return Promise.all([this.read(), this.memory.all()]).then(([kept, others]) => kept.concat(others));
  }

  remove(numbers) {
    const deleted = this.change((store) => {
      numbers.filter((number) => typeof number === "number").forEach((number) => store.delete(number));
    });
    return Promise.all([deleted.catch(() => null), this.memory.remove(numbers)]);
  }

  erase() {
    this.database.close();
    return Promise.all([eraseDisk(), this.memory.erase()]);
  }

  read() {
    return new Promise((resolve) => {
      try {
        const request = this.database.transaction(STORE, "readonly").objectStore(STORE).getAll();
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => resolve([]);
      } catch (error) {
        resolve([]); // closed because another tab erased all
      }
    });
  }

  change(what) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(STORE, "readwrite");
      what(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve();
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }
}

function openStore() {
  const disk = new Promise((resolve, reject) => {
    const request = window.indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "numero", autoIncrement: true });
    request.onsuccess = () => resolve(new Disk(request.result));
    request.onerror = request.onblocked = () => reject(request.error);
  });
  return Promise.race([disk, after(OPENING).then(() => new Memory())]).catch(() => new Memory());
}

// Leaves nothing in IndexedDB.
export function eraseDisk() {
  return new Promise((resolve) => {
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

// `options`: address, token, context() (what goes with the answers), onReply(reply), onChange(answers, isLate),
// onRefused() (the page is not this person's any more), random.
export class AnswerQueue {
  constructor(options) {
    this.options = options;
    this.store = openStore();
    this.attempt = 0;
    this.isClosed = false;
    window.addEventListener("online", () => this.retryNow());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.retryNow(); });
  }

  all() {
    return this.store.then((store) => store.all());
  }

  add(answer) {
    if (this.isClosed) return Promise.resolve();
    return this.store.then((store) => store.add(answer)).then(() => {
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

  // Whether the server could be reached; what it took has left the queue.
  sendOnce() {
    return this.all().then((answers) => {
      const sent = answers.slice(0, AT_ONCE);
      if (answers.length > sent.length) this.again = true;
      return this.post(sent).then((response) => {
        if (this.isClosed) return true;
        if (response.status >= 400 && response.status < 500 && [408, 425, 429].indexOf(response.status) < 0) {
          this.options.onRefused();
          return true;
        }
        if (!response.ok) return false;
        return response.json().then((reply) => this.taken(sent, reply)).then(() => true);
      });
    }).catch(() => false);
  }

  taken(sent, reply) {
    this.attempt = 0;
    return this.store
      .then((store) => store.remove(sent.map((answer) => answer.numero)))
      .then(() => { if (!this.isClosed) this.options.onReply(reply); });
  }

  post(answers) {
    const present = Date.now();
    const body = this.options.context();
    body.reponses = answers.map((answer) => {
      const sent = Object.assign({}, answer, { age: present - answer.donnee_a });
      delete sent.numero;
      delete sent.donnee_a;
      return sent;
    });
    this.abort = window.AbortController ? new AbortController() : null;
    const late = setTimeout(() => { if (this.abort) this.abort.abort(); }, PATIENCE);
    const response = fetch(this.options.address, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.options.token },
      credentials: "same-origin",
      cache: "no-store",
      signal: this.abort ? this.abort.signal : undefined,
    });
    return response.then((value) => { clearTimeout(late); return value; }, (error) => { clearTimeout(late); throw error; });
  }

  tell() {
    if (this.isClosed) return Promise.resolve();
    return this.all().then((answers) => { this.options.onChange(answers, Boolean(this.retry)); });
  }

  // Tries to send all within a time; resolves with how many answers still wait.
  flush(patience) {
    const end = Date.now() + (patience || 4000);
    const attempt = () => this.all().then((answers) => {
      if (!answers.length || Date.now() >= end || window.navigator.onLine === false) return answers.length;
      this.retryNow();
      this.send();
      return Promise.race([Promise.resolve(this.sending), after(end - Date.now())])
        .then(() => (this.retry ? this.all().then((left) => left.length) : attempt()));
    });
    return attempt();
  }

  // Forgets everything and stops: nothing of the person is left in the browser.
  clear() {
    this.isClosed = true;
    clearTimeout(this.retry);
    if (this.abort) this.abort.abort();
    return this.store.then((store) => store.erase());
  }
}
