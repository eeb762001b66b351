//! Text out of bytes of unknown encoding.
//!
//! Project files come as GBK without any mark, as UTF-8 with and without BOM, and as UTF-16 from
//! spreadsheets. A BOM decides; without one, NUL bytes in every second place mean UTF-16; what is
//! valid UTF-8 is UTF-8 (GBK text of any length is not, save by freak); the rest is read as
//! GB18030, which contains GBK and GB 2312, unless it does not decode and a detector finds better.

use crate::{FormatError, ImportNote};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use redline_wording::text;

/// A decoded text.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// The text, without BOM.
    pub text: String,
    /// A note where the encoding was a guess or did not decode cleanly.
    pub note: Option<ImportNote>,
}

/// Decodes a text file.
///
/// # Errors
/// `file-binary` when the bytes are no text.
pub(crate) fn decode(bytes: &[u8], name: &str) -> Result<Decoded, FormatError> {
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        let body = bytes.get(bom..).unwrap_or_default();
        return finish(encoding, body, name, false);
    }
    if let Some(encoding) = utf16_without_bom(bytes) {
        return finish(encoding, bytes, name, true);
    }
    if is_binary(bytes) {
        return Err(binary(name));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), note: None });
    }
    let (_, broken) = GB18030.decode_without_bom_handling(bytes);
    if !broken {
        return finish(GB18030, bytes, name, true);
    }
    // A file cut in the middle of a character is still what the rest of it is.
    let cut = truncated_utf8(bytes);
    let encoding = if cut {
        UTF_8
    } else {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        let guess = detector.guess(Some(b"cn"), chardetng::Utf8Detection::Allow);
        if damage(guess, bytes) < damage(GB18030, bytes) { guess } else { GB18030 }
    };
    finish(encoding, bytes, name, true)
}

/// Whether the bytes are UTF-8 up to a character cut off at the end.
fn truncated_utf8(bytes: &[u8]) -> bool {
    matches!(std::str::from_utf8(bytes), Err(e) if e.error_len().is_none() && e.valid_up_to() > 0)
}

fn damage(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    text.matches('\u{fffd}').count()
}

fn finish(encoding: &'static Encoding, bytes: &[u8], name: &str, guessed: bool) -> Result<Decoded, FormatError> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    let lost = text.matches('\u{fffd}').count();
    let letters = text.chars().count();
    if text.contains('\0') || lost * 10 > letters + 20 {
        return Err(binary(name));
    }
    let called = if encoding == GB18030 { "GBK" } else { encoding.name() };
    let note = if lost > 0 {
        Some(ImportNote::warning(
            "encoding-lossy",
            text!(
                "文件按 {called} 编码读取，有 {lost} 处字符无法识别，名称可能不完整。"
                    | "Read as {called}; {lost} characters could not be decoded, so names may be incomplete."
            ),
        ))
    } else if guessed {
        Some(ImportNote::info(
            "encoding-guessed",
            text!("文件没有注明编码，按 {called} 读取。" | "The file does not state its encoding; read as {called}."),
        ))
    } else {
        None
    };
    Ok(Decoded { text, note })
}

fn utf16_without_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let pairs = head.chunks_exact(2);
    let total = pairs.len();
    if total < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    // digits, commas and line ends are ASCII: their other byte is NUL
    let plain = |b: u8| matches!(b, 0x09 | 0x0a | 0x0d | 0x20..=0x7e);
    let little = pairs.clone().filter(|p| p[1] == 0 && plain(p[0])).count();
    let big = pairs.filter(|p| p[0] == 0 && plain(p[1])).count();
    let enough = total / 3;
    if little > enough && big == 0 {
        Some(UTF_16LE)
    } else if big > enough && little == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Text has no NUL and next to no control characters.
fn is_binary(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(65_536)).unwrap_or_default();
    let control = head.iter().filter(|b| matches!(**b, 0x01..=0x08 | 0x0e..=0x19 | 0x1b..=0x1f | 0x7f)).count();
    bytes.contains(&0) || control * 50 > head.len()
}

fn binary(name: &str) -> FormatError {
    FormatError::new(
        "file-binary",
        text!(
            "“{name}”不是文本文件（内容是二进制数据）。请确认扩展名与格式一致，或重新导出。"
                | "\"{name}\" is not a text file (its content is binary). Check that extension and format agree, or export it again."
        ),
    )
}

/// Full-width punctuation, digits, letters and spaces as half-width; brackets of Chinese typography
/// as square ones. For recognising structure and numbers, never for names.
pub(crate) fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{3000}' | '\u{a0}' => ' ',
            '【' | '〔' | '〖' => '[',
            '】' | '〕' | '〗' => ']',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '−' | '–' | '—' => '-',
            _ => c,
        })
        .collect()
}

/// The text of a file in UTF-8, UTF-16 or GBK, without BOM, and a note where the encoding was a guess
/// or did not decode cleanly. `name` is what sentences call the file.
///
/// # Errors
/// `file-binary` when the bytes are no text.
pub fn decode_text(bytes: &[u8], name: &str) -> Result<(String, Option<ImportNote>), FormatError> {
    decode(bytes, name).map(|d| (d.text, d.note))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const LINE: &str = "[地块坐标]\r\nJ1,1,2550000.123,38430000.456\r\n";

    fn utf16(little: bool, bom: bool) -> Vec<u8> {
        let mut bytes = Vec::new();
        let units = bom.then_some(0xfeffu16).into_iter().chain(LINE.encode_utf16());
        units.for_each(|u| bytes.extend(if little { u.to_le_bytes() } else { u.to_be_bytes() }));
        bytes
    }

    #[test]
    fn the_same_line_is_read_from_every_encoding_reviewers_receive() {
        let gbk = encoding_rs::GBK.encode(LINE).0.into_owned();
        let with_bom = [b"\xef\xbb\xbf".as_slice(), LINE.as_bytes()].concat();
        for bytes in [
            LINE.as_bytes().to_vec(),
            with_bom,
            gbk.clone(),
            utf16(true, true),
            utf16(false, true),
            utf16(true, false),
            utf16(false, false),
        ] {
            assert_eq!(decode(&bytes, "a.txt").unwrap().text, LINE);
        }
        let note = decode(&gbk, "a.txt").unwrap().note.unwrap();
        assert!(note.message.zh.contains("GBK"));
        assert!(decode(LINE.as_bytes(), "a.txt").unwrap().note.is_none());
    }

    #[test]
    fn a_picture_renamed_to_txt_is_called_binary() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0\\r\xa8f";
        let error = decode(png, "图.txt").unwrap_err();
        assert_eq!(error.code, "file-binary");
        assert!(error.text.zh.contains("图.txt"));
    }

    #[test]
    fn a_file_cut_inside_a_character_is_read_and_the_loss_is_said() {
        let bytes = "项目名称=红线审查".as_bytes();
        let decoded = decode(&bytes[..bytes.len() - 1], "a.txt").unwrap();
        assert!(decoded.text.starts_with("项目名称=红线审"));
        assert_eq!(decoded.note.unwrap().code, "encoding-lossy");
    }

    #[test]
    fn full_width_punctuation_becomes_plain() {
        assert_eq!(half_width("【地块坐标】\u{3000}\u{ff11}\u{ff12}\u{ff0e}\u{ff15}\u{ff0c}J1"), "[地块坐标] 12.5,J1");
    }
}
