//! Tauri's own preparations: the page, the icons, and which commands the page may call at all.

fn main() {
    let commands = tauri_build::AppManifest::new().commands(&["rpc", "cancel", "show_in_folder", "set_menu_language"]);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands)).unwrap_or_else(|e| {
        println!("cargo::error={e:#}");
        std::process::exit(1);
    });
}
