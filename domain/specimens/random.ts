import { createHash } from "node:crypto";

/** Every value of the demo comes from a stream named after what it belongs to, so adding a person moves nobody else. */
export class Random {
  private state: number;

  constructor(private readonly name: string) {
    this.state = createHash("sha256").update(name).digest().readUInt32LE(0);
  }

  fork(part: string) {
    return new Random(`${this.name}/${part}`);
  }

  /** mulberry32: in [0, 1). */
  next() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** Both ends included. */
  int(min: number, max: number) {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  number(min: number, max: number, decimals = 2) {
    return Number((min + this.next() * (max - min)).toFixed(decimals));
  }

  chance(probability: number) {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.int(0, items.length - 1)]!;
  }

  weighted<T>(items: readonly (readonly [T, number])[]): T {
    let left = this.next() * items.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of items) {
      left -= weight;
      if (left < 0) return item;
    }
    return items[items.length - 1]![0];
  }

  sample<T>(items: readonly T[], count: number): T[] {
    const rest = [...items];
    return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(this.int(0, rest.length - 1), 1)[0]!);
  }

  /** `#` becomes a digit, `@` a letter that is never mistaken for one; the rest stays. */
  pattern(shape: string) {
    return shape.replace(/[#@]/g, (sign) =>
      sign === "#" ? String(this.int(0, 9)) : this.pick([..."ACDEFGHJKLMNPRTUVWXYZ"]),
    );
  }
}

/** A version 4 UUID that is the same for the same name on every machine. */
export function uuidOf(name: string) {
  const bytes = createHash("sha256").update(`aval-demo/${name}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
