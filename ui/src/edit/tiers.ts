// Names of tiers as planners say them; a tier that is none of these stands as it is.
import { t } from "../words";

/** Tiers of a layer's role, canonical. */
export const TIERS: Record<string, readonly string[]> = { "control-line": ["1", "2"] };

/** A tier by name. */
export const tierName = (tier: string): string =>
  tier === "1" ? t("一级管制区", "tier 1") : tier === "2" ? t("二级管制区", "tier 2") : tier;
