//! Styles, running head and foot of the DOCX, as the parts of the package they are. Style names are
//! Chinese first: a bureau that changes 标题 1 or 表头 in its own template restyles the report.

use crate::data::ReportData;
use crate::words::Words;
use std::fmt::Write;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// `words` as XML character data or attribute value.
pub(super) fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The fonts of Word on a Chinese machine; where they are missing, the office program substitutes.
fn fonts(east_asian: &str, latin: &str) -> String {
    format!(
        "<w:rFonts w:ascii=\"{latin}\" w:hAnsi=\"{latin}\" w:eastAsia=\"{east_asian}\" w:cs=\"{latin}\" w:hint=\"eastAsia\"/>"
    )
}

/// `styles.xml`.
pub(super) fn styles() -> Vec<u8> {
    let body = fonts("Noto Serif CJK SC", "Noto Serif CJK SC");
    let heading = fonts("Noto Sans CJK SC", "Noto Sans CJK SC");
    let mono = fonts("Noto Sans Mono CJK SC", "Noto Sans Mono CJK SC");
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:styles xmlns:w=\"{W}\"><w:docDefaults><w:rPrDefault><w:rPr>{body}<w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    );
    let mut style = |id: &str, name: &str, based: &str, paragraph: &str, run: &str| {
        let default = if id == "Normal" { " w:default=\"1\"" } else { "" };
        let based = if based.is_empty() { String::new() } else { format!("<w:basedOn w:val=\"{based}\"/>") };
        // writing to a string cannot fail
        let _ = write!(
            xml,
            "<w:style w:type=\"paragraph\"{default} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{based}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        );
    };
    style("Normal", "Normal", "", "", "");
    style(
        "Body",
        "正文 报告",
        "Normal",
        "<w:spacing w:line=\"400\" w:lineRule=\"exact\"/><w:ind w:firstLine=\"480\" w:firstLineChars=\"200\"/><w:jc w:val=\"both\"/>",
        "",
    );
    style(
        "BodyFlush",
        "正文 不缩进",
        "Normal",
        "<w:spacing w:line=\"400\" w:lineRule=\"exact\"/><w:jc w:val=\"both\"/>",
        "",
    );
    style("BodyWarning", "正文 警示", "Body", "", "<w:color w:val=\"B3261E\"/>");
    style(
        "Title",
        "Title",
        "Normal",
        "<w:spacing w:before=\"3600\" w:after=\"360\"/><w:jc w:val=\"center\"/>",
        "<w:b/><w:sz w:val=\"56\"/><w:szCs w:val=\"56\"/>",
    );
    style(
        "Subtitle",
        "Subtitle",
        "Normal",
        "<w:spacing w:after=\"480\"/><w:jc w:val=\"center\"/>",
        "<w:sz w:val=\"30\"/><w:szCs w:val=\"30\"/>",
    );
    style(
        "Stamp",
        "系统初判",
        "Normal",
        "<w:spacing w:before=\"240\" w:after=\"1800\"/><w:jc w:val=\"center\"/>",
        &format!(
            "{heading}<w:b/><w:color w:val=\"B3261E\"/><w:spacing w:val=\"80\"/><w:sz w:val=\"40\"/><w:szCs w:val=\"40\"/>"
        ),
    );
    style(
        "CoverLine",
        "封面行",
        "Normal",
        "<w:spacing w:before=\"160\" w:after=\"160\"/><w:ind w:left=\"1400\"/>",
        "<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>",
    );
    style("CoverHead", "封面页首", "Normal", "<w:tabs><w:tab w:val=\"right\" w:pos=\"8844\"/></w:tabs>", "");
    style(
        "Warning",
        "警示",
        "Normal",
        "<w:spacing w:before=\"120\"/><w:jc w:val=\"center\"/>",
        "<w:color w:val=\"B3261E\"/><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>",
    );
    style(
        "Heading1",
        "heading 1",
        "Normal",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"400\" w:after=\"200\"/><w:outlineLvl w:val=\"0\"/>",
        &format!("{heading}<w:b/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>"),
    );
    style(
        "Heading2",
        "heading 2",
        "Normal",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"280\" w:after=\"140\"/><w:outlineLvl w:val=\"1\"/>",
        &format!("{heading}<w:b/><w:sz w:val=\"26\"/><w:szCs w:val=\"26\"/>"),
    );
    style(
        "Heading3",
        "heading 3",
        "Normal",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"200\" w:after=\"100\"/><w:outlineLvl w:val=\"2\"/>",
        &format!("{heading}<w:b/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>"),
    );
    style(
        "Outcome",
        "结论",
        "Normal",
        "<w:pBdr><w:left w:val=\"single\" w:sz=\"36\" w:space=\"8\" w:color=\"5F6368\"/></w:pBdr><w:spacing w:before=\"120\" w:after=\"200\"/><w:ind w:left=\"200\"/>",
        &format!("{heading}<w:b/><w:sz w:val=\"34\"/><w:szCs w:val=\"34\"/>"),
    );
    style(
        "Clause",
        "条款",
        "Normal",
        "<w:spacing w:before=\"200\" w:line=\"400\" w:lineRule=\"exact\"/><w:ind w:left=\"680\" w:hanging=\"680\"/>",
        "",
    );
    style(
        "ClauseSource",
        "条款出处",
        "Normal",
        "<w:spacing w:line=\"300\" w:lineRule=\"exact\"/><w:ind w:left=\"680\"/>",
        "<w:color w:val=\"5F6368\"/><w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/>",
    );
    style("Map", "图", "Normal", "<w:keepNext/><w:spacing w:before=\"120\"/><w:jc w:val=\"center\"/>", "");
    style(
        "MapCaption",
        "图题",
        "Normal",
        "<w:spacing w:before=\"80\" w:after=\"240\"/><w:jc w:val=\"center\"/>",
        &format!("{heading}<w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>"),
    );
    style(
        "TableText",
        "表格",
        "Normal",
        "<w:spacing w:line=\"240\" w:lineRule=\"atLeast\"/>",
        "<w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>",
    );
    style("TableHead", "表头", "TableText", "<w:keepNext/><w:jc w:val=\"center\"/>", &format!("{heading}<w:b/>"));
    style("TableNumber", "表格数字", "TableText", "<w:jc w:val=\"right\"/>", "");
    style("TableCode", "表格编码", "TableText", "", &format!("{mono}<w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/>"));
    style("TableSum", "表格小计", "TableText", "", &format!("{heading}<w:b/>"));
    // the wide table, in smaller letters
    let small = "<w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/>";
    let tight = "<w:spacing w:line=\"200\" w:lineRule=\"atLeast\"/>";
    for (id, name) in [
        ("TableText", "表格"),
        ("TableHead", "表头"),
        ("TableNumber", "表格数字"),
        ("TableCode", "表格编码"),
        ("TableSum", "表格小计"),
    ] {
        style(&format!("{id}Wide"), &format!("{name} 宽表"), id, tight, small);
    }
    style(
        "TableGap",
        "表后间距",
        "Normal",
        "<w:spacing w:line=\"160\" w:lineRule=\"exact\"/>",
        "<w:sz w:val=\"8\"/><w:szCs w:val=\"8\"/>",
    );
    style(
        "RunningHead",
        "页眉 报告",
        "Normal",
        "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"5F6368\"/></w:pBdr>",
        &format!("{heading}<w:color w:val=\"5F6368\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>"),
    );
    style(
        "RunningFoot",
        "页脚 报告",
        "Normal",
        "<w:jc w:val=\"center\"/>",
        &format!("{heading}<w:color w:val=\"5F6368\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>"),
    );
    let side = |name: &str| format!("<w:{name} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"5F6368\"/>");
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"].into_iter().map(side).collect();
    let _ = write!(
        xml,
        "<w:style w:type=\"table\" w:styleId=\"ReportTable\"><w:name w:val=\"报告表格\"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar><w:top w:w=\"40\" w:type=\"dxa\"/><w:left w:w=\"70\" w:type=\"dxa\"/><w:bottom w:w=\"40\" w:type=\"dxa\"/><w:right w:w=\"70\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style></w:styles>"
    );
    xml.into_bytes()
}

/// The running head: title, number, 系统初判, and 示例数据 across the page. Without `text` only the latter.
pub(super) fn header(data: &ReportData, words: &Words, text: bool, place: usize) -> Vec<u8> {
    let mut runs = String::new();
    if text {
        let mut parts = vec![data.title.clone()];
        if !data.number.is_empty() {
            parts.push(format!("{} {}", words.number, data.number));
        }
        let _ = write!(runs, "<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(&parts.join("　")));
        let marks = [(!data.decided, words.preliminary), (data.sample, words.sample)];
        for (_, mark) in marks.into_iter().filter(|(shown, _)| *shown) {
            let _ = write!(
                runs,
                "<w:r><w:rPr><w:b/><w:color w:val=\"B3261E\"/></w:rPr><w:t xml:space=\"preserve\">　{mark}</w:t></w:r>"
            );
        }
    }
    if data.sample {
        let _ = write!(
            runs,
            "<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id=\"_x0000_t136\" coordsize=\"21600,21600\" o:spt=\"136\" adj=\"10800\" path=\"m@7,l@8,m@5,21600l@6,21600e\"><v:formulas><v:f eqn=\"sum #0 0 10800\"/><v:f eqn=\"prod #0 2 1\"/><v:f eqn=\"sum 21600 0 @1\"/><v:f eqn=\"sum 0 0 @2\"/><v:f eqn=\"sum 21600 0 @3\"/><v:f eqn=\"if @0 @3 0\"/><v:f eqn=\"if @0 21600 @1\"/><v:f eqn=\"if @0 0 @2\"/><v:f eqn=\"if @0 @4 21600\"/></v:formulas><v:path textpathok=\"t\" o:connecttype=\"rect\"/><v:textpath on=\"t\" fitshape=\"t\"/></v:shapetype><v:shape id=\"SampleMark{place}\" o:spid=\"_x0000_s{}\" type=\"#_x0000_t136\" style=\"position:absolute;margin-left:0;margin-top:0;width:400pt;height:100pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin\" o:allowincell=\"f\" fillcolor=\"#f3d6d4\" stroked=\"f\"><v:textpath style=\"font-family:&quot;Noto Sans CJK SC&quot;;font-size:1pt\" string=\"{}\"/></v:shape></w:pict></w:r>",
            2049 + place,
            words.sample
        );
    }
    let style = if text { "RunningHead" } else { "BodyFlush" };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:hdr xmlns:w=\"{W}\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\"><w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p></w:hdr>"
    )
    .into_bytes()
}

/// The foot: page x of y, as fields. Without `text` it is empty.
pub(super) fn footer(words: &Words, text: bool) -> Vec<u8> {
    let say = |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let field = |name: &str| format!("<w:fldSimple w:instr=\" {name} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    let runs = if text {
        [
            say(&format!("{} ", words.page_before)),
            field("PAGE"),
            say(&format!(" {} ", words.page_between)),
            field("NUMPAGES"),
            say(&format!(" {}", words.page_after)),
        ]
        .concat()
    } else {
        String::new()
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:ftr xmlns:w=\"{W}\"><w:p><w:pPr><w:pStyle w:val=\"RunningFoot\"/></w:pPr>{runs}</w:p></w:ftr>"
    )
    .into_bytes()
}
