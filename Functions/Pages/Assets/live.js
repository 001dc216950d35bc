// Parts of a page that the server makes again: progress that moves, and what a form would do as it stands.
const words = (key) => document.querySelector(`#send-words [data-key="${key}"]`)?.textContent ?? key;

// The server's own HTML; a node that is taken leaves its list at once, so the list is copied.
function replace(part, html) {
  const made = /** @type {HTMLElement | null} */ (new DOMParser().parseFromString(html, "text/html").querySelector("[data-part]"));
  if (made !== null) part.replaceChildren(...[...made.childNodes].map((node) => document.adoptNode(node)));
  return made;
}

function offline(part, isAway) {
  part.classList.toggle("old", isAway);
  part.parentElement.querySelector("[data-offline]")?.toggleAttribute("hidden", !isAway);
}

function follow(part) {
  let [tag, same, failures] = ["", 0, 0];
  const every = Number(part.dataset.every ?? "2") * 1000;
  const wait = () =>
    failures > 0 ? Math.min(every * 2 ** failures, 60000) : document.hidden ? 30000 : same * every >= 60000 ? Math.max(every, 5000) : every;
  const look = async () => {
    try {
      const response = await fetch(part.dataset.live, { headers: tag === "" ? {} : { "If-None-Match": tag }, redirect: "manual" });
      if (response.status === 200) {
        tag = response.headers.get("ETag") ?? "";
        const end = replace(part, await response.text())?.dataset.end;
        if (end !== undefined) {
          offline(part, false);
          // What may be done now is another thing: the page is made anew, unless somebody writes on it.
          const writes = [...document.querySelectorAll("textarea")].some((it) => it.value !== it.defaultValue);
          if (end === "reload" && !writes) location.replace(location.pathname);
          return;
        }
        same = 0;
      } else if (response.status === 304) same++;
      else throw new Error(String(response.status));
      failures = 0;
      offline(part, false);
    } catch {
      if (++failures >= 2) offline(part, true);
    }
    setTimeout(look, wait());
  };
  setTimeout(look, every);
}

// What the form would do, counted again shortly after each change; its button is off until that is there.
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
      if (response.status !== 200) throw new Error(String(response.status));
      const made = replace(part, await response.text());
      form.removeAttribute("data-stale");
      // Only the first sentence is read out.
      const said = form.querySelector("[data-said]");
      if (said !== null) said.textContent = part.querySelector("p")?.textContent ?? "";
      if (button !== null && made !== null) {
        button.disabled = made.dataset.refused !== undefined;
        button.textContent = made.dataset.button ?? button.textContent;
      }
    } catch (failure) {
      if (!(failure instanceof DOMException && failure.name === "AbortError")) part.textContent = words("NotCounted");
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
