//! `redline reviews`.

use super::form;
use crate::arguments::ReviewsCommand;
use crate::page::{Cell, Column, Ink, Page, Rows, badge};
use crate::session::{Failure, Session};
use redline_engine::SavedReview;

pub(super) fn run(command: &ReviewsCommand, session: &Session) -> Result<u8, Failure> {
    match command {
        ReviewsCommand::List { workspace, format } => {
            let reviews = redline_engine::reviews(workspace)?;
            form::answer(&reviews, *format, session, |page| list(page, &reviews))?;
        }
        ReviewsCommand::Show { id, workspace, unit, result } => {
            let format = form::review_format(result)?;
            form::see_way_out(format, result, session)?;
            let review = redline_engine::saved_review(workspace, id)?;
            form::deliver(&review, format, unit.map(form::unit), result, workspace, &[workspace], session)?;
        }
    }
    Ok(0)
}

fn list(page: &mut Page, reviews: &[SavedReview]) {
    if reviews.is_empty() {
        let words = page
            .pick(
                "工作空间里还没有存过审查。用 redline check … --save 存入。",
                "No review was saved here yet. redline check … --save keeps one.",
            )
            .to_string();
        page.paragraph(0, &words, Ink::Plain);
        return;
    }
    let mut rows = Rows::new(vec![
        Column::text(page.pick("编号", "id")),
        Column::text(page.pick("审查日期", "date")),
        Column::text(page.pick(" 结论", " outcome")),
        Column::wrapped(page.pick("项目文件", "project files")),
        Column::text(page.pick("程序版本", "made by version")),
    ]);
    for review in reviews {
        rows.cells([
            review.id.clone().into(),
            review.date.clone().into(),
            Cell::new(&badge(review.outcome, page.lang), Ink::Outcome(review.outcome)),
            review.title.replace('、', page.pick("、", ", ")).into(),
            review.engine_version.clone().into(),
        ]);
    }
    page.rows(0, &rows);
}
