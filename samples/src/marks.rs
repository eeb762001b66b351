//! What every cell belongs to, packed so that a million parcels fit in memory.

/// A cell's memberships: district, red-line zone, tier, growth-boundary class. Zero is outside the city.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mark(u32);

impl Mark {
    pub fn in_city(self) -> bool {
        self.0 != 0
    }

    /// District, from 1; 0 outside the city.
    pub fn district(self) -> u32 {
        self.0 & 0xF
    }

    /// Tier, 1 or 2; 0 outside the control line.
    pub fn tier(self) -> u32 {
        (self.0 >> 4) & 3
    }

    /// Growth-boundary class, 1 to 3; 0 outside.
    pub fn growth(self) -> u32 {
        (self.0 >> 6) & 3
    }

    /// Red-line zone, from 1; 0 outside the red line.
    pub fn red_zone(self) -> u32 {
        self.0 >> 8
    }

    pub fn in_red_line(self) -> bool {
        self.red_zone() != 0
    }

    pub fn set_district(&mut self, district: u32) {
        self.0 = (self.0 & !0xF) | district;
    }

    pub fn set_tier(&mut self, tier: u32) {
        self.0 = (self.0 & !0x30) | tier << 4;
    }

    pub fn set_growth(&mut self, class: u32) {
        self.0 = (self.0 & !0xC0) | class << 6;
    }

    pub fn set_red_zone(&mut self, zone: u32) {
        self.0 = (self.0 & 0xFF) | zone << 8;
    }

    /// Whether a boundary of some zone runs between two cells.
    pub fn differs(self, other: Mark) -> bool {
        self.0 != other.0
    }
}
