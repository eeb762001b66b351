// A Shapefile comes as several files: the .shp speaks for them.

const PARTS = /\.(shx|dbf|prj|cpg|sbn|sbx|qix|qpj|shp\.xml)$/i;

/** The files among `names` that are opened; parts that travel with a .shp are not. */
export function mains(names: string[]): string[] {
  const stems = new Set(names.filter((name) => /\.shp$/i.test(name)).map((name) => name.slice(0, -4).toLowerCase()));
  return names.filter((name) => {
    const part = PARTS.exec(name);
    return part === null || !stems.has(name.slice(0, part.index).toLowerCase());
  });
}
