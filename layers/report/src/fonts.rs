//! The fonts of the machine: found in the system's font folders, mapped rather than read, because the
//! Chinese ones have tens of megabytes and a report needs few of their glyphs.

use crate::error::{ReportError, Result};
use crate::roles::{FontRole, FontUse, FontWishes};
use redline_wording::text;
use std::path::Path;
use std::sync::Arc;
use typst::foundations::Bytes;
use typst::text::{Font, FontInfo};
use typst_kit::fonts::{FontPath, FontSource, FontStore};

/// The fonts that reports may use. Cheap to clone; looking for them takes a moment, so it is done once.
#[derive(Clone)]
pub struct Fonts {
    store: Arc<FontStore>,
}

impl Fonts {
    /// The fonts in the system's font folders.
    pub fn system() -> Fonts {
        Fonts::of(typst_kit::fonts::system().collect())
    }

    /// The fonts in `folder` and below it, and no others.
    pub fn in_folder(folder: &Path) -> Fonts {
        Fonts::of(typst_kit::fonts::scan(folder).collect())
    }

    fn of(mut found: Vec<(FontPath, FontInfo)>) -> Fonts {
        // folders list their files in no order; the same fonts must be chosen everywhere
        found.sort_by(|a, b| (&a.0.path, a.0.index).cmp(&(&b.0.path, b.0.index)));
        let mut store = FontStore::new();
        store.extend(found.into_iter().map(|(path, info)| (Mapped(path), info)));
        Fonts { store: Arc::new(store) }
    }

    /// Whether a family of this name is installed.
    pub fn has(&self, family: &str) -> bool {
        self.store.book().contains_family(&family.to_lowercase())
    }

    pub(crate) fn store(&self) -> &FontStore {
        &self.store
    }

    /// The installed ones of the families wished for.
    pub(crate) fn choose(&self, wishes: &FontWishes, wished_in: &str) -> Result<Vec<FontUse>> {
        FontRole::ALL
            .into_iter()
            .map(|role| {
                let (used, missing): (Vec<String>, Vec<String>) =
                    wishes.of(role).iter().cloned().partition(|family| self.has(family));
                if used.is_empty() {
                    let families = missing.join("、");
                    let (zh, en) = (role.word().zh, role.word().en);
                    return Err(ReportError::new(
                        "font-missing",
                        text!(
                            "没有安装报告所需的字体：{families}（用于{zh}，见 {wished_in}）。请安装（Debian/Ubuntu 的软件包：fonts-noto-cjk），或在模板的 fonts.toml 中改用已安装的字体。"
                                | "None of the fonts the report needs is installed: {families} (for {en}, see {wished_in}). Install one (Debian/Ubuntu package: fonts-noto-cjk), or name an installed font in the template's fonts.toml."
                        ),
                    ));
                }
                Ok(FontUse { role, used, missing })
            })
            .collect()
    }
}

/// A font file that is mapped when it is first used.
struct Mapped(FontPath);

impl FontSource for Mapped {
    #[allow(unsafe_code)]
    fn load(&self) -> Option<Font> {
        let file = std::fs::File::open(&self.0.path).ok()?;
        // SAFETY: the map is only read, and font files are replaced, not written in place, when they
        // are updated; every program that draws text relies on the same.
        let map = unsafe { memmap2::Mmap::map(&file) }.ok()?;
        Font::new(Bytes::new(map), self.0.index)
    }
}
