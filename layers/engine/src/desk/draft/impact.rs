//! What the draft does to the reviews kept in the workspace.

use super::super::Desk;
use super::super::opening::City;
use super::super::wire::*;
use super::{drafting, shown};
use crate::EngineError;
use crate::commands::diff::DiffZone;
use crate::impact::{self, ImpactPlot};
use crate::progress::Progress;
use crate::states;
use redline_geometry::Shape;
use redline_wording::Text;
use redline_workspace::{LayerInfo, Workspace};
use redline_zoning::ZoneFacts;

/// Judges the reviews kept again, on the draft. Editing may go on meanwhile: the draft is read once, as
/// it stands on the disk.
pub(in super::super) fn impact(desk: &Desk, _: Nothing, progress: &dyn Progress) -> Result<DraftImpact, EngineError> {
    let (city, id) = {
        let mut drafting = drafting(desk);
        let editing = drafting.editing()?;
        (editing.city.clone(), editing.id)
    };
    let workspace = Workspace::open(city.path())?;
    let (from, to) = (states::base_of(&workspace, id)?, states::of_draft(&workspace, id)?);
    let found = impact::between(&workspace, &from, &to, progress)?;
    let view = |plots: Vec<ImpactPlot>| plots.into_iter().map(|plot| flip(&city, &to.layer, plot)).collect();
    Ok(DraftImpact {
        reviews: found.reviews,
        away: found.away,
        judged_again: found.judged_again,
        not_judged: found.not_judged,
        flipped: view(found.flipped),
        moved: view(found.moved),
        troubles: found
            .notes
            .into_iter()
            .map(|n| Text::new(format!("{}：{}", n.title, n.message), format!("{}: {}", n.title, n.message_en)))
            .collect(),
    })
}

fn flip(city: &City, layer: &LayerInfo, plot: ImpactPlot) -> Flip {
    let name = |zone: &DiffZone| {
        let facts = ZoneFacts {
            id: zone.id.clone(),
            name: zone.name.clone(),
            class: zone.class.clone(),
            tier: zone.tier.clone(),
            ..ZoneFacts::default()
        };
        shown::zone(layer, &facts)
    };
    let moved = plot.pieces.iter().map(|piece| Moved {
        from: piece.from.as_ref().map(name),
        to: piece.to.as_ref().map(name),
        area: piece.area,
        geometry: shown::geometry(city, &Shape::from(&piece.geometry)),
    });
    let why = plot.finding.as_ref().map(|f| {
        let head = if f.clause.is_empty() { String::new() } else { format!("{} ", f.clause) };
        Text::new(format!("{head}{}", f.reason), format!("{head}{}", f.reason_en))
    });
    Flip {
        moved: moved.collect(),
        why,
        review: plot.review,
        date: plot.date,
        file: plot.file,
        plot: if plot.name.is_empty() { plot.plot } else { plot.name },
        recorded: plot.recorded,
        before: plot.before,
        after: plot.after,
        covered_before_m2: plot.covered_before_m2,
        covered_after_m2: plot.covered_after_m2,
    }
}
