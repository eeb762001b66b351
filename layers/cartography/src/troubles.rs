//! What could not be drawn, told once.

use crate::zone_lines::Undrawable;
use redline_wording::{Text, text};
use redline_workspace::ZonePlace;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// No more sentences than this are kept: whoever has a thousand broken zones has one trouble.
const MOST: usize = 1000;

/// Sentences about zones that are missing from tiles, one a zone, and about a cache that cannot be
/// written.
#[derive(Debug, Default)]
pub(crate) struct Troubles(Mutex<BTreeMap<Option<ZonePlace>, Text>>);

impl Troubles {
    /// A zone whose row or geometry cannot be read.
    pub(crate) fn damaged(&self, layer: &str, place: ZonePlace, what: &str) {
        let fid = place.fid;
        self.add(
            Some(place),
            text!(
                "图层“{layer}”中 fid 为 {fid} 的图斑无法读取（{what}），未在图上绘出；请重新导入该图层，或从备份恢复。"
                    | "In the layer “{layer}” the zone with fid {fid} cannot be read ({what}) and is missing from the map; import the layer again or restore a backup."
            ),
        );
    }

    /// A zone that can be read and not drawn.
    pub(crate) fn undrawable(&self, layer: &str, place: ZonePlace, id: &str, why: Undrawable) {
        let why = match why {
            Undrawable::Empty => Text::new("没有面", "it has no polygon"),
            Undrawable::OutOfReach => Text::new("坐标超出地图范围", "its coordinates lie off the map"),
        };
        let Text { zh, en } = why;
        self.add(
            Some(place),
            text!(
                "图层“{layer}”的图斑“{id}”未在图上绘出：{zh}；请检查源数据后重新导入。"
                    | "The zone “{id}” of the layer “{layer}” is missing from the map: {en}. Check the source and import it again."
            ),
        );
    }

    /// The overview could not be kept in the cache folder.
    pub(crate) fn cache_not_written(&self, folder: &str, why: &std::io::Error) {
        let Text { zh, en } = redline_wording::io_reason(why);
        self.add(
            None,
            text!(
                "无法在缓存文件夹“{folder}”中保存概览图（{zh}），下次打开时将重新生成；请检查该文件夹的权限和剩余空间。"
                    | "The overview could not be kept in the cache folder “{folder}” ({en}) and will be made again next time; check its permissions and free space."
            ),
        );
    }

    fn add(&self, of: Option<ZonePlace>, text: Text) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() < MOST {
            all.entry(of).or_insert(text);
        }
    }

    /// All so far, in the order of the file.
    pub(crate) fn all(&self) -> Vec<Text> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }
}
