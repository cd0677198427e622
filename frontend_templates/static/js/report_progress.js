// Watches reports that are being made: asks for the list again and again until none of them moves any more.
// Without it, the page has a link "Look again".

const list = document.getElementById("reports");
const said = document.getElementById("reports-said");
const every = Number(list?.dataset.every ?? 2000);

const moving = () => list.querySelector("[data-state=queued], [data-state=building]") !== null;

function take(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  for (const item of fresh.querySelectorAll("li[data-state]")) {
    const old = document.getElementById(item.id);
    // What did not change stays as it is: nobody loses the place where they are.
    if (!old || old.innerHTML === item.innerHTML || old.contains(document.activeElement)) continue;
    if (old.dataset.state !== item.dataset.state) say(item.dataset.state);
    old.replaceWith(document.importNode(item, true));
  }
  hideLinks();
}

function say(state) {
  const words = said.dataset[state];
  if (words) said.textContent = words;
}

function hideLinks() {
  for (const link of list.querySelectorAll(".no-js")) link.hidden = true;
}

async function look() {
  if (!moving()) return;
  if (!document.hidden) {
    try {
      const answer = await fetch(location.href, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
      if (answer.ok && !answer.redirected) take(await answer.text());
    } catch {
      // The line is down: the next look may reach it.
    }
  }
  setTimeout(look, every);
}

if (list) {
  hideLinks();
  setTimeout(look, every);
}
