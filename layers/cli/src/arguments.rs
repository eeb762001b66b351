//! The command line contract as clap reads it.
//!
//! Every help sentence stands once, Chinese first, English after `‖`; [`crate::speech`] keeps the
//! half that the reader understands. Values are checked here for their form only; what they mean
//! (does the file exist, is the rule book known) is the engine's to say.

mod options;
mod papers;
mod values;

pub use options::*;
pub use papers::*;
pub use values::{Doubt, PlainFormat, RasteriserName, ReviewFormat, Role, StageName, Unit};

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

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
    #[arg(short = 'j', long, global = true, value_name = "N", value_parser = values::threads, display_order = 902)]
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

    /// 把控制线、地类等图层导入工作空间，每次导入为一个有日期的版本 ‖ Bring a zone layer into a workspace; every import is a dated revision
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
  redline check 地块.txt --workspace 穗城.gpkg --accept self-crossing --save
  redline check 地块.txt --workspace 穗城.gpkg --output 压占分析表.xlsx

退出码：0 全部不涉及或允许 · 1 有其他结论 · 2 有文件不能用或用法不对
‖Examples:
  redline check plots.txt --workspace city.gpkg --activity ecological-restoration --stage new
  redline check project/ --workspace city.gpkg --industry C26 --stage new --date 2018-06-01
  redline check plots.shp --workspace city.gpkg --opinion limited-activity=opinion.shp
  redline check plots.txt --workspace city.gpkg --accept self-crossing --save
  redline check plots.txt --workspace city.gpkg --output occupation.xlsx

Exit codes: 0 every plot clear or permitted · 1 any other outcome · 2 a file could not be used, or wrong usage")]
    Check(Box<CheckArgs>),

    /// 打开窗口：在地图上审查项目文件 ‖ Open the window: review project files on the map
    #[command(after_help = "示例：
  redline open 穗城.gpkg
  redline open 穗城.gpkg 地块.txt
  redline open 穗城.gpkg --browser

桌面的 WebKitGTK 太旧、窗口打不开时，用 --browser 在本机浏览器里打开同一界面：只应答 127.0.0.1，地址只能用一次，Ctrl-C 结束。
‖Examples:
  redline open city.gpkg
  redline open city.gpkg plots.txt
  redline open city.gpkg --browser

Where the desktop's WebKitGTK is too old for the window, --browser opens the same page in this machine's browser: only 127.0.0.1 is answered, the address works once, Ctrl-C ends it.")]
    Open(OpenArgs),

    /// 各图层、分区、级别与地类的面积，并与规划目标对照 ‖ What the layers cover, per zone, tier and land use, against the plan's targets
    #[command(after_help = "示例：
  redline areas --workspace 穗城.gpkg
‖Examples:
  redline areas --workspace city.gpkg --format json")]
    Areas(AreasArgs),

    /// 比较图层的两个版本：调入、调出，何处自谁划归谁 ‖ Compare two revisions of a layer: in, out, and which ground went from whom to whom
    #[command(after_help = "示例：
  redline diff r3 r7 --workspace 穗城.gpkg
  redline diff now draft:2026年调整 --workspace 穗城.gpkg
  redline diff 2026年调整 now --workspace 穗城.gpkg --output 台账.xlsx
‖Examples:
  redline diff r3 r7 --workspace city.gpkg
  redline diff now 'draft:adjustment of 2026' --workspace city.gpkg
  redline diff 'adjustment of 2026' now --workspace city.gpkg --output ledger.xlsx")]
    Diff(DiffArgs),

    /// 影响：图层从一个版本改到另一个版本，哪些已存审查的结论会变 ‖ Consequences: which saved reviews come out otherwise on another revision of a layer
    #[command(after_help = "示例：
  redline impact --from r2 --to r5 --workspace 穗城.gpkg
  redline impact --from now --to draft:2026年调整 --workspace 穗城.gpkg --format json

每份已存审查用归档的文件在两个版本上各判一次，其他图层按审查当时的版本。
‖Examples:
  redline impact --from r2 --to r5 --workspace city.gpkg
  redline impact --from now --to 'draft:adjustment of 2026' --workspace city.gpkg --format json

Every saved review is judged on both revisions from the files kept with it; the other layers are those it was made on.")]
    Impact(ImpactArgs),

    /// 把图层的一个版本导出为文件 ‖ Write one revision of a layer as a file
    #[command(after_help = "示例：
  redline export r5 --workspace 穗城.gpkg --output 控制线.gpkg
  redline export now --layer control_line --workspace 穗城.gpkg --output 控制线.shp
‖Examples:
  redline export r5 --workspace city.gpkg --output control-line.gpkg
  redline export now --layer control_line --workspace city.gpkg --output control-line.shp")]
    Export(ExportArgs),

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

    /// 专题图：审查、全市或版本比较的图幅，PDF、PNG 或 SVG ‖ Map sheet of a review, of the city or of a comparison: PDF, PNG or SVG
    #[command(after_help = "示例：
  redline check 地块.txt --workspace 穗城.gpkg --output 审查.json
  redline map 审查.json --workspace 穗城.gpkg --output 压占分析图.pdf --preset a3-landscape
  redline map 3f9a --workspace 穗城.gpkg --output 图.png --scale 2000 --title 度假村压占分析图
  redline map --workspace 穗城.gpkg --output 全市图.pdf --preset a0-city
  redline map --from r3 --to r7 --workspace 穗城.gpkg --output 调整对比图.pdf
‖Examples:
  redline check plots.txt --workspace city.gpkg --output review.json
  redline map review.json --workspace city.gpkg --output map.pdf --preset a3-landscape
  redline map 3f9a --workspace city.gpkg --output map.png --scale 2000 --title 'Resort: what it occupies'
  redline map --workspace city.gpkg --output city.pdf --preset a0-city
  redline map --from r3 --to r7 --workspace city.gpkg --output adjustment.pdf")]
    Map(Box<MapArgs>),

    /// 图集：按行政区、图斑或项目各出一幅，编号，另有索引图 ‖ Map set: a numbered sheet for each district, zone or project, and an index
    #[command(after_help = "示例：
  redline atlas --by district --workspace 穗城.gpkg --output 分区图集
  redline atlas --by zone --layer red_line --workspace 穗城.gpkg --output 红线图集 --preset a3-landscape
  redline atlas 审查.json --by project --workspace 穗城.gpkg --output 项目图集 --format png

中断后再运行同一命令即接着出图。
‖Examples:
  redline atlas --by district --workspace city.gpkg --output by-district
  redline atlas --by zone --layer red_line --workspace city.gpkg --output red-line --preset a3-landscape
  redline atlas review.json --by project --workspace city.gpkg --output by-project --format png

A set that was stopped goes on when the same command is run again.")]
    Atlas(Box<AtlasArgs>),

    /// 审查报告：PDF 或可编辑的 DOCX ‖ Review report: PDF, or DOCX to be edited
    #[command(after_help = "示例：
  redline check 地块.txt --workspace 穗城.gpkg --output 审查.json
  redline report 审查.json --output 审查报告.pdf --unit 穗城规划局 --number 2026-017
  redline report 3f9a --workspace 穗城.gpkg --output 审查报告.docx
  redline report --write-template 我的模板
‖Examples:
  redline check plots.txt --workspace city.gpkg --output review.json
  redline report review.json --output report.pdf --unit 'Planning bureau' --number 2026-017
  redline report 3f9a --workspace city.gpkg --output report.docx
  redline report --write-template my-template")]
    Report(Box<ReportArgs>),

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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
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
    fn a_report_names_a_review_and_a_file_or_writes_the_template() {
        let parses = |words: &str| Arguments::try_parse_from(words.split(' ')).is_ok();
        assert!(parses("redline report r.json -o r.pdf"));
        assert!(parses("redline report --write-template folder"));
        assert!(!parses("redline report r.json"));
        assert!(!parses("redline report -o r.pdf"));
    }
}
