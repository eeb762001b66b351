//! Web maps: tiles by a template of `{z}`, `{x}`, `{y}`, or a WMTS by its capabilities document.
//!
//! Nothing is fetched before a person gives an address, nothing is kept on disk.

use super::bands::Bands;
use super::file::item;
use super::place::{HALF_WORLD, Place, traditional};
use super::{Door, Raster};
use crate::FormatError;
use gdal::Dataset;
use gdal::spatial_ref::SpatialRef;
use redline_wording::{Text, text};

/// Finest zoom a template is asked for; closer views enlarge it.
const FINEST: u32 = 18;
/// So many layers of a service are told at most.
const LISTED: usize = 50;

/// Opens an address: `https://…/{z}/{x}/{y}.png` (`{-y}` counts from the south; WMTS's own names
/// `{TileMatrix}`, `{TileCol}`, `{TileRow}` serve too), or that of a WMTS capabilities document,
/// whose layer may be named behind `#`. A template is not contacted here.
///
/// # Errors
/// `address-unreadable` for anything else; `address-unreachable` where the WMTS does not answer.
pub fn open_address(address: &str) -> Result<Raster, FormatError> {
    let address = address.trim();
    let host = host(address).ok_or_else(misread)?;
    let template = placeholders(address);
    let has = |what: &str| template.contains(what);
    let raster = if has("${z}") && has("${x}") && (has("${y}") || has("${-y}")) {
        open_template(&template, &host)?
    } else if !address.contains('{') && address.to_ascii_lowercase().contains("wmts") {
        open_wmts(address, &host)?
    } else {
        return Err(misread());
    };
    let shifted = text!(
        "境内的网络地图常按 GCJ-02 整体偏移 100–700 米，只供参照，不能据以判断是否压线。"
            | "Web maps of China are often shifted by 100–700 m (GCJ-02): for orientation only, never to judge whether a line is crossed."
    );
    let mut raster = raster;
    raster.notes.push(shifted);
    Ok(raster)
}

fn open_template(template: &str, host: &str) -> Result<Raster, FormatError> {
    let (server, origin) = match template.contains("${-y}") {
        true => (template.replace("${-y}", "${y}"), "bottom"),
        false => (template.to_owned(), "top"),
    };
    if server.replace("${z}", "").replace("${x}", "").replace("${y}", "").contains(['{', '}']) {
        return Err(misread());
    }
    let server = escaped(&server);
    let description = format!(
        "<GDAL_WMS><Service name=\"TMS\"><ServerUrl>{server}</ServerUrl></Service>\
         <DataWindow><UpperLeftX>-{HALF_WORLD}</UpperLeftX><UpperLeftY>{HALF_WORLD}</UpperLeftY>\
         <LowerRightX>{HALF_WORLD}</LowerRightX><LowerRightY>-{HALF_WORLD}</LowerRightY>\
         <TileLevel>{FINEST}</TileLevel><TileCountX>1</TileCountX><TileCountY>1</TileCountY>\
         <YOrigin>{origin}</YOrigin></DataWindow><Projection>EPSG:3857</Projection>\
         <BlockSizeX>256</BlockSizeX><BlockSizeY>256</BlockSizeY><BandsCount>4</BandsCount>\
         <ZeroBlockHttpCodes>204,400,404</ZeroBlockHttpCodes><Timeout>20</Timeout>\
         <MaxConnections>2</MaxConnections><UserAgent>redline/{}</UserAgent></GDAL_WMS>",
        env!("CARGO_PKG_VERSION")
    );
    let door = Door { name: description, drivers: &["WMS"], options: &[], remote: true, host: host.to_owned() };
    finish(door, host.to_owned())
}

fn open_wmts(address: &str, host: &str) -> Result<Raster, FormatError> {
    let (url, layer) = match address.split_once('#') {
        Some((url, layer)) => (url, Some(layer.trim()).filter(|l| !l.is_empty())),
        None => (address, None),
    };
    let mut door = Door {
        name: described(url, layer, None, None),
        drivers: &["WMTS"],
        options: &[],
        remote: true,
        host: host.to_owned(),
    };
    let (mut dataset, mut heard) = door.open();
    let offered = dataset.as_ref().map(offers).unwrap_or_default();
    let mut notes = Vec::new();
    // of several layers, or one in several grids, GDAL opens none: the first is taken and the rest told
    if let Some((first, _)) = offered.first() {
        let all = offered.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join("；");
        notes.push(text!(
            "该服务有 {} 个图层，用的是第一个；可在地址后加“#图层名”选择：{all}"
                | "The service has {} layers and the first is used; add “#layer” to the address to choose: {all}",
            offered.len()
        ));
        let of = |key: &str| chosen(first, key);
        door.name = described(url, of("layer"), of("tilematrixset"), of("style"));
        (dataset, heard) = door.open();
    }
    let dataset = dataset.map_err(|_| unreachable(host, &heard))?;
    let bounds = placed(&dataset).and_then(|place| place.bounds());
    // by its grid rather than the layer's box: then a tile of the map is one tile of the service
    let boxed = door.clone();
    door.options = &["EXTENT_METHOD=MOST_PRECISE_TILE_MATRIX"];
    let title = item(&dataset, "TITLE", "").or(layer.map(str::to_owned)).unwrap_or_else(|| host.to_owned());
    let raster = finish(door, title.clone()).or_else(|_| finish(boxed, title))?;
    Ok(Raster { bounds, notes, ..raster })
}

/// A WMTS as GDAL wants it told. Not `WMTS:address`: that keeps tiles in a folder wherever the program runs.
fn described(url: &str, layer: Option<&str>, grid: Option<&str>, style: Option<&str>) -> String {
    let one = |tag: &str, value: Option<&str>| value.map(|v| format!("<{tag}>{}</{tag}>", escaped(v)));
    let parts = [("GetCapabilitiesUrl", Some(url)), ("Layer", layer), ("TileMatrixSet", grid), ("Style", style)];
    let parts: String = parts.into_iter().filter_map(|(tag, value)| one(tag, value)).collect();
    format!("<GDAL_WMTS>{parts}</GDAL_WMTS>")
}

/// The value of a key in GDAL's name for a layer: `WMTS:address,layer=photo,tilematrixset=web`.
fn chosen<'a>(name: &'a str, key: &str) -> Option<&'a str> {
    let (_, rest) = name.split_once(&format!(",{key}="))?;
    // a value with a comma in it stands in quotes
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split(',').next(),
    }
}

/// What a service has where it has several: GDAL's name for it, and words for people.
fn offers(dataset: &Dataset) -> Vec<(String, String)> {
    let entry = |n: usize, what: &str| item(dataset, &format!("SUBDATASET_{n}_{what}"), "SUBDATASETS");
    (1..=LISTED).map_while(|n| Some((entry(n, "NAME")?, entry(n, "DESC")?))).collect()
}

/// Where a service's raster lies; Web Mercator where it does not say.
fn placed(dataset: &Dataset) -> Option<Place> {
    let crs = match dataset.spatial_ref() {
        Ok(crs) => crs,
        Err(_) => SpatialRef::from_epsg(3857).ok()?,
    };
    Place::new(dataset.raster_size(), dataset.geo_transform().ok()?, &traditional(crs))
}

fn finish(door: Door, title: String) -> Result<Raster, FormatError> {
    let (opened, heard) = door.open();
    let unreachable = || unreachable(&door.host, &heard);
    let dataset = opened.map_err(|_| unreachable())?;
    let place = placed(&dataset).ok_or_else(unreachable)?;
    let bands = Bands::of(&dataset).map_err(|_| unreachable())?;
    Ok(Raster::new(title, door, dataset, place, bands))
}

/// The host of an `http` or `https` address without odd characters.
fn host(address: &str) -> Option<String> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    if address.chars().any(|c| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\\')) {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next()?;
    // whoever stands before @ is a name and password
    let host = authority.rsplit('@').next()?;
    (!host.is_empty()).then(|| host.to_owned())
}

/// The placeholders in GDAL's spelling.
fn placeholders(address: &str) -> String {
    let mut out = String::with_capacity(address.len() + 8);
    let mut rest = address;
    while let Some((head, tail)) = rest.split_once('{') {
        out.push_str(head.strip_suffix('$').unwrap_or(head));
        let Some((name, after)) = tail.split_once('}') else {
            out.push('{');
            out.push_str(tail);
            return out;
        };
        let ours = match name.to_ascii_lowercase().as_str() {
            "z" | "tilematrix" => "${z}",
            "x" | "tilecol" => "${x}",
            "y" | "tilerow" => "${y}",
            "-y" => "${-y}",
            _ => "",
        };
        if ours.is_empty() {
            out.push_str(&format!("{{{name}}}"));
        } else {
            out.push_str(ours);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn misread() -> FormatError {
    FormatError::new(
        "address-unreadable",
        text!(
            "底图地址应以 http:// 或 https:// 开头，并带 {{z}}、{{x}}、{{y}}（如 https://example.com/{{z}}/{{x}}/{{y}}.png），或为 WMTS 的能力文档地址；{{s}} 之类请换成具体的值。"
                | "A backdrop's address begins with http:// or https:// and holds {{z}}, {{x}} and {{y}} (as https://example.com/{{z}}/{{x}}/{{y}}.png), or is that of a WMTS capabilities document; write a value in place of {{s}} and the like."
        ),
    )
}

/// A server that does not give what it should; its address is not quoted, for it may hold a key.
pub(super) fn unreachable(host: &str, heard: &[String]) -> FormatError {
    let said = heard.join(" ").to_ascii_lowercase();
    let code = ["401", "403", "418", "429", "500", "502", "503", "504"].iter().find(|c| said.contains(**c));
    let why = if said.contains("resolve") {
        Text::new("找不到主机，或没有网络", "the host is unknown, or there is no network")
    } else if said.contains("timed out") || said.contains("timeout") {
        Text::new("等待超时", "it took too long")
    } else if said.contains("refused") || said.contains("connect") {
        Text::new("连接不上", "no connection")
    } else if let Some(code) = code {
        text!("服务器答复 {code}" | "the server answers {code}")
    } else {
        Text::new("答复的不是地图切片", "its answer is no map tile")
    };
    FormatError::new(
        "address-unreachable",
        Text::new(
            format!("底图服务 {host} 没有给出切片（{}）。请检查网络、地址和密钥，或移除底图。", why.zh),
            format!(
                "The backdrop {host} gave no tile ({}). Check network, address and key, or take the backdrop away.",
                why.en
            ),
        ),
    )
}
