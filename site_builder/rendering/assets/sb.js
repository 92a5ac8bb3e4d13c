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
})();
