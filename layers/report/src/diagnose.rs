//! What typst says of a template, as a sentence that names file, line, column, cause and next step.

use crate::error::ReportError;
use crate::world::ReportWorld;
use redline_wording::Text;
use typst::diag::{Severity, SourceDiagnostic};
use typst::{World, WorldExt};

/// The first of `diagnostics` as an error, with how many more there are. `None` of none.
pub(crate) fn error(world: &ReportWorld, diagnostics: &[SourceDiagnostic]) -> Option<ReportError> {
    let first = diagnostics.first()?;
    // what the template called may stand in a file of ours: the outermost place in its own file helps
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
    Some(ReportError::new(
        "template-error",
        Text::new(
            format!("{}{}：{cause}{}{}。", place.zh, kind.zh, hint.zh, more.zh),
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
