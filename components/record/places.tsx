import { geoArea, geoCentroid, geoDistance, geoMercator, geoPath } from "d3-geo";
import type { Feature, FeatureCollection, Geometry, MultiPoint } from "geojson";
import { useLocale, useTranslations } from "next-intl";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import atlas from "world-atlas/countries-110m.json" with { type: "json" };
import { alpha2Of, countryName, formatNumber } from "@/lib/format";
import type { Place, PlaceName } from "./places-of";

const WIDTH = 480;
const HEIGHT = 240;
const EARTH_RADIUS_KM = 6371;
/** Degrees around the outermost points, so that a single town is seen in its country. */
const MARGIN = 7;

type Country = Feature<Geometry, { name: string }>;

// The outlines come with the program: a map from elsewhere would tell its server where customers live.
const topology = atlas as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>;
const countries = (feature(topology, topology.objects.countries) as FeatureCollection<Geometry, { name: string }>)
  .features;

/** Natural Earth shortens some names; these are the ones that differ from Unicode's English. */
const SHORT: Record<string, string> = {
  BA: "Bosnia and Herz.",
  CD: "Dem. Rep. Congo",
  CF: "Central African Rep.",
  CG: "Congo",
  CI: "Côte d'Ivoire",
  DO: "Dominican Rep.",
  EH: "W. Sahara",
  FK: "Falkland Is.",
  GQ: "Eq. Guinea",
  MK: "Macedonia",
  MM: "Myanmar",
  PS: "Palestine",
  SB: "Solomon Is.",
  SS: "S. Sudan",
  SZ: "eSwatini",
  TR: "Turkey",
  TT: "Trinidad and Tobago",
  US: "United States of America",
};

type Spot = Place & { at: [longitude: number, latitude: number]; exact: boolean };

function countryAt(code: string | null): [number, number] | null {
  const alpha2 = code && alpha2Of(code);
  if (!alpha2) return null;
  const name = SHORT[alpha2] ?? countryName(alpha2, "en");
  const found = countries.find((country) => country.properties.name === name);
  return found ? geoCentroid(mainland(found)) : null;
}

/** The largest part of a country: the middle of France is not in the Atlantic. */
function mainland(country: Country): Geometry {
  const { geometry } = country;
  if (geometry.type !== "MultiPolygon") return geometry;
  const parts = geometry.coordinates.map((coordinates) => ({ type: "Polygon" as const, coordinates }));
  return parts.reduce((best, part) => (geoArea(part) > geoArea(best) ? part : best));
}

/** Where it all was, on an outline of that part of the world and in words. */
export function Places({ places }: { places: readonly Place[] }) {
  const t = useTranslations("record.places");
  const locale = useLocale();
  const spots = places.flatMap((place): Spot[] => {
    if (place.point) return [{ ...place, at: [place.point.longitude, place.point.latitude], exact: true }];
    const at = countryAt(place.country);
    return at ? [{ ...place, at, exact: false }] : [];
  });
  const described = (place: Place) => {
    const country = countryName(place.country, locale);
    // An address often ends with its country.
    const parts = place.words?.includes(country) ? [place.words] : [place.words, country];
    return parts.filter(Boolean).join(", ") || t("unknown");
  };
  return (
    <>
      {spots.length > 0 && (
        <Outline
          spots={spots}
          label={t("map", { list: spots.map((spot) => `${t(`names.${spot.name}`)}: ${described(spot)}`).join("; ") })}
        />
      )}
      <ul aria-label={t("list")} className="flex flex-col gap-1.5 text-sm">
        {places.map((place) => (
          <li key={place.name} className="flex items-start gap-2">
            <svg aria-hidden="true" viewBox="-8 -8 16 16" className="mt-1 size-3.5 shrink-0 overflow-visible">
              <Mark name={place.name} />
            </svg>
            <span className="min-w-0 break-words">
              <span className="text-muted">{t(`names.${place.name}`)}: </span>
              {described(place)}
              {!place.point && <span className="text-muted"> ({t("countryOnly")})</span>}
            </span>
          </li>
        ))}
      </ul>
      <Distances places={places} />
    </>
  );
}

function Distances({ places }: { places: readonly Place[] }) {
  const t = useTranslations("record.places");
  const locale = useLocale();
  const pairs = places.flatMap((one, index) => places.slice(index + 1).map((other) => [one, other] as const));
  if (pairs.length === 0) return null;
  return (
    <ul aria-label={t("distances")} className="flex flex-col gap-0.5 border-border border-t pt-2 text-sm">
      {pairs.map(([one, other]) => {
        const names = { one: t(`names.${one.name}`), other: t(`names.${other.name}`) };
        if (one.point && other.point) {
          const kilometres =
            geoDistance([one.point.longitude, one.point.latitude], [other.point.longitude, other.point.latitude]) *
            EARTH_RADIUS_KM;
          const distance = formatNumber(kilometres, locale, {
            style: "unit",
            unit: "kilometer",
            maximumFractionDigits: kilometres < 10 ? 1 : 0,
          });
          return <li key={`${one.name} ${other.name}`}>{t("apart", { ...names, distance })}</li>;
        }
        const [a, b] = [one, other].map(({ country }) => country && alpha2Of(country));
        if (!a || !b) return null;
        return <li key={`${one.name} ${other.name}`}>{t(a === b ? "sameCountry" : "otherCountry", names)}</li>;
      })}
    </ul>
  );
}

function Outline({ spots, label }: { spots: readonly Spot[]; label: string }) {
  const longitudes = spots.map(({ at }) => at[0]);
  const latitudes = spots.map(({ at }) => at[1]);
  const north = Math.min(78, Math.max(...latitudes) + MARGIN);
  const south = Math.max(-68, Math.min(...latitudes) - MARGIN);
  const west = Math.max(-180, Math.min(...longitudes) - MARGIN * 1.5);
  const east = Math.min(180, Math.max(...longitudes) + MARGIN * 1.5);
  const frame: MultiPoint = {
    type: "MultiPoint",
    coordinates: [
      [west, north],
      [east, north],
      [west, south],
      [east, south],
    ],
  };
  const projection = geoMercator()
    .rotate([-(west + east) / 2, 0])
    .fitExtent(
      [
        [0, 0],
        [WIDTH, HEIGHT],
      ],
      frame,
    )
    .clipExtent([
      [-1, -1],
      [WIDTH + 1, HEIGHT + 1],
    ]);
  const path = geoPath(projection).digits(1);
  const drawn = countries.flatMap((country) => path(country) ?? []);
  const marks: { spot: Spot; x: number; y: number }[] = [];
  for (const spot of spots) {
    const [x, y] = projection(spot.at) ?? [WIDTH / 2, HEIGHT / 2];
    // What would lie under another is moved beside it.
    const beside = marks.filter((mark) => Math.hypot(mark.x - x, mark.y - y) < 14).length;
    marks.push({ spot, x: x + beside * 16, y });
  }
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="w-full rounded-md border border-border bg-info-bg"
    >
      <g className="fill-surface stroke-border-strong" strokeWidth={0.7}>
        {drawn.map((d) => (
          <path key={d} d={d} />
        ))}
      </g>
      {marks.map(({ spot, x, y }) => (
        <g key={spot.name} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
          <Mark name={spot.name} />
        </g>
      ))}
    </svg>
  );
}

/** Told apart by shape, too. */
function Mark({ name }: { name: PlaceName }) {
  const look = {
    strokeWidth: 1.5,
    className: `stroke-surface ${{ connection: "fill-danger", document: "fill-accent-solid", address: "fill-foreground" }[name]}`,
  };
  if (name === "connection") return <circle r={6} {...look} />;
  if (name === "document") return <rect x={-5.5} y={-5.5} width={11} height={11} {...look} />;
  return <path d="M0-7.5 7 6H-7Z" {...look} />;
}
