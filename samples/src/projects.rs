//! Project files as reviewers receive them, placed so that what a check must find is known.

use crate::by_hand;
use crate::city::{City, PLANE, Progress};
use crate::error::SampleError;
use crate::ground::{Ground, PLOT, Under, plot, ring, surveyed};
use crate::noise::mix;
use encoding_rs::GBK;
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use redline_formats::{Crs, PlotToWrite, ProjectFormat, write_plots};
use redline_geometry::Shape;
use redline_wording::text;
use redline_zoning::LayerRole;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Files written.
pub(crate) struct Files {
    pub good: Vec<PathBuf>,
    pub bad: Vec<PathBuf>,
}

/// One paragraph of the README.
struct Entry {
    file: String,
    zh: String,
    en: String,
    under: Option<Under>,
}

/// Places and writes one file.
type Step = fn(&mut Desk) -> Result<(), SampleError>;

struct Desk<'a> {
    ground: Ground<'a>,
    dir: PathBuf,
    crs: Crs,
    entries: Vec<Entry>,
    good: Vec<PathBuf>,
}

/// Writes all project files and their README into `dir`.
pub(crate) fn write(
    city: &City,
    dir: &Path,
    tell: &mut dyn FnMut(Progress) -> Result<(), SampleError>,
) -> Result<Files, SampleError> {
    tell(Progress {
        step: text!("选址并写出示例项目" | "placing and writing sample projects"), done: 0, total: 14
    })?;
    let ground = Ground::of(city);
    let mut desk = Desk {
        ground,
        dir: dir.to_owned(),
        crs: Crs::from_epsg(city.crs_epsg)?,
        entries: Vec::new(),
        good: Vec::new(),
    };
    let steps: [Step; 13] = [
        tier_2,
        straddling,
        clear,
        farmland,
        tier_1,
        road,
        beside_the_red_line,
        sliver,
        swapped,
        arcs,
        industry,
        islands,
        bow_tie,
    ];
    for (n, step) in steps.into_iter().enumerate() {
        step(&mut desk)?;
        tell(Progress {
            step: text!("选址并写出示例项目" | "placing and writing sample projects"),
            done: n as u64 + 1,
            total: 14,
        })?;
    }
    let bad = desk.bad()?;
    desk.readme()?;
    Ok(Files { good: desk.good, bad })
}

fn named(id: &str, name: &str, purpose: &str, shape: Shape) -> PlotToWrite {
    let declared_m2 = Some((PLANE.ellipsoidal_m2(&shape) * 100.0).round() / 100.0);
    PlotToWrite {
        id: id.to_owned(),
        name: name.to_owned(),
        shape,
        declared_m2,
        purpose: Some(purpose.to_owned()),
        attributes: BTreeMap::new(),
    }
}

impl Desk<'_> {
    /// The first of `places` where a footprint passes `test`.
    fn find(
        &self,
        file: &str,
        places: impl Iterator<Item = Coord<f64>>,
        make: impl Fn(Coord<f64>, u64) -> Shape,
        test: impl Fn(&Under) -> bool,
    ) -> Result<(Shape, Under), SampleError> {
        for (n, at) in places.enumerate() {
            let shape = make(at, mix(n as u64));
            let under = self.ground.under(&shape);
            if under.in_city() && test(&under) {
                return Ok((shape, under));
            }
        }
        Err(SampleError::no_place(file))
    }

    fn tell(&mut self, file: &str, under: Option<Under>, zh: &str, en: &str) {
        self.good.push(self.dir.join(file));
        self.entries.push(Entry { file: file.to_owned(), zh: zh.to_owned(), en: en.to_owned(), under });
    }

    fn plots(&self, file: &str, format: ProjectFormat, plots: &[PlotToWrite]) -> Result<(), SampleError> {
        Ok(write_plots(&self.dir.join(file), format, plots, self.crs)?)
    }

    fn bytes(&self, file: &str, bytes: &[u8]) -> Result<(), SampleError> {
        let path = self.dir.join(file);
        std::fs::write(&path, bytes).map_err(|e| SampleError::folder(&path, &e))
    }

    fn bad(&mut self) -> Result<Vec<PathBuf>, SampleError> {
        let folder = self.dir.join("bad");
        std::fs::create_dir_all(&folder).map_err(|e| SampleError::folder(&folder, &e))?;
        let noise: Vec<u8> = (0..4096u64).map(|n| (mix(n) >> 40) as u8).collect();
        let cut = std::fs::read(self.dir.join("07-beside-red-line.gpkg"))
            .map_err(|e| SampleError::folder(&self.dir.join("07-beside-red-line.gpkg"), &e))?;
        let files: [(&str, &[u8]); 5] = [
            ("bad/garbage.txt", &noise),
            ("bad/truncated.gpkg", &cut[..cut.len().min(3000)]),
            ("bad/empty.geojson", b""),
            ("bad/no-coordinates.csv", "点号,圈号,备注\r\nJ1,1,无坐标\r\n".as_bytes()),
            ("bad/drawing.dwg", b"AC1027\0\0\0\0\0\0"),
        ];
        for (file, bytes) in files {
            self.bytes(file, bytes)?;
        }
        Ok(files.iter().map(|f| self.dir.join(f.0)).collect())
    }

    fn readme(&self) -> Result<(), SampleError> {
        let mut text = String::from(
            "示例项目文件。面积为平面面积(公顷),由生成时的套合得出。\nSample project files. Areas are planar, in hectares, from the overlay made when they were placed.\n\n",
        );
        for entry in &self.entries {
            // writing to a string does not fail
            let _ = write!(text, "{}\n  {}\n  {}\n", entry.file, entry.zh, entry.en);
            if let Some(u) = entry.under {
                let ha = |m2: f64| m2 / 1e4;
                let _ = writeln!(
                    text,
                    "  总面积 whole {:.4} · 法定 statutory {:.4} · 重要 important {:.4} · 一级 tier 1 {:.4} · 二级 tier 2 {:.4} · 永久基本农田 farmland {:.4} · 城镇开发边界 growth boundary {:.4}",
                    ha(u.whole),
                    ha(u.statutory),
                    ha(u.important),
                    ha(u.tier_1),
                    ha(u.tier_2),
                    ha(u.farmland),
                    ha(u.growth)
                );
            }
            text.push('\n');
        }
        text.push_str("bad/\n  不可用的文件:随机字节、截断、空文件、无坐标列、DWG。每个应给出一句说明,退出码 2。\n  Files that cannot be used: random bytes, cut short, empty, no coordinate columns, DWG. Each should get one plain sentence and exit code 2.\n");
        self.bytes("README.txt", text.as_bytes())
    }
}

fn tier_2(desk: &mut Desk) -> Result<(), SampleError> {
    let file = "01-tier2-two-uses.txt";
    let only_tier_2 =
        |u: &Under| u.red_line() == 0.0 && u.share(u.tier_2) > 0.999_999 && u.growth == 0.0 && u.farmland == 0.0;
    let (first, under) = desk.find(file, desk.ground.places(1), |at, t| plot(at, 152.0, t), only_tier_2)?;
    let (second, _) = desk.find(file, desk.ground.places(2), |at, t| plot(at, 120.0, t), only_tier_2)?;
    let plots = [named("DK01", "生活垃圾转运站", "垃圾处理设施", first), named("DK02", "临溪小区", "城镇住宅", second)];
    desk.plots(file, ProjectFormat::BoundaryTxt, &plots)?;
    desk.tell(
        file,
        Some(under),
        "界址点 TXT(GBK),两个地块全在二级管制区:垃圾处理设施属环境基础设施(允许),城镇住宅不得建设(禁止)。面积为 DK01。",
        "Boundary-point text (GBK), two plots wholly in tier 2: waste handling is environmental infrastructure (permitted), housing is not allowed (prohibited). Areas are DK01's.",
    );
    Ok(())
}

fn straddling(desk: &mut Desk) -> Result<(), SampleError> {
    let file = "02-resort-no-prj.zip";
    let three = |u: &Under| {
        let out = u.whole - u.red_line();
        u.share(u.statutory) > 0.08 && u.share(u.important) > 0.08 && u.share(out) > 0.08
    };
    let near = desk.ground.vertices(LayerRole::RedLine, Some("statutory"), 24);
    let (shape, under) = desk.find(file, near, |at, t| plot(at, 330.0, t), three)?;
    let folder = tempfile::tempdir().map_err(|e| SampleError::folder(&desk.dir, &e))?;
    let shp = folder.path().join("resort.shp");
    write_plots(&shp, ProjectFormat::Shapefile, &[named("LY01", "云岭度假村", "旅游设施", shape)], desk.crs)?;
    let mut members = Vec::new();
    for kind in ["shp", "shx", "dbf"] {
        let path = shp.with_extension(kind);
        let bytes = std::fs::read(&path).map_err(|e| SampleError::folder(&path, &e))?;
        members.push((GBK.encode(&format!("度假村用地/云岭度假村.{kind}")).0.into_owned(), bytes));
    }
    desk.bytes(file, &by_hand::zip_with_gbk_names(&members))?;
    desk.tell(
        file,
        Some(under),
        "ZIP 内 Shapefile,文件名为 GBK,无 .prj 与 .cpg:坐标系按带号判定。跨法定生态保护区、生态系统重要区与红线外。",
        "Shapefile in a ZIP with GBK names, no .prj or .cpg: the CRS is decided by the zone prefix. It straddles statutory and important red line and land outside.",
    );
    Ok(())
}

fn clear(desk: &mut Desk) -> Result<(), SampleError> {
    let file = "03-clear.geojson";
    let (shape, under) = desk.find(
        file,
        desk.ground.places(3),
        |at, t| plot(at, 140.0, t),
        |u| u.red_line() + u.tier_1 + u.tier_2 + u.farmland == 0.0 && u.share(u.growth) > 0.999_999,
    )?;
    desk.plots(file, ProjectFormat::GeoJson, &[named("JZ01", "鹭洲实验学校", "公共管理与公共服务设施", shape)])?;
    desk.tell(
        file,
        Some(under),
        "GeoJSON(经纬度),在城镇开发边界内,不涉及红线、控制线与永久基本农田。",
        "GeoJSON (longitude, latitude), within the growth boundary and clear of red line, control line and farmland.",
    );
    Ok(())
}

fn farmland(desk: &mut Desk) -> Result<(), SampleError> {
    let file = "04-on-farmland.kml";
    let near = desk.ground.vertices(LayerRole::Farmland, None, 7);
    let (shape, under) =
        desk.find(file, near, |at, t| plot(at, 95.0, t), |u| u.share(u.farmland) > 0.3 && u.red_line() == 0.0)?;
    desk.plots(file, ProjectFormat::Kml, &[named("NC01", "禾丰仓储", "物流仓储", shape)])?;
    desk.tell(file, Some(under), "KML,压占永久基本农田。", "KML on permanent basic farmland.");
    Ok(())
}

fn tier_1(desk: &mut Desk) -> Result<(), SampleError> {
    let file = "05-tier1-solar.csv";
    let (shape, under) = desk.find(
        file,
        desk.ground.places(5),
        |at, t| plot(at, 200.0, t),
        |u| u.share(u.tier_1) > 0.999_999 && u.red_line() == 0.0,
    )?;
    desk.plots(file, ProjectFormat::Csv, &[named("GF01", "石径光伏", "风电与光伏发电", shape)])?;
    desk.tell(
        file,
        Some(under),
        "CSV 点表,全在一级管制区、红线之外:与生态保护无关的开发活动(禁止)。",
        "CSV point list, wholly in tier 1 outside the red line: development unrelated to protection (prohibited).",
    );
    Ok(())
}

fn road(desk: &mut Desk) -> Result<(), SampleError> {
    let file = "06-road-line.geojson";
    let starts: Vec<Coord<f64>> = desk.ground.vertices(LayerRole::RedLine, Some("important"), 60).collect();
    for (n, from) in starts.into_iter().enumerate() {
        let turn = mix(n as u64 ^ 0x60AD);
        let heading = ring(Coord { x: 0.0, y: 0.0 }, 1.0, turn, &[(1.0, 0.35)]).0[0];
        let line: Vec<Coord<f64>> = (0..=24i32)
            .map(|k| {
                let t = f64::from(k - 12) * 250.0;
                // a gentle bow, as a road keeps to its slope
                let bow = f64::from((k - 12) * (k - 12)) * 2.0 * if turn & 16 == 0 { 1.0 } else { -1.0 };
                surveyed(from.x + t * heading.x - bow * heading.y, from.y + t * heading.y + bow * heading.x)
            })
            .collect();
        let strip: Vec<Coord<f64>> = line
            .iter()
            .map(|c| Coord { x: c.x, y: c.y + 15.0 })
            .chain(line.iter().rev().map(|c| Coord { x: c.x, y: c.y - 15.0 }))
            .chain(line.first().map(|c| Coord { x: c.x, y: c.y + 15.0 }))
            .collect();
        let under = desk.ground.under(&MultiPolygon(vec![Polygon::new(LineString(strip), Vec::new())]));
        if !under.in_city() || under.share(under.red_line()) < 0.1 || under.share(under.tier_2) < 0.1 {
            continue;
        }
        let degrees: Vec<(f64, f64)> = line.iter().map(|&c| PLANE.inverse(c)).collect();
        desk.bytes(file, by_hand::geojson_line("环山公路", "公路与城市道路", &degrees).as_bytes())?;
        desk.tell(
            file,
            None,
            "GeoJSON 线(6 千米公路),穿越红线与二级管制区:给出穿越长度;--width 30 生成用地范围。",
            "GeoJSON line (a road of 6 km) across red line and tier 2: crossing lengths are given; --width 30 makes a footprint.",
        );
        return Ok(());
    }
    Err(SampleError::no_place(file))
}

fn beside_the_red_line(desk: &mut Desk) -> Result<(), SampleError> {
    let file = "07-beside-red-line.gpkg";
    let key = |c: &Coord<f64>| (c.x.to_bits(), c.y.to_bits());
    let boundary: BTreeSet<(u64, u64)> = desk
        .ground
        .zones(LayerRole::RedLine)
        .iter()
        .flat_map(|z| &z.shape.0)
        .flat_map(|p| p.exterior().0.iter().map(key))
        .collect();
    for zone in desk.ground.zones(LayerRole::LandUse) {
        let [polygon] = &zone.shape.0[..] else { continue };
        if !polygon.interiors().is_empty() || zone.facts.code.as_deref() == Some("1101") {
            continue;
        }
        let shared = polygon.exterior().0.iter().filter(|c| boundary.contains(&key(c))).count();
        if shared < 60 {
            continue;
        }
        let under = desk.ground.under(&zone.shape);
        if under.red_line() == 0.0 && (20_000.0..1_000_000.0).contains(&under.whole) && under.share(under.tier_2) > 0.5
        {
            let shape = zone.shape.clone();
            desk.plots(
                file,
                ProjectFormat::GeoPackage,
                &[named("SX01", "青溪农家乐", "农村生活及配套服务设施", shape)],
            )?;
            desk.tell(
                file,
                Some(under),
                "GeoPackage,与红线共用边界(逐点相同):对红线的压占恰为零。",
                "GeoPackage that shares its boundary with the red line vertex by vertex: overlap with the red line is exactly zero.",
            );
            return Ok(());
        }
    }
    Err(SampleError::no_place(file))
}

fn sliver(desk: &mut Desk) -> Result<(), SampleError> {
    let file = "08-sliver.xlsx";
    let parts = desk.ground.zones(LayerRole::RedLine).iter().flat_map(|z| &z.shape.0);
    for part in parts {
        let Some(east) = part.exterior().0.iter().copied().max_by(|a, b| a.x.total_cmp(&b.x)) else { continue };
        for reach in [0.05, 0.2, 0.8, 2.0] {
            let west = east.x - reach;
            let corners = [(west, -70.0), (east.x + 190.0, -85.0), (east.x + 205.0, 60.0), (west, 75.0), (west, -70.0)];
            let ring: LineString<f64> = LineString(corners.iter().map(|&(x, dy)| surveyed(x, east.y + dy)).collect());
            let shape = MultiPolygon(vec![Polygon::new(ring, Vec::new())]);
            let under = desk.ground.under(&shape);
            if under.in_city() && (0.02..0.9).contains(&under.red_line()) {
                desk.plots(file, ProjectFormat::Xlsx, &[named("BJ01", "翠谷苗圃", "生态修复", shape)])?;
                let red = under.red_line();
                desk.tell(
                    file,
                    Some(under),
                    &format!("XLSX 点表,与红线重叠 {red:.4} 平方米,小于 1 平方米:列为忽略的碎屑。"),
                    &format!("XLSX point list that overlaps the red line by {red:.4} m², under 1 m²: listed as an ignored sliver."),
                );
                return Ok(());
            }
        }
    }
    Err(SampleError::no_place(file))
}

fn swapped(desk: &mut Desk) -> Result<(), SampleError> {
    let file = "09-swapped-axes.txt";
    let (shape, under) = desk.find(
        file,
        desk.ground.places(9),
        |at, t| plot(at, 180.0, t),
        |u| u.share(u.tier_1) > 0.2 && u.share(u.tier_2) > 0.2 && u.red_line() == 0.0,
    )?;
    let ring = shape.0[0].exterior();
    let m2 = PLANE.ellipsoidal_m2(&shape);
    let text = by_hand::swapped_text(&[("HB01", "污水处理厂", "污水处理设施", ring, m2)]);
    desk.bytes(file, &GBK.encode(&text).0)?;
    desk.tell(
        file,
        Some(under),
        "界址点 TXT,X、Y 颠倒,表头 12 栏,首尾点不重复:列为导入说明。跨一级与二级管制区。",
        "Boundary-point text with X and Y swapped, twelve-field headers and open rings: import notes. It lies across tiers 1 and 2.",
    );
    Ok(())
}

fn arcs(desk: &mut Desk) -> Result<(), SampleError> {
    let file = "10-arcs.dxf";
    let square = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)];
    let near = desk.ground.vertices(LayerRole::RedLine, Some("important"), 40);
    let (shape, under) = desk.find(
        file,
        near,
        |at, t| MultiPolygon(vec![Polygon::new(ring(at, 90.0, t, &square), Vec::new())]),
        |u| u.share(u.important) > 0.2 && u.share(u.important) < 0.8,
    )?;
    let corners = &shape.0[0].exterior().0[..4];
    desk.bytes(file, by_hand::drawing_with_arcs(corners, &[0.0, 0.3, 0.0, 0.0]).as_bytes())?;
    desk.tell(
        file,
        Some(under),
        "DXF 闭合多段线,一边为弧(凸度 0.3),无坐标系:按带号判定。压占生态系统重要区;所列面积未含弧段。",
        "DXF closed polyline with one side an arc (bulge 0.3), no CRS: decided by the zone prefix. On an important ecosystem area; areas listed leave the arc out.",
    );
    Ok(())
}

fn industry(desk: &mut Desk) -> Result<(), SampleError> {
    let file = "11-industry.gdb";
    let near = desk.ground.vertices(LayerRole::RedLine, Some("statutory"), 40);
    let (shape, under) =
        desk.find(file, near, |at, t| plot(at, 150.0, t), |u| u.share(u.statutory) > 0.3 && u.important == 0.0)?;
    desk.plots(file, ProjectFormat::FileGeodatabase, &[named("GY01", "碧潭电子厂", "工业项目", shape)])?;
    desk.tell(
        file,
        Some(under),
        "File Geodatabase,工业项目压占法定生态保护区(新建为禁止)。",
        "File Geodatabase: an industrial project on a statutory protected area (prohibited when new).",
    );
    Ok(())
}

fn islands(desk: &mut Desk) -> Result<(), SampleError> {
    let file = "12-islands.txt";
    let make = |at: Coord<f64>, turn: u64| {
        let reversed = |line: LineString<f64>| LineString(line.0.into_iter().rev().collect());
        let small: Vec<(f64, f64)> = PLOT.iter().map(|&(u, v)| (u * 0.55, v * 0.55)).collect();
        let smaller: Vec<(f64, f64)> = PLOT.iter().map(|&(u, v)| (u * 0.2, v * 0.2)).collect();
        let aside: Vec<(f64, f64)> = PLOT.iter().map(|&(u, v)| (u * 0.5 + 1.9, v * 0.5)).collect();
        MultiPolygon(vec![
            Polygon::new(ring(at, 200.0, turn, &PLOT), vec![reversed(ring(at, 200.0, turn, &small))]),
            Polygon::new(ring(at, 200.0, turn, &smaller), Vec::new()),
            Polygon::new(ring(at, 200.0, turn, &aside), Vec::new()),
        ])
    };
    let (shape, under) = desk.find(file, desk.ground.places(12), make, |u| {
        u.red_line() == 0.0 && u.share(u.tier_2) > 0.2 && u.share(u.tier_2) < 0.9 && u.tier_1 + u.farmland == 0.0
    })?;
    desk.plots(file, ProjectFormat::BoundaryTxt, &[named("GY12", "榕洲湿地公园", "公园与绿地", shape)])?;
    desk.tell(
        file,
        Some(under),
        "界址点 TXT,一个地块有两处外圈、一个洞和洞中之岛:按包含关系成面,不按圈号。",
        "Boundary-point text: one plot of two shells, a hole and an island in the hole: built by containment, not by ring number.",
    );
    Ok(())
}

fn bow_tie(desk: &mut Desk) -> Result<(), SampleError> {
    let file = "13-bow-tie.txt";
    let crossed = [(-1.0, -0.8), (1.0, 0.9), (1.0, -0.7), (-1.0, 0.6)];
    let (shape, _) = desk.find(
        file,
        desk.ground.places(13),
        |at, t| plot(at, 150.0, t),
        |u| u.red_line() == 0.0 && u.share(u.tier_2) > 0.999_999,
    )?;
    let at = shape.0[0].exterior().0[0];
    let ring = ring(Coord { x: at.x + 100.0, y: at.y + 100.0 }, 90.0, 0, &crossed);
    let polygon = MultiPolygon(vec![Polygon::new(ring, Vec::new())]);
    let mut plot = named("ZX01", "自相交地块", "农村生活及配套服务设施", polygon);
    plot.declared_m2 = Some(16_000.0);
    desk.plots(file, ProjectFormat::BoundaryTxt, &[plot])?;
    desk.tell(
        file,
        None,
        "界址点 TXT,圈自相交(蝴蝶结):按奇偶规则修复并列出,申报面积与计算面积不符。",
        "Boundary-point text whose ring crosses itself (a bow tie): repaired by the even-odd rule and listed; the declared area differs.",
    );
    Ok(())
}
