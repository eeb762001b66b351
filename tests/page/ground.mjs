// Where on the map a test goes: asked of the engine through the page's own way to it, and reckoned here
// a second time where figures are compared.

import { until } from "../front/program.mjs";

/** Asks the engine one command out of the page. */
export function ask(page, command, request) {
  return page.evaluate(
    async ([name, body]) => {
      const answer = await fetch(`./rpc/${name}?task=${Date.now() + Math.floor(Math.random() * 1e6)}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      const said = JSON.parse((await answer.text()).trim().split("\n").at(-1));
      if (!("answer" in said)) throw new Error(`${name}: ${JSON.stringify(said)}`);
      return said.answer;
    },
    [command, request],
  );
}

/** A place where a zone of tier 1 meets one of tier 2, and a place a little way inside each of them, degrees. */
export async function meeting(page, [west, south, east, north]) {
  const zoneAt = (at) => ask(page, "draft_zone_at", { at });
  const STEPS = 60;
  for (let row = 1; row < 20; row += 1) {
    const y = south + ((north - south) * row) / 20;
    let before = null;
    for (let n = 0; n <= STEPS; n += 1) {
      const at = [west + ((east - west) * n) / STEPS, y];
      const zone = await zoneAt(at);
      if (zone && before && zone.tier !== before.zone.tier) {
        let [a, b] = [before, { at, zone }];
        while (b.at[0] - a.at[0] > 2e-5) {
          const middle = [(a.at[0] + b.at[0]) / 2, y];
          const there = await zoneAt(middle);
          if (there?.id === a.zone.id) a = { at: middle, zone: there };
          else if (there?.id === b.zone.id) b = { at: middle, zone: there };
          else break;
        }
        if (b.at[0] - a.at[0] <= 2e-5) return { at: a.at, zones: [a.zone, b.zone] };
      }
      before = zone && { at, zone };
    }
  }
  throw new Error("no tier 1 meets a tier 2");
}

/** Waits until the map has left the scale it had and stands still at another; `scale` reads what the page
 *  says of it. The way there may begin late: what was asked is answered first. */
export async function arrived(scale, before) {
  await until(async () => (await scale()) !== before, "a map on its way");
  let last = null;
  await until(async () => {
    const now = await scale();
    const still = now === last;
    last = now;
    await new Promise((resume) => setTimeout(resume, 500));
    return still;
  }, "a map that arrived");
}

/** Goes to a place, degrees, by its coordinates. */
export async function goTo(page, place) {
  const scale = () => page.locator(".scale").innerText();
  const before = await scale();
  const search = page.locator("[data-testid=search]");
  await search.fill(place.join(", "));
  await search.press("Enter");
  await arrived(scale, before);
}

const mercator = (latitude) => Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360));

/** From degrees to px of the page, for a map that shows these bounds in this box. */
export function onPage([west, south, east, north], { x, y, width, height }) {
  return ([lon, lat]) => [
    x + ((lon - west) / (east - west)) * width,
    y + ((mercator(north) - mercator(lat)) / (mercator(north) - mercator(south))) * height,
  ];
}

/** What the triangle between a vertex and its neighbours gains where the vertex is moved, m² in the plane:
 *  signed, the ground to the left of the way from `before` to `after` counting positive. */
export function swept(before, at, to, after) {
  const [ax, ay] = [after.east - before.east, after.north - before.north];
  const [bx, by] = [to.east - at.east, to.north - at.north];
  return (ax * by - ay * bx) / 2;
}

/** A number as the page writes it: thin spaces, a true minus. */
export const read = (written) => Number(written.replace(/[\s\u2009+]/g, "").replace("−", "-"));
