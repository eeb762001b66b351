//! Why the GPU did not draw, and what would help.

use redline_wording::{Text, io_reason, text};
use std::path::PathBuf;
use std::time::Duration;

/// Why the GPU did not draw. The sheet was then drawn without it, and looks the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fallback {
    /// The command was built without the feature `maplibre-rs`.
    NotBuilt,
    /// The program is not where it should be.
    Missing {
        /// Where it should be.
        program: PathBuf,
    },
    /// The program could not be started.
    NotStarted {
        /// The system's reason.
        reason: Text,
    },
    /// wgpu found no adapter: no GPU, and no driver that draws in software.
    NoAdapter,
    /// The program ended before it had drawn everything.
    Ended {
        /// The last line it wrote of it, empty where it wrote none.
        said: String,
    },
    /// It answered something that is no picture.
    Unreadable {
        /// What was wrong with it.
        reason: Text,
    },
    /// It took longer than it was given.
    TooLong {
        /// The time it was given.
        given: Duration,
    },
    /// No land use is on the sheet: there is nothing that the GPU would draw.
    NoLandUse,
}

impl Fallback {
    /// Stable kebab-case code.
    pub fn code(&self) -> &'static str {
        match self {
            Fallback::NotBuilt => "gpu-not-built",
            Fallback::Missing { .. } => "gpu-missing",
            Fallback::NotStarted { .. } => "gpu-not-started",
            Fallback::NoAdapter => "gpu-no-adapter",
            Fallback::Ended { .. } => "gpu-ended",
            Fallback::Unreadable { .. } => "gpu-unreadable",
            Fallback::TooLong { .. } => "gpu-too-long",
            Fallback::NoLandUse => "gpu-no-land-use",
        }
    }

    /// The sentence in both languages: the cause, and what to do.
    pub fn text(&self) -> Text {
        match self {
            Fallback::NotBuilt => text!(
                "本程序编译时未启用 GPU 绘制，图片由 CPU 绘制。需要时以 --features maplibre-rs 重新编译（见 README）。"
                    | "This build has no GPU rasteriser, so the CPU drew the picture. To have it, build with --features maplibre-rs (README says how)."
            ),
            Fallback::Missing { program } => {
                let shown = program.display();
                text!(
                    "找不到 GPU 绘制程序“{shown}”，图片由 CPU 绘制。请编译 layers/gpu/program（见 README），放到该处。"
                        | "The GPU rasteriser “{shown}” is not there, so the CPU drew the picture. Build layers/gpu/program (README says how) and put it there."
                )
            }
            Fallback::NotStarted { reason } => Text::new(
                format!("GPU 绘制程序无法启动（{}），图片由 CPU 绘制。请核对其权限，或重新编译。", reason.zh),
                format!(
                    "The GPU rasteriser could not be started ({}), so the CPU drew the picture. Check its permissions, or build it again.",
                    reason.en
                ),
            ),
            Fallback::NoAdapter => text!(
                "没有可用的 GPU 或软件驱动，图片由 CPU 绘制。请安装显卡驱动；没有显卡时安装 mesa-vulkan-drivers（Debian/Ubuntu）。"
                    | "There is no GPU and no driver that draws in software, so the CPU drew the picture. Install the GPU's driver, or mesa-vulkan-drivers (Debian/Ubuntu) where there is none."
            ),
            Fallback::Ended { said } => text!(
                "GPU 绘制程序中途退出（{said}），图片由 CPU 绘制。请更新显卡驱动后再试；仍如此时请用 --rasteriser cpu。"
                    | "The GPU rasteriser ended before it was done ({said}), so the CPU drew the picture. Try again with a newer driver; where it stays so, use --rasteriser cpu."
            ),
            Fallback::Unreadable { reason } => Text::new(
                format!("GPU 绘制程序的回答无法读取（{}），图片由 CPU 绘制。请与本程序同时重新编译它。", reason.zh),
                format!(
                    "The GPU rasteriser's answer cannot be read ({}), so the CPU drew the picture. Build it again together with this program.",
                    reason.en
                ),
            ),
            Fallback::TooLong { given } => {
                let seconds = given.as_secs_f64();
                text!(
                    "GPU 绘制程序 {seconds} 秒内未完成，已停止；图片由 CPU 绘制。请降低 --dpi，或用 --rasteriser cpu。"
                        | "The GPU rasteriser was not done within {seconds} s and was stopped, so the CPU drew the picture. Lower --dpi, or use --rasteriser cpu."
                )
            }
            Fallback::NoLandUse => text!(
                "图上没有地类图斑，GPU 无可绘制，图片由 CPU 绘制。"
                    | "There is no land use on the sheet and so nothing for the GPU to draw: the CPU drew the picture."
            ),
        }
    }

    pub(crate) fn unreadable(error: &std::io::Error) -> Fallback {
        Fallback::Unreadable { reason: io_reason(error) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_says_in_both_languages_that_the_cpu_drew() {
        let reason = Text::new("没有权限", "no permission");
        let all = [
            Fallback::NotBuilt,
            Fallback::Missing { program: PathBuf::from("/opt/redline-gpu") },
            Fallback::NotStarted { reason: reason.clone() },
            Fallback::NoAdapter,
            Fallback::Ended { said: "out of memory".to_owned() },
            Fallback::Unreadable { reason },
            Fallback::TooLong { given: Duration::from_secs(90) },
            Fallback::NoLandUse,
        ];
        for fallback in all {
            let said = fallback.text();
            assert!(said.zh.contains("由 CPU 绘制"), "{said}");
            assert!(said.en.contains("the CPU drew the picture"), "{}", said.en);
        }
    }
}
