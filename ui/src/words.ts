// Sentences in both languages stand where the facts are known and are chosen only here.
import type { Text } from "./engine/wire";
import { settings } from "./state/settings.svelte";

/** The wording in the language of the moment. */
export const t = (zh: string, en: string): string => (settings.lang === "zh" ? zh : en);

/** A sentence of the engine in the language of the moment. */
export const say = (text: Text): string => t(text.zh, text.en);
