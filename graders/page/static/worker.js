// Python in a worker: the judge, the runner of one submission, or what compiles for both. It gets every file from the
// page and asks for none.
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

const SITE = "/lib/python3.12/site-packages";

// The files of an archive in which nothing is compressed: its last 22 bytes say where the list of them begins.
function* stored(archive) {
  const bytes = new Uint8Array(archive);
  const view = new DataView(archive);
  const text = new TextDecoder();
  const short = (at) => view.getUint16(at, true);
  const long = (at) => view.getUint32(at, true);
  let at = long(bytes.length - 6);
  for (let left = short(bytes.length - 12); left > 0; left -= 1) {
    const local = long(at + 42);
    const begin = local + 30 + short(local + 26) + short(local + 28);
    yield [text.decode(bytes.subarray(at + 46, at + 46 + short(at + 28))), bytes.subarray(begin, begin + long(at + 24))];
    at += 46 + short(at + 28) + short(at + 30) + short(at + 32);
  }
}

function unpack(archive, folder, isCompiled) {
  // As downloaded it is compressed, and Python unpacks it, which takes as long as all else.
  if (!isCompiled) return python.unpackArchive(archive, "zip", { extractDir: folder });
  const made = new Set();
  for (const [name, content] of stored(archive)) {
    const path = `${folder}/${name}`;
    const parent = path.slice(0, path.lastIndexOf("/"));
    if (!made.has(parent)) python.FS.mkdirTree(parent);
    made.add(parent);
    python.FS.writeFile(path, content, { canOwn: true }); // not copied
  }
}

async function start({ role, files, archives, isCompiled, wasm }) {
  const url = (name) => URL.createObjectURL(new Blob([files[name]], { type: "text/javascript" }));
  self.fetch = async (asked) => {
    const name = new URL(asked, "https://page.invalid/").pathname.split("/").pop();
    return new Response(files[name] ?? archives[name] ?? null, { headers: { "Content-Type": "application/octet-stream" } });
  };
  // The page has compiled Python once for all workers.
  WebAssembly.instantiateStreaming = async (_, imports) => ({ module: wasm, instance: await WebAssembly.instantiate(wasm, imports) });
  importScripts(url("pyodide.asm.js"), url("pyodide.js"));
  python = await self.loadPyodide({ indexURL: "https://page.invalid/", env: { HOME: "/home/pyodide", XDG_CACHE_HOME: "/code/cache", PYTHONHASHSEED: "0" } });
  // Unpacked only: Pyodide's own way of installing numpy would also load every library in it, needed or not.
  unpack(archives.numpy, SITE, isCompiled);
  for (const name of role === "compiler" ? ["judge", "runner"] : [role]) unpack(archives[name], "/code", isCompiled);
  python.runPython("import sys; sys.path.insert(0, '/code'); sys.dont_write_bytecode = True");
  answer = { judge, runner, compiler }[role](archives);
  return {};
}

function judge() {
  const grade = python.runPython(`
from pathlib import Path
from graders.page.judge import Judge, Played
from msgspec import json

def grade(file, data, lang, runs):
    played = [Played(run.data.to_bytes(), run.status, run.out_of_time, run.took_s) for run in runs]
    said = _judge.grade(file, data.to_bytes(), lang, played)
    frames = said.pop("frames", None)
    return frames, json.encode(said).decode()  # where Python's own would write NaN

_judge = Judge(Path("/code"))
grade`);
  return ({ number, file, data, lang, runs }) => {
    const said = grade(file, data, lang, runs);
    const [frames, text] = said.toJs();
    said.destroy();
    return { number, frames, ...JSON.parse(text) };
  };
}

function runner() {
  const run = python.runPython(`
import runner

def run(frames, send):
    return runner.answer(frames.to_bytes(), lambda frame: send(frame))

run`);
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
    return { number, status: run(frames, send) };
  };
}

// It imports all that the others import, and never sees a submission, which could change what they start from.
function compiler(archives) {
  const compile = python.runPython(`
import runner
import graders.page.judge
from graders.page.compiling import with_compiled

def compile(packed, root):
    return with_compiled(packed.to_bytes(), root)

compile`);
  const roots = { "python_stdlib.zip": "/lib/python312.zip", numpy: SITE, judge: "/code", runner: "/code" };
  return () => ({ archives: Object.fromEntries(Object.entries(roots).map(([name, root]) => {
    const made = compile(archives[name], root);
    const bytes = made.toJs().slice();
    made.destroy();
    return [name, bytes.buffer];
  })) });
}
