// Python in a worker: the judge, or the runner of one submission. It gets every file from the page and asks for none.
"use strict";

let python;
let answer;

self.onmessage = async ({ data }) => {
  try {
    self.postMessage({ kind: data.kind, ...(await (data.kind === "start" ? start(data) : answer(data))) });
  } catch (error) {
    self.postMessage({ kind: "failed", reason: String(error?.message ?? error).trim().split("\n").pop() });
  }
};

async function start({ role, files, archives, image, wasm }) {
  const url = (name) => URL.createObjectURL(new Blob([files[name]], { type: "text/javascript" }));
  self.fetch = async (asked) => {
    const name = new URL(asked, "https://page.invalid/").pathname.split("/").pop();
    return new Response(files[name] ?? archives?.[name] ?? null, { headers: { "Content-Type": "application/octet-stream" } });
  };
  // The page has compiled Python once for all workers.
  WebAssembly.instantiateStreaming = async (_, imports) => ({ module: wasm, instance: await WebAssembly.instantiate(wasm, imports) });
  importScripts(url("pyodide.asm.js"), url("pyodide.js"));
  const options = { indexURL: "https://page.invalid/", env: { HOME: "/home/pyodide", XDG_CACHE_HOME: "/code/cache", PYTHONHASHSEED: "0" } };
  const taken = image ? await restore(image, options) : await startAnew(role, archives, options);
  answer = { judge, runner }[role]();
  return { image: taken };
}

// What a role does when it starts, and what is called later.
const PROGRAMS = {
  judge: `
import importlib
import pkgutil
from pathlib import Path

import graders
from graders.page.judge import Judge, Played
from msgspec import json
from pyodide.ffi import can_run_sync, run_sync

# The archive has what the judge needs, at once or later: what is imported here stands in the image.
for _module in pkgutil.walk_packages(graders.__path__, "graders."):
    importlib.import_module(_module.name)
_judge = Judge(Path("/code"))

def _played(run):
    return Played(run.data.to_bytes(), run.status, run.out_of_time, run.took_s)

def call(file, data, lang, runs, wait, tell):
    def waiting(frames, most_s):
        return _played(run_sync(wait(frames, most_s)))

    waits = waiting if can_run_sync() else None
    said = _judge.grade(
        file, data.to_bytes(), lang, [*map(_played, runs)], wait=waits, tell=lambda lines: tell("\\n".join(lines))
    )
    frames = said.pop("frames", None)
    return frames, json.encode(said).decode()  # where Python's own would write NaN
`,
  runner: `
import runner

def call(frames, send):
    return runner.answer(frames.to_bytes(), lambda frame: send(frame))
`,
};

async function startAnew(role, archives, options) {
  python = await self.loadPyodide({ ...options, _makeSnapshot: true });
  // Unpacked only: Pyodide's own way of installing numpy would also load every library in it, needed or not.
  python.unpackArchive(archives.numpy, "zip", { extractDir: "/lib/python3.12/site-packages" });
  python.unpackArchive(archives[role], "zip", { extractDir: "/code" });
  python.runPython("import sys; sys.path.insert(0, '/code'); sys.dont_write_bytecode = True");
  python.runPython(PROGRAMS[role]);
  try { return takeImage(); } catch { return null; } // the next one starts anew, too
}

// --- images

// A worker lives for one check, and most of its start would be what the one before it has done: to start Python, to
// unpack, to import. So its memory and its files are kept before it sees anything of a student's, and the next worker
// goes on from there. Pyodide keeps the memory of Python's core; the libraries in it (numpy's) are linked here.

function takeImage() {
  python.runPython("import gc; gc.collect(); gc.freeze()");
  const module = python._module;
  const libraries = Object.entries(module.LDSO.loadedLibsByHandle)
    .map(([handle, { name }]) => [Number(handle), name])
    .filter(([handle]) => handle) // 0 is the core
    .sort(([one], [other]) => placeInTable(module, one) - placeInTable(module, other)); // as they were loaded
  const files = [...filesIn("/lib"), ...filesIn("/code")];
  const memory = python.makeMemorySnapshot();
  const head = { libraries, table: module.wasmTable.length, files: files.map(([path, { length }]) => [path, length]), memory: memory.length };
  return packed([new TextEncoder().encode(JSON.stringify(head)), memory, ...files.map(([, content]) => content)]);
}

// Emscripten keeps where a library's functions begin behind the handle it gives for the library.
const placeInTable = (module, handle) => module.HEAPU32[(handle + 20) >>> 2];

function* filesIn(folder) {
  for (const name of python.FS.readdir(folder).filter((one) => one !== "." && one !== "..")) {
    const path = `${folder}/${name}`;
    if (python.FS.isDir(python.FS.stat(path).mode)) yield* filesIn(path);
    else yield [path, python.FS.readFile(path)];
  }
}

const START = 16; // the head's length, and then pieces that begin at a multiple of it, as words of memory must

const aligned = (length) => Math.ceil(length / START) * START;

function packed(pieces) {
  const image = new Uint8Array(pieces.reduce((length, piece) => length + aligned(piece.length), START));
  new DataView(image.buffer).setUint32(0, pieces[0].length);
  let at = START;
  for (const piece of pieces) {
    image.set(piece, at);
    at += aligned(piece.length);
  }
  return image.buffer;
}

function unpacked(image) {
  let at = START;
  const next = (length) => {
    const piece = new Uint8Array(image, at, length);
    at += aligned(length);
    return piece;
  };
  const head = JSON.parse(new TextDecoder().decode(next(new DataView(image).getUint32(0))));
  const memory = next(head.memory);
  return { ...head, memory, files: new Map(head.files.map(([path, length]) => [path, next(length)])) };
}

async function restore(image, options) {
  const { libraries, table, memory, files } = unpacked(image);
  const create = self._createPyodideModule;
  self._createPyodideModule = async (settings) => {
    const module = await create(settings);
    const { restoreSnapshot } = module.API;
    // Before Python does anything: what is in its memory may call what is in a library.
    module.API.restoreSnapshot = (snapshot) => {
      restoreSnapshot(snapshot); // with it the handles, which say where each library belongs
      for (const [handle, path] of libraries) {
        const exports = module.loadWebAssemblyModule(files.get(path), { nodelete: true }, path, {}, handle);
        module.newDSO(path, handle, exports).global = false;
      }
      if (module.wasmTable.length !== table) throw new Error("a library is not where it was");
      for (const folder of new Set([...files.keys()].map((path) => path.slice(0, path.lastIndexOf("/"))))) module.FS.mkdirTree(folder);
      for (const [path, content] of files) module.FS.writeFile(path, content, { canOwn: true }); // not copied
      return restoreSnapshot(snapshot); // again: to be linked, a library has set its own memory to what it was at first
    };
    return module;
  };
  python = await self.loadPyodide({ ...options, _loadSnapshot: memory });
}

// --- roles

function judge() {
  const call = python.globals.get("call");
  const canWait = "Suspending" in WebAssembly; // else a grading is begun again after each of its runs
  let said; // settles what a grading comes to next: a run that it needs, or its end
  let go;   // lets one go on that stands still until it has a run
  const wait = (frames, wall_s) => {
    said.resolve({ frames: frames.toJs(), wall_s });
    return new Promise((resolve) => { go = resolve; });
  };
  const grade = async ({ file, data, lang, runs }) => {
    const tell = (text) => self.postMessage({ kind: "told", text });
    const given = [file, data, lang, runs, wait, tell];
    const found = await (canWait ? call.callPromising(...given) : call(...given));
    const [frames, text] = found.toJs();
    found.destroy();
    return { frames, ...JSON.parse(text) };
  };
  return async (question) => {
    const next = new Promise((resolve, reject) => { said = { resolve, reject }; });
    const waiting = go;
    go = null; // before anything goes on: it may wait for its next run at once
    if (waiting && question.goesOn) waiting(question.runs.at(-1));
    else grade(question).then((end) => said.resolve(end), (error) => said.reject(error));
    return { number: question.number, ...(await next) };
  };
}

function runner() {
  const call = python.globals.get("call");
  // What a submission could ask the network for, or change the page with. The policy of the page holds without this, too.
  python.runPython(`
import sys
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "JsFinder"]
for _name in {"js", "pyodide_js", *(name for name in sys.modules if name.partition(".")[0] in ("pyodide", "_pyodide", "_pyodide_core"))}:
    sys.modules[_name] = None
del _name`);
  for (const name of ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "importScripts", "indexedDB", "caches", "Worker", "BroadcastChannel", "WebTransport"]) {
    try { Object.defineProperty(self, name, { value: undefined }); } catch { self[name] = undefined; }
  }
  const post = self.postMessage.bind(self);
  return ({ number, frames }) => {
    const send = (frame) => {
      const bytes = frame.toJs();
      post({ kind: "frame", number, bytes });
    };
    return { number, status: call(frames, send) };
  };
}
