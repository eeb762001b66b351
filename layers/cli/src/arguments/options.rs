//! The options of each command.

use super::values::*;
use clap::{Args, Subcommand};
use redline_engine::ClaimedExtent;
use std::path::PathBuf;

/// `redline sample`.
#[derive(Debug, Args)]
pub struct SampleArgs {
    /// 写入的文件夹（不存在则新建） ‖ Folder to write into (made if missing)
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,

    /// 随机种子：种子相同，内容相同 ‖ Seed: the same seed gives the same content
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,

    /// 地类图斑数 ‖ Number of land-use parcels
    #[arg(long, value_name = "N", default_value_t = 20_000, value_parser = parcels)]
    pub parcels: u32,
}

/// `redline import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// 图层文件（Shapefile、File Geodatabase、GeoPackage、GeoJSON …） ‖ Layer file (Shapefile, File Geodatabase, GeoPackage, GeoJSON …)
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// 图层的角色 ‖ What the layer is
    #[arg(long = "as", value_name = "ROLE")]
    pub role: Role,

    /// 工作空间文件（不存在则新建） ‖ Workspace file (made if missing)
    #[arg(short, long, value_name = "CITY.gpkg")]
    pub workspace: PathBuf,

    /// 指定字段，如 tier=GKDJ（可重复；键：id、name、class、tier、kind、code、area） ‖ Names a field, e.g. tier=GKDJ (repeatable; keys: id, name, class, tier, kind, code, area)
    #[arg(long = "map", value_name = "KEY=FIELD", value_parser = key_and_value)]
    pub map: Vec<(String, String)>,

    /// 版本日期（默认：今天） ‖ Date of the revision (default: today)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub date: Option<String>,

    /// 文件的坐标系，覆盖判断 ‖ CRS of the file, overriding the evidence
    #[arg(long, value_name = "EPSG:N", value_parser = epsg)]
    pub crs: Option<String>,

    /// 文件内的图层名（有多个图层时） ‖ Layer inside the file, where it holds several
    #[arg(long, value_name = "NAME")]
    pub layer: Option<String>,

    /// 来源，记入版本（默认：文件名） ‖ Where the layer comes from, for the record (default: the file's name)
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,

    /// 来源的日期，记入版本 ‖ Date of the source, for the record
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub source_date: Option<String>,

    /// 导入人，记入版本 ‖ Who imports, for the record
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,

    /// 导入原因，记入版本 ‖ Why, for the record
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,

    /// 图层声明完整覆盖的范围：city（行政区的范围）、zones（自身要素的范围）或 西,南,东,北（工作空间坐标，米）；默认沿用上一版本的声明 ‖ What the layer claims to cover completely: city (bounds of the districts), zones (bounds of its own features) or west,south,east,north (workspace plane, metres); default: what its last revision claimed
    #[arg(long, value_name = "EXTENT", value_parser = extent, allow_hyphen_values = true)]
    pub extent: Option<ClaimedExtent>,

    /// 新建工作空间时的坐标系（默认：文件的） ‖ Plane of a workspace to be made (default: the file's)
    #[arg(long, value_name = "EPSG:N", value_parser = epsg)]
    pub workspace_crs: Option<String>,

    /// 明确接受一项疑问并记入版本（可重复）：datum 坐标基准不同而无转换参数，left-out 有分区不能使用 ‖ Accepts a doubt by name, for the record (repeatable): datum: another datum without parameters; left-out: zones that cannot be used
    #[arg(long, value_name = "DOUBT")]
    pub accept: Vec<Doubt>,
}

/// `redline inspect`.
#[derive(Debug, Args)]
pub struct InspectArgs {
    /// 项目文件、文件夹或 ZIP ‖ Project files, folders or ZIPs
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// 以此工作空间的坐标系与范围为参照 ‖ Take this workspace's CRS and extent as evidence
    #[arg(short, long, value_name = "CITY.gpkg")]
    pub workspace: Option<PathBuf>,

    /// 文件的坐标系，覆盖判断 ‖ CRS of the files, overriding the evidence
    #[arg(long, value_name = "EPSG:N", value_parser = epsg)]
    pub crs: Option<String>,

    /// 坐标顺序，覆盖判断：as-written 如文件所写，swapped 交换 ‖ Order of coordinates, overriding the evidence
    #[arg(long, value_name = "ORDER")]
    pub axes: Option<AxesName>,

    /// 线状项目按此宽度（米）成面 ‖ Full width (metres) that makes a footprint of lines
    #[arg(long, value_name = "M", value_parser = width, allow_hyphen_values = true)]
    pub width: Option<f64>,

    /// 结果形式 ‖ Form of the result
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub format: PlainFormat,

    /// 面积单位 ‖ Area unit
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<Unit>,
}

/// `redline check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// 项目文件、文件夹或 ZIP ‖ Project files, folders or ZIPs
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// 工作空间文件 ‖ Workspace file
    #[arg(short, long, value_name = "CITY.gpkg")]
    pub workspace: PathBuf,

    /// 活动代码（redline activities 列出） ‖ Activity code (redline activities lists them)
    #[arg(long, value_name = "CODE")]
    pub activity: Option<String>,

    /// 建设阶段：new 新建、rebuild 改建、extend 扩建、existing 现有 ‖ Stage: new, rebuilt, extended or standing
    #[arg(long, value_name = "STAGE")]
    pub stage: Option<StageName>,

    /// 行业代码（GB/T 4754-2017，如 C26、A03） ‖ Industry, GB/T 4754-2017, e.g. C26, A03
    #[arg(long, value_name = "GB4754")]
    pub industry: Option<String>,

    /// 逐地块的活动表（CSV：plot,activity,stage,industry） ‖ Keys per plot, a CSV with columns plot,activity,stage,industry
    #[arg(long, value_name = "TABLE")]
    pub activities: Option<PathBuf>,

    /// 规则集代号或 TOML 文件（默认：工作空间指定的） ‖ Rule book id or TOML file (default: the workspace's)
    #[arg(long, value_name = "BOOK")]
    pub rules: Option<String>,

    /// 审查日期（默认：今天） ‖ Date the review is made for (default: today)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub date: Option<String>,

    /// 意见范围，可写 limited-activity=文件 或 unavoidability=文件（可重复） ‖ Opinion polygons; limited-activity=FILE or unavoidability=FILE (repeatable)
    #[arg(long, value_name = "[KIND=]FILE")]
    pub opinion: Vec<String>,

    /// 按此日当时的图层版本审查 ‖ Review against the layers as they stood on this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub layers_as_of: Option<String>,

    /// 项目文件的坐标系，覆盖判断 ‖ CRS of the project files, overriding the evidence
    #[arg(long, value_name = "EPSG:N", value_parser = epsg)]
    pub crs: Option<String>,

    /// 坐标顺序，覆盖判断：as-written 如文件所写，swapped 交换 ‖ Order of coordinates, overriding the evidence
    #[arg(long, value_name = "ORDER")]
    pub axes: Option<AxesName>,

    /// 线状项目按此宽度（米）成面 ‖ Full width (metres) that makes a footprint of lines
    #[arg(long, value_name = "M", value_parser = width, allow_hyphen_values = true)]
    pub width: Option<f64>,

    /// 项目声明在红线内不申请用地（隧道、桥跨、架空线） ‖ The project states that it asks for no land inside the red line (tunnel, span, overhead line)
    #[arg(long)]
    pub no_land: bool,

    /// 看过并接受此代码的警告，记入审查记录（可重复；代码在警告末尾的方括号里） ‖ Accepts the warnings with this code, for the record (repeatable; the code stands in brackets after a warning)
    #[arg(long, value_name = "CODE")]
    pub accept: Vec<String>,

    /// 小于此面积（m²，至多 10）的重叠列为忽略（默认：工作空间设置） ‖ Overlaps under this area (m², at most 10) are listed as ignored (default: the workspace's setting)
    #[arg(long, value_name = "M2", value_parser = sliver)]
    pub sliver: Option<f64>,

    /// 表中面积单位（默认：工作空间设置） ‖ Area unit of tables (default: the workspace's setting)
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<Unit>,

    /// 把审查记录及其输入文件存入工作空间 ‖ Keep the review and its input files in the workspace
    #[arg(long)]
    pub save: bool,

    /// 结果去向与形式 ‖ Form and place of the result.
    #[command(flatten)]
    pub result: ResultArgs,
}

/// In which form a review or a comparison is written, and where.
#[derive(Debug, Args)]
pub struct ResultArgs {
    /// 结果形式（默认：依 --output 的扩展名，否则 table） ‖ Form of the result (default: by the extension of --output, else table)
    #[arg(short, long, value_name = "FORMAT")]
    pub format: Option<ReviewFormat>,

    /// 写入文件而非标准输出 ‖ Write to a file instead of standard output
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
}

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
    #[arg(long, value_name = "DPI", value_parser = width)]
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
    #[arg(long, value_name = "DPI", value_parser = width)]
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

/// `redline open`.
#[derive(Debug, Args)]
pub struct OpenArgs {
    /// 工作空间与项目文件（可不写） ‖ Workspace and project files (may be left out)
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// 在浏览器里打开，不用窗口 ‖ Open in the browser instead of the window
    #[arg(long)]
    pub browser: bool,

    /// 只显示地址，不启动浏览器 ‖ Print the address only, start no browser
    #[arg(long, requires = "browser")]
    pub no_launch: bool,

    /// 本机端口（默认：由系统选择） ‖ Port on this machine (default: the system chooses)
    #[arg(long, value_name = "N", requires = "browser", value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,
}

/// `redline areas`.
#[derive(Debug, Args)]
pub struct AreasArgs {
    /// 工作空间文件 ‖ Workspace file
    #[arg(short, long, value_name = "CITY.gpkg")]
    pub workspace: PathBuf,

    /// 含目标数字的规则集（默认：工作空间指定的） ‖ Rule book that holds the targets (default: the workspace's)
    #[arg(long, value_name = "BOOK")]
    pub rules: Option<String>,

    /// 按此日当时的图层版本 ‖ The layers as they stood on this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub layers_as_of: Option<String>,

    /// 结果形式 ‖ Form of the result
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub format: PlainFormat,
}

/// `redline diff`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// 较早的状态：版本号（r3）、版本名称、now 或 draft:草案名 ‖ The earlier state: its number (r3), its title, now, or draft:NAME
    #[arg(value_name = "A")]
    pub from: String,

    /// 较晚的状态，写法相同 ‖ The later one, spelled alike
    #[arg(value_name = "B")]
    pub to: String,

    /// 工作空间文件 ‖ Workspace file
    #[arg(short, long, value_name = "CITY.gpkg")]
    pub workspace: PathBuf,

    /// 图层名（两者都不指明图层时） ‖ Name of the layer (where neither state names one)
    #[arg(long, value_name = "LAYER")]
    pub layer: Option<String>,

    /// 结果去向与形式 ‖ Form and place of the result.
    #[command(flatten)]
    pub result: ResultArgs,

    /// 编号（用于 PDF、DOCX） ‖ Number (for PDF and DOCX)
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub number: String,

    /// 密级（用于 PDF、DOCX） ‖ Secrecy class (for PDF and DOCX)
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub secrecy: String,

    /// 编制单位（用于 PDF、DOCX） ‖ The unit that makes the paper (for PDF and DOCX)
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub unit: String,
}

/// `redline impact`.
#[derive(Debug, Args)]
pub struct ImpactArgs {
    /// 较早的状态：版本号（r3）、版本名称、now 或 draft:草案名 ‖ The earlier state: its number (r3), its title, now, or draft:NAME
    #[arg(long, value_name = "REV")]
    pub from: String,

    /// 较晚的状态，写法相同 ‖ The later one, spelled alike
    #[arg(long, value_name = "REV")]
    pub to: String,

    /// 工作空间文件 ‖ Workspace file
    #[arg(short, long, value_name = "CITY.gpkg")]
    pub workspace: PathBuf,

    /// 图层名（两者都不指明图层时） ‖ Name of the layer (where neither state names one)
    #[arg(long, value_name = "LAYER")]
    pub layer: Option<String>,

    /// 结果形式 ‖ Form of the result
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub format: PlainFormat,
}

/// `redline export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// 哪个状态：版本号（r3）、版本名称、now 或 draft:草案名 ‖ Which state: its number (r3), its title, now, or draft:NAME
    #[arg(value_name = "REV")]
    pub state: String,

    /// 工作空间文件 ‖ Workspace file
    #[arg(short, long, value_name = "CITY.gpkg")]
    pub workspace: PathBuf,

    /// 图层名（状态不指明图层时） ‖ Name of the layer (where the state names none)
    #[arg(long, value_name = "LAYER")]
    pub layer: Option<String>,

    /// 写入的文件；格式依扩展名：.gpkg、.shp 或 .geojson ‖ File to write; its extension says the format: .gpkg, .shp or .geojson
    #[arg(short, long, value_name = "PATH")]
    pub output: PathBuf,
}

/// `redline rules …`.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// 列出内置规则集 ‖ List the built-in rule books
    #[command(after_help = "示例：
  redline rules list
‖Example:
  redline rules list")]
    List {
        /// 结果形式 ‖ Form of the result
        #[arg(short, long, value_name = "FORMAT", default_value = "table")]
        format: PlainFormat,
    },
    /// 查看规则：条款原文、出处、是否已核实 ‖ Show the rules: clause, source, whether verified
    #[command(after_help = "示例：
  redline rules show guangzhou-2016
‖Example:
  redline rules show guangzhou-2016")]
    Show {
        /// 规则集代号或 TOML 文件 ‖ Rule book id or TOML file
        #[arg(value_name = "BOOK")]
        book: String,
        /// 结果形式 ‖ Form of the result
        #[arg(short, long, value_name = "FORMAT", default_value = "table")]
        format: PlainFormat,
    },
    /// 运行规则集自带的算例 ‖ Run the example cases inside a rule book
    #[command(after_help = "示例：
  redline rules test 本市规则.toml
‖Example:
  redline rules test city-rules.toml")]
    Test {
        /// 规则集代号或 TOML 文件 ‖ Rule book id or TOML file
        #[arg(value_name = "BOOK")]
        book: String,
        /// 结果形式 ‖ Form of the result
        #[arg(short, long, value_name = "FORMAT", default_value = "table")]
        format: PlainFormat,
    },
}

/// `redline activities`.
#[derive(Debug, Args)]
pub struct ActivitiesArgs {
    /// 加上此规则集自有的活动 ‖ With the activities this rule book adds
    #[arg(long, value_name = "BOOK")]
    pub rules: Option<String>,

    /// 结果形式 ‖ Form of the result
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub format: PlainFormat,
}

/// `redline reviews …`.
#[derive(Debug, Subcommand)]
pub enum ReviewsCommand {
    /// 列出工作空间内已存的审查 ‖ List the reviews kept in a workspace
    #[command(after_help = "示例：
  redline reviews list --workspace 穗城.gpkg
‖Example:
  redline reviews list --workspace city.gpkg")]
    List {
        /// 工作空间文件 ‖ Workspace file
        #[arg(short, long, value_name = "CITY.gpkg")]
        workspace: PathBuf,
        /// 结果形式 ‖ Form of the result
        #[arg(short, long, value_name = "FORMAT", default_value = "table")]
        format: PlainFormat,
    },
    /// 查看一次已存的审查 ‖ Show one review that was kept
    #[command(after_help = "示例：
  redline reviews show 3f9a --workspace 穗城.gpkg
‖Example:
  redline reviews show 3f9a --workspace city.gpkg --format json")]
    Show {
        /// 审查编号（reviews list 列出） ‖ Review id (reviews list shows them)
        #[arg(value_name = "ID")]
        id: String,
        /// 工作空间文件 ‖ Workspace file
        #[arg(short, long, value_name = "CITY.gpkg")]
        workspace: PathBuf,
        /// 表中面积单位（默认：审查当时的） ‖ Area unit of tables (default: the review's own)
        #[arg(long, value_name = "UNIT")]
        unit: Option<Unit>,
        /// 结果去向与形式 ‖ Form and place of the result
        #[command(flatten)]
        result: ResultArgs,
    },
}
