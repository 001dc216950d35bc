// Runs Azurite's own entry point in this process and ends it, with its data saved, when the parent lets go of our stdin.
// A parent that is killed outright closes the pipe too, so Azurite is never left behind.
"use strict";

const [entry] = process.argv.splice(2, 1);
const graceMilliseconds = 10_000;

// The parent may be gone while Azurite still reports that it is closing.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});

// Ctrl+C, and a supervisor's SIGTERM, reach the whole group. The parent still drains its work against us, and closes stdin when it is done.
const signals = ["SIGINT", "SIGTERM"];
let close;
const once = process.once.bind(process);
process.once = (event, listener) => {
  if (!signals.includes(event)) return once(event, listener);
  close = listener;
  return process;
};
for (const signal of signals) process.on(signal, () => {});

process.stdin.on("error", stop).on("close", stop).resume();
require(entry);

let stopping = false;

function stop() {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(1), graceMilliseconds).unref();
  // What Azurite registers for a signal closes its three services, which saves them; before that there is nothing to save.
  if (close) close();
  else process.exit(0);
}
