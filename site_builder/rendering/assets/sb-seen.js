// Remembers in this browser alone what its reader has seen, and marks what became other since.
(() => {
  "use strict";
  const bar = document.querySelector("[data-sb-seen]");
  if (!bar) return;
  const name = `sb-seen:${bar.dataset.sbSeen}`;
  const text = {
    fresh: "mới",
    changed: "đã đổi",
    freshPage: (day) => `Mới có từ lần xem ngày ${day}.`,
    changedPage: (day) => `Đã đổi từ lần xem ngày ${day}.`,
    count: (n, day) => `${n} tiêu chí mới hoặc đã đổi từ lần xem ngày ${day}.`,
    none: (day) => `Không có gì mới từ lần xem ngày ${day}.`,
    first: "Trình duyệt này sẽ nhớ những gì đã xem và đánh dấu chỗ mới ở lần sau.",
    all: "Đánh dấu đã xem tất cả",
    done: "Đã đánh dấu xem hết.",
  };
  // A browser may refuse to remember (a private window, file: in some), and says so by throwing.
  const read = () => {
    try {
      const found = JSON.parse(localStorage.getItem(name));
      return found && found.v === 1 && typeof found.leaves === "object" ? found : null;
    } catch { return null; }
  };
  const today = () => new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());
  // Read once more before writing: other tabs write as well.
  const remember = (leaves, whole) => {
    const known = read() || { v: 1, whole: false, leaves: {} };
    const day = today();
    for (const [leaf, digest] of leaves) known.leaves[leaf] = [digest, day];
    known.whole = known.whole || whole;
    if (whole || !known.since) known.since = day;
    try {
      localStorage.setItem(name, JSON.stringify(known));
      return true;
    } catch { return false; }
  };
  const show = (day) => (day || "").split("-").reverse().join("/");
  const known = read();
  const state = (leaf, digest) => {
    const entry = known && known.leaves[leaf];
    if (entry) return entry[0] === digest ? "" : "changed";
    return known && known.whole ? "new" : "";
  };
  const say = (words, loud) => {
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    line.textContent = words;
    bar.classList.toggle("sb-seen--new", Boolean(loud));
    bar.replaceChildren(line);
  };

  if (bar.dataset.sbLeaf) {
    const { sbLeaf: leaf, sbDigest: digest } = bar.dataset;
    const found = state(leaf, digest);
    const entry = known && known.leaves[leaf];
    if (found) {
      const day = show(entry ? entry[1] : known.since);
      say(found === "new" ? text.freshPage(day) : text.changedPage(day), true);
    }
    remember([[leaf, digest]], false);
    return;
  }

  const whole = "sbWhole" in bar.dataset;
  const items = [...document.querySelectorAll("[data-sb-leaf]")];
  const leaves = new Map(items.map((item) => [item.dataset.sbLeaf, item.dataset.sbDigest]));
  if (!leaves.size) return;
  if (!known || !known.whole) {
    // The first look at the whole list is what later ones are compared with.
    if (whole) {
      const seen = known ? known.leaves : {};
      const unknown = [...leaves].filter(([leaf]) => !seen[leaf]);
      if (remember(unknown, true)) say(text.first);
      if (!known) return;
    } else if (!known) {
      return;
    }
  }
  const marked = new Set();
  for (const item of items) {
    const found = state(item.dataset.sbLeaf, item.dataset.sbDigest);
    if (!found) continue;
    marked.add(item.dataset.sbLeaf);
    item.dataset.sbState = found;
    const mark = document.createElement("span");
    mark.className = "sb-seen-mark";
    mark.textContent = found === "new" ? text.fresh : text.changed;
    (item.matches("tr") ? item.cells[0] : item).append(mark);
  }
  if (!marked.size) {
    if (known.whole) say(text.none(show(known.since)));
    return;
  }
  say(text.count(marked.size, show(known.since)), true);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sb-button";
  button.textContent = text.all;
  button.addEventListener("click", () => {
    remember(leaves, whole);
    for (const item of items) {
      delete item.dataset.sbState;
      item.querySelector(".sb-seen-mark")?.remove();
    }
    say(text.done);
    bar.tabIndex = -1;
    bar.focus({ preventScroll: true });
  });
  bar.append(button);
})();
