//! An overview as bytes: `RLOV`, version, the layer's content hash; then, compressed (zlib, whose
//! checksum tells a damaged file), finest zoom, keys and the finest level.

use crate::overview::grid::{Level, Overview, SIDE};
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use std::io::{Read, Write};

/// Changes with anything that makes kept overviews look otherwise, classes of land use included.
const HEAD: &[u8] = b"RLOV\x02";

/// Encodes an overview of the layer with this content hash.
pub(crate) fn encode(overview: &Overview, sha256: &str) -> Vec<u8> {
    let head = [HEAD, sha256.as_bytes(), b"\n"].concat();
    // writing into memory cannot fail; if it did, an empty overview is one that is made again
    pack(overview, ZlibEncoder::new(head, Compression::default())).unwrap_or_default()
}

fn pack(overview: &Overview, mut packed: ZlibEncoder<Vec<u8>>) -> std::io::Result<Vec<u8>> {
    packed.write_all(&[overview.zoom])?;
    number(&mut packed, overview.keys.len() as u32)?;
    for key in &overview.keys {
        number(&mut packed, key.len() as u32)?;
        packed.write_all(key.as_bytes())?;
    }
    let nothing = Level::new();
    let level = overview.levels.first().unwrap_or(&nothing);
    number(&mut packed, level.len() as u32)?;
    for ((x, y), cells) in level {
        number(&mut packed, *x)?;
        number(&mut packed, *y)?;
        packed.write_all(cells)?;
    }
    packed.finish()
}

fn number(out: &mut impl Write, n: u32) -> std::io::Result<()> {
    out.write_all(&n.to_le_bytes())
}

/// Decodes an overview; `None` where it is damaged, of another version, or of another layer than that
/// with this content hash.
pub(crate) fn decode(bytes: &[u8], sha256: &str) -> Option<Overview> {
    let packed = bytes.strip_prefix(HEAD)?.strip_prefix(sha256.as_bytes())?.strip_prefix(b"\n")?;
    let mut packed = ZlibDecoder::new(packed);
    let [zoom] = take(&mut packed)?;
    // a damaged count meets the end of the data before it can ask for much
    let keys: Vec<String> = (0..read_number(&mut packed)?)
        .map(|_| {
            let mut words = Vec::new();
            let length = u64::from(read_number(&mut packed)?);
            (packed.by_ref().take(length).read_to_end(&mut words).ok()? as u64 == length).then_some(())?;
            String::from_utf8(words).ok()
        })
        .collect::<Option<_>>()?;
    let mut level = Level::new();
    for _ in 0..read_number(&mut packed)? {
        let place = (read_number(&mut packed)?, read_number(&mut packed)?);
        let mut cells = vec![0; SIDE * SIDE].into_boxed_slice();
        packed.read_exact(&mut cells).ok()?;
        if cells.iter().any(|c| usize::from(*c) > keys.len()) {
            return None;
        }
        level.insert(place, cells);
    }
    // reading to the end compares the checksum
    (zoom <= 20 && packed.read(&mut [0]).ok()? == 0).then(|| Overview::from_finest(zoom, keys, level))
}

fn take<const N: usize>(packed: &mut impl Read) -> Option<[u8; N]> {
    let mut taken = [0; N];
    packed.read_exact(&mut taken).ok()?;
    Some(taken)
}

fn read_number(packed: &mut impl Read) -> Option<u32> {
    take(packed).map(u32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some() -> Overview {
        let cells = (0..SIDE * SIDE).map(|i| (i / 700 % 3) as u8).collect();
        Overview::from_finest(7, vec!["0101".into(), "11".into()], Level::from([((3, 9), cells)]))
    }

    #[test]
    fn an_overview_comes_back_as_it_was() {
        let bytes = encode(&some(), "abc");
        assert!(bytes.len() < 2000, "{}", bytes.len());
        assert!(decode(&bytes, "abc") == Some(some()));
        assert!(decode(&bytes, "abd").is_none(), "it is of another layer");
    }

    proptest! {
        #[test]
        fn a_damaged_one_is_refused(at in 0_usize..2000, with in 1_u8..) {
            let mut bytes = encode(&some(), "abc");
            let at = at % bytes.len();
            bytes[at] ^= with;
            // two bits of zlib's own header say nothing of the content
            prop_assert!(decode(&bytes, "abc").is_none_or(|read| read == some()));
            bytes.truncate(at);
            prop_assert!(decode(&bytes, "abc").is_none());
        }
    }
}
