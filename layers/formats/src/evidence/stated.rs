//! What the user or the file says of the CRS, put together.

use crate::raw::{CrsHint, RawFile};
use crate::{Crs, Datum, FormatError, GkZone, ImportNote};
use redline_wording::{Text, text};

/// What is stated; any of it may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Stated {
    pub(super) datum: Option<Datum>,
    pub(super) zone: Option<GkZone>,
    /// Zone width where the zone itself is not stated.
    pub(super) width: Option<u8>,
    /// Whether degrees (`true`) or metres are stated.
    pub(super) geographic: Option<bool>,
    /// A whole CRS was named, not only parts of one.
    pub(super) whole: bool,
    /// The user said so.
    pub(super) by_user: bool,
}

impl Stated {
    pub(super) fn by_user(crs: Crs) -> Stated {
        Stated { by_user: true, ..Stated::whole(crs) }
    }

    fn whole(crs: Crs) -> Stated {
        Stated {
            datum: crs.datum(),
            zone: crs.zone(),
            width: crs.zone().map(|z| z.degrees),
            geographic: Some(crs.is_geographic()),
            whole: true,
            by_user: false,
        }
    }

    /// The stated plane, where datum and zone are.
    pub(super) fn plane(&self) -> Option<Crs> {
        Crs::of_zone(self.datum?, self.zone?)
    }

    /// The stated CRS, where it is complete.
    pub(super) fn crs(&self) -> Option<Crs> {
        if self.whole && self.geographic == Some(true) { self.datum.map(Crs::geographic) } else { self.plane() }
    }
}

/// Puts the hints together, most authoritative first.
///
/// # Errors
/// `crs-unsupported` when the file names a CRS this product cannot read.
pub(super) fn from_hints(
    file: &RawFile,
    evidence: &mut Vec<Text>,
    notes: &mut Vec<ImportNote>,
) -> Result<Stated, FormatError> {
    let mut stated = Stated::default();
    let (mut width, mut number): (Option<u8>, Option<u32>) = (None, None);
    for hint in &file.hints {
        match hint {
            CrsHint::Declared { crs, by } => {
                let name = crs.name();
                evidence.push(Text { zh: format!("{}：{}", by.zh, name.zh), en: format!("{}: {}", by.en, name.en) });
                if !stated.whole {
                    stated = Stated::whole(*crs);
                } else if stated.crs() != Some(*crs) {
                    notes.push(ImportNote::warning(
                        "crs-stated-twice",
                        Text {
                            zh: format!("文件中另有坐标系说明（{}：{}），与先前的不同，未采用。", by.zh, name.zh),
                            en: format!(
                                "The file states another CRS as well ({}: {}); it was not used.",
                                by.en, name.en
                            ),
                        },
                    ));
                }
            }
            CrsHint::Unsupported { name, by } if !stated.whole => {
                let file = &file.name;
                return Err(FormatError::new(
                    "crs-unsupported",
                    Text {
                        zh: format!(
                            "“{file}”的坐标系“{name}”（{}）不受支持。请先转换到 CGCS2000 高斯-克吕格，或用 --crs EPSG:N 指明等价的坐标系。",
                            by.zh
                        ),
                        en: format!(
                            "The CRS \"{name}\" of \"{file}\" ({}) is not supported. Convert to CGCS2000 Gauss–Krüger first, or name an equivalent one with --crs EPSG:N.",
                            by.en
                        ),
                    },
                ));
            }
            CrsHint::Unsupported { .. } => {}
            CrsHint::Datum { datum, by } => {
                let name = datum.name();
                evidence.push(Text { zh: format!("{}：{}", by.zh, name.zh), en: format!("{}: {}", by.en, name.en) });
                if stated.datum.is_some_and(|before| before != *datum) {
                    notes.push(ImportNote::warning(
                        "crs-stated-twice",
                        Text {
                            zh: format!("文件中另有坐标基准说明（{}：{}），与先前的不同，未采用。请核实后用 --crs 指明。", by.zh, name.zh),
                            en: format!(
                                "The file states another datum as well ({}: {}); it was not used. Find out which holds and name it with --crs.",
                                by.en, name.en
                            ),
                        },
                    ));
                }
                stated.datum = stated.datum.or(Some(*datum));
            }
            CrsHint::ZoneWidth { degrees, by } => {
                evidence.push(by.clone());
                width = width.or(Some(*degrees));
            }
            CrsHint::ZoneNumber { zone, by } => {
                evidence.push(by.clone());
                number = number.or(Some(*zone));
            }
        }
    }
    if stated.whole {
        return Ok(stated);
    }
    stated.width = width;
    if let Some(number) = number {
        // zones 13–23 are six degrees wide, 25–45 three: the number tells the width by itself
        let degrees = if number <= 23 { 6 } else { 3 };
        if let Some(other) = width.filter(|w| *w != degrees) {
            notes.push(ImportNote::warning(
                "zone-width-contradicted",
                text!(
                    "文件头注明 {other} 度分带，但第 {number} 带只能是 {degrees} 度带，按 {degrees} 度带读取。"
                    | "The header says {other}-degree zones, but zone {number} can only be {degrees} degrees wide; read so."
                ),
            ));
        }
        stated.zone = Some(GkZone { degrees, number, prefixed: true });
    }
    Ok(stated)
}
