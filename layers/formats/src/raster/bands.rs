//! Which bands of a raster are which colour, and how their values become 0–255.

use gdal::Dataset;
use gdal::errors::Result;
use gdal::raster::{ColorInterpretation, GdalDataType, ResampleAlg};

/// How colours are read.
#[derive(Clone, Debug)]
pub(super) struct Bands {
    colours: Colours,
    /// Some pixels are empty or half transparent.
    masked: bool,
    /// Per colour band the values that become black and white; empty for 8-bit images.
    pub stretch: Vec<(f64, f64)>,
}

#[derive(Clone, Debug)]
enum Colours {
    Palette(Vec<[u8; 4]>),
    Grey(usize),
    Rgb([usize; 3]),
}

/// A window of a raster: where it begins, how large it is, and to how many pixels it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub at: (isize, isize),
    pub of: (usize, usize),
    pub to: (usize, usize),
}

impl Bands {
    /// What the bands of a dataset are.
    pub fn of(dataset: &Dataset) -> Result<Bands> {
        let count = dataset.raster_count();
        let first = dataset.rasterband(1)?;
        let meaning: Vec<_> =
            (1..=count).map(|b| dataset.rasterband(b).map(|b| b.color_interpretation())).collect::<Result<_>>()?;
        let find = |what: ColorInterpretation| meaning.iter().position(|m| *m == what).map(|i| i + 1);
        let named = [ColorInterpretation::RedBand, ColorInterpretation::GreenBand, ColorInterpretation::BlueBand];
        let colours = match (first.color_table(), named.map(find)) {
            (Some(table), _) if count <= 2 => Colours::Palette(
                (0..table.entry_count())
                    .map(|i| {
                        let level = |v: i16| v.clamp(0, 255) as u8;
                        table.entry_as_rgb(i).map_or([0; 4], |c| [level(c.r), level(c.g), level(c.b), level(c.a)])
                    })
                    .collect(),
            ),
            (_, [Some(r), Some(g), Some(b)]) => Colours::Rgb([r, g, b]),
            _ if count >= 3 => Colours::Rgb([1, 2, 3]),
            _ => Colours::Grey(1),
        };
        let masked = !first.mask_flags()?.is_all_valid();
        let mut stretch = Vec::new();
        for band in colours.bands() {
            let band = dataset.rasterband(band)?;
            if !matches!(colours, Colours::Palette(_)) && band.band_type() != GdalDataType::UInt8 {
                stretch.push(levels(&band)?);
            }
        }
        Ok(Bands { colours, masked, stretch })
    }

    /// Whether neighbouring values must not be mixed.
    pub fn discrete(&self) -> bool {
        matches!(self.colours, Colours::Palette(_))
    }

    /// Reads a window as RGBA, straight alpha.
    pub fn read(&self, dataset: &Dataset, window: Window) -> Result<Vec<u8>> {
        let smooth = if self.discrete() { ResampleAlg::NearestNeighbour } else { ResampleAlg::Bilinear };
        let Window { at, of, to } = window;
        let mut rgba = vec![255_u8; to.0 * to.1 * 4];
        match &self.colours {
            Colours::Palette(table) => {
                let read = dataset.rasterband(1)?.read_as::<u16>(at, of, to, Some(smooth))?;
                for (pixel, &index) in rgba.chunks_exact_mut(4).zip(read.data()) {
                    pixel.copy_from_slice(table.get(usize::from(index)).unwrap_or(&[0; 4]));
                }
            }
            Colours::Grey(band) => {
                let levels = self.band(dataset, *band, 0, window, smooth)?;
                for (pixel, level) in rgba.chunks_exact_mut(4).zip(levels) {
                    pixel[..3].fill(level);
                }
            }
            Colours::Rgb(bands) => {
                for (i, &band) in bands.iter().enumerate() {
                    let levels = self.band(dataset, band, i, window, smooth)?;
                    for (pixel, level) in rgba.chunks_exact_mut(4).zip(levels) {
                        pixel[i] = level;
                    }
                }
            }
        }
        if self.masked {
            let mask = dataset.rasterband(1)?.open_mask_band()?.read_as::<u8>(at, of, to, Some(smooth))?;
            for (pixel, &alpha) in rgba.chunks_exact_mut(4).zip(mask.data()) {
                pixel[3] = pixel[3].min(alpha);
            }
        }
        Ok(rgba)
    }

    fn band(&self, dataset: &Dataset, band: usize, nth: usize, w: Window, how: ResampleAlg) -> Result<Vec<u8>> {
        let band = dataset.rasterband(band)?;
        let Some(&(low, high)) = self.stretch.get(nth) else {
            return Ok(band.read_as::<u8>(w.at, w.of, w.to, Some(how))?.data().to_vec());
        };
        let values = band.read_as::<f64>(w.at, w.of, w.to, Some(how))?;
        // NaN becomes 0 by the cast; the mask hides it
        Ok(values.data().iter().map(|v| ((v - low) / (high - low) * 255.0).clamp(0.0, 255.0) as u8).collect())
    }
}

impl Colours {
    fn bands(&self) -> Vec<usize> {
        match self {
            Colours::Palette(_) => vec![1],
            Colours::Grey(band) => vec![*band],
            Colours::Rgb(bands) => bands.to_vec(),
        }
    }
}

/// The values that become black and white: two deviations about the mean, within what there is.
fn levels(band: &gdal::raster::RasterBand<'_>) -> Result<(f64, f64)> {
    // a band without a single value has no statistics
    let Ok(Some(s)) = band.get_statistics(true, true) else { return Ok((0.0, 1.0)) };
    let (low, high) = ((s.mean - 2.0 * s.std_dev).max(s.min), (s.mean + 2.0 * s.std_dev).min(s.max));
    Ok(if high > low { (low, high) } else { (low, low + 1.0) })
}
