//! Which column of a project file says what: by alias, Chinese or pinyin.
//!
//! Aliases stand in the order they are preferred in. Names compare without case, spaces and
//! underscores, so that `Dk_Bh` is `DKBH`.

/// What a column can be to a plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Identifier.
    Id,
    /// Name.
    Name,
    /// Declared area.
    Area,
    /// What the plot is for.
    Purpose,
}

impl Meaning {
    pub(crate) const ALL: [Meaning; 4] = [Meaning::Id, Meaning::Name, Meaning::Area, Meaning::Purpose];

    fn aliases(self) -> &'static [&'static str] {
        match self {
            Meaning::Id => &[
                "地块编号",
                "地块编码",
                "地块号",
                "DKBH",
                "DKBM",
                "DKH",
                "宗地编号",
                "宗地代码",
                "ZDDM",
                "项目编号",
                "XMBH",
                "XMDM",
                "图斑编号",
                "TBBH",
                "TBBM",
                "编号",
                "编码",
                "BH",
                "PLOTID",
                "PLOTNO",
                "标识码",
                "BSM",
                "ID",
            ],
            Meaning::Name => &[
                "地块名称",
                "DKMC",
                "项目名称",
                "XMMC",
                "宗地名称",
                "用地名称",
                "YDMC",
                "名称",
                "MC",
                "PLOTNAME",
                "NAME",
            ],
            // SHAPE_AREA is computed by the program that wrote the file: it declares nothing.
            Meaning::Area => &[
                "地块面积",
                "DKMJ",
                "用地面积",
                "YDMJ",
                "项目面积",
                "XMMJ",
                "宗地面积",
                "ZDMJ",
                "申报面积",
                "SBMJ",
                "面积",
                "MJ",
                "TBMJ",
                "DECLAREDAREA",
                "PLOTAREA",
                "AREA",
            ],
            Meaning::Purpose => &[
                "地块用途",
                "DKYT",
                "土地用途",
                "TDYT",
                "用地性质",
                "YDXZ",
                "项目类型",
                "XMLX",
                "活动类型",
                "活动",
                "用途",
                "YT",
                "ACTIVITY",
                "PURPOSE",
                "LANDUSE",
                "USE",
            ],
        }
    }
}

/// A field name as aliases are compared: without case, spaces, underscores and hyphens.
pub(crate) fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '\u{feff}' | '\u{fffd}'))
        .flat_map(char::to_uppercase)
        .collect()
}

/// The column that means `meaning`, and the columns that could have but are preferred less.
pub(crate) fn find(fields: &[String], meaning: Meaning) -> Option<(usize, Vec<usize>)> {
    let names: Vec<String> = fields.iter().map(|field| plain(field)).collect();
    let mut found = Vec::new();
    for alias in meaning.aliases() {
        for (index, name) in names.iter().enumerate() {
            if name == alias && !found.contains(&index) {
                found.push(index);
            }
        }
    }
    // A dBASE name in UTF-8 has room for three Chinese characters: 地块编号 becomes 地块编.
    for alias in meaning.aliases() {
        for (index, name) in names.iter().enumerate() {
            let cut = name.chars().count() == 3 && name.len() == 9 && alias.len() > 9 && alias.starts_with(name);
            if cut && !found.contains(&index) {
                found.push(index);
            }
        }
    }
    let first = *found.first()?;
    found.remove(0);
    Some((first, found))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|n| (*n).to_owned()).collect()
    }

    #[test]
    fn a_column_is_known_in_chinese_and_pinyin_and_any_case() {
        let fields = columns(&["OBJECTID", "Dk_Bh", "地块名称", "用途", "Shape_Area", "dkmj"]);
        assert_eq!(find(&fields, Meaning::Id).map(|f| f.0), Some(1));
        assert_eq!(find(&fields, Meaning::Name).map(|f| f.0), Some(2));
        assert_eq!(find(&fields, Meaning::Purpose).map(|f| f.0), Some(3));
        assert_eq!(find(&fields, Meaning::Area).map(|f| f.0), Some(5));
    }

    #[test]
    fn the_area_a_program_computed_is_not_a_declared_one() {
        assert_eq!(find(&columns(&["SHAPE_Area", "Shape_Leng"]), Meaning::Area), None);
    }

    #[test]
    fn a_name_cut_at_ten_bytes_is_still_known() {
        let fields = columns(&["地块编", "地块名", "地块面", "地块用"]);
        for (index, meaning) in Meaning::ALL.into_iter().enumerate() {
            assert_eq!(find(&fields, meaning), Some((index, vec![])));
        }
    }

    #[test]
    fn of_two_candidates_the_more_specific_wins_and_the_other_is_told() {
        assert_eq!(find(&columns(&["id", "DKBH"]), Meaning::Id), Some((1, vec![0])));
    }
}
