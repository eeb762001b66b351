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
    let bytes = lay_out(&review, &facts, session.lang)?;
    session.write(&bytes, output, &inputs)?;
    let shown = output.display();
    session.remark(&text!("已写入 {shown}" | "Written to {shown}"));
    Ok(0)
}
