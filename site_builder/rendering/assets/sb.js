// Small comforts; every page says everything without them.
(() => {
  "use strict";
  const day = 86400000;
  const text = {
    left: (n) => `còn ${n} ngày`,
    today: "hôm nay",
    copy: "Chép nội dung",
    copied: "Đã chép",
    filter: "Lọc theo từ (không cần dấu)",
    shown: (n) => `${n} dòng`,
    close: "Đóng",
    before: "Ảnh trước",
    after: "Ảnh sau",
    of: (n, all) => `${n}/${all}`,
  };
  // Days are counted by the calendar of Viet Nam, wherever the reader is.
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());
  for (const time of document.querySelectorAll("time.sb-due")) {
    const left = Math.round((Date.parse(time.dateTime) - Date.parse(today)) / day);
    if (left >= 0) {
      const note = document.createElement("span");
      note.className = "sb-left";
      note.textContent = ` (${left ? text.left(left) : text.today})`;
      time.after(note);
    }
  }
  if (navigator.clipboard && window.isSecureContext) {
    for (const block of document.querySelectorAll(".sb-copy")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sb-button";
      button.textContent = text.copy;
      const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
      const content = [...block.querySelectorAll(".sb-about, .sb-remark")]
        .map((item) => item.matches(".sb-about")
          ? `\n${words(item)}`
          : `- ${[...item.querySelectorAll(".sb-remark-what, .sb-remark-how")].map(words).join(" ")}`)
        .join("\n").trim();
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(content);
        button.textContent = text.copied;
        setTimeout(() => { button.textContent = text.copy; }, 2000);
      });
      block.prepend(button);
    }
    for (const letter of document.querySelectorAll(".sb-reminder")) {
      const words = letter.textContent.trim();
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sb-button";
      button.textContent = text.copy;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(words);
        button.textContent = text.copied;
        setTimeout(() => { button.textContent = text.copy; }, 2000);
      });
      letter.previousElementSibling.append(button);
    }
  }
  const fold = (words) =>
    words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  for (const table of document.querySelectorAll("table.sb-index, table.sb-folders")) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 12) continue;
    const contents = rows.map((row) => fold(row.textContent));
    const label = document.createElement("label");
    label.className = "sb-filter";
    label.textContent = `${text.filter} `;
    const input = document.createElement("input");
    input.type = "search";
    const count = document.createElement("output");
    label.append(input);
    input.addEventListener("input", () => {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, i) => {
        row.hidden = !words.every((word) => contents[i].includes(word));
        shown += row.hidden ? 0 : 1;
      });
      count.textContent = words.length ? text.shown(shown) : "";
    });
    table.before(label, count);
  }
  // A link to a document unfolds it.
  const unfold = () => {
    const target = location.hash.startsWith("#xem-") && document.getElementById(location.hash.slice(1));
    const folded = target && target.closest("details");
    if (folded && !folded.open) {
      folded.open = true;
      target.scrollIntoView();
    }
  };
  window.addEventListener("hashchange", unfold);
  unfold();
  // Photos one after the other; without this every photo is a link of its own.
  const photos = [...document.querySelectorAll(".sb-photos[data-gallery] a")];
  if (photos.length && typeof HTMLDialogElement === "function") {
    const box = document.createElement("dialog");
    box.className = "sb-box";
    const figure = document.createElement("figure");
    const image = document.createElement("img");
    const caption = document.createElement("figcaption");
    figure.append(image, caption);
    box.append(figure);
    let group = [];
    let at = 0;
    let from = null;
    const button = (name, label, sign, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = `sb-box-${name}`;
      made.setAttribute("aria-label", label);
      made.textContent = sign;
      made.addEventListener("click", act);
      box.append(made);
      return made;
    };
    const show = (n) => {
      at = (n + group.length) % group.length;
      const link = group[at];
      image.src = link.href;
      image.alt = link.querySelector("img").alt;
      caption.textContent = `${image.alt} (${text.of(at + 1, group.length)})`;
    };
    const before = button("before", text.before, "‹", () => show(at - 1));
    const after = button("after", text.after, "›", () => show(at + 1));
    button("close", text.close, "×", () => box.close());
    box.addEventListener("keydown", (event) => {
      if (event.key === "ArrowLeft") show(at - 1);
      if (event.key === "ArrowRight") show(at + 1);
    });
    box.addEventListener("click", (event) => { if (event.target === figure) box.close(); });
    box.addEventListener("close", () => {
      image.removeAttribute("src");
      from.focus();
    });
    document.body.append(box);
    for (const link of photos) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        from = link;
        group = [...link.closest(".sb-photos").querySelectorAll("a")];
        before.hidden = after.hidden = group.length < 2;
        box.setAttribute("aria-label", link.querySelector("img").alt);
        show(group.indexOf(link));
        box.showModal();
      });
    }
  }
})();
