// The desktop window.
import { Channel, convertFileSrc, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { getCurrentWindow } from "@tauri-apps/api/window";
import { open, save } from "@tauri-apps/plugin-dialog";
import type { ProgressReport } from "../engine/ask";
import type { MenuId, Platform } from "./platform";
import { mains } from "./shapefiles";

// A page loaded again must not take the number of a task that the page before it left running.
let task = Date.now();

const later = (listening: Promise<() => void>): (() => void) => {
  return () => void listening.then((stop) => stop());
};

/** The window's front. */
export function tauri(): Platform {
  // where the scheme is spelled as http (Windows), the api knows how
  const tiles = convertFileSrc("", "tiles").replace(/\/$/, "");
  return {
    kind: "window",
    async call(command, request, watch = {}) {
      const number = (task += 1);
      const progress = new Channel<ProgressReport>();
      progress.onmessage = (report) => watch.onProgress?.(report);
      watch.signal?.throwIfAborted();
      const stop = (): void => void invoke("cancel", { task: number });
      watch.signal?.addEventListener("abort", stop, { once: true });
      try {
        const bytes = await invoke<ArrayBuffer>("rpc", {
          command,
          request: JSON.stringify(request),
          task: number,
          progress,
        });
        return JSON.parse(new TextDecoder().decode(bytes));
      } finally {
        watch.signal?.removeEventListener("abort", stop);
      }
    },
    tileUrl: (path) => `${tiles}/${path}`,
    async chooseFiles() {
      return mains((await open({ multiple: true, directory: false })) ?? []);
    },
    chooseWorkspace: () =>
      open({ multiple: false, directory: false, filters: [{ name: "GeoPackage", extensions: ["gpkg"] }] }),
    chooseRaster: () => open({ multiple: false, directory: false }),
    chooseSave: (name) => save({ defaultPath: name }),
    chooseFolder: () => open({ multiple: false, directory: true }),
    offer: async () => {},
    showInFolder: (path) => invoke("show_in_folder", { path }),
    onDrop(drop, over) {
      return later(
        getCurrentWebview().onDragDropEvent(({ payload }) => {
          if (payload.type === "drop") {
            over(false);
            // a Shapefile dropped with its parts is one file here too
            drop(mains(payload.paths));
          } else over(payload.type !== "leave");
        }),
      );
    },
    onOpened: (opened) => later(listen<string[]>("opened-files", ({ payload }) => opened(payload))),
    onClose: (may) =>
      later(
        getCurrentWindow().onCloseRequested(async (event) => {
          if (!(await may())) event.preventDefault();
        }),
      ),
    onMenu: (chosen) => later(listen<MenuId>("menu", ({ payload }) => chosen(payload))),
    setMenuLanguage: (lang) => invoke("set_menu_language", { lang }),
  };
}
