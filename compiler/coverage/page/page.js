"use strict";
(() => {
  const root = document.documentElement;
  const $ = id => document.getElementById(id);
  const lang = $("lang"), q = $("q"), status = $("status"), level = $("level"), section = $("section"), target = $("target");

  const speak = code => {
    root.lang = root.dataset.lang = code;
    lang.value = code;
    // An option cannot hold several texts, of which one is shown.
    for (const option of document.querySelectorAll("option[data-w]")) {
      option.textContent = option.dataset[code.replace("-", "").toLowerCase()];
    }
  };

  const find = () => {
    const words = q.value.toLowerCase().split(/\s+/).filter(Boolean);
    const has = (list, word) => !word || (list || "").split(" ").includes(word);
    for (const part of [$("rows"), $("rules")]) {
      let shown = 0;
      for (const item of part.querySelectorAll(":scope .row, :scope > .rule")) {
        item.text ??= item.textContent.toLowerCase() + " " + item.id;
        const rule = item.classList.contains("rule");
        const fits = words.every(w => item.text.includes(w)) && (rule || has(item.dataset.status, status.value)) &&
          has(item.dataset.sections, section.value) && has(item.dataset.levels, level.value) && has(item.dataset.targets, target.value);
        item.hidden = !fits;
        shown += fits;
      }
      for (const table of part.querySelectorAll(".table")) {
        const empty = !table.querySelector(".row:not([hidden])");
        table.hidden = empty;
        table.previousElementSibling.hidden = empty;
      }
      part.querySelector(".empty").hidden = shown > 0;
    }
    for (const b of document.querySelectorAll(".count")) b.setAttribute("aria-pressed", b.dataset.status === status.value);
  };

  // A link to a rule or a row opens it, whatever the filters are.
  const open = () => {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {} // no link of ours
    const item = $(id);
    if (item && item.tagName === "DETAILS") {
      item.hidden = false;
      item.open = true;
      item.scrollIntoView();
    }
  };

  lang.addEventListener("change", () => speak(lang.value));
  $("filters").addEventListener("submit", e => e.preventDefault());
  for (const control of [q, status, section, level, target]) control.addEventListener("input", find);
  for (const b of document.querySelectorAll(".count")) {
    b.addEventListener("click", () => {
      status.value = status.value === b.dataset.status ? "" : b.dataset.status;
      find();
    });
  }
  $("tagged").addEventListener("change", e => document.querySelector(".matrix").classList.toggle("only", e.target.checked));
  document.addEventListener("click", async e => {
    const b = e.target.closest(".copy");
    if (!b) return;
    const text = b.parentElement.querySelector("code").textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch { // a page that was opened from a disk may have no clipboard
      const range = document.createRange();
      range.selectNodeContents(b.parentElement.querySelector("code"));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    }
  });
  addEventListener("hashchange", open);
  speak(lang.value);
  find();
  open();
})();
