// The page served on loopback: files are carried to the engine's machine, which is this one, into a
// folder that goes with the session.
import type { Exported } from "../engine/wire";
import type { Platform } from "./platform";
import { mains } from "./shapefiles";

let task = 0;
let batch = 0;

const refused = (zh: string, en: string) => ({ code: "front-unreachable", text: { zh, en } });

async function upload(files: File[]): Promise<string[]> {
  if (files.length === 0) return [];
  const folder = `${Date.now()}-${(batch += 1)}`;
  const paths = new Map<string, string>();
  for (const file of files) {
    const answer = await fetch(`./upload/${folder}/${encodeURIComponent(file.name)}`, { method: "PUT", body: file });
    if (!answer.ok)
      throw refused(`“${file.name}”没有传到程序：${await answer.text()}`, `“${file.name}” did not reach the program: ${await answer.text()}`);
    paths.set(file.name, ((await answer.json()) as { path: string }).path);
  }
  return mains([...paths.keys()]).map((name) => paths.get(name) ?? name);
}

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
      if (!answer.ok || !answer.body) throw refused(await answer.text(), await answer.text().catch(() => ""));
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
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
          else if ("refusal" in said) throw said.refusal;
          else if ("answer" in said) return said.answer;
        }
        if (done) throw refused("程序的应答中断了。", "The program's answer broke off.");
      }
    },
    tileUrl: (path) => new URL(`./tiles/${path}`, document.baseURI).href.replaceAll("%7B", "{").replaceAll("%7D", "}"),
    chooseFiles: async () => upload(await pick("", true)),
    chooseWorkspace: async () => (await upload(await pick(".gpkg", false)))[0] ?? null,
    chooseRaster: async () => (await upload(await pick(".tif,.tiff,.png,.jpg", true)))[0] ?? null,
    chooseSave: async () => undefined,
    async offer(exported: Exported) {
      const link = document.createElement("a");
      link.href = `./outbox/${encodeURIComponent(exported.name)}`;
      link.download = exported.name;
      link.click();
    },
    showInFolder: async () => {},
    onDrop(drop, over) {
      const hover = (event: DragEvent): void => {
        if (!event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        over(true);
      };
      const leave = (event: DragEvent): void => {
        if (event.relatedTarget === null) over(false);
      };
      const dropped = (event: DragEvent): void => {
        if (!event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        over(false);
        void upload([...event.dataTransfer.files]).then(drop);
      };
      addEventListener("dragover", hover);
      addEventListener("dragleave", leave);
      addEventListener("drop", dropped);
      return () => {
        removeEventListener("dragover", hover);
        removeEventListener("dragleave", leave);
        removeEventListener("drop", dropped);
      };
    },
    onOpened: () => () => {},
    onMenu: () => () => {},
    setMenuLanguage: async () => {},
  };
}
