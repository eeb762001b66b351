// What a front gives the page. Only this folder knows which front it is.
import type { ProgressReport } from "../engine/ask";
import type { Commands, Exported } from "../engine/wire";

/** How a call is watched. */
export interface CallWatch {
  signal?: AbortSignal;
  onProgress?: (report: ProgressReport) => void;
}

/** Ids of the native menu. */
export type MenuId =
  | "open-workspace"
  | "make-sample"
  | "import-project"
  | "check"
  | "save-review"
  | "export"
  | "publish"
  | "find"
  | "fly-to-selection"
  | "zoom-city"
  | "zoom-back"
  | "toggle-lang"
  | "toggle-theme"
  | "full-screen"
  | "shortcuts"
  | "about";

/** A front. */
export interface Platform {
  /** Which one. */
  readonly kind: "window" | "browser" | "memory";
  /** Asks the engine. */
  call<C extends keyof Commands>(
    command: C,
    request: Commands[C]["request"],
    watch?: CallWatch,
  ): Promise<Commands[C]["answer"]>;
  /** Address of a tile template below the engine's tile paths. */
  tileUrl(path: string): string;
  /** Project files to review; empty where the person left. */
  chooseFiles(): Promise<string[]>;
  /** A workspace; null where the person left. */
  chooseWorkspace(): Promise<string | null>;
  /** A raster for the backdrop; null where the person left. */
  chooseRaster(): Promise<string | null>;
  /** Where to write a file of this name; null where the person left; `undefined` where the front offers it as a
   *  download instead. */
  chooseSave(name: string): Promise<string | null | undefined>;
  /** A folder to write into; null where the person left; `undefined` where the front has no such dialog. */
  chooseFolder(): Promise<string | null | undefined>;
  /** Hands over a file that the engine put into its outbox. */
  offer(exported: Exported): Promise<void>;
  /** Shows a file in its folder, where the front can. */
  showInFolder(path: string): Promise<void>;
  /** Files dropped onto the page, as paths the engine can open; `over` while they hover; `refuse` where they
   *  could not be handed over. */
  onDrop(
    drop: (paths: string[]) => void,
    over: (hovering: boolean) => void,
    refuse: (error: unknown) => void,
  ): () => void;
  /** Files given to the program while it runs. */
  onOpened(opened: (paths: string[]) => void): () => void;
  /** The native menu. */
  onMenu(chosen: (id: MenuId) => void): () => void;
  /** The person closes the front: `may` says whether it may go, `unsaved` the same for a front that cannot wait. */
  onClose(may: () => Promise<boolean>, unsaved: () => boolean): () => void;
  /** The native menu follows the page's language. */
  setMenuLanguage(lang: "zh" | "en"): Promise<void>;
}
