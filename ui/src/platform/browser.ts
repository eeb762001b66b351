// The page served on loopback: files are carried to the engine's machine, which is this one, into a
// folder that goes with the session.
import type { Refusal } from "../engine/ask";
import type { Exported } from "../engine/wire";
import type { Platform } from "./platform";
import { mains } from "./shapefiles";

// A page loaded again must not take the number of a task that the page before it left running.
let task = Date.now();
let batch = 0;

const refused = (zh: string, en: string): Refusal => ({ code: "front-unreachable", text: { zh, en } });

/** Why the program did not do what it was asked: its own sentence where it gave one. */
export async function refusalOf(answer: Response): Promise<Refusal> {
  const words = await answer.text().catch(() => "");
  try {
    const said = JSON.parse(words);
    if (said?.refusal?.text?.zh) return said.refusal;
  } catch {
    // not the program's own words
  }
  return refused(
    `程序没有照办（${answer.status}）；请重新运行 redline open。`,
    `The program did not do it (${answer.status}); run redline open again.`,
  );
}

/** A file on its way, by the name it has within what was dropped (`X.gdb/a1.gdbtable`). */
export interface Carried {
  name: string;
  file: File;
}

/** Carries files into one folder of the session; answers the paths the engine is to open: of a Shapefile its
 *  .shp, of a folder the folder itself. */
export async function upload(files: Carried[]): Promise<string[]> {
  if (files.length === 0) return [];
  const folder = `${Date.now()}-${(batch += 1)}`;
  const paths = new Map<string, string>();
  for (const { name, file } of files) {
    const answer = await fetch(`./upload/${folder}/${encodeURIComponent(name)}`, { method: "PUT", body: file });
    if (!answer.ok) throw await refusalOf(answer);
    const said = (await answer.json()) as { path: string; top?: string };
    paths.set(name.split("/")[0] ?? name, said.top ?? said.path);
  }
  return mains([...paths.keys()]).map((name) => paths.get(name) ?? name);
}

/** What was dropped, folders walked through. */
async function dropped(transfer: DataTransfer): Promise<Carried[]> {
  // entries are only there while the event lasts: taken first, read afterwards
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return [...transfer.files].map((file) => ({ name: file.name, file }));
  const carried: Carried[] = [];
  const walk = async (entry: FileSystemEntry, below: string): Promise<void> => {
    const name = below + entry.name;
    if (entry.isFile) {
      const file = await new Promise<File>((ok, no) => (entry as FileSystemFileEntry).file(ok, no));
      carried.push({ name, file });
      return;
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    for (;;) {
      // a reader gives a folder in portions; the empty one is the last
      const portion = await new Promise<FileSystemEntry[]>((ok, no) => reader.readEntries(ok, no));
      if (portion.length === 0) return;
      for (const one of portion) await walk(one, `${name}/`);
    }
  };
  for (const entry of entries) await walk(entry, "");
  return carried;
}

const picked = async (accept: string, multiple: boolean): Promise<string[]> =>
  upload((await pick(accept, multiple)).map((file) => ({ name: file.name, file })));

function pick(accept: string, multiple: boolean): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = accept;
    input.multiple = multiple;
    input.addEventListener("change", () => resolve([...(input.files ?? [])]), { once: true });
    input.addEventListener("cancel", () => resolve([]), { once: true });
    input.click();
  });
}

/** The loopback page's front. */
export function browser(): Platform {
  return {
    kind: "browser",
    async call(command, request, watch = {}) {
      const number = (task += 1);
      const answer = await fetch(`./rpc/${command}?task=${number}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(request),
        signal: watch.signal ?? null,
      }).catch((error: unknown) => {
        if (error instanceof DOMException && error.name === "AbortError") throw error;
        throw refused(
          "程序没有应答；请确认 redline open 仍在运行。",
          "The program does not answer; see that redline open still runs.",
        );
      });
      if (!answer.ok || !answer.body) throw await refusalOf(answer);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      let last: { answer?: unknown; refusal?: Refusal } | null = null;
      // read to its end: a stream let go of looks to the program like a page that went away
      for (;;) {
        const { value, done } = await reader.read();
        rest += value ?? "";
        const lines = rest.split("\n");
        rest = lines.pop() ?? "";
        if (done && rest !== "") lines.push(rest);
        for (const line of lines) {
          if (line === "") continue;
          const said = JSON.parse(line);
          if ("progress" in said) watch.onProgress?.(said.progress);
          else last = said;
        }
        if (done) break;
      }
      if (last?.refusal) throw last.refusal;
      if (last === null || !("answer" in last)) throw refused("程序的应答中断了。", "The program's answer broke off.");
      return last.answer as never;
    },
    tileUrl: (path) => new URL(`./tiles/${path}`, document.baseURI).href.replaceAll("%7B", "{").replaceAll("%7D", "}"),
    chooseFiles: () => picked("", true),
    chooseWorkspace: async () => (await picked(".gpkg", false))[0] ?? null,
    chooseRaster: async () => (await picked(".tif,.tiff,.png,.jpg", true))[0] ?? null,
    chooseSave: async () => undefined,
    chooseFolder: async () => undefined,
    async offer(exported: Exported) {
      const link = document.createElement("a");
      link.href = `./outbox/${encodeURIComponent(exported.name)}`;
      link.download = exported.name;
      link.click();
    },
    showInFolder: async () => {},
    onDrop(drop, over, refuse) {
      const hover = (event: DragEvent): void => {
        if (!event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        over(true);
      };
      const leave = (event: DragEvent): void => {
        if (event.relatedTarget === null) over(false);
      };
      const letGo = (event: DragEvent): void => {
        if (!event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        over(false);
        void dropped(event.dataTransfer).then(upload).then(drop, refuse);
      };
      addEventListener("dragover", hover);
      addEventListener("dragleave", leave);
      addEventListener("drop", letGo);
      return () => {
        removeEventListener("dragover", hover);
        removeEventListener("dragleave", leave);
        removeEventListener("drop", letGo);
      };
    },
    onOpened: () => () => {},
    onClose(_, unsaved) {
      // a browser asks in its own words, and only where the page has something to lose
      const ask = (event: BeforeUnloadEvent): void => {
        if (unsaved()) event.preventDefault();
      };
      addEventListener("beforeunload", ask);
      return () => removeEventListener("beforeunload", ask);
    },
    onMenu: () => () => {},
    setMenuLanguage: async () => {},
  };
}
