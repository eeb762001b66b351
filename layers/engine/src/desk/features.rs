//! A review's pieces for the map, as GeoJSON in degrees.

use super::opening::City;
use crate::EngineError;
use crate::review::Review;
use serde_json::Value;

/// The features of [`crate::output::geojson`], as a value.
pub(super) fn of(_city: &City, review: &Review) -> Result<Value, EngineError> {
    let words = crate::output::geojson(review)?;
    // what was just written as JSON is JSON
    Ok(serde_json::from_str(&words).unwrap_or(Value::Null))
}
