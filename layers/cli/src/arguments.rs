//! The command line contract as clap reads it.
//!
//! Every help sentence stands once, Chinese first, English after `‖`; [`crate::speech`] keeps the
//! half that the reader understands. Values are checked here for their form only; what they mean
//! (does the file exist, is the rule book known) is the engine's to say.

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// 红线：生态保护红线与生态控制线的空间审查 ‖ Redline: reviews project files against ecological red lines and control lines
#[derive(Debug, Parser)]
#[command(
    name = "redline",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true,
    propagate_version = true,
    after_help = "示例：
  redline sample 穗城示例
  redline check 地块.txt --workspace 穗城示例/city.gpkg --date 2018-06-01

退出码：0 全部不涉及或允许 · 1 有其他结论 · 2 有文件不能用或用法不对
‖Examples:
  redline sample sample-city
  redline check plots.txt --workspace sample-city/city.gpkg --date 2018-06-01

Exit codes: 0 every plot clear or permitted · 1 any other outcome · 2 a file could not be used, or wrong usage"
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// What holds for every command.
    #[command(flatten)]
    pub common: Common,
}

/// Options every command takes.
#[derive(Clone, Debug, Args)]
pub struct Common {
    /// 语言（默认依系统区域；未设区域时为中文） ‖ Language (default: by locale; Chinese where no locale is set)
    #[arg(long, global = true, value_name = "zh|en", display_order = 900)]
    pub lang: Option<Language>,

    /// 不显示进度与提示，只留结果与错误 ‖ No progress and no remarks: results and errors only
    #[arg(short, long, global = true, display_order = 901)]
    pub quiet: bool,

    /// 并行线程数（默认：全部处理器） ‖ Threads to use (default: every processor)
    #[arg(short = 'j', long, global = true, value_name = "N", value_parser = threads, display_order = 902)]
    pub threads: Option<u16>,

    /// 显示帮助 ‖ Show help
    #[arg(short = 'h', long, global = true, action = ArgAction::Help, display_order = 903)]
    help: Option<bool>,

    /// 显示版本号 ‖ Show the version
    #[arg(short = 'V', long, global = true, action = ArgAction::Version, display_order = 904)]
    version: Option<bool>,
}

/// The languages of `--lang`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// One command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 生成合成示例城市 ‖ Make the synthetic sample city
    #[command(after_help = "示例：
  redline sample 穗城示例
  redline sample 大样例 --seed 7 --parcels 1000000
‖Examples:
  redline sample sample-city
  redline sample big-city --seed 7 --parcels 1000000")]
    Sample(SampleArgs),

    /// 把控制线、地类等图层导入工作区，每次导入为一个有日期的版本 ‖ Bring a zone layer into a workspace; every import is a dated revision
    #[command(after_help = "示例：
  redline import 生态保护红线.shp --as red-line --workspace 穗城.gpkg
  redline import 管制区.gdb --as control-line --workspace 穗城.gpkg --map tier=GKDJ --date 2017-03-01
‖Examples:
  redline import redline.shp --as red-line --workspace city.gpkg
  redline import tiers.gdb --as control-line --workspace city.gpkg --map tier=GKDJ --date 2017-03-01")]
    Import(Box<ImportArgs>),

    /// 查看项目文件：有什么、有什么问题、会怎样修复 ‖ What a project file holds, what is wrong with it, what would be repaired
    #[command(after_help = "示例：
  redline inspect 地块.txt
  redline inspect 项目.zip --crs EPSG:4526 --format json
‖Examples:
  redline inspect plots.txt
  redline inspect project.zip --crs EPSG:4526 --format json")]
    Inspect(InspectArgs),

    /// 审查项目文件：逐地块给出结论、条款、面积与依据 ‖ Check project files: an outcome per plot with clause, areas and proof
    #[command(after_help = "示例：
  redline check 地块.txt --workspace 穗城.gpkg --activity ecological-restoration --stage new
  redline check 项目/ --workspace 穗城.gpkg --industry C26 --stage new --date 2018-06-01
  redline check 地块.shp --workspace 穗城.gpkg --opinion limited-activity=认定范围.shp
  redline check 地块.txt --workspace 穗城.gpkg --output 压占分析表.xlsx

退出码：0 全部不涉及或允许 · 1 有其他结论 · 2 有文件不能用或用法不对
‖Examples:
  redline check plots.txt --workspace city.gpkg --activity ecological-restoration --stage new
  redline check project/ --workspace city.gpkg --industry C26 --stage new --date 2018-06-01
  redline check plots.shp --workspace city.gpkg --opinion limited-activity=opinion.shp
  redline check plots.txt --workspace city.gpkg --output occupation.xlsx

Exit codes: 0 every plot clear or permitted · 1 any other outcome · 2 a file could not be used, or wrong usage")]
    Check(Box<CheckArgs>),

    /// 各图层、分区、级别与地类的面积，并与规划目标对照 ‖ What the layers cover, per zone, tier and land use, against the plan's targets
    #[command(after_help = "示例：
  redline areas --workspace 穗城.gpkg
‖Examples:
  redline areas --workspace city.gpkg --format json")]
    Areas(AreasArgs),

    /// 规则集：列出、查看、测试 ‖ Rule books: list, show, test
    #[command(
        subcommand,
        arg_required_else_help = true,
        after_help = "示例：
  redline rules list
  redline rules show guangzhou-2016
  redline rules test 本市规则.toml
‖Examples:
  redline rules list
  redline rules show guangzhou-2016
  redline rules test city-rules.toml"
    )]
    Rules(RulesCommand),

    /// 列出活动代码（用于 --activity） ‖ List the activity codes (for --activity)
    #[command(after_help = "示例：
  redline activities
  redline activities --rules 本市规则.toml
‖Examples:
  redline activities
  redline activities --rules city-rules.toml")]
    Activities(ActivitiesArgs),

    /// 已存审查：列出、查看 ‖ Saved reviews: list, show
    #[command(
        subcommand,
        arg_required_else_help = true,
        after_help = "示例：
  redline reviews list --workspace 穗城.gpkg
  redline reviews show 3f9a --workspace 穗城.gpkg --format xlsx --output 压占分析表.xlsx
‖Examples:
  redline reviews list --workspace city.gpkg
  redline reviews show 3f9a --workspace city.gpkg --format xlsx --output occupation.xlsx"
    )]
    Reviews(ReviewsCommand),
}

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

    /// 工作区文件（不存在则新建） ‖ Workspace file (made if missing)
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

    /// 图层声明的覆盖范围：西，南，东，北（工作区坐标，米；默认：要素外接范围） ‖ Extent the layer claims to cover: west,south,east,north (workspace plane, metres; default: bounds of its features)
    #[arg(long, value_name = "W,S,E,N", value_parser = extent, allow_hyphen_values = true)]
    pub extent: Option<[f64; 4]>,

    /// 新建工作区时的坐标系（默认：文件的） ‖ Plane of a workspace to be made (default: the file's)
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

    /// 以此工作区的坐标系与范围为参照 ‖ Take this workspace's CRS and extent as evidence
    #[arg(short, long, value_name = "CITY.gpkg")]
    pub workspace: Option<PathBuf>,

    /// 文件的坐标系，覆盖判断 ‖ CRS of the files, overriding the evidence
    #[arg(long, value_name = "EPSG:N", value_parser = epsg)]
    pub crs: Option<String>,

    /// 线状项目按此宽度（米）成面 ‖ Full width (metres) that makes a footprint of lines
    #[arg(long, value_name = "M", value_parser = width)]
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

    /// 工作区文件 ‖ Workspace file
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

    /// 规则集代号或 TOML 文件（默认：工作区指定的） ‖ Rule book id or TOML file (default: the workspace's)
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

    /// 线状项目按此宽度（米）成面 ‖ Full width (metres) that makes a footprint of lines
    #[arg(long, value_name = "M", value_parser = width)]
    pub width: Option<f64>,

    /// 项目声明在红线内不申请用地（隧道、桥跨、架空线） ‖ The project states that it asks for no land inside the red line (tunnel, span, overhead line)
    #[arg(long)]
    pub no_land: bool,

    /// 小于此面积（m²）的重叠列为忽略（默认：工作区设置） ‖ Overlaps under this area (m²) are listed as ignored (default: the workspace's setting)
    #[arg(long, value_name = "M2", value_parser = sliver)]
    pub sliver: Option<f64>,

    /// 表中面积单位（默认：工作区设置） ‖ Area unit of tables (default: the workspace's setting)
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<Unit>,

    /// 把审查记录及其输入文件存入工作区 ‖ Keep the review and its input files in the workspace
    #[arg(long)]
    pub save: bool,

    /// 结果去向与形式 ‖ Form and place of the result.
    #[command(flatten)]
    pub result: ResultArgs,
}

/// In which form a review is written, and where.
#[derive(Debug, Args)]
pub struct ResultArgs {
    /// 结果形式（默认：依 --output 的扩展名，否则 table） ‖ Form of the result (default: by the extension of --output, else table)
    #[arg(short, long, value_name = "FORMAT")]
    pub format: Option<ReviewFormat>,

    /// 写入文件而非标准输出 ‖ Write to a file instead of standard output
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
}

/// `redline areas`.
#[derive(Debug, Args)]
pub struct AreasArgs {
    /// 工作区文件 ‖ Workspace file
    #[arg(short, long, value_name = "CITY.gpkg")]
    pub workspace: PathBuf,

    /// 含目标数字的规则集（默认：工作区指定的） ‖ Rule book that holds the targets (default: the workspace's)
    #[arg(long, value_name = "BOOK")]
    pub rules: Option<String>,

    /// 按此日当时的图层版本 ‖ The layers as they stood on this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub layers_as_of: Option<String>,

    /// 结果形式 ‖ Form of the result
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub format: PlainFormat,
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
    /// 列出工作区内已存的审查 ‖ List the reviews kept in a workspace
    #[command(after_help = "示例：
  redline reviews list --workspace 穗城.gpkg
‖Example:
  redline reviews list --workspace city.gpkg")]
    List {
        /// 工作区文件 ‖ Workspace file
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
        /// 工作区文件 ‖ Workspace file
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

/// Roles a layer can be imported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "kebab-case")]
pub enum Role {
    /// 生态保护红线.
    RedLine,
    /// 生态控制线.
    ControlLine,
    /// 地类图斑.
    LandUse,
    /// 永久基本农田.
    Farmland,
    /// 城镇开发边界.
    GrowthBoundary,
    /// 行政区.
    District,
}

/// Doubts about a layer that an importer may accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "kebab-case")]
pub enum Doubt {
    /// Another datum, and no parameters between the two.
    Datum,
    /// Zones that cannot be used.
    LeftOut,
}

/// Stages as the command line spells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StageName {
    /// 新建.
    New,
    /// 改建.
    Rebuild,
    /// 扩建.
    Extend,
    /// 现有.
    Existing,
}

/// Lead unit of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Unit {
    /// Square metres.
    M2,
    /// 公顷.
    Ha,
    /// 亩.
    Mu,
}

/// Forms of a result that is not a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PlainFormat {
    /// For people.
    Table,
    /// For programs.
    Json,
}

/// Forms of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReviewFormat {
    /// For people.
    Table,
    /// The record, `redline.review/1`.
    Json,
    /// Clipped pieces with their findings, longitude and latitude.
    Geojson,
    /// 压占分析表.
    Xlsx,
}

/// `YYYY-MM-DD`, a day that exists.
fn date(value: &str) -> Result<String, String> {
    let bytes = value.as_bytes();
    let shape_ok = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
    match value.parse::<jiff::civil::Date>() {
        Ok(day) if shape_ok => Ok(day.to_string()),
        _ => Err("日期须为 YYYY-MM-DD 且确有此日，如 2018-06-01 ‖ a date is YYYY-MM-DD and a day that exists, e.g. 2018-06-01".into()),
    }
}

/// `EPSG:N` or `N`, given on as `EPSG:N`.
fn epsg(value: &str) -> Result<String, String> {
    let digits = match value.get(..5) {
        Some(prefix) if prefix.eq_ignore_ascii_case("epsg:") => &value[5..],
        _ => value,
    };
    match digits.parse::<u32>() {
        Ok(code) if (1024..=32767).contains(&code) => Ok(format!("EPSG:{code}")),
        _ => Err("坐标系须为 EPSG 代码，如 EPSG:4526 ‖ a CRS is an EPSG code, e.g. EPSG:4526".into()),
    }
}

/// Land-use parcels of a sample city.
fn parcels(value: &str) -> Result<u32, String> {
    match value.parse::<u32>() {
        Ok(parcels) if (8..=1_000_000).contains(&parcels) => Ok(parcels),
        _ => Err("图斑数须为 8 至 1000000 的整数 ‖ parcels are a whole number from 8 to 1000000".into()),
    }
}

/// Threads.
fn threads(value: &str) -> Result<u16, String> {
    match value.parse::<u16>() {
        Ok(threads) if (1..=1024).contains(&threads) => Ok(threads),
        _ => Err("线程数须为 1 至 1024 的整数 ‖ threads are a whole number from 1 to 1024".into()),
    }
}

/// A width in metres, above zero.
fn width(value: &str) -> Result<f64, String> {
    match value.parse::<f64>() {
        Ok(metres) if metres.is_finite() && metres > 0.0 && metres <= 10_000.0 => Ok(metres),
        _ => Err("宽度须为大于 0 且不超过 10000 的米数 ‖ a width is in metres, above 0 and at most 10000".into()),
    }
}

/// A sliver limit in square metres, zero or above.
fn sliver(value: &str) -> Result<f64, String> {
    match value.parse::<f64>() {
        Ok(m2) if m2.is_finite() && m2 >= 0.0 => Ok(m2),
        _ => Err("面积须为不小于 0 的平方米数 ‖ an area is in square metres, 0 or above".into()),
    }
}

/// Four numbers: west, south, east, north.
fn extent(value: &str) -> Result<[f64; 4], String> {
    let numbers: Vec<f64> = value.split(',').filter_map(|part| part.trim().parse().ok()).collect();
    match numbers[..] {
        [west, south, east, north]
            if value.split(',').count() == 4 && numbers.iter().all(|n| n.is_finite()) && west < east && south < north =>
        {
            Ok([west, south, east, north])
        }
        _ => Err("写成 西，南，东，北 四个数，西小于东、南小于北 ‖ four numbers west,south,east,north, west below east and south below north".into()),
    }
}

/// `key=value`, neither empty.
fn key_and_value(value: &str) -> Result<(String, String), String> {
    match value.split_once('=') {
        Some((key, field)) if !key.trim().is_empty() && !field.trim().is_empty() => {
            Ok((key.trim().to_string(), field.trim().to_string()))
        }
        _ => Err("写成 键=字段名，如 tier=GKDJ ‖ written KEY=FIELD, e.g. tier=GKDJ".into()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused() {
        assert_eq!(date("2018-06-01").unwrap(), "2018-06-01");
        for wrong in ["2018-02-30", "2018-6-1", "20180601", "今天", "2018-06-01T00:00", ""] {
            assert!(date(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_crs_is_read_with_and_without_its_authority() {
        assert_eq!(epsg("4526").unwrap(), "EPSG:4526");
        assert_eq!(epsg("epsg:4526").unwrap(), "EPSG:4526");
        for wrong in ["", "EPSG:", "EPSG:4526x", "-1", "坐标系统一", "999999"] {
            assert!(epsg(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn lengths_and_areas_are_numbers_that_can_be() {
        assert!(width("12.5").is_ok() && width("0").is_err() && width("NaN").is_err() && width("inf").is_err());
        assert!(sliver("0").is_ok() && sliver("-1").is_err() && sliver("nan").is_err());
        assert!(extent("1,2,3,4").is_ok());
        for wrong in ["1,2,3", "3,2,1,4", "1,2,3,4,x", "1,2,3,nan"] {
            assert!(extent(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_field_is_named_by_key_and_field() {
        assert_eq!(key_and_value("tier=管控=级别").unwrap(), ("tier".into(), "管控=级别".into()));
        assert!(key_and_value("tier=").is_err() && key_and_value("tier").is_err());
    }

    #[test]
    fn doubts_are_accepted_by_name_and_only_those_that_can_be() {
        let line = |doubt: &str| {
            let line =
                ["redline", "import", "a.shp", "--as", "red-line", "-w", "c.gpkg", "--accept", "datum", "--accept"];
            Arguments::try_parse_from(line.into_iter().chain([doubt]))
        };
        let Command::Import(import) = line("left-out").unwrap().command else { panic!("not an import") };
        assert_eq!(import.accept, [Doubt::Datum, Doubt::LeftOut]);
        assert!(line("everything").is_err());
    }

    #[test]
    fn what_a_later_issue_brings_is_not_offered_yet() {
        let line = ["redline", "check", "a", "-w", "c", "--format", "pdf"];
        assert!(Arguments::try_parse_from(line).is_err());
    }
}
