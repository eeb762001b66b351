//! The commands of the window, declared once: name, question, answer, work. The rpc surface of
//! every front and the window's TypeScript both come from this list.

use super::wire::*;
use super::{Desk, declarations};
use crate::EngineError;
use crate::progress::Progress;
use redline_wording::text;
use serde::Serialize;
use serde::de::DeserializeOwned;

macro_rules! commands {
    ($($(#[doc = $doc:literal])+ $name:ident($request:ty) -> $answer:ty = $work:path;)+) => {
        /// The names of all commands, in the order of their declaration.
        pub const COMMANDS: &[&str] = &[$(stringify!($name)),+];

        /// Finds the command and lets it answer.
        pub(super) fn dispatch(
            desk: &Desk,
            command: &str,
            body: &[u8],
            progress: &dyn Progress,
        ) -> Result<Vec<u8>, EngineError> {
            match command {
                $(stringify!($name) => answer(&$work(desk, question::<$request>(command, body)?, progress)?),)+
                _ => Err(EngineError::new(
                    "command-unknown",
                    text!("没有命令“{command}”。" | "There is no command “{command}”."),
                )),
            }
        }

        /// The TypeScript of every wire type and of the command list.
        pub fn typescript() -> String {
            let mut page = declarations::Page::new();
            $(page.command::<$request, $answer>(stringify!($name), &[$($doc),+]);)+
            page.finish()
        }
    };
}

commands! {
    /// Whether the program may end without anything being lost: refused with what would be.
    may_close(Nothing) -> Nothing = super::held::may_close;
    /// What the program is and where it was left.
    start(Nothing) -> Start = super::preferences::start;
    /// Remembers preferences.
    set_preferences(Preferences) -> Nothing = super::preferences::set;
    /// Opens a workspace; the one open before is closed, unless reviews that nobody saved would be lost.
    open_workspace(OpenWorkspace) -> WorkspaceView = super::opening::open;
    /// Makes the sample city. Long: progress, cancel.
    make_sample(MakeSample) -> SampleMade = super::opening::make_sample;
    /// Builds the low zooms of large layers where they are missing. Long: progress, cancel.
    prepare_tiles(Nothing) -> TilesReady = super::tiles::prepare;
    /// Where a place is in the workspace's plane.
    locate(Locate) -> Place = super::places::locate;
    /// The nearest vertex or edge.
    snap(Snap) -> Snapped = super::snapping::snap;
    /// Lengths and area of a line or polygon drawn.
    measure(Measure) -> Measured = super::places::measure;
    /// Every layer's zone at a place, with its attributes.
    identify(Identify) -> Vec<Identified> = super::identifying::identify;
    /// Finds zones, districts, parcels, plots of held reviews, and coordinates typed.
    search(Search) -> Vec<SearchHit> = super::searching::search;
    /// Puts a backdrop under the map.
    set_backdrop(Backdrop) -> BackdropView = super::backdrop::set;
    /// Takes the backdrop away.
    clear_backdrop(Nothing) -> Nothing = super::backdrop::clear;
    /// Rule books, activities, stages, industries.
    choices(Nothing) -> Choices = super::choosing::choices;
    /// What a file would be, read another way: nothing is changed.
    preview_reading(PreviewReading) -> ReadingPreview = super::reading::preview;
    /// Checks files; the review is held by the desk. Long: progress, cancel.
    check(CheckFiles) -> ReviewView = super::checking::check;
    /// Lets go of a held review.
    drop_review(HeldReview) -> Nothing = super::checking::drop_review;
    /// The figures of a held review, rounded so that parts sum to wholes.
    figures(FiguresAsked) -> Figures = super::figures::figures;
    /// Two held reviews side by side: defects cleared, remaining, new.
    compare_reviews(CompareReviews) -> Comparison = super::comparing::compare;
    /// A plot elsewhere, or a footprint drawn: what it would overlap. Within a frame.
    try_edit(TryEdit) -> Trial = super::trying::try_edit;
    /// The smallest trim and shift that clear a finding. Long: progress, cancel.
    how_to_clear(HowToClear) -> WaysToClear = super::clearing::how_to_clear;
    /// Writes a held review as JSON, GeoJSON or XLSX.
    export_review(ExportReview) -> Exported = super::exporting::export;
    /// The table of a held review, to paste.
    review_table(TableAsked) -> Table = super::exporting::table;
    /// Keeps a held review in the workspace, with its files.
    save_review(HeldReview) -> ReviewSaved = super::saving::save;
    /// Reviews kept in the workspace.
    saved_reviews(Nothing) -> Vec<crate::SavedReview> = super::saving::list;
    /// Opens a review kept in the workspace.
    open_saved_review(OpenSaved) -> ReviewView = super::saving::open;
    /// Presets and scales of sheets.
    sheet_choices(Nothing) -> SheetChoices = super::publishing::choices;
    /// A sheet as a picture, with its frame on the ground. Long: cancel.
    preview_sheet(PreviewSheet) -> SheetPreview = super::publishing::preview;
    /// Writes a sheet as PDF, PNG or SVG. Long: cancel.
    export_sheet(ExportSheet) -> PaperWritten = super::publishing::export_sheet;
    /// Writes the report of a held review as PDF or DOCX. Long: progress, cancel.
    export_report(ExportReport) -> PaperWritten = super::reporting::export_report;
    /// Writes a comparison of two revisions as PDF or DOCX. Long: progress, cancel.
    export_changes(ExportChanges) -> PaperWritten = super::reporting::export_changes;
    /// Makes a map set: a sheet per district, zone or project, and an index sheet. Long: progress, cancel.
    make_atlas(MakeAtlas) -> AtlasMade = super::publishing::make_atlas;
    /// The drafts of the workspace, and the layers that can be drafted.
    drafts(Nothing) -> Drafts = super::draft::listing::drafts;
    /// Unlocks a reference layer by name, until the workspace is closed.
    unlock_layer(UnlockLayer) -> Drafts = super::draft::listing::unlock;
    /// Starts a draft of a layer and edits it.
    start_draft(StartDraft) -> DraftState = super::draft::listing::start;
    /// Edits a draft that is there, with all its undo.
    open_draft(DraftAsked) -> DraftState = super::draft::listing::open;
    /// Ends editing; the draft stays in the workspace.
    close_draft(Nothing) -> Nothing = super::draft::listing::close;
    /// Throws a draft away, with its log.
    drop_draft(DraftAsked) -> Drafts = super::draft::listing::discard;
    /// The draft being edited, as it stands.
    draft_state(Nothing) -> DraftState = super::draft::state::state;
    /// What an edit would do: nothing is written. Within a frame.
    plan_edit(EditAsked) -> EditPlan = super::draft::changing::plan;
    /// Makes an edit: on the disk when this answers.
    apply_edit(EditAsked) -> DraftState = super::draft::changing::apply;
    /// Takes the last edit back.
    undo_edit(Nothing) -> DraftState = super::draft::changing::undo;
    /// Makes the edit again that was taken back last.
    redo_edit(Nothing) -> DraftState = super::draft::changing::redo;
    /// The zone of the draft at a place.
    draft_zone_at(DraftZoneAt) -> Option<DraftZone> = super::draft::looking::zone_at;
    /// Vertices and edges of zones of the draft.
    draft_vertices(DraftVerticesAsked) -> DraftVertices = super::draft::looking::vertices;
    /// The nearest vertex or edge of the draft and of the other layers asked for.
    draft_snap(Snap) -> Option<Snapped> = super::draft::snapping::snap;
    /// The shortest way along the draft's boundaries.
    draft_trace(DraftTrace) -> Vec<Place> = super::draft::tracing::trace;
    /// What is wrong with the draft's layer, with remedies.
    draft_defects(DraftDefectsAsked) -> DraftDefects = super::draft::mending::defects;
    /// Mends a defect by an edit, which can be taken back.
    mend_defect(MendDefect) -> DraftState = super::draft::mending::mend;
    /// What bringing another draft of the layer in would do: what comes over, what must be decided.
    plan_merge(DraftAsked) -> MergePlan = super::draft::merging::plan;
    /// Brings another draft in, as one edit that can be taken back.
    merge_draft(MergeDraft) -> DraftState = super::draft::merging::merge;
    /// What the draft does to the reviews kept in the workspace. Long: progress, cancel.
    draft_impact(Nothing) -> DraftImpact = super::draft::impact::impact;
    /// Makes the draft the layer's newest revision, by name, author, reason and date; it is closed then.
    confirm_draft(ConfirmDraft) -> Version = super::draft::versioning::confirm;
    /// The revisions of a layer, newest first.
    versions(VersionsAsked) -> Vec<Version> = super::draft::versioning::versions;
    /// Two revisions of a layer: the ground that changed hands, and what it sums to.
    compare_versions(CompareVersions) -> ComparedVersions = super::draft::comparing::compare;
    /// Writes a revision of a layer as a file.
    export_version(ExportVersion) -> Exported = super::draft::versioning::export;
    /// The plan's area goals.
    goals(Nothing) -> Goals = super::draft::ledger::goals;
    /// Replaces the plan's area goals by this city's own.
    set_goals(SetGoals) -> Goals = super::draft::ledger::set_goals;
    /// How the red line lies to the control line, as the workspace states it.
    relation(Nothing) -> Relation = super::draft::relating::relation;
    /// States how the red line lies to the control line.
    set_relation(Relation) -> Relation = super::draft::relating::set_relation;
    /// Makes a layer again what it was, as a new revision.
    restore_version(RestoreVersion) -> Version = super::draft::versioning::restore;
}

fn question<T: DeserializeOwned>(command: &str, body: &[u8]) -> Result<T, EngineError> {
    serde_json::from_slice(body).map_err(|e| {
        EngineError::new(
            "question-misread",
            text!("命令“{command}”的参数读不懂：{e}。" | "The question to “{command}” cannot be read: {e}."),
        )
    })
}

fn answer<T: Serialize>(value: &T) -> Result<Vec<u8>, EngineError> {
    serde_json::to_vec(value).map_err(|e| {
        EngineError::new("answer-unwritable", text!("结果写不出来：{e}。" | "The answer cannot be written: {e}."))
    })
}
