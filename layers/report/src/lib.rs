//! The review report (审查报告) as papers: a tagged PDF, laid out by typst from templates that a bureau
//! can change, and an editable DOCX with the same tables and maps.
//!
//! The crate knows no review: whoever fills [`ReportData`] has chosen the language, rounded the areas
//! and drawn the maps. What stands in it is data and never markup. The same data, template and fonts
//! give the same bytes; the date is the data's.
//!
//! ```no_run
//! use redline_report::{Fonts, ReportData, Template, docx, pdf};
//! # fn files(data: &ReportData) -> Result<(), redline_report::ReportError> {
//! let paper = pdf(data, &Template::shipped(), &Fonts::system())?;
//! assert!(paper.bytes.starts_with(b"%PDF"));
//! let editable = docx(data)?;
//! assert!(editable.starts_with(b"PK"));
//! # Ok(())
//! # }
//! ```

mod clean;
mod comparison;
mod data;
mod diagnose;
mod docx;
mod error;
mod fonts;
mod glyphs;
mod pdf;
mod roles;
mod tables;
mod template;
mod words;
mod world;

pub use comparison::{Comparison, ExchangeRow, LedgerRow};
pub use data::{
    LayerRow, MapFigure, MapKind, NoteRow, PlotRow, ProjectPart, ReportData, RuleBookEntry, Setting, Signature,
    Undecided, Verdict,
};
pub use docx::docx;
pub use error::{ReportError, Result};
pub use fonts::Fonts;
pub use pdf::{Pdf, pdf};
pub use roles::{FontRole, FontUse};
pub use tables::{
    AreaFigures, ClauseEntry, Figure, LandUseBlock, LandUseRow, OccupationBlock, OccupationRow, RowKind, SliverRow,
    TotalsGroup, TotalsRow,
};
pub use template::Template;
pub use words::Words;
