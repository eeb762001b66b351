//! What a workspace fixes once: its plane, its overlay grid, and how it reports.

use crate::error::{self, Result, WorkspaceError};
use jiff::civil::Date;
use redline_geometry::units::AreaUnit;
use redline_geometry::{GaussKruger, Grid};
use redline_wording::text;
use rusqlite::Connection;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::Path;

/// The version of the tables this build writes; a higher one in a file is refused.
pub const FORMAT_VERSION: u32 = 1;

/// The settings of a workspace. Plane and grid never change once layers are in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Name of the city, for people.
    pub city: String,
    /// EPSG code of the plane (4526 …).
    pub epsg: u32,
    /// The plane's parameters, from which stored areas are computed.
    pub plane: GaussKruger,
    /// The one grid on which every overlay snaps.
    pub grid: Grid,
    /// Default rule book id; `None` leaves the choice to the reviewer.
    pub rule_book: Option<String>,
    /// Lead unit of tables.
    pub unit: AreaUnit,
    /// Decimals in tables; `None` takes the unit's usual ones.
    pub decimals: Option<u32>,
    /// Overlaps under this area (m²) are listed as ignored.
    pub sliver_m2: f64,
    /// Whether the data are synthetic.
    pub sample: bool,
    /// The day the workspace was made.
    pub created: Date,
    /// Anything else worth keeping, by key.
    pub more: BTreeMap<String, String>,
}

impl Settings {
    /// Settings with the usual defaults: m², slivers under 1 m², no rule book, not a sample.
    pub fn new(epsg: u32, plane: GaussKruger, grid: Grid, created: Date) -> Settings {
        Settings {
            city: String::new(),
            epsg,
            plane,
            grid,
            rule_book: None,
            unit: AreaUnit::SquareMetres,
            decimals: None,
            sliver_m2: 1.0,
            sample: false,
            created,
            more: BTreeMap::new(),
        }
    }

    /// The rows of `redline_settings`. Keys of `more` carry a prefix so that none can shadow ours.
    pub(crate) fn rows(&self) -> Vec<(String, String)> {
        // numbers, strings and plain structs always have a JSON form
        fn json(value: &impl serde::Serialize) -> String {
            serde_json::to_string(value).unwrap_or_default()
        }
        let mut rows = vec![
            ("format_version".to_owned(), FORMAT_VERSION.to_string()),
            ("city".to_owned(), json(&self.city)),
            ("epsg".to_owned(), json(&self.epsg)),
            ("plane".to_owned(), json(&self.plane)),
            ("grid".to_owned(), json(&self.grid)),
            ("rule_book".to_owned(), json(&self.rule_book)),
            ("unit".to_owned(), json(&self.unit)),
            ("decimals".to_owned(), json(&self.decimals)),
            ("sliver_m2".to_owned(), json(&self.sliver_m2)),
            ("sample".to_owned(), json(&self.sample)),
            ("created".to_owned(), json(&self.created)),
        ];
        rows.extend(self.more.iter().map(|(k, v)| (format!("more.{k}"), json(v))));
        rows
    }

    /// Reads the settings; refuses a newer format before looking at anything else.
    pub(crate) fn read(conn: &Connection, path: &Path) -> Result<Settings> {
        let sql = |e: rusqlite::Error| error::from_sqlite(path, error::Doing::Reading, &e);
        let mut statement = conn.prepare("SELECT key, value FROM redline_settings").map_err(sql)?;
        let rows: BTreeMap<String, String> =
            statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).and_then(Iterator::collect).map_err(sql)?;
        let version: u32 = value(&rows, "format_version", path)?;
        if version > FORMAT_VERSION {
            let file = error::shown(path);
            return Err(WorkspaceError::new(
                "workspace-newer",
                text!(
                    "工作空间“{file}”由更新的版本生成（格式 {version}，本程序支持到 {FORMAT_VERSION}）；请升级 redline。"
                        | "The workspace “{file}” was made by a newer version (format {version}, this one knows {FORMAT_VERSION}); upgrade redline."
                ),
            ));
        }
        let settings = Settings {
            city: value(&rows, "city", path)?,
            epsg: value(&rows, "epsg", path)?,
            plane: value(&rows, "plane", path)?,
            grid: value(&rows, "grid", path)?,
            rule_book: value(&rows, "rule_book", path)?,
            unit: value(&rows, "unit", path)?,
            decimals: value(&rows, "decimals", path)?,
            sliver_m2: value(&rows, "sliver_m2", path)?,
            sample: value(&rows, "sample", path)?,
            created: value(&rows, "created", path)?,
            more: rows
                .keys()
                .filter_map(|k| k.strip_prefix("more."))
                .map(|k| Ok((k.to_owned(), value(&rows, &format!("more.{k}"), path)?)))
                .collect::<Result<_>>()?,
        };
        Ok(settings)
    }
}

fn value<T: DeserializeOwned>(rows: &BTreeMap<String, String>, key: &str, path: &Path) -> Result<T> {
    rows.get(key)
        .and_then(|v| serde_json::from_str(v).ok())
        .ok_or_else(|| error::damaged(path, &format!("redline_settings: {key}")))
}
