//! `redline report`.

use super::form;
use crate::arguments::ReportArgs;
use crate::session::{Failure, Session};
use redline_engine::papers::{self, PaperFacts};
use redline_wording::text;

pub(super) fn run(arguments: &ReportArgs, session: &Session) -> Result<u8, Failure> {
    if let Some(folder) = &arguments.write_template {
        for file in papers::write_template(folder)? {
            let shown = file.display();
            session.remark(&text!("已写入 {shown}" | "Written to {shown}"));
        }
        return Ok(0);
    }
    // the arguments' own rules see to it that both are there
    let (Some(asked), Some(output)) = (&arguments.review, &arguments.output) else { return Ok(2) };
    let extension = output.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let lay_out = match extension.as_str() {
        "pdf" => papers::report_pdf,
        "docx" => papers::report_docx,
        _ => {
            let shown = output.display();
            return Err(Failure::Sentence(text!(
                "报告写成 .pdf 或 .docx，而不是“{shown}”。请改用其中一种扩展名。"
                    | "A report is written as .pdf or .docx, not as “{shown}”. Give the file one of these extensions."
            )));
        }
    };
    let (review, inputs) = form::review_named(asked, arguments.workspace.as_deref())?;
    let facts = PaperFacts {
        title: arguments.title.clone(),
        number: arguments.number.clone(),
        secrecy: arguments.secrecy.clone(),
        unit: arguments.unit.clone(),
        decided_by: arguments.decided_by.clone(),
        template: arguments.template.clone(),
    };
    let drawn_from = arguments.workspace.as_deref().filter(|_| !arguments.no_maps);
    let paper = {
        let bar = session.bar();
        lay_out(&review, drawn_from, &facts, session.lang, &bar)?
    };
    session.write(&paper.bytes, output, &inputs)?;
    paper.remarks.iter().for_each(|remark| session.remark(remark));
    if drawn_from.is_none() && !arguments.no_maps {
        session.remark(&text!(
            "报告中没有图件：用 --workspace 指明作出审查的工作空间即可附图。"
                | "The report has no maps: name the workspace that the review was made on with --workspace."
        ));
    }
    let shown = output.display();
    session.remark(&text!("已写入 {shown}" | "Written to {shown}"));
    Ok(0)
}
