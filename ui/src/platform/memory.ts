// A front without a program behind it, for tests: what it answers is set call by call, what it was asked is kept.
import type { CallWatch, Platform } from "./platform";
import type { Commands, Text } from "../engine/wire";

type Answers = {
  [C in keyof Commands]?: (
    request: Commands[C]["request"],
    watch: CallWatch,
  ) => Commands[C]["answer"] | Promise<Commands[C]["answer"]>;
};

/** A refusal as the engine gives one. */
export const refusal = (code: string, zh: string, en: string): { code: string; text: Text } => ({ code, text: { zh, en } });

interface Chosen {
  files: string[];
  workspace: string | null;
  raster: string | null;
  save: string | null | undefined;
  folder: string | null | undefined;
}
const NONE_CHOSEN: Chosen = { files: [], workspace: null, raster: null, save: null, folder: null };

class Memory implements Platform {
  readonly kind = "memory";
  /** What each command answers. */
  answers: Answers = {};
  /** What was asked, in order. */
  asked: { command: keyof Commands; request: unknown }[] = [];
  /** What the dialogs give. */
  chosen: Chosen = { ...NONE_CHOSEN };
  /** Files offered as downloads. */
  offered: string[] = [];

  reset(): void {
    this.answers = {};
    this.asked = [];
    this.chosen = { ...NONE_CHOSEN };
    this.offered = [];
  }

  /** The requests of one command. */
  requests<C extends keyof Commands>(command: C): Commands[C]["request"][] {
    return this.asked.filter((one) => one.command === command).map((one) => one.request as Commands[C]["request"]);
  }

  async call<C extends keyof Commands>(
    command: C,
    request: Commands[C]["request"],
    watch: CallWatch = {},
  ): Promise<Commands[C]["answer"]> {
    this.asked.push({ command, request });
    const answer = this.answers[command];
    if (!answer) throw refusal("not-set", `测试没有为 ${command} 准备应答。`, `The test has no answer for ${command}.`);
    return answer(request, watch);
  }

  tileUrl = (path: string): string => `memory://${path}`;
  chooseFiles = async (): Promise<string[]> => this.chosen.files;
  chooseWorkspace = async (): Promise<string | null> => this.chosen.workspace;
  chooseRaster = async (): Promise<string | null> => this.chosen.raster;
  chooseSave = async (): Promise<string | null | undefined> => this.chosen.save;
  chooseFolder = async (): Promise<string | null | undefined> => this.chosen.folder;
  offer = async (exported: { name: string }): Promise<void> => void this.offered.push(exported.name);
  showInFolder = async (): Promise<void> => {};
  onDrop = (): (() => void) => () => {};
  onOpened = (): (() => void) => () => {};
  onClose = (): (() => void) => () => {};
  onMenu = (): (() => void) => () => {};
  setMenuLanguage = async (): Promise<void> => {};
}

/** The one front of a test. */
export const memory = new Memory();
