//! The four official outcomes of a red-line check, as approval papers word them
//! (勘测定界/用地报批 practice after 自然资发〔2022〕142号).

use crate::{Activities, OpinionState, ProjectKeys};
use redline_wording::{Text, text};
use serde::{Deserialize, Serialize};

/// What is known of one plot and the red line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RedLineFacts {
    /// Whether the red-line layer is loaded and its stated extent covers the plot; without that
    /// nothing can be stated.
    pub covered: bool,
    /// Whether the plot's place is certain: no datum left unconverted, no suspected shift.
    pub place_certain: bool,
    /// Whether the plot overlaps or crosses the red line, or stands in it (overlaps under the sliver
    /// setting left out).
    pub overlaps: bool,
    /// Whether it has ground at all: false for a line without a width and for points.
    pub footprint: bool,
    /// The project states that it asks for no land in the red line: a tunnel, a bridge's span, an
    /// overhead line. Drawing cannot tell; somebody must say so. A footprint is land asked for, so it
    /// counts only without one.
    pub asks_no_land: bool,
    /// Whether any rule prohibits it within the red line.
    pub prohibited: bool,
    /// Whether a finding there is still Manual: what may yet be prohibited is not stated as permitted.
    pub undecided: bool,
    /// Whether the project's keys fit one another.
    pub keys_certain: bool,
    /// Overlaps left out as slivers, m².
    pub ignored_m2: f64,
    /// Area the plot occupies within the red line, m².
    pub occupied_m2: f64,
}

/// The four official outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfficialOutcome {
    /// (1) Not inside.
    NotInside,
    /// (2) Crosses it but asks for no land inside.
    CrossesWithoutLand,
    /// (3) A permitted limited activity; opinion issued; wholly inside the opinion's polygon.
    LimitedActivity,
    /// (4) National major project with an unavoidability opinion; wholly inside its polygon.
    NationalMajor,
}

impl OfficialOutcome {
    /// Its number, 1–4.
    pub fn number(self) -> u8 {
        match self {
            OfficialOutcome::NotInside => 1,
            OfficialOutcome::CrossesWithoutLand => 2,
            OfficialOutcome::LimitedActivity => 3,
            OfficialOutcome::NationalMajor => 4,
        }
    }
}

/// An official outcome and its sentence, or why none can be stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficialStatement {
    /// Which of the four; `None` where none can be stated.
    pub outcome: Option<OfficialOutcome>,
    /// The sentence, or the reason why none can be stated.
    pub text: Text,
}

/// Chooses among the four official outcomes. Areas are stated in hectares to four decimals.
/// `keys.opinions` must speak of the plot's whole intersection with the red line.
///
/// ```
/// use redline_zoning::{Activities, OfficialOutcome, ProjectKeys, RedLineFacts, official_outcome};
/// let facts = RedLineFacts {
///     covered: true,
///     place_certain: true,
///     overlaps: false,
///     footprint: true,
///     asks_no_land: false,
///     prohibited: false,
///     undecided: false,
///     keys_certain: true,
///     ignored_m2: 0.0,
///     occupied_m2: 0.0,
/// };
/// let said = official_outcome(&facts, &ProjectKeys::default(), Activities::builtin());
/// assert_eq!(said.outcome, Some(OfficialOutcome::NotInside));
/// ```
pub fn official_outcome(facts: &RedLineFacts, keys: &ProjectKeys, activities: &Activities) -> OfficialStatement {
    let none = |text: Text| OfficialStatement { outcome: None, text };
    let stated = |outcome: OfficialOutcome, text: Text| OfficialStatement { outcome: Some(outcome), text };
    if !facts.covered {
        return none(text!(
            "没有覆盖该地块、且规则集有规定的生态保护红线数据，不能出具红线结论；请导入红线图层，或选择规定了红线的规则集"
                | "no red-line data that the rule book speaks of covers the plot, so nothing can be stated; import the red-line layer, or choose a book with rules about it"
        ));
    }
    if !facts.place_certain {
        return none(text!(
            "地块位置存疑（坐标基准未经正式转换，或疑有偏移），不能出具红线结论；请改用正式转换后的坐标"
                | "the plot's place is in doubt (its datum was not officially converted, or a shift is suspected), so nothing can be stated; use officially converted coordinates"
        ));
    }
    if !facts.overlaps && facts.ignored_m2 > 0.0 {
        let m2 = format!("{:.2}", facts.ignored_m2.max(0.005));
        return stated(
            OfficialOutcome::NotInside,
            text!(
                "项目不位于生态保护红线内（边界处有 {m2} 平方米的重叠按碎片忽略，请核对坐标）。"
                    | "The project does not lie within the ecological red line ({m2} m² of overlap along its boundary were ignored as slivers; check the coordinates)."
            ),
        );
    }
    if !facts.overlaps {
        return stated(
            OfficialOutcome::NotInside,
            text!("项目不位于生态保护红线内。" | "The project does not lie within the ecological red line."),
        );
    }
    if facts.asks_no_land && !facts.footprint {
        return stated(
            OfficialOutcome::CrossesWithoutLand,
            text!(
                "项目穿（跨）越生态保护红线，但在红线内不申请用地。"
                    | "The project crosses the ecological red line but asks for no land within it."
            ),
        );
    }
    if !facts.footprint {
        return none(text!(
            "项目穿越或位于生态保护红线内，但文件只有线或点，占用面积未知；如在红线内不申请用地请加 --no-land，否则请给出 --width 或用地范围的面文件"
                | "the project crosses the ecological red line or stands in it, but the file holds only lines or points, so the land it takes is unknown; add --no-land if it asks for none inside, else give --width or the polygons of the land"
        ));
    }
    let ha = format!("{:.4}", facts.occupied_m2 / 10_000.0);
    if facts.prohibited {
        return none(text!(
            "项目占用生态保护红线 {ha} 公顷，且有条款禁止该活动，四种官方结论均不适用"
                | "the project occupies {ha} ha of the red line and a clause prohibits it there, so none of the four official outcomes holds"
        ));
    }
    let Some(code) = keys.activity.as_deref() else {
        return none(text!(
            "项目占用生态保护红线 {ha} 公顷；缺少活动类型（--activity），不能判断属于有限人为活动还是国家重大项目"
                | "the project occupies {ha} ha of the red line; without its activity (--activity) it is open whether it is a limited activity or a national major project"
        ));
    };
    let Some(activity) = activities.get(code) else {
        return none(text!(
            "项目占用生态保护红线 {ha} 公顷；活动代码 {code} 不在活动目录中"
                | "the project occupies {ha} ha of the red line; activity {code} is not in the registry"
        ));
    };
    let (zh, en) = (&activity.zh, &activity.en);
    let held = if !facts.keys_certain {
        Some(none(text!(
            "项目占用生态保护红线 {ha} 公顷；项目要素互相矛盾，核对之前不能出具官方结论"
                | "the project occupies {ha} ha of the red line; its keys contradict one another, so nothing can be stated before they are checked"
        )))
    } else if facts.undecided {
        Some(none(text!(
            "项目占用生态保护红线 {ha} 公顷；红线内尚有需人工判定的事项，判定之前不能出具官方结论"
                | "the project occupies {ha} ha of the red line; findings there are still to be judged by hand, so nothing can be stated before that"
        )))
    } else {
        None
    };
    if activity.major {
        return match OpinionState::of("unavoidability", keys) {
            OpinionState::Covering => held.unwrap_or_else(|| stated(
                OfficialOutcome::NationalMajor,
                text!(
                    "项目属于国家重大项目，已取得省级人民政府出具的不可避让论证意见，占用生态保护红线 {ha} 公顷，占用范围全部位于论证意见范围内。"
                        | "The project is a national major project with the province's unavoidability opinion; it occupies {ha} ha of the ecological red line, all of it within the opinion's polygon."
                ),
            )),
            OpinionState::NotCovering => none(text!(
                "项目占用生态保护红线 {ha} 公顷，部分超出不可避让论证意见的范围，不符合第四种情形；请核对范围或重新论证"
                    | "the project occupies {ha} ha of the red line, partly outside the unavoidability opinion's polygon; outcome 4 does not hold, correct the footprint or renew the opinion"
            )),
            OpinionState::Absent => none(text!(
                "项目占用生态保护红线 {ha} 公顷，属于国家重大项目，但未提供不可避让论证意见（--opinion）"
                    | "the project occupies {ha} ha of the red line and is a national major project, but no unavoidability opinion was given (--opinion)"
            )),
        };
    }
    let Some(kind) = activity.ten_kind else {
        return none(text!(
            "项目占用生态保护红线 {ha} 公顷，活动“{zh}”既不属于十类有限人为活动，也不是国家重大项目，四种官方结论均不适用"
                | "the project occupies {ha} ha of the red line; its activity \"{en}\" is neither among the ten limited kinds nor a national major project, so none of the four official outcomes holds"
        ));
    };
    match OpinionState::of("limited-activity", keys) {
        OpinionState::Covering => held.unwrap_or_else(|| stated(
            OfficialOutcome::LimitedActivity,
            text!(
                "项目属于生态保护红线内允许的有限人为活动（第 {kind} 类），已取得省级人民政府出具的认定意见，占用生态保护红线 {ha} 公顷，占用范围全部位于认定意见范围内。"
                    | "The project is a limited activity permitted within the ecological red line (kind {kind}) with the province's opinion; it occupies {ha} ha of the red line, all of it within the opinion's polygon."
            ),
        )),
        OpinionState::NotCovering => none(text!(
            "项目占用生态保护红线 {ha} 公顷，部分超出认定意见的范围，不符合第三种情形；请核对范围或重新认定"
                | "the project occupies {ha} ha of the red line, partly outside the limited-activity opinion's polygon; outcome 3 does not hold, correct the footprint or renew the opinion"
        )),
        OpinionState::Absent => none(text!(
            "项目占用生态保护红线 {ha} 公顷，可能属于有限人为活动（第 {kind} 类），但未提供认定意见（--opinion）"
                | "the project occupies {ha} ha of the red line and may be a limited activity (kind {kind}), but no limited-activity opinion was given (--opinion)"
        )),
    }
}
