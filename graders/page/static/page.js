// The page: an editor, the workers that run and judge what is in it, and the report.
"use strict";

const OWN_FILES = ["./", "index.html", "page.css", "page.js", "worker.js", "page.json", "judge.zip", "runner.zip"];
const $ = (id) => document.getElementById(id);

let page;      // page.json
let lang;
let kit;       // what every worker starts from
let judge;
let next;      // the runner that is ready for the next check, as a promise
let shown;     // what was checked last: file, data and runs, so that it can be said in the other language
let busy = false;
let said = []; // what the status line says, as a key with values or as lines

// --- words

const word = (key, values = {}) => page.words[lang][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

function say(key, values) {
  said = [key, values];
  $("status").textContent = word(key, values);
}

function speak(code) {
  lang = code;
  document.documentElement.lang = { en: "en", zh: "zh-Hans" }[lang];
  document.title = $("title").textContent = page.title[lang];
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  $("report").title = word("report");
  $("language").value = lang;
}

function write(text) {
  $("editor").value = text;
  number();
}

function number() {
  const { value, scrollTop } = $("editor");
  const count = value.split("\n").length;
  const numbers = $("numbers");
  if (numbers.childElementCount !== count) {
    numbers.replaceChildren(...Array.from({ length: count }, (_, index) => {
      const line = document.createElement("div");
      line.textContent = index + 1;
      return line;
    }));
  }
  numbers.scrollTop = scrollTop;
}

// --- what is kept in this browser

const key = (name) => `grade:${page.exercise}:${name}`;

function keep(name, value) {
  try { value === null ? localStorage.removeItem(key(name)) : localStorage.setItem(key(name), value); } catch { /* private windows may refuse */ }
}

function kept(name) {
  try { return localStorage.getItem(key(name)); } catch { return null; }
}

// --- files

const addressOf = ({ url }) => new URL(url, location.href).href;

async function storeOf({ integrity }) {
  if (!self.caches || !integrity) return null; // what is no part of Python may be another one next time
  return caches.open(`python-${integrity.slice(7, 15).replace(/\W/g, "_")}`).catch(() => null);
}

async function request(file, store, mode = {}) {
  const address = addressOf(file);
  const { integrity } = file;
  const answer = await fetch(address, integrity ? { integrity, credentials: "omit", ...mode } : mode).catch(() => null);
  if (!answer || !answer.ok) throw new Failure("failed.load", { file: file.name });
  if (store && !(await store.match(address))) await store.put(address, answer.clone()).catch(() => {});
  return answer;
}

async function load(file) {
  const store = await storeOf(file);
  const held = store && await store.match(addressOf(file));
  return (held ?? await request(file, store)).arrayBuffer();
}

// Python's core, compiled. Browsers keep what they have compiled of what streams in from an address, and of nothing else.
async function loadCore(file) {
  try {
    return await WebAssembly.compileStreaming(await request(file, await storeOf(file), { cache: "force-cache" }));
  } catch { // no network, or a server that does not say what it is
    return WebAssembly.compile(await load(file));
  }
}

class Failure extends Error {
  constructor(key, values) { super(word(key, values)); }
}

async function loadKit() {
  if (typeof WebAssembly !== "object") throw new Failure("failed.wasm");
  const images = await keptImages();
  const wheel = page.runtime.find(({ name }) => name.endsWith(".whl")).name;
  const own = ["worker.js", "judge.zip", "runner.zip"].map((name) => ({ name, url: name, size: 200000 }));
  const packed = ["python_stdlib.zip", wheel, "judge.zip", "runner.zip"];
  const all = [...page.runtime, ...own].filter(({ name }) => !images || !packed.includes(name)); // images hold them unpacked
  const total = all.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  const contents = await Promise.all(all.map(async (file) => {
    const content = await (file.name.endsWith(".wasm") ? loadCore : load)(file);
    done += file.size;
    $("progress").value = Math.round(100 * done / total);
    if (!busy) say("loading", { percent: $("progress").value });
    return [file.name, content];
  }));
  const files = Object.fromEntries(contents);
  return {
    images: images ?? {},
    isKept: images !== null,
    wasm: files["pyodide.asm.wasm"],
    script: URL.createObjectURL(new Blob([files["worker.js"]], { type: "text/javascript" })),
    files: Object.fromEntries(["pyodide.js", "pyodide.asm.js", "pyodide-lock.json"].map((name) => [name, files[name]])),
    archives: { "python_stdlib.zip": files["python_stdlib.zip"], numpy: files[wheel], judge: files["judge.zip"], runner: files["runner.zip"] },
  };
}

// --- images of workers that have started, from which later ones start (worker.js)

const ROLES = ["judge", "runner"];
const imageFolder = () => new URL("images/", location.href).href;
const imageUrl = (role) => `${imageFolder()}${page.edition}/${role}`;

async function keptImages() {
  try {
    const store = await caches.open("images");
    const held = await Promise.all(ROLES.map((role) => store.match(imageUrl(role))));
    return Object.fromEntries(await Promise.all(held.map(async (one, index) => [ROLES[index], await one.arrayBuffer()])));
  } catch { return null; } // not there, or not allowed to be kept
}

async function keepImages() {
  if (kit.isKept || !ROLES.every((role) => kit.images[role])) return;
  const store = await caches.open("images");
  for (const { url } of await store.keys()) if (url.startsWith(imageFolder())) await store.delete(url); // an older page's
  for (const role of ROLES) await store.put(imageUrl(role), new Response(kit.images[role]));
  kit.isKept = true;
  delete kit.images.judge; // one is enough
}

// --- workers

function start(role) {
  // A worker made of a blob has the page's own content security policy; one from an address would have none.
  const worker = new Worker(kit.script, { name: role });
  const ready = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data.kind !== "start") return reject(new Error(data.reason));
      kit.images[role] ??= data.image;
      resolve(worker);
    };
    worker.onerror = (event) => reject(new Error(event.message));
  });
  const image = kit.images[role];
  // The runner gets none of the judge's.
  const archives = Object.fromEntries(Object.entries(kit.archives).filter(([name]) => role !== "runner" || name !== "judge"));
  const message = { kind: "start", role, files: kit.files, wasm: kit.wasm, ...(image ? { image } : { archives }) };
  worker.postMessage(message, image && role === "judge" ? [image] : []); // there is one judge: what it starts from is not copied
  return ready;
}

let asked = 0;
let early = null; // what the judge says before it looks for the mistake

const LONG_MS = 1000; // what takes less needs no word in between

function ask(question) {
  const number = ++asked;
  return new Promise((resolve, reject) => {
    judge.onmessage = ({ data }) => {
      if (data.kind === "failed") reject(new Error(data.reason));
      else if (data.kind === "told") early = data.text;
      else if (data.number === number) resolve(data);
    };
    judge.onerror = (event) => reject(new Error(event.message));
    judge.postMessage({ kind: "grade", number, ...question });
  });
}

// Run what is to be run in this worker. A worker that was stopped, or that broke, is of no further use.
function run(worker, frames, seconds) {
  return new Promise((resolve) => {
    const begun = performance.now();
    const pieces = [];
    const end = (status, out_of_time, broken) => {
      clearTimeout(clock);
      const data = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
      pieces.reduce((offset, piece) => (data.set(piece, offset), offset + piece.length), 0);
      if (broken) worker.terminate();
      resolve({ data, status, out_of_time, broken, took_s: (performance.now() - begun) / 1000 });
    };
    const clock = setTimeout(() => end(0, true, true), 1000 * seconds);
    worker.onmessage = ({ data }) => {
      if (data.kind === "frame") pieces.push(data.bytes);
      else end(data.kind === "failed" ? 1 : data.status, false, data.kind === "failed");
    };
    worker.onerror = () => end(1, false, true);
    worker.postMessage({ kind: "run", number: ++asked, frames });
  });
}

// --- checking

// One thing at a time: the judge answers one question.
async function whileBusy(work) {
  if (busy) return;
  busy = true;
  const held = document.activeElement; // a button that is disabled loses the focus
  const buttons = [$("check"), $("open")];
  for (const button of buttons) button.disabled = true;
  try {
    await work();
  } catch (error) {
    say("failed", { reason: error.message });
  } finally {
    busy = false;
    for (const button of buttons) button.disabled = false;
    if (buttons.includes(held) && document.activeElement === document.body) held.focus({ preventScroll: true });
  }
}

const check = (file, data) => whileBusy(async () => {
  say(kit && judge ? "checking" : "waiting", { file });
  await started;
  say("checking", { file });
  await grade({ file, data, runs: [], stopped: null });
});

// Grade with the runs that there were, and with further ones as they are needed; then show it.
async function grade(what) {
  const { file, data, runs } = what;
  const spoken = lang;
  let worker = null;
  let goesOn = false;
  let result;
  early = null;
  const later = setInterval(() => { if (early !== null) tellEarly(); }, LONG_MS);
  try {
    while ((result = await ask({ file, data, lang: spoken, runs, goesOn })).frames) {
      goesOn = true;
      worker = worker || await (next || start("runner"));
      next = null;
      const seconds = result.wall_s;
      const ran = await run(worker, result.frames, seconds);
      if (ran.out_of_time) what.stopped = { seconds };
      if (ran.broken) worker = null;
      if (!worker) next = start("runner");
      runs.push(ran);
    }
  } finally {
    clearInterval(later);
    if (worker) worker.terminate();
  }
  if (spoken !== lang) return grade(what); // another language was chosen meanwhile
  shown = what;
  show(result);
  next = next || start("runner"); // so that the next check need not wait
}

function tellEarly() {
  const text = `${early}\n${word("looking")}`;
  if ($("status").textContent !== text) $("status").textContent = text;
}

function show(result) {
  const lines = shown.stopped ? [word("stopped", shown.stopped)] : [];
  $("status").textContent = [...lines, ...result.said].join("\n");
  said = [];
  shown.page = result.page;
  self.lastReport = result.report; // for programs that use this page
  $("result").hidden = false;
  const frame = $("report");
  frame.onload = () => fit(frame);
  frame.srcdoc = result.page;
  $("status").scrollIntoView({ block: "nearest" });
}

function fit(frame) {
  const inside = frame.contentDocument && frame.contentDocument.documentElement;
  if (inside) {
    frame.style.height = "0";
    frame.style.height = `${inside.scrollHeight + 4}px`;
  }
}

// Print the report alone, broken between its parts, and not what stands around it.
const printReport = () => $("report").contentWindow.print();

// Let the report's rules for print hold on the screen, too, or no longer.
function layOutAsPrinted(isPrinting) {
  const [from, to] = isPrinting ? ["print", "all"] : ["all", "print"];
  for (const { cssRules } of $("report").contentDocument.styleSheets) {
    for (const { media } of cssRules) if (media?.mediaText === from) media.mediaText = to;
  }
}

async function checkFile(file) {
  if (!file) return;
  const limit = 32;
  if (file.size > limit << 20) return say("too-large", { file: file.name, limit });
  const data = new Uint8Array(await file.arrayBuffer());
  // An editor that holds nothing that was written in it takes a script over, to go on with it there.
  if (/\.py$/i.test(file.name) && [null, kept("opened")].includes(kept("text"))) {
    try { write(new TextDecoder("utf-8", { fatal: true }).decode(data).replace(/\r\n?/g, "\n")); keep("text", $("editor").value); keep("opened", $("editor").value); } catch { /* another encoding */ }
  }
  await check(file.name, data);
}

const checkEditor = () => check(`${page.exercise}.py`, new TextEncoder().encode($("editor").value));

// --- the page

function listen() {
  const editor = $("editor");
  editor.addEventListener("input", () => { keep("text", editor.value); number(); });
  editor.addEventListener("scroll", number);
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.isComposing) {
      const before = editor.value.slice(0, editor.selectionStart).split("\n").pop();
      const indent = before.match(/^[ \t]*/)[0] + (/:\s*(#.*)?$/.test(before) ? "    " : "");
      if (indent) {
        event.preventDefault();
        document.execCommand("insertText", false, `\n${indent}`); // keeps what can be undone
      }
    }
  });
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    if (event.key === "Enter") { event.preventDefault(); checkEditor(); }
    if (event.key === "p" && shown) { event.preventDefault(); printReport(); }
  });
  $("check").addEventListener("click", checkEditor);
  $("open").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", async () => { const [file] = $("file").files; await checkFile(file); $("file").value = ""; });
  $("clear").addEventListener("click", () => {
    if (!confirm(word("clear.sure"))) return;
    keep("text", null);
    keep("opened", null);
    write(page.template);
    $("result").hidden = true;
    shown = undefined;
    say("ready");
    editor.focus();
  });
  $("print").addEventListener("click", printReport);
  $("save").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([shown.page], { type: "text/html" }));
    link.download = `${shown.file.replace(/\.\w+$/, "")}.report.html`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  $("language").addEventListener("change", () => {
    speak($("language").value);
    keep("lang", lang);
    if (shown && !busy) whileBusy(() => grade(shown));
    else if (said.length) say(...said);
  });
  let inside = 0;
  const carries = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  document.addEventListener("dragenter", (event) => { if (carries(event)) { inside += 1; $("drop").hidden = false; } });
  document.addEventListener("dragleave", () => { inside -= 1; if (inside <= 0) { inside = 0; $("drop").hidden = true; } });
  document.addEventListener("dragover", (event) => { if (carries(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    inside = 0;
    $("drop").hidden = true;
    checkFile(event.dataTransfer.files[0]);
  });
  addEventListener("resize", () => { if (shown) fit($("report")); });
  // Where a menu prints the whole page, the report must be as high as it will be on sheets: its end would be cut off, or
  // an empty sheet would follow.
  const print = (width) => {
    $("report").style.width = width;
    if (!shown) return;
    layOutAsPrinted(width !== "");
    fit($("report"));
  };
  addEventListener("beforeprint", () => print("44rem"));
  addEventListener("afterprint", () => print(""));
}

async function beOffline() {
  if (!self.caches || !navigator.serviceWorker) return false; // only on https and localhost
  await navigator.serviceWorker.register("service-worker.js");
  const store = await caches.open("page");
  await Promise.all(OWN_FILES.map((name) => store.add(new Request(name, { cache: "no-cache" }))));
  return true;
}

async function startBoth() {
  next = start("runner");
  next.catch(() => {});
  judge = await start("judge");
  await next;
}

async function begin() {
  $("progress").hidden = false;
  say("loading", { percent: 0 });
  kit = await loadKit();
  if (!busy) say("starting");
  try {
    await startBoth();
  } catch (error) {
    if (!kit.isKept) throw error;
    await caches.delete("images"); // what was kept is damaged
    kit = await loadKit();
    await startBoth();
  }
  $("progress").hidden = true;
  if (!busy) say("ready");
}

let started;

(async () => {
  page = await (await fetch("page.json")).json();
  speak(kept("lang") || page.lang);
  write(kept("text") ?? page.template);
  listen();
  started = begin();
  started.catch((error) => { $("progress").hidden = true; say("failed", { reason: error.message }); });
  started.then(keepImages).catch(() => {}).then(beOffline).then((can) => { document.documentElement.dataset.offline = can; }).catch(() => {});
})();
