// Outcomes in words and signs; their colours are the tokens `--outcome-…`.
import type { Outcome } from "../engine/wire";
import { t } from "../words";

const ICONS: Record<Outcome, string> = {
  prohibited: "⊘",
  manual: "?",
  conditional: "△",
  permitted: "✓",
  clear: "○",
};

/** The sign of an outcome; of a file that could not be used where it is null. */
export const outcomeIcon = (outcome: Outcome | null): string => (outcome === null ? "✕" : ICONS[outcome]);

/** Its word in the language of the moment. */
export function outcomeWord(outcome: Outcome | null): string {
  switch (outcome) {
    case "prohibited":
      return t("禁止", "Prohibited");
    case "manual":
      return t("需人工判定", "Manual");
    case "conditional":
      return t("有条件", "Conditional");
    case "permitted":
      return t("允许", "Permitted");
    case "clear":
      return t("不涉及", "Clear");
    case null:
      return t("不可用", "Unusable");
  }
}
