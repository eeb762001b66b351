//! An overview as bytes: `RLOV`, version, finest zoom, the layer's content hash, keys, then the
//! finest level compressed (zlib, whose checksum tells a damaged file).

use crate::overview::grid::{Level, Overview, SIDE};
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use std::io::{Read, Write};

/// Changes with anything that makes kept overviews look otherwise, classes of land use included.
const HEAD: &[u8] = b"RLOV\x01";

/// Encodes an overview of the layer with this content hash.
pub(crate) fn encode(overview: &Overview, sha256: &str) -> Vec<u8> {
    let mut out = HEAD.to_vec();
    out.push(overview.zoom);
    words(&mut out, sha256);
    out.extend_from_slice(&(overview.keys.len() as u32).to_le_bytes());
    overview.keys.iter().for_each(|key| words(&mut out, key));
    let level = overview.levels.first();
    let tiles = level.map_or(0, |l| l.len()) as u32;
    let mut packed = ZlibEncoder::new(out, Compression::default());
    let mut put = |bytes: &[u8]| packed.write_all(bytes);
    let written = put(&tiles.to_le_bytes()).and_then(|()| {
        level.into_iter().flatten().try_for_each(|((x, y), cells)| {
            put(&x.to_le_bytes())?;
            put(&y.to_le_bytes())?;
            put(cells)
        })
    });
    // writing into memory cannot fail; if it did, an empty overview is one that is made again
    written.and_then(|()| packed.finish()).unwrap_or_default()
}

fn words(out: &mut Vec<u8>, words: &str) {
    out.extend_from_slice(&(words.len() as u32).to_le_bytes());
    out.extend_from_slice(words.as_bytes());
}

/// Decodes an overview; `None` where it is damaged, of another version, or of another layer than that
/// with this content hash.
pub(crate) fn decode(bytes: &[u8], sha256: &str) -> Option<Overview> {
    let rest = &mut bytes.strip_prefix(HEAD)?;
    let [zoom] = take(rest)?;
    if read_words(rest)? != sha256 || zoom > 20 {
        return None;
    }
    let count = u32::from_le_bytes(take(rest)?);
    let keys: Vec<String> = (0..count).map(|_| read_words(rest)).collect::<Option<_>>()?;
    let mut packed = ZlibDecoder::new(*rest);
    let mut number = [0; 4];
    let mut next = |packed: &mut ZlibDecoder<&[u8]>| {
        packed.read_exact(&mut number).ok()?;
        Some(u32::from_le_bytes(number))
    };
    let mut level = Level::new();
    for _ in 0..next(&mut packed)? {
        let place = (next(&mut packed)?, next(&mut packed)?);
        let mut cells = vec![0; SIDE * SIDE].into_boxed_slice();
        packed.read_exact(&mut cells).ok()?;
        if cells.iter().any(|c| usize::from(*c) > keys.len()) {
            return None;
        }
        level.insert(place, cells);
    }
    // reading to the end compares the checksum
    (packed.read(&mut [0]).ok()? == 0).then(|| Overview::from_finest(zoom, keys, level))
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*taken)
}

fn read_words(rest: &mut &[u8]) -> Option<String> {
    let length = u32::from_le_bytes(take(rest)?) as usize;
    let (words, after) = rest.split_at_checked(length)?;
    *rest = after;
    String::from_utf8(words.to_vec()).ok()
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
        assert_eq!(decode(&bytes, "abc"), Some(some()));
        assert_eq!(decode(&bytes, "abd"), None, "it is of another layer");
    }

    proptest! {
        #[test]
        fn a_damaged_one_is_refused(at in 0_usize..2000, with in 1_u8..) {
            let mut bytes = encode(&some(), "abc");
            let at = at % bytes.len();
            bytes[at] ^= with;
            // a key's letters are not in the checksum
            if let Some(read) = decode(&bytes, "abc") {
                prop_assert_eq!(read.levels, some().levels);
            }
            bytes.truncate(at);
            prop_assert_eq!(decode(&bytes, "abc"), None);
        }
    }
}
