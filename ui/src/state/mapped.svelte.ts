// The map once it stands, and where it stands: what the frame's parts share.
import type { BackdropView } from "../engine/wire";
import type { CityMap, Standing } from "../map/city-map";

class Mapped {
  map = $state.raw<CityMap | null>(null);
  standing = $state.raw<Standing | null>(null);
  /** The pointer, degrees; null where it is not on the map. */
  pointer = $state.raw<[number, number] | null>(null);
  /** The backdrop set. */
  backdrop = $state.raw<BackdropView | null>(null);
  /** Which tool has the pointer. */
  tool = $state<"pan" | "identify" | "distance" | "area" | "trial" | "edit" | "frame">("pan");
}

/** The one map. */
export const mapped = new Mapped();
