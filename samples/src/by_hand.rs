//! Files as other programs and hurried hands write them: what no careful writer would produce.

use geo_types::{Coord, LineString};
use std::fmt::Write as _;

/// A ZIP of stored members whose names are GBK bytes without the UTF-8 flag, as Chinese Windows
/// writes them (PKWARE APPNOTE 6.3, local and central headers).
pub(crate) fn zip_with_gbk_names(members: &[(Vec<u8>, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in members {
        let offset = out.len() as u32;
        let mut common = Vec::new();
        // version 2.0, no flags, stored, 2016-08-10 09:30
        for n in [20u16, 0, 0, 9 << 11 | 30 << 5, (2016 - 1980) << 9 | 8 << 5 | 10] {
            common.extend(n.to_le_bytes());
        }
        common.extend(crc32(bytes).to_le_bytes());
        common.extend((bytes.len() as u32).to_le_bytes());
        common.extend((bytes.len() as u32).to_le_bytes());
        common.extend((name.len() as u16).to_le_bytes());
        common.extend(0u16.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name);
        out.extend(bytes);
        directory.extend(b"PK\x01\x02");
        directory.extend(20u16.to_le_bytes());
        directory.extend(&common);
        // no comment, disk 0, no attributes
        directory.extend([0u8; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name);
    }
    let start = out.len() as u32;
    let count = (members.len() as u16).to_le_bytes();
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count);
    out.extend(count);
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend(0u16.to_le_bytes());
    out
}

/// CRC-32 (ISO 3309), bit by bit: the members are small.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, &b| {
        (0..8).fold(crc ^ u32::from(b), |c, _| if c & 1 == 1 { c >> 1 ^ 0xEDB8_8320 } else { c >> 1 })
    })
}

/// Boundary-point text with twelve-field headers and X and Y the wrong way round (east first), points
/// numbered through, rings not closed by a repeated point.
pub(crate) fn swapped_text(plots: &[(&str, &str, &str, &LineString<f64>, f64)]) -> String {
    let mut text = String::from(
        "[属性描述]\r\n坐标系=2000国家大地坐标系\r\n几度分带=3\r\n投影类型=高斯克吕格\r\n计量单位=米\r\n带号=38\r\n精度=0.001\r\n转换参数=,,,,,,\r\n[地块坐标]\r\n",
    );
    for (id, name, purpose, ring, m2) in plots {
        let points = &ring.0[..ring.0.len().saturating_sub(1)];
        let hectares = m2 / 1e4;
        // writing to a string does not fail
        let _ = write!(text, "{},{hectares:.4},{id},{name},面,F49G050050,{purpose},地上,,,,@\r\n", points.len());
        for (n, p) in points.iter().enumerate() {
            let _ = write!(text, "J{},1,{:.3},{:.3}\r\n", n + 1, p.x, p.y);
        }
    }
    text
}

/// A drawing with one closed polyline of four corners, each side an arc of the given bulge
/// (tangent of a quarter of its angle; DXF reference, LWPOLYLINE group 42).
pub(crate) fn drawing_with_arcs(corners: &[Coord<f64>], bulges: &[f64]) -> String {
    let mut text = String::from("0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1015\n0\nENDSEC\n0\nSECTION\n2\nENTITIES\n");
    let _ = write!(
        text,
        "0\nLWPOLYLINE\n5\n100\n100\nAcDbEntity\n8\n用地红线\n100\nAcDbPolyline\n90\n{}\n70\n1\n",
        corners.len()
    );
    for (p, bulge) in corners.iter().zip(bulges) {
        let _ = write!(text, "10\n{:.3}\n20\n{:.3}\n42\n{bulge}\n", p.x, p.y);
    }
    text.push_str("0\nENDSEC\n0\nEOF\n");
    text
}

/// A GeoJSON line in degrees.
pub(crate) fn geojson_line(name: &str, purpose: &str, points: &[(f64, f64)]) -> String {
    let places: Vec<String> = points.iter().map(|(lon, lat)| format!("[{lon:.9},{lat:.9}]")).collect();
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"properties\":{{\"地块编号\":\"XL01\",\"地块名称\":\"{name}\",\"地块用途\":\"{purpose}\"}},\"geometry\":{{\"type\":\"LineString\",\"coordinates\":[{}]}}}}]}}\n",
        places.join(",")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_is_the_one_every_zip_program_computes() {
        // the check value of CRC-32/ISO-HDLC
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }
}
