//! A sheet as the command line describes it.

use crate::arguments::SheetOptions;
use crate::session::{Failure, Session};
use jiff::civil::Date;
use redline_engine::papers::{self, SheetDescription};
use redline_wording::Text;

/// The description asked for, with what the command line says of it. `title` and `date` stand where neither
/// does.
///
/// # Errors
/// Those of the description: a file that cannot be read or says what it may not.
pub fn described(
    options: &SheetOptions,
    title: &Text,
    date: Option<Date>,
    session: &Session,
) -> Result<SheetDescription, Failure> {
    let mut description = papers::sheet_description(&options.preset, options.description.as_deref())?;
    if options.description.is_none() {
        papers::speak(&mut description, session.lang);
    }
    if let Some(title) = &options.title {
        description.title = title.clone();
    } else if description.title.is_empty() {
        description.title = title.get(description.language).to_string();
    }
    if let Some(scale) = options.scale {
        description.scale = papers::ScaleChoice::Fixed(scale);
    }
    let fields = [
        (&options.unit, &mut description.author_unit),
        (&options.number, &mut description.review_number),
        (&options.secrecy, &mut description.secrecy),
    ];
    for (given, field) in fields {
        if let Some(words) = given {
            *field = words.clone();
        }
    }
    if description.date.is_none() {
        description.date = date;
    }
    Ok(description)
}
