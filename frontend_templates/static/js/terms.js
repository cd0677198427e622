// The meaning of a term beside the text. The definitions are in the page; without this script, or without popovers, the link
// leads to the glossary.

const meanings = document.getElementById("meanings");

function card() {
  const box = document.createElement("div");
  box.className = "meaning";
  box.id = "meaning";
  box.popover = "auto";
  box.tabIndex = -1;
  box.setAttribute("role", "dialog");
  box.innerHTML = '<b class="name"></b><p></p><p class="row apart"><a></a><button type="button" class="plain"></button></p>';
  box.querySelector("a").textContent = meanings.dataset.more;
  const close = box.querySelector("button");
  close.textContent = meanings.dataset.close;
  close.addEventListener("click", () => box.hidePopover());
  return box;
}

function fill(box, entry, link) {
  const [term, text] = [entry.querySelector("dt"), entry.querySelector("dd")];
  const [name, words] = [box.querySelector(".name"), box.querySelector("p")];
  name.textContent = term.textContent;
  words.textContent = text.textContent;
  name.lang = words.lang = text.lang || document.documentElement.lang;
  box.setAttribute("aria-label", term.textContent);
  box.querySelector("a").href = link.href;
}

// Below the word, or above it when there is no room; narrow screens show it at their foot (lesson.css).
function place(box, link) {
  if (matchMedia("(max-width: 40rem)").matches) return;
  const at = [...link.getClientRects()].pop();
  const above = at.bottom + box.offsetHeight + 12 > innerHeight;
  const top = above ? at.top - box.offsetHeight - 8 : at.bottom + 8;
  const left = Math.min(Math.max(8, at.left), document.documentElement.clientWidth - box.offsetWidth - 8);
  box.style.setProperty("top", `${top + scrollY}px`);
  box.style.setProperty("left", `${left}px`);
}

if (meanings && "popover" in HTMLElement.prototype) {
  const entries = new Map([...meanings.children].map((entry) => [entry.dataset.key, entry]));
  const box = document.body.appendChild(card());
  let from = null;
  box.addEventListener("toggle", (event) => {
    if (from) from.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState === "closed" && from && (box.contains(document.activeElement) || document.activeElement === document.body)) from.focus();
  });
  for (const link of document.querySelectorAll("a.term")) {
    const entry = entries.get(link.dataset.term);
    if (!entry) continue;
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (from) from.setAttribute("aria-expanded", "false");
      from = link;
      fill(box, entry, link);
      box.showPopover();
      place(box, link);
      box.focus({ preventScroll: true });
    });
  }
}
