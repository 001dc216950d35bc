// Sends a form's change as JSON to the same route that any program uses, and says what became of it.
// What is typed stays; nothing is ever sent again in order to find out.
const sentence = (key) => document.querySelector(`#send-words [data-key="${key}"]`)?.textContent ?? key;
const all = (selector, then) => document.querySelectorAll(selector).forEach(then);

class Wrong extends Error {
  constructor(key, field) {
    super(sentence(key));
    this.field = field;
  }
}

// Dollars to cents by their digits.
export function cents(text) {
  const parts = /^\s*\$?\s*(\d{1,3}(?:,\d{3})*|\d+)(?:\.(\d{2}))?\s*$/.exec(text);
  return parts === null ? null : Number(parts[1].replaceAll(",", "") + (parts[2] ?? "00"));
}

function valueOf(field) {
  const text = field.value.trim();
  switch (field.dataset.type) {
    case "int":
      if (text === "") return null;
      if (!/^-?\d{1,15}$/.test(text)) throw new Wrong("Number", field);
      return Number(text);
    case "cents": {
      if (text === "") return null;
      const [value, { expected }] = [cents(text), field.dataset];
      if (value === null || (expected !== undefined && value !== Number(expected))) throw new Wrong("Money", field);
      return value;
    }
    case "date":
      if (text !== "" && !/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new Wrong("Day", field);
      return text || null;
    case "dates":
      return text === "" ? [] : text.split(/[\s,;]+/);
    case "bool":
      return field.type === "checkbox" ? field.checked : text === "true";
    default:
      return text === "" && !field.required ? null : text;
  }
}

// A form as the object that its route takes; a name with dots is an object in it, with a number an item of a list.
export function bodyOf(form) {
  /** @type {any} */
  const body = {};
  for (const field of form.elements) {
    const { name, type, dataset } = field;
    if (!name || field.disabled || /fieldset|button/.test(type) || field.closest("[data-unsent]") !== null) continue;
    field.removeAttribute("aria-invalid");
    if (dataset.type === "ints" || dataset.type === "texts") {
      body[name] ??= [];
      if (field.checked || !/checkbox|radio/.test(type)) body[name].push(dataset.type === "ints" ? Number(field.value) : field.value);
      continue;
    }
    if (type === "radio" && !field.checked) continue;
    if (field.required && field.value.trim() === "") throw new Wrong("Empty", field);
    const value = valueOf(field);
    if (value === null || dataset.check !== undefined) continue;
    const steps = name.split(".");
    const last = steps.at(-1);
    steps.slice(0, -1).reduce((inner, step, at) => (inner[step] ??= /^\d+$/.test(steps[at + 1]) ? [] : {}), body)[last] = value;
  }
  return body;
}

function say(form, text, kind = "refused") {
  const answer = form.querySelector("[data-answer]");
  answer.dataset.kind = kind;
  answer.textContent = text;
  if (kind !== "wait") answer.focus();
  if (kind === "refused" && !document.title.startsWith("Error")) document.title = `Error: ${document.title}`;
}

function ask(method, path, body = undefined) {
  return fetch(path, {
    method,
    headers: { "X-CSRF": "1", "Accept-Language": document.documentElement.lang, ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
    body: body === undefined ? undefined : JSON.stringify(body),
    redirect: "manual",
    signal: AbortSignal.timeout(30000),
  });
}

// A change leads to its own page, with the operation whose record the page shows.
function goOn(form, answer, body) {
  const then = (form.dataset.then ?? location.pathname).replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(answer[name] ?? body[name] ?? ""));
  const to = new URL(then, location.href);
  if (body.operationId) to.searchParams.set("done", body.operationId);
  form.setAttribute("data-stale", "");
  location.assign(to);
}

// Nobody heard the answer: the record tells, the change is not sent again.
async function findOut(form, body) {
  if (!body.operationId) return say(form, sentence("Unsure"), "changed");
  say(form, sentence("Lost"), "wait");
  for (let tries = 0; ; tries++) {
    try {
      const response = await ask("GET", `/api/operations/${encodeURIComponent(body.operationId)}`);
      if (response.ok && (await response.json()).recorded === true) {
        say(form, sentence("Recorded"), "wait");
        return goOn(form, {}, body);
      }
      // Whoever did it may have died half-way; once more is still one act.
      if (response.ok && tries > 4) return say(form, sentence("Undecided"), "changed");
      if (response.status === 404 && tries > 0) return say(form, sentence("NotRecorded"), "changed");
    } catch {
      // Asked again.
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(1000 * 2 ** tries, 10000)));
  }
}

// Who did what meanwhile, in the page's words and the city's time; without a connection the short sentence has to do.
async function changesSince(version) {
  const response = await ask("GET", `/console/changes?since=${version}`).catch(() => null);
  return response?.status === 200 ? response.text() : sentence("Changed");
}

async function refused(form, response, body) {
  const isJson = /json/.test(response.headers.get("Content-Type") ?? "");
  const problem = isJson ? await response.json() : {};
  if (response.status === 409 && Array.isArray(problem.changes)) {
    const version = form.querySelector("[name=expectedVersion]");
    const since = version?.value ?? problem.version;
    version?.setAttribute("value", problem.version);
    say(form, await changesSince(since), "changed");
    form.dispatchEvent(new Event("changed-meanwhile"));
  } else if (response.type === "opaqueredirect" || response.status === 401) say(form, sentence("SignedOut"));
  else if (response.status >= 500 && !body.operationId) say(form, sentence("Look"), "changed");
  else if (response.status >= 500) await findOut(form, body);
  else say(form, problem.detail ?? sentence("Refused"));
}

async function send(form, event) {
  event.preventDefault();
  const button = form.querySelector("[data-act]");
  if (button === null || button.disabled) return;
  /** @type {any} */
  let body;
  try {
    body = bodyOf(form);
  } catch (wrong) {
    if (!(wrong instanceof Wrong)) throw wrong;
    wrong.field.setAttribute("aria-invalid", "true");
    say(form, wrong.message);
    return wrong.field.focus();
  }
  const [method, path] = form.dataset.send.split(" ");
  button.disabled = true;
  say(form, sentence("Sending"), "wait");
  try {
    const response = await ask(method, path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(body[name] ?? "")), body);
    if (response.ok) goOn(form, await response.json().catch(() => ({})), body);
    else await refused(form, response, body);
  } catch {
    await findOut(form, body);
  } finally {
    button.disabled = form.hasAttribute("data-stale");
  }
}

all("form[data-send]", (form) => form.addEventListener("submit", (event) => send(form, event)));
all("[data-ready] button", (button) =>
  button.addEventListener("click", () => {
    /** @type {any} */ (document.getElementById(button.parentElement.dataset.ready)).value = button.textContent;
  }),
);
all("[data-expected]", (field) => field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault()));
all("[data-copy-link]", (button) => button.addEventListener("click", () => navigator.clipboard.writeText(location.origin + location.pathname)));
all("[data-copy]", (button) => button.addEventListener("click", () => navigator.clipboard.writeText(button.dataset.copy)));
all("[data-focus]", (it) => it.focus());
if (matchMedia("(max-width: 640px)").matches) all(".menu", (menu) => menu.removeAttribute("open"));
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || /** @type {Element} */ (event.target).matches("input, textarea, select")) return;
  all("[data-find]", (find) => {
    find.focus();
    event.preventDefault();
  });
});
