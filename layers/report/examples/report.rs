//! Writes the made-up review into a folder, to look at: `cargo run -p redline-report --example report FOLDER
//! [TEMPLATE]`.
#![allow(clippy::unwrap_used, clippy::expect_used)] // an example
#![allow(missing_docs)]

mod sample;

use redline_report::{Fonts, Template, docx, pdf};
use redline_wording::Lang;
use std::path::PathBuf;
use std::time::Instant;

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).expect("name a folder to write to"));
    std::fs::create_dir_all(&folder).unwrap();
    let template = match std::env::args().nth(2) {
        Some(folder) => Template::in_folder(folder.as_ref()).unwrap(),
        None => Template::shipped(),
    };
    let started = Instant::now();
    let fonts = Fonts::system();
    println!("fonts: {:.2} s", started.elapsed().as_secs_f64());
    for (lang, name) in [(Lang::Zh, "report-zh"), (Lang::En, "report-en")] {
        let data = sample::review(lang);
        let started = Instant::now();
        let editable = docx(&data).unwrap();
        println!("{name}.docx: {} bytes, {:.2} s", editable.len(), started.elapsed().as_secs_f64());
        std::fs::write(folder.join(name).with_extension("docx"), editable).unwrap();
        let started = Instant::now();
        match pdf(&data, &template, &fonts) {
            Ok(paper) => {
                println!(
                    "{name}.pdf: {} pages, {} bytes, {:.2} s",
                    paper.pages,
                    paper.bytes.len(),
                    started.elapsed().as_secs_f64()
                );
                std::fs::write(folder.join(name).with_extension("pdf"), paper.bytes).unwrap();
            }
            Err(error) => {
                println!("{error}\n{}", error.text.en);
                std::process::exit(1);
            }
        }
    }
}
