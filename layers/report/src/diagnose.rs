//! What typst says of a template, as a sentence that names file, line, column, cause and next step.

use crate::error::ReportError;
use crate::world::ReportWorld;
use redline_wording::Text;
use typst::diag::{Severity, SourceDiagnostic};
use typst::{World, WorldExt};

/// The first of `diagnostics` as an error, with how many more there are. `None` of none.
pub(crate) fn error(world: &ReportWorld, diagnostics: &[SourceDiagnostic]) -> Option<ReportError> {
    let first = diagnostics.first()?;
    let place = place(world, first).map(|(file, line, column)| {
        Text::new(
            format!("模板 {file} 第 {line} 行第 {column} 列"),
            format!("template {file}, line {line}, column {column}"),
        )
    });
    let place = place.unwrap_or_else(|| Text::new("模板", "template"));
    let kind = match first.severity {
        Severity::Error => Text::new("出错", "error"),
        Severity::Warning => Text::new("有警告（按错误处理）", "warning, which counts as an error"),
    };
    let hints: Vec<&str> = first.hints.iter().map(|hint| hint.v.as_str()).collect();
    let hint = match hints.as_slice() {
        [] => Text::default(),
        hints => Text::new(format!("。提示：{}", hints.join("；")), format!(". Hint: {}", hints.join("; "))),
    };
    let more = match diagnostics.len() - 1 {
        0 => Text::default(),
        n => Text::new(format!("。另有 {n} 处"), format!(". And {n} more")),
    };
    let cause = &first.message;
    let meaning = in_chinese(cause).map_or_else(|| cause.to_string(), |zh| format!("{zh}（{cause}）"));
    Some(ReportError::new(
        "template-error",
        Text::new(
            format!("{}{}：{meaning}{}{}。", place.zh, kind.zh, hint.zh, more.zh),
            format!("{} ({}): {cause}{}{}.", place.en, kind.en, hint.en, more.en),
        ),
    ))
}

/// File, line and column (both from 1) that a diagnostic points at, or else the innermost call that
/// led there.
fn place(world: &ReportWorld, diagnostic: &SourceDiagnostic) -> Option<(String, usize, usize)> {
    let own = diagnostic.span.id().zip(world.range(diagnostic.span));
    let (id, range) =
        own.or_else(|| diagnostic.trace.iter().find_map(|point| point.span.id().zip(world.range(point.span))))?;
    let source = world.source(id).ok()?;
    let (line, column) = source.lines().byte_to_line_column(range.start)?;
    Some((world.name(id), line + 1, column + 1))
}

/// What the commonest of typst's messages mean; typst's own words stand beside it for whoever searches
/// for them. `None` where there is no translation.
fn in_chinese(cause: &str) -> Option<String> {
    let rest = |start: &str| cause.strip_prefix(start).map(str::trim);
    if let Some(name) = rest("unknown variable:") {
        return Some(format!("没有名为 {name} 的变量"));
    }
    if let Some(key) = rest("dictionary does not contain key") {
        return Some(format!("数据中没有字段 {key}"));
    }
    if let Some(family) = rest("unknown font family:") {
        return Some(format!("没有安装字体 {family}，请写入 fonts.toml 并列出后备字体"));
    }
    if let Some(path) = rest("file not found (searched at") {
        return Some(format!("模板文件夹中没有 {}", path.trim_end_matches(')')));
    }
    if let Some(reason) = rest("assertion failed:") {
        return Some(format!("模板的检查没有通过：{reason}"));
    }
    if let Some(reason) = rest("panicked with:") {
        return Some(format!("模板自行中止：{reason}"));
    }
    let fixed = [
        ("unclosed delimiter", "括号没有闭合"),
        ("unexpected closing bracket", "多了一个右括号"),
        ("maximum function call depth exceeded", "函数调用层数过多，可能是无休止的递归"),
        ("loop seems to be infinite", "循环似乎没有尽头"),
        ("use no packages and no network", "报告模板不能使用软件包，也不联网；请把所需文件放进模板文件夹"),
        ("outside the template's folder", "文件在模板文件夹之外，模板只能读取本文件夹内的文件"),
        ("file is not valid UTF-8", "文件不是 UTF-8 编码"),
        ("unable to get the current date", "报告不取当前日期；日期见 data.date"),
        ("missing alt text", "图片缺少替代文字（alt）"),
        ("heading levels must be consecutive", "标题级别必须连续"),
        ("would escape the", "路径离开了模板文件夹"),
    ];
    fixed.into_iter().find(|(part, _)| cause.contains(part)).map(|(_, zh)| zh.to_string())
}
