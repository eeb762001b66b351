//! The rows of the report's tables. Areas come rounded, as the words to print and the number they are.

use crate::data::Verdict;
use serde::{Deserialize, Serialize};

/// A number as papers print it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The rounded number.
    pub value: f64,
    /// As printed, with a full stop and a hyphen for minus.
    pub text: String,
}

impl Figure {
    /// `value`, already rounded, printed with `decimals`.
    ///
    /// ```
    /// assert_eq!(redline_report::Figure::new(1234.5, 2).text, "1234.50");
    /// assert_eq!(redline_report::Figure::new(-0.0, 2).text, "0.00");
    /// ```
    pub fn new(value: f64, decimals: usize) -> Figure {
        let text = format!("{value:.decimals$}");
        // no minus before a zero
        let text = if text.bytes().all(|b| matches!(b, b'-' | b'0' | b'.')) { text.replace('-', "") } else { text };
        Figure { value, text }
    }
}

/// One area in every unit of the 压占分析表.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AreaFigures {
    /// Square metres.
    pub m2: Figure,
    /// 公顷.
    pub ha: Figure,
    /// 亩.
    pub mu: Figure,
    /// Share of the whole, per cent.
    pub percent: Figure,
}

impl AreaFigures {
    /// Rounded figures with the decimals papers use: m² 2, 公顷 4, 亩 4, per cent 2.
    pub fn new(m2: f64, ha: f64, mu: f64, percent: f64) -> AreaFigures {
        AreaFigures {
            m2: Figure::new(m2, 2),
            ha: Figure::new(ha, 4),
            mu: Figure::new(mu, 4),
            percent: Figure::new(percent, 2),
        }
    }
}

/// The part of the 压占分析表 for one plot and layer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct OccupationBlock {
    /// The project file; a new one begins a group.
    pub project: String,
    /// 地块编号.
    pub plot: String,
    /// 地块名称.
    pub plot_name: String,
    /// 控制线.
    pub layer: String,
    /// The rows; those with figures sum to the subtotal.
    pub rows: Vec<OccupationRow>,
    /// 小计, the plot's area; `None` where nothing has an area.
    pub subtotal: Option<AreaFigures>,
}

/// What a row of the 压占分析表 stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// A clipped overlap.
    #[default]
    Overlap,
    /// A sliver left out.
    Ignored,
    /// What zones that overlap one another count twice; its figures are negative.
    CountedTwice,
    /// What no zone covers.
    Outside,
    /// A finding about a layer as a whole, a line's crossing, a point: no area.
    WithoutArea,
}

/// One row of the 压占分析表.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct OccupationRow {
    /// What it stands for.
    pub kind: RowKind,
    /// 序号, as the maps number the overlap; may be empty.
    pub number: String,
    /// 分区/级别, or what the row is.
    pub zone_class: String,
    /// 图斑编码.
    pub zone: String,
    /// 压占面积; `None` for a row without area.
    pub figures: Option<AreaFigures>,
    /// 条款依据: numbers of entries in `clauses`.
    pub clauses: Vec<usize>,
    /// 结论; `None` for a row that nothing judged.
    pub outcome: Option<Verdict>,
    /// 备注, one sentence an entry.
    pub remarks: Vec<String>,
}

/// A table of totals of one project: per line, per zone, per tier or per outcome.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TotalsGroup {
    /// The project file.
    pub project: String,
    /// What it sums by.
    pub by: String,
    /// The rows.
    pub rows: Vec<TotalsRow>,
    /// The whole; `None` where the rows may overlap one another and are not summed.
    pub whole: Option<AreaFigures>,
}

/// One total.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TotalsRow {
    /// Of what.
    pub name: String,
    /// How much.
    pub figures: AreaFigures,
    /// The outcome it is the total of.
    pub outcome: Option<Verdict>,
}

/// Land use beneath one plot.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LandUseBlock {
    /// The project file.
    pub project: String,
    /// 地块编号.
    pub plot: String,
    /// 地块名称.
    pub plot_name: String,
    /// The rows; they sum to the plot.
    pub rows: Vec<LandUseRow>,
    /// The plot's area.
    pub sum: AreaFigures,
}

/// One land-use class, or what the parcels leave open or count twice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LandUseRow {
    /// 地类编码; empty for a rest.
    pub code: String,
    /// 地类名称, or what the rest is.
    pub name: String,
    /// 农用地, 建设用地 or 未利用地; may be empty.
    pub great_class: String,
    /// How much.
    pub figures: AreaFigures,
}

/// A clause that was applied, quoted in the law's language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClauseEntry {
    /// The number that tables refer to.
    pub number: usize,
    /// Rule id within its book.
    pub rule: String,
    /// The clause, word for word; may be empty.
    pub text: String,
    /// Its citation.
    pub source: String,
    /// Whether it was confirmed against its source; 未核实 stands beside it otherwise.
    pub verified: bool,
    /// Papers the applicant must attach.
    pub attachments: Vec<String>,
}

/// An overlap ignored as a sliver.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SliverRow {
    /// The project file.
    pub project: String,
    /// 地块编号.
    pub plot: String,
    /// 控制线.
    pub layer: String,
    /// 图斑编码.
    pub zone: String,
    /// Its area on the ellipsoid, formatted square metres.
    pub area_m2: String,
}
