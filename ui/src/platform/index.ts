// Which front carries the page is found out once.
import { browser } from "./browser";
import type { Platform } from "./platform";
import { tauri } from "./tauri";

export type { MenuId, Platform } from "./platform";

const inWindow = "__TAURI_INTERNALS__" in globalThis;

/** The front. */
export const platform: Platform = inWindow ? tauri() : browser();
