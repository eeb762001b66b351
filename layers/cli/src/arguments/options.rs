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
