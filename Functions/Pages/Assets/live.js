// Parts of a page that the server makes again: progress, and what a form would do.

// The server's own HTML.
function replace(part, html) {
  /** @type {any} */
  const made = new DOMParser().parseFromString(html, "text/html").querySelector("[data-part]");
  if (made !== null) part.replaceChildren(...made.childNodes);
  return made;
}

function follow(part) {
  let [same, failures, saidAt] = [0, 0, 0];
  /** @type {any} */
  let tag;
  const near = (name) => part.parentElement.querySelector(`[data-${name}]`);
  const offline = (isAway) => {
    part.classList.toggle("old", isAway);
    near("offline")?.toggleAttribute("hidden", !isAway);
  };
  // The first line is read out, each 15 s at most.
  const say = () => {
    const line = near("told");
    if (line === null || Date.now() - saidAt < 15000) return;
    saidAt = Date.now();
    line.textContent = part.querySelector("h1, p")?.textContent;
  };
  const every = Number(part.dataset.every ?? "2") * 1000;
  const wait = () =>
    failures > 0 ? Math.min(every * 2 ** failures, 60000) : document.hidden ? 30000 : same * every >= 60000 ? Math.max(every, 5000) : every;
  const look = async () => {
    try {
      const response = await fetch(part.dataset.live, { headers: tag ? { "If-None-Match": tag } : {}, redirect: "manual" });
      if (response.status === 200) {
        tag = response.headers.get("ETag");
        const end = replace(part, await response.text())?.dataset.end;
        say();
        if (end !== undefined) {
          offline(false);
          // Other things may be done now: the page is made anew, unless somebody writes on it.
          const writes = [...document.querySelectorAll("textarea")].some((it) => it.value !== it.defaultValue);
          if (end === "reload" && !writes) location.replace(location.pathname);
          return;
        }
        same = 0;
      } else if (response.status === 304) same++;
      else throw response;
      failures = 0;
      offline(false);
    } catch {
      if (++failures >= 2) offline(true);
    }
    setTimeout(look, wait());
  };
  setTimeout(look, every);
}

// What the form would do, counted after each change; its button is off until then.
function preview(part) {
  const form = part.closest("form");
  const button = form.querySelector("[data-act]");
  let timer = 0;
  let under = new AbortController();
  const count = async () => {
    under.abort();
    under = new AbortController();
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && name !== "reason" && name !== "operationId") query.append(name, value);
    }
    try {
      const response = await fetch(`${part.dataset.preview}?${query}`, { signal: under.signal, redirect: "manual" });
      if (response.status !== 200) throw response;
      const made = replace(part, await response.text());
      form.removeAttribute("data-stale");
      // Only the first sentence is read out.
      const said = form.querySelector("[data-said]");
      if (said !== null) said.textContent = part.querySelector("p")?.textContent;
      if (button !== null && made !== null) {
        button.disabled = made.dataset.refused !== undefined;
        button.textContent = made.dataset.button ?? button.textContent;
      }
    } catch (/** @type {any} */ failure) {
      if (failure.name !== "AbortError") part.textContent = document.querySelector('[data-key="NotCounted"]')?.textContent;
    }
  };
  form.addEventListener("input", (event) => {
    if (event.target instanceof HTMLTextAreaElement) return;
    form.setAttribute("data-stale", "");
    if (button !== null) button.disabled = true;
    // What is counted now is of another form already.
    under.abort();
    clearTimeout(timer);
    timer = setTimeout(count, 400);
  });
  form.addEventListener("changed-meanwhile", count);
}

document.querySelectorAll("[data-live]").forEach(follow);
document.querySelectorAll("[data-preview]").forEach(preview);
