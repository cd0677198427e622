// Typing hides the terms that do not match. Without this script the letters and the browser's own search do.

const finder = document.getElementById("finder");
const status = finder?.querySelector("[role=status]");
const letters = [...document.querySelectorAll(".letter")].map((section) => ({
  section,
  link: document.querySelector(`.letters a[href="#${section.id}"]`)?.parentElement,
  entries: [...section.querySelectorAll(".entry")].map((entry) => ({ entry, words: entry.textContent.toLowerCase() })),
}));

function show(wanted) {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { section, link, entries } of letters) {
    let here = 0;
    for (const { entry, words: text } of entries) {
      entry.hidden = !words.every((word) => text.includes(word));
      here += entry.hidden ? 0 : 1;
    }
    section.hidden = here === 0;
    if (link) link.hidden = here === 0;
    count += here;
  }
  const { one, many, none } = status.dataset;
  status.textContent = !words.length ? "" : count === 0 ? none : count === 1 ? one : many.replace("%n", count);
}

if (finder && letters.length) {
  const box = finder.querySelector("input");
  finder.hidden = false;
  box.addEventListener("input", () => show(box.value));
  addEventListener("hashchange", () => {
    if (document.querySelector(":target")?.hidden) {
      box.value = "";
      show("");
      document.querySelector(":target").scrollIntoView();
    }
  });
  show(box.value); // a browser may bring back what was typed
}
