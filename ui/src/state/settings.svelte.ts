// What the person set, remembered by the engine between sessions.
import type { AreaUnitName, LayerShown, Preferences } from "../engine/wire";

type Lang = "zh" | "en";
type Theme = "light" | "dark" | "system";
type Measure = "ellipsoidal" | "planar";

/** Waits so long before it remembers, ms: sliders move in many steps. */
const SETTLE = 400;

class Settings {
  lang = $state<Lang>("zh");
  theme = $state<Theme>("system");
  unit = $state<AreaUnitName>("m2");
  measure = $state<Measure>("ellipsoidal");
  /** Widths of the side panels, px; 0: folded. */
  panels = $state<[number, number]>([264, 420]);
  /** Everything else that is remembered. */
  kept = $state.raw<Preferences>({});

  #remember: ((preferences: Preferences) => Promise<unknown>) | null = null;
  #failed: (error: unknown) => void = () => {};
  /** The last one could not be remembered, and that was said. */
  #said = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** Takes what was remembered; `remember` is told of every change from now on, `failed` of the first in a row
   * that could not be kept. */
  begin(
    preferences: Preferences,
    remember: (preferences: Preferences) => Promise<unknown>,
    failed: (error: unknown) => void = () => {},
  ): void {
    const { lang, theme, unit, measure, panels } = preferences;
    if (lang === "zh" || lang === "en") this.lang = lang;
    if (theme === "light" || theme === "dark" || theme === "system") this.theme = theme;
    if (unit === "m2" || unit === "ha" || unit === "mu") this.unit = unit;
    if (measure === "ellipsoidal" || measure === "planar") this.measure = measure;
    if (panels) this.panels = [panels[0], panels[1]];
    this.kept = preferences;
    this.#remember = remember;
    this.#failed = failed;
    this.#said = false;
  }

  set(change: { lang?: Lang; theme?: Theme; unit?: AreaUnitName; measure?: Measure; panels?: [number, number] }): void {
    Object.assign(this, change);
    this.kept = { ...this.kept, ...change };
    this.#soon();
  }

  /** The unit a workspace leads with, where the person never chose one. */
  suggest(unit: string): void {
    if (this.kept.unit === undefined && (unit === "m2" || unit === "ha" || unit === "mu")) this.unit = unit;
  }

  /** Remembers something else. */
  keep(change: Preferences): void {
    this.kept = { ...this.kept, ...change };
    this.#soon();
  }

  get layers(): LayerShown[] {
    return this.kept.layers ?? [];
  }

  get preferences(): Preferences {
    const { lang, theme, unit, measure, panels } = this;
    return { ...this.kept, lang, theme, unit, measure, panels: [...panels] };
  }

  /** Whether the page is dark, where `system` follows the desktop. */
  dark(systemDark: boolean): boolean {
    return this.theme === "dark" || (this.theme === "system" && systemDark);
  }

  #soon(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#now(), SETTLE);
  }

  async #now(): Promise<void> {
    try {
      await this.#remember?.(this.preferences);
      this.#said = false;
    } catch (error) {
      // a slider on a full disk: once is enough
      if (!this.#said) this.#failed(error);
      this.#said = true;
    }
  }
}

/** The one set of settings. */
export const settings = new Settings();
