//! The options of the commands that write papers: reports, sheets, map sets.

use super::values::*;
use clap::Args;
use std::path::PathBuf;

/// `redline report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// 审查记录（check --format json 写出的文件），或加 --workspace 时已存审查的编号 ‖ Review record (a file that check --format json wrote), or with --workspace the id of a saved review
    #[arg(value_name = "REVIEW", required_unless_present = "write_template")]
    pub review: Option<String>,

    /// 作出审查的工作空间：图件由它来，已存审查也在其中 ‖ Workspace that the review was made on: draws the maps, and keeps saved reviews
    #[arg(short, long, value_name = "CITY.gpkg")]
    pub workspace: Option<PathBuf>,

    /// 不附图件 ‖ No maps
    #[arg(long)]
    pub no_maps: bool,

    /// 写入的文件：.pdf 或 .docx ‖ File to write: .pdf or .docx
    #[arg(short, long, value_name = "PATH", required_unless_present = "write_template")]
    pub output: Option<PathBuf>,

    /// 标题 ‖ Title
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// 编号 ‖ Review number
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub number: String,

    /// 密级 ‖ Secrecy class
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub secrecy: String,

    /// 编制单位 ‖ The unit that makes the report
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub unit: String,

    /// 作出决定的人；不写时每页注明“系统初判” ‖ Who decided; without it every page says Preliminary
    #[arg(long, value_name = "NAME")]
    pub decided_by: Option<String>,

    /// 本单位的模板文件夹（默认：自带模板） ‖ Folder of your own template (default: the shipped one)
    #[arg(long, value_name = "DIR")]
    pub template: Option<PathBuf>,

    /// 把自带模板写入文件夹，供修改 ‖ Write the shipped template into a folder, to be changed
    #[arg(long, value_name = "DIR", conflicts_with = "review")]
    pub write_template: Option<PathBuf>,
}

/// `redline map`.
#[derive(Debug, Args)]
pub struct MapArgs {
    /// 审查记录（check --format json 写出的文件）或已存审查的编号；不写则为全市图 ‖ Review record (a file that check --format json wrote), or the id of a saved review; without it the map of the city
    #[arg(value_name = "REVIEW")]
    pub review: Option<String>,

    /// 工作空间，图层由它来；有审查时为作出审查的那一个 ‖ Workspace whose layers are drawn; of a review, the one it was made on
    #[arg(short, long, value_name = "CITY.gpkg")]
    pub workspace: PathBuf,

    /// 版本比较图：自此版本（r2、版本名、now、draft:名） ‖ Map of a comparison: from this revision (r2, a title, now, draft:NAME)
    #[arg(long, value_name = "REV", requires = "to", conflicts_with_all = ["review", "decided"])]
    pub from: Option<String>,

    /// 版本比较图：至此版本 ‖ Map of a comparison: to this revision
    #[arg(long, value_name = "REV", requires = "from")]
    pub to: Option<String>,

    /// 比较的图层（版本未指明时） ‖ Layer compared (where the revisions do not say)
    #[arg(long, value_name = "NAME", requires = "from")]
    pub layer: Option<String>,

    /// 写入的文件：.pdf、.png 或 .svg ‖ File to write: .pdf, .png or .svg
    #[arg(short, long, value_name = "PATH")]
    pub output: PathBuf,

    /// How the sheet looks.
    #[command(flatten)]
    pub sheet: SheetOptions,

    /// 已有人作出决定；不写时图上注明“系统初判” ‖ A person decided; without it the sheet says Preliminary
    #[arg(long)]
    pub decided: bool,

    /// 图片每英寸点数（默认 200） ‖ Dots an inch of a picture (default 200)
    #[arg(long, value_name = "DPI", value_parser = dpi)]
    pub dpi: Option<f64>,

    /// 图片的地类图斑由谁绘制；gpu 不可用时说明原因并改用 cpu ‖ Who draws a picture's land use; where gpu cannot, it says why and cpu does
    #[arg(long, value_enum, default_value_t = RasteriserName::Cpu)]
    pub rasteriser: RasteriserName,
}

/// `redline atlas`.
#[derive(Debug, Args)]
pub struct AtlasArgs {
    /// 审查记录或已存审查的编号（按项目出图时） ‖ Review record, or the id of a saved review (for a set by project)
    #[arg(value_name = "REVIEW", required_if_eq("by", "project"))]
    pub review: Option<String>,

    /// 按行政区、图斑或项目各出一幅 ‖ A sheet for each district, zone or project
    #[arg(long, value_enum)]
    pub by: SheetPer,

    /// 按图斑出图的图层 ‖ Layer, for a set by zone
    #[arg(long, value_name = "NAME", required_if_eq("by", "zone"))]
    pub layer: Option<String>,

    /// 工作空间，图层由它来 ‖ Workspace whose layers are drawn
    #[arg(short, long, value_name = "CITY.gpkg")]
    pub workspace: PathBuf,

    /// 写入的文件夹；已有同一图集时接着出，没有变化的图幅保留 ‖ Folder to write into; a set begun there goes on, and sheets that would come out the same are kept
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,

    /// 图幅的文件格式 ‖ Format of the sheets
    #[arg(short, long, value_enum, default_value = "pdf")]
    pub format: SheetForm,

    /// How the sheets look.
    #[command(flatten)]
    pub sheet: SheetOptions,

    /// 已有人作出决定；不写时图上注明“系统初判” ‖ A person decided; without it the sheets say Preliminary
    #[arg(long)]
    pub decided: bool,

    /// 图片每英寸点数（默认 200） ‖ Dots an inch of pictures (default 200)
    #[arg(long, value_name = "DPI", value_parser = dpi)]
    pub dpi: Option<f64>,

    /// 同时绘制的图幅合计可用的内存（MB） ‖ Memory that sheets drawn at one time may take together (MB)
    #[arg(long, value_name = "MB", default_value_t = 1024, value_parser = clap::value_parser!(u64).range(64..))]
    pub memory: u64,
}

/// What a map set has a sheet for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum SheetPer {
    /// Each district.
    District,
    /// Each zone of a layer.
    Zone,
    /// Each project file of a review.
    Project,
}

/// As what sheets are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum SheetForm {
    /// Vector PDF.
    Pdf,
    /// Picture.
    Png,
    /// Vector drawing.
    Svg,
}

/// How a sheet looks.
#[derive(Debug, Args)]
pub struct SheetOptions {
    /// 图幅 ‖ Sheet
    #[arg(long, value_name = "NAME", default_value = "a4-landscape", value_parser = redline_engine::papers::PRESETS)]
    pub preset: String,

    /// 图面描述文件（TOML），在某个图幅上改动 ‖ Description of the sheet (TOML), which changes a preset
    #[arg(long, value_name = "FILE")]
    pub description: Option<PathBuf>,

    /// 比例尺分母（默认：放得下的整比例尺） ‖ Scale's denominator (default: a round scale that fits)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub scale: Option<u32>,

    /// 标题 ‖ Title
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// 编号 ‖ Review number
    #[arg(long, value_name = "TEXT")]
    pub number: Option<String>,

    /// 密级 ‖ Secrecy class
    #[arg(long, value_name = "TEXT")]
    pub secrecy: Option<String>,

    /// 编制单位 ‖ The unit that makes the sheet
    #[arg(long, value_name = "TEXT")]
    pub unit: Option<String>,
}
