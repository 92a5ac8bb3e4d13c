// Verdicts of an assessor: written here, kept in this browser, handed on as a file. Nothing is sent.
(() => {
  "use strict";
  const home = document.querySelector("[data-sb-verdict], [data-sb-verdicts]");
  if (!home) return;
  const { unit, period, page } = home.dataset;
  const places = Number(home.dataset.places);
  const rounds = JSON.parse(home.dataset.rounds);
  const isList = "sbVerdicts" in home.dataset;
  const text = {
    accept: "Đạt", rescore: "Chấm lại", more: "Yêu cầu bổ sung",
    acceptHint: (p) => `công nhận ${p} điểm đơn vị đề nghị`, acceptNone: "đơn vị chưa có điểm để công nhận", acceptAbsent: "đồng ý là không áp dụng",
    rescoreHint: "cho điểm khác", moreHint: "chưa đủ để kết luận",
    legend: (id) => `Kết luận cho tiêu chí ${id}`,
    points: (max) => `Điểm thẩm định (từ 0 đến ${max})`, reason: "Lý do chấm lại", demand: "Nội dung cần bổ sung",
    note: "Ghi chú (không bắt buộc)", drop: "Bỏ kết luận này",
    dropAsk: "Bấm lần nữa để bỏ", dropped: "Đã bỏ kết luận.",
    badPoints: (max) => `Ghi điểm từ 0 đến ${max}, ví dụ ${show(Math.min(0.75, num(max)))}, nhiều nhất ${places} chữ số thập phân.`,
    noReason: "Cần ghi lý do chấm lại.", noDemand: "Cần ghi nội dung cần bổ sung.",
    marked: "Đã chấm", unfinished: "Chưa xong", none: "Chưa chấm",
    saved: "Đã lưu trong trình duyệt này.", lost: "Trình duyệt không cho lưu. Hãy xuất tệp trước khi rời trang.",
    stale: "Tiêu chí đã thay đổi sau khi anh/chị chấm. Xem lại rồi bấm “Giữ kết luận”, hoặc chọn kết luận khác.",
    staleShort: "Đã thay đổi", keep: "Giữ kết luận",
    unknown: "Chưa chấm được ở đây: trang được dựng khi chưa đọc hết tệp của tiêu chí này.",
    who: "Họ tên người thẩm định", round: "Đợt", whoHint: "Ghi một lần; kết luận của mỗi người, mỗi đợt được giữ riêng.",
    ask: "Ghi họ tên và chọn đợt trước khi chấm.", asLine: (w) => `${w.name}, ${title(w.round)}`, change: "đổi",
    exportIt: "Xuất tệp", importIt: "Nạp tệp", print: "In phiếu", edit: "Chấm", close: "Đóng",
    exported: (n, name) => `Đã xuất ${n} kết luận ra tệp ${name}.`,
    skipped: (ids) => ` Chưa xuất vì chưa xong: ${ids.join(", ")}.`, nothing: "Chưa có kết luận nào để xuất.",
    unexported: (n) => `${n} kết luận chưa xuất ra tệp.`, allOut: "Mọi kết luận đã được xuất ra tệp.",
    loaded: (n) => `Đã nạp ${n} kết luận.`, older: (n) => ` Giữ ${n} kết luận đang có vì mới hơn.`,
    refused: (n, why) => ` Không nạp ${n} kết luận: ${why}.`, otherUnit: "của đơn vị hoặc kỳ khác",
    otherRound: "của đợt hoặc người khác", unknownLeaf: "không có tiêu chí này", notOurs: "Không đọc được tệp này: không phải tệp kết luận thẩm định.",
    count: (a, b) => `Đã chấm ${a}/${b} tiêu chí`, counts: (a, b, c, d) => `đạt ${a}, chấm lại ${b}, cần bổ sung ${c}, chưa chấm ${d}`,
    sums: (a, b, c) => `Điểm các tiêu chí đã kết luận: đơn vị đề nghị ${a}, thẩm định ${b}, chênh lệch ${c}`,
    filter: "Chỉ hiện", filters: { all: "Tất cả", none: "Chưa chấm", differs: "Lệch điểm", more: "Cần bổ sung", stale: "Đã thay đổi" },
    shown: (n) => `${n} tiêu chí`,
  };
  const ACCEPT = "dat", RESCORE = "cham-lai", MORE = "bo-sung";
  const words = { [ACCEPT]: text.accept, [RESCORE]: text.rescore, [MORE]: text.more };
  const title = (id) => (rounds.find((each) => each[0] === id) || ["", id])[1];

  // --- small tools
  const el = (name, more = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(more)) {
      if (key === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
      else if (value === true) made.setAttribute(key, "");
      else if (value !== false && value != null) made.setAttribute(key, value);
    }
    made.append(...inside);
    return made;
  };
  const button = (label, act, more = {}) => el("button", { type: "button", class: "sb-v-button", on: { click: act }, ...more }, label);
  const num = (typed) => {
    const plain = String(typed).trim().replace(",", ".");
    return /^\d{1,6}(\.\d{1,6})?$/.test(plain) ? Number(plain) : NaN;
  };
  const show = (value) => (value < 0 ? "-" : "") + Math.abs(value).toFixed(places).replace(".", ",");
  const sign = (value) => (value > 0.0000001 ? "+" : "") + show(value);
  const same = (name) => name.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
  const slug = (name) => name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase()
    .replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || "nguoi-tham-dinh";

  // --- what is kept: by unit, period, round and assessor
  const base = `sb-tham-dinh|${same(unit)}|${period}`;
  const memory = new Map();
  let lost = false;
  const read = (key, other) => {
    try {
      const kept = memory.has(key) ? memory.get(key) : localStorage.getItem(key);
      return kept ? JSON.parse(kept) : other;
    } catch { return other; }
  };
  const write = (key, value) => {
    const kept = JSON.stringify(value);
    try {
      localStorage.setItem(key, kept);
      memory.delete(key);
      lost = false;
    } catch {
      memory.set(key, kept);
      lost = true;
    }
  };
  const who = () => {
    const found = read(`${base}|ai`, null);
    return found && same(found.name) && rounds.some((each) => each[0] === found.round) ? found : null;
  };
  const keyOf = (w) => `${base}|${w.round}|${same(w.name)}`;
  const book = () => { const w = who(); return (w && read(keyOf(w), null)) || { marks: {}, out: {} }; };
  const change = (act) => {
    const w = who();
    if (!w) return;
    const kept = book();
    act(kept);
    write(keyOf(w), kept);
    window.dispatchEvent(new Event("sb-verdict"));
  };
  const put = (leaf, mark) => change((kept) => {
    if (mark) kept.marks[leaf] = { ...mark, t: new Date().toISOString() };
    else delete kept.marks[leaf];
  });
  const waiting = (kept = book()) => Object.keys(kept.marks).filter((leaf) => kept.out[leaf] !== kept.marks[leaf].t);

  // --- what a mark is worth
  const info = (node) => {
    const { leaf, digest, asked, max } = node.dataset;
    return { leaf, digest, asked: asked === "" ? null : Number(asked), max, none: "none" in node.dataset };
  };
  const trouble = (mark, max) => {
    if (mark.d === RESCORE) {
      const points = num(mark.p || "");
      const digits = (String(mark.p || "").trim().split(/[.,]/)[1] || "").length;
      if (!(points >= 0 && points <= Number(max)) || digits > places) return text.badPoints(show(Number(max)));
      if (!(mark.r || "").trim()) return text.noReason;
    }
    return mark.d === MORE && !(mark.m || "").trim() ? text.noDemand : "";
  };
  const pointsOf = (mark, leaf) => mark.d === ACCEPT ? leaf.asked : mark.d === RESCORE && !trouble(mark, leaf.max) ? num(mark.p) : null;
  const badge = (tone, words_) => el("span", { class: `sb-badge sb-badge--${tone}` }, words_);
  const stateOf = (mark, leaf) => {
    if (!mark) return badge("calm", text.none);
    if (mark.g !== leaf.digest) return badge("warn", text.staleShort);
    return trouble(mark, leaf.max) ? badge("warn", text.unfinished) : badge("good", text.marked);
  };

  // --- the form of one leaf
  let forms = 0;
  const form = (leaf) => {
    const n = `sb-v${++forms}`;
    const mark = () => book().marks[leaf.leaf];
    const status = el("p", { class: "sb-v-status", role: "status", "aria-live": "polite" });
    const state = el("span");
    const keep = button(text.keep, () => { const now = mark(); if (now) put(leaf.leaf, { ...now, g: leaf.digest }); });
    const stale = el("p", { class: "sb-warn", hidden: true }, text.stale, " ", keep);
    const option = (value, label, hint, disabled = false) => el("label", { class: "sb-v-option" },
      el("input", { type: "radio", name: n, value, disabled, on: { change: save } }), el("span", {}, el("strong", {}, label), `: ${hint}`));
    const area = (key, label) => el("div", { class: "sb-v-field" }, el("label", { for: `${n}-${key}` }, label),
      el("textarea", { id: `${n}-${key}`, rows: 2, maxlength: 4000, on: { input: save } }));
    const parts = {
      p: el("div", { class: "sb-v-field" }, el("label", { for: `${n}-p` }, text.points(show(Number(leaf.max)))),
        el("input", { id: `${n}-p`, type: "text", inputmode: "decimal", autocomplete: "off", size: 8, "aria-describedby": `${n}-s`, on: { input: save } })),
      r: area("r", text.reason), m: area("m", text.demand), n: area("n", text.note),
    };
    status.id = `${n}-s`;
    let sure = false;
    const drop = button(text.drop, () => {
      if (!sure) { sure = true; drop.textContent = text.dropAsk; return; }
      put(leaf.leaf, null);
      fill();
      status.textContent = text.dropped;
    });
    const radios = [
      option(ACCEPT, text.accept, leaf.asked !== null ? text.acceptHint(show(leaf.asked)) : leaf.none ? text.acceptAbsent : text.acceptNone,
        leaf.asked === null && !leaf.none),
      option(RESCORE, text.rescore, text.rescoreHint), option(MORE, text.more, text.moreHint),
    ];
    const made = el("fieldset", { class: "sb-v-form-box" }, el("legend", {}, `${text.legend(leaf.leaf)} `, state),
      stale, el("div", { class: "sb-v-options" }, ...radios), parts.p, parts.r, parts.m, parts.n, status, drop);
    const typed = (key) => parts[key].querySelector("input, textarea");
    const chosen = () => radios.map((each) => each.firstChild).find((each) => each.checked);
    function save() {
      const d = chosen();
      if (!d) return;
      // Whoever writes now judges what is shown now.
      put(leaf.leaf, { d: d.value, p: typed("p").value, r: typed("r").value, m: typed("m").value, n: typed("n").value, g: leaf.digest });
    }
    const tell = () => {
      const now = mark();
      const wrong = now ? trouble(now, leaf.max) : "";
      state.replaceChildren(stateOf(now, leaf));
      stale.hidden = !now || now.g === leaf.digest;
      parts.p.hidden = parts.r.hidden = !now || now.d !== RESCORE;
      parts.m.hidden = !now || now.d !== MORE;
      parts.n.hidden = drop.hidden = !now;
      sure = false;
      drop.textContent = text.drop;
      const points = typed("p");
      const bad = Boolean(now && now.d === RESCORE && (now.p || "").trim() && wrong && wrong !== text.noReason);
      points.setAttribute("aria-invalid", String(bad));
      const said = lost ? text.lost : wrong || (now ? text.saved : "");
      if (status.textContent !== said) status.textContent = said;
      status.classList.toggle("sb-warn", Boolean(wrong) || lost);
    };
    function fill() {
      const now = mark() || {};
      for (const each of radios) each.firstChild.checked = each.firstChild.value === now.d;
      for (const key of ["p", "r", "m", "n"]) if (typed(key) !== document.activeElement) typed(key).value = now[key] || "";
      tell();
    }
    made.sbTell = tell;
    made.sbFill = fill;
    fill();
    return made;
  };

  // --- who judges
  const identity = () => {
    const now = read(`${base}|ai`, null) || {};
    const name = el("input", { id: "sb-v-who", type: "text", autocomplete: "name", maxlength: 80 });
    name.value = now.name || "";
    const round = el("select", { id: "sb-v-round" }, ...rounds.map(([id, words_]) => el("option", { value: id }, words_)));
    // The first round is the commune's own.
    round.value = now.round && rounds.some((each) => each[0] === now.round) ? now.round : rounds[Math.min(1, rounds.length - 1)][0];
    const save = () => {
      write(`${base}|ai`, { name: name.value.normalize("NFC").replace(/\s+/g, " ").trim(), round: round.value });
      window.dispatchEvent(new Event("sb-verdict-who"));
    };
    name.addEventListener("change", save);
    round.addEventListener("change", save);
    return el("div", { class: "sb-v-who" },
      el("div", { class: "sb-v-field" }, el("label", { for: "sb-v-who" }, text.who), name),
      el("div", { class: "sb-v-field" }, el("label", { for: "sb-v-round" }, text.round), round),
      el("p", { class: "sb-muted" }, text.whoHint));
  };

  // --- leaving with verdicts that are in no file: pages of this site show them all, other places do not
  let within = false;
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    within = Boolean(link && !link.target && link.protocol === location.protocol && link.host === location.host);
    if (within) setTimeout(() => { within = false; }, 1000);
  }, true);
  window.addEventListener("beforeunload", (event) => {
    if (who() && (lost || (waiting().length && !within))) {
      event.preventDefault();
      event.returnValue = "";
    }
  });
  window.addEventListener("storage", (event) => {
    if (!event.key || event.key.startsWith(base)) { window.dispatchEvent(new Event("sb-verdict-who")); }
  });

  if (!rounds.length) { if (!isList) home.remove(); return; }
  if (isList) list(); else leafPage();

  function leafPage() {
    const leaf = info(home);
    const draw = () => {
      const w = who();
      if (!leaf.digest) { home.replaceChildren(el("p", { class: "sb-warn" }, text.unknown)); return; }
      if (!w) { home.replaceChildren(el("p", {}, text.ask), identity()); return; }
      const box = form(leaf);
      const left = el("span");
      const line = el("p", { class: "sb-v-line sb-muted" }, text.asLine(w), " (", el("a", { href: page }, text.change), "). ", left);
      home.replaceChildren(box, line);
      const tell = () => { const n = waiting().length; left.textContent = n ? text.unexported(n) : ""; box.sbTell(); };
      home.sbTell = tell;
      tell();
    };
    window.addEventListener("sb-verdict", () => home.sbTell && home.sbTell());
    window.addEventListener("sb-verdict-who", draw);
    draw();
  }

  function list() {
    const rows = [...document.querySelectorAll("tr[data-leaf]")].map((row) => ({ row, ...info(row) }));
    const known = new Map(rows.map((each) => [each.leaf, each]));
    const say = el("p", { class: "sb-v-status", role: "status", "aria-live": "polite" });
    const counts = el("p", { class: "sb-v-counts" });
    const sums = el("p", { class: "sb-muted" });
    const left = el("p", { class: "sb-v-left" });
    const picker = el("input", { type: "file", accept: ".yml,.yaml", hidden: true, "aria-label": text.importIt, on: { change: () => load(picker) } });
    const bar = el("div", { class: "sb-v-bar" }, button(text.exportIt, () => hand(), { class: "sb-v-button sb-v-button--first" }),
      button(text.importIt, () => picker.click()), button(text.print, () => window.print()), picker);
    let filter = "all";
    const shown = el("output", { class: "sb-muted" });
    const filters = el("fieldset", { class: "sb-v-filters" }, el("legend", {}, text.filter),
      ...Object.entries(text.filters).map(([value, label]) => {
        const input = el("input", { type: "radio", name: "sb-v-filter", value, on: { change: () => { filter = value; tell(); } } });
        input.checked = value === filter;
        return el("label", {}, input, ` ${label}`);
      }), shown);
    home.replaceChildren(identity(), counts, sums, left, bar, say, filters);

    for (const each of rows) {
      const cell = each.row.querySelector(".sb-v-mine");
      each.state = el("span");
      each.open = button(text.edit, () => toggle(each), { "aria-expanded": "false", "aria-label": `${text.edit} ${each.leaf}` });
      cell.append(each.state, " ", ...(each.digest ? [each.open] : []));
    }
    function toggle(each, fold = Boolean(each.form)) {
      if (fold) {
        if (each.form) each.form.remove();
        each.form = null;
      } else {
        if (!who()) { say.textContent = text.ask; document.getElementById("sb-v-who").focus(); return; }
        each.box = form(each);
        each.form = el("tr", { class: "sb-v-inline" }, el("td", { colspan: 7 }, each.box));
        each.row.after(each.form);
        each.box.querySelector("input:not([disabled])").focus();
      }
      each.open.textContent = each.form ? text.close : text.edit;
      each.open.setAttribute("aria-expanded", String(Boolean(each.form)));
    }
    function tell() {
      const kept = book();
      const n = { [ACCEPT]: 0, [RESCORE]: 0, [MORE]: 0 };
      let done = 0, asked = 0, given = 0, visible = 0;
      for (const each of rows) {
        const mark = kept.marks[each.leaf];
        const complete = mark && !trouble(mark, each.max);
        const points = mark ? pointsOf(mark, each) : null;
        const fresh = mark && mark.g === each.digest;
        const differs = points !== null && (each.asked === null || Math.abs(points - each.asked) > 0.0000001);
        if (complete && fresh) { done += 1; n[mark.d] += 1; }
        if (points !== null && complete) { given += points; asked += each.asked || 0; }
        const said = mark ? [mark.d === RESCORE && points !== null ? `${words[mark.d]} ${show(points)}: ${mark.r}` : mark.d === MORE && mark.m ? `${words[mark.d]}: ${mark.m}` : words[mark.d], mark.n].filter(Boolean) : [];
        each.state.replaceChildren(stateOf(mark, each), said.length ? ` ${said.join("; ")}` : "");
        each.row.querySelector(".sb-v-diff").textContent = points !== null && each.asked !== null ? sign(points - each.asked) : "";
        const hide = !{ all: true, none: !complete, differs, more: mark && mark.d === MORE, stale: mark && !fresh }[filter];
        each.row.hidden = hide;
        if (each.form) { each.form.hidden = hide; each.box.sbTell(); }
        visible += hide ? 0 : 1;
      }
      const unexported = waiting(kept).length;
      counts.replaceChildren(el("strong", {}, text.count(done, rows.length)), `: ${text.counts(n[ACCEPT], n[RESCORE], n[MORE], rows.length - done)}.`);
      sums.textContent = given || asked ? `${text.sums(show(asked), show(given), sign(given - asked))}.` : "";
      left.textContent = lost ? text.lost : unexported ? text.unexported(unexported) : Object.keys(kept.marks).length ? text.allOut : "";
      left.classList.toggle("sb-warn", Boolean(unexported) || lost);
      shown.textContent = filter === "all" ? "" : text.shown(visible);
    }
    window.addEventListener("sb-verdict", tell);
    window.addEventListener("sb-verdict-who", () => { for (const each of rows) toggle(each, true); tell(); });
    tell();
    const wanted = location.hash.startsWith("#v-") && rows.find((each) => `#${each.row.id}` === location.hash);
    if (wanted && who()) toggle(wanted);

    // --- the file; what is written here, loading/verdicts.py reads
    const quote = (value) => JSON.stringify(String(value).normalize("NFC").replace(/\p{Surrogate}/gu, "\ufffd"))
      .replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (sign_) => `\\u${sign_.charCodeAt(0).toString(16).padStart(4, "0")}`);
    function written(w, kept, done) {
      const lines = ["# Kết luận thẩm định. Nhập vào kho: site-builder import-verdicts TỆP", "verdicts:"];
      for (const leaf of done) {
        const mark = kept.marks[leaf];
        const pairs = { don_vi: unit, ky: period, dot: w.round, tieu_chi: leaf, ma_noi_dung: mark.g, nguoi_tham_dinh: w.name, ket_luan: mark.d };
        if (mark.d === RESCORE) { pairs.diem = mark.p.trim(); pairs.ly_do = mark.r.trim(); }
        if (mark.d === MORE) pairs.can_bo_sung = mark.m.trim();
        if ((mark.n || "").trim()) pairs.ghi_chu = mark.n.trim();
        pairs.luc = mark.t;
        Object.entries(pairs).forEach(([key, value], i) => lines.push(`${i ? "    " : "  - "}${key}: ${quote(value)}`));
      }
      return `${lines.join("\n")}\n`;
    }
    async function hand() {
      const w = who();
      if (!w) { say.textContent = text.ask; document.getElementById("sb-v-who").focus(); return; }
      const kept = book();
      const all = rows.map((each) => each.leaf).filter((leaf) => kept.marks[leaf]);
      const done = all.filter((leaf) => !trouble(kept.marks[leaf], known.get(leaf).max));
      const rest = all.filter((leaf) => !done.includes(leaf));
      if (!done.length) { say.textContent = text.nothing + (rest.length ? text.skipped(rest) : ""); return; }
      const name = `tham-dinh-${slug(period)}-${slug(w.round)}-${slug(w.name)}.yml`;
      const data = written(w, kept, done);
      if (!(await keepFile(name, data))) return;
      change((now) => { for (const leaf of done) now.out[leaf] = kept.marks[leaf].t; });
      say.textContent = text.exported(done.length, name) + (rest.length ? text.skipped(rest) : "");
    }
    async function keepFile(name, data) {
      if (typeof window.showSaveFilePicker === "function") {
        try {
          const file = await window.showSaveFilePicker({ suggestedName: name, types: [{ accept: { "application/yaml": [".yml"] } }] });
          const stream = await file.createWritable();
          await stream.write(data);
          await stream.close();
          return true;
        } catch (error) {
          if (error.name === "AbortError") return false;
        }
      }
      const address = URL.createObjectURL(new Blob([data], { type: "application/octet-stream" }));
      const link = el("a", { href: address, download: name, hidden: true });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(address), 60000);
      return true;
    }
    function parsed(data) {
      const found = [];
      for (const line of data.replace(/^\ufeff/, "").split(/\r?\n/)) {
        const match = /^(\s*-\s+|\s+)([a-z_]+):\s*(.*?)\s*$/.exec(line);
        if (!match) continue;
        if (match[1].includes("-")) found.push({});
        if (!found.length) continue;
        let value = match[3];
        if (value.startsWith('"')) { try { value = JSON.parse(value); } catch { continue; } }
        else if (/^'.*'$/.test(value)) value = value.slice(1, -1).replace(/''/g, "'");
        found[found.length - 1][match[2]] = value;
      }
      return found.filter((each) => each.tieu_chi && words[each.ket_luan]);
    }
    async function load(input) {
      const file = input.files[0];
      input.value = "";
      if (!file) return;
      const found = parsed(await file.text());
      if (!found.length) { say.textContent = text.notOurs; return; }
      if (!who()) {
        const first = found.find((each) => rounds.some((round) => round[0] === each.dot));
        if (first) {
          write(`${base}|ai`, { name: first.nguoi_tham_dinh, round: first.dot });
          home.querySelector(".sb-v-who").replaceWith(identity());
        }
      }
      const w = who() || { name: "", round: "" };
      const wrong = {};
      let taken = 0, older = 0;
      change((kept) => {
        for (const each of found) {
          const why = same(each.don_vi || "") !== same(unit) || each.ky !== period ? text.otherUnit
            : each.dot !== w.round || same(each.nguoi_tham_dinh || "") !== same(w.name) ? text.otherRound
              : known.has(each.tieu_chi) ? "" : text.unknownLeaf;
          if (why) { wrong[why] = (wrong[why] || 0) + 1; continue; }
          const mark = { d: each.ket_luan, p: each.diem || "", r: each.ly_do || "", m: each.can_bo_sung || "", n: each.ghi_chu || "", g: each.ma_noi_dung || "", t: each.luc || "" };
          const mine = kept.marks[each.tieu_chi];
          if (mine && mine.t > mark.t) { older += 1; continue; }
          kept.marks[each.tieu_chi] = mark;
          kept.out[each.tieu_chi] = mark.t;
          taken += 1;
        }
      });
      window.dispatchEvent(new Event("sb-verdict-who"));
      say.textContent = text.loaded(taken) + (older ? text.older(older) : "")
        + Object.entries(wrong).map(([why, n]) => text.refused(n, why)).join("");
    }
  }
})();
