//! The work of `check`: read, load the ground, assess every plot, put the record together.

use crate::EngineError;
use crate::assess::{
    Assessed, Given, LandUseReader, Left, Shortfall, Terms, assess, bounds_of, left_words, place_doubts, totals,
};
use crate::commands::check::{AcceptedNote, CheckRequest, Checked, Saved};
use crate::commands::keep::keep;
use crate::commands::rules::rule_book;
use crate::convert::halves;
use crate::ground::{Ground, Site};
use crate::input::{Input, Inputs, Opinions, read_all, read_opinions, read_options};
use crate::keyring::Keyring;
use crate::progress::Progress;
use crate::review::{
    FindingRecord, LayerRecord, NoteRecord, ProjectReview, Review, RuleBookRecord, SCHEMA, SettingsRecord, Totals,
};
use rayon::prelude::*;
use redline_formats::{ImportNote, Plot, ReadOptions, Severity};
use redline_geometry::AreaUnit;
use redline_wording::text;
use redline_zoning::{LayerRole, Outcome, RuleBook};

/// What may be set as the limit of slivers, m²: public practice ignores overlaps under 1 m², and no
/// setting may make an overlap disappear.
const LARGEST_SLIVER_M2: f64 = 10.0;

/// Checks `request.files` and, with `save`, keeps the review in the workspace.
///
/// A file that cannot be used does not stop the others: it stands in `projects` with its `error`.
///
/// # Errors
/// When the workspace, the rule book, an opinion or the activity table cannot be used, when a key
/// is unknown, or when the person cancelled. Nothing is changed then.
pub fn check(request: &CheckRequest, progress: &dyn Progress) -> Result<Checked, EngineError> {
    let examined = examine(request, progress)?;
    let saved = if request.save { Some(examined.keep(request)?) } else { None };
    Ok(Checked { review: examined.review, saved })
}

/// A review made, with what it was made from: what was read, and the ground it stood on.
pub(crate) struct Examined {
    pub review: Review,
    pub inputs: Vec<Input>,
    pub keyring: Keyring,
    pub opinions: Opinions,
    pub options: ReadOptions,
}

impl Examined {
    /// Keeps the review in the workspace, with the files it was made from.
    ///
    /// # Errors
    /// When a file changed since it was judged, or the workspace cannot be written.
    pub fn keep(&self, request: &CheckRequest) -> Result<Saved, EngineError> {
        keep(request, &self.review, &self.inputs, &self.opinions.members, &self.options)
    }
}

/// Reads, judges and puts the record together; keeps nothing.
pub(crate) fn examine(request: &CheckRequest, progress: &dyn Progress) -> Result<Examined, EngineError> {
    let site = Site::open(&request.workspace, request.layers_as_of)?;
    let read = Read::of(request, &site, progress)?;
    let review = read.judged(request, site, progress)?;
    let Read { keyring, options, inputs, opinions, .. } = read;
    Ok(Examined { review, inputs, keyring, opinions, options })
}

/// What a request names, read once: it can be judged on several grounds.
pub(crate) struct Read {
    pub book: RuleBook,
    pub inputs: Vec<Input>,
    keyring: Keyring,
    options: ReadOptions,
    opinions: Opinions,
    skipped: Vec<ImportNote>,
    sliver_m2: f64,
}

impl Read {
    /// Reads the files of `request`, with the extent of `site` as evidence of where they lie.
    pub fn of(request: &CheckRequest, site: &Site, progress: &dyn Progress) -> Result<Read, EngineError> {
        let settings = site.workspace.settings();
        let book = rule_book(request.rules.as_deref(), settings)?;
        let mut keyring = Keyring::new(request, &book)?;
        let options = read_options(site, request.crs.as_deref(), request.axes, request.width_m)?;
        let sliver_m2 = request.sliver_m2.unwrap_or(settings.sliver_m2);
        if !(0.0..=LARGEST_SLIVER_M2).contains(&sliver_m2) {
            return Err(EngineError::new(
                "sliver-too-large",
                text!(
                    "--sliver {sliver_m2}：碎片上限应在 0 至 {LARGEST_SLIVER_M2} 平方米之间；更大的重叠是压占，不能忽略。"
                        | "--sliver {sliver_m2}: the limit must lie between 0 and {LARGEST_SLIVER_M2} m²; anything larger is an overlap and cannot be ignored."
                ),
            ));
        }
        let Inputs { files: inputs, mut skipped } = read_all(&request.files, &options, progress)?;
        skipped.extend(keyring.settle(&inputs)?);
        let opinions = read_opinions(request, &keyring, &options, &mut skipped)?;
        Ok(Read { book, inputs, keyring, options, opinions, skipped, sliver_m2 })
    }

    /// Judges what was read on the ground of `site`.
    pub fn judged(&self, request: &CheckRequest, site: Site, progress: &dyn Progress) -> Result<Review, EngineError> {
        if progress.cancelled() {
            return Err(cancelled());
        }
        progress.stage(&text!("装入控制线图层" | "Loading the zone layers"), None);
        let (book, sliver_m2) = (&self.book, self.sliver_m2);
        let settings = site.workspace.settings().clone();
        let bounds = self
            .inputs
            .iter()
            .flat_map(|i| i.plots())
            .filter_map(|p| bounds_of(&p.shape, &p.origin))
            .reduce(crate::ground::join);
        let ground = site.load(&request.workspace, book, bounds)?;
        let terms = Terms { book, sliver_m2, opinions: &self.opinions.opinions, no_land: request.no_land };

        let mut projects = assess_all(&self.inputs, &self.keyring, &ground, &terms, progress)?;
        accept(&mut projects, request);
        // a file that could not be used is undecided: the whole is never clear because of it
        let outcome = projects.iter().map(|p| p.outcome.unwrap_or(Outcome::Manual)).max().unwrap_or(Outcome::Clear);
        Ok(Review {
            schema: SCHEMA.into(),
            engine_version: env!("CARGO_PKG_VERSION").into(),
            date: request.date.to_string(),
            outcome,
            notes: review_notes(request, book, &ground, &self.skipped),
            rule_book: RuleBookRecord {
                id: book.id().to_string(),
                title: book.title().to_string(),
                version: book.version().to_string(),
                valid_from: Some(book.valid_from().to_string()),
                valid_to: book.valid_to().map(|d| d.to_string()),
                sha256: book.sha256().to_string(),
            },
            settings: SettingsRecord {
                sliver_m2,
                units: request.units.clone().unwrap_or_else(|| unit_word(settings.unit).to_string()),
                grid_step_m: ground.grid.step(),
                line_width_m: request.width_m,
                layers_as_of: request.layers_as_of.map(|d| d.to_string()),
                crs_override: self.options.crs.map(|c| format!("EPSG:{}", c.epsg)),
                axes_override: request.axes.map(|a| a.as_str().to_string()),
            },
            activity: self.keyring.given(self.opinions.records.clone()),
            workspace: ground.record,
            projects,
        })
    }
}

/// Assesses every plot of every readable file, in parallel, and puts the projects together.
fn assess_all(
    inputs: &[Input],
    keyring: &Keyring,
    ground: &Ground,
    terms: &Terms<'_>,
    progress: &dyn Progress,
) -> Result<Vec<ProjectReview>, EngineError> {
    let jobs: Vec<(usize, usize)> =
        inputs.iter().enumerate().flat_map(|(i, input)| (0..input.plots().len()).map(move |p| (i, p))).collect();
    let doubts: Vec<Vec<FindingRecord>> =
        inputs.iter().map(|input| input.read.as_ref().map_or(Vec::new(), |file| place_doubts(&file.notes))).collect();
    progress.stage(&text!("审查地块" | "Checking plots"), Some(jobs.len() as u64));
    let assessed: Vec<(Assessed, Vec<NoteRecord>)> = jobs
        .par_iter()
        .map_init(
            || LandUseReader::open(ground),
            |reader, &(i, p)| {
                if progress.cancelled() {
                    return Err(cancelled());
                }
                let reader = reader.as_ref().map_err(Clone::clone)?;
                let plot = &inputs[i].plots()[p];
                let of_plot = keyring.of(plot, (i, p));
                let mut notes = of_plot.notes;
                let given = Given {
                    keys: &of_plot.keys,
                    own: of_plot.own,
                    place_doubts: doubts[i].clone(),
                    key_doubts: of_plot.doubts,
                };
                let assessed = assess(plot, &format!("{}.{}", i + 1, p + 1), given, ground, terms, reader)?;
                notes.extend(assessed.shortfalls.iter().map(|short| shortfall(plot, short)));
                progress.advance(1);
                Ok((assessed, notes))
            },
        )
        .collect::<Result<_, EngineError>>()?;

    let mut assessed = assessed.into_iter();
    let mut projects = Vec::with_capacity(inputs.len());
    for input in inputs {
        let (mut plots, mut notes) = (Vec::new(), Vec::new());
        for (plot, plot_notes) in assessed.by_ref().take(input.plots().len()) {
            notes.extend(plot_notes);
            plots.push(plot);
        }
        projects.push(project(input, plots, notes, ground));
    }
    Ok(projects)
}

/// Marks the warnings that a person accepted.
fn accept(projects: &mut [ProjectReview], request: &CheckRequest) {
    for project in projects {
        let file = &project.file;
        for note in project.notes.iter_mut().filter(|n| n.severity == Severity::Warning) {
            let named =
                AcceptedNote { file: file.clone(), code: note.code.clone(), plot: note.plot.clone(), ring: note.ring };
            note.accepted = request.accepted.contains(&named);
        }
    }
}

/// What an opinion leaves uncovered, as a note.
fn shortfall(plot: &Plot, short: &Shortfall) -> NoteRecord {
    let (file, zone, left) = (&short.opinion, &short.zone, left_words(short.left));
    let (zh, en) = (left.zh, left.en);
    let note = ImportNote::warning(
        "opinion-shortfall",
        text!(
            "意见范围“{file}”没有完全包含与分区 {zone} 的压占部分，缺 {zh}。"
                | "The opinion's polygon “{file}” leaves {en} of what lies in zone {zone} uncovered."
        ),
    )
    .of_plot(&plot.id);
    let note = match short.left {
        Left::Area(m2) => note.of_area(m2),
        Left::Length(_) => note,
    };
    (&note).into()
}

fn project(input: &Input, plots: Vec<Assessed>, mut plot_notes: Vec<NoteRecord>, ground: &Ground) -> ProjectReview {
    match &input.read {
        Err(error) => ProjectReview {
            file: input.name().to_string(),
            sha256: input.sha256().to_string(),
            crs: String::new(),
            crs_evidence: Vec::new(),
            crs_evidence_en: Vec::new(),
            error: Some(error.text.zh.clone()),
            error_en: Some(error.text.en.clone()),
            outcome: None,
            notes: Vec::new(),
            plots: Vec::new(),
            totals: Totals::default(),
        },
        Ok(file) => {
            let mut notes: Vec<NoteRecord> = file.notes.iter().map(NoteRecord::from).collect();
            notes.append(&mut plot_notes);
            let (crs_evidence, crs_evidence_en) = halves(&file.crs.evidence);
            // a plot that was left out with an error must not let the rest call the file clear
            let left_out = notes.iter().any(|n| n.severity == Severity::Error).then_some(Outcome::Manual);
            ProjectReview {
                file: file.name.clone(),
                sha256: file.sha256.clone(),
                crs: format!("EPSG:{}", file.crs.crs.epsg),
                crs_evidence,
                crs_evidence_en,
                error: None,
                error_en: None,
                outcome: plots.iter().map(|p| p.review.outcome).chain(left_out).max().or(Some(Outcome::Clear)),
                notes,
                totals: totals(&plots, &ground.plane, &ground.grid),
                plots: plots.into_iter().map(|p| p.review).collect(),
            }
        }
    }
}

/// What a reader should know of the review as a whole.
fn review_notes(request: &CheckRequest, book: &RuleBook, ground: &Ground, skipped: &[ImportNote]) -> Vec<NoteRecord> {
    let mut notes = skipped.to_vec();
    if let Some(warning) = book.warning_for(request.date) {
        notes.push(ImportNote::warning("rule-book-not-in-force", warning));
    }
    let speaks = |l: &&LayerRecord| l.judged || l.role == LayerRole::District;
    let day = request.date.to_string();
    for layer in ground.record.layers.iter().filter(speaks).filter(|l| l.date > day) {
        let (title, date) = (&layer.title, &layer.date);
        notes.push(ImportNote::warning(
            "layer-newer-than-review",
            text!(
                "图层“{title}”的版本日期 {date} 晚于审查日期 {day}；要按当时的图层审查，请加 --layers-as-of {day}。" |
                "The layer “{title}” is of {date}, later than the review's date {day}; add --layers-as-of {day} to review against what stood then."
            ),
        ));
    }
    notes.extend(crate::ground::edited_outside(&ground.record));
    let silent: Vec<&LayerRecord> = ground.record.layers.iter().filter(|l| !l.judged && l.role.judged()).collect();
    if !silent.is_empty() {
        let zh: Vec<&str> = silent.iter().map(|l| l.title.as_str()).collect();
        let en: Vec<String> = silent.iter().map(|l| l.role.word().en).collect();
        let (zh, en) = (zh.join("、"), en.join(", "));
        let title = book.title();
        notes.push(ImportNote::warning(
            "layers-not-judged",
            text!(
                "规则集《{title}》没有涉及图层 {zh} 的规则：未对照这些图层，“不涉及”不包括它们；需要时请另用涉及它们的规则集再审。"
                    | "The rule book “{title}” has no rule about {en}: these layers were not looked at, and “clear” does not speak of them; check again with a book that does where it matters."
            ),
        ));
    }
    if let Some(note) = book.overlap_note() {
        notes.push(ImportNote::info("strictest-stands", note.clone()));
    }
    if ground.record.sample {
        notes.push(ImportNote::info(
            "sample-data",
            text!("工作空间为示例数据，结论不作依据。" | "The workspace holds sample data; nothing here binds anyone."),
        ));
    }
    notes.iter().map(NoteRecord::from).collect()
}

/// How a record names a unit.
pub(crate) fn unit_word(unit: AreaUnit) -> &'static str {
    match unit {
        AreaUnit::SquareMetres => "m2",
        AreaUnit::Hectares => "ha",
        AreaUnit::Mu => "mu",
    }
}

/// What a cancelled command ends with.
pub(crate) fn cancelled() -> EngineError {
    EngineError::new("cancelled", text!("已取消，没有改动任何内容。" | "Cancelled; nothing was changed."))
}
