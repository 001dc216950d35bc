// Sends a form's change as JSON to the same route that any program uses, and says what became of it.
// What is typed stays, whatever happens; nothing is ever sent again in order to find out.
const patience = 30000;
const words = {};
for (const item of document.querySelectorAll("#send-words li")) {
  words[item.getAttribute("data-key") ?? ""] = item.textContent ?? "";
}
const sentence = (/** @type {string} */ key, /** @type {Record<string, string>} */ values = {}) =>
  (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

class Wrong extends Error {
  /** @param {string} message @param {HTMLElement} field */
  constructor(message, field) {
    super(message);
    this.field = field;
  }
}

/** Dollars to cents by their digits, never by a floating number. @param {string} text */
export function cents(text) {
  const parts = /^\s*\$?\s*(\d{1,3}(?:,\d{3})*|\d+)(?:\.(\d{2}))?\s*$/.exec(text);
  return parts === null ? null : Number(parts[1].replaceAll(",", "") + (parts[2] ?? "00"));
}

/** @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} field */
function valueOf(field) {
  const text = field.value.trim();
  switch (field.dataset.type) {
    case "int":
      if (text === "") return null;
      if (!/^-?\d{1,15}$/.test(text)) throw new Wrong(sentence("Number"), field);
      return Number(text);
    case "cents": {
      if (text === "") return null;
      const value = cents(text);
      if (value === null || (field.dataset.expected !== undefined && value !== Number(field.dataset.expected))) {
        throw new Wrong(sentence("Money"), field);
      }
      return value;
    }
    case "date":
      if (text === "") return null;
      if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new Wrong(sentence("Day"), field);
      return text;
    case "dates":
      return text === "" ? [] : text.split(/[\s,;]+/);
    case "bool":
      return field instanceof HTMLInputElement && field.type === "checkbox" ? field.checked : text === "true";
    default:
      return text === "" && !field.required ? null : text;
  }
}

/** A form as the object that its route takes; a name with dots is an object in it, with a number an item of a list. @param {HTMLFormElement} form */
export function bodyOf(form) {
  /** @type {Record<string, any>} */
  const body = {};
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement)) continue;
    if (field.name === "" || field.disabled || field.closest("[data-unsent]") !== null) continue;
    field.removeAttribute("aria-invalid");
    const isChoice = field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");
    const isList = field.dataset.type === "ints" || field.dataset.type === "texts";
    if (isList) {
      body[field.name] ??= [];
      if (isChoice && !field.checked) continue;
      body[field.name].push(field.dataset.type === "ints" ? Number(field.value) : field.value);
      continue;
    }
    if (isChoice && field.type === "radio" && !field.checked) continue;
    if (field.required && field.value.trim() === "") throw new Wrong(sentence("Empty"), field);
    const value = valueOf(field);
    if (value === null) continue;
    const path = field.name.split(".");
    const last = path.pop() ?? "";
    if (field.dataset.check !== undefined) continue;
    const steps = [...path, last];
    path.reduce((inner, step, at) => (inner[step] ??= /^\d+$/.test(steps[at + 1]) ? [] : {}), body)[last] = value;
  }
  return body;
}

/** @param {HTMLFormElement} form @param {string} text @param {string} kind */
function say(form, text, kind = "refused") {
  const answer = /** @type {HTMLElement | null} */ (form.querySelector("[data-answer]"));
  if (answer === null) return;
  answer.dataset.kind = kind;
  answer.textContent = text;
  if (text !== "" && kind !== "wait") answer.focus();
  if (kind === "refused" && text !== "" && !document.title.startsWith("Error")) document.title = `Error: ${document.title}`;
}

/** @param {string} method @param {string} path @param {unknown} body */
function ask(method, path, body) {
  return fetch(path, {
    method,
    headers: { "X-CSRF": "1", ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
    body: body === undefined ? undefined : JSON.stringify(body),
    redirect: "manual",
    signal: AbortSignal.timeout(patience),
  });
}

/** Where a change leads: its own page, with the operation whose record the page shows. @param {HTMLFormElement} form @param {any} answer @param {any} body */
function goOn(form, answer, body) {
  const then = (form.dataset.then ?? location.pathname).replace(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(answer?.[name] ?? body?.[name] ?? ""),
  );
  const to = new URL(then, location.href);
  if (typeof body?.operationId === "string") to.searchParams.set("done", body.operationId);
  location.assign(to);
}

/** Nobody heard the answer: the record tells, the change is not sent again. @param {HTMLFormElement} form @param {any} body */
async function findOut(form, body) {
  if (typeof body?.operationId !== "string") {
    say(form, sentence("Unsure"), "changed");
    return;
  }
  say(form, sentence("Lost"), "wait");
  for (let tries = 0; ; tries++) {
    try {
      const response = await ask("GET", `/api/operations/${encodeURIComponent(body.operationId)}`, undefined);
      if (response.status === 200 && (await response.json()).recorded === true) {
        say(form, sentence("Recorded"), "wait");
        goOn(form, {}, body);
        return;
      }
      if (response.status === 404 && tries > 0) {
        say(form, sentence("NotRecorded"), "changed");
        return;
      }
    } catch {
      // No connection yet: asked again.
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(1000 * 2 ** tries, 10000)));
  }
}

/** Who did what meanwhile, in the page's words and the city's time. @param {string} version */
async function changesSince(version) {
  try {
    const response = await ask("GET", `/console/changes?since=${encodeURIComponent(version)}`, undefined);
    if (response.status === 200) return await response.text();
  } catch {
    // Without a connection the short sentence has to do.
  }
  return sentence("Changed");
}

/** @param {HTMLFormElement} form @param {Response} response @param {any} body */
async function refused(form, response, body) {
  const isJson = /json/.test(response.headers.get("Content-Type") ?? "");
  const problem = isJson ? await response.json() : {};
  if (response.status === 409 && Array.isArray(problem.changes)) {
    const version = form.querySelector("[name=expectedVersion]");
    const since = version instanceof HTMLInputElement ? version.value : String(problem.version);
    if (version instanceof HTMLInputElement) version.value = String(problem.version);
    say(form, await changesSince(since), "changed");
    form.dispatchEvent(new Event("changed-meanwhile"));
    return;
  }
  if (response.type === "opaqueredirect" || response.status === 401) say(form, sentence("SignedOut"));
  else if (response.status >= 500 && typeof body.operationId !== "string") say(form, sentence("Look"), "changed");
  else if (response.status >= 500) await findOut(form, body);
  else say(form, problem.detail ?? sentence("Refused"));
}

/** @param {HTMLFormElement} form @param {SubmitEvent} event */
async function send(form, event) {
  event.preventDefault();
  const button = /** @type {HTMLButtonElement | null} */ (form.querySelector("[data-act]"));
  if (button === null || button.disabled) return;
  /** @type {any} */
  let body;
  try {
    body = bodyOf(form);
  } catch (wrong) {
    if (!(wrong instanceof Wrong)) throw wrong;
    wrong.field.setAttribute("aria-invalid", "true");
    say(form, wrong.message);
    wrong.field.focus();
    return;
  }
  const [method, path] = (form.dataset.send ?? "").split(" ");
  button.disabled = true;
  say(form, sentence("Sending"), "wait");
  try {
    const response = await ask(method, path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(body[name] ?? "")), body);
    if (response.ok) {
      goOn(form, response.status === 204 ? {} : await response.json().catch(() => ({})), body);
      return;
    }
    await refused(form, response, body);
  } catch {
    await findOut(form, body);
  } finally {
    button.disabled = form.hasAttribute("data-stale");
  }
}

for (const form of document.querySelectorAll("form[data-send]")) {
  if (form instanceof HTMLFormElement) form.addEventListener("submit", (event) => void send(form, event));
}
for (const group of document.querySelectorAll("[data-ready]")) {
  const text = document.getElementById(group.getAttribute("data-ready") ?? "");
  group.addEventListener("click", (event) => {
    if (event.target instanceof HTMLButtonElement && text instanceof HTMLTextAreaElement) text.value = event.target.textContent ?? "";
  });
}
for (const field of document.querySelectorAll("[data-expected]")) {
  field.addEventListener("keydown", (event) => {
    if (event instanceof KeyboardEvent && event.key === "Enter") event.preventDefault();
  });
}
for (const button of document.querySelectorAll("[data-copy-link]")) {
  button.addEventListener("click", () => void navigator.clipboard.writeText(location.origin + location.pathname));
}
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", () => void navigator.clipboard.writeText(button.getAttribute("data-copy") ?? ""));
}
const focus = document.querySelector("[data-focus]");
if (focus instanceof HTMLElement) focus.focus();
const menu = document.querySelector(".menu");
if (menu instanceof HTMLDetailsElement && matchMedia("(max-width: 640px)").matches) menu.open = false;
document.addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.key === "/" && !(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)) {
    const find = document.querySelector("[data-find]");
    if (find instanceof HTMLElement) {
      event.preventDefault();
      find.focus();
    }
  }
});
