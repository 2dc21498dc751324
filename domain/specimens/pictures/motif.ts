import type { Theme } from "../countries/country";

const round = (value: number) => value.toFixed(1);

function waves(width: number, height: number) {
  let d = "";
  for (let row = 0; row < 17; row++) {
    const y = (row * height) / 15 - 20;
    d += `M0 ${round(y)}`;
    for (let x = 0; x < width; x += width / 6) {
      const swing = 18 + 10 * Math.sin(row / 2 + x / 190);
      d += `q${round(width / 24)} ${round(-swing)} ${round(width / 12)} 0t${round(width / 12)} 0`;
    }
  }
  return d;
}

function rings(width: number, height: number) {
  let d = "";
  for (const [cx, cy] of [
    [width * 0.82, height * 0.3],
    [width * 0.18, height * 0.86],
  ] as const) {
    for (let r = 18; r < width * 0.62; r += 17)
      d += `M${round(cx - r)} ${round(cy)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
  }
  return d;
}

function hexagons(width: number, height: number) {
  const s = 34;
  let d = "";
  for (let row = -1; row * s * 1.5 < height + s; row++) {
    for (let column = -1; column * s * 1.732 < width + s; column++) {
      const x = column * s * 1.732 + (row % 2 ? s * 0.866 : 0);
      d += `M${round(x)} ${round(row * s * 1.5 - s)}l${round(s * 0.866)} ${s / 2}v${s}l${round(-s * 0.866)} ${s / 2}l${round(-s * 0.866)} ${-s / 2}v${-s}z`;
    }
  }
  return d;
}

function rays(width: number, height: number) {
  let d = "";
  for (let index = 0; index < 44; index++) {
    const angle = (index / 43) * Math.PI;
    d += `M${round(width * 0.62)} ${round(height * 1.04)}L${round(width * 0.62 + Math.cos(angle) * width)} ${round(height * 1.04 - Math.sin(angle) * width)}`;
  }
  for (let r = 60; r < width; r += 60)
    d += `M${round(width * 0.62 - r)} ${round(height * 1.04)}a${r} ${r} 0 0 1 ${2 * r} 0`;
  return d;
}

function weave(width: number, height: number) {
  let d = "";
  for (let index = -8; index < 26; index++) {
    const x = (index * width) / 18;
    d += `M${round(x)} 0Q${round(x + width * 0.22)} ${round(height / 2)} ${round(x)} ${height}M${round(x + width * 0.1)} 0Q${round(x - width * 0.12)} ${round(height / 2)} ${round(x + width * 0.1)} ${height}`;
  }
  return d;
}

const drawn = { waves, rings, hexagons, rays, weave };

/** The fine lines of the paper, as one path. */
export function motif(theme: Theme, width: number, height: number, opacity: number) {
  return `<path d="${drawn[theme.motif](width, height)}" fill="none" stroke="${theme.primary}" stroke-width="1.3" stroke-opacity="${opacity}"/>`;
}

/** An invented mark; no country's arms look like it. */
export function emblem(theme: Theme, cx: number, cy: number, r: number, strength = 0.85) {
  const petals = { waves: 5, rings: 8, hexagons: 6, rays: 12, weave: 4 }[theme.motif];
  let marks = "";
  for (let index = 0; index < petals; index++)
    marks += `<ellipse cx="${cx}" cy="${round(cy - r * 0.46)}" rx="${round((r * 1.5) / petals + r * 0.04)}" ry="${round(r * 0.4)}" fill="${index % 2 ? theme.accent : theme.primary}" fill-opacity="${strength}" transform="rotate(${round((360 / petals) * index)} ${cx} ${cy})"/>`;
  return `<circle cx="${cx}" cy="${cy}" r="${r}" fill="#ffffff" fill-opacity="0.75"/><circle cx="${cx}" cy="${cy}" r="${r}" fill="none" stroke="${theme.primary}" stroke-width="2.5"/>${marks}<circle cx="${cx}" cy="${cy}" r="${round(r * 0.18)}" fill="#fff"/>`;
}
