//! Sheet 地类面积： land use beneath each plot, its sum the plot's area.

use super::sheet::{self, Look, look};
use crate::output::balance::{Figures, LandUsePart, land_use_balance};
use crate::output::words;
use crate::review::Review;
use redline_wording::Lang;
use redline_zoning::LayerRole;
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) fn write(sheet: &mut Worksheet, review: &Review, lang: Lang) -> Result<(), XlsxError> {
    let (name, heads, what): (&str, [&str; 6], &str) = match lang {
        Lang::Zh => ("地类面积", ["项目文件", "地块编号", "地块名称", "地类编码", "地类名称", "三大类"], "面积"),
        Lang::En => ("Land use", ["File", "Plot", "Plot name", "Code", "Land use", "Great class"], "Area"),
    };
    let widths = [24.0, 12.0, 18.0, 10.0, 22.0, 16.0, 15.0, 12.0, 12.0, 11.0];
    let columns: Vec<(String, f64)> =
        heads.iter().map(|head| head.to_string()).chain(sheet::figure_heads(lang, what)).zip(widths).collect();
    let context = match lang {
        Lang::Zh => "面积为椭球面积，各行之和等于地块面积",
        Lang::En => "Areas on the ellipsoid; the rows add up to the plot",
    };
    let mut row = sheet::begin(sheet, name, name, &[context.to_string()], &columns)?;
    let plain = look(Look::Text);
    let sum = look(Look::SumLabel);
    for project in &review.projects {
        for plot in &project.plots {
            let first = row;
            for line in land_use_balance(plot) {
                let (code, name, great) = match line.part {
                    LandUsePart::Code(land) => (
                        land.code.clone(),
                        land.name.clone(),
                        words::subdivision(LayerRole::LandUse, &land.great_class).get(lang).to_string(),
                    ),
                    LandUsePart::CountedTwice => (String::new(), rest(lang, true), String::new()),
                    LandUsePart::Uncovered => (String::new(), rest(lang, false), String::new()),
                };
                for (column, words) in [&project.file, &plot.id, &plot.name, &code, &name, &great].iter().enumerate() {
                    sheet::text(sheet, row, column as u16, words, &plain)?;
                }
                sheet::figures(sheet, row, 6, &line.figures, false)?;
                row += 1;
            }
            if row > first {
                let label = match lang {
                    Lang::Zh => "合计（地块面积）",
                    Lang::En => "Sum (the plot)",
                };
                for (column, words) in [project.file.as_str(), &plot.id, &plot.name, "", label, ""].iter().enumerate() {
                    sheet::text(sheet, row, column as u16, words, &sum)?;
                }
                sheet::sums(sheet, row, 6, first, row - 1, &Figures::whole(plot.area.ellipsoidal_m2))?;
                row += 1;
            }
        }
    }
    sheet::finish(sheet, row, columns.len())
}

fn rest(lang: Lang, twice: bool) -> String {
    match (lang, twice) {
        (Lang::Zh, true) => "扣除：图斑重叠部分重复计算",
        (Lang::En, true) => "less: counted twice where parcels overlap",
        (Lang::Zh, false) => "无图斑覆盖",
        (Lang::En, false) => "no parcel there",
    }
    .to_string()
}
