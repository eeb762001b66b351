//! From an edit to what it would change.

use crate::Point;
use crate::coverage::Coverage;
use crate::edit::{Change, Edit};
use crate::refusal::{Refusal, Result};
use redline_wording::text;

impl Coverage {
    /// What an edit would do, without doing it. The plan holds for the coverage as it is now.
    ///
    /// ```
    /// use redline_coverage::{Coverage, Edit};
    /// use redline_geometry::{Ellipsoid, GaussKruger, Grid, Shape};
    /// use redline_zoning::{Zone, ZoneFacts};
    /// use geo_types::wkt;
    /// let zone = |id: &str, polygon| Zone {
    ///     facts: ZoneFacts { id: id.to_owned(), ..ZoneFacts::default() },
    ///     shape: Shape::new(vec![polygon]),
    /// };
    /// let west = zone("west", wkt!{ POLYGON((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.)) });
    /// let east = zone("east", wkt!{ POLYGON((10. 0.,20. 0.,20. 10.,10. 10.,10. 0.)) });
    /// let plane = GaussKruger::new(Ellipsoid::CGCS2000, 114.0, 500_000.0);
    /// let mut coverage = Coverage::new([west, east], Grid::around(0.0, 0.0), plane);
    /// let moved = coverage.plan(&Edit::MoveVertex { from: [10.0, 0.0], to: [12.0, 0.0] }).unwrap();
    /// assert_eq!(moved.zones.len(), 2);
    /// assert!((moved.transfers[0].area.planar_m2 - 10.0).abs() < 1e-6);
    /// coverage.apply(&moved).unwrap();
    /// coverage.apply(&moved.reversed()).unwrap();
    /// ```
    ///
    /// # Errors
    /// A [`crate::Refusal`] that says why the edit would break the coverage, and where.
    pub fn plan(&self, edit: &Edit) -> Result<Change> {
        self.within_reach(edit)?;
        let point = |[x, y]: [f64; 2]| Point { x, y };
        let points = |line: &[[f64; 2]]| -> Vec<Point> { line.iter().map(|p| point(*p)).collect() };
        match edit {
            Edit::MoveVertex { from, to } => self.move_vertex(point(*from), self.place(point(*to))),
            Edit::InsertVertex { edge, at } => {
                self.insert_vertex(point(edge[0]), point(edge[1]), self.place(point(*at)))
            }
            Edit::DeleteVertex { at } => self.delete_vertex(point(*at)),
            Edit::Reshape { zone, line } => self.reshape(zone, &points(line)),
            Edit::Split { zone, line } => self.split(zone, &points(line)),
            Edit::Merge { zones, keep } => self.merge(zones, keep),
            Edit::Carve { ring, from, to } => self.carve(&points(ring), from, to),
            Edit::Remove { zone } => self.remove(zone),
            Edit::SetFacts { zone, facts } => self.set_facts(zone, facts),
            Edit::Rebuild { zone } => self.rebuild(zone),
            Edit::Simplify { zones, tolerance_m } => self.simplify(zones, *tolerance_m),
            Edit::Smooth { zones } => self.smooth(zones),
        }
    }

    /// Refuses places that are no numbers or lie farther than the grid reaches: rounding would make other
    /// places of them without a word.
    fn within_reach(&self, edit: &Edit) -> Result<()> {
        let places: Vec<[f64; 2]> = match edit {
            Edit::MoveVertex { from, to } => vec![*from, *to],
            Edit::InsertVertex { edge, at } => vec![edge[0], edge[1], *at],
            Edit::DeleteVertex { at } => vec![*at],
            Edit::Reshape { line, .. } | Edit::Split { line, .. } => line.clone(),
            Edit::Carve { ring, .. } => ring.clone(),
            _ => Vec::new(),
        };
        let reached = |[x, y]: &[f64; 2]| self.grid().reaches(Point { x: *x, y: *y });
        match places.iter().find(|p| !reached(p)) {
            None => Ok(()),
            Some([x, y]) => Err(Refusal::of(
                "place-out-of-reach",
                text!(
                    "坐标（北 {y}，东 {x}）不是有效数字或远在工作空间之外；没有执行。请检查坐标。"
                        | "The place N {y}, E {x} is no number or lies far outside the workspace; nothing was changed. Check the coordinates."
                ),
            )),
        }
    }

    /// A place as a vertex: that of a vertex that is there, to the bit, else on the grid.
    fn place(&self, at: Point) -> Point {
        if self.passages(at).is_empty() { self.grid().nearest(at) } else { at }
    }
}
