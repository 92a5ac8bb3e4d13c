// Narrows tables down and puts them in order; the tables say everything without it. What was
// chosen stands in the address, so that it can be sent and survives a reload.
(() => {
  "use strict";
  const text = {
    shown: (n, all, what) => `Đang hiện ${n} trên ${all} ${what}`,
    none: (what) => `Không có ${what} nào phù hợp`,
    sort: (name) => `Sắp xếp theo: ${name}`,
  };
  const fold = (words) =>
    words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  const figure = (words) => {
    const found = /[+\u2212-]?\d[\d \u00a0]*(,\d+)?/.exec(words);
    return found
      ? Number(found[0].replace(/[ \u00a0+]/g, "").replace("\u2212", "-").replace(",", "."))
      : null;
  };

  function set_up(form) {
    const table = document.getElementById(form.dataset.table);
    const body = table.tBodies[0];
    const output = form.querySelector("output");
    const what = form.dataset.what;
    const heads = [...table.tHead.rows[0].cells];
    // The rows as a tree, by their depth; in a plain list all rows are leaves.
    const roots = [];
    const path = [];
    const nodes = [...body.rows].map((row, place) => {
      const depth = Number(row.dataset.d || 0);
      const node = { row, place, children: [], words: null, parent: null };
      path.length = Math.min(depth, path.length);
      node.parent = path[path.length - 1] || null;
      (node.parent ? node.parent.children : roots).push(node);
      path.push(node);
      node.field = node.parent ? node.parent.field : String(roots.length);
      return node;
    });
    const leaves = nodes.filter((node) => !node.row.classList.contains("sb-branch"));
    const controls = [...form.elements].filter((one) => one.name && one.name !== "xep");
    const order = form.elements.namedItem("xep");
    let sorting = "";

    const value_of = (node, key) => (key === "f" ? node.field : node.row.dataset[key] || "");
    function holds(node, control) {
      const wanted = control.value;
      if (control.name === "tim") {
        node.words ??= fold(node.row.textContent);
        return fold(wanted).split(/\s+/).every((word) => node.words.includes(word));
      }
      const value = value_of(node, control.dataset.on);
      if ("least" in control.dataset) return value !== "" && Number(value) >= Number(wanted);
      if ("from" in control.dataset) return value !== "" && value >= wanted;
      if ("to" in control.dataset) return value !== "" && value <= wanted;
      return value.split(" ").includes(wanted);
    }

    function narrow() {
      const active = controls.filter((one) => one.value.trim());
      const only_words = active.length > 0 && active.every((one) => one.name === "tim");
      const hits = new Set(
        nodes.filter((node) =>
          (node.children.length === 0 || only_words) && active.every((one) => holds(node, one))),
      );
      const kept = new Set();
      for (let node of hits) {
        while (node && !kept.has(node)) {
          kept.add(node);
          node = node.parent;
        }
      }
      let count = 0;
      for (const node of nodes) {
        const whole = active.length === 0;
        node.row.hidden = !whole && !kept.has(node);
        node.row.classList.toggle("sb-dim", !whole && kept.has(node) && !hits.has(node));
      }
      for (const leaf of leaves) count += leaf.row.hidden ? 0 : 1;
      if (table.tFoot) table.tFoot.hidden = active.length > 0;
      output.textContent = active.length
        ? (kept.size ? text.shown(count, leaves.length, what) : text.none(what))
        : "";
    }

    // What a row is put in order by: the figure or words of a column, or a choice of a list.
    function key_of(name) {
      const column = heads.findIndex((head) => head.dataset.k === name);
      if (column >= 0) {
        if (name === "stt") return (node) => node.place;
        const number = heads[column].classList.contains("sb-num");
        const by = heads[column].dataset.by;
        if (by) return (node) => node.row.dataset[by] || null;
        return (node) => {
          const cell = node.row.cells[column];
          const words = cell ? cell.textContent.trim() : "";
          return number ? figure(words) : fold(words) || null;
        };
      }
      const list = form.elements.namedItem(name);
      if (!list || !list.options) return null;
      const places = new Map([...list.options].map((option, place) => [option.value, place]));
      const own = (node) => {
        const value = value_of(node, list.dataset.on).split(" ")[0];
        return places.has(value) && value !== "" ? places.get(value) : null;
      };
      const first = (node) => {
        const found = [own(node), ...node.children.map(first)].filter((one) => one !== null);
        return found.length ? Math.min(...found) : null;
      };
      return first;
    }

    function sort() {
      const down = sorting.startsWith("-");
      const name = sorting.replace(/^-/, "");
      const key = name ? key_of(name) : null;
      const collator = new Intl.Collator("vi", { numeric: true });
      const compare = (one, other) => {
        if (key) {
          const a = key(one);
          const b = key(other);
          // Rows without a value come last, whichever way.
          if (a === null || b === null) {
            if (a !== b) return a === null ? 1 : -1;
          } else {
            const by = typeof a === "string" ? collator.compare(a, b) : a - b;
            if (by) return down ? -by : by;
          }
        }
        return one.place - other.place;
      };
      const rows = [];
      const put = (siblings) => {
        for (const node of [...siblings].sort(compare)) {
          rows.push(node.row);
          put(node.children);
        }
      };
      put(roots);
      body.append(...rows);
      for (const head of heads) {
        if (head.dataset.k === name && name) head.setAttribute("aria-sort", down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      }
      if (order) {
        order.value = sorting;
        if (order.selectedIndex < 0) order.value = "";
      }
    }

    function remember() {
      const state = new URLSearchParams();
      for (const control of controls) {
        if (control.value.trim()) state.set(control.name, control.value.trim());
      }
      if (sorting) state.set("xep", sorting);
      const hash = state.toString();
      try {
        history.replaceState(history.state, "", hash ? `#${hash}` : location.pathname + location.search);
      } catch {
        // Some browsers refuse this for pages opened from a folder; nothing else is lost.
      }
    }

    function recall() {
      if (location.hash && !location.hash.includes("=")) return;
      const state = new URLSearchParams(location.hash.slice(1));
      for (const control of controls) {
        control.value = state.get(control.name) || "";
      }
      sorting = state.get("xep") || "";
      sort();
      narrow();
    }

    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", (event) => {
      if (event.target === order) {
        sorting = order.value;
        sort();
      } else {
        narrow();
      }
      remember();
    });
    form.addEventListener("reset", () => {
      setTimeout(() => {
        sorting = "";
        sort();
        narrow();
        remember();
      });
    });
    // On a small screen rows are cards and the heads of columns are only read out.
    const narrow_screen = window.matchMedia("(max-width: 44.9375em)");
    for (const head of heads) {
      if (!head.dataset.k) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sb-sort";
      button.title = text.sort(head.textContent.trim());
      button.append(...head.childNodes);
      head.append(button);
      const reach = () => { button.tabIndex = narrow_screen.matches ? -1 : 0; };
      narrow_screen.addEventListener("change", reach);
      reach();
      button.addEventListener("click", () => {
        const name = head.dataset.k;
        const first = head.classList.contains("sb-num") ? `-${name}` : name;
        const second = first === name ? `-${name}` : name;
        sorting = sorting === first ? second : sorting === second ? "" : first;
        sort();
        remember();
      });
    }
    window.addEventListener("hashchange", recall);
    if (location.hash.includes("=")) recall();
  }

  for (const form of document.querySelectorAll("form.sb-filters")) set_up(form);
})();
