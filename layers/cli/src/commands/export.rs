//! `redline export`.

use crate::arguments::ExportArgs;
use crate::session::{Failure, Session};
use redline_engine::ExportRequest;
use redline_wording::{counted, text};

pub(super) fn run(arguments: &ExportArgs, session: &Session) -> Result<u8, Failure> {
    let done = redline_engine::export(&ExportRequest {
        workspace: arguments.workspace.clone(),
        layer: arguments.layer.clone(),
        state: arguments.state.clone(),
        output: arguments.output.clone(),
    })?;
    let (shown, title, zones, revision) = (arguments.output.display(), &done.title, done.zones, done.state.revision);
    let counted = counted(zones as usize, "zone");
    session.remark(&match &done.state.draft {
        Some(draft) => text!(
            "已写入 {shown}：{title}，草案“{draft}”，{zones} 个分区"
                | "Written to {shown}: {title}, draft “{draft}”, {counted}"
        ),
        None => text!(
            "已写入 {shown}：{title}，版本 r{revision}，{zones} 个分区"
                | "Written to {shown}: {title}, revision r{revision}, {counted}"
        ),
    });
    Ok(0)
}
