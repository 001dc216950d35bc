// Parts of a page that the server makes again: progress that moves, and what a form would do as it stands.
const words = (/** @type {string} */ key) =>
  document.querySelector(`#send-words [data-key="${key}"]`)?.textContent ?? key;

/** Takes the server's own HTML, and keeps the focus where it is; a node that is taken leaves the list at once, so the list is copied. @param {HTMLElement} part @param {string} html */
function replace(part, html) {
  const made = new DOMParser().parseFromString(html, "text/html").querySelector("[data-part]");
  if (made !== null) part.replaceChildren(...[...made.childNodes].map((node) => document.adoptNode(node)));
  return made;
}

/** @param {HTMLElement} part */
function follow(part) {
  let tag = "";
  let same = 0;
  let failures = 0;
  const every = Number(part.dataset.every ?? "2") * 1000;
  const wait = () =>
    failures > 0 ? Math.min(every * 2 ** failures, 60000) : document.hidden ? 30000 : same * every >= 60000 ? Math.max(every, 5000) : every;
  const look = async () => {
    try {
      const response = await fetch(part.dataset.live ?? "", { headers: tag === "" ? {} : { "If-None-Match": tag }, redirect: "manual" });
      if (response.status === 200) {
        tag = response.headers.get("ETag") ?? "";
        const made = replace(part, await response.text());
        if (made instanceof HTMLElement && made.dataset.end !== undefined) {
          // What may be done now is another thing: the page is made anew, unless somebody writes on it.
          const writes = Array.from(document.querySelectorAll("textarea")).some((it) => it.value !== it.defaultValue);
          if (made.dataset.end === "reload" && !writes) location.replace(location.pathname);
          return;
        }
        same = 0;
      } else if (response.status === 304) same++;
      else throw new Error(String(response.status));
      failures = 0;
      part.classList.remove("old");
      part.parentElement?.querySelector("[data-offline]")?.setAttribute("hidden", "");
    } catch {
      if (++failures >= 2) {
        part.classList.add("old");
        part.parentElement?.querySelector("[data-offline]")?.removeAttribute("hidden");
      }
    }
    setTimeout(() => void look(), wait());
  };
  setTimeout(() => void look(), every);
}

/** What the form would do, counted again shortly after each change; its button is off until that is there. @param {HTMLElement} part */
function preview(part) {
  const form = part.closest("form");
  if (form === null) return;
  let timer = 0;
  let under = new AbortController();
  const button = form.querySelector("[data-act]");
  const count = async () => {
    under.abort();
    under = new AbortController();
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && name !== "reason" && name !== "operationId") query.append(name, value);
    }
    try {
      const response = await fetch(`${part.dataset.preview}?${query}`, { signal: under.signal, redirect: "manual" });
      if (response.status !== 200) throw new Error(String(response.status));
      const made = replace(part, await response.text());
      form.removeAttribute("data-stale");
      // Only the first sentence is read out.
      const said = form.querySelector("[data-said]");
      if (said !== null) said.textContent = part.querySelector("p")?.textContent ?? "";
      if (button instanceof HTMLButtonElement && made instanceof HTMLElement) {
        button.disabled = made.dataset.refused !== undefined;
        if (made.dataset.button !== undefined) button.textContent = made.dataset.button;
      }
    } catch (failure) {
      if (failure instanceof DOMException && failure.name === "AbortError") return;
      part.textContent = words("NotCounted");
    }
  };
  const later = (/** @type {Event} */ event) => {
    if (event.target instanceof HTMLTextAreaElement) return;
    form.setAttribute("data-stale", "");
    if (button instanceof HTMLButtonElement) button.disabled = true;
    clearTimeout(timer);
    timer = setTimeout(() => void count(), 400);
  };
  form.addEventListener("input", later);
  form.addEventListener("changed-meanwhile", () => void count());
}

for (const part of document.querySelectorAll("[data-live]")) if (part instanceof HTMLElement) follow(part);
for (const part of document.querySelectorAll("[data-preview]")) if (part instanceof HTMLElement) preview(part);
