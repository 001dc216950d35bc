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

// Azurite removes what has expired at each look into a queue. Mostly that is nothing, and lokijs then indexes all
// messages of all accounts anew.
const Loki = require(require.resolve("lokijs", { paths: [entry] }));
for (const remove of ["removeBatch", "removeBatchByPositions"]) {
  const original = Loki.Collection.prototype[remove];
  Loki.Collection.prototype[remove] = function (documents) {
    if (documents.length > 0) original.call(this, documents);
  };
}

// A table is a collection, looked for from the first to the last at each request: it is mostly where it was.
const places = new WeakMap();
const { getCollection } = Loki.prototype;
Loki.prototype.getCollection = function (name) {
  if (!places.has(this)) places.set(this, new Map());
  const known = places.get(this);
  const there = this.collections[known.get(name)];
  if (there?.name === name) return there;
  const found = getCollection.call(this, name);
  if (found) known.set(name, this.collections.indexOf(found));
  return found;
};

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
