//! The record as JSON: indented so that it can be read and compared line by line, with one
//! coordinate list a line so that a 100 000-point polygon does not fill 400 000 lines.

use crate::EngineError;
use redline_wording::text;
use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};
use std::io;

/// `value` as JSON, two spaces an indent, number lists on one line, a newline at the end. The same
/// value gives the same bytes.
///
/// # Errors
/// `not-serializable` when a number is not finite; a record made by this engine holds none.
pub fn json<T: Serialize>(value: &T) -> Result<String, EngineError> {
    let mut bytes = Vec::new();
    let failed = |why: String| {
        EngineError::new(
            "not-serializable",
            text!("记录无法写成 JSON：{why}" | "The record cannot be written as JSON: {why}"),
        )
    };
    let mut serializer = Serializer::with_formatter(&mut bytes, InlineLists::default());
    value.serialize(&mut serializer).map_err(|e| failed(e.to_string()))?;
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(|e| failed(e.to_string()))
}

/// Names of the lists that hold numbers only.
const NUMBER_LISTS: [&[u8]; 4] = [b"coordinates", b"extent", b"bounds", b"bbox"];

/// Pretty, except below the names of [`NUMBER_LISTS`].
#[derive(Default)]
struct InlineLists {
    pretty: PrettyFormatter<'static>,
    in_key: bool,
    /// The last key was one of [`NUMBER_LISTS`] and its value has not begun otherwise.
    list_next: bool,
    /// How many lists deep we are below such a name; 0 is outside.
    depth: usize,
}

impl Formatter for InlineLists {
    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.in_key = true;
        self.list_next = false;
        self.pretty.begin_object_key(writer, first)
    }

    fn end_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.in_key = false;
        self.pretty.end_object_key(writer)
    }

    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        if self.in_key {
            self.list_next = NUMBER_LISTS.contains(&fragment.as_bytes());
        }
        self.pretty.write_string_fragment(writer, fragment)
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.depth > 0 || self.list_next {
            self.list_next = false;
            self.depth += 1;
            return writer.write_all(b"[");
        }
        self.pretty.begin_array(writer)
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.depth > 0 {
            self.depth -= 1;
            return writer.write_all(b"]");
        }
        self.pretty.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if self.depth > 0 {
            return if first { Ok(()) } else { writer.write_all(b",") };
        }
        self.pretty.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.depth > 0 {
            return Ok(());
        }
        self.pretty.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.list_next = false;
        self.pretty.begin_object(writer)
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.list_next = false;
        self.pretty.end_object(writer)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::{Value, json};

    #[test]
    fn a_polygon_stands_on_one_line_and_reads_back_the_same() {
        let value = json!({
            "name": "coordinates", "list": [1, 2], "extent": null,
            "geometry": {"coordinates": [[[[1.5, 2.25], [3.0, 4.0]]]], "type": "MultiPolygon"},
            "last": [{"bounds": [1, 2, 3, 4]}, []]
        });
        let written = super::json(&value).unwrap();
        assert!(written.contains("\"coordinates\": [[[[1.5,2.25],[3.0,4.0]]]],\n"), "{written}");
        assert!(written.contains("\"list\": [\n"), "{written}");
        assert!(written.ends_with("}\n"));
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value);
    }
}
