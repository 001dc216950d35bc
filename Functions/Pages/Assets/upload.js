// Sends a file as it is: the first press has it looked at, the second sends what was looked at.
/** @type {any} */
const form = document.querySelector("form[data-upload]");
const { file, kind, reason, aside, complete } = form.elements;
const [button, answer, drop] = ["act", "answer", "drop"].map((it) => form.querySelector(`[data-${it}]`));
let isGood = false;

const say = (key, values = {}) =>
  form.querySelector(`[data-key="${key}"]`).textContent.replace(/\{(\w+)\}/g, (_, it) => values[it] ?? "");

function show(mood, ...lines) {
  answer.dataset.kind = mood;
  answer.textContent = lines.join("\n");
  if (mood === "refused") answer.focus();
}

function anew() {
  isGood = false;
  button.textContent = say("Look");
  answer.textContent = "";
}

// By the names of its columns; a person sees what was guessed.
async function guess() {
  const start = await file.files[0].slice(0, 4096).text();
  const names = start.split(/\r?\n/)[0].replace(/^\uFEFF/, "").split(/[,;]/).map((it) => it.replace(/["\s]/g, ""));
  for (const { value, dataset } of kind.options) {
    const [all, needed] = [dataset.all, dataset.needed].map((it) => (it ?? "").split(" "));
    if (names.every((it) => all.includes(it)) && needed.every((it) => names.includes(it))) kind.value = value;
  }
}

// Files without amounts have no sum to be read.
function sumOf({ totalCents }) {
  if (kind.selectedOptions[0].dataset.amount === undefined) return "";
  const digits = String(Math.abs(totalCents)).padStart(3, "0");
  return `, ${totalCents < 0 ? "−" : ""}$${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",")}.${digits.slice(-2)}`;
}

function hear(status, told) {
  button.disabled = false;
  const { importId, problems, check } = told;
  if (importId) location.assign(`${form.dataset.then}${importId}${status === 202 ? "" : "?known=1"}`);
  else if (problems?.length > 0) {
    show("refused", say("Bad", { n: told.problemCount }), ...problems.map((it) => `${say("Line", it)} ${it.advice ?? ""}`));
  } else if (check) {
    const [many, values] = [check.rows === 1 ? "One" : "Many", { rows: check.rows.toLocaleString("en"), total: sumOf(check) }];
    show("wait", say(`Good${many}`, values));
    button.textContent = say(`Send${many}`, values);
    isGood = true;
  } else show("refused", status === 401 ? say("SignedOut") : (told.detail ?? say("Lost")));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  button.disabled = true;
  const query = new URLSearchParams({ name: file.files[0].name });
  if (!isGood) query.set("check", "only");
  if (reason.value.trim()) query.set("reason", reason.value.trim());
  if (aside.checked) query.set("badRows", "setAside");
  if (complete.checked) query.set("complete", "true");
  const request = new XMLHttpRequest();
  request.open("POST", `${form.dataset.upload}${kind.value}?${query}`);
  request.setRequestHeader("Content-Type", "text/csv");
  request.setRequestHeader("X-CSRF", "1");
  request.setRequestHeader("Accept-Language", document.documentElement.lang);
  for (const it of form.querySelectorAll("[data-header]")) {
    const text = it.value.replace(/[$,\s]/g, "");
    if (text) request.setRequestHeader(it.dataset.header, text);
  }
  request.responseType = "json";
  request.upload.onprogress = (it) => show("wait", say("Bytes", { sent: it.loaded, all: it.total }));
  request.onloadend = () => hear(request.status, request.response ?? {});
  request.send(file.files[0]);
});
form.addEventListener("input", anew);
file.addEventListener("change", guess);
for (const name of ["dragover", "drop"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    if (name !== "drop") return;
    file.files = event.dataTransfer.files;
    anew();
    guess();
  });
}
