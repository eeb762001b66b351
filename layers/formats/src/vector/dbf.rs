//! What encoding a shapefile's attribute table (dBASE III) is in.
//!
//! GDAL decodes what it is told to. It is told by, in this order: the `.cpg` beside the file, the
//! language byte in the header (LDID), and the bytes themselves. A statement that the bytes
//! contradict is overruled, and said so.

use encoding_rs::{Encoding, GB18030, GBK, UTF_8, WINDOWS_1252};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// Text bytes looked at, at most; a county's land use is larger than a guess needs.
const LOOKED_AT: usize = 4 << 20;

/// How the encoding was known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// Nothing but ASCII was seen.
    Ascii,
    /// The `.cpg` or the language byte says so and the bytes agree.
    Stated,
    /// Nothing says so: from the bytes.
    Detected,
    /// Something else is stated, but the bytes cannot be read that way.
    Contradicted {
        /// What is stated, as it stands.
        stated: String,
    },
}

/// What is known of a table.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// The encoding to open it with.
    pub encoding: &'static Encoding,
    /// How that is known.
    pub known: Known,
    /// Records the header counts.
    pub records: u64,
    /// Records the file is long enough for.
    pub records_present: u64,
    /// Values whose last character is cut in half at the field's width.
    pub cut_values: usize,
}

/// Looks at the table at `dbf`; `cpg` is the text of the `.cpg` beside it, if there is one.
///
/// # Errors
/// When the file cannot be read, or is not a table at all (`InvalidData`).
pub(crate) fn look(dbf: &Path, cpg: Option<&str>) -> io::Result<Table> {
    let bad = || io::Error::from(io::ErrorKind::InvalidData);
    let file = File::open(dbf)?;
    let length = file.metadata()?.len();
    let mut file = BufReader::new(file);
    let mut header = [0u8; 32];
    file.read_exact(&mut header).map_err(|_| bad())?;
    let records = u64::from(u32::from_le_bytes([header[4], header[5], header[6], header[7]]));
    let header_length = u16::from_le_bytes([header[8], header[9]]);
    let record_length = usize::from(u16::from_le_bytes([header[10], header[11]]));
    if header_length < 33 || record_length < 1 {
        return Err(bad());
    }
    let mut descriptors = vec![0u8; usize::from(header_length) - 32];
    file.read_exact(&mut descriptors).map_err(|_| bad())?;
    let mut texts: Vec<Vec<u8>> = Vec::new();
    let mut columns = Vec::new();
    let mut at = 1usize;
    for field in descriptors.chunks_exact(32).take_while(|field| field[0] != 0x0d) {
        let name = field[..11].split(|&b| b == 0).next().unwrap_or_default();
        push_text(&mut texts, name);
        let width = usize::from(field[16]);
        if field[11] == b'C' {
            columns.push(at..at + width);
        }
        at += width;
    }
    let records_present = length.saturating_sub(u64::from(header_length)) / record_length as u64;
    file.seek(SeekFrom::Start(u64::from(header_length)))?;
    let mut record = vec![0u8; record_length];
    let mut seen = 0;
    for _ in 0..records.min(records_present) {
        file.read_exact(&mut record)?;
        for column in &columns {
            let Some(value) = record.get(column.clone()) else { continue };
            seen += push_text(&mut texts, value);
        }
        if seen > LOOKED_AT {
            break;
        }
    }
    let (encoding, known) = decide(&texts, cpg, header[29]);
    let cut_values = texts.iter().filter(|text| reads(encoding, text) == Reads::CutAtEnd).count();
    Ok(Table { encoding, known, records, records_present, cut_values })
}

/// Keeps a value worth looking at: trimmed, with something beyond ASCII. Returns the bytes kept.
fn push_text(texts: &mut Vec<Vec<u8>>, value: &[u8]) -> usize {
    let end = value.iter().rposition(|&b| b != b' ' && b != 0).map_or(0, |last| last + 1);
    let value = &value[..end];
    if value.is_ascii() {
        return 0;
    }
    texts.push(value.to_vec());
    value.len()
}

fn decide(texts: &[Vec<u8>], cpg: Option<&str>, ldid: u8) -> (&'static Encoding, Known) {
    let stated = cpg
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| (by_name(name), name.to_owned()))
        .or_else(|| by_ldid(ldid).map(|e| (Some(e), format!("LDID 0x{ldid:02X}"))));
    if texts.is_empty() {
        let encoding = stated.and_then(|(encoding, _)| encoding).unwrap_or(UTF_8);
        return (encoding, Known::Ascii);
    }
    match stated {
        Some((Some(encoding), _)) if all_read(encoding, texts) => (encoding, Known::Stated),
        Some((_, stated)) => (detect(texts), Known::Contradicted { stated }),
        None => (detect(texts), Known::Detected),
    }
}

fn detect(texts: &[Vec<u8>]) -> &'static Encoding {
    // One or two GBK characters may by chance be valid UTF-8, but then of Latin or Greek letters:
    // 水 is ˮ. Chinese in UTF-8 is beyond U+2E80.
    let chinese = |text: &Vec<u8>| String::from_utf8_lossy(text).chars().any(|c| c >= '\u{2e80}' && c != '\u{fffd}');
    if all_read(UTF_8, texts) && (texts.iter().any(chinese) || !all_read(GBK, texts)) {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    for text in texts {
        // A character cut in half would rule the right encoding out.
        let whole = match reads(GBK, text) {
            Reads::CutAtEnd => &text[..text.len() - 1],
            _ => &text[..],
        };
        detector.feed(whole, false);
        detector.feed(b" ", false);
    }
    detector.feed(b"", true);
    detector.guess(Some(b"cn"), chardetng::Utf8Detection::Deny)
}

/// What GDAL's iconv calls an encoding.
pub(crate) fn gdal_name(encoding: &'static Encoding) -> &'static str {
    if encoding == UTF_8 {
        "UTF-8"
    } else if encoding == GBK || encoding == GB18030 {
        // GB18030 contains GBK, and iconv's GBK lacks the four-byte characters of rare names.
        "GB18030"
    } else if encoding == WINDOWS_1252 {
        "CP1252"
    } else {
        encoding.name()
    }
}

/// The names found in `.cpg` files, beside those of the WHATWG standard.
fn by_name(name: &str) -> Option<&'static Encoding> {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    match plain.as_str() {
        "936" | "cp936" | "ansi936" | "ms936" | "gbk" | "gb2312" | "gb231280" | "euccn" => Some(GBK),
        "54936" | "gb18030" | "cp54936" => Some(GB18030),
        "65001" | "cp65001" | "utf8" => Some(UTF_8),
        "950" | "cp950" | "big5" => Some(encoding_rs::BIG5),
        "1252" | "cp1252" | "ansi1252" | "88591" | "iso88591" => Some(WINDOWS_1252),
        _ => Encoding::for_label(name.as_bytes()),
    }
}

/// The language bytes a Chinese file carries (dBASE and FoxPro code page marks).
fn by_ldid(ldid: u8) -> Option<&'static Encoding> {
    match ldid {
        0x4d | 0x7a => Some(GBK),
        0x4f | 0x78 => Some(encoding_rs::BIG5),
        // 0x57 is "the system's ANSI page", 0x03 Windows western: exporters leave both at their
        // default, so they say nothing of Chinese text.
        _ => None,
    }
}

fn all_read(encoding: &'static Encoding, texts: &[Vec<u8>]) -> bool {
    texts.iter().all(|text| reads(encoding, text) != Reads::No)
}

#[derive(PartialEq, Eq, Debug)]
enum Reads {
    Yes,
    CutAtEnd,
    No,
}

fn reads(encoding: &'static Encoding, text: &[u8]) -> Reads {
    if encoding.decode_without_bom_handling_and_without_replacement(text).is_some() {
        return Reads::Yes;
    }
    // A field's width cuts a character at any of its bytes but the first.
    let most = if encoding == UTF_8 || encoding == GB18030 { 3 } else { 1 };
    let cut = (1..=most.min(text.len())).any(|n| {
        let whole = &text[..text.len() - n];
        let tail = &text[text.len() - n..];
        let starts_one = if encoding == UTF_8 { tail[0] >= 0xc2 } else { tail[0] >= 0x81 };
        starts_one && encoding.decode_without_bom_handling_and_without_replacement(whole).is_some()
    });
    if cut { Reads::CutAtEnd } else { Reads::No }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn gbk(text: &str) -> Vec<u8> {
        GBK.encode(text).0.into_owned()
    }

    #[test]
    fn chinese_names_without_any_statement_are_found_to_be_gbk() {
        let texts = [gbk("白云区钟落潭镇"), gbk("一级管制区")];
        assert_eq!(decide(&texts, None, 0), (GBK, Known::Detected));
        assert_eq!(decide(&[gbk("水")], None, 0).0, GBK);
    }

    #[test]
    fn a_cpg_that_lies_is_overruled_and_named() {
        let texts = [gbk("白云区钟落潭镇"), gbk("增城区")];
        let (encoding, known) = decide(&texts, Some("UTF-8\r\n"), 0);
        assert_eq!(encoding, GBK);
        assert_eq!(known, Known::Contradicted { stated: "UTF-8".into() });
        let utf8 = ["白云区".as_bytes().to_vec()];
        assert_eq!(decide(&utf8, Some("65001"), 0x4d), (UTF_8, Known::Stated));
    }

    #[test]
    fn the_language_byte_counts_where_no_cpg_is() {
        assert_eq!(decide(&[gbk("林地")], None, 0x4d), (GBK, Known::Stated));
    }

    #[test]
    fn a_value_cut_in_the_middle_of_a_character_does_not_spoil_the_guess() {
        let mut cut = gbk("从化区流溪河林场");
        cut.pop();
        assert_eq!(reads(GBK, &cut), Reads::CutAtEnd);
        assert_eq!(decide(&[cut, gbk("生态保护红线")], None, 0).0, GBK);
        let utf8 = "流溪河".as_bytes();
        assert_eq!(reads(UTF_8, &utf8[..8]), Reads::CutAtEnd);
        assert_eq!(reads(UTF_8, &utf8[..7]), Reads::CutAtEnd);
    }

    #[test]
    fn the_odd_spellings_of_cpg_files_are_known() {
        for name in ["GBK", "gb2312", "936", "CP936", "ANSI 936", "GB_2312-80"] {
            assert_eq!(by_name(name), Some(GBK), "{name}");
        }
        assert_eq!(by_name("54936"), Some(GB18030));
        assert_eq!(by_name("UTF-8"), Some(UTF_8));
    }
}
