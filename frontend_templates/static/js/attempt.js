// Saves each answer as soon as it is given. Without this script the buttons of the form do the same, by hand.
// "Saved" is said only when the server has named the question and its new version.

const WAITS = [0, 1, 2, 5, 10, 20, 30]; // seconds before the next try, after so many that failed
const PATIENCE = 15000; // milliseconds for one try
const TYPING = 1200; // milliseconds without a key before what was typed is saved

function read(box) {
  const typed = box.querySelector(".input")?.value.trim();
  if (typed !== undefined) return typed ? { text: typed } : null;
  const chosen = [...box.querySelectorAll("input:checked, select")].map((field) => field.value).filter(Boolean);
  return !chosen.length ? null : box.querySelector("[type=radio]") ? { choice: chosen[0] } : { choices: chosen.sort() };
}

function write(box, answer) {
  const chosen = answer.choices ?? [answer.choice];
  for (const input of box.querySelectorAll(".opt input")) input.checked = chosen.includes(input.value);
  for (const list of box.querySelectorAll("select")) list.value = chosen.find((value) => [...list.options].some((option) => option.value === value)) ?? "";
  for (const input of box.querySelectorAll(".input")) input.value = answer.text ?? "";
}

const plain = (answer) => JSON.stringify(answer && Object.keys(answer).length ? answer : null);

export function attach(form) {
  const [bar, count] = [form.querySelector("#save-state"), form.querySelector("#answered")];
  const [token, byHand] = [form.querySelector("[name=csrfmiddlewaretoken]"), form.querySelector("[value=save]")];
  const questions = [...form.querySelectorAll("[data-position]")].map((box) => {
    const conflict = box.querySelector("[data-conflict]");
    const isTyped = !conflict.hidden || box.querySelector(".error"); // came back unsaved: what is saved is something else
    const [saved, state] = [isTyped ? "" : plain(read(box)), conflict.hidden ? "" : "conflict"];
    return { box, conflict, version: box.querySelector("[data-version]"), sent: new Set(), tries: 0, busy: false, saved, state };
  });
  let leaving = false;

  const isOpen = (question) => plain(read(question.box)) !== question.saved;
  const find = (state) => questions.some((question) => question.state === state);

  function show() {
    const given = questions.filter((question) => read(question.box));
    const answered = given.filter(({ box }) => [...box.querySelectorAll("select")].every((list) => list.value)).length;
    const failing = questions.some((question) => isOpen(question) && question.tries);
    const usual = failing ? "retry" : questions.some(isOpen) ? "saving" : given.length ? "saved" : "none";
    const words = ["over", "signedOut", "conflict", "refused"].find(find) ?? usual;
    const line = bar.lastElementChild; // a live region: it is touched only when it has something new to say
    if (line.textContent !== form.dataset[words]) line.textContent = form.dataset[words];
    bar.className = `state ${words}`;
    count.textContent = form.dataset.answered.replace("%answered", answered).replace("%all", questions.length);
    byHand.hidden = !find("refused");
  }

  // The form's secret goes stale when one signs in again elsewhere. Signed out, there is no form to take one from.
  async function freshToken() {
    const page = await fetch(form.action, { credentials: "same-origin", headers: { Accept: "text/html" } });
    const found = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("#attempt [name=csrfmiddlewaretoken]");
    return found && (token.value = found.value);
  }

  async function send(question, answer) {
    const response = await fetch(question.box.dataset.url, {
      method: "POST",
      credentials: "same-origin",
      signal: AbortSignal.timeout?.(PATIENCE),
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token.value },
      body: JSON.stringify({ answer, version: Number(question.version.value) }),
    });
    return { status: response.status, said: /json/.test(response.headers.get("Content-Type")) ? await response.json() : null };
  }

  function meet(question, sending, { status, said }) {
    const isMine = said?.position === Number(question.box.dataset.position) && Number.isInteger(said?.version);
    if (status === 200 && isMine) {
      Object.assign(question, { saved: sending, tries: 0, state: "" });
      question.sent.clear();
      question.version.value = said.version;
      const note = question.box.querySelector("[data-note]");
      if (note) note.textContent = said.note;
    } else if (status === 409 && said?.code === "stale_answer" && isMine) {
      question.version.value = said.version;
      if (question.sent.has(plain(said.answer))) return void (question.saved = plain(said.answer)); // our own; its receipt was lost
      Object.assign(question, { state: "conflict", other: said.answer });
      question.conflict.querySelector("[data-other]").textContent = said.words;
      question.conflict.hidden = false;
    } else if (status === 409 && said?.code === "attempt_finished") question.state = "over";
    else if ([400, 404, 422].includes(status) && said) question.state = "refused";
    else {
      question.state = status === 401 ? "signedOut" : "";
      question.tries += 1;
    }
  }

  async function save(question) {
    clearTimeout(question.timer);
    if (question.busy || question.state === "conflict" || question.state === "over" || !isOpen(question)) return show();
    const answer = read(question.box);
    const sending = plain(answer);
    question.busy = true;
    question.sent.add(sending);
    show();
    try {
      let met = await (question.running = send(question, answer));
      if (met.status === 403) met = (await freshToken()) ? await send(question, answer) : { status: 401 };
      meet(question, sending, met);
    } catch {
      question.tries += 1; // no answer came, or not a whole one
    }
    question.busy = false;
    show();
    const wait = WAITS[Math.min(question.tries, WAITS.length - 1)];
    if (isOpen(question) && question.state !== "refused") question.timer = setTimeout(save, wait * 1000, question);
  }

  function decide(question, keep) {
    Object.assign(question, { state: "", tries: 0 });
    question.conflict.hidden = true;
    question.saved = question.other ? plain(question.other) : ""; // with the version that came along
    if (!keep) write(question.box, question.other);
    question.box.querySelector("input:not([type=hidden]), select").focus();
    save(question);
  }

  for (const question of questions) {
    const again = () => save(Object.assign(question, question.state === "refused" && { state: "" }));
    question.box.addEventListener("change", again);
    question.box.addEventListener("input", (event) => {
      clearTimeout(question.timer);
      if (event.target.matches(".input")) question.timer = setTimeout(again, TYPING);
    });
    const [keep, take] = question.conflict.querySelectorAll("button");
    [keep.hidden, take.hidden] = [false, question.state === "conflict"]; // found without this script, it has the words alone
    keep.addEventListener("click", () => decide(question, true));
    take.addEventListener("click", () => decide(question, false));
  }

  form.addEventListener("submit", (event) => {
    const isFinish = event.submitter?.value === "finish";
    const needsServer = ["conflict", "refused", "over"].some(find);
    if (needsServer || (isFinish && !questions.some(isOpen))) return void (leaving = true);
    event.preventDefault(); // out of reach, the answers on the page would be lost with it
    const settled = questions.map((question) => Promise.resolve(question.running).catch(() => {}).then(() => save(question)));
    Promise.all(settled).then(() => isFinish && !questions.some(isOpen) && form.requestSubmit(event.submitter));
  });
  for (const name of ["online", "focus"]) addEventListener(name, () => questions.filter(isOpen).forEach(save));
  addEventListener("beforeunload", (event) => {
    if (!leaving && questions.some(isOpen)) event.preventDefault();
  });
  questions.forEach(save);
}

const form = document.getElementById("attempt");
if (form) attach(form);
