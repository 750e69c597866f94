// Recognises what hands do: tap, double tap, long press, right click, drag, swipe, pinch, scroll; each has its keys.
// What is on the screen says which gestures it takes:
//
//   data-gestures="double:photo clic_droit:photo appui_long:photo balayer:photo=gauche zoomer:photo=plus"
//   data-drag="photo"  … data-place="album"      tells deposer:photo=album
//   data-scroll="lettre"                         tells defiler:lettre=fin, and =debut when back at the top
//
// A single tap on such a thing tells pointer:photo, whether it is listed or not, unless it is a button with a
// data-gesture, which a click tells. A swipe may begin on a thing inside the one that takes it. Each gesture is told with its
// measures (ms, px, pointeur) and its means: mouse, touch, pen or keyboard. The keys: Enter is the double click (or the tap), Space
// picks up and puts down, the menu key or Shift+F10 is the right click or the long press, arrows swipe, + and - zoom.

// Slow and trembling hands are at home here. A system's own double click ends at 500 ms, and a finger that moves 8 px
// has scrolled: these are wider, and still far from the gesture next to them.
export const LIMITS = {
  release: 400, // ms within which a click still belongs to the finger that was lifted
  doubleTap: 900, // ms between the two clicks; beyond, they are two clicks
  longPress: 450, // ms; what a phone waits, so that whoever has learnt it there finds it here
  still: { mouse: 12, touch: 24 }, // px that a hand moves while it believes it is still
  apart: 48, // px between the two taps of a double tap
  swipe: 40, // px; a short swipe is one, however slow
  dragStart: { mouse: 8, touch: 14 }, // px before the thing follows
  dropAround: 28, // px beside a place where letting go still means that place
  pinch: { out: 1.2, in: 0.84 }, // how far two fingers part or meet, as a ratio
  scrollEnd: 12, // px from the end that count as the end
};

const CAPTIONS = {
  pointer: "Touchez une fois.",
  double: "Touchez deux fois de suite, sans attendre.",
  appui_long: "Posez le doigt et gardez-le posé.",
  clic_droit: "Cliquez avec le bouton droit de la souris.",
  deposer: "Appuyez, faites glisser, puis lâchez.",
  defiler: "Faites défiler jusqu’au bout.",
};
const OTHER_CAPTIONS = {
  "balayer=gauche": "Faites glisser le doigt vers la gauche.",
  "balayer=droite": "Faites glisser le doigt vers la droite.",
  "balayer=haut": "Faites glisser le doigt vers le haut.",
  "balayer=bas": "Faites glisser le doigt vers le bas.",
  "zoomer=plus": "Posez deux doigts et écartez-les.",
  "zoomer=moins": "Posez deux doigts et rapprochez-les.",
};

// How a gesture is made, in a few words; empty for a plain tap or click.
export function howTo(gesture) {
  const verb = gesture.split(":")[0];
  return CAPTIONS[verb] || OTHER_CAPTIONS[`${verb}=${gesture.split("=")[1]}`] || "";
}

// Where a gesture is made, among what is in `root`; null when it can't be made there now.
export function placeOf(root, gesture) {
  const [verb, target] = [gesture.split(":")[0], (gesture.split(":")[1] || "").split("=")[0]];
  if (verb === "deposer") return root.querySelector(`[data-drag="${target}"]`);
  if (verb === "defiler") return root.querySelector(`[data-scroll="${target}"]`);
  return root.querySelector(`[data-gestures~="${gesture}"]`)
    || (verb === "pointer" ? nodes(root, "[data-gestures]").find((node) => objectOf(node) === target) || null : null);
}

export function watch(root, tell) {
  return new Hands(root, tell);
}

const FRENCH = { mouse: "souris", touch: "doigt", pen: "stylet", keyboard: "clavier" };
const nodes = (root, selector) => [...root.querySelectorAll(selector)];
const listed = (node) => (node.getAttribute("data-gestures") || "").split(/\s+/).filter(Boolean);
const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
const kindOf = (type) => (type === "mouse" ? "mouse" : "touch");

// What a node stands for: "photo" in "double:photo" and in "balayer:photo=gauche".
function objectOf(node) {
  const first = listed(node)[0];
  return node.getAttribute("data-drag") || (first ? (first.split(":")[1] || "").split("=")[0] : "");
}

function accepted(node, verb, value) {
  const wanted = `${verb}:${objectOf(node)}${value ? "=" : ""}${value || ""}`;
  return listed(node).indexOf(wanted) >= 0 ? wanted : null;
}

// A button with a gesture of its own: its click tells it.
function clicks(node) {
  return node.matches("button[data-gesture]");
}

class Hands {
  constructor(root, tell) {
    this.root = root;
    this.tellGesture = tell;
    this.presses = new Map();
    this.ends = {};
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("aria-live", "assertive");
    root.after(this.status);
    const on = (node, name, act, options) => node.addEventListener(name, act.bind(this), options);
    on(root, "pointerdown", this.onDown);
    on(document, "pointermove", this.onMove, { passive: false });
    on(document, "pointerup", this.onUp);
    on(document, "pointercancel", this.onCancel);
    on(root, "contextmenu", this.onContextMenu);
    on(root, "dragstart", (event) => event.preventDefault());
    on(root, "wheel", this.onWheel, { passive: false });
    on(root, "scroll", this.onScroll, true);
    on(root, "keydown", this.onKey);
    on(root, "keyup", this.onKeyUp);
    on(root, "click", this.onReleaseClick, true);
    on(root, "click", this.onClick);
  }

  tell(gesture, means, measures) {
    this.tellGesture(gesture, means, Object.assign({ pointeur: FRENCH[means] || "" }, measures));
  }

  holder(target) {
    const found = target.closest && target.closest("[data-gestures], [data-drag]");
    if (!found || !this.root.contains(found)) return null;
    const own = target.closest("button, a, input, textarea, select");
    return own && own !== found && found.contains(own) ? null : found; // a button inside has its own gesture
  }

  // --- pointers ---

  onDown(event) {
    this.heldAt = 0;
    this.lastKind = kindOf(event.pointerType);
    // A finger whose end was lost, as when what it held has left the screen, must not make a pinch of the next one.
    if (event.isPrimary) {
      this.presses.forEach((one) => clearTimeout(one.timer));
      this.presses.clear();
    }
    const holder = this.holder(event.target);
    if (!holder || event.button > 0) return;
    const press = {
      id: event.pointerId, holder, object: objectOf(holder), kind: this.lastKind, means: event.pointerType,
      from: { x: event.clientX, y: event.clientY }, at: { x: event.clientX, y: event.clientY }, since: Date.now(), moved: 0,
    };
    this.presses.set(event.pointerId, press);
    const others = [...this.presses.values()].filter((one) => one !== press && one.object === press.object);
    if (others.length && (accepted(holder, "zoomer", "plus") || accepted(holder, "zoomer", "moins"))) this.startPinch(others[0], press);
    else press.timer = setTimeout(() => this.longPress(press), LIMITS.longPress);
  }

  onMove(event) {
    const press = this.presses.get(event.pointerId);
    if (!press) return;
    press.at = { x: event.clientX, y: event.clientY };
    press.moved = Math.max(press.moved, distance(press.from, press.at));
    if (press.moved > LIMITS.still[press.kind]) clearTimeout(press.timer);
    if (press.pinch) this.movePinch(press.pinch);
    else if (press.drag) this.moveDrag(press, event);
    else if (!press.told && press.holder.getAttribute("data-drag") && press.moved > LIMITS.dragStart[press.kind]) this.startDrag(press);
  }

  onUp(event) {
    const press = this.release(event);
    if (!press) return;
    if (press.pinch) this.endPinch(press.pinch);
    else if (press.drag) this.drop(press);
    else if (press.told) this.heldAt = Date.now();
    else if (press.moved <= LIMITS.still[press.kind]) this.tap(press);
    else this.swipe(press);
  }

  // The finger that is lifted after a long press must not click what the press has brought under it.
  onReleaseClick(event) {
    if (!event.detail || !this.heldAt || Date.now() - this.heldAt > LIMITS.release) return;
    event.preventDefault();
    event.stopPropagation();
  }

  // The browser took the pointer over, to scroll the page: nothing was meant here.
  onCancel(event) {
    const press = this.release(event);
    if (press && press.drag) this.endDrag(press);
    if (press && press.pinch) this.endPinch(press.pinch);
  }

  release(event) {
    const press = this.presses.get(event.pointerId);
    if (!press) return null;
    this.presses.delete(event.pointerId);
    clearTimeout(press.timer);
    return press;
  }

  measures(press) {
    return { ms: Date.now() - press.since, px: Math.round(press.moved) };
  }

  tap(press) {
    const now = Date.now();
    const before = this.lastTap;
    const double = accepted(press.holder, "double");
    if (double && before && before.object === press.object && now - before.when <= LIMITS.doubleTap && distance(before.at, press.at) <= LIMITS.apart) {
      this.lastTap = null;
      this.tell(double, press.means, { ms: now - before.when, px: Math.round(distance(before.at, press.at)) });
      return;
    }
    this.lastTap = { object: press.object, when: now, at: press.at };
    if (clicks(press.holder)) return;
    this.tell(`pointer:${press.object}`, press.means, this.measures(press));
  }

  longPress(press) {
    const gesture = accepted(press.holder, "appui_long") || (press.kind === "touch" && accepted(press.holder, "clic_droit"));
    if (!gesture || press.drag || press.pinch) return;
    press.told = true;
    this.lastTap = null;
    this.tell(gesture, press.means, this.measures(press));
  }

  swipe(press) {
    const across = press.at.x - press.from.x;
    const down = press.at.y - press.from.y;
    const sideways = Math.abs(across) > Math.abs(down);
    if (Math.max(Math.abs(across), Math.abs(down)) < LIMITS.swipe) return;
    const way = sideways ? (across < 0 ? "gauche" : "droite") : (down < 0 ? "haut" : "bas");
    let taker = press.holder;
    while (taker && this.root.contains(taker) && !accepted(taker, "balayer", way)) taker = taker.parentElement && taker.parentElement.closest("[data-gestures]");
    const gesture = taker && accepted(taker, "balayer", way);
    if (gesture) this.tell(gesture, press.means, this.measures(press));
  }

  // A right click; with a finger the long press stands for it, and has told already.
  onContextMenu(event) {
    const holder = this.holder(event.target);
    if (!holder) return;
    event.preventDefault();
    const byKeys = this.menuKeyAt && Date.now() - this.menuKeyAt < 600;
    const gesture = accepted(holder, "clic_droit");
    if (!byKeys && gesture && this.lastKind !== "touch") this.tell(gesture, "mouse", { ms: 0, px: 0 });
  }

  // --- two fingers ---

  startPinch(one, other) {
    [one, other].forEach((press) => { clearTimeout(press.timer); press.told = true; });
    const pinch = { one, other, start: Math.max(1, distance(one.at, other.at)), since: Date.now() };
    one.pinch = pinch;
    other.pinch = pinch;
  }

  movePinch(pinch) {
    pinch.ratio = distance(pinch.one.at, pinch.other.at) / pinch.start;
    const shown = placeOf(this.root, listed(pinch.one.holder)[0]) || pinch.one.holder;
    shown.style.setProperty("--zoom", String(Math.max(0.6, Math.min(2, pinch.ratio))));
  }

  endPinch(pinch) {
    if (pinch.over) return;
    pinch.over = true;
    const ratio = pinch.ratio || 1;
    pinch.one.holder.style.removeProperty("--zoom");
    const way = ratio >= LIMITS.pinch.out ? "plus" : ratio <= LIMITS.pinch.in ? "moins" : null;
    const gesture = way && accepted(pinch.one.holder, "zoomer", way);
    const px = Math.round(Math.abs(ratio - 1) * pinch.start);
    if (gesture) this.tell(gesture, pinch.one.means, { ms: Date.now() - pinch.since, px });
  }

  onWheel(event) {
    this.lastKind = "mouse";
    const holder = event.ctrlKey && this.holder(event.target);
    const gesture = holder && accepted(holder, "zoomer", event.deltaY < 0 ? "plus" : "moins");
    if (!gesture) return;
    event.preventDefault(); // the page itself must not grow
    clearTimeout(this.wheeling);
    this.wheeling = setTimeout(() => this.tell(gesture, "mouse", { ms: 0, px: Math.abs(Math.round(event.deltaY)) }), 150);
  }

  // --- scrolling ---

  onScroll(event) {
    const box = event.target;
    const name = box.getAttribute && box.getAttribute("data-scroll");
    if (!name) return;
    const end = box.scrollTop + box.clientHeight >= box.scrollHeight - LIMITS.scrollEnd;
    const at = end ? "fin" : box.scrollTop <= LIMITS.scrollEnd ? "debut" : "milieu";
    const before = this.ends[name] || "debut";
    if (at === "milieu" || at === before) return;
    this.ends[name] = at;
    this.tell(`defiler:${name}=${at}`, this.lastKind || "keyboard", { ms: 0, px: Math.round(box.scrollTop) });
  }

  // A box to scroll has just come on the screen: it stands at its top.
  appears(name) {
    delete this.ends[name];
  }

  // --- dragging ---

  startDrag(press) {
    clearTimeout(press.timer);
    const box = press.holder.getBoundingClientRect();
    const ghost = press.holder.cloneNode(true);
    ["data-gestures", "data-gesture", "data-drag", "data-place", "id"].forEach((name) => ghost.removeAttribute(name));
    ghost.setAttribute("aria-hidden", "true");
    ghost.setAttribute("tabindex", "-1");
    ghost.classList.add("sim-ghost");
    const place = { left: box.left, top: box.top, width: box.width, height: box.height };
    Object.keys(place).forEach((name) => ghost.style.setProperty(name, `${place[name]}px`));
    press.holder.classList.add("dragged");
    this.root.append(ghost);
    press.drag = { ghost, name: press.holder.getAttribute("data-drag") };
  }

  moveDrag(press, event) {
    if (event.cancelable) event.preventDefault();
    press.drag.ghost.style.setProperty("transform", `translate(${press.at.x - press.from.x}px, ${press.at.y - press.from.y}px)`);
    const under = this.placeAt(press);
    nodes(this.root, ".drop-here").forEach((node) => { if (node !== under) node.classList.remove("drop-here"); });
    if (under) under.classList.add("drop-here");
    const edge = 56;
    if (press.at.y < edge) window.scrollBy(0, -14);
    else if (press.at.y > window.innerHeight - edge) window.scrollBy(0, 14);
  }

  placeAt(press) {
    const places = nodes(this.root, "[data-place]").filter((node) => node.getAttribute("data-place") !== press.drag.name);
    const gap = (node) => {
      const box = node.getBoundingClientRect();
      const across = Math.max(box.left - press.at.x, 0, press.at.x - box.right);
      const down = Math.max(box.top - press.at.y, 0, press.at.y - box.bottom);
      return Math.hypot(across, down);
    };
    const near = places.map((node) => ({ node, gap: gap(node) })).filter((one) => one.gap <= LIMITS.dropAround);
    near.sort((a, b) => a.gap - b.gap || area(a.node) - area(b.node)); // a folder rather than the window around it
    return near.length ? near[0].node : null;
  }

  endDrag(press) {
    press.drag.ghost.remove();
    press.holder.classList.remove("dragged");
    nodes(this.root, ".drop-here").forEach((node) => node.classList.remove("drop-here"));
  }

  drop(press) {
    const place = this.placeAt(press);
    this.endDrag(press);
    if (place) this.tell(`deposer:${press.drag.name}=${place.getAttribute("data-place")}`, press.means, this.measures(press));
  }

  // --- keys, and screen readers, whose clicks come without a pointer ---

  onKey(event) {
    this.lastKind = "keyboard";
    if (this.carried) { this.onKeyWhileCarrying(event); return; }
    const holder = event.target.closest("[data-gestures], [data-drag]");
    if (!holder || holder !== event.target) return;
    const gesture = this.keyGesture(event, holder);
    const picks = event.key === " " && holder.getAttribute("data-drag");
    if (!gesture && !picks) return;
    event.preventDefault();
    this.keyDown = event.key;
    if (event.key === "ContextMenu" || event.key === "F10") this.menuKeyAt = Date.now();
    if (picks) this.pickUp(holder);
    else if (!event.repeat) this.tell(gesture, "keyboard", { ms: 0, px: 0 });
  }

  keyGesture(event, holder) {
    const ways = { ArrowLeft: "gauche", ArrowRight: "droite", ArrowUp: "haut", ArrowDown: "bas" };
    if ((event.key === "Enter" || event.key === " ") && clicks(holder)) return null;
    if (event.key === "Enter" || event.key === " ") return accepted(holder, "double") || `pointer:${objectOf(holder)}`;
    if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) return accepted(holder, "clic_droit") || accepted(holder, "appui_long");
    if (event.key === "+" || event.key === "=") return accepted(holder, "zoomer", "plus");
    if (event.key === "-") return accepted(holder, "zoomer", "moins");
    return ways[event.key] ? accepted(holder, "balayer", ways[event.key]) : null;
  }

  // The release of a key that was a gesture must not click what has come in its place.
  onKeyUp(event) {
    if (this.keyDown !== event.key) return;
    this.keyDown = null;
    event.preventDefault();
  }

  onClick(event) {
    if (event.detail > 0 || this.keyDown) return;
    const place = this.carried && event.target.closest("[data-place]");
    if (place) { this.putDown(place); return; }
    const holder = this.holder(event.target);
    if (!holder || clicks(holder)) return;
    if (holder.getAttribute("data-drag") && !listed(holder).length) this.pickUp(holder);
    else this.tell(accepted(holder, "double") || `pointer:${objectOf(holder)}`, "keyboard", { ms: 0, px: 0 });
  }

  pickUp(holder) {
    const name = holder.getAttribute("data-drag");
    this.carried = { name, holder, places: nodes(this.root, "[data-place]").filter((node) => node.getAttribute("data-place") !== name), at: -1 };
    holder.classList.add("carried");
    this.status.textContent = "C’est pris. Les flèches mènent aux endroits. Entrée le pose. Échap le laisse.";
  }

  onKeyWhileCarrying(event) {
    const back = event.key === "ArrowLeft" || event.key === "ArrowUp" || (event.key === "Tab" && event.shiftKey);
    const on = event.key === "ArrowRight" || event.key === "ArrowDown" || event.key === "Tab";
    if (event.key === "Escape") this.letGo();
    else if (on || back) this.goToPlace(back ? -1 : 1);
    else if ((event.key === "Enter" || event.key === " ") && this.carried.at >= 0) this.putDown(this.carried.places[this.carried.at]);
    else if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    this.keyDown = event.key;
  }

  goToPlace(step) {
    const { places, at } = this.carried;
    if (!places.length) return;
    nodes(this.root, ".drop-here").forEach((node) => node.classList.remove("drop-here"));
    this.carried.at = (at + step + places.length + (at < 0 && step < 0 ? 1 : 0)) % places.length;
    const place = places[this.carried.at];
    if (!place.matches("button, [tabindex]")) place.setAttribute("tabindex", "-1");
    place.classList.add("drop-here");
    place.focus();
  }

  putDown(place) {
    const { name } = this.carried;
    this.letGo("Posé.");
    this.tell(`deposer:${name}=${place.getAttribute("data-place")}`, "keyboard", { ms: 0, px: 0 });
  }

  letGo(said) {
    const { holder } = this.carried;
    this.carried = null;
    holder.classList.remove("carried");
    nodes(this.root, ".drop-here").forEach((node) => node.classList.remove("drop-here"));
    this.status.textContent = said || "C’est laissé à sa place.";
    if (!said && holder.isConnected) holder.focus();
  }
}

function area(node) {
  const box = node.getBoundingClientRect();
  return box.width * box.height;
}
