//! The headings and fixed sentences of the report, in both languages: one list for the PDF and the
//! DOCX. Templates find them under `words`.

use redline_wording::Lang;
use serde::Serialize;

macro_rules! words {
    ($($name:ident: $zh:literal | $en:literal;)*) => {
        /// The headings and fixed sentences of a report in one language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        pub struct Words {
            $(#[doc = $zh] pub $name: &'static str,)*
        }

        impl Words {
            /// The words in `lang`.
            pub fn of(lang: Lang) -> Words {
                match lang {
                    Lang::Zh => Words { $($name: $zh,)* },
                    Lang::En => Words { $($name: $en,)* },
                }
            }
        }
    };
}

words! {
    // cover and running head
    preliminary: "系统初判" | "Preliminary";
    preliminary_note: "本报告为系统初判结果，尚未经有权人员判定，不作为审批依据。"
        | "This report is what the system found. Nobody has decided yet; it is no ground for an approval.";
    sample: "示例数据" | "Sample data";
    sample_note: "所用图层为示例数据，结论不得用于实际项目。"
        | "The layers are sample data; the outcome says nothing of a real project.";
    number: "编号" | "No.";
    secrecy: "密级" | "Secrecy class";
    unit: "编制单位" | "Prepared by";
    date: "审查日期" | "Review date";
    subject: "审查对象" | "Subject";
    outcome: "审查结论" | "Outcome";
    contents: "目录" | "Contents";
    page_before: "第" | "Page";
    page_between: "页　共" | "of";
    page_after: "页" | "";
    colon: "：" | ": ";
    open: "（" | " (";
    close: "）" | ")";
    stop: "。" | ".";
    none: "无" | "none";
    yes: "是" | "yes";
    no: "否" | "no";
    // chapters
    chapter_outcome: "审查结论" | "Outcome";
    chapter_projects: "项目与地块" | "Projects and plots";
    chapter_occupation: "压占分析表" | "Occupation analysis";
    chapter_totals: "分类汇总" | "Totals";
    chapter_land_use: "地类面积" | "Land use";
    chapter_clauses: "条款依据" | "Clauses";
    chapter_maps: "图件" | "Maps";
    chapter_notes: "导入说明与修复" | "Import notes and repairs";
    chapter_slivers: "忽略的碎面" | "Ignored slivers";
    chapter_basis: "审查依据与参数" | "Basis and settings";
    chapter_signatures: "签署" | "Signatures";
    section_official: "生态保护红线官方结论" | "What the official form says of the red line";
    section_undecided: "未作判定的事项" | "What was not decided";
    section_rule_book: "规则集" | "Rule book";
    section_layers: "图层" | "Layers";
    section_settings: "参数" | "Settings";
    section_fonts: "字体" | "Fonts";
    // tables
    row_number: "序号" | "No.";
    plot_id: "地块编号" | "Plot";
    plot_name: "地块名称" | "Plot name";
    layer: "控制线" | "Line";
    zone_class: "分区/级别" | "Class / tier";
    zone: "图斑编码" | "Zone";
    area: "面积" | "Area";
    occupied: "压占面积" | "Occupied";
    m2: "平方米" | "m²";
    ha: "公顷" | "ha";
    mu: "亩" | "mu";
    share_plot: "占地块比例（%）" | "Share of plot (%)";
    share_whole: "占项目比例（%）" | "Share of project (%)";
    clause: "条款依据" | "Clause";
    verdict: "结论" | "Outcome";
    remarks: "备注" | "Remarks";
    subtotal: "小计（地块面积）" | "Subtotal (the plot)";
    sum: "合计" | "Sum";
    union: "合计（地块并集）" | "Sum (union of the plots)";
    project: "项目文件" | "Project file";
    file: "文件" | "File";
    sha256: "SHA-256" | "SHA-256";
    crs: "坐标系" | "CRS";
    evidence: "坐标系依据" | "Evidence";
    file_error: "文件不能使用" | "The file cannot be used";
    area_ellipsoidal: "椭球面积（m²）" | "Ellipsoidal (m²)";
    area_planar: "平面面积（m²）" | "Planar (m²)";
    area_declared: "申报面积（m²）" | "Declared (m²)";
    official_number: "情形" | "Case";
    official_sentence: "结论表述" | "Statement";
    official_none: "不适用" | "none holds";
    item: "事项" | "Subject";
    reason: "原因" | "Why";
    next: "如何判定" | "What would decide it";
    severity: "级别" | "Kind";
    place: "位置" | "Where";
    area_m2: "面积（m²）" | "Area (m²)";
    message: "说明" | "What";
    accepted: "已由审查人确认" | "accepted by the reviewer";
    land_code: "地类编码" | "Code";
    land_name: "地类名称" | "Land use";
    great_class: "三大类" | "Great class";
    sums_by: "汇总项" | "Of";
    unverified: "未核实" | "unverified";
    verified: "已核实" | "verified";
    rule: "规则" | "Rule";
    source: "出处" | "Source";
    attach: "须附材料" | "Attach";
    clause_ref: "条款" | "Clause";
    title: "名称" | "Title";
    version: "版本" | "Version";
    valid: "有效期" | "Valid";
    until: "至" | "to";
    revision: "版本" | "Revision";
    layer_date: "日期" | "Date";
    judged: "参与判定" | "Judged";
    setting: "参数" | "Setting";
    value: "取值" | "Value";
    font_role: "用途" | "Used for";
    font_used: "所用字体" | "Font used";
    font_asked: "模板首选但未安装" | "Asked for, not installed";
    role: "签署人" | "Role";
    name: "姓名" | "Name";
    signature: "签名" | "Signature";
    sign_date: "日期" | "Date";
    // two revisions
    date_compared: "日期" | "Date";
    chapter_ledger: "调入调出台账" | "Ledger";
    chapter_exchange: "划转明细" | "Ground that changed hands";
    chapter_renamed: "名称与属性变更" | "Called or counted otherwise";
    chapter_remarks: "说明" | "Remarks";
    ledger_lead: "面积为椭球面积，单位平方米。图层一行为整层的调入与调出；层内划转只见于其下各行。"
        | "Square metres on the ellipsoid. The layer's own row is what came and went; what was reassigned within it shows only in the rows beneath.";
    ledger_none: "两个版本没有面积差别。" | "The two do not differ in area.";
    exchange_none: "没有土地划转。" | "No ground changed hands.";
    gained: "调入（m²）" | "In (m²)";
    lost: "调出（m²）" | "Out (m²)";
    net: "净（m²）" | "Net (m²)";
    owner_before: "原属" | "From";
    owner_after: "现属" | "To";
    before: "原" | "Before";
    after: "现" | "After";
    place_ne: "位置（北，东）" | "Place (N, E)";
    figure: "图" | "Map";
    table: "表" | "Table";
    // sentences
    official_lead: "依据生态保护红线审查的四种官方情形，逐地块表述如下。"
        | "Of the four outcomes of the official form, this holds for each plot.";
    undecided_lead: "下列事项规则未予明确或缺少资料，系统未作判定，须由审查人处理。"
        | "The rules leave these open, or papers are missing; the system did not decide them, a reviewer must.";
    undecided_none: "没有未作判定的事项。" | "Nothing was left open.";
    occupation_lead: "面积为椭球面积；每一地块、每一控制线的各行之和等于地块面积，尾数按最大余额法调整。条款依据栏的编号见条款依据一章。"
        | "Areas on the ellipsoid; the rows of each plot and line add up to the plot (largest remainder). The numbers of clauses refer to the chapter on clauses.";
    shortened: "过长的名称以“…”略写，全称见项目与地块一章。" | " Long names are shortened with …; the full ones stand among the projects and plots.";
    occupation_none: "没有可供分析的地块。" | "There is no plot to analyse.";
    totals_lead: "按地块并集计算：地块相互重叠的部分只计一次；同一处压占多条控制线时各计一次。各表分别凑整，同一面积在不同表中末位可差一。"
        | "Over the union of the plots: what plots share counts once; a place under several lines counts under each. Each table is rounded to add up by itself: one area may differ by its last digit from table to table.";
    land_use_lead: "各行之和等于地块面积。" | "The rows add up to the plot.";
    land_use_none: "未载入地类图斑，或地块没有面积。" | "No land-use layer is loaded, or the plots have no area.";
    clauses_lead: "条款按原文引录。标注“未核实”者尚未与原文件核对，引用前应予核对。"
        | "Clauses are quoted in the law's language. Those marked unverified were not yet compared with their source; compare before citing.";
    clauses_none: "没有适用的条款。" | "No clause was applied.";
    notes_none: "导入过程没有需要说明的事项。" | "The import left nothing to say.";
    slivers_lead: "下列重叠小于碎面限值，未参与判定，其面积已列入压占分析表。"
        | "These overlaps are under the sliver limit and were not judged; their area stands in the occupation analysis.";
    slivers_none: "没有忽略的碎面。" | "No sliver was ignored.";
    maps_lead: "图件按标注比例尺绘制，按 100% 打印时图上长度准确。"
        | "The maps are true to scale when printed at 100 %.";
    maps_none: "本报告未附图件。" | "This report has no maps.";
    control_characters: "属性文字中的控制字符不能印出，已略去" | "Control characters in attribute text cannot be printed and were left out";
}

/// `2024-06-01` as people write it; `None` where that is no date.
pub(crate) fn date_in_words(date: &str, lang: Lang) -> Option<String> {
    let (year, month, day) = date_parts(date)?;
    Some(match lang {
        Lang::Zh => format!("{year}年{month}月{day}日"),
        Lang::En => {
            const MONTHS: [&str; 12] = [
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ];
            format!("{day} {} {year}", MONTHS[usize::from(month) - 1])
        }
    })
}

/// Year, month and day of `YYYY-MM-DD`; `None` where that is no date of the calendar.
pub(crate) fn date_parts(date: &str) -> Option<(u16, u8, u8)> {
    let mut parts = date.split('-');
    let mut part = |digits: usize| {
        let words = parts.next()?;
        (words.len() == digits && words.bytes().all(|b| b.is_ascii_digit())).then(|| words.parse::<u16>().ok())?
    };
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    let whole = year > 0 && (1..=days).contains(&day) && parts.next().is_none();
    // both fit: month is at most 12 and day at most 31
    whole.then_some((year, month as u8, day as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_as_people_write_it_and_no_other_day_passes() {
        assert_eq!(date_in_words("2024-06-01", Lang::Zh).as_deref(), Some("2024年6月1日"));
        assert_eq!(date_in_words("2024-02-29", Lang::En).as_deref(), Some("29 February 2024"));
        for wrong in ["", "2024-6-1", "2023-02-29", "2024-13-01", "2024-00-10", "2024-01-01-", "0000-01-01", "今天"] {
            assert_eq!(date_in_words(wrong, Lang::Zh), None, "{wrong}");
        }
    }
}
