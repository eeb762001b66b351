// Records real answers of the engine for the tests beside it:
//   redline sample CITY && redline open CITY/city.gpkg --browser --no-launch   (prints an address)
//   node record.mjs ADDRESS CITY
// Nothing here is written by hand; where the engine's answers change, record again.
import { writeFileSync } from "node:fs";

const [address, folder] = process.argv.slice(2);
const page = new URL(address);
const entered = await fetch(page, { redirect: "manual" });
const cookie = (entered.headers.get("set-cookie") ?? "").split(";")[0];
let task = 0;

async function ask(command, request) {
  const answer = await fetch(new URL(`/rpc/${command}?task=${(task += 1)}`, page), {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: page.origin, ...(cookie ? { Cookie: cookie } : {}) },
    body: JSON.stringify(request),
  });
  const last = (await answer.text()).trim().split("\n").at(-1);
  const said = JSON.parse(last);
  if (said.refusal) throw new Error(`${command}: ${said.refusal.text.en}`);
  return said.answer;
}

const file = (name) => `${folder}/projects/${name}`;
const given = {
  activity: null, stage: "new", industry: null, rules: null, date: "2018-06-01", no_land: false,
  layers_as_of: null, sliver_m2: null, opinions: [], plots: [],
};
const reading = { crs: null, axes: null, width_m: null };
const check = (names) => ask("check", { files: names.map(file), given, reading, accepted: [] });
const figures = async (review) => ({
  m2: await ask("figures", { review, unit: "m2" }),
  ha: await ask("figures", { review, unit: "ha" }),
  mu: await ask("figures", { review, unit: "mu" }),
});
const keep = (name, value) => writeFileSync(new URL(`${name}.json`, import.meta.url), `${JSON.stringify(value, null, 1)}\n`);

await ask("open_workspace", { path: `${folder}/city.gpkg` });
keep("choices", await ask("choices", {}));

const resort = await check(["02-resort-no-prj.zip"]);
keep("resort", { view: resort, figures: await figures(resort.review), table: await ask("review_table", { review: resort.review, unit: "m2", lang: "zh" }) });

const plot = "1.1";
const look = await ask("try_edit", { review: resort.review, plot, edit: { do: "reset" }, keep: true, given: null });
const from = look.outline[0][0][0];
const to = [from[0] + 0.004, from[1]];
keep("trial", { look, moved: await ask("try_edit", { review: resort.review, plot, edit: { do: "move", from, to }, keep: true, given: null }) });
await ask("try_edit", { review: resort.review, plot, edit: { do: "reset" }, keep: true, given: null });
keep("ways", await ask("how_to_clear", { review: resort.review, plot, overlap: resort.record.projects[0].plots[0].overlaps[0].id, limit_m: 500 }));

const bowTie = await check(["13-bow-tie.txt"]);
keep("bow-tie", {
  view: bowTie,
  figures: await figures(bowTie.review),
  preview: await ask("preview_reading", { file: file("13-bow-tie.txt"), reading }),
});
keep("sliver", await (async () => { const view = await check(["08-sliver.xlsx"]); return { view, figures: await figures(view.review) }; })());
keep("line", await (async () => { const view = await check(["06-road-line.geojson"]); return { view, figures: await figures(view.review) }; })());
const batch = await check(["01-tier2-two-uses.txt", "03-clear.geojson", "07-beside-red-line.gpkg", "13-bow-tie.txt", "bad/drawing.dwg", "bad/empty.geojson"]);
keep("batch", { view: batch, figures: await figures(batch.review) });
const after = await check(["01-tier2-two-uses.txt"]);
keep("comparison", await ask("compare_reviews", { before: bowTie.review, after: after.review }));
