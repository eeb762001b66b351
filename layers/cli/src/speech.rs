//! Which language the command speaks, and clap's own words in it.

use crate::arguments::Language;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Command};
use redline_wording::Lang;
use std::ffi::OsString;

/// Separates the Chinese half of a help sentence from the English one.
const SEAM: char = '‖';

/// The language for these arguments: `--lang` where it stands (even before the rest is known to be
/// right, so that a wrong usage is answered in it), else the locale, else Chinese.
pub fn language(arguments: &[OsString], locale: Option<&str>) -> Lang {
    let mut words = arguments.iter().map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        if word == "--" {
            break;
        }
        let value =
            if word == "--lang" { words.next() } else { word.strip_prefix("--lang=").map(|v| v.to_string().into()) };
        match value.as_deref() {
            Some("zh") => return Lang::Zh,
            Some("en") => return Lang::En,
            _ => {}
        }
    }
    locale.map(Lang::from_locale).unwrap_or_default()
}

/// The locale of messages as POSIX orders it (`LC_ALL`, `LC_MESSAGES`, `LANG`); elsewhere the
/// system's own answer. `None` where none is set.
pub fn locale() -> Option<String> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    set("LC_ALL")
        .or_else(|| set("LC_MESSAGES"))
        .or_else(|| set("LANG"))
        .or_else(|| if cfg!(unix) { None } else { sys_locale::get_locale() })
}

impl From<Language> for Lang {
    fn from(language: Language) -> Lang {
        match language {
            Language::Zh => Lang::Zh,
            Language::En => Lang::En,
        }
    }
}

/// The half of `both` for `lang`; the whole where there is no seam.
pub fn half(both: &str, lang: Lang) -> &str {
    match (both.split_once(SEAM), lang) {
        (Some((zh, _)), Lang::Zh) => zh.trim(),
        (Some((_, en)), Lang::En) => en.trim(),
        (None, _) => both.trim(),
    }
}

/// Keeps one language of every help sentence of `command` and gives clap's own words in it.
pub fn in_language(command: Command, lang: Lang) -> Command {
    let mut command = translated(command, lang, "redline");
    // Build once so that the generated usage lines exist for every subcommand.
    command.build();
    command
}

fn translated(mut command: Command, lang: Lang, path: &str) -> Command {
    if let Some(about) = command.get_about().map(|text| half(&text.to_string(), lang).to_string()) {
        command = command.about(about);
    }
    if let Some(after) = command.get_after_help().map(|text| half(&text.to_string(), lang).to_string()) {
        command = command.after_help(after);
    }
    command = command.mut_args(|argument| translated_argument(argument, lang));
    command = command.mut_subcommands(|sub| {
        let below = format!("{path} {}", sub.get_name());
        translated(sub, lang, &below)
    });
    if lang == Lang::Zh {
        let usage = chinese_usage(&command, path);
        command = command
            .subcommand_help_heading("命令")
            .subcommand_value_name("命令")
            .override_usage(usage)
            .help_template("{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}");
    }
    command
}

fn translated_argument(argument: clap::Arg, lang: Lang) -> clap::Arg {
    let mut words = argument.get_help().map(|help| half(&help.to_string(), lang).to_string()).unwrap_or_default();
    let takes_value = matches!(argument.get_action(), ArgAction::Set | ArgAction::Append);
    if takes_value {
        let choices: Vec<String> =
            argument.get_possible_values().iter().map(|value| value.get_name().to_string()).collect();
        let defaults: Vec<String> =
            argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
        match lang {
            Lang::Zh => {
                if !choices.is_empty() {
                    words.push_str(&format!(" [可选：{}]", choices.join("、")));
                }
                if !defaults.is_empty() {
                    words.push_str(&format!(" [默认：{}]", defaults.join("、")));
                }
            }
            Lang::En => {
                if !choices.is_empty() {
                    words.push_str(&format!(" [choices: {}]", choices.join(", ")));
                }
                if !defaults.is_empty() {
                    words.push_str(&format!(" [default: {}]", defaults.join(", ")));
                }
            }
        }
    }
    let heading = match (lang, argument.is_positional()) {
        (Lang::Zh, true) => "参数",
        (Lang::Zh, false) => "选项",
        (Lang::En, true) => "Arguments",
        (Lang::En, false) => "Options",
    };
    let argument = argument.help(words).help_heading(heading);
    if takes_value { argument.hide_possible_values(true).hide_default_value(true) } else { argument }
}

/// The usage line with Chinese placeholders, as clap would compose it: options, positionals, command.
fn chinese_usage(command: &Command, path: &str) -> String {
    let mut usage = path.to_string();
    for argument in command.get_arguments().filter(|a| a.is_required_set() && !a.is_positional()) {
        if let Some(long) = argument.get_long() {
            let value =
                argument.get_value_names().and_then(|names| names.first()).map_or("VALUE", |name| name.as_str());
            usage.push_str(&format!(" --{long} <{value}>"));
        }
    }
    usage.push_str(" [选项]");
    for argument in command.get_positionals() {
        let value = argument.get_value_names().and_then(|names| names.first()).map_or("VALUE", |name| name.as_str());
        let many = if matches!(argument.get_action(), ArgAction::Append) { "..." } else { "" };
        usage.push_str(&format!(" <{value}>{many}"));
    }
    if command.has_subcommands() {
        usage.push_str(" <命令>");
    }
    usage
}

/// A wrong usage as one sentence in `lang`, with the next step: the help that `help` shows.
pub fn usage_sentence(error: &clap::Error, help: &str, lang: Lang) -> String {
    let strings = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(one)) => vec![one.clone()],
        Some(ContextValue::Strings(many)) => many.clone(),
        Some(ContextValue::StyledStr(styled)) => vec![styled.to_string()],
        Some(ContextValue::StyledStrs(many)) => many.iter().map(StyledStr::to_string).collect(),
        Some(ContextValue::Number(number)) => vec![number.to_string()],
        _ => Vec::new(),
    };
    let argument = strings(ContextKind::InvalidArg).join(" ");
    let value = strings(ContextKind::InvalidValue).join(" ");
    let valid = strings(ContextKind::ValidValue);
    let zh = lang == Lang::Zh;
    let comma = if zh { "、" } else { ", " };
    let what = match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() && zh => format!("{argument} 缺少值"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} needs a value"),
        ErrorKind::InvalidValue if zh => format!("{argument} 的值“{value}”不可用，可选：{}", valid.join(comma)),
        ErrorKind::InvalidValue => {
            format!("'{value}' is not a value of {argument}; choose one of: {}", valid.join(comma))
        }
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(|source| half(&source.to_string(), lang).to_string());
            match (why, zh) {
                (Some(why), true) => format!("{argument} 的值“{value}”不可用：{why}"),
                (Some(why), false) => format!("'{value}' is not a value of {argument}: {why}"),
                (None, true) => format!("{argument} 的值“{value}”不可用"),
                (None, false) => format!("'{value}' is not a value of {argument}"),
            }
        }
        ErrorKind::UnknownArgument => {
            let meant = strings(ContextKind::SuggestedArg).join(comma);
            match (meant.is_empty(), zh) {
                (true, true) => format!("没有“{argument}”这个参数"),
                (true, false) => format!("there is no argument '{argument}'"),
                (false, true) => format!("没有“{argument}”这个参数，是否指 {meant}"),
                (false, false) => format!("there is no argument '{argument}'; {meant} may be meant"),
            }
        }
        ErrorKind::InvalidSubcommand => {
            let name = strings(ContextKind::InvalidSubcommand).join(" ");
            let meant = strings(ContextKind::SuggestedSubcommand).join(comma);
            match (meant.is_empty(), zh) {
                (true, true) => format!("没有“{name}”这个命令"),
                (true, false) => format!("there is no command '{name}'"),
                (false, true) => format!("没有“{name}”这个命令，是否指 {meant}"),
                (false, false) => format!("there is no command '{name}'; {meant} may be meant"),
            }
        }
        ErrorKind::MissingRequiredArgument if zh => {
            format!("缺少 {}", strings(ContextKind::InvalidArg).join(comma))
        }
        ErrorKind::MissingRequiredArgument => {
            format!("missing: {}", strings(ContextKind::InvalidArg).join(comma))
        }
        ErrorKind::MissingSubcommand if zh => "缺少命令".to_string(),
        ErrorKind::MissingSubcommand => "a command is missing".to_string(),
        ErrorKind::ArgumentConflict if zh => {
            format!("{argument} 不能与 {} 同用，也不能重复", strings(ContextKind::PriorArg).join(comma))
        }
        ErrorKind::ArgumentConflict => {
            format!("{argument} cannot be used with {} or twice", strings(ContextKind::PriorArg).join(comma))
        }
        ErrorKind::InvalidUtf8 if zh => "有参数不是 UTF-8 文字".to_string(),
        ErrorKind::InvalidUtf8 => "an argument is not UTF-8 text".to_string(),
        // Kinds this command's arguments cannot produce; clap's own words are better than none.
        _ => return error.render().to_string(),
    };
    if zh {
        format!("用法不对：{what}。运行 {help} 查看用法。")
    } else {
        format!("Wrong usage: {what}. Run {help} for help.")
    }
}

/// `redline check --help` for arguments that name `check`, however wrong the rest.
pub fn help_for(arguments: &[OsString], command: &Command) -> String {
    let mut path = command.get_name().to_string();
    let mut place = command;
    for word in arguments.iter().skip(1) {
        if let Some(below) = word.to_str().and_then(|word| place.find_subcommand(word)) {
            path.push_str(&format!(" {}", below.get_name()));
            place = below;
        }
    }
    format!("{path} --help")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::arguments::Arguments;
    use clap::CommandFactory;

    fn words(line: &str) -> Vec<OsString> {
        line.split_whitespace().map(OsString::from).collect()
    }

    fn answer(line: &str, lang: Lang) -> clap::Error {
        in_language(Arguments::command(), lang).try_get_matches_from(words(line)).unwrap_err()
    }

    fn sentence(line: &str, lang: Lang) -> String {
        usage_sentence(&answer(line, lang), &help_for(&words(line), &Arguments::command()), lang)
    }

    #[test]
    fn the_language_is_what_was_said_then_the_locale_then_chinese() {
        assert_eq!(language(&words("redline --lang en check"), Some("zh_CN.UTF-8")), Lang::En);
        assert_eq!(language(&words("redline check --lang=zh"), Some("en_GB")), Lang::Zh);
        assert_eq!(language(&words("redline check"), Some("zh_CN.UTF-8")), Lang::Zh);
        assert_eq!(language(&words("redline check"), Some("C")), Lang::En);
        assert_eq!(language(&words("redline check"), None), Lang::Zh);
        assert_eq!(language(&words("redline check -- --lang en"), None), Lang::Zh, "a file called --lang");
    }

    #[test]
    fn every_help_stands_in_one_language_with_an_example() {
        fn walk(command: &mut Command, lang: Lang, seen: &mut usize) {
            let help = command.render_long_help().to_string();
            let name = command.get_name().to_string();
            assert!(!help.contains(SEAM), "{name}: {help}");
            match lang {
                Lang::Zh => {
                    assert!(help.contains("示例：\n"), "{name}: {help}");
                    for english in [
                        "Usage",
                        "Options",
                        "Arguments:",
                        "Commands",
                        "possible values",
                        "Possible",
                        "default:",
                        "Print",
                    ] {
                        assert!(!help.contains(english), "{name} says {english}: {help}");
                    }
                }
                Lang::En => {
                    assert!(help.contains("Example"), "{name}: {help}");
                    let chinese = help.chars().find(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
                    assert_eq!(chinese, None, "{name}: {help}");
                }
            }
            *seen += 1;
            for sub in command.get_subcommands_mut() {
                walk(sub, lang, seen);
            }
        }
        for lang in [Lang::Zh, Lang::En] {
            let mut seen = 0;
            walk(&mut in_language(Arguments::command(), lang), lang, &mut seen);
            assert_eq!(seen, 21, "the command, fifteen commands, five below rules and reviews");
        }
    }

    #[test]
    fn the_help_of_check_in_both_languages() {
        insta::assert_snapshot!("help_check_zh", answer("redline check --help", Lang::Zh).to_string());
        insta::assert_snapshot!("help_check_en", answer("redline check --help", Lang::En).to_string());
        insta::assert_snapshot!("help_zh", answer("redline --help", Lang::Zh).to_string());
    }

    #[test]
    fn a_wrong_usage_is_one_sentence_with_the_next_step() {
        let lines = [
            "redline chek a.txt",
            "redline check",
            "redline check a.txt",
            "redline check a.txt -w c --format odt",
            "redline check a.txt -w c --date 2018-02-30",
            "redline check a.txt -w c --crs utm",
            "redline check a.txt -w c --workspce d",
            "redline check a.txt -w c --stage",
            "redline check a.txt -w c --save --save",
            "redline import a.shp --as river -w c",
            "redline reviews show 1",
            "redline sample d --parcels 2000000",
        ];
        let said: Vec<String> = [Lang::Zh, Lang::En]
            .iter()
            .flat_map(|lang| lines.iter().map(|line| format!("{line}\n  {}", sentence(line, *lang))))
            .collect();
        for words in &said {
            assert!(words.contains("--help"), "{words}");
        }
        insta::assert_snapshot!(said.join("\n"));
    }
}
