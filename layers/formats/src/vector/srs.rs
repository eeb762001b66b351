//! From the CRS a dataset carries to one this product knows.

use crate::Crs;
use crate::raw::CrsHint;
use gdal::spatial_ref::SpatialRef;
use redline_wording::Text;

/// What `srs` says, as a hint; `by` names where it stands. `None` for the empty local CRS that
/// programs write where they know none.
pub(crate) fn hint(srs: &SpatialRef, by: Text) -> Option<CrsHint> {
    if srs.is_local() || (!srs.is_geographic() && !srs.is_projected()) {
        return None;
    }
    // Judged by its numbers; an exporter's name for it, or a code that came with it, may be wrong.
    let known = srs.to_wkt().ok().and_then(|wkt| Crs::from_wkt(&wkt).ok());
    Some(match known {
        Some(crs) => CrsHint::Declared { crs, by },
        None => CrsHint::Unsupported { name: srs.name().filter(|n| !n.is_empty()).unwrap_or_else(|| "?".into()), by },
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_known_code_comes_back_from_gdals_own_definition_and_from_the_esri_dialect() {
        for epsg in [4490, 4610, 4214, 4326, 4526, 4547, 4497, 2362, 2383, 2414, 2435, 21419, 4513, 4554] {
            let srs = SpatialRef::from_epsg(epsg).unwrap();
            let esri = srs.clone();
            esri.morph_to_esri().unwrap();
            let from_prj = SpatialRef::from_esri(&esri.to_wkt().unwrap()).unwrap();
            for srs in [srs, from_prj] {
                let Some(CrsHint::Declared { crs, .. }) = hint(&srs, Text::same(".prj")) else {
                    panic!("EPSG:{epsg} {}", srs.to_wkt().unwrap())
                };
                assert_eq!(crs.epsg, epsg);
            }
        }
    }

    #[test]
    fn another_countrys_plane_is_named_as_unsupported_and_an_empty_one_says_nothing() {
        let utm = hint(&SpatialRef::from_epsg(32649).unwrap(), Text::same(".prj"));
        assert!(matches!(utm, Some(CrsHint::Unsupported { .. })), "{utm:?}");
        let local = SpatialRef::from_wkt(r#"LOCAL_CS["unnamed",UNIT["Meter",1.0]]"#).unwrap();
        assert_eq!(hint(&local, Text::same(".prj")), None);
    }
}
