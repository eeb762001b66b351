//! The native menu, in both languages. Choices go to the page by their id; the page knows what they
//! mean. Keys that a person types into a field (a bare letter) are left to the page.

use redline_engine::EngineError;
use redline_engine::desk::wire::Refusal;
use redline_host::refusal;
use redline_wording::{Lang, text};
use tauri::menu::{Menu, MenuBuilder, MenuItemBuilder, SubmenuBuilder};
use tauri::{App, AppHandle, Emitter, Manager, Wry};

/// The menus by title; of each the items by id, words and key, groups apart.
type Item = (&'static str, &'static str, &'static str, Option<&'static str>);
type Group = &'static [Item];

const MENUS: &[(&str, &str, &[Group])] = &[
    (
        "文件",
        "File",
        &[
            &[
                ("open-workspace", "打开工作空间…", "Open workspace…", Some("CmdOrCtrl+O")),
                ("make-sample", "生成示例城市", "Make the sample city", None),
                ("import-project", "导入并审查项目文件…", "Bring project files in…", Some("CmdOrCtrl+I")),
            ],
            &[
                ("save-review", "把审查保存到工作空间", "Keep the review", Some("CmdOrCtrl+S")),
                ("export", "导出结果…", "Export results…", Some("CmdOrCtrl+E")),
            ],
            &[(QUIT, "退出", "Quit", Some("CmdOrCtrl+Q"))],
        ],
    ),
    ("审查", "Review", &[&[("check", "重新审查", "Check again", Some("CmdOrCtrl+Enter"))]]),
    ("出图", "Publish", &[&[("publish", "出图", "Sheets and reports", Some("CmdOrCtrl+P"))]]),
    (
        "视图",
        "View",
        &[
            &[
                ("find", "搜索…", "Find…", Some("CmdOrCtrl+F")),
                ("fly-to-selection", "飞到所选", "Fly to the selection", None),
                ("zoom-city", "全城", "Whole city", None),
                ("zoom-back", "上一视图", "View before", None),
            ],
            &[
                ("toggle-lang", "切换到 English", "切换到中文", None),
                ("toggle-theme", "明暗主题", "Light or dark", None),
                ("full-screen", "全屏展示", "Full screen", Some("F11")),
            ],
        ],
    ),
    ("帮助", "Help", &[&[("shortcuts", "键盘", "Keyboard", None), ("about", "关于红线", "About Redline", None)]]),
];

/// Handled here; all others are the page's.
const QUIT: &str = "quit";

/// Puts the menu up, Chinese first, and passes its choices on.
pub(crate) fn put(app: &App) -> tauri::Result<()> {
    app.set_menu(bar(app.handle(), Lang::Zh)?)?;
    app.on_menu_event(|app, event| match event.id().as_ref() {
        QUIT => quit(app),
        // fails only where the page is gone
        id => drop(app.emit("menu", id)),
    });
    Ok(())
}

/// The menu in a language.
fn bar(app: &AppHandle, lang: Lang) -> tauri::Result<Menu<Wry>> {
    let pick = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let mut bar = MenuBuilder::new(app);
    for (zh, en, groups) in MENUS {
        let mut menu = SubmenuBuilder::new(app, pick(zh, en));
        for (n, group) in groups.iter().enumerate() {
            if n > 0 {
                menu = menu.separator();
            }
            for (id, zh, en, key) in *group {
                let mut item = MenuItemBuilder::with_id(*id, pick(zh, en));
                if let Some(key) = key {
                    item = item.accelerator(key);
                }
                menu = menu.item(&item.build(app)?);
            }
        }
        bar = bar.item(&menu.build()?);
    }
    bar.build()
}

/// Closes the window as its own button does, so that its place is kept.
fn quit(app: &AppHandle) {
    match app.get_webview_window("main") {
        Some(window) if window.close().is_ok() => {}
        _ => app.exit(0),
    }
}

/// The menu follows the page's language: it is put up anew, since GTK does not rename the titles of a bar.
#[tauri::command]
pub(crate) fn set_menu_language(app: AppHandle, lang: Lang) -> Result<(), Refusal> {
    let put = bar(&app, lang).and_then(|bar| app.set_menu(bar));
    put.map(drop).map_err(|e| {
        refusal(EngineError::new(
            "menu-not-renamed",
            text!(
                "菜单的语言没有换过来（{e}）；重新打开程序后再切换一次语言。"
                    | "The menu's language could not be changed ({e}); open the program again and switch the language once more."
            ),
        ))
    })
}
