// Generated from layers/engine/src/desk by `make types`. Do not edit: a test compares.

import type * as GeoJSON from "geojson";

/**
 * A warning that a person accepts, told by its place.
 */
export type AcceptedNote = { 
/**
 * File name, as the review shows it.
 */
file: string, 
/**
 * The note's code.
 */
code: string, 
/**
 * Its plot.
 */
plot: string | null, 
/**
 * Its ring, from 1.
 */
ring: number | null, };

/**
 * An activity to choose.
 */
export type ActivityChoice = { 
/**
 * Code.
 */
code: string, 
/**
 * Name.
 */
name: Text, 
/**
 * Main group.
 */
group: string, 
/**
 * The group's name.
 */
group_name: Text, 
/**
 * Which of the ten kinds it can be recognised as.
 */
ten_kind: number | null, 
/**
 * A national major project.
 */
major: boolean, };

/**
 * The keys given.
 */
export type ActivityRecord = { 
/**
 * Activity code.
 */
code: string | null, 
/**
 * Stage.
 */
stage: Stage | null, 
/**
 * GB/T 4754 industry.
 */
industry: string | null, 
/**
 * Whether the activity is a national major project; `null` while no activity is known.
 */
major: boolean | null, 
/**
 * The project states that it asks for no land inside the red line.
 */
no_land?: boolean, 
/**
 * The table that gave plots keys of their own.
 */
table?: FileRecord, 
/**
 * Opinions given.
 */
opinions: Array<OpinionRecord>, };

/**
 * The two areas of one shape, unrounded, in square metres.
 */
export type Area = { 
/**
 * Area on the ellipsoid (椭球面积).
 */
ellipsoidal_m2: number, 
/**
 * Area in the projected plane (平面面积).
 */
planar_m2: number, };

/**
 * A unit by its short name.
 */
export type AreaUnitName = "m2" | "ha" | "mu";

/**
 * What a map set has a sheet for.
 */
export type AtlasBy = "district" | "zone" | "project";

/**
 * A map set made.
 */
export type AtlasMade = { 
/**
 * Where it is.
 */
folder: string, 
/**
 * The index sheet.
 */
index: string, 
/**
 * Sheets in it, without the index.
 */
sheets: number, 
/**
 * How many of them were drawn now; the others were there already.
 */
drawn: number, 
/**
 * Remarks, each once, with the number of the sheet it is of.
 */
remarks: Array<Text>, };

/**
 * A backdrop the person asks for: nothing is contacted before.
 */
export type Backdrop = { "kind": "file", 
/**
 * Where it is.
 */
path: string, } | { "kind": "address", 
/**
 * The address, `http` or `https`.
 */
url: string, };

/**
 * The backdrop, ready.
 */
export type BackdropView = { 
/**
 * Its name for people.
 */
title: string, 
/**
 * Path of its tiles below the front's tile address: `{tiles}/{z}/{x}/{y}.png`, 256 px.
 */
tiles: string, 
/**
 * Where it has pixels.
 */
bounds: [number, number, number, number] | null, 
/**
 * What a reader should know: a guessed CRS, one shifted by design.
 */
notes: Array<Text>, };

/**
 * A rule book to choose.
 */
export type BookChoice = { 
/**
 * Id, or path of a book of the city's own.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * Version.
 */
version: string, 
/**
 * First day it is valid.
 */
valid_from: string, 
/**
 * Last day it is valid.
 */
valid_to: string | null, 
/**
 * Activities it knows.
 */
activities: Array<ActivityChoice>, };

/**
 * A zone that differs from the base.
 */
export type ChangedZone = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name; may be empty.
 */
name: string, 
/**
 * Its class.
 */
class: string | null, 
/**
 * Its tier.
 */
tier: string | null, 
/**
 * Its kind.
 */
kind: string | null, 
/**
 * Its land-use code.
 */
code: string | null, };

/**
 * Check these files.
 */
export type CheckFiles = { 
/**
 * Project files, folders or ZIPs.
 */
files: Array<string>, 
/**
 * What the person says of them.
 */
given: Given, 
/**
 * How to read them where the person overrules the evidence.
 */
reading: Reading, 
/**
 * Warnings accepted.
 */
accepted: Array<AcceptedNote>, };

/**
 * What a person can choose from.
 */
export type Choices = { 
/**
 * Rule books.
 */
books: Array<BookChoice>, 
/**
 * Stages.
 */
stages: Array<StageChoice>, 
/**
 * Sections and divisions of GB/T 4754 that rules speak of, code and name.
 */
industries: Array<[string, Text]>, };

/**
 * A new version of a file beside the last one.
 */
export type CompareReviews = { 
/**
 * The earlier review.
 */
before: number, 
/**
 * The later review.
 */
after: number, };

/**
 * Compare two revisions of a layer.
 */
export type CompareVersions = { 
/**
 * Its name.
 */
layer: string, 
/**
 * The one compared from.
 */
from: number, 
/**
 * The one compared to.
 */
to: number, };

/**
 * One line of a comparison, m².
 */
export type ComparedRow = { 
/**
 * What is summed by: `layer`, `zone`, `class`, `tier` or `land-use`.
 */
by: string, 
/**
 * Which, for people.
 */
key: Text, 
/**
 * 调入.
 */
in_m2: Area, 
/**
 * 调出.
 */
out_m2: Area, 
/**
 * 净.
 */
net_m2: Area, };

/**
 * What two revisions have differently.
 */
export type ComparedVersions = { 
/**
 * The ground that changed hands: properties `from` and `to` (texts, `null` nobody), `kind` (`gained`,
 * `lost` or `changed`) and `area`.
 */
pieces: GeoJSON.FeatureCollection, 
/**
 * In, out and net: the layer first, then by zone, class, tier and land use.
 */
rows: Array<ComparedRow>, };

/**
 * What changed between two versions of a project.
 */
export type Comparison = { 
/**
 * Outcome then and now.
 */
outcome: [Outcome, Outcome], 
/**
 * Total ellipsoidal area then and now, m².
 */
area_m2: [number, number], 
/**
 * Ellipsoidal area overlapped then and now, m².
 */
overlapped_m2: [number, number], 
/**
 * Notes cleared, remaining, new.
 */
notes: Array<NoteChange>, 
/**
 * Plots paired.
 */
plots: Array<PlotChange>, 
/**
 * The correction list (补正), to copy.
 */
corrections: Text, };

/**
 * Confirm the draft being edited.
 */
export type ConfirmDraft = { 
/**
 * Name of the version for people; may be empty.
 */
title: string, 
/**
 * Who answers for it.
 */
author: string, 
/**
 * Why; may be empty.
 */
reason: string, 
/**
 * From which day it stands, `YYYY-MM-DD`.
 */
date: string, };

/**
 * A line's run inside one zone.
 */
export type Crossing = { 
/**
 * The zone.
 */
zone: ZoneRecord, 
/**
 * Length inside, metres in the plane.
 */
length_m: number, 
/**
 * Strictest of its findings.
 */
outcome: Outcome, 
/**
 * Findings.
 */
findings: Array<FindingRecord>, };

/**
 * What could be done about a defect.
 */
export type DefectRemedy = { 
/**
 * What tells it from the defect's other remedies.
 */
id: string, 
/**
 * What it would change.
 */
sentence: Text, };

/**
 * A draft (草案).
 */
export type Draft = { 
/**
 * Number within the workspace.
 */
id: number, 
/**
 * Layer it changes.
 */
layer: string, 
/**
 * Name for people.
 */
name: string, 
/**
 * Who drafts.
 */
author: string, 
/**
 * Revision it changes.
 */
base_revision: number, 
/**
 * The layer has a newer revision than that.
 */
overtaken: boolean, 
/**
 * When it was started, RFC 3339.
 */
started: string, 
/**
 * Edits in force.
 */
position: number, 
/**
 * Edits in its log, undone ones among them.
 */
edits: number, };

/**
 * A draft by its number.
 */
export type DraftAsked = { 
/**
 * Its number.
 */
id: number, };

/**
 * One defect.
 */
export type DraftDefect = { 
/**
 * What tells it from others until the next edit.
 */
key: string, 
/**
 * `invalid`, `overlap`, `gap` or `unmatched-vertex`.
 */
kind: string, 
/**
 * What, who, how much.
 */
sentence: Text, 
/**
 * How much ground; `null` where it has none.
 */
area: Area | null, 
/**
 * A place in it.
 */
at: Place, 
/**
 * The ground; `null` where it has none.
 */
geometry: GeoJSON.MultiPolygon | null, 
/**
 * What could be done, the likeliest first.
 */
remedies: Array<DefectRemedy>, };

/**
 * Defects, the gravest kind first.
 */
export type DraftDefects = { 
/**
 * How many there are.
 */
total: number, 
/**
 * The first of them.
 */
listed: Array<DraftDefect>, };

/**
 * List defects.
 */
export type DraftDefectsAsked = { 
/**
 * Only those here; `null`: all.
 */
bounds: [number, number, number, number] | null, };

/**
 * An edit in a draft's log.
 */
export type DraftEdit = { 
/**
 * Place in the log, from 1.
 */
seq: number, 
/**
 * What was done.
 */
sentence: Text, 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * Whether it is undone and can be redone.
 */
undone: boolean, };

/**
 * What the draft being edited does to the reviews kept in the workspace.
 */
export type DraftImpact = { 
/**
 * Reviews kept.
 */
reviews: number, 
/**
 * Of these, those that lie away from all ground the draft changes.
 */
away: number, 
/**
 * Of these, those judged again.
 */
judged_again: number, 
/**
 * Of these, those that could not be judged again; `troubles` says why.
 */
not_judged: number, 
/**
 * Plots whose outcome differs, those that end strictest first.
 */
flipped: Array<Flip>, 
/**
 * Plots whose outcome stays while what they overlap changes.
 */
moved: Array<Flip>, 
/**
 * Reviews that could not be judged again, or only otherwise than they were made.
 */
troubles: Array<Text>, };

/**
 * A layer as something to be drafted.
 */
export type DraftLayer = { 
/**
 * Name within the workspace.
 */
name: string, 
/**
 * Title for people.
 */
title: string, 
/**
 * What it is for.
 */
role: LayerRole, 
/**
 * Whether a draft of it can be started: reference layers are locked until unlocked by name.
 */
editable: boolean, 
/**
 * Why not.
 */
why: Text | null, };

/**
 * The draft being edited, as it stands.
 */
export type DraftState = { 
/**
 * The draft.
 */
draft: Draft, 
/**
 * Its edits, oldest first.
 */
edits: Array<DraftEdit>, 
/**
 * The zones that differ from the base, as they are now.
 */
changed: Array<ChangedZone>, 
/**
 * Where they are as tiles, below the front's tile address; `None` where there are none.
 */
tiles: string | null, 
/**
 * Zones of the base that must not be drawn from tiles any more, by id.
 */
hidden: Array<string>, 
/**
 * Area in, out and net.
 */
ledger: Ledger, 
/**
 * Whether there is an edit to take back.
 */
can_undo: boolean, 
/**
 * Whether there is one to do again.
 */
can_redo: boolean, 
/**
 * What a person should know of the last edit in force; empty for one of an earlier session.
 */
notes: Array<Text>, 
/**
 * Ground the last edit in force moved; empty for one of an earlier session.
 */
moved: Array<Moved>, };

/**
 * The way along the draft's boundaries from one place of them to another.
 */
export type DraftTrace = { 
/**
 * A place the pointer snapped to.
 */
from: [number, number], 
/**
 * Another.
 */
to: [number, number], };

/**
 * A vertex.
 */
export type DraftVertex = { 
/**
 * Where, exact.
 */
place: Place, 
/**
 * Three boundaries or more meet here.
 */
junction: boolean, };

/**
 * The vertices, and the edges between them.
 */
export type DraftVertices = { 
/**
 * Vertices in the box, each place once.
 */
vertices: Array<DraftVertex>, 
/**
 * Edges that may touch the box, by their ends, each once.
 */
edges: Array<[Place, Place]>, 
/**
 * There were more than a person can tell apart: a smaller box gives all of them.
 */
cut_short: boolean, };

/**
 * Vertices of zones of the draft within a box.
 */
export type DraftVerticesAsked = { 
/**
 * The zones, by id.
 */
zones: Array<string>, 
/**
 * The box.
 */
bounds: [number, number, number, number], };

/**
 * A zone of the draft.
 */
export type DraftZone = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Class, canonical.
 */
class: string | null, 
/**
 * Tier, canonical.
 */
tier: string | null, 
/**
 * Member kind.
 */
kind: string | null, 
/**
 * Classification code.
 */
code: string | null, 
/**
 * Its areas.
 */
area: Area, };

/**
 * Which zone of the draft lies here?
 */
export type DraftZoneAt = { 
/**
 * The place.
 */
at: [number, number], };

/**
 * The drafts of the workspace, and the layers that can be drafted.
 */
export type Drafts = { 
/**
 * Layers, by role then name.
 */
layers: Array<DraftLayer>, 
/**
 * Drafts that are open in the workspace, in the order they were started.
 */
open: Array<Draft>, 
/**
 * The one this desk edits.
 */
editing: Draft | null, 
/**
 * Who else edits the workspace, as a sentence; drafts can then be read only.
 */
being_edited_by: Text | null, };

/**
 * One change of a footprint. Places are the pointer's; the engine works in the plane.
 */
export type Edit = { "do": "move", 
/**
 * Where it was taken.
 */
from: [number, number], 
/**
 * Where it is now.
 */
to: [number, number], } | { "do": "move-vertex", 
/**
 * Which.
 */
vertex: VertexAt, 
/**
 * Where to.
 */
to: [number, number], } | { "do": "insert-vertex", 
/**
 * Where the edge begins.
 */
vertex: VertexAt, 
/**
 * Where the new one is.
 */
to: [number, number], } | { "do": "delete-vertex", 
/**
 * Which.
 */
vertex: VertexAt, } | { "do": "draw", 
/**
 * Its points in order, not closed.
 */
points: Array<[number, number]>, } | { "do": "reset" } | { "do": "look" };

/**
 * An edit to be planned or made.
 */
export type EditAsked = { 
/**
 * The edit; places are metres in the plane.
 */
edit: ZoneEdit, };

/**
 * What an edit would do: nothing is written.
 */
export type EditPlan = { 
/**
 * The boundaries that would come to be, as lines: what of a changed zone's outline was there before is
 * left out.
 */
boundaries: GeoJSON.FeatureCollection, 
/**
 * The ground that would change hands.
 */
moved: Array<Moved>, 
/**
 * What a person should know of it.
 */
notes: Array<Text>, 
/**
 * Why it cannot be made.
 */
refusal: EditRefusal | null, };

/**
 * Why an edit is not made, and where.
 */
export type EditRefusal = { 
/**
 * Stable kebab-case code.
 */
code: string, 
/**
 * The sentence.
 */
text: Text, 
/**
 * The place, where it has one.
 */
at: Place | null, };

/**
 * Write a comparison of two revisions as a paper: its map and its ledger.
 */
export type ExportChanges = { 
/**
 * The layer's name.
 */
layer: string, 
/**
 * The revision compared from.
 */
from: number, 
/**
 * The revision compared to.
 */
to: number, 
/**
 * As what.
 */
format: ReportFormat, 
/**
 * Language of headings and fixed sentences.
 */
lang: Lang, 
/**
 * 编制单位.
 */
unit: string, 
/**
 * 编号.
 */
number: string, 
/**
 * 密级.
 */
secrecy: string, 
/**
 * Where to; `null` puts it into the desk's outbox.
 */
path: string | null, };

/**
 * A file format a review is written in.
 */
export type ExportFormat = "json" | "geojson" | "xlsx";

/**
 * Write a review's report.
 */
export type ExportReport = { 
/**
 * The review.
 */
review: number, 
/**
 * As what.
 */
format: ReportFormat, 
/**
 * Language of headings and fixed sentences.
 */
lang: Lang, 
/**
 * Title; empty: the usual one.
 */
title: string, 
/**
 * 编制单位.
 */
unit: string, 
/**
 * 编号.
 */
number: string, 
/**
 * 密级.
 */
secrecy: string, 
/**
 * Who decided; `null`: the report reads 系统初判.
 */
decided_by: string | null, 
/**
 * Whether maps are in it: the whole, and each overlap.
 */
maps: boolean, 
/**
 * Where to; `null` puts it into the desk's outbox.
 */
path: string | null, };

/**
 * Write a review.
 */
export type ExportReview = { 
/**
 * The review.
 */
review: number, 
/**
 * As what.
 */
format: ExportFormat, 
/**
 * Where to; `null` puts it into the desk's outbox, from which the front offers it.
 */
path: string | null, 
/**
 * Language of its headings.
 */
lang: Lang, };

/**
 * Write a sheet.
 */
export type ExportSheet = { 
/**
 * The sheet.
 */
sheet: SheetAsked, 
/**
 * As what.
 */
format: SheetFormat, 
/**
 * Dots an inch of a picture.
 */
dpi: number, 
/**
 * Where to; `null` puts it into the desk's outbox, from which the front offers it.
 */
path: string | null, };

/**
 * Write a revision of a layer as a file.
 */
export type ExportVersion = { 
/**
 * Its name.
 */
layer: string, 
/**
 * Which revision.
 */
revision: number, 
/**
 * Where to, the extension says the format (`.gpkg`, `.shp`, `.geojson`); `null` puts a GeoPackage
 * into the desk's outbox, from which the front offers it.
 */
path: string | null, };

/**
 * A file written.
 */
export type Exported = { 
/**
 * Where it is.
 */
path: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its size, bytes.
 */
bytes: number, };

/**
 * What of a zone's facts changes; what is left out stays.
 */
export type FactsEdit = { 
/**
 * New id, unique in the layer.
 */
id: string | null, 
/**
 * New name.
 */
name: string | null, 
/**
 * New class; empty text takes it away.
 */
class: string | null, 
/**
 * New tier; empty text takes it away.
 */
tier: string | null, 
/**
 * New member kind; empty text takes it away.
 */
kind: string | null, 
/**
 * New code; empty text takes it away.
 */
code: string | null, };

/**
 * A rounded area both ways. The ellipsoidal parts of a plot and layer sum to the plot's; so do the
 * planar ones.
 */
export type Figure = { 
/**
 * On the ellipsoid.
 */
ellipsoidal: number, 
/**
 * In the plane.
 */
planar: number, 
/**
 * Share of the plot in per cent, of the ellipsoidal area.
 */
percent: number, };

/**
 * Figures of every plot, in the order of the record.
 */
export type Figures = { 
/**
 * The unit.
 */
unit: AreaUnitName, 
/**
 * Decimals to show.
 */
decimals: number, 
/**
 * One entry a plot, `1.2`.
 */
plots: Array<PlotFigures>, };

/**
 * The figures of a review as tables show them: rounded once, so that parts sum to wholes.
 */
export type FiguresAsked = { 
/**
 * The review.
 */
review: number, 
/**
 * `m2`, `ha` or `mu`.
 */
unit: AreaUnitName, };

/**
 * A file by name and content.
 */
export type FileRecord = { 
/**
 * File name without folders.
 */
file: string, 
/**
 * Hex SHA-256.
 */
sha256: string, };

/**
 * One finding.
 */
export type FindingRecord = { 
/**
 * Rule id.
 */
rule: string, 
/**
 * Clause, in the law's language.
 */
clause: string, 
/**
 * Citation.
 */
source: string, 
/**
 * Whether the clause was confirmed against its source.
 */
verified: boolean, 
/**
 * What the rule says.
 */
outcome: Outcome, 
/**
 * Why, Chinese.
 */
reason: string, 
/**
 * Why, English.
 */
reason_en: string, 
/**
 * Papers to attach.
 */
attachments: Array<string>, };

/**
 * A plot that comes out otherwise.
 */
export type Flip = { 
/**
 * The review's id.
 */
review: string, 
/**
 * Date the review was made for.
 */
date: string, 
/**
 * The project file.
 */
file: string, 
/**
 * The plot, by its name or id.
 */
plot: string, 
/**
 * The outcome as it stands in the record.
 */
recorded: Outcome, 
/**
 * On the draft's base.
 */
before: Outcome, 
/**
 * On the draft.
 */
after: Outcome, 
/**
 * What of the plot the layer covers on the base, ellipsoidal m².
 */
covered_before_m2: number, 
/**
 * What of the plot the layer covers on the draft, ellipsoidal m².
 */
covered_after_m2: number, 
/**
 * Clause and reason of the finding that makes the later outcome.
 */
why: Text | null, 
/**
 * The ground within the plot that changes hands.
 */
moved: Array<Moved>, };

/**
 * A GeoJSON MultiPolygon in the workspace's plane: `{"type": "MultiPolygon", "coordinates": …}`.
 */
export type Geometry = { 
/**
 * Always `MultiPolygon`.
 */
type: string, 
/**
 * Polygons, rings (shell first), points.
 */
coordinates: Array<Array<Array<[number, number]>>>, };

/**
 * What the person says of the project.
 */
export type Given = { 
/**
 * Activity code.
 */
activity: string | null, 
/**
 * Stage.
 */
stage: Stage | null, 
/**
 * GB/T 4754 industry.
 */
industry: string | null, 
/**
 * Rule book id or path; `null` takes the workspace's.
 */
rules: string | null, 
/**
 * Date of the review, `YYYY-MM-DD`.
 */
date: string, 
/**
 * Asks for no land inside the red line.
 */
no_land: boolean, 
/**
 * Against the layers as they stood on this day.
 */
layers_as_of: string | null, 
/**
 * Limit of slivers, m².
 */
sliver_m2: number | null, 
/**
 * Opinion files.
 */
opinions: Array<OpinionGiven>, 
/**
 * Keys of single plots, where they differ.
 */
plots: Array<PlotKeysGiven>, };

/**
 * A figure that a plan states of its layers: what `redline areas` compares with.
 */
export type Goal = { 
/**
 * Layer it is about; `None` for the whole city.
 */
role: LayerRole | null, 
/**
 * Class (red line), or the land-use class in the plan's words.
 */
class: string | null, 
/**
 * Tier.
 */
tier: string | null, 
/**
 * Area stated, km².
 */
km2: number | null, 
/**
 * Share of the city stated, percent.
 */
percent: number | null, 
/**
 * The words that state it.
 */
clause: string, 
/**
 * Citation.
 */
source: string, 
/**
 * What contradicts it within the same plan.
 */
contradiction: Text | null, };

/**
 * The goals of the open workspace.
 */
export type Goals = { 
/**
 * The goals.
 */
goals: Array<Goal>, 
/**
 * They were set in this workspace; else they are those its rule book states.
 */
own: boolean, };

/**
 * Hatch lines.
 */
export type Hatch = { 
/**
 * Direction, degrees from east anticlockwise.
 */
angle_deg: number, 
/**
 * Crossed by lines at right angles.
 */
cross: boolean, 
/**
 * Distance between lines, px.
 */
spacing_px: number, 
/**
 * Width, px.
 */
width_px: number, 
/**
 * `#rrggbb`.
 */
colour: string, };

/**
 * A held review.
 */
export type HeldReview = { 
/**
 * Its number.
 */
review: number, };

/**
 * How far to clear?
 */
export type HowToClear = { 
/**
 * The review.
 */
review: number, 
/**
 * The plot, `1.2`.
 */
plot: string, 
/**
 * An overlap's id, whose layer, class and tier are to be cleared; `null`: everything prohibited or
 * conditional.
 */
overlap: string | null, 
/**
 * Largest shift to look for, metres.
 */
limit_m: number, };

/**
 * A zone at a place.
 */
export type Identified = { 
/**
 * The zone.
 */
zone: ZoneRecord, 
/**
 * Title of its layer.
 */
layer_title: string, 
/**
 * Its class, tier or land use, for people.
 */
words: Text, 
/**
 * Classification code (DLBM), if any.
 */
code: string | null, 
/**
 * Its areas.
 */
area: Area, 
/**
 * What its source declares, m².
 */
declared_m2: number | null, 
/**
 * Every other attribute, as text.
 */
attributes: Array<[string, string]>, 
/**
 * Its outline, thinned for display where it is long.
 */
outline: Array<Array<Array<[number, number]>>>, };

/**
 * What lies here?
 */
export type Identify = { 
/**
 * The place.
 */
at: [number, number], };

/**
 * A sliver under the setting.
 */
export type Ignored = { 
/**
 * Zone id.
 */
zone: string, 
/**
 * Area on the ellipsoid, m².
 */
area_m2: number, 
/**
 * Area in the plane, m².
 */
planar_m2: number, };

/**
 * One file of a batch.
 */
export type InboxRow = { 
/**
 * Place in `record.projects`, from 0.
 */
project: number, 
/**
 * File name.
 */
file: string, 
/**
 * Its outcome; `null` where it could not be used.
 */
outcome: Outcome | null, 
/**
 * Whether a person must look: not usable, or neither clear nor permitted.
 */
flagged: boolean, 
/**
 * The one reason that weighs most.
 */
reason: Text, 
/**
 * How many plots.
 */
plots: number, 
/**
 * Bounds.
 */
bounds: [number, number, number, number] | null, };

/**
 * Land use beneath a plot, one row a code.
 */
export type LandUse = { 
/**
 * DLBM.
 */
code: string, 
/**
 * DLMC.
 */
name: string, 
/**
 * `agricultural`, `construction` or `unused`; empty where unknown.
 */
great_class: string, 
/**
 * Area on the ellipsoid, m².
 */
ellipsoidal_m2: number, 
/**
 * Area in the plane, m².
 */
planar_m2: number, };

/**
 * What the land-use rows do not account for: Σ rows − double_counted + uncovered = plot.
 */
export type LandUseRest = { 
/**
 * Whether a land-use layer is loaded at all.
 */
loaded: boolean, 
/**
 * No parcel there, m² on the ellipsoid.
 */
uncovered_m2: number, 
/**
 * Counted twice by overlapping parcels, m².
 */
double_counted_m2: number, };

/**
 * A language the product speaks.
 */
export type Lang = "zh" | "en";

/**
 * The sum of one layer under one plot.
 */
export type LayerFigures = { 
/**
 * Layer name.
 */
layer: string, 
/**
 * Slivers left out, in the record's order.
 */
ignored: Array<Figure>, 
/**
 * Counted twice; negative.
 */
double_counted: Figure, 
/**
 * Outside.
 */
outside: Figure, };

/**
 * A finding about a layer as a whole, or about the plot itself.
 */
export type LayerFinding = { 
/**
 * Role of the layer it is about; `null` where it is about the plot itself: its place, its keys.
 */
role: LayerRole | null, 
/**
 * Layer name; empty where no such layer is loaded, or where it is about the plot.
 */
layer: string, 
/**
 * Area of the plot concerned, m² on the ellipsoid.
 */
area_m2: number, 
/**
 * Rule id.
 */
rule: string, 
/**
 * Clause, in the law's language.
 */
clause: string, 
/**
 * Citation.
 */
source: string, 
/**
 * Whether the clause was confirmed against its source.
 */
verified: boolean, 
/**
 * What the rule says.
 */
outcome: Outcome, 
/**
 * Why, Chinese.
 */
reason: string, 
/**
 * Why, English.
 */
reason_en: string, 
/**
 * Papers to attach.
 */
attachments: Array<string>, };

/**
 * One layer as it stood.
 */
export type LayerRecord = { 
/**
 * Name within the workspace.
 */
name: string, 
/**
 * Title for people.
 */
title: string, 
/**
 * What it is for.
 */
role: LayerRole, 
/**
 * Where it came from, as imported.
 */
source: string, 
/**
 * Date of the revision, `YYYY-MM-DD`.
 */
date: string, 
/**
 * Number of the revision.
 */
revision: number, 
/**
 * Content hash over its features in canonical order, hex SHA-256.
 */
sha256: string, 
/**
 * Stated extent: min east, min north, max east, max north; `null` where none is known.
 */
extent: [number, number, number, number] | null, 
/**
 * Whether the rule book speaks of this role.
 */
judged: boolean, 
/**
 * Another program changed its table since the import: revision, hash and area sums no longer
 * speak of what is there. Absent where it is not so.
 */
edited_outside?: boolean, };

/**
 * What a layer is for. Serialized as the command line spells it.
 */
export type LayerRole = "red-line" | "control-line" | "farmland" | "growth-boundary" | "land-use" | "district";

/**
 * How a layer is shown.
 */
export type LayerShown = { 
/**
 * Layer name.
 */
name: string, 
/**
 * Whether it is drawn.
 */
visible: boolean, 
/**
 * 0–1.
 */
opacity: number, };

/**
 * The sum of one judged layer: Σ overlaps − double_counted + Σ ignored + outside = plot, on the
 * ellipsoid; the same holds for the figures under `planar`.
 */
export type LayerSum = { 
/**
 * Layer name.
 */
layer: string, 
/**
 * Area of the union of all overlaps, ignored ones included, m² on the ellipsoid.
 */
covered: number, 
/**
 * What overlapping zones count twice, m².
 */
double_counted: number, 
/**
 * Slivers left out.
 */
ignored: Array<Ignored>, 
/**
 * What no zone of the layer covers, m².
 */
outside: number, 
/**
 * The same in the plane.
 */
planar: PlanarSum, };

/**
 * Covered area of one layer.
 */
export type LayerTotal = { 
/**
 * Layer name.
 */
layer: string, 
/**
 * Area on the ellipsoid (椭球面积).
 */
ellipsoidal_m2: number, 
/**
 * Area in the projected plane (平面面积).
 */
planar_m2: number, };

/**
 * A layer of an open workspace.
 */
export type LayerView = { 
/**
 * Name within the workspace.
 */
name: string, 
/**
 * Title for people.
 */
title: string, 
/**
 * What it is for.
 */
role: LayerRole, 
/**
 * Its revision's number.
 */
revision: number, 
/**
 * Its revision's date.
 */
date: string, 
/**
 * The file it came from.
 */
source: string, 
/**
 * Content hash.
 */
sha256: string, 
/**
 * How many zones.
 */
features: number, 
/**
 * Summed areas of its zones.
 */
area: Area, 
/**
 * Bounds; `null` where it is empty.
 */
bounds: [number, number, number, number] | null, 
/**
 * Another program changed it since it was imported.
 */
edited_outside: boolean, 
/**
 * Path of its tiles below the front's tile address: `{tiles}/{z}/{x}/{y}.mvt`, MVT layer `zones`,
 * properties `k` (key in `legend`), `id`, `n` (name).
 */
tiles: string, 
/**
 * Coarsest zoom there are tiles for.
 */
min_zoom: number, 
/**
 * Finest zoom there are tiles for.
 */
max_zoom: number, 
/**
 * How it is drawn, by key, with areas.
 */
legend: Array<LegendEntry>, };

/**
 * Area in (调入), out (调出) and net against the draft's base.
 */
export type Ledger = { 
/**
 * By tier or class.
 */
rows: Array<LedgerRow>, 
/**
 * Ground of the layer as a whole.
 */
total: LedgerRow, 
/**
 * The plan's goals for this layer.
 */
goals: Array<LedgerGoal>, 
/**
 * More ground leaves the layer than comes to it.
 */
warning: Text | null, };

/**
 * A goal before and after the draft; areas on the ellipsoid, m².
 */
export type LedgerGoal = { 
/**
 * What is to reach it.
 */
name: Text, 
/**
 * What it asks for; `null` for a share of a city that no layer of districts states.
 */
goal_m2: number | null, 
/**
 * What was there.
 */
before_m2: number, 
/**
 * What is there now.
 */
after_m2: number, 
/**
 * Whether it held; `null` where that cannot be told.
 */
holds_before: boolean | null, 
/**
 * Whether it holds now; `null` where that cannot be told.
 */
holds_after: boolean | null, };

/**
 * One line of the ledger, m².
 */
export type LedgerRow = { 
/**
 * Tier or class, for people.
 */
key: Text, 
/**
 * Class, canonical.
 */
class: string | null, 
/**
 * Tier, canonical.
 */
tier: string | null, 
/**
 * Ground that came.
 */
in_m2: Area, 
/**
 * Ground that went.
 */
out_m2: Area, 
/**
 * The difference.
 */
net_m2: Area, };

/**
 * One line of the legend.
 */
export type LegendEntry = { 
/**
 * What tiles carry as `k`; empty where the whole layer is drawn alike.
 */
key: string, 
/**
 * For people.
 */
name: Text, 
/**
 * How many zones.
 */
features: number, 
/**
 * Their areas.
 */
area: Area, 
/**
 * How it is drawn.
 */
symbol: Symbol, };

/**
 * Where is this?
 */
export type Locate = { 
/**
 * The place.
 */
at: [number, number], };

/**
 * A point's zone.
 */
export type Location = { 
/**
 * East, north, metres.
 */
point: [number, number], 
/**
 * The zone.
 */
zone: ZoneRecord, 
/**
 * Strictest of its findings.
 */
outcome: Outcome, 
/**
 * Findings.
 */
findings: Array<FindingRecord>, };

/**
 * Make a map set. A set that was begun in the folder goes on: sheets that would come out the same
 * are kept.
 */
export type MakeAtlas = { 
/**
 * What it has a sheet for.
 */
by: AtlasBy, 
/**
 * The layer, where it is by zone.
 */
layer: string | null, 
/**
 * How its sheets look. Its subject is the city, or the review whose projects it is by.
 */
sheet: SheetAsked, 
/**
 * As what the sheets are written.
 */
format: SheetFormat, 
/**
 * Dots an inch of pictures.
 */
dpi: number, 
/**
 * The folder, made where it is missing; `null` takes a new one among the person's documents.
 */
folder: string | null, };

/**
 * Where to make the sample city, and how large.
 */
export type MakeSample = { 
/**
 * Folder to write into; `null` takes the person's documents.
 */
dir: string | null, 
/**
 * Land-use parcels; `null` takes 20 000.
 */
parcels: number | null, };

/**
 * How long, how large?
 */
export type Measure = { 
/**
 * Points in order.
 */
points: Array<[number, number]>, 
/**
 * Whether they enclose an area.
 */
closed: boolean, };

/**
 * Lengths and area of what was drawn.
 */
export type Measured = { 
/**
 * The points in the plane.
 */
places: Array<Place>, 
/**
 * Length of each segment in the plane, metres (with the closing one where closed).
 */
segments_m: Array<number>, 
/**
 * Sum in the plane, metres.
 */
length_planar_m: number, 
/**
 * Sum on the ellipsoid (geodesic), metres.
 */
length_ellipsoidal_m: number, 
/**
 * Area, where closed and simple.
 */
area: Area | null, 
/**
 * Why there is no area: the line crosses itself.
 */
trouble: Text | null, };

/**
 * Mend a defect.
 */
export type MendDefect = { 
/**
 * Which.
 */
key: string, 
/**
 * By which of its remedies.
 */
remedy: string, };

/**
 * Something both drafts changed otherwise.
 */
export type MergeConflict = { 
/**
 * What it is decided by.
 */
key: string, 
/**
 * Whose the ground was in the common revision, or the zone; `null` nobody's.
 */
was: Text | null, 
/**
 * Whose it is here, or what the zone is here; `null` nobody's, or gone.
 */
mine: Text | null, 
/**
 * Whose it is in the other draft, or what the zone is there; `null` nobody's.
 */
theirs: Text | null, 
/**
 * It is about what a zone is called or counted as, not about ground.
 */
facts: boolean, 
/**
 * How much ground.
 */
area: Area | null, 
/**
 * Where.
 */
at: Place | null, 
/**
 * The ground, or the zone.
 */
geometry: GeoJSON.Geometry | null, };

/**
 * How a conflict was decided.
 */
export type MergeDecision = { 
/**
 * Which.
 */
key: string, 
/**
 * The other draft's side is taken; else this one's stays.
 */
theirs: boolean, };

/**
 * Bring another draft in.
 */
export type MergeDraft = { 
/**
 * Its number.
 */
id: number, 
/**
 * Every conflict that was listed, and how it was decided.
 */
decided: Array<MergeDecision>, };

/**
 * What bringing another draft in would do.
 */
export type MergePlan = { 
/**
 * The other draft.
 */
with: Draft, 
/**
 * Ground that only it moved: it comes over.
 */
taken: Array<Moved>, 
/**
 * Zones that only it calls or counts otherwise: that comes over.
 */
facts: Array<string>, 
/**
 * What both changed otherwise: to be decided one by one.
 */
conflicts: Array<MergeConflict>, };

/**
 * Ground that changes hands.
 */
export type Moved = { 
/**
 * Whose it was; `null` nobody's.
 */
from: Text | null, 
/**
 * Whose it is; `null` nobody's.
 */
to: Text | null, 
/**
 * How much.
 */
area: Area, 
/**
 * Which, in degrees.
 */
geometry: GeoJSON.MultiPolygon, };

/**
 * A note and whether it still stands.
 */
export type NoteChange = { 
/**
 * `cleared`, `remaining` or `new`.
 */
state: string, 
/**
 * File.
 */
file: string, 
/**
 * The note.
 */
note: NoteRecord, };

/**
 * One note.
 */
export type NoteRecord = { 
/**
 * Stable code.
 */
code: string, 
/**
 * How much it matters.
 */
severity: Severity, 
/**
 * The sentence, Chinese.
 */
message: string, 
/**
 * The sentence, English.
 */
message_en: string, 
/**
 * Plot id.
 */
plot?: string, 
/**
 * Ring, from 1.
 */
ring?: number, 
/**
 * Point as the source names it.
 */
point?: string, 
/**
 * Area concerned, m².
 */
area_m2?: number, 
/**
 * A person looked at it and accepted it. Only warnings about a project file can be: what an
 * error left out is not there to be accepted.
 */
accepted?: boolean, };

/**
 * Nothing asked, or nothing to answer.
 */
export type Nothing = Record<symbol, never>;

/**
 * What the official form says of the red line.
 */
export type OfficialRecord = { 
/**
 * 1–4 as the official form numbers them; `null` where none can be stated.
 */
number: number | null, 
/**
 * The sentence, or why none can be stated, Chinese.
 */
sentence: string, 
/**
 * The sentence, English.
 */
sentence_en: string, };

/**
 * Open a saved review.
 */
export type OpenSaved = { 
/**
 * Its id.
 */
id: string, };

/**
 * Which workspace to open.
 */
export type OpenWorkspace = { 
/**
 * The GeoPackage.
 */
path: string, 
/**
 * Reviews held that nobody saved may be let go; without it they stand in the way
 * (`reviews-unsaved`).
 */
let_go?: boolean, };

/**
 * An opinion file.
 */
export type OpinionGiven = { 
/**
 * Where it is.
 */
path: string, 
/**
 * `limited-activity` or `unavoidability`; `null` takes the kind the activity calls for.
 */
kind: string | null, };

/**
 * An opinion file.
 */
export type OpinionRecord = { 
/**
 * File name without folders.
 */
file: string, 
/**
 * Hex SHA-256.
 */
sha256: string, 
/**
 * `limited-activity` or `unavoidability`.
 */
kind: string, 
/**
 * CRS its own evidence led to, `EPSG:N`.
 */
crs: string, 
/**
 * Its ground in the workspace's plane; older records do not hold it.
 */
geometry?: Geometry, };

/**
 * What a review says of a place. Ordered: a greater outcome is stricter.
 */
export type Outcome = "clear" | "permitted" | "conditional" | "manual" | "prohibited";

/**
 * Area whose strictest outcome is this one.
 */
export type OutcomeTotal = { 
/**
 * The outcome.
 */
outcome: Outcome, 
/**
 * Area on the ellipsoid (椭球面积).
 */
ellipsoidal_m2: number, 
/**
 * Area in the projected plane (平面面积).
 */
planar_m2: number, };

/**
 * One clipped overlap with its findings.
 */
export type Overlap = { 
/**
 * Number within the review, `project.plot.n`; the map shows `n`.
 */
id: string, 
/**
 * The zone.
 */
zone: ZoneRecord, 
/**
 * Areas.
 */
area: Area, 
/**
 * Share of the plot's ellipsoidal area, 0–1.
 */
share: number, 
/**
 * The clipped polygon.
 */
geometry: Geometry, 
/**
 * Strictest of its findings.
 */
outcome: Outcome, 
/**
 * All findings, strictest first.
 */
findings: Array<FindingRecord>, };

/**
 * A paper written, and what a reader must know of it.
 */
export type PaperWritten = { 
/**
 * The file.
 */
file: Exported, 
/**
 * Remarks.
 */
remarks: Array<Text>, };

/**
 * A place in both kinds of coordinates.
 */
export type Place = { 
/**
 * Degrees.
 */
at: [number, number], 
/**
 * Metres east in the workspace's plane (with its zone prefix where it has one).
 */
east: number, 
/**
 * Metres north.
 */
north: number, };

/**
 * The planar twin of [`LayerSum`].
 */
export type PlanarSum = { 
/**
 * Union of the overlaps, m².
 */
covered: number, 
/**
 * Counted twice, m².
 */
double_counted: number, 
/**
 * Outside, m².
 */
outside: number, };

/**
 * Areas of a plot, m².
 */
export type PlotArea = { 
/**
 * On the ellipsoid.
 */
ellipsoidal_m2: number, 
/**
 * In the plane.
 */
planar_m2: number, 
/**
 * As the source declares it.
 */
declared_m2: number | null, };

/**
 * A plot then and now.
 */
export type PlotChange = { 
/**
 * Number then (`1.2`), if it was there.
 */
before: string | null, 
/**
 * Number now, if it is there.
 */
after: string | null, 
/**
 * Id and name for people.
 */
name: string, 
/**
 * Outcome then and now.
 */
outcome: [Outcome | null, Outcome | null], 
/**
 * Ellipsoidal area then and now, m².
 */
area_m2: [number | null, number | null], 
/**
 * Area in either version but not in both, m².
 */
moved_m2: number | null, };

/**
 * Figures of one plot.
 */
export type PlotFigures = { 
/**
 * `project.plot`.
 */
plot: string, 
/**
 * The plot's area.
 */
area: Figure, 
/**
 * Its overlaps by id.
 */
overlaps: Array<[string, Figure]>, 
/**
 * Per judged layer what is ignored, counted twice and outside.
 */
layers: Array<LayerFigures>, 
/**
 * Land use by code, in the record's order.
 */
land_use: Array<Figure>, 
/**
 * Counted twice by overlapping parcels; negative.
 */
land_use_twice: Figure, 
/**
 * No parcel there.
 */
land_use_uncovered: Figure, };

/**
 * Keys of one plot.
 */
export type PlotKeysGiven = { 
/**
 * File name, as the review shows it.
 */
file: string, 
/**
 * Plot id.
 */
plot: string, 
/**
 * Activity code.
 */
activity: string | null, 
/**
 * Stage.
 */
stage: Stage | null, 
/**
 * Industry.
 */
industry: string | null, };

/**
 * One plot reviewed.
 */
export type PlotReview = { 
/**
 * Identifier in its file.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Its own keys, where they differ from the review's.
 */
activity?: ActivityRecord, 
/**
 * Strictest outcome of its findings.
 */
outcome: Outcome, 
/**
 * What the official form says of the red line.
 */
official: OfficialRecord, 
/**
 * Footprint in the workspace's plane.
 */
geometry: Geometry, 
/**
 * Its areas.
 */
area: PlotArea, 
/**
 * Overlaps with judged layers, strictest first then by zone.
 */
overlaps: Array<Overlap>, 
/**
 * Lines: where and how far they run inside a zone.
 */
crossings?: Array<Crossing>, 
/**
 * Points: the zones they stand in.
 */
locations?: Array<Location>, 
/**
 * Findings that belong to a layer as a whole: no data, outside the growth boundary.
 */
findings: Array<LayerFinding>, 
/**
 * The sum per judged layer.
 */
layers: Array<LayerSum>, 
/**
 * Land use beneath.
 */
land_use: Array<LandUse>, 
/**
 * What the land-use layer leaves open or counts twice.
 */
land_use_rest: LandUseRest, };

/**
 * What is remembered between sessions. Everything absent takes its default in the window.
 */
export type Preferences = { 
/**
 * `zh` or `en`.
 */
lang?: string, 
/**
 * `light`, `dark` or `system`.
 */
theme?: string, 
/**
 * `m2`, `ha` or `mu`.
 */
unit?: string, 
/**
 * `ellipsoidal` or `planar`: which area leads.
 */
measure?: string, 
/**
 * Widths of the side panels in px, 0 where folded: left, right.
 */
panels?: [number, number], 
/**
 * Rule book last used.
 */
rules?: string, 
/**
 * 编制单位 last written on a sheet.
 */
publisher?: string, 
/**
 * Order, visibility and opacity of layers, by layer name, topmost first.
 */
layers?: Array<LayerShown>, 
/**
 * Where the map stood in which workspace: path, then west, south, east, north.
 */
place?: [string, [number, number, number, number]], };

/**
 * Show what a file would be, read so.
 */
export type PreviewReading = { 
/**
 * The file.
 */
file: string, 
/**
 * How to read it.
 */
reading: Reading, };

/**
 * Draw a sheet to be looked at.
 */
export type PreviewSheet = { 
/**
 * The sheet.
 */
sheet: SheetAsked, 
/**
 * Pixels along the longer side of the picture, 200–4000.
 */
pixels: number, };

/**
 * One project file of a preview.
 */
export type PreviewedFile = { 
/**
 * Name without folders.
 */
file: string, 
/**
 * Why it could not be used so.
 */
error: Text | null, 
/**
 * CRS it was read in.
 */
crs: string, 
/**
 * The evidence.
 */
crs_evidence: Array<Text>, 
/**
 * Notes.
 */
notes: Array<NoteRecord>, 
/**
 * Plots.
 */
plots: Array<PreviewedPlot>, };

/**
 * One plot of a preview.
 */
export type PreviewedPlot = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Its footprint as it is used, repaired.
 */
outline: Array<Array<Array<[number, number]>>>, 
/**
 * Its rings as the file draws them, before any repair.
 */
drawn: Array<Array<[number, number]>>, 
/**
 * Where they differ, an area (m²); 0 where nothing was repaired.
 */
repaired_m2: number, 
/**
 * Its areas as it is used.
 */
area: PlotArea, };

/**
 * One project file reviewed, or why it could not be.
 */
export type ProjectReview = { 
/**
 * File name without folders.
 */
file: string, 
/**
 * Hex SHA-256; empty where the file could not be read at all.
 */
sha256: string, 
/**
 * `EPSG:N` it was read in; empty with `error`.
 */
crs: string, 
/**
 * The evidence for that CRS, Chinese.
 */
crs_evidence: Array<string>, 
/**
 * The evidence, English.
 */
crs_evidence_en: Array<string>, 
/**
 * Why the file could not be used, Chinese.
 */
error?: string, 
/**
 * The same, English.
 */
error_en?: string, 
/**
 * Strictest outcome of its plots; `null` with `error`.
 */
outcome: Outcome | null, 
/**
 * Import notes.
 */
notes: Array<NoteRecord>, 
/**
 * Plots, in source order.
 */
plots: Array<PlotReview>, 
/**
 * Totals over the union of the plots.
 */
totals: Totals, };

/**
 * How a file is to be read where the person overrules the evidence.
 */
export type Reading = { 
/**
 * `EPSG:N`.
 */
crs: string | null, 
/**
 * `as-written` (as the format has it) or `swapped`; `null` leaves it to the evidence.
 */
axes: string | null, 
/**
 * Full width in metres that makes a footprint of a line.
 */
width_m: number | null, };

/**
 * What a file would be, read so.
 */
export type ReadingPreview = { 
/**
 * One entry a project file in it.
 */
files: Array<PreviewedFile>, 
/**
 * Bounds of all plots.
 */
bounds: [number, number, number, number] | null, };

/**
 * A workspace opened before.
 */
export type Recent = { 
/**
 * Where it is.
 */
path: string, 
/**
 * File name.
 */
file: string, 
/**
 * The city's name; may be empty.
 */
city: string, };

/**
 * How the red line lies to the control line, as the workspace states it.
 */
export type Relation = { 
/**
 * The red line must lie within tier 1: an edit that breaks it is refused. Else it is noted.
 */
binding: boolean, };

/**
 * A file format of a report.
 */
export type ReportFormat = "pdf" | "docx";

/**
 * Make a layer again what it was.
 */
export type RestoreVersion = { 
/**
 * Its name.
 */
layer: string, 
/**
 * Which revision.
 */
revision: number, 
/**
 * Name of the new version; may be empty.
 */
title: string, 
/**
 * Who answers for it.
 */
author: string, 
/**
 * Why; may be empty.
 */
reason: string, 
/**
 * From which day it stands, `YYYY-MM-DD`.
 */
date: string, };

/**
 * A whole review (审查).
 */
export type Review = { 
/**
 * [`SCHEMA`].
 */
schema: string, 
/**
 * Version of the engine that judged.
 */
engine_version: string, 
/**
 * Date the review is made for, `YYYY-MM-DD`.
 */
date: string, 
/**
 * Strictest outcome of all projects.
 */
outcome: Outcome, 
/**
 * What it was checked against.
 */
workspace: WorkspaceRecord, 
/**
 * By which rules.
 */
rule_book: RuleBookRecord, 
/**
 * With which settings.
 */
settings: SettingsRecord, 
/**
 * The keys given for every plot that names none of its own.
 */
activity: ActivityRecord, 
/**
 * Notes about the review itself (a date outside the book's validity, precedence applied).
 */
notes: Array<NoteRecord>, 
/**
 * The project files, in the order of their names.
 */
projects: Array<ProjectReview>, };

/**
 * A review kept in the workspace.
 */
export type ReviewSaved = { 
/**
 * Its id.
 */
id: string, 
/**
 * It was there already.
 */
already: boolean, 
/**
 * Input files too large to keep.
 */
left_out: Array<string>, };

/**
 * A review held by the desk.
 */
export type ReviewView = { 
/**
 * Number by which the window speaks of it.
 */
review: number, 
/**
 * The record itself.
 */
record: Review, 
/**
 * GeoJSON FeatureCollection in degrees: a feature of `role` `plot` for every plot (id `1.2`), one of
 * `role` `overlap` for every overlap (id `1.2.3`), `location` for points, `line` for lines.
 */
features: GeoJSON.FeatureCollection, 
/**
 * The files as a list to work through, strictest first.
 */
inbox: Array<InboxRow>, 
/**
 * Bounds of all plots.
 */
bounds: [number, number, number, number] | null, 
/**
 * Warnings about the files that nobody accepted yet.
 */
open_notes: number, 
/**
 * Id it is saved under, once it is.
 */
saved: string | null, };

/**
 * The rule book that judged.
 */
export type RuleBookRecord = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Title for people.
 */
title: string, 
/**
 * Version.
 */
version: string, 
/**
 * First day it is valid, if it says.
 */
valid_from: string | null, 
/**
 * Last day it is valid, if it says.
 */
valid_to: string | null, 
/**
 * Hex SHA-256 of the book.
 */
sha256: string, };

/**
 * The sample city, made.
 */
export type SampleMade = { 
/**
 * The workspace, to be opened.
 */
workspace: string, 
/**
 * Its project files.
 */
projects: Array<string>, };

/**
 * A line of the list of saved reviews.
 */
export type SavedReview = { 
/**
 * Id.
 */
id: string, 
/**
 * Date reviewed for.
 */
date: string, 
/**
 * Outcome.
 */
outcome: Outcome, 
/**
 * Names of the project files.
 */
title: string, 
/**
 * Version of the program that made it.
 */
engine_version: string, 
/**
 * Names of the files kept with it.
 */
files: Array<string>, };

/**
 * Find by name, code, district or coordinates.
 */
export type Search = { 
/**
 * What the person typed.
 */
text: string, 
/**
 * At most so many.
 */
limit: number, };

/**
 * One thing found.
 */
export type SearchHit = { 
/**
 * `place` (coordinates), `zone`, `district`, `land-use` or `plot`.
 */
kind: string, 
/**
 * Name.
 */
title: string, 
/**
 * Where it is from: layer, code.
 */
detail: Text, 
/**
 * A point of it.
 */
at: [number, number], 
/**
 * Its bounds; for a place the place itself.
 */
bounds: [number, number, number, number], 
/**
 * For a place: its coordinates in the plane.
 */
place: Place | null, 
/**
 * For a zone: layer and id.
 */
zone: [string, string] | null, };

/**
 * Replace the goals.
 */
export type SetGoals = { 
/**
 * The new ones; an empty list is a decision too. `null`: those of the rule book again.
 */
goals: Array<Goal> | null, };

/**
 * Settings that change numbers.
 */
export type SettingsRecord = { 
/**
 * Overlaps under this area (ellipsoidal m²) are listed as ignored.
 */
sliver_m2: number, 
/**
 * Lead unit of tables: `m2`, `ha` or `mu`.
 */
units: string, 
/**
 * Step of the overlay grid, metres.
 */
grid_step_m: number, 
/**
 * Width in metres given to lines, if any.
 */
line_width_m: number | null, 
/**
 * `--layers-as-of`, if given.
 */
layers_as_of: string | null, 
/**
 * `--crs`, if given.
 */
crs_override: string | null, 
/**
 * `--axes`, if given: `as-written` or `swapped`.
 */
axes_override?: string, };

/**
 * How much a note matters.
 */
export type Severity = "info" | "warning" | "error";

/**
 * A sheet as the person describes it. Empty words take the usual ones or leave a line to write on.
 */
export type SheetAsked = { 
/**
 * What it is of.
 */
subject: SheetSubject, 
/**
 * Name of its preset, as `sheet_choices` lists them.
 */
preset: string, 
/**
 * Language of everything that is not data.
 */
lang: Lang, 
/**
 * 1:N; `null` takes the largest round scale at which everything fits.
 */
scale: number | null, 
/**
 * Middle of the map; `null` takes the middle of what is shown.
 */
centre: [number, number] | null, 
/**
 * Title; empty: the usual one.
 */
title: string, 
/**
 * 编制单位.
 */
unit: string, 
/**
 * 编号.
 */
number: string, 
/**
 * 密级.
 */
secrecy: string, 
/**
 * Date of the sheet, `YYYY-MM-DD`; `null`: a review's own date, else none.
 */
date: string | null, 
/**
 * Whether a person decided; else a review's sheet reads 系统初判.
 */
decided: boolean, 
/**
 * Whether the overlapped pieces are listed beside the map.
 */
piece_list: boolean, 
/**
 * Whether zones have their names on the map.
 */
zone_labels: boolean, 
/**
 * Whether boundary points are numbered on the map.
 */
boundary_points: boolean, 
/**
 * Whether their coordinates are listed.
 */
coordinate_table: boolean, };

/**
 * What a sheet can be made with.
 */
export type SheetChoices = { 
/**
 * Presets, the usual one first.
 */
presets: Array<SheetPreset>, 
/**
 * Round scales, 1:N, largest first.
 */
scales: Array<number>, };

/**
 * A file format of a sheet.
 */
export type SheetFormat = "pdf" | "png" | "svg";

/**
 * A preset that a sheet can begin from.
 */
export type SheetPreset = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its name for people.
 */
title: Text, 
/**
 * Width and height of its paper, millimetres.
 */
paper_mm: [number, number], };

/**
 * A sheet to be looked at: the picture is drawn by what draws the file.
 */
export type SheetPreview = { 
/**
 * The picture: a PNG as a `data:` address.
 */
picture: string, 
/**
 * Width and height of the picture, pixels.
 */
pixels: [number, number], 
/**
 * Width and height of the paper, millimetres.
 */
paper_mm: [number, number], 
/**
 * The map within its neat line, millimetres from the left and top of the paper: left, top, width, height.
 */
map_mm: [number, number, number, number], 
/**
 * The scale it came to, 1:N.
 */
scale: number, 
/**
 * Middle of the map.
 */
centre: [number, number], 
/**
 * The neat line on the ground: a closed ring with points along its sides.
 */
frame: Array<[number, number]>, 
/**
 * What a reader must know of it: merged, simplified, left out.
 */
remarks: Array<Text>, };

/**
 * What a sheet is of.
 */
export type SheetSubject = { "of": "city" } | { "of": "review", 
/**
 * Which.
 */
review: number, } | { "of": "changes", 
/**
 * Its name.
 */
layer: string, 
/**
 * The one compared from.
 */
from: number, 
/**
 * The one compared to.
 */
to: number, };

/**
 * A shift.
 */
export type Shift = { 
/**
 * Metres east.
 */
east_m: number, 
/**
 * Metres north.
 */
north_m: number, 
/**
 * Distance, metres.
 */
distance_m: number, 
/**
 * The plot there.
 */
outline: Array<Array<Array<[number, number]>>>, 
/**
 * What it would come out as there.
 */
outcome: Outcome, };

/**
 * The nearest vertex or edge of what is loaded.
 */
export type Snap = { 
/**
 * The pointer.
 */
at: [number, number], 
/**
 * How far to look, metres.
 */
tolerance_m: number, 
/**
 * Layers to snap to; empty: all that are visible to the engine.
 */
layers: Array<string>, };

/**
 * Where the pointer snapped to.
 */
export type Snapped = { 
/**
 * The place, exact.
 */
place: Place, 
/**
 * `vertex`, `edge` or `none` (then the pointer's own place).
 */
kind: string, 
/**
 * Layer snapped to.
 */
layer: string | null, };

/**
 * 建设阶段: new, rebuilt, extended or standing.
 */
export type Stage = "new" | "rebuild" | "extend" | "existing";

/**
 * A stage to choose.
 */
export type StageChoice = { 
/**
 * The stage.
 */
stage: Stage, 
/**
 * Name.
 */
name: Text, };

/**
 * What the program is and where it was left: the first question of a window.
 */
export type Start = { 
/**
 * Version of the program.
 */
version: string, 
/**
 * Workspaces opened before that are still there, newest first.
 */
recent: Array<Recent>, 
/**
 * What the person last set.
 */
preferences: Preferences, 
/**
 * Files given to the program when it was started: a workspace, project files.
 */
opened_with: Array<string>, 
/**
 * Today, `YYYY-MM-DD`, as the machine has it.
 */
today: string, 
/**
 * What went wrong with what was remembered: a damaged file set aside.
 */
notes: Array<Text>, };

/**
 * Start a draft.
 */
export type StartDraft = { 
/**
 * Layer to change.
 */
layer: string, 
/**
 * Name for people.
 */
name: string, 
/**
 * Who drafts; may be empty.
 */
author: string, };

/**
 * An outline.
 */
export type Stroke = { 
/**
 * `#rrggbb`.
 */
colour: string, 
/**
 * Width, px.
 */
width_px: number, 
/**
 * Dash and gap lengths in px; empty: solid.
 */
dash: Array<number>, };

/**
 * How something is drawn. Lengths are CSS pixels at a scale of one.
 */
export type Symbol = { 
/**
 * Fill, `#rrggbb`.
 */
fill: string | null, 
/**
 * 0–1.
 */
fill_opacity: number, 
/**
 * Hatch lines.
 */
hatch: Hatch | null, 
/**
 * Outline.
 */
stroke: Stroke | null, 
/**
 * Whether an official document gives this colour.
 */
official: boolean, };

/**
 * A table twice: with borders for documents, tab-separated for sheets.
 */
export type Table = { 
/**
 * HTML with inline borders; every text is escaped.
 */
html: string, 
/**
 * Tab-separated text.
 */
text: string, };

/**
 * The table of a review, to paste into a document.
 */
export type TableAsked = { 
/**
 * The review.
 */
review: number, 
/**
 * Unit.
 */
unit: AreaUnitName, 
/**
 * Language.
 */
lang: Lang, };

/**
 * One sentence (or word) in both languages. `Display` gives Chinese.
 */
export type Text = { 
/**
 * Chinese.
 */
zh: string, 
/**
 * English.
 */
en: string, };

/**
 * Covered area of one class and tier.
 */
export type TierTotal = { 
/**
 * Layer name.
 */
layer: string, 
/**
 * Class.
 */
class: string | null, 
/**
 * Tier.
 */
tier: string | null, 
/**
 * Area on the ellipsoid (椭球面积).
 */
ellipsoidal_m2: number, 
/**
 * Area in the projected plane (平面面积).
 */
planar_m2: number, };

/**
 * How far the tiles of a workspace are made ready.
 */
export type TilesReady = { 
/**
 * Layers whose low zooms were still to be built and now are.
 */
built: Array<string>, 
/**
 * Zones that could not be drawn, with the reason.
 */
troubles: Array<Text>, };

/**
 * Totals over the union of a project's plots.
 */
export type Totals = { 
/**
 * Covered area per judged layer.
 */
by_layer: Array<LayerTotal>, 
/**
 * Covered area per layer, class and tier.
 */
by_tier: Array<TierTotal>, 
/**
 * A partition of the union by strictest outcome.
 */
by_outcome: Array<OutcomeTotal>, 
/**
 * Area of the union of the plots.
 */
union_of_plots: Area, };

/**
 * What a trial would come out as.
 */
export type Trial = { 
/**
 * Its outline now.
 */
outline: Array<Array<Array<[number, number]>>>, 
/**
 * Its areas.
 */
area: PlotArea, 
/**
 * Strictest outcome.
 */
outcome: Outcome, 
/**
 * Its overlaps, strictest first.
 */
overlaps: Array<TrialOverlap>, 
/**
 * Findings about layers as a whole or about the plot.
 */
findings: Array<FindingRecord>, 
/**
 * How far it was moved from the file's geometry, where it was only moved: east, north, metres.
 */
moved_m: [number, number] | null, 
/**
 * Whether it differs from the file's geometry.
 */
changed: boolean, 
/**
 * Why it cannot be judged: it crosses itself.
 */
trouble: Text | null, 
/**
 * In what it is judged otherwise than its review was: a rule book changed since, opinions not at hand.
 */
notes: Array<Text>, 
/**
 * Time the engine took, milliseconds.
 */
took_ms: number, };

/**
 * One overlap of a trial.
 */
export type TrialOverlap = { 
/**
 * Number, as on the map.
 */
number: number, 
/**
 * The zone.
 */
zone: ZoneRecord, 
/**
 * Areas.
 */
area: Area, 
/**
 * Share of the plot, 0–1.
 */
share: number, 
/**
 * Outcome.
 */
outcome: Outcome, 
/**
 * The strictest finding.
 */
finding: FindingRecord | null, 
/**
 * The clipped polygon.
 */
outline: Array<Array<Array<[number, number]>>>, };

/**
 * A trim.
 */
export type Trim = { 
/**
 * What is left.
 */
outline: Array<Array<Array<[number, number]>>>, 
/**
 * What is cut off.
 */
lost: Array<Array<Array<[number, number]>>>, 
/**
 * Area lost.
 */
lost_area: Area, 
/**
 * Area left.
 */
left_area: Area, 
/**
 * Into how many pieces it falls.
 */
pieces: number, };

/**
 * Move a plot, or draw a new footprint, and see what it would overlap.
 */
export type TryEdit = { 
/**
 * Review whose plot it is; `null` for a footprint of its own.
 */
review: number | null, 
/**
 * Plot, `1.2`; empty for a footprint of its own.
 */
plot: string, 
/**
 * What changes, from the state last kept.
 */
edit: Edit, 
/**
 * Keep this state, so that the next edit starts from it (the pointer was let go).
 */
keep: boolean, 
/**
 * Keys for a footprint of its own; for a plot its review's stand.
 */
given: Given | null, };

/**
 * Unlock a reference layer.
 */
export type UnlockLayer = { 
/**
 * Its name.
 */
layer: string, };

/**
 * A revision of a layer.
 */
export type Version = { 
/**
 * Its number within the workspace.
 */
revision: number, 
/**
 * Its name; empty where it was given none.
 */
title: string, 
/**
 * Who made it.
 */
author: string, 
/**
 * Why.
 */
reason: string, 
/**
 * From which day it stands.
 */
date: string, 
/**
 * How many zones.
 */
features: number, 
/**
 * Summed areas of its zones.
 */
area: Area, 
/**
 * The file it came from.
 */
source: string, };

/**
 * The versions of a layer.
 */
export type VersionsAsked = { 
/**
 * Its name.
 */
layer: string, };

/**
 * A vertex by its place in the outline.
 */
export type VertexAt = { 
/**
 * Polygon, from 0.
 */
polygon: number, 
/**
 * Ring, from 0 (the shell).
 */
ring: number, 
/**
 * Point, from 0.
 */
point: number, };

/**
 * What would clear it.
 */
export type WaysToClear = { 
/**
 * What is cleared, for people.
 */
of: Text, 
/**
 * The smallest trim: what is left, and what is lost.
 */
trim: Trim | null, 
/**
 * The smallest shift found.
 */
shift: Shift | null, 
/**
 * Why there is no shift, or what is to be known of it.
 */
shift_note: Text, };

/**
 * The workspace a review stood on.
 */
export type WorkspaceRecord = { 
/**
 * File name without folders.
 */
file: string, 
/**
 * `EPSG:N`.
 */
crs: string, 
/**
 * The workspace's revision number at the time reviewed against.
 */
revision: number, 
/**
 * Whether the workspace says of itself that it holds sample data.
 */
sample: boolean, 
/**
 * The layers, sorted by role then name.
 */
layers: Array<LayerRecord>, };

/**
 * An open workspace.
 */
export type WorkspaceView = { 
/**
 * Where it is.
 */
path: string, 
/**
 * File name.
 */
file: string, 
/**
 * The city's name; may be empty.
 */
city: string, 
/**
 * `EPSG:N` of its plane.
 */
crs: string, 
/**
 * The plane's name for people: `CGCS2000 / 38带`.
 */
crs_name: Text, 
/**
 * Whether it holds sample data.
 */
sample: boolean, 
/**
 * Lead unit: `m2`, `ha`, `mu`.
 */
unit: string, 
/**
 * Slivers under this are listed as ignored, m².
 */
sliver_m2: number, 
/**
 * Its default rule book.
 */
rule_book: string | null, 
/**
 * Number of its newest revision.
 */
revision: number, 
/**
 * Whether it can be written (reviews saved into it).
 */
read_only: boolean, 
/**
 * Bounds of all layers; `null` where it is empty.
 */
bounds: [number, number, number, number] | null, 
/**
 * Layers, by role then name.
 */
layers: Array<LayerView>, 
/**
 * What a reader should know of it.
 */
notes: Array<NoteRecord>, };

/**
 * One edit of a coverage. Coordinates are metres in the workspace's plane, [east, north]; rings may
 * be open or closed. Serialized into the edit log, so that a log reads as what was asked.
 */
export type ZoneEdit = { "edit": "move-vertex", 
/**
 * The vertex, exactly.
 */
from: [number, number], 
/**
 * Where to.
 */
to: [number, number], } | { "edit": "insert-vertex", 
/**
 * The edge's ends, exactly.
 */
edge: [[number, number], [number, number]], 
/**
 * The new vertex.
 */
at: [number, number], } | { "edit": "delete-vertex", 
/**
 * The vertex, exactly.
 */
at: [number, number], } | { "edit": "reshape", 
/**
 * Whose boundary.
 */
zone: string, 
/**
 * The line, which must meet the boundary at least twice.
 */
line: Array<[number, number]>, } | { "edit": "split", 
/**
 * Which.
 */
zone: string, 
/**
 * The line, which must cross the zone.
 */
line: Array<[number, number]>, } | { "edit": "merge", 
/**
 * Which, at least two that touch along a boundary.
 */
zones: Array<string>, 
/**
 * Whose facts the merged zone keeps.
 */
keep: string, } | { "edit": "carve", 
/**
 * The polygon's ring.
 */
ring: Array<[number, number]>, 
/**
 * From whom.
 */
from: ZoneGround, 
/**
 * To whom.
 */
to: ZoneRecipient, } | { "edit": "remove", 
/**
 * Which.
 */
zone: string, } | { "edit": "set-facts", 
/**
 * Which.
 */
zone: string, 
/**
 * The new facts; what is left out stays.
 */
facts: Partial<FactsEdit>, } | { "edit": "rebuild", 
/**
 * Which.
 */
zone: string, } | { "edit": "simplify", 
/**
 * Whose boundaries.
 */
zones: Array<string>, 
/**
 * How far a boundary may move, metres.
 */
tolerance_m: number, } | { "edit": "smooth", 
/**
 * Whose boundaries.
 */
zones: Array<string>, };

/**
 * Which ground a carving takes.
 */
export type ZoneGround = { "ground": "blank" } | { "ground": "zone", 
/**
 * Which.
 */
zone: string, } | { "ground": "tier", 
/**
 * Which.
 */
tier: string, } | { "ground": "zones" } | { "ground": "all" };

/**
 * Who gets what is carved.
 */
export type ZoneRecipient = { "recipient": "blank" } | { "recipient": "zone", 
/**
 * Which.
 */
zone: string, } | { "recipient": "new", 
/**
 * What it is; an empty id gets a free one.
 */
facts: FactsEdit, };

/**
 * A zone as a record names it.
 */
export type ZoneRecord = { 
/**
 * Layer name.
 */
layer: string, 
/**
 * Role of the layer.
 */
role: LayerRole, 
/**
 * Zone id.
 */
id: string, 
/**
 * Zone name.
 */
name: string, 
/**
 * Class, canonical.
 */
class: string | null, 
/**
 * Tier, canonical.
 */
tier: string | null, 
/**
 * Member kind.
 */
kind: string | null, };

/** Every command of the engine: what it is asked and what it answers. */
export interface Commands {
  /** Whether the program may end without anything being lost: refused with what would be. */
  may_close: { request: Nothing; answer: Nothing };
  /** What the program is and where it was left. */
  start: { request: Nothing; answer: Start };
  /** Remembers preferences. */
  set_preferences: { request: Preferences; answer: Nothing };
  /** Opens a workspace; the one open before is closed, unless reviews that nobody saved would be lost. */
  open_workspace: { request: OpenWorkspace; answer: WorkspaceView };
  /** Makes the sample city. Long: progress, cancel. */
  make_sample: { request: MakeSample; answer: SampleMade };
  /** Builds the low zooms of large layers where they are missing. Long: progress, cancel. */
  prepare_tiles: { request: Nothing; answer: TilesReady };
  /** Where a place is in the workspace's plane. */
  locate: { request: Locate; answer: Place };
  /** The nearest vertex or edge. */
  snap: { request: Snap; answer: Snapped };
  /** Lengths and area of a line or polygon drawn. */
  measure: { request: Measure; answer: Measured };
  /** Every layer's zone at a place, with its attributes. */
  identify: { request: Identify; answer: Array<Identified> };
  /** Finds zones, districts, parcels, plots of held reviews, and coordinates typed. */
  search: { request: Search; answer: Array<SearchHit> };
  /** Puts a backdrop under the map. */
  set_backdrop: { request: Backdrop; answer: BackdropView };
  /** Takes the backdrop away. */
  clear_backdrop: { request: Nothing; answer: Nothing };
  /** Rule books, activities, stages, industries. */
  choices: { request: Nothing; answer: Choices };
  /** What a file would be, read another way: nothing is changed. */
  preview_reading: { request: PreviewReading; answer: ReadingPreview };
  /** Checks files; the review is held by the desk. Long: progress, cancel. */
  check: { request: CheckFiles; answer: ReviewView };
  /** Lets go of a held review. */
  drop_review: { request: HeldReview; answer: Nothing };
  /** The figures of a held review, rounded so that parts sum to wholes. */
  figures: { request: FiguresAsked; answer: Figures };
  /** Two held reviews side by side: defects cleared, remaining, new. */
  compare_reviews: { request: CompareReviews; answer: Comparison };
  /** A plot elsewhere, or a footprint drawn: what it would overlap. Within a frame. */
  try_edit: { request: TryEdit; answer: Trial };
  /** The smallest trim and shift that clear a finding. Long: progress, cancel. */
  how_to_clear: { request: HowToClear; answer: WaysToClear };
  /** Writes a held review as JSON, GeoJSON or XLSX. */
  export_review: { request: ExportReview; answer: Exported };
  /** The table of a held review, to paste. */
  review_table: { request: TableAsked; answer: Table };
  /** Keeps a held review in the workspace, with its files. */
  save_review: { request: HeldReview; answer: ReviewSaved };
  /** Reviews kept in the workspace. */
  saved_reviews: { request: Nothing; answer: Array<SavedReview> };
  /** Opens a review kept in the workspace. */
  open_saved_review: { request: OpenSaved; answer: ReviewView };
  /** Presets and scales of sheets. */
  sheet_choices: { request: Nothing; answer: SheetChoices };
  /** A sheet as a picture, with its frame on the ground. Long: cancel. */
  preview_sheet: { request: PreviewSheet; answer: SheetPreview };
  /** Writes a sheet as PDF, PNG or SVG. Long: cancel. */
  export_sheet: { request: ExportSheet; answer: PaperWritten };
  /** Writes the report of a held review as PDF or DOCX. Long: progress, cancel. */
  export_report: { request: ExportReport; answer: PaperWritten };
  /** Writes a comparison of two revisions as PDF or DOCX. Long: progress, cancel. */
  export_changes: { request: ExportChanges; answer: PaperWritten };
  /** Makes a map set: a sheet per district, zone or project, and an index sheet. Long: progress, cancel. */
  make_atlas: { request: MakeAtlas; answer: AtlasMade };
  /** The drafts of the workspace, and the layers that can be drafted. */
  drafts: { request: Nothing; answer: Drafts };
  /** Unlocks a reference layer by name, until the workspace is closed. */
  unlock_layer: { request: UnlockLayer; answer: Drafts };
  /** Starts a draft of a layer and edits it. */
  start_draft: { request: StartDraft; answer: DraftState };
  /** Edits a draft that is there, with all its undo. */
  open_draft: { request: DraftAsked; answer: DraftState };
  /** Ends editing; the draft stays in the workspace. */
  close_draft: { request: Nothing; answer: Nothing };
  /** Throws a draft away, with its log. */
  drop_draft: { request: DraftAsked; answer: Drafts };
  /** The draft being edited, as it stands. */
  draft_state: { request: Nothing; answer: DraftState };
  /** What an edit would do: nothing is written. Within a frame. */
  plan_edit: { request: EditAsked; answer: EditPlan };
  /** Makes an edit: on the disk when this answers. */
  apply_edit: { request: EditAsked; answer: DraftState };
  /** Takes the last edit back. */
  undo_edit: { request: Nothing; answer: DraftState };
  /** Makes the edit again that was taken back last. */
  redo_edit: { request: Nothing; answer: DraftState };
  /** The zone of the draft at a place. */
  draft_zone_at: { request: DraftZoneAt; answer: DraftZone | null };
  /** Vertices and edges of zones of the draft. */
  draft_vertices: { request: DraftVerticesAsked; answer: DraftVertices };
  /** The nearest vertex or edge of the draft and of the other layers asked for. */
  draft_snap: { request: Snap; answer: Snapped | null };
  /** The shortest way along the draft's boundaries. */
  draft_trace: { request: DraftTrace; answer: Array<Place> };
  /** What is wrong with the draft's layer, with remedies. */
  draft_defects: { request: DraftDefectsAsked; answer: DraftDefects };
  /** Mends a defect by an edit, which can be taken back. */
  mend_defect: { request: MendDefect; answer: DraftState };
  /** What bringing another draft of the layer in would do: what comes over, what must be decided. */
  plan_merge: { request: DraftAsked; answer: MergePlan };
  /** Brings another draft in, as one edit that can be taken back. */
  merge_draft: { request: MergeDraft; answer: DraftState };
  /** What the draft does to the reviews kept in the workspace. Long: progress, cancel. */
  draft_impact: { request: Nothing; answer: DraftImpact };
  /** Makes the draft the layer's newest revision, by name, author, reason and date; it is closed then. */
  confirm_draft: { request: ConfirmDraft; answer: Version };
  /** The revisions of a layer, newest first. */
  versions: { request: VersionsAsked; answer: Array<Version> };
  /** Two revisions of a layer: the ground that changed hands, and what it sums to. */
  compare_versions: { request: CompareVersions; answer: ComparedVersions };
  /** Writes a revision of a layer as a file. */
  export_version: { request: ExportVersion; answer: Exported };
  /** The plan's area goals. */
  goals: { request: Nothing; answer: Goals };
  /** Replaces the plan's area goals by this city's own. */
  set_goals: { request: SetGoals; answer: Goals };
  /** How the red line lies to the control line, as the workspace states it. */
  relation: { request: Nothing; answer: Relation };
  /** States how the red line lies to the control line. */
  set_relation: { request: Relation; answer: Relation };
  /** Makes a layer again what it was, as a new revision. */
  restore_version: { request: RestoreVersion; answer: Version };
}

/** Their names. */
export const COMMANDS = [
  "may_close",
  "start",
  "set_preferences",
  "open_workspace",
  "make_sample",
  "prepare_tiles",
  "locate",
  "snap",
  "measure",
  "identify",
  "search",
  "set_backdrop",
  "clear_backdrop",
  "choices",
  "preview_reading",
  "check",
  "drop_review",
  "figures",
  "compare_reviews",
  "try_edit",
  "how_to_clear",
  "export_review",
  "review_table",
  "save_review",
  "saved_reviews",
  "open_saved_review",
  "sheet_choices",
  "preview_sheet",
  "export_sheet",
  "export_report",
  "export_changes",
  "make_atlas",
  "drafts",
  "unlock_layer",
  "start_draft",
  "open_draft",
  "close_draft",
  "drop_draft",
  "draft_state",
  "plan_edit",
  "apply_edit",
  "undo_edit",
  "redo_edit",
  "draft_zone_at",
  "draft_vertices",
  "draft_snap",
  "draft_trace",
  "draft_defects",
  "mend_defect",
  "plan_merge",
  "merge_draft",
  "draft_impact",
  "confirm_draft",
  "versions",
  "compare_versions",
  "export_version",
  "goals",
  "set_goals",
  "relation",
  "set_relation",
  "restore_version",
] as const satisfies readonly (keyof Commands)[];
