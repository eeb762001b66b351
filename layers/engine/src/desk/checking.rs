//! Checking files: the review is made by the same function as the command line's, and held.

use super::held::{self, Held, Made};
use super::opening::City;
use super::wire::*;
use super::{Desk, features, inbox};
use crate::EngineError;
use crate::commands::check::{CheckRequest, OpinionFile};
use crate::commands::check_work::examine;
use crate::ground::join;
use crate::progress::Progress;
use crate::review::Geometry;
use jiff::civil::Date;
use redline_formats::Axes;
use redline_wording::text;
use std::path::PathBuf;
use std::sync::PoisonError;

/// Checks files and holds the review.
pub(super) fn check(desk: &Desk, asked: CheckFiles, progress: &dyn Progress) -> Result<ReviewView, EngineError> {
    let city = desk.city()?;
    let request = request(desk, &city, asked)?;
    let examined = examine(&request, progress)?;
    let record = examined.review.clone();
    let (number, held) = held::hold(desk, &city, record, Some(Made { request, examined }), None)?;
    view(&city, number, &held)
}

/// Lets go of a held review.
pub(super) fn drop_review(desk: &Desk, asked: HeldReview, _: &dyn Progress) -> Result<Nothing, EngineError> {
    held::forget(desk, asked.review);
    Ok(Nothing {})
}

/// A held review as the window is shown it.
pub(super) fn view(city: &City, number: u32, held: &Held) -> Result<ReviewView, EngineError> {
    let record = held.record.clone();
    Ok(ReviewView {
        review: number,
        features: features::of(city, held)?,
        inbox: inbox::rows(city, held),
        bounds: (0..record.projects.len()).filter_map(|i| held.bounds(i)).reduce(join).map(|b| city.bounds(b)),
        open_notes: inbox::open_notes(&record),
        saved: held.saved.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        record,
    })
}

/// Bounds of a record's geometry in the plane.
pub(super) fn of_geometry(geometry: &Geometry) -> Option<[f64; 4]> {
    let points = geometry.coordinates.iter().flat_map(|rings| rings.first()).flatten();
    points.map(|&[x, y]| [x, y, x, y]).reduce(join)
}

/// The request of the command line that asks the same.
fn request(desk: &Desk, city: &City, asked: CheckFiles) -> Result<CheckRequest, EngineError> {
    let CheckFiles { files, given, reading, accepted } = asked;
    let activities = own_keys(desk, &given.plots)?;
    Ok(CheckRequest {
        files,
        workspace: city.path().to_path_buf(),
        activity: given.activity,
        stage: given.stage,
        industry: given.industry,
        rules: given.rules,
        date: date(&given.date)?,
        opinions: given.opinions.into_iter().map(|o| OpinionFile { path: o.path, kind: o.kind }).collect(),
        layers_as_of: given.layers_as_of.as_deref().map(date).transpose()?,
        crs: reading.crs,
        axes: axes(reading.axes.as_deref())?,
        width_m: reading.width_m,
        sliver_m2: given.sliver_m2,
        units: None,
        no_land: given.no_land,
        activities,
        accepted: accepted.into_iter().collect(),
        save: false,
    })
}

/// The order of coordinates as the window writes it.
pub(super) fn axes(words: Option<&str>) -> Result<Option<Axes>, EngineError> {
    let read = |words: &str| {
        Axes::parse(words).ok_or_else(|| {
            EngineError::new(
                "axes-unknown",
                text!(
                    "坐标顺序“{words}”应为 as-written 或 swapped。"
                        | "The order “{words}” should be as-written or swapped."
                ),
            )
        })
    };
    words.map(read).transpose()
}

/// A date as the window writes it.
pub(super) fn date(words: &str) -> Result<Date, EngineError> {
    words.parse().map_err(|_| {
        EngineError::new(
            "date-invalid",
            text!(
                "日期“{words}”应写成 年-月-日，如 2018-06-01。"
                    | "The date “{words}” should read YYYY-MM-DD, as 2018-06-01."
            ),
        )
    })
}

/// The keys of single plots as the activity table that `check --activities` takes, so that the
/// record names it and saving keeps it.
fn own_keys(desk: &Desk, plots: &[PlotKeysGiven]) -> Result<Option<PathBuf>, EngineError> {
    if plots.is_empty() {
        return Ok(None);
    }
    let unwritable = |why: String| {
        EngineError::new(
            "activity-table-unwritable",
            text!(
                "逐地块的活动表写不出来（{why}）；请检查临时文件夹。"
                    | "The table of the plots' activities cannot be written ({why}); check the temporary folder."
            ),
        )
    };
    // a folder of its own for each table: a review held before keeps the one it was made with
    let folder = tempfile::Builder::new()
        .prefix("keys-")
        .tempdir_in(&desk.folders.scratch)
        .map_err(|e| unwritable(e.to_string()))?
        .keep();
    let path = folder.join("逐地块活动.csv");
    let mut table = csv::Writer::from_path(&path).map_err(|e| unwritable(e.to_string()))?;
    table.write_record(["plot", "activity", "stage", "industry", "file"]).map_err(|e| unwritable(e.to_string()))?;
    for keys in plots {
        let stage = keys.stage.map_or("", |s| s.as_str());
        let (activity, industry) = (keys.activity.as_deref().unwrap_or(""), keys.industry.as_deref().unwrap_or(""));
        table
            .write_record([keys.plot.as_str(), activity, stage, industry, keys.file.as_str()])
            .map_err(|e| unwritable(e.to_string()))?;
    }
    table.flush().map_err(|e| unwritable(e.to_string()))?;
    Ok(Some(path))
}
