//! What GDAL says while it works: kept off the terminal and out of our sentences until we ask.
//!
//! GDAL prints warnings to stderr by default and keeps only the last error. A reviewer must see
//! neither raw, and a warning ("polygon ring dropped") must become an import note. One handler for
//! the whole process files every message under the thread it was raised on.

use gdal::errors::CplErrType;
use std::cell::RefCell;
use std::sync::Once;

/// Messages kept per listening; a corrupt file can raise one per record.
const KEPT: usize = 20;

thread_local! {
    static HEARD: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Settings that hold for the whole process, made once before the first use of GDAL.
pub(crate) fn prepare() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        gdal::config::set_error_handler(|class, _number, message| {
            if matches!(class, CplErrType::Warning | CplErrType::Failure | CplErrType::Fatal) {
                // try_with: a message may come while the thread is ending.
                let _ = HEARD.try_with(|heard| {
                    if let Ok(mut heard) = heard.try_borrow_mut()
                        && heard.len() < KEPT
                        && !heard.iter().any(|known| known == message)
                    {
                        heard.push(message.to_owned());
                    }
                });
            }
        });
        for (key, value) in SETTINGS {
            // A setting can only fail on an interior NUL, which these literals do not have.
            let _ = gdal::config::set_config_option(key, value);
        }
    });
}

const SETTINGS: [(&str, &str); 8] = [
    // Only a backdrop that a person asked for is ever fetched; an address that does not answer must
    // not hold a thread for minutes.
    ("GDAL_HTTP_CONNECTTIMEOUT", "8"),
    ("GDAL_HTTP_TIMEOUT", "20"),
    ("GDAL_HTTP_MAX_RETRY", "0"),
    // Rings come flat: they are nested by our own even-odd rule, never by GDAL's reading of winding.
    ("OGR_ORGANIZE_POLYGONS", "SKIP"),
    // DXF arcs and bulges: 0.1° keeps the chord within 1 mm of the arc up to a radius of 2.6 km.
    ("OGR_ARC_STEPSIZE", "0.1"),
    // Never rebuild, re-sort or otherwise write beside a file that is only read.
    ("SHAPE_RESTORE_SHX", "NO"),
    ("GDAL_PAM_ENABLED", "NO"),
    // One polygon of a land-use layer may be large; memory is guarded by the file's size instead.
    ("OGR_GEOJSON_MAX_OBJ_SIZE", "1024"),
];

/// Runs `work` and returns with it whatever GDAL said meanwhile on this thread.
pub(crate) fn listen<T>(work: impl FnOnce() -> T) -> (T, Vec<String>) {
    prepare();
    HEARD.with(|heard| heard.borrow_mut().clear());
    let result = work();
    let heard = HEARD.with(|heard| std::mem::take(&mut *heard.borrow_mut()));
    (result, heard)
}

/// GDAL's words for the end of one of our sentences: the first message, on one line, without the
/// folder the file lies in.
pub(crate) fn quoted(heard: &[String], folder: Option<&std::path::Path>) -> String {
    let Some(first) = heard.first() else { return "-".to_owned() };
    let mut words = first.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(folder) = folder.and_then(|f| f.to_str()).filter(|f| f.len() > 1) {
        words = words.replace(&format!("{}/", folder.trim_end_matches('/')), "");
    }
    if words.chars().count() > 200 {
        words = words.chars().take(200).collect::<String>() + "…";
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_gdal_says_is_heard_by_the_thread_that_asked_and_by_no_other() {
        let (result, heard) = listen(|| {
            let open_flags = gdal::GdalOpenFlags::GDAL_OF_VECTOR | gdal::GdalOpenFlags::GDAL_OF_VERBOSE_ERROR;
            gdal::Dataset::open_ex(
                "/nowhere/at/all.shp",
                gdal::DatasetOptions { open_flags, ..gdal::DatasetOptions::default() },
            )
        });
        assert!(result.is_err());
        assert_eq!(heard.len(), 1, "{heard:?}");
        let ((), other) = listen(|| ());
        assert!(other.is_empty());
    }

    #[test]
    fn a_quotation_shows_no_folder() {
        let heard = ["Unable to open /home/li/项目/a.shp\nor so".to_owned()];
        assert_eq!(quoted(&heard, Some(std::path::Path::new("/home/li/项目"))), "Unable to open a.shp or so");
    }
}
