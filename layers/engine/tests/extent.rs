//! What a layer claims to cover: only there does the absence of a zone mean anything.
#![allow(clippy::unwrap_used)]

mod ground;

use ground::{E, N, rectangle, workspace, zone};
use jiff::civil::date;
use redline_engine::{ClaimedExtent, ImportRequest, Imported, LayerRole, Silent, import};
use redline_workspace::Workspace;
use std::path::{Path, PathBuf};
use tempfile::tempdir;

fn request(city: &Path, file: PathBuf, extent: Option<ClaimedExtent>) -> ImportRequest {
    ImportRequest {
        file,
        role: LayerRole::Farmland,
        workspace: city.into(),
        map: Default::default(),
        layer: None,
        crs: Some("EPSG:4526".into()),
        date: date(2019, 1, 1),
        source: None,
        source_date: None,
        author: None,
        reason: None,
        extent,
        workspace_crs: None,
        accept: Default::default(),
    }
}

fn notes(done: &Imported) -> Vec<&str> {
    done.notes.iter().map(|n| n.code.as_str()).filter(|c| c.starts_with("extent")).collect()
}

#[test]
fn an_import_states_the_city_its_own_zones_a_box_or_what_stood_before_and_says_so() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let ring = [(10.0, 10.0), (20.0, 10.0), (20.0, 20.0), (10.0, 20.0), (10.0, 10.0)];
    let file = ground::feature(dir.path(), "农田.geojson", "Polygon", &format!("[{}]", ground::line(&ring)));
    let stated = || {
        let layers = Workspace::open(&city).unwrap().layers().unwrap();
        layers.into_iter().find(|l| l.role == LayerRole::Farmland).and_then(|l| l.stated_extent)
    };
    let run = |extent| import(&request(&city, file.clone(), extent), &Silent);

    assert_eq!(notes(&run(None).unwrap()), ["extent-unstated"]);
    assert_eq!(stated(), None);
    assert_eq!(run(Some(ClaimedExtent::City)).unwrap_err().code, "extent-no-districts");

    let mut open = Workspace::open_for_editing(&city).unwrap();
    let home = vec![zone("D", None, None, rectangle(-5.0, -5.0, 5_000.0, 6_000.0))];
    ground::add(&mut open, LayerRole::District, date(2016, 8, 10), home);
    drop(open);
    assert!(notes(&run(Some(ClaimedExtent::City)).unwrap()).is_empty());
    assert_eq!(stated(), Some([E - 5.0, N - 5.0, E + 5_000.0, N + 6_000.0]));
    assert_eq!(notes(&run(None).unwrap()), ["extent-kept"]);
    assert_eq!(stated(), Some([E - 5.0, N - 5.0, E + 5_000.0, N + 6_000.0]));

    run(Some(ClaimedExtent::Zones)).unwrap();
    assert_eq!(stated(), Some([E + 10.0, N + 10.0, E + 20.0, N + 20.0]));
    run(Some(ClaimedExtent::Box([E, N, E + 1.0, N + 2.0]))).unwrap();
    assert_eq!(stated(), Some([E, N, E + 1.0, N + 2.0]));
}
