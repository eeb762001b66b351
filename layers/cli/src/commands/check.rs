//! `redline check`.

use super::{accepting, form};
use crate::arguments::{CheckArgs, ReviewFormat, StageName, Unit};
use crate::session::{Failure, Session};
use redline_engine::output::words;
use redline_engine::{Axes, CheckRequest, OpinionFile, Stage};
use redline_wording::{Text, text};
use std::path::{Path, PathBuf};

/// Kinds of opinion as records name them.
const OPINION_KINDS: [&str; 2] = ["limited-activity", "unavoidability"];

pub(super) fn run(arguments: &CheckArgs, session: &Session) -> Result<u8, Failure> {
    let format = form::review_format(&arguments.result)?;
    form::see_way_out(format, &arguments.result, session)?;
    let mut request = request(arguments)?;
    let unaccepted = if arguments.accept.is_empty() {
        None
    } else {
        let bar = session.bar();
        Some(redline_engine::check(&CheckRequest { save: false, ..request.clone() }, &bar)?)
    };
    if let Some(first) = unaccepted {
        request.accepted = accepting::named(&first.review, &arguments.accept);
        accepting::unmet(&first.review, &arguments.accept).iter().for_each(|words| session.remark(words));
    }
    let inputs: Vec<&Path> = request
        .files
        .iter()
        .chain([&request.workspace])
        .chain(request.opinions.iter().map(|opinion| &opinion.path))
        .chain(&request.activities)
        .map(PathBuf::as_path)
        .collect();
    let checked = {
        let bar = session.bar();
        redline_engine::check(&request, &bar)?
    };
    let unit = arguments.unit.map(form::unit);
    // A person who reads the table finds the bad files in it; everyone else is told here.
    let table_is_read = format == ReviewFormat::Table && arguments.result.output.is_none() && session.read_by_person();
    if !table_is_read {
        for project in &checked.review.projects {
            if let Some(error) = words::error(project, session.lang) {
                session.error(&Text::same(error));
            }
        }
    }
    let delivered =
        form::deliver(&checked.review, format, unit, &arguments.result, &arguments.workspace, &inputs, session);
    if let Some(saved) = &checked.saved {
        let id = &saved.id;
        session.remark(&if saved.already {
            text!(
                "工作空间中已有相同的审查，编号 {id}。" | "The very same review is in the workspace already, id {id}."
            )
        } else {
            text!("审查已存入工作空间，编号 {id}。" | "The review was saved in the workspace, id {id}.")
        });
    }
    match delivered {
        // The reader of a pipe may stop early; the outcome is still the outcome.
        Ok(()) | Err(Failure::NobodyReads) => Ok(checked.exit_code()),
        Err(failure) => Err(failure),
    }
}

fn request(arguments: &CheckArgs) -> Result<CheckRequest, Failure> {
    Ok(CheckRequest {
        files: arguments.files.clone(),
        workspace: arguments.workspace.clone(),
        activity: arguments.activity.clone(),
        stage: arguments.stage.map(|stage| match stage {
            StageName::New => Stage::New,
            StageName::Rebuild => Stage::Rebuild,
            StageName::Extend => Stage::Extend,
            StageName::Existing => Stage::Existing,
        }),
        industry: arguments.industry.clone(),
        rules: arguments.rules.clone(),
        date: form::day_or_today(arguments.date.as_deref())?,
        opinions: arguments.opinion.iter().map(|words| opinion(words)).collect::<Result<_, _>>()?,
        layers_as_of: arguments.layers_as_of.as_deref().map(form::day).transpose()?,
        crs: arguments.crs.clone(),
        axes: arguments.axes.map(Axes::from),
        width_m: arguments.width,
        no_land: arguments.no_land,
        sliver_m2: arguments.sliver,
        units: arguments.unit.map(|unit| {
            match unit {
                Unit::M2 => "m2",
                Unit::Ha => "ha",
                Unit::Mu => "mu",
            }
            .to_string()
        }),
        activities: arguments.activities.clone(),
        accepted: Default::default(),
        save: arguments.save,
    })
}

/// `FILE` or `KIND=FILE`; a file whose own name holds an equals sign is a file.
fn opinion(words: &str) -> Result<OpinionFile, Failure> {
    match words.split_once('=') {
        Some((kind, path)) if OPINION_KINDS.contains(&kind) => {
            Ok(OpinionFile { path: PathBuf::from(path), kind: Some(kind.to_string()) })
        }
        Some((kind, _)) if !Path::new(words).exists() => Err(Failure::Sentence(text!(
            "--opinion {words}：没有“{kind}”这种意见。可写 limited-activity=文件（认定意见）或 unavoidability=文件（不可避让论证意见）。"
                | "--opinion {words}: there is no kind '{kind}'. Write limited-activity=FILE or unavoidability=FILE."
        ))),
        _ => Ok(OpinionFile { path: PathBuf::from(words), kind: None }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::arguments::{Arguments, Command};
    use clap::Parser;

    fn read(line: &str) -> CheckRequest {
        match Arguments::try_parse_from(line.split_whitespace()).unwrap().command {
            Command::Check(arguments) => request(&arguments).unwrap(),
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn every_key_of_a_check_reaches_the_engine() {
        let request = read(
            "redline check a.txt b.zip --workspace city.gpkg --activity infrastructure --stage extend --industry C26 \
             --rules my.toml --date 2018-06-01 --opinion limited-activity=o.shp --opinion p.shp \
             --layers-as-of 2017-01-01 --crs 4526 --width 12.5 --sliver 0.5 --unit mu --activities keys.csv --save",
        );
        assert_eq!(request.files, [PathBuf::from("a.txt"), PathBuf::from("b.zip")]);
        assert_eq!(request.stage, Some(Stage::Extend));
        assert_eq!(request.date, jiff::civil::date(2018, 6, 1));
        assert_eq!(
            request.opinions,
            [
                OpinionFile { path: "o.shp".into(), kind: Some("limited-activity".into()) },
                OpinionFile { path: "p.shp".into(), kind: None }
            ]
        );
        assert_eq!(request.layers_as_of, Some(jiff::civil::date(2017, 1, 1)));
        assert_eq!(request.crs.as_deref(), Some("EPSG:4526"));
        assert_eq!(request.units.as_deref(), Some("mu"));
        assert_eq!((request.width_m, request.sliver_m2, request.save), (Some(12.5), Some(0.5), true));
        assert_eq!(request.activities, Some("keys.csv".into()));
    }

    #[test]
    fn an_unknown_kind_of_opinion_is_refused_by_name() {
        match opinion("approval=o.shp") {
            Err(Failure::Sentence(words)) => assert!(words.en.contains("'approval'"), "{words:?}"),
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn the_form_follows_the_name_of_the_result_file_unless_it_is_said() {
        let format = |line: &str| match Arguments::try_parse_from(line.split_whitespace()).unwrap().command {
            Command::Check(arguments) => form::review_format(&arguments.result).ok(),
            other => unreachable!("{other:?}"),
        };
        assert_eq!(format("redline check a -w c"), Some(ReviewFormat::Table));
        assert_eq!(format("redline check a -w c -o r.XLSX"), Some(ReviewFormat::Xlsx));
        assert_eq!(format("redline check a -w c -o r.geojson"), Some(ReviewFormat::Geojson));
        assert_eq!(format("redline check a -w c -o r.xlsx -f json"), Some(ReviewFormat::Json));
        assert_eq!(format("redline check a -w c -o r.pdf"), Some(ReviewFormat::Pdf));
        assert_eq!(format("redline check a -w c -o r.odt"), None);
    }
}
