//! What passes between this crate and the program: bytes of their own, since both sides are built from
//! this one file and a tile is either whole or worth nothing.
//!
//! Numbers are 32 bits, least byte first. The request: [`REQUEST`], pixels of a tile's side, count of
//! colours and three bytes for each, count of tiles and for each its length and its Mapbox Vector Tile.
//! Layer `n` of a tile, counted from 1 and called by that number, has the `n`th colour and covers those
//! before it. The answer: [`ANSWER`], length and UTF-8 of the adapter's name, then the tiles in their
//! order, four bytes a pixel (red, green, blue, alpha), row by row from above.

use std::io::{Error, ErrorKind, Read, Result, Write};

/// First bytes of a request.
pub const REQUEST: [u8; 8] = *b"RLTILES1";
/// First bytes of an answer.
pub const ANSWER: [u8; 8] = *b"RLPIXEL1";
/// Exit code of the program where no adapter is found.
pub const NO_ADAPTER: u8 = 3;

/// The most pixels along a tile's side.
const MOST_SIDE: u32 = 4096;
/// The most bytes of a tile or of an adapter's name: what is longer was not written by either side.
const MOST_BYTES: u32 = 1 << 30;

/// Tiles to be drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Pixels along a tile's side.
    pub side: u32,
    /// Red, green and blue of each layer, undermost first.
    pub colours: Vec<[u8; 3]>,
    /// Mapbox Vector Tiles, 4096 units to the side.
    pub tiles: Vec<Vec<u8>>,
}

/// Name of the layer of the colour at `index`, counted from 0.
pub fn layer_name(index: usize) -> String {
    (index + 1).to_string()
}

/// Writes a request.
///
/// # Errors
/// Whatever the pipe says.
pub fn write_request(out: &mut impl Write, request: &Request) -> Result<()> {
    out.write_all(&REQUEST)?;
    out.write_all(&request.side.to_le_bytes())?;
    count(out, request.colours.len())?;
    for colour in &request.colours {
        out.write_all(colour)?;
    }
    count(out, request.tiles.len())?;
    for tile in &request.tiles {
        bytes(out, tile)?;
    }
    out.flush()
}

/// Reads a request.
///
/// # Errors
/// `InvalidData` where it is none, `UnexpectedEof` where it ends too early.
pub fn read_request(from: &mut impl Read) -> Result<Request> {
    begin(from, REQUEST)?;
    let side = number(from)?;
    if side == 0 || side > MOST_SIDE {
        return Err(Error::new(ErrorKind::InvalidData, format!("a tile of {side} pixels")));
    }
    let colours = (0..number(from)?).map(|_| fixed::<3>(from)).collect::<Result<_>>()?;
    let tiles = (0..number(from)?).map(|_| run(from)).collect::<Result<_>>()?;
    Ok(Request { side, colours, tiles })
}

/// Begins an answer: what draws, as its driver calls it. The pixels of each tile follow as they are.
///
/// # Errors
/// Whatever the pipe says.
pub fn begin_answer(out: &mut impl Write, adapter: &str) -> Result<()> {
    out.write_all(&ANSWER)?;
    bytes(out, adapter.as_bytes())
}

/// Reads the answer to `tiles` tiles of `side` pixels; hands over number and pixels of each as it comes.
/// The adapter's name.
///
/// # Errors
/// `InvalidData` where it is none, `UnexpectedEof` where it ends too early.
pub fn read_answer(
    from: &mut impl Read,
    side: u32,
    tiles: usize,
    each: &mut dyn FnMut(usize, &[u8]),
) -> Result<String> {
    begin(from, ANSWER)?;
    let adapter = String::from_utf8_lossy(&run(from)?).into_owned();
    let mut pixels = vec![0; side as usize * side as usize * 4];
    for number in 0..tiles {
        from.read_exact(&mut pixels)?;
        each(number, &pixels);
    }
    Ok(adapter)
}

fn begin(from: &mut impl Read, wanted: [u8; 8]) -> Result<()> {
    let found = fixed::<8>(from)?;
    if found == wanted {
        return Ok(());
    }
    Err(Error::new(ErrorKind::InvalidData, format!("it begins with {}", String::from_utf8_lossy(&found))))
}

fn fixed<const N: usize>(from: &mut impl Read) -> Result<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn number(from: &mut impl Read) -> Result<u32> {
    Ok(u32::from_le_bytes(fixed(from)?))
}

/// As many bytes as the number before them says.
fn run(from: &mut impl Read) -> Result<Vec<u8>> {
    let length = number(from)?;
    if length > MOST_BYTES {
        return Err(Error::new(ErrorKind::InvalidData, format!("a piece of {length} bytes")));
    }
    exactly(from, u64::from(length))
}

/// So many bytes; memory is taken as they come, not as they are promised.
fn exactly(from: &mut impl Read, length: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

fn count(out: &mut impl Write, length: usize) -> Result<()> {
    let length = u32::try_from(length).map_err(|e| Error::new(ErrorKind::InvalidInput, e))?;
    out.write_all(&length.to_le_bytes())
}

fn bytes(out: &mut impl Write, bytes: &[u8]) -> Result<()> {
    count(out, bytes.len())?;
    out.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_and_answered_arrives_as_it_was() {
        let request = Request { side: 2, colours: vec![[1, 2, 3], [255, 0, 9]], tiles: vec![vec![7; 300], Vec::new()] };
        let mut pipe = Vec::new();
        write_request(&mut pipe, &request).unwrap();
        assert_eq!(read_request(&mut pipe.as_slice()).unwrap(), request);

        let mut pipe = Vec::new();
        begin_answer(&mut pipe, "一号").unwrap();
        pipe.extend([[5; 16], [6; 16]].concat());
        let mut tiles = Vec::new();
        let adapter = read_answer(&mut pipe.as_slice(), 2, 2, &mut |n, pixels| tiles.push((n, pixels.to_vec())));
        assert_eq!((adapter.unwrap().as_str(), tiles), ("一号", vec![(0, vec![5; 16]), (1, vec![6; 16])]));
    }

    #[test]
    fn half_an_answer_and_another_programs_words_are_refused() {
        let mut pipe = Vec::new();
        begin_answer(&mut pipe, "一号").unwrap();
        pipe.extend([5; 16]);
        let read = |mut pipe: &[u8]| read_answer(&mut pipe, 2, 1, &mut |_, _| {}).map_err(|e| e.kind());
        for cut in 0..pipe.len() {
            assert_eq!(read(&pipe[..cut]), Err(ErrorKind::UnexpectedEof), "{cut}");
        }
        assert_eq!(read(&pipe).as_deref(), Ok("一号"));
        assert_eq!(read(b"hello, world, hello"), Err(ErrorKind::InvalidData));
        let endless = [&ANSWER[..], &u32::MAX.to_le_bytes()].concat();
        assert_eq!(read(&endless), Err(ErrorKind::InvalidData));
    }
}
