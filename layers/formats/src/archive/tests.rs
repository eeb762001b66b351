#![allow(clippy::unwrap_used)]
use super::*;
use std::fs;
use std::io::Write;
use zip::write::SimpleFileOptions;

fn names(expanded: &Expanded) -> Vec<&str> {
    expanded.found.iter().map(|file| file.name.as_str()).collect()
}

fn refusals(expanded: &Expanded) -> Vec<&str> {
    expanded.refused.iter().map(|refused| refused.error.text.zh.as_str()).collect()
}

/// A ZIP with the names' raw bytes as given and the UTF-8 flag clear, as Chinese Windows packs it.
fn zip_with_raw_names(path: &Path, members: &[(&[u8], &[u8])]) {
    let mut writer = zip::ZipWriter::new(fs::File::create(path).unwrap());
    for (index, (name, bytes)) in members.iter().enumerate() {
        // A stand-in of the same length: the names are put in afterwards.
        let stand_in = format!("{}{index}", "x".repeat(name.len() - 1));
        writer
            .start_file(stand_in, SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated))
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap();
    let mut raw = fs::read(path).unwrap();
    for (index, (name, _)) in members.iter().enumerate() {
        let stand_in = format!("{}{index}", "x".repeat(name.len() - 1));
        let mut at = 0;
        while let Some(found) = raw[at..].windows(name.len()).position(|w| w == stand_in.as_bytes()) {
            raw[at + found..at + found + name.len()].copy_from_slice(name);
            at += found + name.len();
        }
    }
    fs::write(path, raw).unwrap();
}

#[test]
fn a_folder_gives_its_project_files_and_names_what_it_leaves_out() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("子目录/库.gdb")).unwrap();
    for name in [
        "地块.shp",
        "地块.SHX",
        "地块.dbf",
        "地块.shp.xml",
        "孤儿.dbf",
        "说明.pdf",
        "子目录/界址点.txt",
        ".DS_Store",
        "~$表.xlsx",
    ] {
        fs::write(at(name), "x").unwrap();
    }
    let expanded = expand(folder.path()).unwrap();
    let top = shown(folder.path());
    let expected = ["地块.shp", "子目录/库.gdb", "子目录/界址点.txt"].map(|name| format!("{top}/{name}"));
    let mut found = names(&expanded);
    found.sort_unstable();
    let mut expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    expected.sort_unstable();
    assert_eq!(found, expected);
    let told: Vec<&str> = expanded.skipped.iter().map(|note| note.message.zh.as_str()).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("说明.pdf"), "{told:?}");
    assert_eq!(refusals(&expanded).len(), 1);
    assert!(refusals(&expanded)[0].contains("缺少 孤儿.shp"), "{:?}", expanded.refused);
}

#[test]
fn gbk_names_in_a_zip_packed_on_chinese_windows_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("申报.zip");
    let gbk = |name: &str| GB18030_bytes(name);
    zip_with_raw_names(&path, &[(&gbk("资料\\地块一.txt"), b"a"), (&gbk("资料\\说明.doc"), b"b")]);
    let expanded = expand(&path).unwrap();
    assert_eq!(names(&expanded), ["申报.zip/资料/地块一.txt"]);
    assert_eq!(fs::read(&expanded.found[0].path).unwrap(), b"a");
    assert!(expanded.skipped[0].message.zh.contains("申报.zip/资料/说明.doc"));
}

#[allow(non_snake_case)]
fn GB18030_bytes(name: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(name).0.into_owned()
}

#[test]
fn nothing_is_written_outside_the_temporary_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("恶意.zip");
    zip_with_raw_names(
        &path,
        &[(b"../../outside.txt", b"bad"), (b"/etc/absolute.txt", b"bad"), (b"good.txt", b"good")],
    );
    let expanded = expand(&path).unwrap();
    assert_eq!(names(&expanded), ["恶意.zip/good.txt"]);
    assert_eq!(expanded.refused.len(), 2, "what was meant to be a project file is not passed over");
    assert!(!folder.path().parent().unwrap().join("outside.txt").exists());
}

#[test]
fn an_archive_in_an_archive_is_opened_and_a_bad_one_does_not_hide_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner.zip");
    zip_with_raw_names(&inner, &[(b"plot.txt", b"inner")]);
    let outer = folder.path().join("outer.zip");
    let inner_bytes = fs::read(&inner).unwrap();
    zip_with_raw_names(&outer, &[(b"bad.zip", b"no zip"), (b"first.txt", b"1"), (b"in.zip", &inner_bytes)]);
    let expanded = expand(&outer).unwrap();
    assert_eq!(names(&expanded), ["outer.zip/first.txt", "outer.zip/in.zip/plot.txt"]);
    assert_eq!(expanded.refused.len(), 1);
    assert_eq!(expanded.refused[0].name, "outer.zip/bad.zip");
    assert_eq!(expanded.refused[0].error.code, "file-broken");
}

#[test]
fn a_zip_that_is_cut_off_gives_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("半.zip");
    zip_with_raw_names(&path, &[(b"plot.txt", &[7; 5000])]);
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let error = expand(&path).unwrap_err();
    assert_eq!(error.code, "file-broken");
    assert!(error.text.zh.contains("半.zip") && error.text.en.contains("半.zip"));
}

#[test]
fn a_zip_with_a_password_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("密.zip");
    zip_with_raw_names(&path, &[(b"plot.txt", b"secret")]);
    let mut raw = fs::read(&path).unwrap();
    // General purpose bit 0, in the local and in the central header.
    raw[6] |= 1;
    let central = raw.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    raw[central + 8] |= 1;
    fs::write(&path, raw).unwrap();
    assert_eq!(expand(&path).unwrap_err().code, "zip-encrypted");
}

#[test]
fn an_archive_of_another_kind_is_refused_and_a_picture_only_mentioned() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["地块.txt", "补充.rar", "现场.jpg"] {
        fs::write(folder.path().join(name), "x").unwrap();
    }
    let expanded = expand(folder.path()).unwrap();
    assert_eq!(refusals(&expanded).len(), 1);
    assert!(refusals(&expanded)[0].contains("补充.rar") && refusals(&expanded)[0].contains("ZIP"));
    assert!(expanded.skipped[0].message.zh.contains("现场.jpg"));
}

#[test]
fn what_holds_nothing_or_is_not_there_is_said() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(expand(folder.path()).unwrap_err().code, "nothing-to-read");
    assert_eq!(expand(&folder.path().join("没有.shp")).unwrap_err().code, "file-missing");
    let file = folder.path().join("单个.dxf");
    fs::write(&file, "x").unwrap();
    assert_eq!(names(&expand(&file).unwrap()), ["单个.dxf"]);
}
