//! A workspace keeps the goals its planners set.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;
use common::*;
use redline_workspace::Workspace;
use redline_zoning::{LayerRole, Target};
use tempfile::tempdir;

fn goal(km2: Option<f64>, percent: Option<f64>) -> Target {
    Target {
        role: Some(LayerRole::ControlLine),
        class: None,
        tier: Some("1".into()),
        km2,
        percent,
        clause: "一级管制区约占24%".into(),
        source: "规划".into(),
        contradiction: None,
    }
}

#[test]
fn goals_are_none_until_they_are_set_and_come_back_as_they_were() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 1);
    let mut w = Workspace::open_for_editing(&path).unwrap();
    assert_eq!(w.goals().unwrap(), None);
    let goals = vec![goal(Some(1059.66), None), goal(None, Some(24.0))];
    w.set_goals(&goals).unwrap();
    drop(w);
    let mut w = Workspace::open_for_editing(&path).unwrap();
    assert_eq!(w.goals().unwrap(), Some(goals));
    w.set_goals(&[]).unwrap();
    assert_eq!(w.goals().unwrap(), Some(vec![]));
    // goals are no revision of a layer
    assert_eq!(w.revision_number().unwrap(), 1);
}
