//! A made-up review: three plots, a dozen overlaps, two tiers, land use, notes, slivers, two maps.

use redline_report::{
    AreaFigures, ClauseEntry, LandUseBlock, LandUseRow, LayerRow, MapFigure, MapKind, NoteRow, OccupationBlock,
    OccupationRow, PlotRow, ProjectPart, ReportData, RowKind, RuleBookEntry, Setting, Signature, SliverRow,
    TotalsGroup, TotalsRow, Undecided, Verdict,
};
use redline_wording::Lang;
use redline_zoning::Outcome;

/// Square metres as a review would hand them over: whole hundredths, so that parts sum as they are.
fn area(m2: f64, whole: f64) -> AreaFigures {
    let to = |x: f64, digits: i32| (x * 10f64.powi(digits)).round() / 10f64.powi(digits);
    AreaFigures::new(m2, to(m2 / 1e4, 4), to(m2 * 3.0 / 2000.0, 4), to(m2 / whole * 100.0, 2))
}

fn verdict(outcome: Outcome, lang: Lang) -> Verdict {
    let colour = match outcome {
        Outcome::Prohibited => "#b3261e",
        Outcome::Manual => "#6b4fa0",
        Outcome::Conditional => "#a15c00",
        Outcome::Permitted => "#1b7a57",
        Outcome::Clear => "#55606b",
    };
    Verdict::new(outcome, lang, colour)
}

fn sha(seed: u64) -> String {
    let mut state = seed;
    (0..8)
        .map(|_| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            format!("{:08x}", state >> 32)
        })
        .collect()
}

fn setting(name: &str, value: &str) -> Setting {
    Setting { name: name.into(), value: value.into() }
}

/// The made-up review in `lang`.
pub fn review(lang: Lang) -> ReportData {
    let t = |zh: &str, en: &str| match lang {
        Lang::Zh => zh.to_string(),
        Lang::En => en.to_string(),
    };
    let v = |outcome| verdict(outcome, lang);
    let plots = [
        ("DK-01", t("综合服务区", "Service area"), 48_215.37, Outcome::Prohibited),
        ("DK-02", t("进场道路及配套管线用地", "Access road and pipelines"), 12_640.08, Outcome::Manual),
        ("DK-03", t("生态修复区", "Restoration area"), 30_007.95, Outcome::Conditional),
    ];
    let file = "云岭生态旅游综合体_勘测定界_2024.txt".to_string();
    let red = t("生态保护红线", "Red line");
    let control = t("生态控制线", "Control line");
    let overlap =
        |n: &str, class: &str, zone: &str, m2: f64, whole: f64, outcome, clauses: &[usize], remarks: &[String]| {
            OccupationRow {
                kind: RowKind::Overlap,
                number: n.into(),
                zone_class: class.into(),
                zone: zone.into(),
                figures: Some(area(m2, whole)),
                clauses: clauses.to_vec(),
                outcome: Some(v(outcome)),
                remarks: remarks.to_vec(),
            }
        };
    let rest = |kind, what: String, zone: &str, m2: f64, whole: f64, outcome: Option<Outcome>, remarks: &[String]| {
        OccupationRow {
            kind,
            zone_class: what,
            zone: zone.into(),
            figures: Some(area(m2, whole)),
            outcome: outcome.map(v),
            remarks: remarks.to_vec(),
            ..OccupationRow::default()
        }
    };
    let statutory = t("法定生态保护区 · 森林公园生态保育区", "Statutory area · forest park");
    let important = t("生态系统重要区 · 水源涵养", "Important area · water");
    let one = t("一级管制区", "Tier 1");
    let two = t("二级管制区", "Tier 2");
    let outside = t("不在图斑内", "outside every zone");
    let sliver = t("忽略的碎面", "ignored sliver");
    let w = [plots[0].2, plots[1].2, plots[2].2];
    let forbidden = t(
        "旅游接待设施属新建项目，与森林公园生态保育区的保护要求不一致。",
        "Tourist lodging is new and against the park's own rules.",
    );
    let exit = t(
        "“逐步退出”一句可能只约束生态系统重要区，也可能约束整个红线，规则未予明确。",
        "Whether the exit clause binds only this class is open.",
    );
    let opinion = t("须附：县级以上人民政府出具的有限人为活动认定意见。", "Attach the limited-activity opinion.");
    let block = |plot: usize, layer: &str, rows: Vec<OccupationRow>| OccupationBlock {
        project: file.clone(),
        plot: plots[plot].0.into(),
        plot_name: plots[plot].1.clone(),
        layer: layer.into(),
        rows,
        subtotal: Some(area(w[plot], w[plot])),
    };
    let occupation = vec![
        block(
            0,
            &red,
            vec![
                overlap(
                    "1",
                    &statutory,
                    "HX440100-0017",
                    18_320.44,
                    w[0],
                    Outcome::Prohibited,
                    &[1, 2],
                    std::slice::from_ref(&forbidden),
                ),
                overlap(
                    "2",
                    &important,
                    "HX440100-0021",
                    9_105.12,
                    w[0],
                    Outcome::Manual,
                    &[3],
                    std::slice::from_ref(&exit),
                ),
                overlap(
                    "3",
                    &important,
                    "HX440100-0022",
                    1_288.60,
                    w[0],
                    Outcome::Manual,
                    &[3],
                    std::slice::from_ref(&exit),
                ),
                rest(
                    RowKind::Ignored,
                    sliver.clone(),
                    "HX440100-0023",
                    0.41,
                    w[0],
                    None,
                    &[t("小于碎面限值，未参与判定；实际 0.4127 m²", "under the limit, not judged; exactly 0.4127 m²")],
                ),
                rest(
                    RowKind::CountedTwice,
                    t("扣除：图斑重叠部分重复计算", "less: counted twice"),
                    "",
                    -212.05,
                    w[0],
                    None,
                    &[],
                ),
                rest(RowKind::Outside, outside.clone(), "", 19_712.85, w[0], Some(Outcome::Clear), &[]),
            ],
        ),
        block(
            0,
            &control,
            vec![
                overlap(
                    "4",
                    &one,
                    "KZ-I-0103",
                    21_004.91,
                    w[0],
                    Outcome::Prohibited,
                    &[4],
                    &[t("一级管制区内禁止与生态保护无关的开发活动。", "Tier 1 forbids it.")],
                ),
                overlap(
                    "5",
                    &two,
                    "KZ-II-0088",
                    15_330.20,
                    w[0],
                    Outcome::Prohibited,
                    &[5],
                    &[t("二级管制区内不得进行其他项目建设。", "Tier 2 allows no other project.")],
                ),
                overlap("6", &two, "KZ-II-0089", 4_410.76, w[0], Outcome::Prohibited, &[5], &[]),
                rest(RowKind::Outside, outside.clone(), "", 7_469.50, w[0], Some(Outcome::Clear), &[]),
            ],
        ),
        block(
            1,
            &red,
            vec![
                overlap(
                    "1",
                    &important,
                    "HX440100-0021",
                    2_318.77,
                    w[1],
                    Outcome::Manual,
                    &[6, 3],
                    &[
                        t(
                            "属必须且无法避让的线性基础设施与否，须由审查人认定。",
                            "Whether it is unavoidable linear infrastructure is for the reviewer.",
                        ),
                        opinion.clone(),
                    ],
                ),
                rest(RowKind::Outside, outside.clone(), "", 10_321.31, w[1], Some(Outcome::Clear), &[]),
            ],
        ),
        block(
            1,
            &control,
            vec![
                overlap(
                    "2",
                    &two,
                    "KZ-II-0088",
                    6_200.00,
                    w[1],
                    Outcome::Conditional,
                    &[5],
                    &[t("环境基础设施可以建设，须附选址论证。", "Environmental infrastructure may be built.")],
                ),
                overlap("3", &one, "KZ-I-0103", 1_040.02, w[1], Outcome::Manual, &[4], std::slice::from_ref(&opinion)),
                rest(RowKind::Outside, outside.clone(), "", 5_400.06, w[1], Some(Outcome::Clear), &[]),
            ],
        ),
        block(
            2,
            &red,
            vec![
                overlap(
                    "1",
                    &important,
                    "HX440100-0024",
                    26_514.33,
                    w[2],
                    Outcome::Conditional,
                    &[6],
                    std::slice::from_ref(&opinion),
                ),
                overlap(
                    "2",
                    &statutory,
                    "HX440100-0017",
                    1_770.09,
                    w[2],
                    Outcome::Conditional,
                    &[6],
                    std::slice::from_ref(&opinion),
                ),
                rest(RowKind::Outside, outside.clone(), "", 1_723.53, w[2], Some(Outcome::Clear), &[]),
            ],
        ),
        block(
            2,
            &control,
            vec![overlap(
                "3",
                &one,
                "KZ-I-0107",
                30_007.95,
                w[2],
                Outcome::Permitted,
                &[4],
                &[t("生态修复属生态保护活动。", "Restoration protects.")],
            )],
        ),
        OccupationBlock {
            project: file.clone(),
            plot: plots[2].0.into(),
            plot_name: plots[2].1.clone(),
            layer: t("永久基本农田", "Permanent farmland"),
            rows: vec![OccupationRow {
                kind: RowKind::WithoutArea,
                zone_class: t("未载入图层", "no layer loaded"),
                clauses: vec![7],
                outcome: Some(v(Outcome::Manual)),
                remarks: vec![t(
                    "无数据：没有载入永久基本农田图层，不能判定是否占用。",
                    "No data: the layer is not loaded.",
                )],
                ..OccupationRow::default()
            }],
            subtotal: None,
        },
    ];
    let land = |plot: usize, rows: &[(&str, &str, &str, f64)]| LandUseBlock {
        project: file.clone(),
        plot: plots[plot].0.into(),
        plot_name: plots[plot].1.clone(),
        rows: rows
            .iter()
            .map(|(code, name, great, m2)| LandUseRow {
                code: (*code).into(),
                name: (*name).into(),
                great_class: (*great).into(),
                figures: area(*m2, w[plot]),
            })
            .collect(),
        sum: area(w[plot], w[plot]),
    };
    let union = 90_863.40;
    let total = |name: &str, m2: f64| TotalsRow { name: name.into(), figures: area(m2, union), outcome: None };
    let by = |outcome, m2: f64| TotalsRow { name: String::new(), figures: area(m2, union), outcome: Some(v(outcome)) };
    let group = |by: String, rows, whole: bool| TotalsGroup {
        project: file.clone(),
        by,
        rows,
        whole: whole.then(|| area(union, union)),
    };
    let totals = vec![
        group(t("按控制线", "By line"), vec![total(&red, 59_105.30), total(&control, 77_993.84)], false),
        group(
            t("按分区", "By zone"),
            vec![
                total("HX440100-0017　白云山森林公园生态保育区", 20_090.53),
                total("HX440100-0021　流溪河水源涵养区", 11_423.89),
                total("HX440100-0024　帽峰山水源涵养区", 26_514.33),
                total("KZ-I-0103", 22_044.93),
                total("KZ-II-0088", 21_530.20),
            ],
            false,
        ),
        group(
            t("按分区/级别", "By class and tier"),
            vec![
                total(&format!("{red} · {}", t("法定生态保护区", "statutory")), 20_090.53),
                total(&format!("{red} · {}", t("生态系统重要区", "important")), 39_014.77),
                total(&format!("{control} · {one}"), 52_052.88),
                total(&format!("{control} · {two}"), 25_940.96),
            ],
            false,
        ),
        group(
            t("按结论", "By outcome"),
            vec![
                by(Outcome::Prohibited, 42_130.21),
                by(Outcome::Manual, 9_480.55),
                by(Outcome::Conditional, 33_001.10),
                by(Outcome::Permitted, 1_723.53),
                by(Outcome::Clear, 4_528.01),
            ],
            true,
        ),
    ];
    let clause = |number, rule: &str, text: &str, source: &str, verified, attachments: &[&str]| ClauseEntry {
        number,
        rule: rule.into(),
        text: text.into(),
        source: source.into(),
        verified,
        attachments: attachments.iter().map(|a| (*a).to_string()).collect(),
    };
    let plan = "《广州市环境保护第十三个五年规划》第三章第一节";
    let clauses = vec![
        clause(
            1,
            "gz2016-redline-all",
            "红线内禁止城镇建设、工农业生产和矿产资源开发等改变区域生态系统现状的生产经营活动；市政公益性基础设施建设等需符合相应法律法规要求。",
            plan,
            true,
            &[],
        ),
        clause(
            2,
            "gz2016-statutory-new",
            "禁止新建、改建、扩建与所属法定保护区域保护要求不一致的建设项目和生产活动。",
            plan,
            true,
            &[],
        ),
        clause(
            3,
            "gz2016-exit",
            "逐步清理区域内现有污染源，引导人口逐步转移，现有工业企业、矿山开发、畜禽养殖场等要逐步退出。",
            plan,
            true,
            &[],
        ),
        clause(
            4,
            "gz2016-tier1",
            "禁止从事与生态保护无关的开发活动，以及其他可能破坏生态环境的活动。",
            plan,
            true,
            &[],
        ),
        clause(
            5,
            "gz2016-tier2",
            "严格控制有损生态系统的开发建设活动；除环境基础设施、必要的农村生活及配套服务设施外，不得进行其他项目建设。",
            plan,
            true,
            &["选址论证报告", "环境影响评价文件"],
        ),
        clause(
            6,
            "nat2022-limited",
            "必须且无法避让、符合县级以上国土空间规划的线性基础设施、通讯和防洪、供水设施建设和船舶航行、航道疏浚清淤等活动。",
            "自然资发〔2022〕142号",
            false,
            &["有限人为活动认定意见"],
        ),
        clause(7, "nat2022-farmland", "", "《基本农田保护条例》第十五条", false, &[]),
    ];
    let note =
        |about: &str, severity: String, code: &str, place: &str, area: &str, message: String, accepted| NoteRow {
            about: about.into(),
            severity,
            code: code.into(),
            place: place.into(),
            area_m2: area.into(),
            message,
            accepted,
        };
    let (info, warning) = (t("提示", "note"), t("警告", "warning"));
    ReportData {
        lang,
        title: t("生态保护红线压占审查报告", "Review of the ecological red line"),
        subject: t("云岭生态旅游综合体建设项目", "Yunling eco-tourism complex"),
        number: "穗规审〔2024〕0137".into(),
        secrecy: t("内部", "internal"),
        unit: t("穗城规划和自然资源局", "Planning bureau of Suicheng"),
        date: "2024-06-01".into(),
        decided: false,
        sample: true,
        outcome: v(Outcome::Prohibited),
        summary: vec![
            t(
                "经审查，项目用地共 3 个地块，椭球面积合计 9.0863 公顷，其中占用生态保护红线 5.9105 公顷，占用生态控制线 7.7994 公顷。",
                "The project has 3 plots of 9.0863 ha on the ellipsoid; 5.9105 ha lie in the red line, 7.7994 ha in the control line.",
            ),
            t(
                "地块 DK-01 占用法定生态保护区 1.8320 公顷，条款禁止新建旅游接待设施；地块 DK-02、DK-03 须取得认定意见后再行判定。按最严结论从严认定，项目整体结论为“禁止”。",
                "DK-01 occupies 1.8320 ha of a statutory area where lodging is forbidden; DK-02 and DK-03 need opinions. The strictest outcome holds.",
            ),
        ],
        projects: vec![ProjectPart {
            file: file.clone(),
            sha256: sha(1),
            crs: "EPSG:4526（2000国家大地坐标系，3 度带第 38 带）".into(),
            crs_evidence: vec![
                t("文件写明“坐标系=2000国家大地坐标系、几度分带=3、带号=38”。", "The file says so."),
                t("横坐标带 38 号前缀，落在工作空间范围内。", "Eastings carry the prefix 38."),
            ],
            keys: vec![
                setting(&t("活动类型", "Activity"), &t("适度参观旅游及相关设施建设（第 5 类）", "Tourism (kind 5)")),
                setting(&t("建设阶段", "Stage"), &t("新建", "new")),
                setting(&t("行业", "Industry"), "N 78"),
            ],
            error: None,
            outcome: Some(v(Outcome::Prohibited)),
            plots: vec![
                PlotRow {
                    id: plots[0].0.into(),
                    name: plots[0].1.clone(),
                    area: area(w[0], w[0]),
                    planar_m2: "48238.91".into(),
                    declared_m2: "48200.00".into(),
                    outcome: v(plots[0].3),
                    official_number: None,
                    official: t(
                        "项目占用生态保护红线 2.8502 公顷，且有条款禁止该活动，四种官方结论均不适用。",
                        "None of the four outcomes holds.",
                    ),
                },
                PlotRow {
                    id: plots[1].0.into(),
                    name: plots[1].1.clone(),
                    area: area(w[1], w[1]),
                    planar_m2: "12646.25".into(),
                    declared_m2: String::new(),
                    outcome: v(plots[1].3),
                    official_number: None,
                    official: t(
                        "项目占用生态保护红线 0.2319 公顷，可能属于有限人为活动（第 6 类），但未提供认定意见。",
                        "No opinion was given.",
                    ),
                },
                PlotRow {
                    id: plots[2].0.into(),
                    name: plots[2].1.clone(),
                    area: area(w[2], w[2]),
                    planar_m2: "30022.61".into(),
                    declared_m2: "30008.00".into(),
                    outcome: v(plots[2].3),
                    official_number: Some(3),
                    official: t(
                        "项目属于生态保护红线内允许的有限人为活动（第 8 类），已取得省级人民政府出具的认定意见，占用生态保护红线 2.8284 公顷，占用范围全部位于认定意见范围内。",
                        "A limited activity (kind 8) with the province's opinion; it occupies 2.8284 ha.",
                    ),
                },
            ],
        }],
        undecided: vec![
            Undecided {
                subject: "DK-02 · HX440100-0021".into(),
                reason: t("是否属于必须且无法避让的线性基础设施，规则未予明确。", "Whether it is unavoidable is open."),
                next: t("提供选址唯一性论证，由审查人认定。", "An argument for the site."),
            },
            Undecided {
                subject: t("永久基本农田", "Permanent farmland"),
                reason: t("没有载入该图层。", "The layer is not loaded."),
                next: t("导入永久基本农田图层后重新审查。", "Import it and review again."),
            },
        ],
        notes: vec![
            note(
                &t("审查", "review"),
                warning.clone(),
                "date-outside-validity",
                "",
                "",
                t(
                    "审查日期在规则集有效期（2016-01-01 至 2020-12-31）之外，结论仅供参考。",
                    "The date lies outside the book's validity.",
                ),
                false,
            ),
            note(
                &file,
                info.clone(),
                "encoding-guessed",
                "",
                "",
                t("文件无 BOM，按 GBK 读取。", "Read as GBK."),
                false,
            ),
            note(
                &file,
                warning.clone(),
                "self-intersection-repaired",
                &t("地块 DK-01 · 圈 1 · 点 J17", "plot DK-01 · ring 1 · point J17"),
                "3.82",
                t("界址线自相交，已按奇偶规则修复，面积变化 3.82 m²。", "Repaired; the area changed by 3.82 m²."),
                true,
            ),
            note(
                &file,
                info,
                "declared-unit-inferred",
                &t("地块 DK-02", "plot DK-02"),
                "",
                t("申报面积为空，以计算面积为准。", "No declared area."),
                false,
            ),
        ],
        occupation,
        totals,
        land_use: vec![
            land(
                0,
                &[
                    ("0301", "乔木林地", "农用地", 31_204.16),
                    ("0305", "灌木林地", "农用地", 9_860.70),
                    ("0702", "农村宅基地", "建设用地", 2_150.51),
                    ("1104", "坑塘水面", "农用地", 5_000.00),
                ],
            ),
            land(1, &[("0301", "乔木林地", "农用地", 7_019.08), ("1006", "农村道路", "农用地", 5_621.00)]),
            land(2, &[("0602", "采矿用地", "建设用地", 29_500.00), ("0404", "其他草地", "未利用地", 507.95)]),
        ],
        clauses,
        slivers: vec![SliverRow {
            project: file.clone(),
            plot: "DK-01".into(),
            layer: red.clone(),
            zone: "HX440100-0023".into(),
            area_m2: "0.41".into(),
        }],
        comparison: None,
        maps: vec![
            map(
                MapKind::Overview,
                t("项目总图", "Overview"),
                t("项目与生态保护红线、生态控制线关系图，比例尺 1:5 000", "The project and the lines, 1:5 000"),
                156.0,
                150.0,
            ),
            map(
                MapKind::Overlap,
                t("压占图 DK-01-1", "Overlap DK-01-1"),
                t("地块 DK-01 压占 HX440100-0017（法定生态保护区），比例尺 1:2 000", "DK-01 on HX440100-0017, 1:2 000"),
                156.0,
                90.0,
            ),
        ],
        rule_book: RuleBookEntry {
            id: "guangzhou-2016".into(),
            title: t("广州市环境保护第十三个五年规划（生态保护红线）", "Guangzhou plan 2016–2020"),
            version: "1.2.0".into(),
            valid_from: "2016-01-01".into(),
            valid_to: "2020-12-31".into(),
            sha256: sha(7),
        },
        layers: vec![
            LayerRow {
                title: red,
                source: "STBHHX_440100.gdb".into(),
                date: "2023-11-30".into(),
                revision: "r3".into(),
                sha256: sha(2),
                judged: true,
                remark: String::new(),
            },
            LayerRow {
                title: control,
                source: "生态控制线_2016.shp".into(),
                date: "2016-08-15".into(),
                revision: "r1".into(),
                sha256: sha(3),
                judged: true,
                remark: t("导入后被其他程序改动过，版本与哈希值不再对应。", "Edited by another program."),
            },
            LayerRow {
                title: t("地类图斑", "Land use"),
                source: "DLTB_2023.gdb".into(),
                date: "2023-12-31".into(),
                revision: "r2".into(),
                sha256: sha(4),
                judged: false,
                remark: String::new(),
            },
        ],
        settings: vec![
            setting(&t("工作空间", "Workspace"), "穗城示例.gpkg · r12 · EPSG:4526"),
            setting(&t("碎面限值", "Sliver limit"), "1 m²"),
            setting(&t("叠加格网步长", "Overlay grid"), "0.0009765625 m"),
            setting(&t("程序版本", "Program"), "redline 0.1.0"),
        ],
        signatures: [("经办", "Prepared by"), ("复核", "Checked by"), ("审定", "Approved by")]
            .map(|(zh, en)| Signature { role: t(zh, en), ..Signature::default() })
            .to_vec(),
    }
}

fn map(kind: MapKind, name: String, caption: String, width_mm: f64, height_mm: f64) -> MapFigure {
    let (w, h) = (width_mm, height_mm);
    let hatch: String = (0..40)
        .map(|i| {
            let x = f64::from(i) * w / 40.0;
            format!("<path d=\"M{x:.2} {:.2}L{:.2} {:.2}\"/>", h * 0.75, x + h * 0.1, h * 0.4)
        })
        .collect();
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}mm\" height=\"{h}mm\" viewBox=\"0 0 {w} {h}\">\
         <rect x=\"0.2\" y=\"0.2\" width=\"{:.2}\" height=\"{:.2}\" fill=\"#f3f6ef\" stroke=\"#333\" stroke-width=\"0.4\"/>\
         <path d=\"M20 20L{:.2} 25L{:.2} {:.2}L25 {:.2}Z\" fill=\"#31ad69\" fill-opacity=\"0.35\" stroke=\"#b3261e\" stroke-width=\"0.6\"/>\
         <g stroke=\"#b3261e\" stroke-width=\"0.2\">{hatch}</g>\
         <path d=\"M60 40L{:.2} 45L95 {:.2}L55 {:.2}Z\" fill=\"none\" stroke=\"#1a1a1a\" stroke-width=\"0.8\"/>\
         <text x=\"64\" y=\"52\" font-family=\"Noto Sans CJK SC\" font-size=\"5\">{name}</text></svg>",
        w - 0.4,
        h - 0.4,
        w * 0.7,
        w * 0.8,
        h * 0.7,
        h * 0.8,
        w * 0.75,
        h * 0.6,
        h * 0.55,
    );
    MapFigure { kind, name, caption, width_mm, height_mm, svg: svg.into_bytes(), png: PICTURE.to_vec() }
}

/// A picture that stands for a map.
const PICTURE: &[u8] = include_bytes!("map.png");
