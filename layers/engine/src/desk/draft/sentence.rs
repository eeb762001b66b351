//! What an edit did, in a few words.

use super::Logged;
use redline_coverage::Edit;
use redline_wording::{Text, text};

/// The sentence of an edit in the log; one that cannot be read is named by its kind.
pub(super) fn of(kind: &str, logged: Option<&Logged>) -> Text {
    if let Some(name) = logged.and_then(|l| l.merged.as_ref()) {
        return text!("并入草案“{name}”" | "draft “{name}” brought in");
    }
    let Some(edit) = logged.and_then(|l| l.edit.as_ref()) else {
        return text!("编辑“{kind}”" | "edit “{kind}”");
    };
    let list = |zones: &[String]| zones.join("、");
    match edit {
        Edit::MoveVertex { from, to } => {
            let far = (to[0] - from[0]).hypot(to[1] - from[1]);
            text!("移动顶点 {far:.2} m" | "vertex moved by {far:.2} m")
        }
        Edit::InsertVertex { .. } => text!("插入顶点" | "vertex inserted"),
        Edit::DeleteVertex { .. } => text!("删除顶点" | "vertex deleted"),
        Edit::Reshape { zone, .. } => text!("沿线调整“{zone}”的边界" | "boundary of “{zone}” led along a line"),
        Edit::Split { zone, .. } => text!("分割“{zone}”" | "“{zone}” split"),
        Edit::Merge { zones, keep } => {
            let all = list(zones);
            text!("合并 {all} 为“{keep}”" | "{all} merged into “{keep}”")
        }
        Edit::Carve { .. } => text!("按所绘范围划转" | "drawn polygon given to another zone"),
        Edit::Remove { zone } => text!("删除“{zone}”" | "“{zone}” removed"),
        Edit::SetFacts { zone, .. } => text!("修改“{zone}”的属性" | "attributes of “{zone}” changed"),
        Edit::Simplify { zones, tolerance_m } => {
            let all = list(zones);
            text!("化简 {all} 的边界（{tolerance_m} m）" | "boundaries of {all} simplified ({tolerance_m} m)")
        }
        Edit::Smooth { zones } => {
            let all = list(zones);
            text!("平滑 {all} 的边界" | "boundaries of {all} smoothed")
        }
        Edit::Rebuild { zone } => text!("重建“{zone}”的面" | "polygon of “{zone}” rebuilt"),
    }
}
