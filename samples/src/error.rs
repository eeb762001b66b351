//! Why a sample city could not be made.

use redline_wording::{Text, text};

/// Why a city could not be made or written. The text is a whole sentence for a person.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{text}")]
pub struct SampleError {
    /// Stable kebab-case code: `parcels-out-of-range`, `cannot-split`, `not-written`, `cancelled`.
    pub code: &'static str,
    /// The sentence.
    pub text: Text,
}

impl SampleError {
    /// The person stopped it.
    pub(crate) fn stopped() -> SampleError {
        SampleError {
            code: "cancelled",
            text: text!("已取消，没有生成示例城市。" | "Cancelled; no sample city was made."),
        }
    }

    pub(crate) fn parcels(wanted: usize) -> SampleError {
        SampleError {
            code: "parcels-out-of-range",
            text: text!(
                "图斑数 {wanted} 不在 2000 至 1000000 之间，请改用 --parcels 指定此范围内的数。"
                    | "{wanted} parcels is not between 2000 and 1000000: give --parcels a number in that range."
            ),
        }
    }

    pub(crate) fn cannot_split(wanted: usize, possible: usize) -> SampleError {
        SampleError {
            code: "cannot-split",
            text: text!(
                "此种子的地形无法划成 {wanted} 个图斑（约可划 {possible} 个），请换 --seed 或 --parcels。"
                    | "The land of this seed cannot be split into {wanted} parcels (about {possible} would do): change --seed or --parcels."
            ),
        }
    }
}

impl SampleError {
    pub(crate) fn exists(path: &std::path::Path) -> SampleError {
        let path = path.display();
        SampleError {
            code: "workspace-exists",
            text: text!(
                "{path} 已存在，未作改动；请换一个文件夹。"
                    | "{path} already exists and was left as it is: choose another folder."
            ),
        }
    }

    pub(crate) fn folder(path: &std::path::Path, error: &std::io::Error) -> SampleError {
        let path = path.display();
        SampleError {
            code: "not-written",
            text: {
                let redline_wording::Text { zh, en } = redline_wording::io_reason(error);
                text!(
                    "无法写入 {path}：{zh}；请检查权限与磁盘空间。"
                        | "Cannot write {path}: {en}. Check permissions and disk space."
                )
            },
        }
    }

    pub(crate) fn no_place(file: &str) -> SampleError {
        SampleError {
            code: "no-place",
            text: text!(
                "此种子的城市中找不到适合示例项目 {file} 的位置，请换 --seed。"
                    | "This seed's city has no place that suits the sample project {file}: change --seed."
            ),
        }
    }
}

impl From<redline_formats::FormatError> for SampleError {
    fn from(e: redline_formats::FormatError) -> SampleError {
        SampleError { code: e.code, text: e.text }
    }
}

impl From<redline_cartography::CartographyError> for SampleError {
    fn from(e: redline_cartography::CartographyError) -> SampleError {
        SampleError { code: e.code, text: e.text }
    }
}

impl From<redline_workspace::WorkspaceError> for SampleError {
    fn from(e: redline_workspace::WorkspaceError) -> SampleError {
        SampleError { code: e.code, text: e.text }
    }
}
