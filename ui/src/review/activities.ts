// Activities to choose from: grouped as the rule book groups them, found by any part of code or name.
import type { ActivityChoice, Text } from "../engine/wire";

/** Activities under their group, in the order of the book. */
export interface Grouped {
  /** The group's word. */
  group: string;
  /** Its name. */
  name: Text;
  /** Its activities. */
  activities: ActivityChoice[];
}

/** Activities whose code, name or group holds every word typed. */
export function matching(activities: ActivityChoice[], typed: string): Grouped[] {
  const words = typed.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const fits = (activity: ActivityChoice): boolean => {
    const all = [activity.code, activity.name.zh, activity.name.en, activity.group_name.zh, activity.group_name.en].join(" ").toLowerCase();
    return words.every((word) => all.includes(word));
  };
  const grouped = new Map<string, ActivityChoice[]>();
  for (const activity of activities.filter(fits)) {
    const list = grouped.get(activity.group) ?? [];
    list.push(activity);
    grouped.set(activity.group, list);
  }
  return [...grouped].map(([group, list]) => ({
    group,
    name: list[0]?.group_name ?? { zh: group, en: group },
    activities: list,
  }));
}
