//! Drawing a map set: sheets side by side, then the index.

use super::contents::{Contents, Entry, drawn_from, hash, make};
use super::plan::{INDEX_LAYERS, Planned, sheets};
use super::room::{Room, need};
use super::{Atlas, AtlasOf, AtlasRequest};
use crate::EngineError;
use crate::commands::check_work::cancelled;
use crate::files::write_whole;
use crate::papers::ground::SheetGround;
use crate::papers::map::ReviewView;
use crate::progress::Progress;
use redline_sheet::{Fonts, KeyArea, Rect, ScaleChoice, Sheet, SheetDescription, SheetFrame};
use redline_wording::{Lang, Text, text};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Makes a map set, or goes on with the one in its folder. The same request gives the same bytes.
///
/// # Errors
/// `cancelled`, and what is done stays done; `atlas-empty`, `atlas-elsewhere`, `atlas-unwritable`; those of
/// any read of a workspace and of the sheet.
pub fn atlas(request: &AtlasRequest, progress: &dyn Progress) -> Result<Atlas, EngineError> {
    let ground = match &request.of {
        AtlasOf::Projects(review, _) => SheetGround::judged(&request.workspace, review)?,
        AtlasOf::Districts | AtlasOf::Zones(_) => SheetGround::now(&request.workspace)?,
    };
    let (planned, left_out) = sheets(&request.of, &request.workspace, &ground)?;
    let before = Contents::of(&request.folder, &request.of)?;
    let set = Set {
        request,
        ground: &ground,
        areas: ground.whole_areas()?,
        fonts: Fonts::installed(),
        room: Room::new(request.memory),
        done: Mutex::new(Done {
            contents: Contents { sheets: Vec::new(), ..before.clone() },
            unwritten: 0,
            set_aside: Vec::new(),
        }),
        // a set of thousands of sheets is not noted anew after each
        patience: planned.len() / 100,
        before,
    };
    progress.stage(&text!("绘制图集" | "drawing the map set"), Some(planned.len() as u64 + 1));
    let drawn = set.sheets(&planned, progress);
    // whatever ended it, what is done is noted; why it ended is told first
    let noted = set.note();
    let drawn = drawn?;
    noted?;
    let index = set.index(planned.len(), progress)?;
    let gone = set.clear_away()?;
    let Done { contents, set_aside, .. } = set.done.into_inner().unwrap_or_else(PoisonError::into_inner);
    let several = contents.sheets.iter().flat_map(|entry| {
        let number = &entry.number;
        let said = entry.remarks.iter();
        said.map(move |Text { zh, en }| text!("图幅 {number}：{zh}" | "Sheet {number}: {en}"))
    });
    let remarks = ground.remarks.iter().cloned().chain(left_out).chain(gone).chain(set_aside).chain(several).collect();
    Ok(Atlas { index: request.folder.join(index), sheets: planned.len(), drawn, remarks })
}

/// A map set being drawn.
struct Set<'a> {
    request: &'a AtlasRequest,
    ground: &'a SheetGround,
    areas: BTreeMap<String, Vec<KeyArea>>,
    fonts: Fonts,
    room: Room,
    /// What the folder held.
    before: Contents,
    /// What it holds now.
    done: Mutex<Done>,
    /// So many sheets may be done and not noted on the disk: those are drawn again if the program is killed.
    patience: usize,
}

/// What is done of a set.
struct Done {
    contents: Contents,
    unwritten: usize,
    /// Sheets that somebody changed, and where they are kept.
    set_aside: Vec<Text>,
}

impl Set<'_> {
    /// Draws the sheets on threads of their own; how many were drawn. They wait for room, which threads of the
    /// common pool must not: a sheet being drawn needs those to end.
    fn sheets(&self, planned: &[Planned], progress: &dyn Progress) -> Result<usize, EngineError> {
        let (next, drawn) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let failed: Mutex<Option<EngineError>> = Mutex::new(None);
        let first = |error: EngineError| {
            failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            next.store(planned.len(), Ordering::SeqCst);
        };
        let work = || {
            while let Some(sheet) = planned.get(next.fetch_add(1, Ordering::SeqCst).min(planned.len())) {
                match self.sheet(sheet, progress) {
                    Ok(true) => _ = drawn.fetch_add(1, Ordering::SeqCst),
                    Ok(false) => {}
                    Err(error) => return first(error),
                }
            }
        };
        let threads = rayon::current_num_threads().min(planned.len());
        std::thread::scope(|scope| {
            for _ in 1..threads {
                scope.spawn(work);
            }
            // one thread's work is done here: where no other can be had, the set is drawn all the same
            work();
        });
        match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error),
            None => Ok(drawn.into_inner()),
        }
    }

    /// Draws a sheet unless it is there already; whether it was drawn.
    fn sheet(&self, planned: &Planned, progress: &dyn Progress) -> Result<bool, EngineError> {
        if progress.cancelled() {
            return Err(cancelled());
        }
        let file = format!("{}.{}", planned.name, self.request.file.extension());
        let from = drawn_from(self.request, self.ground, planned, "")?;
        if let Some(entry) = self.before.kept(&self.request.folder, &file, &from) {
            self.keep(entry)?;
            progress.advance(1);
            return Ok(false);
        }
        let need = need(self.ground.layers(), &planned.focus, &self.request.description, self.request.file);
        let Some(_place) = self.room.enter(need, &|| progress.cancelled()) else { return Err(cancelled()) };
        let description = self.description(planned);
        let sheet = match (&planned.review, &self.request.of) {
            (Some(review), AtlasOf::Projects(_, decided)) => {
                let view = ReviewView { review, decided: *decided, focus: Some(planned.focus), only: None };
                view.draw(self.ground, &description, &self.fonts, progress)?
            }
            _ => {
                let within = match &planned.subject {
                    Some(subject) => self.ground.areas_within(subject, &description.layers, &self.areas, progress)?,
                    None => BTreeMap::new(),
                };
                self.city(&description, &within, progress, |content| {
                    content.areas_of = Some(self.request.of.one());
                    content.focus = Some(planned.focus);
                    content.subject = planned.subject.clone();
                })?
            }
        };
        self.write(&sheet, planned.number.clone(), planned.title.clone(), file, from)?;
        progress.advance(1);
        Ok(true)
    }

    fn city(
        &self,
        description: &SheetDescription,
        areas: &BTreeMap<String, Vec<KeyArea>>,
        progress: &dyn Progress,
        fill: impl FnOnce(&mut redline_sheet::MapContent<'_>),
    ) -> Result<Sheet, EngineError> {
        let areas = |layer: &redline_workspace::LayerInfo| areas.get(&layer.name).cloned().unwrap_or_default();
        self.ground.draw(description, &self.fonts, progress, &areas, fill)
    }

    /// The description of one sheet: its number and what it is of stand beneath the set's title.
    fn description(&self, planned: &Planned) -> SheetDescription {
        let mut description = self.request.description.clone();
        let (number, title) = (&planned.number, &planned.title);
        description.subtitle =
            text!("图幅 {number}　{title}" | "Sheet {number}  {title}").get(description.language).to_string();
        description
    }

    /// The index sheet, drawn last: it shows the frames that the sheets came to. Its file's name.
    fn index(&self, sheets: usize, progress: &dyn Progress) -> Result<String, EngineError> {
        let digits = sheets.to_string().len().max(2);
        let (number, lang) = ("0".repeat(digits), self.request.description.language);
        let title = text!("索引图" | "Index").get(lang).to_string();
        let file = match lang {
            Lang::Zh => format!("{number}-索引图.{}", self.request.file.extension()),
            Lang::En => format!("{number}-index.{}", self.request.file.extension()),
        };
        let entries = self.done().contents.sheets.clone();
        let frames: Vec<SheetFrame> = entries
            .into_iter()
            .map(|Entry { number, title, ground: [x0, y0, x1, y1], .. }| SheetFrame {
                number,
                title,
                window: Rect::new(x0, y0, x1, y1),
            })
            .collect();
        let focus = frames.iter().map(|frame| frame.window).reduce(|a, b| a.around(&b));
        let Some(focus) = focus else { return Ok(file) };
        let planned = Planned { number, title, focus, subject: None, review: None, name: String::new() };
        let from = drawn_from(self.request, self.ground, &planned, &format!("{frames:?}"))?;
        if let Some(entry) = self.before.kept(&self.request.folder, &file, &from) {
            self.keep(entry)?;
            progress.advance(1);
            return Ok(file);
        }
        let mut description = self.description(&planned);
        // every sheet must be on it, at whatever scale, in the middle of them all
        (description.scale, description.centre) = (ScaleChoice::Auto, None);
        description.layers.retain(|role| INDEX_LAYERS.contains(role));
        (description.zone_labels, description.locator) = (false, false);
        let sheet = self.city(&description, &self.areas, progress, |content| {
            content.areas_of = Some(text!("全市" | "city"));
            content.focus = Some(focus);
            content.frames = frames;
        })?;
        self.write(&sheet, planned.number, planned.title, file.clone(), from)?;
        progress.advance(1);
        Ok(file)
    }

    fn write(
        &self,
        sheet: &Sheet,
        number: String,
        title: String,
        file: String,
        drawn_from: String,
    ) -> Result<(), EngineError> {
        let bytes = self.request.file.bytes(sheet)?;
        make(&self.request.folder)?;
        self.set_aside(&file, &bytes)?;
        write_whole(&self.request.folder.join(&file), &bytes)?;
        let (ground, scale) = (sheet.ground(), sheet.scale());
        let remarks = sheet.remarks().iter().map(|remark| remark.text.clone()).collect();
        let (ground, sha256) = ([ground.x0, ground.y0, ground.x1, ground.y1], hash(&bytes));
        self.keep(Entry { number, title, file, scale, ground, drawn_from, sha256, remarks })
    }

    /// A sheet that somebody changed since it was drawn is kept beside the new one.
    fn set_aside(&self, file: &str, bytes: &[u8]) -> Result<(), EngineError> {
        let path = self.request.folder.join(file);
        let Ok(there) = std::fs::read(&path) else { return Ok(()) };
        let drawn_once = self.before.sheets.iter().any(|old| old.file == file && old.sha256 == hash(&there));
        // a run that was killed may have drawn it without noting it
        if drawn_once || there == bytes {
            return Ok(());
        }
        let mut beside = self.request.folder.join(format!("{file}.changed"));
        let mut number = 2;
        while beside.exists() {
            beside = self.request.folder.join(format!("{file}.changed-{number}"));
            number += 1;
        }
        std::fs::rename(&path, &beside).map_err(|e| crate::files::unwritable(&beside, &e))?;
        let kept = crate::ground::file_name(&beside);
        self.done().set_aside.push(text!(
            "{file} 出图后被改动过，原件保留为 {kept}。"
                | "{file} was changed since it was drawn; what was there is kept as {kept}."
        ));
        Ok(())
    }

    /// Notes a sheet that is done, from time to time on the disk too.
    fn keep(&self, entry: Entry) -> Result<(), EngineError> {
        let mut done = self.done();
        done.contents.sheets.push(entry);
        done.contents.sheets.sort_by(|a, b| a.number.cmp(&b.number));
        done.unwritten += 1;
        if done.unwritten > self.patience { self.note_down(&mut done) } else { Ok(()) }
    }

    /// Notes on the disk what is done.
    fn note(&self) -> Result<(), EngineError> {
        let mut done = self.done();
        // a set of which nothing was drawn leaves no folder
        if done.contents.sheets.is_empty() { Ok(()) } else { self.note_down(&mut done) }
    }

    fn note_down(&self, done: &mut Done) -> Result<(), EngineError> {
        let mut whole = done.contents.clone();
        // until its turn comes, a sheet of the set before is still there to be kept
        whole.sheets.extend(self.before.sheets.iter().filter(|old| !done.holds(&old.file)).cloned());
        done.unwritten = 0;
        whole.write(&self.request.folder)
    }

    /// Takes away sheets of the set before that this one has not, unless somebody changed them since.
    fn clear_away(&self) -> Result<Option<Text>, EngineError> {
        let done = self.done();
        let folder = &self.request.folder;
        let mut gone = 0;
        for old in self.before.sheets.iter().filter(|old| !done.holds(&old.file)) {
            // only a plain name is a file of this folder
            let plain = std::path::Path::new(&old.file).file_name().is_some_and(|name| name == old.file.as_str());
            let path = folder.join(&old.file);
            let same = plain && std::fs::read(&path).is_ok_and(|bytes| hash(&bytes) == old.sha256);
            if same && std::fs::remove_file(&path).is_ok() {
                gone += 1;
            }
        }
        done.contents.write(folder)?;
        Ok((gone > 0).then(|| {
            text!(
                "图集中已没有的旧图幅删去 {gone} 幅。"
                    | "Sheets of the set before that it has no longer, removed: {gone}."
            )
        }))
    }

    // entries are only ever added whole
    fn done(&self) -> std::sync::MutexGuard<'_, Done> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Done {
    fn holds(&self, file: &str) -> bool {
        self.contents.sheets.iter().any(|entry| entry.file == file)
    }
}
