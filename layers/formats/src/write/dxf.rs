//! DXF of release 12, which every drawing program reads: closed polylines, text in GBK.

use super::{PlotToWrite, rings, staging};
use crate::FormatError;
use encoding_rs::GB18030;
use std::fmt::Write as _;
use std::path::Path;

/// Writes every ring as a closed polyline on a layer named after the plot's use (else `地块`), and
/// the plot's id and name as lettering at its first point.
pub(super) fn write(path: &Path, plots: &[PlotToWrite]) -> Result<(), FormatError> {
    let mut text = String::from(
        "0\r\nSECTION\r\n2\r\nHEADER\r\n9\r\n$ACADVER\r\n1\r\nAC1009\r\n9\r\n$DWGCODEPAGE\r\n3\r\nANSI_936\r\n0\r\nENDSEC\r\n0\r\nSECTION\r\n2\r\nENTITIES\r\n",
    );
    let mut pair = |code: u32, value: &dyn std::fmt::Display| {
        // Writing to a string does not fail.
        let _ = write!(text, "{code}\r\n{value}\r\n");
    };
    for plot in plots {
        let layer = layer_name(plot.purpose.as_deref().unwrap_or("地块"));
        for ring in rings(&plot.shape) {
            pair(0, &"POLYLINE");
            pair(8, &layer);
            pair(66, &1);
            pair(70, &1);
            pair(10, &"0.0");
            pair(20, &"0.0");
            pair(30, &"0.0");
            // The flag closes it: the last point is not repeated.
            for c in ring.0.iter().take(ring.0.len().saturating_sub(1)) {
                pair(0, &"VERTEX");
                pair(8, &layer);
                pair(10, &format_args!("{:.4}", c.x));
                pair(20, &format_args!("{:.4}", c.y));
                pair(30, &"0.0");
            }
            pair(0, &"SEQEND");
            pair(8, &layer);
        }
        if let Some(at) = rings(&plot.shape).next().and_then(|ring| ring.0.first()) {
            pair(0, &"TEXT");
            pair(8, &"注记");
            pair(10, &format_args!("{:.4}", at.x));
            pair(20, &format_args!("{:.4}", at.y));
            pair(30, &"0.0");
            pair(40, &"5.0");
            pair(1, &one_line(&format!("{} {}", plot.id, plot.name)));
        }
    }
    pair(0, &"ENDSEC");
    pair(0, &"EOF");
    staging::write_bytes(path, &GB18030.encode(&text).0)
}

/// A layer's name: one line, without the characters drawing programs keep for themselves.
fn layer_name(words: &str) -> String {
    let name: String = one_line(words).chars().filter(|c| !r#"<>/\":;?*|=,`"#.contains(*c)).collect();
    if name.trim().is_empty() { "地块".to_owned() } else { name }
}

/// A value must not end its line: the next would be read as a group code.
fn one_line(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
