//! The description of a sheet: a preset, and what a TOML file changes of it.

use crate::presets;
use crate::{Result, SheetError};
use jiff::civil::Date;
use redline_geometry::AreaUnit;
use redline_wording::{Lang, Text, text};
use redline_zoning::LayerRole;
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Width and height of the paper, millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Width, mm.
    pub width_mm: f64,
    /// Height, mm.
    pub height_mm: f64,
}

/// Free edges of the paper, millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Margins {
    /// Left, mm.
    pub left: f64,
    /// Right, mm.
    pub right: f64,
    /// Top, mm.
    pub top: f64,
    /// Bottom, mm.
    pub bottom: f64,
}

/// Font families, named as the system knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FontNames {
    /// Title and heads, in bold.
    pub title: String,
    /// Everything else.
    pub body: String,
}

/// Where legend and notes stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PanelSide {
    /// To the right of the map.
    Right,
    /// Below the map.
    Below,
}

/// The panel beside the map.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Panel {
    /// Where it stands.
    pub side: PanelSide,
    /// Its width (right) or height (below), mm.
    pub size_mm: f64,
    /// Columns in it, from 1.
    pub columns: u8,
}

/// The scale of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScaleChoice {
    /// The largest round scale at which everything fits.
    Auto,
    /// 1:N.
    Fixed(u32),
}

impl Serialize for ScaleChoice {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            ScaleChoice::Auto => to.serialize_str("auto"),
            ScaleChoice::Fixed(n) => to.serialize_u32(*n),
        }
    }
}

impl<'de> Deserialize<'de> for ScaleChoice {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<ScaleChoice, D::Error> {
        struct Choice;
        impl Visitor<'_> for Choice {
            type Value = ScaleChoice;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"auto\", \"1:10000\" or the number below the fraction such as 10000")
            }
            fn visit_i64<E: de::Error>(self, n: i64) -> std::result::Result<ScaleChoice, E> {
                u32::try_from(n)
                    .ok()
                    .filter(|n| *n > 0)
                    .map(ScaleChoice::Fixed)
                    .ok_or_else(|| E::invalid_value(de::Unexpected::Signed(n), &self))
            }
            fn visit_u64<E: de::Error>(self, n: u64) -> std::result::Result<ScaleChoice, E> {
                i64::try_from(n)
                    .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(n), &self))
                    .and_then(|n| self.visit_i64(n))
            }
            fn visit_str<E: de::Error>(self, words: &str) -> std::result::Result<ScaleChoice, E> {
                let words = words.trim();
                if words.eq_ignore_ascii_case("auto") || words == "自动" {
                    return Ok(ScaleChoice::Auto);
                }
                let digits: String = words
                    .trim_start_matches("1:")
                    .trim_start_matches("1:")
                    .chars()
                    .filter(|c| !matches!(c, ' ' | ',' | '_' | '\u{2009}'))
                    .collect();
                digits
                    .parse()
                    .ok()
                    .filter(|n| *n > 0)
                    .map(ScaleChoice::Fixed)
                    .ok_or_else(|| E::invalid_value(de::Unexpected::Str(words), &self))
            }
        }
        from.deserialize_any(Choice)
    }
}

/// Declares the description and, field by field, what a file may change of it.
macro_rules! described {
    ($($(#[$doc:meta])* $name:ident: $type:ty,)*) => {
        /// How a sheet looks and what is written on it. Lengths are millimetres on paper.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        pub struct SheetDescription {
            $($(#[$doc])* pub $name: $type,)*
        }

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Changes {
            $($name: Option<$type>,)*
        }

        impl Changes {
            fn apply(self, to: &mut SheetDescription) {
                $(if let Some(value) = self.$name { to.$name = value; })*
            }
        }
    };
}

described! {
    /// The preset it began with.
    preset: String,
    /// Paper size.
    paper: Paper,
    /// Free edges.
    margins: Margins,
    /// The panel of legend and notes.
    panel: Panel,
    /// All type is this many times as large as on A4.
    type_scale: f64,
    /// Title; empty: none.
    title: String,
    /// A smaller line under the title; empty: none.
    subtitle: String,
    /// Scale.
    scale: ScaleChoice,
    /// Ground at the middle of the map, metres east and north; without it the middle of what is shown.
    centre: Option<[f64; 2]>,
    /// Language of everything that is not data.
    language: Lang,
    /// 编制单位; empty: a blank to fill in.
    author_unit: String,
    /// Date of the sheet; without it a blank to fill in.
    date: Option<Date>,
    /// 密级; empty: a blank to fill in.
    secrecy: String,
    /// 编号 of the review; empty: a blank to fill in.
    review_number: String,
    /// Whether unit, date, secrecy and number stand beside the map, or lines to write them on.
    fields: bool,
    /// Who signs: one box each; none for no boxes.
    signatures: Vec<String>,
    /// Whether the locator is drawn.
    locator: bool,
    /// Whether boundary points are numbered on the map.
    boundary_points: bool,
    /// Whether the coordinates of the boundary points are listed beside it.
    coordinate_table: bool,
    /// Whether the overlapped pieces are listed beside the map.
    piece_list: bool,
    /// Whether zones have their names on the map.
    zone_labels: bool,
    /// Unit of areas.
    area_unit: AreaUnit,
    /// Decimals of areas; without it 2 for square metres, 4 for hectares and mu.
    area_decimals: Option<u8>,
    /// Fonts.
    fonts: FontNames,
    /// Layers drawn, by role.
    layers: Vec<LayerRole>,
    /// Further notes, one paragraph each.
    notes: Vec<String>,
}

/// Only the preset's name, read before everything else.
#[derive(Deserialize)]
struct Beginning {
    preset: Option<String>,
}

impl SheetDescription {
    /// A built-in preset by its name: see [`crate::PRESETS`].
    ///
    /// # Errors
    /// [`SheetError::UnknownPreset`].
    ///
    /// ```
    /// let sheet = redline_sheet::SheetDescription::preset("a4-landscape").unwrap();
    /// assert_eq!((sheet.paper.width_mm, sheet.paper.height_mm), (297.0, 210.0));
    /// ```
    pub fn preset(name: &str) -> Result<SheetDescription> {
        presets::of(name).ok_or_else(|| SheetError::UnknownPreset(name.to_owned()))
    }

    /// Reads a description: a preset (`preset = "…"`, A4 landscape without it) and what the file
    /// changes of it. `file` is its name for messages.
    ///
    /// # Errors
    /// [`SheetError::Description`] with the line and the cause.
    ///
    /// ```
    /// use redline_sheet::{ScaleChoice, SheetDescription};
    /// let sheet = SheetDescription::read("preset = 'a3-portrait'\nscale = '1:2000'", "项目.toml").unwrap();
    /// assert_eq!(sheet.scale, ScaleChoice::Fixed(2000));
    /// let wrong = SheetDescription::read("title = '甲'\nscael = 2000", "项目.toml").unwrap_err();
    /// assert!(wrong.to_string().contains("项目.toml 第 2 行"), "{wrong}");
    /// ```
    pub fn read(toml: &str, file: &str) -> Result<SheetDescription> {
        let refused = |e: toml::de::Error| SheetError::Description {
            file: file.to_owned(),
            line: e.span().map(|span| line_of(toml, span.start)),
            cause: toml_cause(e.message()),
        };
        let beginning: Beginning = toml::from_str(toml).map_err(refused)?;
        let name = beginning.preset.as_deref().unwrap_or("a4-landscape");
        let mut sheet = presets::of(name).ok_or_else(|| SheetError::Description {
            file: file.to_owned(),
            line: line_of_key(toml, "preset"),
            cause: SheetError::UnknownPreset(name.to_owned()).text(),
        })?;
        let changes: Changes = toml::from_str(toml).map_err(refused)?;
        changes.apply(&mut sheet);
        sheet.check().map_err(|(key, cause)| SheetError::Description {
            file: file.to_owned(),
            line: line_of_key(toml, key),
            cause,
        })?;
        Ok(sheet)
    }

    /// The description as TOML, which [`SheetDescription::read`] reads back.
    ///
    /// # Errors
    /// [`SheetError::Description`] where a value cannot be written.
    pub fn to_toml(&self) -> Result<String> {
        toml::to_string_pretty(self).map_err(|e| SheetError::Description {
            file: String::new(),
            line: None,
            cause: Text::same(e.to_string()),
        })
    }

    /// Decimals of areas.
    pub fn decimals(&self) -> usize {
        self.area_decimals.map_or_else(|| self.area_unit.usual_decimals() as usize, usize::from)
    }

    /// What cannot be drawn of it: the field, and why.
    pub(crate) fn check(&self) -> std::result::Result<(), (&'static str, Text)> {
        let Paper { width_mm, height_mm } = self.paper;
        if !(80.0..=2500.0).contains(&width_mm) || !(80.0..=2500.0).contains(&height_mm) {
            return Err((
                "paper",
                text!("纸张宽和高应在 80 至 2500 毫米之间。" | "Paper must be 80 to 2500 mm wide and high."),
            ));
        }
        let m = self.margins;
        if [m.left, m.right, m.top, m.bottom].iter().any(|v| !(0.0..=200.0).contains(v)) {
            return Err(("margins", text!("页边应在 0 至 200 毫米之间。" | "Margins must be 0 to 200 mm.")));
        }
        if !(0.5..=6.0).contains(&self.type_scale) {
            return Err(("type_scale", text!("字号倍数应在 0.5 至 6 之间。" | "type_scale must be 0.5 to 6.")));
        }
        if !(1..=8).contains(&self.panel.columns) {
            return Err(("panel", text!("图例栏数应在 1 至 8 之间。" | "The panel has 1 to 8 columns.")));
        }
        let (along, name) = match self.panel.side {
            PanelSide::Right => (width_mm - m.left - m.right, ("宽", "wide")),
            PanelSide::Below => (height_mm - m.top - m.bottom, ("高", "high")),
        };
        if !(20.0..=along * 0.75).contains(&self.panel.size_mm) {
            let most = (along * 0.75).floor();
            let (zh, en) = name;
            return Err((
                "panel",
                text!("图例栏应{zh} 20 至 {most} 毫米。" | "The panel must be 20 to {most} mm {en}."),
            ));
        }
        if matches!(self.scale, ScaleChoice::Fixed(n) if !(50..=10_000_000).contains(&n)) {
            return Err((
                "scale",
                text!("比例尺应在 1:50 至 1:10 000 000 之间。" | "The scale must be 1:50 to 1:10 000 000."),
            ));
        }
        if self.centre.is_some_and(|c| !c.iter().all(|v| v.is_finite())) {
            return Err(("centre", text!("图心坐标须为有限的数。" | "The centre must be two finite numbers.")));
        }
        if self.signatures.len() > 8 {
            return Err(("signatures", text!("签字栏最多 8 个。" | "There are at most 8 signature boxes.")));
        }
        if self.area_decimals.is_some_and(|d| d > 6) {
            return Err(("area_decimals", text!("面积最多 6 位小数。" | "Areas have at most 6 decimals.")));
        }
        Ok(())
    }
}

fn line_of(text: &str, byte: usize) -> usize {
    text.as_bytes().iter().take(byte).filter(|b| **b == b'\n').count() + 1
}

/// The line of a key, or of the table of that name.
fn line_of_key(text: &str, key: &str) -> Option<usize> {
    text.lines()
        .position(|line| {
            let line = line.trim_start().trim_start_matches('[');
            line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(['=', '.', ']']))
        })
        .map(|at| at + 1)
}

/// The reader's own words say what and where; the usual ones in Chinese too.
fn toml_cause(said: &str) -> Text {
    let zh = if let Some(rest) = said.strip_prefix("unknown field ") {
        format!(
            "没有这个字段：{}",
            rest.replace(", expected one of", "。可用的有：").replace(", expected", "。可用的有：")
        )
    } else if let Some(rest) = said.strip_prefix("unknown variant ") {
        format!(
            "没有这个取值：{}",
            rest.replace(", expected one of", "。可用的有：").replace(", expected", "。可用的有：")
        )
    } else if let Some(rest) = said.strip_prefix("missing field ") {
        format!("缺少字段 {rest}")
    } else if let Some(rest) = said.strip_prefix("invalid type: ") {
        format!("取值类型不对：{}", rest.replace(", expected", "，应为"))
    } else if let Some(rest) = said.strip_prefix("invalid value: ") {
        format!("取值不对：{}", rest.replace(", expected", "，应为"))
    } else {
        format!("不是有效的 TOML：{said}")
    };
    Text::new(zh, said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_can_be_drawn_and_read_back() {
        for name in presets::NAMES {
            let sheet = SheetDescription::preset(name).unwrap();
            assert_eq!(sheet.check(), Ok(()), "{name}");
            assert_eq!(SheetDescription::read(&sheet.to_toml().unwrap(), "x.toml").unwrap(), sheet);
        }
    }

    #[test]
    fn a_description_with_an_error_names_line_and_cause() {
        for (toml, line, zh) in [
            ("title = '甲'\nscale = 'big'", "第 2 行", "应为"),
            ("preset = 'a5'\n", "第 1 行", "a4-landscape"),
            ("title = 'a'\n\npreset = 'b0'", "第 3 行", "没有名为"),
            ("[margins]\nleft = 1\nright = 1\ntop = 1\nbottom = 900", "第 1 行", "0 至 200"),
            ("title = \n", "第 1 行", "TOML"),
            ("date = '2026-02-31'", "第 1 行", "TOML"),
            ("layers = ['rivers']", "第 1 行", "没有这个取值"),
            ("signatures = 'one'", "第 1 行", "取值类型不对"),
        ] {
            let said = SheetDescription::read(toml, "图.toml").unwrap_err().to_string();
            assert!(said.contains("图.toml") && said.contains(line) && said.contains(zh), "{toml}: {said}");
        }
    }

    #[test]
    fn a_scale_is_read_as_people_write_it() {
        for words in ["10000", "'1:10000'", "'1:10 000'", "'1:10,000'"] {
            let sheet = SheetDescription::read(&format!("scale = {words}"), "x").unwrap();
            assert_eq!(sheet.scale, ScaleChoice::Fixed(10_000), "{words}");
        }
    }
}
