//! A second rasteriser of a sheet's map: its underlay on the GPU, everything else as always.
//!
//! maplibre-rs draws flat opaque fills of vector tiles through wgpu and nothing else that a sheet needs,
//! and where no adapter is found it panics. So it draws only what it can, the sheet's [`Underlay`], from
//! tiles of the encoder and in the colours of the symbol table that every map here is made from; and it
//! does so in a program of its own (`program/`), which this crate starts, waits for, and can do without:
//! whatever goes wrong there is a [`Fallback`] with a sentence, and the sheet is drawn as always.
//!
//! The feature `maplibre-rs`, off by default, lets [`Rasteriser::beside`] look for that program.
//!
//! [`Underlay`]: redline_sheet::Underlay

mod fallback;
mod picture;
mod rasteriser;
mod tiles;
pub mod wire;

pub use fallback::Fallback;
pub use picture::{SheetPicture, png};
pub use rasteriser::{Painted, Rasteriser};
