//! What maplibre draws on: a style of one flat colour a layer, and the pixels of each tile read back.

use crate::wire::{Request, layer_name};
use csscolorparser::Color;
use maplibre::context::MapContext;
use maplibre::headless::environment::HeadlessEnvironment;
use maplibre::headless::map::HeadlessMap;
use maplibre::headless::{HeadlessPlugin, create_headless_renderer};
use maplibre::kernel::Kernel;
use maplibre::plugin::Plugin;
use maplibre::render::graph::RenderGraph;
use maplibre::render::resource::Head;
use maplibre::render::{RenderPlugin, RenderStageLabel};
use maplibre::schedule::Schedule;
use maplibre::style::Style;
use maplibre::style::layer::{FillPaint, LayerPaint, StyleLayer};
use maplibre::tcs::system::{System, SystemContainer};
use maplibre::tcs::world::World;
use maplibre::tile;
use maplibre::vector::{DefaultVectorTransferables, LayerTessellated, VectorPlugin};
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

/// The most layers: a layer's number is its depth, and what is deeper than the camera stands away
/// (179 units) is not drawn.
const MOST_LAYERS: usize = 150;

type Transferables = DefaultVectorTransferables;
type Layer = <Transferables as maplibre::vector::VectorTransferables>::LayerTessellated;

/// Name of the adapter that maplibre will find, asked for as it does; `None` where there is none.
pub(crate) fn adapter() -> Option<String> {
    let backends = wgpu::util::backend_bits_from_env().unwrap_or_else(wgpu::Backends::all);
    let options = wgpu::RequestAdapterOptions {
        power_preference: wgpu::PowerPreference::HighPerformance,
        force_fallback_adapter: false,
        compatible_surface: None,
    };
    let instance = wgpu::Instance::new(backends);
    let runtime = tokio::runtime::Builder::new_current_thread().build().ok()?;
    let info = runtime.block_on(instance.request_adapter(&options))?.get_info();
    Some(info.name)
}

/// Draws the tiles of a request; hands over the pixels of each in their order, four bytes each.
pub(crate) async fn draw(request: &Request, mut each: impl FnMut(&[u8]) -> Result<(), String>) -> Result<(), String> {
    let names: Vec<String> = (0..request.colours.len()).map(layer_name).collect();
    if names.len() > MOST_LAYERS {
        return Err(format!("{} layers, {MOST_LAYERS} at most", names.len()));
    }
    let (kernel, renderer) = create_headless_renderer(request.side, None).await;
    let pixels = Rc::new(RefCell::new(Vec::new()));
    let plugins: Vec<Box<dyn Plugin<HeadlessEnvironment>>> = vec![
        Box::new(RenderPlugin),
        Box::new(VectorPlugin::<Transferables>::default()),
        // adds the copy into a buffer that can be read
        Box::new(HeadlessPlugin::new(false)),
        Box::new(ReadBack { side: request.side as usize, into: Rc::clone(&pixels) }),
    ];
    let mut map =
        HeadlessMap::new(style(&request.colours, &names), renderer, kernel, plugins).map_err(|e| format!("{e:?}"))?;
    let wanted: Vec<&str> = names.iter().map(String::as_str).collect();
    for (number, bytes) in request.tiles.iter().enumerate() {
        let layers = map.process_tile(bytes.clone().into_boxed_slice(), &wanted).await;
        // a layer that cannot be taken apart is said only to a log
        let held = layers_in(bytes);
        if layers.len() != held {
            return Err(format!("tile {number}: {} of {held} layers could be filled", layers.len()));
        }
        map.render_tile(layers.into_iter().map(coloured_throughout).collect());
        let tile = pixels.take();
        if tile.is_empty() {
            return Err(format!("tile {number} was not drawn"));
        }
        each(&tile)?;
    }
    Ok(())
}

fn style(colours: &[[u8; 3]], names: &[String]) -> Style {
    let layer = |(index, (colour, name)): (usize, (&[u8; 3], &String))| StyleLayer {
        // layer 0 lies in the plane of the cleared depth and is never drawn
        index: index as u32 + 1,
        id: name.clone(),
        paint: Some(LayerPaint::Fill(FillPaint {
            fill_color: Some(Color::from_rgba8(colour[0], colour[1], colour[2], 255)),
        })),
        source_layer: Some(name.clone()),
        ..StyleLayer::default()
    };
    Style { layers: colours.iter().zip(names).enumerate().map(layer).collect(), ..Style::default() }
}

/// The layer with a colour for every vertex. As it comes it has one for every index instead, which are
/// fewer where vertices are left over; the last vertices would then have the next layer's colour.
fn coloured_throughout(layer: Box<Layer>) -> Box<Layer> {
    let layer = layer.to_layer();
    let vertices = layer.buffer.buffer.vertices.len().max(layer.buffer.buffer.indices.len());
    let named = tile::Layer { name: layer.source_layer, ..tile::Layer::default() };
    Box::new(Layer::build_from(layer.coords, layer.buffer, vec![vertices as u32], named))
}

/// Layers of an encoded tile: its fields of number 3, which are all it has.
fn layers_in(mut bytes: &[u8]) -> usize {
    let mut layers = 0;
    while let Some((&tag, rest)) = bytes.split_first() {
        layers += usize::from(tag == 0x1a);
        let (mut length, mut shift, mut read) = (0_usize, 0, 0);
        for byte in rest.iter().take(5) {
            length |= usize::from(byte & 0x7f) << shift;
            (shift, read) = (shift + 7, read + 1);
            if byte & 0x80 == 0 {
                break;
            }
        }
        bytes = rest.get(read + length..).unwrap_or_default();
    }
    layers
}

/// Hands over the pixels of each frame.
struct ReadBack {
    side: usize,
    into: Rc<RefCell<Vec<u8>>>,
}

impl Plugin<HeadlessEnvironment> for ReadBack {
    fn build(
        &self,
        schedule: &mut Schedule,
        _kernel: Rc<Kernel<HeadlessEnvironment>>,
        _world: &mut World,
        _graph: &mut RenderGraph,
    ) {
        let system = ReadBack { side: self.side, into: Rc::clone(&self.into) };
        schedule.add_system_to_stage(RenderStageLabel::Cleanup, SystemContainer::new(system));
    }
}

impl System for ReadBack {
    fn name(&self) -> Cow<'static, str> {
        "read_back".into()
    }

    fn run(&mut self, context: &mut MapContext) {
        let renderer = &context.renderer;
        let Head::Headless(frame) = renderer.state().surface().head() else { return };
        let slice = frame.map_async(&renderer.device);
        let padded = slice.get_mapped_range();
        let row = frame.bytes_per_row().get() as usize;
        *self.into.borrow_mut() =
            padded.chunks(row).take(self.side).flat_map(|line| &line[..self.side * 4]).copied().collect();
        drop(padded);
        frame.unmap();
    }
}
