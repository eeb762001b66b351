// What stands around the review side in tests: fixed day, no map, settings that can be looked at.
import type { AreaUnitName, Choices, Preferences } from "../../engine/wire";
import type { Engine } from "../engine";
import { Reviews } from "../review.svelte";
import choices from "./choices.json";

/** Reviews over an engine; `flown` collects where the map was sent. */
export function reviewsOver(engine: Engine, preferences: Preferences = {}) {
  const flown: number[][] = [];
  const remembered: Preferences[] = [];
  const unit: { now: AreaUnitName } = { now: "m2" };
  const reviews = new Reviews({
    engine,
    today: () => "2018-06-01",
    preferences: () => preferences,
    remember: (keys) => void remembered.push(keys),
    unit: () => unit.now,
    fly: (bounds) => void flown.push(bounds),
  });
  reviews.choices = choices as unknown as Choices;
  return { reviews, flown, remembered, unit };
}
