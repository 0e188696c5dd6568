"use strict";
document.documentElement.classList.add("scripted", "loading"); // rows are laid out only once it is known which
document.addEventListener("DOMContentLoaded", () => {
  const STEP = 250; // rows shown at first: a page of thousands answers at once, and the filter sees them all
  const find = (id) => document.getElementById(id);
  const table = find("rows"), body = table.tBodies[0], text = find("text"), verdict = find("verdict");
  const mistake = find("mistake") ?? { value: "" }; // absent where nobody has one
  const heads = [...table.tHead.rows[0].cells];
  const named = heads.findIndex((head) => head.dataset.column === "mistakes");
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const rows = [...body.rows].map((row) => ({
    row, cells: [...row.cells].map((cell) => cell.textContent.trim()), searched: row.textContent.toLowerCase(),
  }));
  let shown = STEP;

  function show() {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fitting = rows.filter(({ row, cells, searched }) =>
      (!verdict.value || row.dataset.verdict === verdict.value)
      && (!mistake.value || cells[named].split(" ").includes(mistake.value))
      && words.every((word) => searched.includes(word)));
    body.replaceChildren(...fitting.slice(0, shown).map(({ row }) => row));
    find("shown").textContent = find("shown").dataset.of
      .replace("{fitting}", fitting.length).replace("{all}", rows.length);
    find("more").hidden = fitting.length <= shown;
  }

  function compare(one, other, isNumber) {
    if (!one || !other) return !one - !other; // what is empty comes last
    return isNumber ? one - other : collator.compare(one, other);
  }

  const start = () => { shown = STEP; show(); };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.ariaSort === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.ariaSort = down ? "descending" : "ascending";
      const isNumber = ["percent", "final"].includes(head.dataset.column);
      rows.sort((a, b) => {
        const order = compare(a.cells[column], b.cells[column], isNumber);
        return down && a.cells[column] && b.cells[column] ? -order : order;
      });
      start();
    });
  });

  text.form.addEventListener("input", start);
  text.form.addEventListener("submit", (event) => event.preventDefault());
  find("more").addEventListener("click", () => { shown += 4 * STEP; show(); });
  for (const button of document.querySelectorAll("[data-mistake]")) {
    button.addEventListener("click", () => {
      text.value = verdict.value = "";
      mistake.value = button.dataset.mistake;
      start();
      mistake.focus();
      find("list").scrollIntoView();
    });
  }
  show();
  document.documentElement.classList.remove("loading");
});
