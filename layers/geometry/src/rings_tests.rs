#![allow(clippy::unwrap_used)]
use super::*;
use geo_types::coord;

fn ring(points: &[(f64, f64)]) -> Vec<Coord<f64>> {
    points.iter().map(|&(x, y)| coord! { x: 38_400_000.0 + x, y: 2_500_000.0 + y }).collect()
}

fn square(x: f64, y: f64, side: f64) -> Vec<Coord<f64>> {
    ring(&[(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)])
}

fn grid() -> Grid {
    Grid::around(38_400_000.0, 2_500_000.0)
}

fn kinds(built: &Built) -> Vec<DefectKind> {
    built.defects.iter().map(|d| d.kind).collect()
}

#[test]
fn ring_four_may_be_a_hole_in_ring_three() {
    let rings = [square(0.0, 0.0, 10.0), square(100.0, 0.0, 10.0), square(200.0, 0.0, 50.0), square(210.0, 10.0, 5.0)];
    let built = build(&rings, &grid());
    assert!(built.defects.is_empty(), "{:?}", built.defects);
    assert_eq!(built.shape.0.len(), 3);
    assert_eq!(built.shape.0[2].interiors().len(), 1);
    assert_eq!(planar_m2(&built.shape), 100.0 + 100.0 + 2500.0 - 25.0);
}

#[test]
fn an_island_in_a_hole_is_ground_again() {
    let built = build(&[square(4.0, 4.0, 2.0), square(0.0, 0.0, 10.0), square(2.0, 2.0, 6.0)], &grid());
    assert_eq!(planar_m2(&built.shape), 100.0 - 36.0 + 4.0);
    assert_eq!(built.shape.0.len(), 2);
    assert_eq!(built.area_changed_m2, 0.0);
}

#[test]
fn an_unclosed_ring_is_closed_and_said() {
    let mut open = square(0.0, 0.0, 10.0);
    open.pop();
    let built = build(&[open], &grid());
    assert_eq!(kinds(&built), [DefectKind::UnclosedRing]);
    assert_eq!((built.defects[0].ring, built.defects[0].point), (Some(1), Some(4)));
    assert_eq!(planar_m2(&built.shape), 100.0);
}

#[test]
fn duplicate_points_and_spikes_go_and_are_named_by_number() {
    let built = build(
        &[ring(&[(0., 0.), (10., 0.), (10., 0.), (10., 5.), (15., 5.), (10., 5.), (10., 10.), (0., 10.), (0., 0.)])],
        &grid(),
    );
    assert_eq!(kinds(&built), [DefectKind::DuplicatePoint, DefectKind::Spike]);
    assert_eq!(built.defects[0].point, Some(3));
    assert_eq!(built.defects[1].point, Some(5));
    assert_eq!(planar_m2(&built.shape), 100.0);
    assert_eq!(built.shape.0[0].exterior().0.len(), 5);
}

#[test]
fn a_spike_at_the_seam_goes_too() {
    let built = build(&[ring(&[(-5., 0.), (10., 0.), (10., 10.), (0., 10.), (0., 0.), (-5., 0.)])], &grid());
    assert_eq!(kinds(&built), [DefectKind::Spike]);
    assert_eq!(built.defects[0].point, Some(1));
    assert_eq!(planar_m2(&built.shape), 100.0);
}

#[test]
fn rings_of_one_or_two_points_are_left_out() {
    let built = build(&[ring(&[(0., 0.)]), ring(&[(0., 0.), (5., 5.), (0., 0.)]), vec![], square(0., 0., 1.)], &grid());
    assert_eq!(kinds(&built), [DefectKind::TooFewPoints; 3]);
    assert_eq!(built.defects.iter().map(|d| d.ring).collect::<Vec<_>>(), [Some(1), Some(2), Some(3)]);
    assert_eq!(planar_m2(&built.shape), 1.0);
}

#[test]
fn a_ring_all_in_one_line_encloses_nothing() {
    let built = build(&[ring(&[(0., 0.), (5., 5.), (9., 9.), (0., 0.)])], &grid());
    assert!(built.shape.0.is_empty());
    assert!(kinds(&built).contains(&DefectKind::TooFewPoints));
}

#[test]
fn nan_and_infinite_points_are_named_and_left_out() {
    let mut points = square(0.0, 0.0, 10.0);
    points.insert(2, Coord { x: f64::NAN, y: 0.0 });
    points.insert(3, Coord { x: 0.0, y: f64::INFINITY });
    let built = build(&[points], &grid());
    assert_eq!(kinds(&built), [DefectKind::NotFinite; 2]);
    assert_eq!(built.defects[0].point, Some(3));
    assert_eq!(planar_m2(&built.shape), 100.0);
}

#[test]
fn the_same_ring_twice_counts_once_whichever_way_it_runs() {
    let mut again = square(0.0, 0.0, 10.0);
    again.reverse();
    again.pop();
    again.rotate_left(2);
    again.push(again[0]);
    let built = build(&[square(0.0, 0.0, 10.0), again], &grid());
    assert_eq!(kinds(&built), [DefectKind::DuplicateRing]);
    assert_eq!(built.defects[0].ring, Some(2));
    assert_eq!(built.defects[0].area_changed_m2, Some(100.0));
    assert_eq!(planar_m2(&built.shape), 100.0);
}

#[test]
fn a_bow_tie_is_two_triangles_and_its_crossing_is_placed() {
    let built = build(&[ring(&[(0., 0.), (10., 10.), (10., 0.), (0., 10.), (0., 0.)])], &grid());
    assert_eq!(kinds(&built), [DefectKind::SelfCrossing]);
    assert_eq!(built.defects[0].at, Some(coord! { x: 38_400_005.0, y: 2_500_005.0 }));
    assert_eq!(planar_m2(&built.shape), 50.0);
    assert_eq!(built.shape.0.len(), 2);
    assert_eq!(built.area_changed_m2, 50.0);
}

#[test]
fn rings_that_cross_are_listed_with_the_area_they_cost() {
    let built = build(&[square(0.0, 0.0, 10.0), square(5.0, 5.0, 10.0)], &grid());
    assert_eq!(kinds(&built), [DefectKind::OverlappingRings; 2]);
    assert_eq!(built.defects[0].ring, Some(2));
    assert_eq!(planar_m2(&built.shape), 150.0);
    assert_eq!(built.area_changed_m2, 50.0);
}

#[test]
fn a_valid_shape_comes_back_bit_for_bit() {
    let source = ring(&[(0.123_456_7, 0.7), (10.1, 0.3), (10.7, 9.9), (3.3, 4.4), (0.123_456_7, 0.7)]);
    let built = build(std::slice::from_ref(&source), &grid());
    assert!(built.defects.is_empty());
    assert_eq!(built.shape.0[0].exterior().0, source);
    let again: Vec<_> = crate::overlay::rings(&built.shape).map(|r| r.0.clone()).collect();
    assert_eq!(build(&again, &grid()).shape, built.shape);
}

#[test]
fn a_hundred_thousand_points_are_checked_without_walking_every_pair() {
    let n = 100_000;
    let star: Vec<Coord<f64>> = (0..=n)
        .map(|i| {
            let angle = std::f64::consts::TAU * (i % n) as f64 / n as f64;
            let r = 20_000.0 + 50.0 * ((i % n) as f64 * 0.37).sin();
            coord! { x: 38_450_000.0 + r * angle.cos(), y: 2_550_000.0 + r * angle.sin() }
        })
        .collect();
    let built = build(&[star], &grid());
    assert!(built.defects.is_empty());
    assert_eq!(built.shape.0.len(), 1);
}

#[test]
fn rings_that_overlap_along_their_edges_are_found_by_their_area() {
    let built = build(&[square(0.0, 0.0, 10.0), square(5.0, 0.0, 10.0)], &grid());
    assert_eq!(kinds(&built), [DefectKind::OverlappingRings]);
    assert_eq!((planar_m2(&built.shape), built.area_changed_m2), (100.0, 100.0));
}

#[test]
fn a_hole_that_touches_its_shell_and_neighbours_that_share_an_edge_are_no_mistake() {
    let hole = ring(&[(0., 5.), (4., 3.), (4., 7.), (0., 5.)]);
    let built = build(&[square(0.0, 0.0, 10.0), hole, square(10.0, 0.0, 10.0)], &grid());
    assert!(built.defects.is_empty(), "{:?}", built.defects);
    assert_eq!((planar_m2(&built.shape), built.area_changed_m2), (192.0, 0.0));
}

#[test]
fn a_ring_that_crosses_itself_in_a_vertex_is_told() {
    let built = build(&[ring(&[(0., 0.), (5., 5.), (10., 10.), (10., 0.), (5., 5.), (0., 10.), (0., 0.)])], &grid());
    assert_eq!(kinds(&built), [DefectKind::SelfCrossing]);
    assert_eq!((planar_m2(&built.shape), built.area_changed_m2), (50.0, 50.0));
}
