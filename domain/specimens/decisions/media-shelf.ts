import type { MediaKind } from "../../sessions/media-kinds";
import type { SpecimenMedium, SpecimenSource } from "../medium";

/** The media of one session, drawn when somebody asks; each is drawn once while it is in use. */
export class MediaShelf {
  readonly sources: Record<string, SpecimenSource> = {};

  /** Names the medium in a decision. */
  put(name: string, kind: MediaKind, render: () => Promise<SpecimenMedium>) {
    this.sources[name] ??= { kind, render: sharedWhileRunning(render) };
    return `media:${name}`;
  }

  get(name: string) {
    return this.sources[name]!.render();
  }
}

/** The grey picture of a chip is made from the portrait; whoever asks for both draws the face once. */
function sharedWhileRunning(render: () => Promise<SpecimenMedium>) {
  let held: WeakRef<SpecimenMedium> | null = null;
  let running: Promise<SpecimenMedium> | null = null;
  return () => {
    const ready = held?.deref();
    if (ready) return Promise.resolve(ready);
    running ??= render().then((media) => {
      held = new WeakRef(media);
      running = null;
      return media;
    });
    return running;
  };
}
